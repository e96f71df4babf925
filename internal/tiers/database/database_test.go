package database_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// keys contains the observed keys that the database waits for.
var keys = map[string]string{composed.DatabaseSubnetGroup: `{"status":{"conditions":[{"type":"Ready","status":"True"}]}}`, composed.DataKey: `{"status":{"atProvider":{"arn":"arn:aws:kms:eu-west-1:123456789012:key/data"}}}`}

// instance returns an observed instance of the size medium, with its desired and
// observed class, its current and observed generation, and a management policy in
// addition to Observe and Create.
func instance(desired, has string, generation, reconciled int, policy string) string {
	return fmt.Sprintf(`{"metadata":{"generation":%d,"annotations":{"crossplane.io/external-name":"db-1"}},"spec":{"managementPolicies":["Observe","Create",%q],
		"forProvider":{"instanceClass":%q,"multiAz":true,"allocatedStorage":50,"storageType":"gp3","backupRetentionPeriod":7}},
		"status":{"atProvider":{"instanceClass":%q,"multiAz":true,"allocatedStorage":50,"storageType":"gp3","backupRetentionPeriod":7},
		"conditions":[{"type":"Synced","status":"True","observedGeneration":%d}]}}`, generation, policy, desired, has, reconciled)
}

// withDatabase adds the database to observed resources.
func withDatabase(observed map[string]string, database string) map[string]string {
	out := maps.Clone(observed)
	out[composed.Database] = database
	return out
}

