package tiers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// withReads is a claim with two replicas, replicasStanding what stands of them.
const withReads = `{"region":"eu-west-1","size":"large","database":{"readReplicas":2,"storageGiB":400}}`

var replicasStanding = map[string]string{
	role.DataKey:            keys[role.DataKey],
	role.Database:           `{"status":{"atProvider":{"address":"db.example","resourceId":"db-ABC"}}}`,
	role.DatabaseReplica(1): `{"status":{"atProvider":{"address":"one.example","resourceId":"db-ONE"},"conditions":[{"type":"Ready","status":"True"}]}}`,
}

func TestReadReplicas(t *testing.T) {
	runTierCases(t, map[string]tierCase{
		"NoneUnlessAsked": {
			reason:  "A replica costs as much as a database.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.DatabaseReplica(1),
			missing: true,
		},
		"WaitsForTheDatabase": {
			reason:   "RDS copies no database that is not there.",
			spec:     withReads,
			observed: keys,
			role:     role.DatabaseReplica(1),
			waits:    true,
		},
		"Replica": {
			reason:   "It has subnets, key, user and password from the database, all that protects it of its own, and nothing that outlives the stack.",
			spec:     withReads,
			observed: replicasStanding,
			role:     role.DatabaseReplica(2),
			want: map[string]any{
				"identifier": prefix + "-db-replica-2", "replicateSourceDbRef.name": "shop-database", "engine": "postgres", "engineVersion": "15", "instanceClass": "db.r6g.large", "port": float64(5433),
				"dbName": absent{}, "username": absent{}, "manageMasterUserPassword": absent{}, "dbSubnetGroupNameRef": absent{}, "kmsKeyIdRef": absent{},
				"publiclyAccessible": false, "vpcSecurityGroupIdRefs[0].name": "shop-database-security-group", "storageEncrypted": true,
				"allocatedStorage": float64(400), "maxAllocatedStorage": float64(2000), "storageType": "gp3", "iops": float64(12000), "storageThroughput": float64(500),
				"iamDatabaseAuthenticationEnabled": true, "parameterGroupNameRef.name": "shop-database-parameter-group", "monitoringRoleArnRef.name": "shop-database-monitoring-role",
				"performanceInsightsKmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/data", "multiAz": false, "backupRetentionPeriod": float64(0),
				"deletionProtection": false, "skipFinalSnapshot": true, "finalSnapshotIdentifier": absent{}, ".spec.managementPolicies": absent{},
			},
		},
		"LogGroupBeforeRDS": {
			reason: "RDS would make the group without key and retention. It goes with the replica.",
			spec:   withReads,
			role:   role.DatabaseReplicaLogGroup(1, "postgresql"),
			want: map[string]any{
				"kmsKeyIdRef.name": "shop-logs-key", ".spec.managementPolicies": absent{},
				".metadata.annotations[crossplane.io/external-name]": "/aws/rds/instance/" + prefix + "-db-replica-1/postgresql",
			},
		},
		"SignInWaits": {
			reason:   "Only RDS knows the ID that policies want.",
			spec:     withReads,
			observed: replicasStanding,
			role:     role.AppRoleDatabaseReplica(2),
			waits:    true,
		},
		"ParameterWaitsForAll": {
			reason:   "Half a list would be taken for all of it.",
			spec:     withReads,
			observed: replicasStanding,
			role:     role.Parameter("database-read-endpoints"),
			waits:    true,
		},
		"Parameter": {
			reason:   "The app reads where reads are served.",
			spec:     `{"region":"eu-west-1","database":{"readReplicas":1}}`,
			observed: replicasStanding,
			role:     role.Parameter("database-read-endpoints"),
			want:     map[string]any{"insecureValue": "one.example", "type": "StringList"},
		},
		"NoParameter": {
			reason:  "Without replicas there is no list, and SSM has no empty one.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.Parameter("database-read-endpoints"),
			missing: true,
		},
		"Lag": {
			reason:   "A replica that is far behind, or says nothing.",
			spec:     withReads,
			observed: replicasStanding,
			role:     role.Alarm("database-replica-1-lag"),
			want: map[string]any{
				"namespace": "AWS/RDS", "metricName": "ReplicaLag", "threshold": float64(600), "treatMissingData": "breaching", "dimensions.DBInstanceIdentifier": prefix + "-db-replica-1",
			},
		},
		"LagWaits": {
			reason:   "A replica that is still being made says nothing either.",
			spec:     withReads,
			observed: replicasStanding,
			role:     role.Alarm("database-replica-2-lag"),
			waits:    true,
		},
		"RuleOfBackups": {
			reason: "Replicas have no backups of their own, and the rule does not ask for them.",
			spec:   withReads,
			role:   role.ConfigRule("database-backed-up"),
			want:   map[string]any{"inputParameters": `{"backupRetentionPeriod":"7","checkReadReplicas":"false"}`, "scope.tagValue": prefix},
		},
		"RuleOfTheDatabaseAlone": {
			reason:   "The rule about a standby looks at the database, not at its replicas.",
			spec:     withReads,
			observed: replicasStanding,
			role:     role.ConfigRule("database-multi-az"),
			want:     map[string]any{"scope.complianceResourceId": "db-ABC", "scope.complianceResourceTypes[0]": "AWS::RDS::DBInstance", "scope.tagKey": absent{}},
		},
		"RuleWaitsForTheDatabase": {
			reason: "AWS Config knows it by an ID that only RDS knows.",
			spec:   withReads,
			role:   role.ConfigRule("database-protected"),
			waits:  true,
		},
	})
}

func TestReadReplicaPolicies(t *testing.T) {
	s := composed(t, withReads, replicasStanding, platform())
	connect := map[string]map[string]any{"SignInByIAM": {
		"Sid": "SignInByIAM", "Effect": "Allow", "Action": "rds-db:connect", "Resource": "arn:aws:rds-db:eu-west-1:123456789012:dbuser:db-ONE/ecommerce_app",
	}}
	if diff := cmp.Diff(connect, statements(t, s.resources[role.AppRoleDatabaseReplica(1)], "policy")); diff != "" {
		t.Errorf("\nThe app signs in as its one user.\npolicy: -want, +got:\n%s", diff)
	}
	listed := func(r, path, sid, condition string) any {
		like, _ := statements(t, s.resources[r], path)[sid]["Condition"].(map[string]any)["ArnLike"].(map[string]any)
		return like[condition]
	}
	rds := "arn:aws:rds:eu-west-1:123456789012:db:" + prefix + "-db"
	if diff := cmp.Diff([]any{rds, rds + "-replica-1", rds + "-replica-2"}, listed(role.MonitoringRole, "assumeRolePolicy", "", "aws:SourceArn")); diff != "" {
		t.Errorf("\nRDS writes metrics of all instances.\ntrust policy: -want, +got:\n%s", diff)
	}
	groups, _ := listed(role.LogsKey, "policy", "EncryptLogs", "kms:EncryptionContext:aws:logs:arn").([]any)
	logs := "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/rds/instance/" + prefix + "-db"
	if diff := cmp.Diff([]any{logs + "-replica-1/*", logs + "-replica-2/*"}, groups[len(groups)-2:]); diff != "" {
		t.Errorf("\nThe key of logs serves their log groups.\nlast groups: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"one.example"}, s.status.Database.ReadEndpoints); diff != "" {
		t.Errorf("\nThe status says where reads are served already.\nreadEndpoints: -want, +got:\n%s", diff)
	}
}
