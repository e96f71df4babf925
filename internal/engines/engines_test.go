package engines

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

func TestMajor(t *testing.T) {
	cases := map[string]struct {
		reason  string
		engine  v1alpha1.DatabaseEngine
		version string
		want    string
	}{
		"PostgreSQL":      {reason: "One number is a major version of PostgreSQL.", engine: "postgres", version: "15.4", want: "15"},
		"PostgreSQLMajor": {reason: "It may stand alone.", engine: "aurora-postgresql", version: "17", want: "17"},
		"MySQL":           {reason: "Two numbers are one of MySQL.", engine: "mysql", version: "8.4.7", want: "8.4"},
		"MariaDB":         {reason: "So it is with MariaDB.", engine: "mariadb", version: "10.11.16", want: "10.11"},
		"MariaDBMajor":    {reason: "They may stand alone too.", engine: "mariadb", version: "11.8", want: "11.8"},
		"AuroraMySQL":     {reason: "Aurora has versions of its own behind that of MySQL.", engine: "aurora-mysql", version: "8.0.mysql_aurora.3.10.1", want: "8.0"},
		"Unknown":         {reason: "What is not known has none.", engine: "mysql"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Of(tc.engine).Major(tc.version)); diff != "" {
				t.Errorf("\n%s\nMajor(%q): -want, +got:\n%s", tc.reason, tc.version, diff)
			}
		})
	}
}

func TestOlder(t *testing.T) {
	cases := map[string]struct {
		reason string
		engine v1alpha1.DatabaseEngine
		a, b   string
		want   bool
	}{
		"Major":          {reason: "Numbers are compared, not texts.", engine: "mariadb", a: "10.11", b: "11.4", want: true},
		"MajorOfTwo":     {reason: "10.11 comes after 10.6.", engine: "mariadb", a: "10.6", b: "10.11", want: true},
		"MajorNewer":     {reason: "11.4 comes after 10.11.", engine: "mariadb", a: "11.4", b: "10.11"},
		"Minor":          {reason: "8.4.10 will come after 8.4.9.", engine: "mysql", a: "8.4.9", b: "8.4.10", want: true},
		"MinorOfAurora":  {reason: "Aurora's own numbers count.", engine: "aurora-mysql", a: "8.0.mysql_aurora.3.04.6", b: "8.0.mysql_aurora.3.10.0", want: true},
		"MajorAlone":     {reason: "A major version may be any of its minor ones.", engine: "mysql", a: "8.4", b: "8.4.7"},
		"MajorAloneThen": {reason: "So may the other one.", engine: "postgres", a: "15.4", b: "15"},
		"Same":           {reason: "Nothing is older than itself.", engine: "postgres", a: "15.4", b: "15.4"},
		"Unknown":        {reason: "Nothing is older than what is not known.", engine: "postgres", a: "15.4", b: ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Of(tc.engine).Older(tc.a, tc.b)); diff != "" {
				t.Errorf("\n%s\nOlder(%q, %q): -want, +got:\n%s", tc.reason, tc.a, tc.b, diff)
			}
		})
	}
}

