package engines

import (
	_ "embed"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// Parameter is a setting of an engine (Amazon RDS User Guide, "Parameter groups for
// Amazon RDS").
type Parameter struct {
	Name, Value string
	// Reboot is whether it takes effect at the next start only.
	Reboot bool
}

// ApplyMethod is when RDS is to apply it.
func (p Parameter) ApplyMethod() string {
	if p.Reboot {
		return "pending-reboot"
	}
	return "immediate"
}

// logConnections is by its name, as its values differ from a version on.
const logConnections = "log_connections"

var postgresParameters = []Parameter{
	{Name: "rds.force_ssl", Value: "1", Reboot: true},
	// Schema changes only: "all" would write customers' data to the log.
	{Name: "log_statement", Value: "ddl"},
	{Name: "log_min_duration_statement", Value: "1000"},
	{Name: logConnections, Value: "1"},
	{Name: "log_disconnections", Value: "1"},
	{Name: "log_lock_waits", Value: "1"},
	// A forgotten transaction holds locks and stops vacuum.
	{Name: "idle_in_transaction_session_timeout", Value: "600000"},
}

// pgAudit is what the extension needs.
var pgAudit = []Parameter{
	// The first one is RDS's default, which Performance Insights reads.
	{Name: "shared_preload_libraries", Value: "pg_stat_statements,pgaudit", Reboot: true},
	// Not "all", for the same reason as log_statement.
	{Name: "pgaudit.log", Value: "ddl,role"},
}

// slowQueries goes to a file, as CloudWatch has no tables. What takes no second is
// not logged: it would write customers' data to the log.
var slowQueries = []Parameter{
	{Name: "slow_query_log", Value: "1"},
	{Name: "long_query_time", Value: "1"},
	{Name: "log_output", Value: "FILE"},
}

var mysqlParameters = append([]Parameter{
	{Name: "require_secure_transport", Value: "1"},
	// A client that is lured to another server would hand its files over.
	{Name: "local_infile", Value: "0"},
}, slowQueries...)

// mariadbParameters have the character set that shops need, which is the default
// from 11.6 on only.
var mariadbParameters = append(slices.Clone(mysqlParameters), Parameter{Name: "character_set_server", Value: "utf8mb4"})

var auroraMySQLParameters = append([]Parameter{
	{Name: "require_secure_transport", Value: "ON"},
	{Name: "local_infile", Value: "0"},
	{Name: "server_audit_logging", Value: "1"},
	// Not QUERY, which would write customers' data to the log.
	{Name: "server_audit_events", Value: AuditEvents},
}, slowQueries...)

// AuditEvents is what the audit log of MySQL and MariaDB has: who signs in, and
// changes of the schema and of rights.
const AuditEvents = "CONNECT,QUERY_DDL,QUERY_DCL"

// The parameters that a claim may set.
//
//go:embed parameters.csv
var parametersCSV string

var parameterRows = table(parametersCSV)

// settable is a parameter that a claim may set.
type settable struct {
	// reboot is whether it takes effect at the next start only.
	reboot bool
	// values is what it may be, in full.
	values *regexp.Regexp
	// allowed is the same in words.
	allowed string
}

// Values that parameters have, by how parameters.csv calls them.
var values = map[string]struct {
	pattern *regexp.Regexp
	words   string
}{
	"bool":    {regexp.MustCompile(`^[01]$`), "0 or 1"},
	"number":  {regexp.MustCompile(`^-?[0-9]{1,19}(\.[0-9]{1,6})?$`), "a number"},
	"formula": {regexp.MustCompile(`^([0-9]{1,19}|\{[A-Za-z0-9*/+(), -]{1,100}\}|(GREATEST|LEAST|SUM)\([A-Za-z0-9{}*/+, -]{1,100}\))$`), "a number, or a formula of RDS such as {DBInstanceClassMemory*3/4}"},
	"text":    {regexp.MustCompile(`^[A-Za-z0-9_.,:/+ =-]{0,200}$`), "up to 200 letters, digits, spaces and _.,:/+=-"},
}

// settables is the parameters that a claim may set of the engine.
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

// Settable is a parameter that a claim may set, in words.
type Settable struct {
	Name string
	// Allowed is what it may be, Applies when it takes effect.
	Allowed, Applies string
}

// Settable returns the parameters that a claim may set of the engine, sorted.
func (e Engine) Settable() []Settable {
	known := e.settables()
	out := make([]Settable, 0, len(known))
	for _, name := range slices.Sorted(maps.Keys(known)) {
		applies := "at once"
		if known[name].reboot {
			applies = "at the next restart"
		}
		out = append(out, Settable{Name: name, Allowed: known[name].allowed, Applies: applies})
	}
	return out
}

// CheckParameter returns why a claim cannot set a parameter to a value, empty if it
// can.
func (e Engine) CheckParameter(name, value string) string {
	known := e.settables()
	p, ok := known[name]
	switch {
	case !ok && slices.ContainsFunc(e.Parameters, func(set Parameter) bool { return set.Name == name }):
		return "the stack sets it for security or logs: remove it"
	case !ok:
		return fmt.Sprintf("is not among the parameters of %s that a stack can set: %s", e.Title, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
	case !p.values.MatchString(value):
		return "must be " + p.allowed
	}
	return ""
}

// ParametersOf is what a database of a version has set: what every stack sets, and
// over it what the claim asks for, sorted behind it.
func (e Engine) ParametersOf(version string, audit bool, asked map[string]v1alpha1.ParameterValue) []Parameter {
	out := slices.Clone(e.Parameters)
	if audit && !e.MySQL {
		out = append(out, pgAudit...)
	}
	known := e.settables()
	for i, p := range out {
		// An enumeration from this version on, in which RDS has no 1 (PostgreSQL 18
		// release notes).
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
