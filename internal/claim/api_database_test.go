package claim

import (
	"strings"
)

// Messages of rules about database engines.
const (
	databaseStays       = "the database cannot be removed, because it contains your data: to delete it, delete the stack"
	databaseNone        = "instance, aurora, parameters, proxy, backupPlan and restoreFrom require a database: remove these fields, or set enabled to true"
	versionOfPostgres   = `must be a PostgreSQL version in quotes: a major version, such as "15", or an exact version, such as "15.17"`
	versionOfMySQL      = `must be a MySQL or MariaDB version in quotes: a major version, such as "8.4" or "11.8", or an exact version, such as "8.4.9"`
	versionOfAurora     = `must be an Aurora MySQL version in quotes: a major version, such as "8.0", or an exact version, such as "8.0.mysql_aurora.3.10.4"`
	auditOfPostgres     = "pgAudit is supported only for PostgreSQL: remove pgAudit (for MySQL and MariaDB, the audit log is always enabled)"
	proxyOfMariaDB      = "a proxy is not supported for MariaDB, because AWS does not document IAM authentication for RDS Proxy with MariaDB: remove proxy, or set engine to mysql"
	classIsNoServerless = "class and serverless cannot be combined: remove one of them"
)

// databaseCases contains specs of database engines, and of no database.
var databaseCases = map[string]apiCase{
	"DatabaseNone":      {reason: "A shop may keep its data elsewhere.", spec: with(`"database":{"enabled":false}`)},
	"DatabaseNoneStays": {reason: "It stays without.", old: with(`"database":{"enabled":false}`), spec: with(`"database":{"enabled":false}`)},
	"DatabaseAdded": {
		reason: "A stack without a database may get one, made from whatever there is.", old: with(`"database":{"enabled":false}`),
		spec: with(`"database":{"engine":"mysql","restoreFrom":{"type":"Snapshot","snapshot":{"identifier":"arn:aws:rds:eu-west-1:210987654321:snapshot:shop"}}}`),
	},
	"DatabaseTakenAway": {reason: "Nobody loses data by a word.", old: with(`"database":{}`), spec: with(`"database":{"enabled":false}`), want: []string{broken("spec.database.enabled", databaseStays)}},
	"DatabaseNoneWith":  {reason: "Nothing is said of what is not there.", spec: with(`"database":{"enabled":false,"parameters":{"work_mem":"1"}}`), want: []string{broken("spec.database.enabled", databaseNone)}},

	"MySQL":          {reason: "MySQL has an instance.", spec: with(`"database":{"engine":"mysql","version":"8.4","instance":{"class":"db.t4g.medium"},"parameters":{"sql_mode":"NO_ENGINE_SUBSTITUTION"}}`)},
	"MySQLExact":     {reason: "An exact version has three numbers.", spec: with(`"database":{"engine":"mysql","version":"8.4.9"}`)},
	"MySQLNoMinor":   {reason: "One number is no version of MySQL.", spec: with(`"database":{"engine":"mysql","version":"8"}`), want: []string{broken("spec.database.version", versionOfMySQL)}},
	"MariaDB":        {reason: "So it is with MariaDB.", spec: with(`"database":{"engine":"mariadb","version":"10.11"}`)},
	"AuroraMySQL":    {reason: "Aurora has versions of its own.", spec: with(`"database":{"engine":"aurora-mysql","version":"8.0.mysql_aurora.3.10.4","aurora":{"class":"db.r6g.large","readers":2}}`)},
	"AuroraMySQLOld": {reason: "Those of Aurora alone say nothing of MySQL.", spec: with(`"database":{"engine":"aurora-mysql","version":"3.10"}`), want: []string{broken("spec.database.version", versionOfAurora)}},
	"VersionTooLong": {
		reason: "No version is this long.", spec: with(`"database":{"engine":"aurora-mysql","version":"8.0.mysql_aurora.3.10.4.5.6.7.8.9.0"}`),
		want: []string{`spec.database.version: Too long: may not be more than 32 bytes`},
	},
	"MajorRaisedOfMariaDB": {
		reason: "10.11 is before 11.4, whatever the texts are.", old: with(`"database":{"engine":"mariadb","version":"10.11"}`), spec: with(`"database":{"engine":"mariadb","version":"11.4","allowMajorVersionUpgrade":true}`),
	},
	"MajorRaisedUnasked": {
		reason: "Nothing takes the database down unless the claim says so.", old: with(`"database":{"engine":"mysql","version":"8.0"}`), spec: with(`"database":{"engine":"mysql","version":"8.4"}`),
		want: []string{broken("spec.database.version", majorRaised)},
	},
	"MajorLoweredOfMariaDB": {
		reason: "RDS does not downgrade.", old: with(`"database":{"engine":"mariadb","version":"11.4"}`), spec: with(`"database":{"engine":"mariadb","version":"10.11"}`),
		want: []string{broken("spec.database.version", majorLowered)},
	},
	"MinorLoweredOfMySQL": {
		reason: "Nor does it take a minor version back.", old: with(`"database":{"engine":"mysql","version":"8.4.9"}`), spec: with(`"database":{"engine":"mysql","version":"8.4.8"}`),
		want: []string{broken("spec.database.version", versionLowered)},
	},
	"MinorRaisedOfMySQL": {reason: "10 is more than 9.", old: with(`"database":{"engine":"mysql","version":"8.4.9"}`), spec: with(`"database":{"engine":"mysql","version":"8.4.10"}`)},
	"MinorOfAurora":      {reason: "Aurora's numbers are many.", old: with(`"database":{"engine":"aurora-mysql","version":"8.0.mysql_aurora.3.10.4"}`), spec: with(`"database":{"engine":"aurora-mysql","version":"8.0.mysql_aurora.3.11.1"}`)},
	"PgAuditOfMySQL":     {reason: "Extensions of PostgreSQL are of PostgreSQL.", spec: with(`"database":{"engine":"mysql","pgAudit":true}`), want: []string{broken("spec.database.pgAudit", auditOfPostgres)}},
	"ProxyOfMySQL":       {reason: "MySQL has a proxy.", spec: with(`"database":{"engine":"mysql","proxy":{}}`)},
	"ProxyOfMariaDB":     {reason: "What AWS does not document is not tried on a shop.", spec: with(`"database":{"engine":"mariadb","proxy":{}}`), want: []string{broken("spec.database.proxy", proxyOfMariaDB)}},
	"ClassAndServerless": {
		reason: "Instances are of one kind.", spec: with(`"database":{"engine":"aurora-postgresql","aurora":{"class":"db.r6g.large","serverless":{"maxCapacity":4}}}`),
		want: []string{broken("spec.database.aurora.class", classIsNoServerless)},
	},
	"AuroraClassForm": {
		reason: "Classes have three parts.", spec: with(`"database":{"engine":"aurora-postgresql","aurora":{"class":"r6g.large"}}`),
		want: []string{`spec.database.aurora.class: Invalid value: "r6g.large": must be an RDS instance class that starts with "db.", such as db.t4g.medium`},
	},
	"AuroraClassTooLong": {
		reason: "No class is this long.", spec: with(`"database":{"engine":"aurora-postgresql","aurora":{"class":"db.` + strings.Repeat("r", 30) + `.large"}}`),
		want: []string{`spec.database.aurora.class: Too long: may not be more than 32 bytes`},
	},
	"ParametersTooMany": {
		reason: "A group of parameters has its limits.", spec: with(`"database":{"parameters":{` + listed(41, `"p%d":"1"`) + `}}`),
		want: []string{`spec.database.parameters: Too many: 41: must have at most 40 items`},
	},
	"ParameterTooLong": {
		reason: "No value is this long.", spec: with(`"database":{"parameters":{"work_mem":"` + strings.Repeat("1", 201) + `"}}`),
		want: []string{`spec.database.parameters.work_mem: Too long: may not be more than 200 bytes`},
	},
}
