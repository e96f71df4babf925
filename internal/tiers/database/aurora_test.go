package database_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/database"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// aurora is a claim for a cluster, with a proxy and a backup plan. clusterStanding
// contains its observed resources.
const aurora = `{"region":"eu-west-1","database":{"engine":"aurora-postgresql","version":"16","proxy":{},"backupPlan":{}}}`

var clusterStanding = map[string]string{
	composed.DataKey: keys[composed.DataKey],
	composed.DatabaseCluster: `{"metadata":{"annotations":{"crossplane.io/external-name":"` + tiertest.Prefix + `-db"}},"status":{"atProvider":{
		"arn":"arn:aws:rds:eu-west-1:123456789012:cluster:shop","endpoint":"writer.example","readerEndpoint":"reader.example","clusterResourceId":"cluster-ABC","engineVersionActual":"16.4",
		"masterUserSecret":[{"secretArn":"arn:secret:admin"}]}}}`,
	composed.DatabaseInstance(1): `{"spec":{"forProvider":{"availabilityZone":"eu-west-1a"}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`,
}

func TestAurora(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoInstanceOfRDS": {
			Reason:   "A cluster is in place of it.",
			Spec:     aurora,
			Resource: composed.Database,
			Missing:  true,
		},
		"NoClusterUnlessAsked": {
			Reason:   "An instance of RDS is the default.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.DatabaseCluster,
			Missing:  true,
		},
		"VersionThatRuns": {
			Reason:   "A major version alone goes along with every modification, which Aurora refuses (terraform-provider-aws 45026).",
			Spec:     aurora,
			Observed: map[string]string{composed.DatabaseSubnetGroup: tiertest.IsReady, composed.DatabaseCluster: `{"spec":{"forProvider":{"engineVersion":"16"}},"status":{"atProvider":{"engineVersionActual":"16.8"}}}`},
			Resource: composed.DatabaseCluster,
			Want:     map[string]any{"engineVersion": "16.8"},
		},
		"MembersAreNotFilledIn": {
			Reason:   "The members of a cluster would become part of its spec (provider-upjet-aws 2052).",
			Spec:     aurora,
			Observed: keys,
			Resource: composed.DatabaseCluster,
			Want:     map[string]any{".spec.managementPolicies": []any{"Observe", "Create", "Update"}},
		},
		"Cluster": {
			Reason:   "It has everything that protects an instance of RDS, and what only clusters have.",
			Spec:     aurora,
			Observed: keys,
			Resource: composed.DatabaseCluster,
			Want: map[string]any{
				"engine": "aurora-postgresql", "engineMode": "provisioned", "engineVersion": "16", "allowMajorVersionUpgrade": false, "databaseName": "ecommerce", "port": float64(5433),
				"serverlessv2ScalingConfiguration.minCapacity": 0.5, "serverlessv2ScalingConfiguration.maxCapacity": float64(2), "serverlessv2ScalingConfiguration.secondsUntilAutoPause": tiertest.Absent{},
				"storageEncrypted": true, "kmsKeyIdRef.name": "shop-data-key", "dbSubnetGroupNameRef.name": "shop-database-subnet-group",
				"vpcSecurityGroupIdRefs[0].name": "shop-database-security-group", "dbClusterParameterGroupNameRef.name": "shop-database-cluster-parameter-group-aurora-postgresql16",
				"masterUsername": "ecommerce_owner", "manageMasterUserPassword": true, "masterUserSecretKmsKeyIdRef.name": "shop-secrets-key", "iamDatabaseAuthenticationEnabled": true,
				"backupRetentionPeriod": float64(7), "preferredBackupWindow": "02:00-03:00", "preferredMaintenanceWindow": "sun:04:00-sun:05:00", "applyImmediately": false,
				"copyTagsToSnapshot": true, "deletionProtection": true, "deleteAutomatedBackups": false, "skipFinalSnapshot": false, "finalSnapshotIdentifier": tiertest.Prefix + "-db-final",
				"enabledCloudwatchLogsExports[0]": "postgresql", "enabledCloudwatchLogsExports[1]": tiertest.Absent{},
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-db", tiertest.Stays: true,
			},
		},
		"ClusterGoes": {
			Reason:   "Nothing of it stays under Delete.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Delete","database":{"engine":"aurora-postgresql"}}`,
			Observed: keys,
			Resource: composed.DatabaseCluster,
			Want:     map[string]any{"deletionProtection": false, "skipFinalSnapshot": true, "deleteAutomatedBackups": true, tiertest.Stays: false},
		},
		"Pauses": {
			Reason:   "The claim says when.",
			Spec:     `{"region":"eu-west-1","database":{"engine":"aurora-postgresql","aurora":{"serverless":{"minCapacity":0,"maxCapacity":4,"secondsUntilAutoPause":900}}}}`,
			Observed: keys,
			Resource: composed.DatabaseCluster,
			Want: map[string]any{
				"serverlessv2ScalingConfiguration.minCapacity": float64(0), "serverlessv2ScalingConfiguration.maxCapacity": float64(4), "serverlessv2ScalingConfiguration.secondsUntilAutoPause": float64(900),
			},
		},
		"FromASnapshot": {
			Reason:   "Key, administrator and name are what they were.",
			Spec:     `{"region":"eu-west-1","database":{"engine":"aurora-postgresql","restoreFrom":{"type":"Snapshot","snapshot":{"identifier":"shop"}}}}`,
			Observed: keys,
			Resource: composed.DatabaseCluster,
			Want:     map[string]any{"snapshotIdentifier": "shop", "masterUsername": tiertest.Absent{}, "databaseName": tiertest.Absent{}, "kmsKeyIdRef": tiertest.Absent{}, "restoreToPointInTime": tiertest.Absent{}, "storageEncrypted": true},
		},
		"FromAPointInTime": {
			Reason:   "A copy of its own, since a clone shares storage.",
			Spec:     `{"region":"eu-west-1","database":{"engine":"aurora-postgresql","restoreFrom":{"type":"PointInTime","pointInTime":{"sourceIdentifier":"old-db","time":"2026-01-31T10:15:00Z"}}}}`,
			Observed: keys,
			Resource: composed.DatabaseCluster,
			Want: map[string]any{
				"restoreToPointInTime.sourceClusterIdentifier": "old-db", "restoreToPointInTime.restoreToTime": "2026-01-31T10:15:00Z", "restoreToPointInTime.restoreType": "full-copy",
				"restoreToPointInTime.useLatestRestorableTime": tiertest.Absent{},
			},
		},
		"FromTheLatest": {
			Reason: "Or of what is there now; what it was made from it stays.",
			Spec:   `{"region":"eu-west-1","database":{"engine":"aurora-postgresql"}}`,
			Observed: map[string]string{
				composed.DatabaseSubnetGroup: tiertest.IsReady,

				composed.DatabaseCluster: `{"spec":{"forProvider":{"restoreToPointInTime":{"sourceClusterIdentifier":"old-db","useLatestRestorableTime":true}}}}`,
			},
			Resource: composed.DatabaseCluster,
			Want:     map[string]any{"restoreToPointInTime.sourceClusterIdentifier": "old-db", "restoreToPointInTime.useLatestRestorableTime": true, "restoreToPointInTime.restoreToTime": tiertest.Absent{}},
		},
		"ParameterGroup": {
			Reason:   "All settings are the cluster's, and instances have them from there (DB-16, DB-17).",
			Spec:     aurora,
			Resource: composed.DatabaseClusterGroup + "-aurora-postgresql16",
			Want: map[string]any{
				"family": "aurora-postgresql16", "parameter[0].name": "rds.force_ssl", "parameter[0].value": "1", "parameter[0].applyMethod": "pending-reboot", "parameter[1].applyMethod": "immediate",
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-aurora-postgresql16",
			},
		},
		"InstanceWaitsForTheKey": {
			Reason:   "Performance Insights has no reference, and cannot change its key.",
			Spec:     aurora,
			Resource: composed.DatabaseInstance(1),
			Waits:    true,
		},
		"Instance": {
			Reason:   "It is private and watched, in a zone of its own, and stays with the cluster.",
			Spec:     aurora,
			Observed: keys,
			Resource: composed.DatabaseInstance(1),
			Want: map[string]any{
				"clusterIdentifierRef.name": "shop-database-cluster", "engine": "aurora-postgresql", "engineVersion": tiertest.Absent{}, "instanceClass": "db.serverless", "availabilityZone": "eu-west-1a", "promotionTier": float64(0),
				"autoMinorVersionUpgrade": true, "dbSubnetGroupNameRef.name": "shop-database-subnet-group", "publiclyAccessible": false, "caCertIdentifier": "rds-ca-rsa2048-g1",
				"preferredMaintenanceWindow": "sun:04:00-sun:05:00", "applyImmediately": false, "copyTagsToSnapshot": true, "monitoringInterval": float64(60), "monitoringRoleArnRef.name": "shop-database-monitoring-role",
				"performanceInsightsEnabled": true, "performanceInsightsKmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/data",
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-db-1", tiertest.Stays: true,
			},
		},
		"Standby": {
			Reason:   "It stands in another zone, and holds nothing that must stay.",
			Spec:     aurora,
			Observed: keys,
			Resource: composed.DatabaseInstance(2),
			Want:     map[string]any{"availabilityZone": "eu-west-1b", "promotionTier": float64(1), tiertest.Stays: false},
		},
		"LogGroupBeforeRDS": {
			Reason:   "RDS would make the group without key and retention.",
			Spec:     aurora,
			Resource: composed.DatabaseLogGroup("postgresql"),
			Want:     map[string]any{"kmsKeyIdRef.name": "shop-logs-key", ".metadata.annotations[crossplane.io/external-name]": "/aws/rds/cluster/" + tiertest.Prefix + "-db/postgresql"},
		},
		"NoUpgradeLog": {
			Reason:   "Aurora has no such log.",
			Spec:     aurora,
			Resource: composed.DatabaseLogGroup("upgrade"),
			Missing:  true,
		},
		"Events": {
			Reason:   "What happens to clusters is announced too (RDS.19).",
			Spec:     aurora,
			Resource: composed.DatabaseClusterEvents,
			Want:     map[string]any{"sourceType": "db-cluster", "enabled": true, "snsTopicRef.name": "shop-database-events-topic"},
		},
		"ProxyTargetWaits": {
			Reason:   "RDS refuses a cluster that nothing serves yet.",
			Spec:     aurora,
			Resource: composed.DatabaseProxyTarget,
			Waits:    true,
		},
		"ProxyTarget": {
			Reason:   "The proxy follows the cluster to whoever writes.",
			Spec:     aurora,
			Observed: clusterStanding,
			Resource: composed.DatabaseProxyTarget,
			Want:     map[string]any{"dbClusterIdentifier": tiertest.Prefix + "-db", "dbInstanceIdentifierRef": tiertest.Absent{}},
		},
		"BackupSelectionWaits": {
			Reason:   "References are to instances of RDS only.",
			Spec:     aurora,
			Resource: composed.BackupSelection,
			Waits:    true,
		},
		"BackupSelection": {
			Reason:   "The plan copies the cluster.",
			Spec:     aurora,
			Observed: clusterStanding,
			Resource: composed.BackupSelection,
			Want:     map[string]any{"resources[0]": "arn:aws:rds:eu-west-1:123456789012:cluster:shop", "resourcesRefs": tiertest.Absent{}},
		},
		"CapacityAlarm": {
			Reason:   "What has grown as far as it may soon is too small.",
			Spec:     aurora,
			Resource: composed.Alarm("database-capacity"),
			Want:     map[string]any{"metricName": "ACUUtilization", "threshold": float64(90), "dimensions.DBClusterIdentifier": tiertest.Prefix + "-db"},
		},
		"NoStorageAlarm": {
			Reason:   "Its storage grows by itself.",
			Spec:     aurora,
			Resource: composed.Alarm("database-storage"),
			Missing:  true,
		},
		"ProcessorAlarm": {
			Reason:   "Its silence means that nothing serves the cluster.",
			Spec:     aurora,
			Observed: clusterStanding,
			Resource: composed.Alarm("database-cpu"),
			Want:     map[string]any{"dimensions.DBClusterIdentifier": tiertest.Prefix + "-db", "treatMissingData": "breaching"},
		},
		"PausedProcessorIsNoAlarm": {
			Reason:   "A cluster that pauses has no processor, and nobody has to get up.",
			Spec:     `{"region":"eu-west-1","database":{"engine":"aurora-postgresql","aurora":{"serverless":{"minCapacity":0}}}}`,
			Observed: clusterStanding,
			Resource: composed.Alarm("database-cpu"),
			Want:     map[string]any{"treatMissingData": "notBreaching"},
		},
		"ConfigRule": {
			Reason:   "Rules are about clusters.",
			Spec:     aurora,
			Resource: composed.ConfigRule("database-protected"),
			Want:     map[string]any{"source.sourceIdentifier": "RDS_CLUSTER_DELETION_PROTECTION_ENABLED"},
		},
		"ReaderParameter": {
			Reason:   "The app reads where reads are served.",
			Spec:     aurora,
			Observed: clusterStanding,
			Resource: composed.Parameter("database-read-endpoints"),
			Want:     map[string]any{"insecureValue": "reader.example"},
		},
		"NoReaderParameter": {
			Reason:   "One instance reads and writes.",
			Spec:     `{"region":"eu-west-1","environment":"staging","database":{"engine":"aurora-postgresql"}}`,
			Resource: composed.Parameter("database-read-endpoints"),
			Missing:  true,
		},
	})
}

func TestAuroraPolicies(t *testing.T) {
	s := tiertest.Composed(t, aurora, clusterStanding, tiertest.Platform())
	if diff := cmp.Diff("arn:aws:rds-db:eu-west-1:123456789012:dbuser:cluster-ABC/ecommerce_app", tiertest.Statements(t, s.Resources[composed.DatabaseProxyRoleConnect], "policy")["SignInByIAM"]["Resource"]); diff != "" {
		t.Errorf("\nA user signs in to a cluster, whichever instance answers.\nresource: -want, +got:\n%s", diff)
	}
	trusted := tiertest.Statements(t, s.Resources[composed.MonitoringRole], "assumeRolePolicy")
	for sid, st := range trusted {
		want := map[string]any{
			"StringEquals": map[string]any{"aws:SourceAccount": "123456789012"},
			"ArnLike":      map[string]any{"aws:SourceArn": []any{"arn:aws:rds:eu-west-1:123456789012:db:" + tiertest.Prefix + "-db-1", "arn:aws:rds:eu-west-1:123456789012:db:" + tiertest.Prefix + "-db-2"}},
		}
		if diff := cmp.Diff(want, st["Condition"]); diff != "" {
			t.Errorf("\nAll instances are watched by the one role.\n%s: -want, +got:\n%s", sid, diff)
		}
	}
	want := v1alpha1.DatabaseStatus{
		Identifier: tiertest.Prefix + "-db", Engine: "aurora-postgresql", Endpoint: "writer.example", Port: 5433, Name: "ecommerce", ReadEndpoints: []string{"reader.example"}, EngineVersion: "16.4",
		InstanceClass: "db.serverless", MinCapacity: database.Capacity(0.5), MaxCapacity: database.Capacity(2), MultiAZ: new(true), BackupRetentionDays: 7, SecretARN: "arn:secret:admin",
	}
	if diff := cmp.Diff(want, s.Status.Database); diff != "" {
		t.Errorf("\nThe status says where the cluster is, and how far it grows.\nDatabase: -want, +got:\n%s", diff)
	}
}
