package database_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const ready = `{"status":{"conditions":[{"type":"Ready","status":"True"}]}}`

// withOptions returns the observed keys and the option group of a version.
func withOptions(suffix string) map[string]string {
	out := maps.Clone(keys)
	out[composed.DatabaseOptionGroup(suffix)] = ready
	return out
}

func TestEngines(t *testing.T) {
	logs := []any{"audit", "error", "general", "slowquery"}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"MySQL": {
			Reason:   "MySQL on a small class has no Performance Insights, which RDS would refuse (DB-39 to DB-45).",
			Spec:     `{"region":"eu-west-1","database":{"engine":"mysql"}}`,
			Observed: withOptions("mysql8-4"),
			Resource: composed.Database,
			Want: map[string]any{
				"engine": "mysql", "engineVersion": "8.4", "port": float64(3307), "username": "ecommerce_owner", "dbName": "ecommerce", "autoMinorVersionUpgrade": true,
				"parameterGroupNameRef.name": "shop-database-parameter-group-mysql8-4", "optionGroupName": tiertest.Prefix + "-mysql8-4",
				"iamDatabaseAuthenticationEnabled": true, "manageMasterUserPassword": true, "enabledCloudwatchLogsExports": logs,
				"performanceInsightsEnabled": false, "performanceInsightsKmsKeyId": tiertest.Absent{}, "performanceInsightsRetentionPeriod": tiertest.Absent{},
			},
		},
		"MySQLWaitsForItsOptions": {
			Reason:   "The options have no reference, and RDS refuses a name that it does not know.",
			Spec:     `{"region":"eu-west-1","database":{"engine":"mysql"}}`,
			Observed: keys,
			Resource: composed.Database,
			Waits:    true,
		},
		"MySQLOptions": {
			Reason:   "The audit log says who signs in and who changes schema and rights; never what is read (DB-40).",
			Spec:     `{"region":"eu-west-1","database":{"engine":"mysql"}}`,
			Resource: composed.DatabaseOptionGroup("mysql8-4"),
			Want: map[string]any{
				"engineName": "mysql", "majorEngineVersion": "8.4", "option[0].optionName": "MARIADB_AUDIT_PLUGIN",
				"option[0].optionSettings": []any{map[string]any{"name": "SERVER_AUDIT_EVENTS", "value": "CONNECT,QUERY_DDL,QUERY_DCL"}},
				".spec.managementPolicies": []any{"Observe", "Create", "Update"}, ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-mysql8-4",
			},
		},
		"OptionsStayWithTheLastSnapshot": {
			Reason:   "AWS deletes no options that a snapshot refers to, so that the stack's deletion would never end.",
			Spec:     `{"region":"eu-west-1","environment":"staging","database":{"engine":"mariadb"}}`,
			Resource: composed.DatabaseOptionGroup("mariadb11-8"),
			Want:     map[string]any{".spec.managementPolicies": []any{"Observe", "Create", "Update"}},
		},
		"OptionsGoWithoutSnapshots": {
			Reason:   "Where nothing stays they go.",
			Spec:     `{"region":"eu-west-1","environment":"development","database":{"engine":"mariadb"}}`,
			Resource: composed.DatabaseOptionGroup("mariadb11-8"),
			Want:     map[string]any{".spec.managementPolicies": []any{"Observe", "Create", "Update", "Delete"}},
		},
		"MariaDBWithoutIAM": {
			Reason:   "RDS refuses sign-in by IAM where it has none.",
			Spec:     `{"region":"eu-central-2","size":"large","database":{"engine":"mariadb","version":"11.4"}}`,
			Observed: withOptions("mariadb11-4"),
			Resource: composed.Database,
			Want:     map[string]any{"engine": "mariadb", "engineVersion": "11.4", "iamDatabaseAuthenticationEnabled": false, "performanceInsightsEnabled": true, "optionGroupName": tiertest.Prefix + "-mariadb11-4"},
		},
		"AuroraMySQL": {
			Reason:   "Aurora writes its audit log by a parameter (DB-46 to DB-56).",
			Spec:     `{"region":"eu-west-1","database":{"engine":"aurora-mysql"}}`,
			Observed: keys,
			Resource: composed.DatabaseCluster,
			Want: map[string]any{
				"engine": "aurora-mysql", "engineVersion": "8.0", "port": float64(3307), "masterUsername": "ecommerce_owner", "enabledCloudwatchLogsExports": logs,
				"dbClusterParameterGroupNameRef.name": "shop-database-cluster-parameter-group-aurora-mysql8-0", "serverlessv2ScalingConfiguration.minCapacity": 0.5,
			},
		},
		"Provisioned": {
			Reason:   "Instances of a class do not grow and shrink.",
			Spec:     `{"region":"eu-west-1","database":{"engine":"aurora-mysql","aurora":{"class":"db.r6g.large","readers":2}}}`,
			Observed: keys,
			Resource: composed.DatabaseCluster,
			Want:     map[string]any{"serverlessv2ScalingConfiguration": tiertest.Absent{}},
		},
		"ProvisionedInstance": {
			Reason:   "Each of them is of the class.",
			Spec:     `{"region":"eu-west-1","database":{"engine":"aurora-postgresql","aurora":{"class":"db.r6g.large","readers":2}}}`,
			Observed: keys,
			Resource: composed.DatabaseInstance(3),
			Want:     map[string]any{"instanceClass": "db.r6g.large", "performanceInsightsEnabled": true},
		},
		"Parameters": {
			Reason:   "What the claim sets stands behind what every stack has.",
			Spec:     `{"region":"eu-west-1","database":{"engine":"mysql","parameters":{"log_bin_trust_function_creators":"1","performance_schema":"1"}}}`,
			Resource: composed.DatabaseParameterGroup + "-mysql8-4",
			Want: map[string]any{
				"family": "mysql8.4",
				"parameter": []any{
					map[string]any{"name": "require_secure_transport", "value": "1", "applyMethod": "immediate"},
					map[string]any{"name": "local_infile", "value": "0", "applyMethod": "immediate"},
					map[string]any{"name": "slow_query_log", "value": "1", "applyMethod": "immediate"},
					map[string]any{"name": "long_query_time", "value": "1", "applyMethod": "immediate"},
					map[string]any{"name": "log_output", "value": "FILE", "applyMethod": "immediate"},
					map[string]any{"name": "log_bin_trust_function_creators", "value": "1", "applyMethod": "immediate"},
					map[string]any{"name": "performance_schema", "value": "1", "applyMethod": "pending-reboot"},
				},
			},
		},
		"ProxyOfMySQL": {
			Reason:   "A proxy speaks the protocol of its database.",
			Spec:     `{"region":"eu-west-1","database":{"engine":"mysql","proxy":{}}}`,
			Resource: composed.DatabaseProxy,
			Want:     map[string]any{"engineFamily": "MYSQL"},
		},
		"ProxyPort": {
			Reason:   "It listens where clients of MySQL expect it.",
			Spec:     `{"region":"eu-west-1","database":{"engine":"mysql","proxy":{}}}`,
			Resource: composed.DatabaseProxyFromApp,
			Want:     map[string]any{"fromPort": float64(3306), "toPort": float64(3306), "description": "MySQL from the application tier"},
		},
	})
}

