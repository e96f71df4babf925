package tiers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// aurora is a claim for a cluster, with a proxy and a backup plan. clusterStanding
// is what stands of it.
const aurora = `{"region":"eu-west-1","database":{"engine":"aurora-postgresql","version":"16","proxy":{},"backupPlan":{}}}`

var clusterStanding = map[string]string{
	role.DataKey: keys[role.DataKey],
	role.DatabaseCluster: `{"metadata":{"annotations":{"crossplane.io/external-name":"` + prefix + `-db"}},"status":{"atProvider":{
		"arn":"arn:aws:rds:eu-west-1:123456789012:cluster:shop","endpoint":"writer.example","readerEndpoint":"reader.example","clusterResourceId":"cluster-ABC","engineVersionActual":"16.4",
		"masterUserSecret":[{"secretArn":"arn:secret:admin"}]}}}`,
	role.DatabaseInstance(1): `{"spec":{"forProvider":{"availabilityZone":"eu-west-1a"}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`,
}

func TestAurora(t *testing.T) {
	runTierCases(t, map[string]tierCase{
		"NoInstanceOfRDS": {
			reason:  "A cluster is in place of it.",
			spec:    aurora,
			role:    role.Database,
			missing: true,
		},
		"NoClusterUnlessAsked": {
			reason:  "An instance of RDS is the default.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.DatabaseCluster,
			missing: true,
		},
		"VersionThatRuns": {
			reason:   "A major version alone goes along with every modification, which Aurora refuses (terraform-provider-aws 45026).",
			spec:     aurora,
			observed: map[string]string{role.DatabaseSubnetGroup: isReady, role.DatabaseCluster: `{"spec":{"forProvider":{"engineVersion":"16"}},"status":{"atProvider":{"engineVersionActual":"16.8"}}}`},
			role:     role.DatabaseCluster,
			want:     map[string]any{"engineVersion": "16.8"},
		},
		"MembersAreNotFilledIn": {
			reason:   "The members of a cluster would become part of its spec (provider-upjet-aws 2052).",
			spec:     aurora,
			observed: keys,
			role:     role.DatabaseCluster,
			want:     map[string]any{".spec.managementPolicies": []any{"Observe", "Create", "Update"}},
		},
		"Cluster": {
			reason:   "It has everything that protects an instance of RDS, and what only clusters have.",
			spec:     aurora,
			observed: keys,
			role:     role.DatabaseCluster,
			want: map[string]any{
				"engine": "aurora-postgresql", "engineMode": "provisioned", "engineVersion": "16", "allowMajorVersionUpgrade": false, "databaseName": "ecommerce", "port": float64(5433),
				"serverlessv2ScalingConfiguration.minCapacity": 0.5, "serverlessv2ScalingConfiguration.maxCapacity": float64(2), "serverlessv2ScalingConfiguration.secondsUntilAutoPause": absent{},
				"storageEncrypted": true, "kmsKeyIdRef.name": "shop-data-key", "dbSubnetGroupNameRef.name": "shop-database-subnet-group",
				"vpcSecurityGroupIdRefs[0].name": "shop-database-security-group", "dbClusterParameterGroupNameRef.name": "shop-database-cluster-parameter-group-aurora-postgresql16",
				"masterUsername": "ecommerce_owner", "manageMasterUserPassword": true, "masterUserSecretKmsKeyIdRef.name": "shop-secrets-key", "iamDatabaseAuthenticationEnabled": true,
				"backupRetentionPeriod": float64(7), "preferredBackupWindow": "02:00-03:00", "preferredMaintenanceWindow": "sun:04:00-sun:05:00", "applyImmediately": false,
				"copyTagsToSnapshot": true, "deletionProtection": true, "deleteAutomatedBackups": false, "skipFinalSnapshot": false, "finalSnapshotIdentifier": prefix + "-db-final",
				"enabledCloudwatchLogsExports[0]": "postgresql", "enabledCloudwatchLogsExports[1]": absent{},
				".metadata.annotations[crossplane.io/external-name]": prefix + "-db", stays: true,
			},
		},
		"ClusterGoes": {
			reason:   "Nothing of it stays under Delete.",
			spec:     `{"region":"eu-west-1","deletionPolicy":"Delete","database":{"engine":"aurora-postgresql"}}`,
			observed: keys,
			role:     role.DatabaseCluster,
			want:     map[string]any{"deletionProtection": false, "skipFinalSnapshot": true, "deleteAutomatedBackups": true, stays: false},
		},
		"Pauses": {
			reason:   "The claim says when.",
			spec:     `{"region":"eu-west-1","database":{"engine":"aurora-postgresql","aurora":{"serverless":{"minCapacity":0,"maxCapacity":4,"secondsUntilAutoPause":900}}}}`,
			observed: keys,
			role:     role.DatabaseCluster,
			want: map[string]any{
				"serverlessv2ScalingConfiguration.minCapacity": float64(0), "serverlessv2ScalingConfiguration.maxCapacity": float64(4), "serverlessv2ScalingConfiguration.secondsUntilAutoPause": float64(900),
			},
		},
		"FromASnapshot": {
			reason:   "Key, administrator and name are what they were.",
			spec:     `{"region":"eu-west-1","database":{"engine":"aurora-postgresql","restoreFrom":{"type":"Snapshot","snapshot":{"identifier":"shop"}}}}`,
			observed: keys,
			role:     role.DatabaseCluster,
			want:     map[string]any{"snapshotIdentifier": "shop", "masterUsername": absent{}, "databaseName": absent{}, "kmsKeyIdRef": absent{}, "restoreToPointInTime": absent{}, "storageEncrypted": true},
		},
		"FromAPointInTime": {
			reason:   "A copy of its own, since a clone shares storage.",
			spec:     `{"region":"eu-west-1","database":{"engine":"aurora-postgresql","restoreFrom":{"type":"PointInTime","pointInTime":{"sourceIdentifier":"old-db","time":"2026-01-31T10:15:00Z"}}}}`,
			observed: keys,
			role:     role.DatabaseCluster,
			want: map[string]any{
				"restoreToPointInTime.sourceClusterIdentifier": "old-db", "restoreToPointInTime.restoreToTime": "2026-01-31T10:15:00Z", "restoreToPointInTime.restoreType": "full-copy",
				"restoreToPointInTime.useLatestRestorableTime": absent{},
			},
		},
		"FromTheLatest": {
			reason: "Or of what is there now; what it was made from it stays.",
			spec:   `{"region":"eu-west-1","database":{"engine":"aurora-postgresql"}}`,
			observed: map[string]string{
				role.DatabaseSubnetGroup: isReady,

				role.DatabaseCluster: `{"spec":{"forProvider":{"restoreToPointInTime":{"sourceClusterIdentifier":"old-db","useLatestRestorableTime":true}}}}`,
			},
			role: role.DatabaseCluster,
			want: map[string]any{"restoreToPointInTime.sourceClusterIdentifier": "old-db", "restoreToPointInTime.useLatestRestorableTime": true, "restoreToPointInTime.restoreToTime": absent{}},
		},
		"ParameterGroup": {
			reason: "All settings are the cluster's, and instances have them from there (DB-16, DB-17).",
			spec:   aurora,
			role:   role.DatabaseClusterGroup + "-aurora-postgresql16",
			want: map[string]any{
				"family": "aurora-postgresql16", "parameter[0].name": "rds.force_ssl", "parameter[0].value": "1", "parameter[0].applyMethod": "pending-reboot", "parameter[1].applyMethod": "immediate",
				".metadata.annotations[crossplane.io/external-name]": prefix + "-aurora-postgresql16",
			},
		},
		"InstanceWaitsForTheKey": {
			reason: "Performance Insights has no reference, and cannot change its key.",
			spec:   aurora,
			role:   role.DatabaseInstance(1),
			waits:  true,
		},
		"Instance": {
			reason:   "It is private and watched, in a zone of its own, and stays with the cluster.",
			spec:     aurora,
			observed: keys,
			role:     role.DatabaseInstance(1),
			want: map[string]any{
				"clusterIdentifierRef.name": "shop-database-cluster", "engine": "aurora-postgresql", "engineVersion": absent{}, "instanceClass": "db.serverless", "availabilityZone": "eu-west-1a", "promotionTier": float64(0),
				"autoMinorVersionUpgrade": true, "dbSubnetGroupNameRef.name": "shop-database-subnet-group", "publiclyAccessible": false, "caCertIdentifier": "rds-ca-rsa2048-g1",
				"preferredMaintenanceWindow": "sun:04:00-sun:05:00", "applyImmediately": false, "copyTagsToSnapshot": true, "monitoringInterval": float64(60), "monitoringRoleArnRef.name": "shop-database-monitoring-role",
				"performanceInsightsEnabled": true, "performanceInsightsKmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/data",
				".metadata.annotations[crossplane.io/external-name]": prefix + "-db-1", stays: true,
			},
		},
		"Standby": {
			reason:   "It stands in another zone, and holds nothing that must stay.",
			spec:     aurora,
			observed: keys,
			role:     role.DatabaseInstance(2),
			want:     map[string]any{"availabilityZone": "eu-west-1b", "promotionTier": float64(1), stays: false},
		},
		"LogGroupBeforeRDS": {
			reason: "RDS would make the group without key and retention.",
			spec:   aurora,
			role:   role.DatabaseLogGroup("postgresql"),
			want:   map[string]any{"kmsKeyIdRef.name": "shop-logs-key", ".metadata.annotations[crossplane.io/external-name]": "/aws/rds/cluster/" + prefix + "-db/postgresql"},
		},
		"NoUpgradeLog": {
			reason:  "Aurora has no such log.",
			spec:    aurora,
			role:    role.DatabaseLogGroup("upgrade"),
			missing: true,
		},
		"Events": {
			reason: "What happens to clusters is announced too (RDS.19).",
			spec:   aurora,
			role:   role.DatabaseClusterEvents,
			want:   map[string]any{"sourceType": "db-cluster", "enabled": true, "snsTopicRef.name": "shop-database-events-topic"},
		},
		"ProxyTargetWaits": {
			reason: "RDS refuses a cluster that nothing serves yet.",
			spec:   aurora,
			role:   role.DatabaseProxyTarget,
			waits:  true,
		},
		"ProxyTarget": {
			reason:   "The proxy follows the cluster to whoever writes.",
			spec:     aurora,
			observed: clusterStanding,
			role:     role.DatabaseProxyTarget,
			want:     map[string]any{"dbClusterIdentifier": prefix + "-db", "dbInstanceIdentifierRef": absent{}},
		},
		"BackupSelectionWaits": {
			reason: "References are to instances of RDS only.",
			spec:   aurora,
			role:   role.BackupSelection,
			waits:  true,
		},
		"BackupSelection": {
			reason:   "The plan copies the cluster.",
			spec:     aurora,
			observed: clusterStanding,
			role:     role.BackupSelection,
			want:     map[string]any{"resources[0]": "arn:aws:rds:eu-west-1:123456789012:cluster:shop", "resourcesRefs": absent{}},
		},
		"CapacityAlarm": {
			reason: "What has grown as far as it may soon is too small.",
			spec:   aurora,
			role:   role.Alarm("database-capacity"),
			want:   map[string]any{"metricName": "ACUUtilization", "threshold": float64(90), "dimensions.DBClusterIdentifier": prefix + "-db"},
		},
		"NoStorageAlarm": {
			reason:  "Its storage grows by itself.",
			spec:    aurora,
			role:    role.Alarm("database-storage"),
			missing: true,
		},
		"ProcessorAlarm": {
			reason:   "Its silence means that nothing serves the cluster.",
			spec:     aurora,
			observed: clusterStanding,
			role:     role.Alarm("database-cpu"),
			want:     map[string]any{"dimensions.DBClusterIdentifier": prefix + "-db", "treatMissingData": "breaching"},
		},
		"PausedProcessorIsNoAlarm": {
			reason:   "A cluster that pauses has no processor, and nobody has to get up.",
			spec:     `{"region":"eu-west-1","database":{"engine":"aurora-postgresql","aurora":{"serverless":{"minCapacity":0}}}}`,
			observed: clusterStanding,
			role:     role.Alarm("database-cpu"),
			want:     map[string]any{"treatMissingData": "notBreaching"},
		},
		"ConfigRule": {
			reason: "Rules are about clusters.",
			spec:   aurora,
			role:   role.ConfigRule("database-protected"),
			want:   map[string]any{"source.sourceIdentifier": "RDS_CLUSTER_DELETION_PROTECTION_ENABLED"},
		},
		"ReaderParameter": {
			reason:   "The app reads where reads are served.",
			spec:     aurora,
			observed: clusterStanding,
			role:     role.Parameter("database-read-endpoints"),
			want:     map[string]any{"insecureValue": "reader.example"},
		},
		"NoReaderParameter": {
			reason:  "One instance reads and writes.",
			spec:    `{"region":"eu-west-1","environment":"staging","database":{"engine":"aurora-postgresql"}}`,
			role:    role.Parameter("database-read-endpoints"),
			missing: true,
		},
	})
}