func TestSupports(t *testing.T) {
	type want struct{ Refused, Warned, Family string }
	cases := map[string]struct {
		reason  string
		engine  v1alpha1.DatabaseEngine
		version string
		want    want
	}{
		"Known":      {reason: "A version that AWS supports needs no word.", engine: "postgres", version: "18", want: want{Family: "postgres18"}},
		"KnownMinor": {reason: "So does one of its minor versions.", engine: "mysql", version: "8.4.9", want: want{Family: "mysql8.4"}},
		"MinorOfTomorrow": {
			reason: "AWS adds minor versions every month.", engine: "mariadb", version: "11.8.9", want: want{Family: "mariadb11.8"},
		},
		"MajorOfTomorrow": {
			reason: "A version that AWS adds is not refused until the next release.", engine: "postgres", version: "19",
			want: want{Family: "postgres19", Warned: "this version of the function does not know PostgreSQL 19 and uses the parameter family postgres19; AWS rejects the database version if it is not available"},
		},
		"MinorWithdrawn": {
			reason: "AWS takes old minor versions out of its offer.", engine: "postgres", version: "18.0",
			want: want{Family: "postgres18", Warned: "PostgreSQL 18.0 was not available for new databases when this version of the function was released: use 18, or one of 18.1, 18.2, 18.3"},
		},
		"Extended": {
			reason: "Support that costs is not what anybody expects.", engine: "mysql", version: "8.0",
			want: want{Family: "mysql8.0", Warned: "MySQL 8.0 has been in RDS Extended Support since July 31, 2026, and AWS charges for this support by vCPU and hour: use 8.4"},
		},
		"TooOld": {
			reason: "What no stack was tried with is refused.", engine: "postgres", version: "13",
			want: want{Family: "postgres13", Warned: "this version of the function does not know PostgreSQL 13 and uses the parameter family postgres13; AWS rejects the database version if it is not available", Refused: "PostgreSQL 13 is not supported: use 15, 16, 17, 18, or a minor version of one of these"},
		},
		"NeverThere": {
			reason: "RDS has no versions of MariaDB between those with long support.", engine: "mariadb", version: "11.5",
			want: want{Family: "mariadb11.5", Warned: "this version of the function does not know MariaDB 11.5 and uses the parameter family mariadb11.5; AWS rejects the database version if it is not available", Refused: "MariaDB has no version 11.5: use 10.6, 10.11, 11.4, 11.8, or a minor version of one of these"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			e := Of(tc.engine)
			if diff := cmp.Diff(tc.want, want{Refused: e.Supports(tc.version), Warned: e.Warning(tc.version), Family: e.Family(tc.version)}); diff != "" {
				t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, tc.version, diff)
			}
		})
	}
}

// The parameters of each engine and version are those that AWS expects.
func TestVersions(t *testing.T) {
	for _, e := range All() {
		if _, ok := e.Known(e.Default); !ok {
			t.Errorf("%s: the default version %s is not known", e.Name, e.Default)
		}
		for _, v := range e.Versions() {
			t.Run(string(e.Name)+v.Version, func(t *testing.T) {
				if diff := cmp.Diff(string(e.Name)+v.Version, v.Family); diff != "" {
					t.Errorf("\nAWS names families by engine and major version.\nFamily: -want, +got:\n%s", diff)
				}
				if diff := cmp.Diff("", e.Supports(v.Version)); diff != "" {
					t.Errorf("\nA known version is supported.\nSupports(...): -want, +got:\n%s", diff)
				}
				for _, minor := range e.Listed(v.Version) {
					if e.Major(minor) != v.Version || e.Warning(minor) != v.Warning {
						t.Errorf("AWS lists %s: it must be of %s and need no other warning, got %q", minor, v.Version, e.Warning(minor))
					}
				}
				set := map[string]string{}
				for _, p := range e.ParametersOf(v.Version, true, nil) {
					if _, twice := set[p.Name]; twice {
						t.Errorf("%s is set twice", p.Name)
					}
					set[p.Name] = p.Value
				}
				tls := map[bool]map[bool]string{true: {false: "require_secure_transport=1", true: "require_secure_transport=ON"}, false: {false: "rds.force_ssl=1", true: "rds.force_ssl=1"}}[e.MySQL][e.Aurora]
				name, value, _ := strings.Cut(tls, "=")
				if diff := cmp.Diff(value, set[name]); diff != "" {
					t.Errorf("\nNobody signs in without TLS.\n%s: -want, +got:\n%s", name, diff)
				}
			})
		}
	}
}

func TestListed(t *testing.T) {
	known := map[string]bool{}
	for _, e := range All() {
		for _, v := range e.Versions() {
			known[string(e.Name)+" "+v.Version] = true
		}
	}
	for _, row := range listedRows() {
		if !known[row[0]+" "+row[1]] {
			t.Errorf("listed.csv has %s %s, which versions.csv does not: make rules makes it anew", row[0], row[1])
		}
		delete(known, row[0]+" "+row[1])
	}
	for missing := range known {
		t.Errorf("listed.csv lacks %s: make rules makes it anew", missing)
	}
}

