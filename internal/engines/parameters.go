package engines

import (
	_ "embed"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// Parameter is a parameter of an engine (Amazon RDS User Guide, "Parameter groups
// for Amazon RDS").
type Parameter struct {
	Name, Value string
	// Reboot reports whether a change requires a restart.
	Reboot bool
}

// ApplyMethod returns RDS's apply method.
func (p Parameter) ApplyMethod() string {
	if p.Reboot {
		return "pending-reboot"
	}
	return "immediate"
}

// logConnections is a constant, because its values depend on the version.
const logConnections = "log_connections"

var postgresParameters = []Parameter{
	{Name: "rds.force_ssl", Value: "1", Reboot: true},
	// Schema changes only. "all" would log customer data.
	{Name: "log_statement", Value: "ddl"},
	{Name: "log_min_duration_statement", Value: "1000"},
	{Name: logConnections, Value: "1"},
	{Name: "log_disconnections", Value: "1"},
	{Name: "log_lock_waits", Value: "1"},
	// An abandoned transaction holds locks and blocks vacuum.
	{Name: "idle_in_transaction_session_timeout", Value: "600000"},
}

// pgAudit contains the parameters of the extension.
var pgAudit = []Parameter{
	// The first one is RDS's default, which Performance Insights needs.
	{Name: "shared_preload_libraries", Value: "pg_stat_statements,pgaudit", Reboot: true},
	// Not "all", for the same reason as log_statement.
	{Name: "pgaudit.log", Value: "ddl,role"},
}

// slowQueries logs to a file, because CloudWatch does not support tables. Queries
// of less than a second are not logged, because that would log customer data.
var slowQueries = []Parameter{
	{Name: "slow_query_log", Value: "1"},
	{Name: "long_query_time", Value: "1"},
	{Name: "log_output", Value: "FILE"},
}

var mysqlParameters = append([]Parameter{
	{Name: "require_secure_transport", Value: "1"},
	// A client that is redirected to another server would send its files.
	{Name: "local_infile", Value: "0"},
}, slowQueries...)

// mariadbParameters add the character set that shops need. It is the default only
// from 11.6 on.
var mariadbParameters = append(slices.Clone(mysqlParameters), Parameter{Name: "character_set_server", Value: "utf8mb4"})

var auroraMySQLParameters = append([]Parameter{
	{Name: "require_secure_transport", Value: "ON"},
	{Name: "local_infile", Value: "0"},
	{Name: "server_audit_logging", Value: "1"},
	// Not QUERY, which would log customer data.
	{Name: "server_audit_events", Value: AuditEvents},
}, slowQueries...)

// AuditEvents lists the events in the audit log of MySQL and MariaDB: sign-ins, and
// changes of schema and permissions.
const AuditEvents = "CONNECT,QUERY_DDL,QUERY_DCL"

// The parameters that a claim can set.
//
//go:embed parameters.csv
var parametersCSV string

var parameterRows = table(parametersCSV)

// settable is a parameter that a claim can set.
type settable struct {
	// reboot reports whether a change requires a restart.
	reboot bool
	// values matches all allowed values.
	values func() *regexp.Regexp
	// allowed describes the allowed values.
	allowed string
}

// values contains types of values, by their name in parameters.csv.
var values = map[string]struct {
	pattern func() *regexp.Regexp
	words   string
}{
	"bool":    {compiled(`^[01]$`), "0 or 1"},
	"number":  {compiled(`^-?[0-9]{1,19}(\.[0-9]{1,6})?$`), "a number"},
	"formula": {compiled(`^([0-9]{1,19}|\{[A-Za-z0-9*/+(), -]{1,100}\}|(GREATEST|LEAST|SUM)\([A-Za-z0-9{}*/+, -]{1,100}\))$`), "a number, or an RDS formula such as {DBInstanceClassMemory*3/4}"},
	"text":    {compiled(`^[A-Za-z0-9_.,:/+ =-]{0,200}$`), "at most 200 characters: letters, digits, spaces and _.,:/+=-"},
}

// compiled compiles a pattern when it is first used. Most claims set no parameter,
// and long repetitions take milliseconds.
func compiled(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// settables returns the engine's parameters that a claim can set.
func (e Engine) settables() map[string]settable {
	protocol := "postgresql"
	if e.MySQL {
		protocol = "mysql"
	}
	out := map[string]settable{}
	for _, row := range parameterRows() {
		if engines := strings.Fields(row[0]); slices.Contains(engines, protocol) || slices.Contains(engines, string(e.Name)) {
			v := values[row[2]]
			out[row[1]] = settable{reboot: row[3] == "reboot", values: v.pattern, allowed: v.words}
		}
	}
	return out
}

// Settable describes a parameter that a claim can set.
type Settable struct {
	Name string
	// Allowed describes the allowed values, and Applies when a change takes effect.
	Allowed, Applies string
}

// Settable returns the engine's parameters that a claim can set, sorted.
func (e Engine) Settable() []Settable {
	known := e.settables()
	out := make([]Settable, 0, len(known))
	for _, name := range slices.Sorted(maps.Keys(known)) {
		applies := "immediately"
		if known[name].reboot {
			applies = "at the next restart"
		}
		out = append(out, Settable{Name: name, Allowed: known[name].allowed, Applies: applies})
	}
	return out
}

// CheckParameter returns why a parameter cannot have a value. It is empty if it
// can.
func (e Engine) CheckParameter(name, value string) string {
	known := e.settables()
	p, ok := known[name]
	switch {
	case !ok && slices.ContainsFunc(e.Parameters, func(set Parameter) bool { return set.Name == name }):
		return "is set by the stack for security or logging: remove it"
	case !ok:
		return fmt.Sprintf("is not supported for %s; use one of %s", e.Title, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
	case !p.values().MatchString(value):
		return "must be " + p.allowed
	}
	return ""
}

// ParametersOf returns the parameters of a database version: those of every stack,
// with the claim's values, followed by the claim's other parameters, sorted.
func (e Engine) ParametersOf(version string, audit bool, asked map[string]v1alpha1.ParameterValue) []Parameter {
	out := slices.Clone(e.Parameters)
	if audit && !e.MySQL {
		out = append(out, pgAudit...)
	}
	known := e.settables()
	for i, p := range out {
		// From this version on, it is an enumeration in which RDS does not support
		// 1 (PostgreSQL 18 release notes).
		if p.Name == logConnections && !e.Older(e.Major(version), "18") {
			out[i].Value = "all"
		}
		if value, ok := asked[p.Name]; ok {
			out[i].Value = string(value)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		if !slices.ContainsFunc(out, func(p Parameter) bool { return p.Name == name }) {
			out = append(out, Parameter{Name: name, Value: string(asked[name]), Reboot: known[name].reboot})
		}
	}
	return out
}