func TestAuroraPolicies(t *testing.T) {
	s := composed(t, aurora, clusterStanding, platform())
	if diff := cmp.Diff("arn:aws:rds-db:eu-west-1:123456789012:dbuser:cluster-ABC/ecommerce_app", statements(t, s.resources[role.DatabaseProxyRoleConnect], "policy")["SignInByIAM"]["Resource"]); diff != "" {
		t.Errorf("\nA user signs in to a cluster, whichever instance answers.\nresource: -want, +got:\n%s", diff)
	}
	trusted := statements(t, s.resources[role.MonitoringRole], "assumeRolePolicy")
	for sid, st := range trusted {
		want := map[string]any{
			"StringEquals": map[string]any{"aws:SourceAccount": "123456789012"},
			"ArnLike":      map[string]any{"aws:SourceArn": []any{"arn:aws:rds:eu-west-1:123456789012:db:" + prefix + "-db-1", "arn:aws:rds:eu-west-1:123456789012:db:" + prefix + "-db-2"}},
		}
		if diff := cmp.Diff(want, st["Condition"]); diff != "" {
			t.Errorf("\nAll instances are watched by the one role.\n%s: -want, +got:\n%s", sid, diff)
		}
	}
	want := v1alpha1.DatabaseStatus{
		Identifier: prefix + "-db", Endpoint: "writer.example", Port: 5433, Name: "ecommerce", ReadEndpoints: []string{"reader.example"}, EngineVersion: "16.4",
		InstanceClass: "db.serverless", MinCapacity: capacity(0.5), MaxCapacity: capacity(2), MultiAZ: new(true), BackupRetentionDays: 7, SecretARN: "arn:secret:admin",
	}
	if diff := cmp.Diff(want, s.status.Database); diff != "" {
		t.Errorf("\nThe status says where the cluster is, and how far it grows.\nDatabase: -want, +got:\n%s", diff)
	}
}