// Each version has a source and a date.
func TestSources(t *testing.T) {
	for table, text := range map[string]string{"versions.csv": versionsCSV, "parameters.csv": parametersCSV} {
		all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		source := slices.Index(all[0], "source")
		for _, row := range all[1:] {
			if row[source] == "" {
				t.Errorf("%s: %v has no source", table, row)
			}
			if date := slices.Index(all[0], "date"); date >= 0 && !regexp.MustCompile(`^20[0-9]{2}-[01][0-9]-[0-3][0-9]$`).MatchString(row[date]) {
				t.Errorf("%s: %v has no date", table, row)
			}
		}
	}
}

func TestParameters(t *testing.T) {
	for _, row := range parameterRows() {
		if _, ok := values[row[2]]; !ok || row[3] != "immediate" && row[3] != "reboot" {
			t.Errorf("parameters.csv: %v: values are one of %v, applies is immediate or reboot", row, values)
		}
	}
	for _, e := range All() {
		for _, p := range e.Parameters {
			security := slices.Contains([]string{"rds.force_ssl", "require_secure_transport", "local_infile", "log_connections", "log_disconnections", "log_statement", "server_audit_logging", "server_audit_events", "slow_query_log", "log_output"}, p.Name)
			if why := e.CheckParameter(p.Name, p.Value); security && why == "" {
				t.Errorf("%s: a claim can set %s, which security or logs need", e.Name, p.Name)
			}
		}
	}
}

func TestCheckParameter(t *testing.T) {
	cases := map[string]struct {
		reason      string
		engine      v1alpha1.DatabaseEngine
		name, value string
		want        string
	}{
		"Number":  {reason: "A number is taken.", engine: "mysql", name: "max_allowed_packet", value: "67108864"},
		"Bool":    {reason: "Magento makes triggers without the right to.", engine: "mysql", name: "log_bin_trust_function_creators", value: "1"},
		"Formula": {reason: "RDS computes by the class's memory.", engine: "postgres", name: "work_mem", value: "{DBInstanceClassMemory/524288}"},
		"Text":    {reason: "Modes are words.", engine: "mariadb", name: "sql_mode", value: "NO_ENGINE_SUBSTITUTION,STRICT_TRANS_TABLES"},
		"NoBool":  {reason: "RDS takes no words for it.", engine: "mysql", name: "innodb_strict_mode", value: "ON", want: "must be 0 or 1"},
		"Set":     {reason: "TLS is not for the claim to switch off.", engine: "mysql", name: "require_secure_transport", value: "0", want: "is set by the stack for security or logging: remove it"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Of(tc.engine).CheckParameter(tc.name, tc.value)); diff != "" {
				t.Errorf("\n%s\nCheckParameter(%q, %q): -want, +got:\n%s", tc.reason, tc.name, tc.value, diff)
			}
		})
	}
	if got := Of("postgres").CheckParameter("sql_mode", "x"); !strings.HasPrefix(got, "is not supported for PostgreSQL; use one of autovacuum_analyze_scale_factor, ") {
		t.Errorf("A parameter of another engine is refused with those of this one, got %q", got)
	}
}