func TestDatabase(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"InstanceWaitsForItsKey": {
			Reason:   "Performance Insights can never change its key and takes no reference to it.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Database,
			Waits:    true,
		},
		"InstanceByDefault": {
			Reason:   "The seed's database: PostgreSQL 15, private, encrypted, Multi-AZ, backed up, protected (DB-01 to DB-33).",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: keys,
			Resource: composed.Database,
			Want: map[string]any{
				"identifier": tiertest.Prefix + "-db", "engine": "postgres", "engineVersion": "15", "instanceClass": "db.t3.micro", "dbName": "ecommerce",
				"autoMinorVersionUpgrade": true, "allowMajorVersionUpgrade": false, "multiAz": true, "port": float64(5433),
				"publiclyAccessible": false, "dbSubnetGroupNameRef.name": "shop-database-subnet-group", "vpcSecurityGroupIdRefs[0].name": "shop-database-security-group", "vpcSecurityGroupIdRefs[1]": tiertest.Absent{},
				"storageEncrypted": true, "kmsKeyIdRef.name": "shop-data-key", "storageType": "gp3", "allocatedStorage": float64(20), "maxAllocatedStorage": float64(100),
				"manageMasterUserPassword": true, "masterUserSecretKmsKeyIdRef.name": "shop-secrets-key", "username": "ecommerce_owner", "passwordSecretRef": tiertest.Absent{}, "iamDatabaseAuthenticationEnabled": true,
				"backupRetentionPeriod": float64(7), "backupWindow": "02:00-03:00", "maintenanceWindow": "sun:04:00-sun:05:00", "applyImmediately": false,
				"deletionProtection": true, "deleteAutomatedBackups": false, "skipFinalSnapshot": false, "finalSnapshotIdentifier": tiertest.Prefix + "-db-final", "copyTagsToSnapshot": true,
				"enabledCloudwatchLogsExports": []any{"postgresql", "upgrade"}, "monitoringInterval": float64(60), "monitoringRoleArnRef.name": "shop-database-monitoring-role",
				"performanceInsightsEnabled": true, "performanceInsightsRetentionPeriod": float64(7), "performanceInsightsKmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/data",
				"caCertIdentifier": "rds-ca-rsa2048-g1", "parameterGroupNameRef.name": "shop-database-parameter-group",
				".spec.managementPolicies": []any{"Observe", "Create", "Update", "LateInitialize"},
			},
		},
		"OptionGroupIsNotAskedFor": {
			Reason:   "RDS makes its own one for a version when the first database of the account needs it, and refuses to use one that it has not made.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: keys,
			Resource: composed.Database,
			Want:     map[string]any{"optionGroupName": tiertest.Absent{}},
		},
		"OptionGroupAsItIs": {
			Reason:   "Late-initialised, the old version's would be asked for again after an upgrade (provider-upjet-aws 1652).",
			Spec:     `{"region":"eu-west-1","database":{"version":"16","allowMajorVersionUpgrade":true}}`,
			Observed: withDatabase(keys, `{"spec":{"forProvider":{"optionGroupName":"default:postgres-15"}},"status":{"atProvider":{"optionGroupName":"default:postgres-16"}}}`),
			Resource: composed.Database,
			Want:     map[string]any{"optionGroupName": "default:postgres-16"},
		},
		"PerformanceIsLeftToRDS": {
			Reason:   "RDS takes none for storage of this size.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: keys,
			Resource: composed.Database,
			Want:     map[string]any{"iops": tiertest.Absent{}, "storageThroughput": tiertest.Absent{}},
		},
		"PerformanceAsItIs": {
			Reason:   "What RDS gave is said as it is, also after storage grew by itself (terraform-provider-aws 28382).",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: withDatabase(keys, `{"status":{"atProvider":{"iops":12000,"storageThroughput":500}}}`),
			Resource: composed.Database,
			Want:     map[string]any{"iops": float64(12000), "storageThroughput": float64(500)},
		},
		"ChangeIsAsked": {
			Reason:   "A change is asked of RDS once.",
			Spec:     `{"region":"eu-west-1","size":"medium"}`,
			Observed: withDatabase(keys, instance("db.t3.micro", "db.t3.micro", 1, 1, "Update")),
			Resource: composed.Database,
			Want:     map[string]any{"instanceClass": "db.t4g.medium", ".spec.managementPolicies": []any{"Observe", "Create", "Update"}},
		},
		"ChangeIsBeingAsked": {
			Reason:   "The provider has not seen the change yet.",
			Spec:     `{"region":"eu-west-1","size":"medium"}`,
			Observed: withDatabase(keys, instance("db.t4g.medium", "db.t3.micro", 2, 1, "Update")),
			Resource: composed.Database,
			Want:     map[string]any{".spec.managementPolicies": []any{"Observe", "Create", "Update"}},
		},
		"ChangeWaitsForTheWindow": {
			Reason:   "RDS keeps it for the maintenance window; until then the provider would ask again every minute.",
			Spec:     `{"region":"eu-west-1","size":"medium"}`,
			Observed: withDatabase(keys, instance("db.t4g.medium", "db.t3.micro", 2, 2, "Update")),
			Resource: composed.Database,
			Want:     map[string]any{".spec.managementPolicies": []any{"Observe", "Create"}},
		},
		"ChangeStillWaits": {
			Reason:   "The policies themselves are another generation.",
			Spec:     `{"region":"eu-west-1","size":"medium"}`,
			Observed: withDatabase(keys, instance("db.t4g.medium", "db.t3.micro", 3, 2, "Observe")),
			Resource: composed.Database,
			Want:     map[string]any{".spec.managementPolicies": []any{"Observe", "Create"}},
		},
		"ChangeIsMade": {
			Reason:   "After the window the provider looks after the instance again.",
			Spec:     `{"region":"eu-west-1","size":"medium"}`,
			Observed: withDatabase(keys, instance("db.t4g.medium", "db.t4g.medium", 3, 3, "Observe")),
			Resource: composed.Database,
			Want:     map[string]any{".spec.managementPolicies": []any{"Observe", "Create", "Update"}},
		},
		"ExactMinorVersion": {
			Reason:   "An exact version stays: RDS must not upgrade what the claim would then downgrade.",
			Spec:     `{"region":"eu-west-1","database":{"version":"15.4"}}`,
			Observed: keys,
			Resource: composed.Database,
			Want:     map[string]any{"engineVersion": "15.4", "autoMinorVersionUpgrade": false},
		},
		"SnapshotLetsGo": {
			Reason:   "With Snapshot the database can be deleted, and leaves a snapshot.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Snapshot"}`,
			Observed: keys,
			Resource: composed.Database,
			Want:     map[string]any{"deletionProtection": false, "skipFinalSnapshot": false, "deleteAutomatedBackups": false, tiertest.Stays: false},
		},
		"DeleteLeavesNothing": {
			Reason:   "With Delete neither snapshot nor backups stay.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Delete"}`,
			Observed: keys,
			Resource: composed.Database,
			Want:     map[string]any{"deletionProtection": false, "skipFinalSnapshot": true, "deleteAutomatedBackups": true, tiertest.Stays: false},
		},
		"RestoredFromSnapshot": {
			Reason:   "RDS keeps key, administrator and name of what it restores, and refuses others; all else is the stack's.",
			Spec:     `{"region":"eu-west-1","database":{"restoreFrom":{"type":"Snapshot","snapshot":{"identifier":"rds:shop"}}}}`,
			Observed: keys,
			Resource: composed.Database,
			Want: map[string]any{
				"snapshotIdentifier": "rds:shop", "restoreToPointInTime": tiertest.Absent{}, "dbName": tiertest.Absent{}, "username": tiertest.Absent{}, "kmsKeyIdRef": tiertest.Absent{},
				"engine": "postgres", "engineVersion": "15", "storageEncrypted": true, "manageMasterUserPassword": true, "dbSubnetGroupNameRef.name": "shop-database-subnet-group",
			},
		},
		"RestoredFromTime": {
			Reason:   "A database that exists is copied as it was.",
			Spec:     `{"region":"eu-west-1","database":{"restoreFrom":{"type":"PointInTime","pointInTime":{"sourceIdentifier":"shop-db","time":"2026-01-31T10:15:00Z"}}}}`,
			Observed: keys,
			Resource: composed.Database,
			Want: map[string]any{
				"snapshotIdentifier": tiertest.Absent{}, "restoreToPointInTime": map[string]any{"sourceDbInstanceIdentifier": "shop-db", "restoreTime": "2026-01-31T10:15:00Z"}, "dbName": tiertest.Absent{}, "kmsKeyIdRef": tiertest.Absent{},
			},
		},
		"RestoredFromLatest": {
			Reason:   "Or as it was last.",
			Spec:     `{"region":"eu-west-1","database":{"restoreFrom":{"type":"PointInTime","pointInTime":{"sourceIdentifier":"shop-db"}}}}`,
			Observed: keys,
			Resource: composed.Database,
			Want:     map[string]any{"restoreToPointInTime": map[string]any{"sourceDbInstanceIdentifier": "shop-db", "useLatestRestorableTime": true}},
		},
		"NameOfRestoredWaits": {
			Reason:   "Only RDS knows the name of what it restores.",
			Spec:     `{"region":"eu-west-1","database":{"restoreFrom":{"type":"Snapshot","snapshot":{"identifier":"rds:shop"}}}}`,
			Resource: composed.Parameter("database-name"),
			Waits:    true,
		},
		"SubnetGroupTakesNewZones": {
			Reason:   "References to subnets are resolved again when a zone is added.",
			Spec:     `{"region":"eu-west-1","network":{"availabilityZones":3}}`,
			Resource: composed.DatabaseSubnetGroup,
			Want: map[string]any{
				"subnetIdRefs[2].name": "shop-database-subnet-3", "subnetIdRefs[2].policy.resolve": "Always", "subnetIdRefs[3]": tiertest.Absent{},
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-db",
			},
		},
		"ParameterGroup": {
			Reason:   "TLS is forced and schema changes are logged, but no data (DB-16 to DB-18).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.DatabaseParameterGroup,
			Want: map[string]any{
				"family":            "postgres15",
				"parameter[0].name": "rds.force_ssl", "parameter[0].value": "1", "parameter[0].applyMethod": "pending-reboot",
				"parameter[1].name": "log_statement", "parameter[1].value": "ddl", "parameter[1].applyMethod": "immediate",
				"parameter[3].name": "log_connections", "parameter[3].value": "1", "parameter[4].name": "log_disconnections", "parameter[4].value": "1",
			},
		},
		"ParameterGroupOfOtherVersion": {
			Reason:   "Each major version has a group of its own, since a group cannot change its family.",
			Spec:     `{"region":"eu-west-1","database":{"version":"16"}}`,
			Resource: composed.DatabaseParameterGroup + "-postgres16",
			Want: map[string]any{
				"family": "postgres16", "parameter[0].name": "rds.force_ssl", ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-postgres16",
			},
		},
		"MajorUpgrade": {
			Reason:   "The database goes over to the new version and its settings at once, in the maintenance window.",
			Spec:     `{"region":"eu-west-1","database":{"version":"16","allowMajorVersionUpgrade":true}}`,
			Observed: map[string]string{composed.DatabaseSubnetGroup: tiertest.IsReady, composed.DataKey: keys[composed.DataKey], composed.Database: `{"spec":{"forProvider":{"engineVersion":"15"}},"status":{"atProvider":{"engineVersionActual":"15.12"}}}`},
			Resource: composed.Database,
			Want: map[string]any{
				"engineVersion": "16", "allowMajorVersionUpgrade": true, "parameterGroupNameRef.name": "shop-database-parameter-group-postgres16", "applyImmediately": false,
			},
		},
		"PgAudit": {
			Reason:   "pgAudit says who changed schema and permissions, beside RDS's own library, and no customers' data (DB-19).",
			Spec:     `{"region":"eu-west-1","database":{"pgAudit":true}}`,
			Resource: composed.DatabaseParameterGroup,
			Want: map[string]any{
				"parameter[7].name": "shared_preload_libraries", "parameter[7].value": "pg_stat_statements,pgaudit", "parameter[7].applyMethod": "pending-reboot",
				"parameter[8].name": "pgaudit.log", "parameter[8].value": "ddl,role", "parameter[8].applyMethod": "immediate",
			},
		},
		"LogGroupBeforeRDS": {
			Reason:   "RDS would make the group without key and retention.",
			Spec:     `{"region":"eu-west-1","environment":"staging"}`,
			Resource: composed.DatabaseLogGroup("postgresql"),
			Want: map[string]any{
				"retentionInDays": float64(90), "kmsKeyIdRef.name": "shop-logs-key",
				".metadata.annotations[crossplane.io/external-name]": "/aws/rds/instance/" + tiertest.Prefix + "-db/postgresql",
			},
		},
		"EventsOfAllInstances": {
			Reason:   "The control asks for events of all instances (DB-27).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.DatabaseInstanceEvents,
			Want: map[string]any{
				"enabled": true, "sourceType": "db-instance", "sourceIds": tiertest.Absent{}, "snsTopicRef.name": "shop-database-events-topic",
				"eventCategories": []any{"configuration change", "failure", "maintenance"},
			},
		},
		"TopicIsEncrypted": {
			Reason:   "RDS cannot publish to a topic with AWS's own key, so it is the stack's, by its alias.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.DatabaseEventsTopic,
			Want:     map[string]any{"kmsMasterKeyId": "alias/" + tiertest.Prefix + "-data-key"},
		},
		"TopicPolicyWaitsForTheAccount": {
			Reason:   "RDS may publish for this account only.",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    tiertest.NoInput(),
			Resource: composed.TopicPolicy(composed.DatabaseEventsTopic),
			Waits:    true,
		},
		"RotationWaitsForTheSecret": {
			Reason:   "RDS makes the secret with the instance.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.DatabaseSecretRotation,
			Waits:    true,
		},
		"Rotation": {
			Reason:   "The administrator's password is renewed every 30 days by RDS, without a function (SEC-02, SEC-03).",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.Database: `{"status":{"atProvider":{"masterUserSecret":[{"secretArn":"arn:secret"}]}}}`},
			Resource: composed.DatabaseSecretRotation,
			Want:     map[string]any{"secretId": "arn:secret", "rotateImmediately": true, "rotationRules.automaticallyAfterDays": float64(30), "rotationLambdaArn": tiertest.Absent{}},
		},
	})
}

