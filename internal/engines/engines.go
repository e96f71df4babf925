// Package engines is what the project knows of each engine of databases: a row for
// each, and its versions, parameters and instance classes as data. Whoever needs to
// know something of an engine asks here.
package engines

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

//go:generate sh -c "go run ../../hack/enginedoc >../../docs/engines.md"

// Engine is what is known of an engine of databases.
type Engine struct {
	// Name is the engine as AWS calls it.
	Name v1alpha1.DatabaseEngine
	// Title is how people call it.
	Title string
	// Aurora is whether a cluster holds the data, and not an instance.
	Aurora bool
	// MySQL is whether it speaks the protocol of MySQL, and not that of PostgreSQL.
	MySQL bool
	// Default is the version of a database that asks for none.
	Default string
	// FirstFamily had no rival when its parameter group was named.
	FirstFamily string
	// Logs are those that it exports to CloudWatch (AWS Security Hub, RDS.9, RDS.34,
	// RDS.42 and RDS.45).
	Logs []string
	// Parameters are what every stack sets.
	Parameters []Parameter
	// AuditOption is whether an option of RDS writes the audit log, and not a parameter.
	AuditOption bool
	// WithoutInsights is the classes that have no Performance Insights.
	WithoutInsights *regexp.Regexp
	// WithoutIAM is the regions in which nobody can sign in by IAM.
	WithoutIAM []string
	// Proxied is whether a proxy can sign in to it by IAM.
	Proxied bool
}

// small are instance classes that are too small for Performance Insights of MySQL
// and MariaDB (Amazon RDS User Guide, "Amazon RDS DB engine, Region, and instance
// class support for Database Insights").
var small = regexp.MustCompile(`^db\.t(2|3|4g)\.(micro|small)$`)

// smallOfAurora are those of Aurora MySQL (the same page of the Amazon Aurora User
// Guide).
var smallOfAurora = regexp.MustCompile(`^db\.(t2|t3)\.|^db\.t4g\.(micro|small)$`)

// all is every engine, in the order of the API.
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

// All is every engine, in the order of the API.
func All() []Engine { return slices.Clone(all) }

// Of is the engine of a name, which the schema has seen to.
func Of(name v1alpha1.DatabaseEngine) Engine {
	i := slices.IndexFunc(all, func(e Engine) bool { return e.Name == name })
	return all[max(i, 0)]
}

// Port is where the database listens. It is not the engine's default (AWS Security
// Hub, RDS.23).
func (e Engine) Port() int { return e.ProxyPort() + 1 }

// ProxyPort is where a proxy listens, whatever port the database has (Amazon RDS
// User Guide, "RDS Proxy concepts and terminology").
func (e Engine) ProxyPort() int {
	if e.MySQL {
		return 3306
	}
	return 5432
}

// ProxyFamily is what a proxy calls the protocol.
func (e Engine) ProxyFamily() string {
	if e.MySQL {
		return "MYSQL"
	}
	return "POSTGRESQL"
}

// Protocol is the name of the protocol, for people.
func (e Engine) Protocol() string {
	if e.MySQL {
		return "MySQL"
	}
	return "PostgreSQL"
}

// Insights is whether an instance class has Performance Insights.
func (e Engine) Insights(class string) bool {
	return e.WithoutInsights == nil || !e.WithoutInsights.MatchString(class)
}

// SignsInByIAM is whether a region lets roles sign in.
func (e Engine) SignsInByIAM(region string) bool { return !slices.Contains(e.WithoutIAM, region) }

// Connections is how many connections a memory in bytes allows for at most, by the
// parameter max_connections that RDS sets (Amazon RDS User Guide, "Quotas and
// constraints for Amazon RDS"; Amazon Aurora User Guide, "Maximum connections to an
// Aurora MySQL DB instance"). Aurora MySQL gives more than this.
func (e Engine) Connections(memory float64) float64 {
	if e.MySQL {
		return memory / 12582880
	}
	return memory / 9531392
}

// Major is the major version of a version: "15" of "15.4", "8.4" of "8.4.7", "8.0" of
// "8.0.mysql_aurora.3.10.1".
func (e Engine) Major(version string) string {
	parts := strings.SplitN(version, ".", 3)
	if !e.MySQL {
		return parts[0]
	}
	return strings.Join(parts[:min(2, len(parts))], ".")
}

// Older is whether a version is surely below another one. A major version alone may
// be any of its minor ones.
func (e Engine) Older(a, b string) bool {
	if major := Compare(e.Major(a), e.Major(b)); major != 0 || a == "" || b == "" {
		return major < 0
	}
	if e.Major(a) == a || e.Major(b) == b {
		return false
	}
	return Compare(a, b) < 0
}

// Compare returns whether a version is below (-1), the same as (0) or above (1) another
// one, number by number.
func Compare(a, b string) int { return slices.Compare(numbers(a), numbers(b)) }

// numbers are the numbers of a version, from the most to the least significant.
func numbers(version string) []int {
	var out []int
	for part := range strings.SplitSeq(version, ".") {
		if n, err := strconv.Atoi(part); err == nil { // The rest is a word, such as mysql_aurora.
			out = append(out, n)
		}
	}
	return out
}
