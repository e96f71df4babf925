// Package engines contains the facts about each database engine: a row for each
// engine, and its versions, parameters and instance classes as data. All other
// packages use it.
package engines

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

//go:generate sh -c "go run ../../hack/enginedoc >../../docs/engines.md"

// Engine contains the facts about a database engine.
type Engine struct {
	// Name is the engine's name in AWS.
	Name v1alpha1.DatabaseEngine
	// Title is the engine's usual name.
	Title string
	// Aurora reports whether it is an Aurora engine, whose data is in a cluster.
	Aurora bool
	// MySQL reports whether it uses MySQL's protocol instead of PostgreSQL's.
	MySQL bool
	// Default is the default version.
	Default string
	// FirstFamily is the family whose parameter group has no suffix.
	FirstFamily string
	// Logs are the logs to export to CloudWatch (AWS Security Hub, RDS.9, RDS.34,
	// RDS.42 and RDS.45).
	Logs []string
	// Parameters are the parameters that every stack sets.
	Parameters []Parameter
	// AuditOption reports whether an RDS option, not a parameter, enables the audit
	// log.
	AuditOption bool
	// WithoutInsights matches the classes without Performance Insights.
	WithoutInsights *regexp.Regexp
	// WithoutIAM lists the regions without IAM authentication.
	WithoutIAM []string
	// Proxied reports whether a proxy can use IAM authentication.
	Proxied bool
}

// small matches instance classes that are too small for Performance Insights of
// MySQL and MariaDB. Source: Amazon RDS User Guide, "Amazon RDS DB engine, Region,
// and instance class support for Database Insights".
var small = regexp.MustCompile(`^db\.t(2|3|4g)\.(micro|small)$`)

// smallOfAurora matches those of Aurora MySQL (the same page of the Amazon Aurora
// User Guide).
var smallOfAurora = regexp.MustCompile(`^db\.(t2|t3)\.|^db\.t4g\.(micro|small)$`)

// all contains every engine, in the order of the API.
var all = []Engine{
	{
		Name: v1alpha1.DatabaseEnginePostgres, Title: "PostgreSQL", Default: "15", FirstFamily: "postgres15",
		Logs: []string{"postgresql", "upgrade"}, Parameters: postgresParameters, Proxied: true,
	},
	{
		Name: v1alpha1.DatabaseEngineMySQL, Title: "MySQL", MySQL: true, Default: "8.4",
		Logs: []string{"audit", "error", "general", "slowquery"}, Parameters: mysqlParameters, AuditOption: true, WithoutInsights: small, Proxied: true,
	},
	{
		Name: v1alpha1.DatabaseEngineMariaDB, Title: "MariaDB", MySQL: true, Default: "11.8",
		Logs: []string{"audit", "error", "general", "slowquery"}, Parameters: mariadbParameters, AuditOption: true, WithoutInsights: small,
		// Amazon RDS User Guide, "Supported Regions and DB engines for IAM database
		// authentication in Amazon RDS".
		WithoutIAM: []string{"ap-south-2", "ap-southeast-4", "eu-central-2", "eu-south-2", "il-central-1", "me-central-1"},
	},
	{
		Name: v1alpha1.DatabaseEngineAuroraPostgreSQL, Title: "Aurora PostgreSQL", Aurora: true, Default: "15", FirstFamily: "aurora-postgresql15",
		Logs: []string{"postgresql"}, Parameters: postgresParameters, Proxied: true,
	},
	{
		Name: v1alpha1.DatabaseEngineAuroraMySQL, Title: "Aurora MySQL", Aurora: true, MySQL: true, Default: "8.0",
		Logs: []string{"audit", "error", "general", "slowquery"}, Parameters: auroraMySQLParameters, WithoutInsights: smallOfAurora, Proxied: true,
	},
}

// All returns every engine, in the order of the API.
func All() []Engine { return slices.Clone(all) }

// Of returns an engine by name. The schema validates the name.
func Of(name v1alpha1.DatabaseEngine) Engine {
	i := slices.IndexFunc(all, func(e Engine) bool { return e.Name == name })
	return all[max(i, 0)]
}

// Port returns the database's port, which is not the engine's default (AWS Security
// Hub, RDS.23).
func (e Engine) Port() int { return e.ProxyPort() + 1 }

// ProxyPort returns the port of a proxy, which does not depend on the database's
// port (Amazon RDS User Guide, "RDS Proxy concepts and terminology").
func (e Engine) ProxyPort() int {
	if e.MySQL {
		return 3306
	}
	return 5432
}

// ProxyFamily returns the engine family in the API of RDS Proxy.
func (e Engine) ProxyFamily() string {
	if e.MySQL {
		return "MYSQL"
	}
	return "POSTGRESQL"
}

// Protocol returns the usual name of the protocol.
func (e Engine) Protocol() string {
	if e.MySQL {
		return "MySQL"
	}
	return "PostgreSQL"
}

// Insights reports whether an instance class supports Performance Insights.
func (e Engine) Insights(class string) bool {
	return e.WithoutInsights == nil || !e.WithoutInsights.MatchString(class)
}

// SignsInByIAM reports whether a region supports IAM authentication.
func (e Engine) SignsInByIAM(region string) bool { return !slices.Contains(e.WithoutIAM, region) }

// Connections returns the maximum number of connections for a memory in bytes. It
// uses RDS's default of max_connections (Amazon RDS User Guide, "Quotas and
// constraints for Amazon RDS"; Amazon Aurora User Guide, "Maximum connections to an
// Aurora MySQL DB instance"). Aurora MySQL allows more.
func (e Engine) Connections(memory float64) float64 {
	if e.MySQL {
		return memory / 12582880
	}
	return memory / 9531392
}

// Major returns the major version: "15" of "15.4", "8.4" of "8.4.7", "8.0" of
// "8.0.mysql_aurora.3.10.1".
func (e Engine) Major(version string) string {
	parts := strings.SplitN(version, ".", 3)
	if !e.MySQL {
		return parts[0]
	}
	return strings.Join(parts[:min(2, len(parts))], ".")
}

// Older reports whether a version is certainly lower than another one. A major
// version alone can be any of its minor versions.
func (e Engine) Older(a, b string) bool {
	if major := Compare(e.Major(a), e.Major(b)); major != 0 || a == "" || b == "" {
		return major < 0
	}
	if e.Major(a) == a || e.Major(b) == b {
		return false
	}
	return Compare(a, b) < 0
}

// Compare compares two versions number by number. It returns -1, 0 or 1.
func Compare(a, b string) int { return slices.Compare(numbers(a), numbers(b)) }

// numbers returns the numbers of a version, most significant first.
func numbers(version string) []int {
	var out []int
	for part := range strings.SplitSeq(version, ".") {
		if n, err := strconv.Atoi(part); err == nil { // The rest is text, such as mysql_aurora.
			out = append(out, n)
		}
	}
	return out
}