// Every engine and version can be composed: parameter group families, names and log
// groups match.
func TestEveryVersion(t *testing.T) {
	for _, e := range engines.All() {
		for _, v := range e.Versions() {
			t.Run(string(e.Name)+v.Version, func(t *testing.T) {
				s := tiertest.Composed(t, `{"region":"eu-west-1","database":{"engine":"`+string(e.Name)+`","version":"`+v.Version+`"}}`, nil, tiertest.Platform())
				var families []string
				for name, r := range s.Resources {
					if !strings.HasPrefix(name, composed.DatabaseParameterGroup) && !strings.HasPrefix(name, composed.DatabaseClusterGroup) || name == composed.DatabaseParameterGroupEvents {
						continue
					}
					families = append(families, fmt.Sprint(tiertest.Field(t, r, "family")))
					if external := fmt.Sprint(tiertest.Field(t, r, ".metadata.annotations[crossplane.io/external-name]")); strings.Contains(external, ".") {
						t.Errorf("RDS takes no dot in the name %s", external)
					}
				}
				if diff := cmp.Diff([]string{v.Family}, families); diff != "" {
					t.Errorf("\nA database has the group of its version's family, and no other.\nfamilies: -want, +got:\n%s", diff)
				}
				var logs []string
				for _, log := range []string{"audit", "error", "general", "postgresql", "slowquery", "upgrade"} {
					if _, ok := s.Resources[composed.DatabaseLogGroup(log)]; ok {
						logs = append(logs, log)
					}
				}
				if diff := cmp.Diff(slices.Sorted(slices.Values(e.Logs)), logs); diff != "" {
					t.Errorf("\nWhat is exported has a group that the stack encrypts.\nlogs: -want, +got:\n%s", diff)
				}
			})
		}
	}
}

// A stack without a database has no database resources.
func TestWithoutDatabase(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1","database":{"enabled":false}}`, nil, tiertest.Platform())
	// Other data stores use the isolated subnets and their routes.
	network := []string{"database-network-acl", "database-network-acl-egress-answers", "database-route-table", "database-route-table-association-1", "database-route-table-association-2", "database-subnet-1", "database-subnet-2", "s3-endpoint-database-route"}
	var got []string
	for name := range s.Resources {
		if strings.Contains(name, "database") {
			got = append(got, name)
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(network, got); diff != "" {
		t.Errorf("\nOnly what else stands there needs stays.\nresources: -want, +got:\n%s", diff)
	}
	for _, r := range s.Resources {
		if text := tiertest.JSON(t, r.Object.AsMap()); strings.Contains(text, tiertest.Prefix+"-db") || strings.Contains(text, "events.rds") {
			t.Errorf("%s still refers to the database", r.Resource)
		}
	}
}