func TestParametersOf(t *testing.T) {
	cases := map[string]struct {
		reason  string
		engine  v1alpha1.DatabaseEngine
		version string
		audit   bool
		asked   map[string]v1alpha1.ParameterValue
		want    map[string]string
	}{
		"Over":    {reason: "What the claim may set it sets over what every stack has.", engine: "mysql", version: "8.4", asked: map[string]v1alpha1.ParameterValue{"long_query_time": "5"}, want: map[string]string{"long_query_time": "5 immediate"}},
		"Beside":  {reason: "Some take effect at the next start only, and RDS refuses to apply those at once.", engine: "postgres", version: "17", asked: map[string]v1alpha1.ParameterValue{"max_connections": "200"}, want: map[string]string{"max_connections": "200 pending-reboot"}},
		"Enum":    {reason: "From 18 on connections are logged by an enumeration.", engine: "postgres", version: "18", want: map[string]string{"log_connections": "all immediate"}},
		"NoEnum":  {reason: "Before, they were by a switch.", engine: "aurora-postgresql", version: "17", want: map[string]string{"log_connections": "1 immediate"}},
		"PgAudit": {reason: "The extension has to be loaded.", engine: "postgres", version: "15", audit: true, want: map[string]string{"shared_preload_libraries": "pg_stat_statements,pgaudit pending-reboot"}},
		"Charset": {reason: "Shops have emoji in their texts.", engine: "mariadb", version: "11.4", want: map[string]string{"character_set_server": "utf8mb4 immediate"}},
		"Audit":   {reason: "Aurora writes the audit log by a parameter.", engine: "aurora-mysql", version: "8.0", want: map[string]string{"server_audit_events": "CONNECT,QUERY_DDL,QUERY_DCL immediate"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := map[string]string{}
			for _, p := range Of(tc.engine).ParametersOf(tc.version, tc.audit, tc.asked) {
				if _, ok := tc.want[p.Name]; ok {
					got[p.Name] = p.Value + " " + p.ApplyMethod()
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nParametersOf(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestOffered(t *testing.T) {
	cases := map[string]struct {
		reason        string
		engine        v1alpha1.DatabaseEngine
		class, region string
		want          bool
	}{
		"Everywhere":     {reason: "Some families are in all regions.", engine: "postgres", class: "db.t3.micro", region: "ap-southeast-7", want: true},
		"NotThere":       {reason: "Some are not.", engine: "mysql", class: "db.t4g.medium", region: "ca-west-1"},
		"OfAurora":       {reason: "Aurora has other classes.", engine: "aurora-mysql", class: "db.m6g.large", region: "eu-west-1", want: true},
		"TooSmall":       {reason: "Aurora has no smallest sizes.", engine: "aurora-postgresql", class: "db.t3.micro", region: "eu-west-1"},
		"FamilyUnknown":  {reason: "A family that AWS adds may be there.", engine: "postgres", class: "db.r9g.large", region: "eu-west-1", want: true},
		"RegionUnknown":  {reason: "So may a region.", engine: "postgres", class: "db.t4g.medium", region: "xx-west-1", want: true},
		"SizeUnheard":    {reason: "A family has the sizes that it has.", engine: "postgres", class: "db.r6g.metal", region: "eu-west-1"},
		"OfAWholeFamily": {reason: "Where a family is, all of it is.", engine: "mariadb", class: "db.r8g.48xlarge", region: "us-east-1", want: true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Of(tc.engine).Offered(tc.class, tc.region)); diff != "" {
				t.Errorf("\n%s\nOffered(%q, %q): -want, +got:\n%s", tc.reason, tc.class, tc.region, diff)
			}
		})
	}
}

func TestInsights(t *testing.T) {
	cases := map[string]struct {
		reason string
		engine v1alpha1.DatabaseEngine
		class  string
		want   bool
	}{
		"PostgreSQLSmall": {reason: "PostgreSQL has it on every class.", engine: "postgres", class: "db.t3.micro", want: true},
		"MySQLSmall":      {reason: "RDS refuses it on the smallest classes of MySQL.", engine: "mysql", class: "db.t3.micro"},
		"MariaDBSmall":    {reason: "So it does on those of MariaDB.", engine: "mariadb", class: "db.t4g.small"},
		"MySQLMedium":     {reason: "A medium one is large enough.", engine: "mysql", class: "db.t4g.medium", want: true},
		"AuroraT3":        {reason: "Aurora MySQL has none on the elder burstable families.", engine: "aurora-mysql", class: "db.t3.medium"},
		"AuroraT4g":       {reason: "It has it on the newer one.", engine: "aurora-mysql", class: "db.t4g.medium", want: true},
		"Serverless":      {reason: "And where instances grow and shrink.", engine: "aurora-mysql", class: "db.serverless", want: true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Of(tc.engine).Insights(tc.class)); diff != "" {
				t.Errorf("\n%s\nInsights(%q): -want, +got:\n%s", tc.reason, tc.class, diff)
			}
		})
	}
}