func TestTopicPolicy(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform())
	topic := "arn:aws:sns:eu-west-1:123456789012:" + tiertest.Prefix + "-db-events"
	want := map[string]map[string]any{
		"PublishDatabaseEvents": {
			"Sid": "PublishDatabaseEvents", "Effect": "Allow", "Principal": map[string]any{"Service": "events.rds.amazonaws.com"}, "Action": "sns:Publish", "Resource": topic,
			"Condition": map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account}},
		},
		"DenyPlainHTTP": {
			"Sid": "DenyPlainHTTP", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": topic,
			"Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
		},
	}
	if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[composed.TopicPolicy(composed.DatabaseEventsTopic)], "policy")); diff != "" {
		t.Errorf("\nOnly RDS publishes, only for this account.\npolicy: -want, +got:\n%s", diff)
	}
}

func TestDatabaseStatus(t *testing.T) {
	cases := map[string]struct {
		reason   string
		observed map[string]string
		want     v1alpha1.DatabaseStatus
	}{
		"NotThere": {reason: "A database that does not exist has no port."},
		"There": {
			reason: "An app needs the address and where the password is, never the password.",
			observed: map[string]string{composed.Database: `{"status":{"atProvider":{
				"address":"db.example","engineVersionActual":"15.10","masterUserSecret":[{"secretArn":"arn:secret"}]}}}`},
			want: v1alpha1.DatabaseStatus{
				Identifier: tiertest.Prefix + "-db", Engine: "postgres", Endpoint: "db.example", Port: 5433, Name: "ecommerce", EngineVersion: "15.10", SecretARN: "arn:secret",
				InstanceClass: "db.t3.micro", StorageGiB: 20, MaxStorageGiB: 100, MultiAZ: new(true), BackupRetentionDays: 7,
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, `{"region":"eu-west-1"}`, tc.observed, tiertest.Platform()).Status.Database); diff != "" {
				t.Errorf("\n%s\ndatabase: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
