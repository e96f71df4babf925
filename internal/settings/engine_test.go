package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
)

func TestEngines(t *testing.T) {
	type want struct {
		Version, EngineVersion, Group, Suffix, Options string
		Port                                           int
		Insights, IAM                                  bool
		Warnings, Pinned                               []string
		Err                                            string
	}
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     want
	}{
		"MySQL": {
			reason: "MySQL has the version that AWS supports longest, its own options and a port that nobody guesses.", spec: `{"region":"eu-west-1","database":{"engine":"mysql"}}`,
			want: want{Version: "8.4", EngineVersion: "8.4", Group: "database-parameter-group-mysql8-4", Suffix: "mysql8-4", Options: "database-option-group-mysql8-4", Port: 3307, IAM: true},
		},
		"MySQLLarge": {
			reason: "Performance Insights needs a class that is large enough.", spec: `{"region":"eu-west-1","size":"medium","database":{"engine":"mysql","version":"8.4.9"}}`,
			want: want{Version: "8.4.9", EngineVersion: "8.4.9", Group: "database-parameter-group-mysql8-4", Suffix: "mysql8-4", Options: "database-option-group-mysql8-4", Port: 3307, Insights: true, IAM: true},
		},
		"MariaDB": {
			reason: "There are regions in which nobody signs in to MariaDB by IAM.", spec: `{"region":"eu-central-2","database":{"engine":"mariadb","version":"10.11"}}`,
			want: want{Version: "10.11", EngineVersion: "10.11", Group: "database-parameter-group-mariadb10-11", Suffix: "mariadb10-11", Options: "database-option-group-mariadb10-11", Port: 3307},
		},
		"AuroraMySQL": {
			reason: "Aurora has no options, and a group of parameters of the cluster.", spec: `{"region":"eu-west-1","database":{"engine":"aurora-mysql"}}`,
			want: want{Version: "8.0", EngineVersion: "8.0", Group: "database-cluster-parameter-group-aurora-mysql8-0", Suffix: "aurora-mysql8-0", Port: 3307, Insights: true, IAM: true},
		},
		"AuroraMySQLRuns": {
			reason: "A cluster is asked for just the minor version that it runs.", spec: `{"region":"eu-west-1","database":{"engine":"aurora-mysql"}}`,
			observed: map[string]string{composed.DatabaseCluster: `{"spec":{"forProvider":{"engine":"aurora-mysql","engineVersion":"8.0"}},"status":{"atProvider":{"engineVersionActual":"8.0.mysql_aurora.3.10.1"}}}`},
			want:     want{Version: "8.0", EngineVersion: "8.0.mysql_aurora.3.10.1", Group: "database-cluster-parameter-group-aurora-mysql8-0", Suffix: "aurora-mysql8-0", Port: 3307, Insights: true, IAM: true},
		},
		"UnaskedStays": {
			reason: "A database keeps its version when a later release has another default.", spec: `{"region":"eu-west-1","database":{"engine":"mariadb"}}`,
			observed: map[string]string{composed.Database: `{"spec":{"forProvider":{"engine":"mariadb","engineVersion":"11.4"}},"status":{"atProvider":{"engineVersionActual":"11.4.8"}}}`},
			want:     want{Version: "11.4", EngineVersion: "11.4", Group: "database-parameter-group-mariadb11-4", Suffix: "mariadb11-4", Options: "database-option-group-mariadb11-4", Port: 3307, IAM: true},
		},
		"EngineStays": {
			reason: "Data cannot move to another engine in place.", spec: `{"region":"eu-west-1","database":{"engine":"mysql"}}`,
			observed: map[string]string{composed.Database: `{"spec":{"forProvider":{"engine":"mariadb","engineVersion":"11.8"}}}`},
			want: want{
				Version: "11.8", EngineVersion: "11.8", Group: "database-parameter-group-mariadb11-8", Suffix: "mariadb11-8", Options: "database-option-group-mariadb11-8", Port: 3307, IAM: true,
				Pinned: []string{`spec.database.engine: the change to "mysql" is not supported; the stack keeps "mariadb"`},
			},
		},
		"GroupTells": {
			reason: "Where the database itself is not seen, its parameters tell the engine.", spec: `{"region":"eu-west-1","database":{"engine":"mysql"}}`,
			observed: map[string]string{"database-parameter-group-mariadb11-8": `{"spec":{}}`},
			want: want{
				Version: "11.8", EngineVersion: "11.8", Group: "database-parameter-group-mariadb11-8", Suffix: "mariadb11-8", Options: "database-option-group-mariadb11-8", Port: 3307, IAM: true,
				Pinned: []string{`spec.database.engine: the change to "mysql" is not supported; the stack keeps "mariadb"`},
			},
		},
		"Tomorrow": {
			reason: "A version that AWS adds is taken, with a word of warning.", spec: `{"region":"eu-west-1","database":{"version":"19"}}`,
			want: want{
				Version: "19", EngineVersion: "19", Group: "database-parameter-group-postgres19", Suffix: "postgres19", Port: 5433, Insights: true, IAM: true,
				Warnings: []string{"spec.database.version: this version of the function does not know PostgreSQL 19 and uses the parameter family postgres19; AWS rejects the database version if it is not available"},
			},
		},
		"TooOld": {
			reason: "A version that is too old is refused with those that are not.", spec: `{"region":"eu-west-1","database":{"engine":"mysql","version":"5.7"}}`,
			want: want{Err: `spec.database.version: "5.7" is not valid: MySQL 5.7 is not supported: use 8.0, 8.4, or a minor version of one of these`},
		},
		"ClassMissing": {
			reason: "A class that the region may lack is told of before AWS refuses it.", spec: `{"region":"eu-west-1","database":{"engine":"mysql","instance":{"class":"db.r6g.metal"}}}`,
			want: want{
				Version: "8.4", EngineVersion: "8.4", Group: "database-parameter-group-mysql8-4", Suffix: "mysql8-4", Options: "database-option-group-mysql8-4", Port: 3307, Insights: true, IAM: true,
				Warnings: []string{"spec.database.instance.class: instance class db.r6g.metal was not available for MySQL in eu-west-1 when this version of the function was released; AWS rejects the class if it is still not available"},
			},
		},
		"Parameter": {
			reason: "What the stack needs for security is not for the claim.", spec: `{"region":"eu-west-1","database":{"engine":"mysql","parameters":{"require_secure_transport":"0"}}}`,
			want: want{Err: `spec.database.parameters[require_secure_transport]: is set by the stack for security or logging: remove it`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, tc.spec, &inputv1alpha1.Input{}, tc.observed)
			got := want{}
			if err != nil {
				got.Err = err.Error()
			} else {
				d := s.Database
				got = want{
					Version: d.Version, EngineVersion: d.EngineVersion, Group: d.Group.Resource, Suffix: d.Group.Suffix, Options: d.Group.Options,
					Port: d.Port, Insights: d.Insights, IAM: d.IAM, Warnings: s.Warnings, Pinned: s.Pinned,
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// A preset must not choose a class that its region lacks.
func TestPresetClasses(t *testing.T) {
	for _, e := range engines.All() {
		for _, region := range aws.Regions() {
			for size, p := range bySize {
				if class := presetClass(p.instanceClass, region, e); !e.Aurora && !e.Offered(class, region) {
					t.Errorf("size %s of %s is %s, which %s lacks", size, e.Title, class, region)
				}
			}
		}
	}
}

func TestWithoutDatabase(t *testing.T) {
	const none = `"database":{"enabled":false}`
	type want struct {
		Enabled   bool
		Variables []string
		Sources   map[string]v1alpha1.SecretSource
		Pinned    []string
		Err       string
	}
	variables := []string{"APP_SECRET_ARN", "ASSETS_BUCKET", "PORT", "STACK_ENVIRONMENT", "STACK_NAME"}
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     want
	}{
		"None": {
			reason: "Services of a stack without a database have no variables of one.", spec: `{"region":"eu-west-1",` + none + `,"app":{"services":[{"name":"web","image":"shop:1","port":8080,"paths":["/*"]}]}}`,
			want: want{Variables: variables, Sources: map[string]v1alpha1.SecretSource{}},
		},
		"Stands": {
			reason: "A database that stands is not taken away.", spec: `{"region":"eu-west-1",` + none + `,"app":{"services":[{"name":"web","image":"shop:1","port":8080,"paths":["/*"],"databaseCredentials":"None"}]}}`,
			observed: map[string]string{composed.Database: `{"spec":{"forProvider":{"engine":"postgres","engineVersion":"15"}}}`},
			want: want{
				Enabled: true, Variables: []string{"APP_SECRET_ARN", "ASSETS_BUCKET", "DATABASE_HOST", "DATABASE_NAME", "DATABASE_PORT", "DATABASE_SECRET_ARN", "PORT", "STACK_ENVIRONMENT", "STACK_NAME"},
				Sources: map[string]v1alpha1.SecretSource{}, Pinned: []string{`spec.database.enabled: the change to "false" is not supported; the stack keeps "true"`},
			},
		},
		"Password": {
			reason: "Nobody has the password of a database that is not there.", spec: `{"region":"eu-west-1",` + none + `,"app":{"services":[{"name":"web","image":"shop:1","port":8080,"paths":["/*"],"secrets":{"PASSWORD":"database/password"}}]}}`,
			want: want{Err: `spec.app.services[0].secrets[PASSWORD]: requires a database: remove this entry, or set database.enabled to true`},
		},
		"Ingress": {
			reason: "Nobody calls it either.", spec: `{"region":"eu-west-1",` + none + `,"network":{"ingress":[{"to":"Database","securityGroupIds":["sg-0123456789abcdef0"],"description":"office"}]}}`,
			want: want{Err: `spec.network.ingress[0].to: requires a database: remove this entry, or set database.enabled to true`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, tc.spec, &inputv1alpha1.Input{}, tc.observed)
			got := want{}
			if err != nil {
				got.Err = err.Error()
			} else {
				got = want{Enabled: s.Database.Enabled, Variables: s.Variables(s.App.Services[0]), Sources: s.App.Services[0].SecretSources(), Pinned: s.Pinned}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
