package tiers

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// hasARN is an observed resource with an ARN.
func hasARN(arn string) string { return `{"status":{"atProvider":{"arn":"` + arn + `"}}}` }

// replicated is a spec with a replica and further settings of the CDN.
func replicated(cdn string) string {
	return `{"region":"eu-west-1","assets":{"noncurrentVersionDays":30,"replica":{"region":"eu-central-1"}},"cdn":` + cdn + `}`
}

const (
	dataKeyARN    = "arn:aws:kms:eu-west-1:123456789012:key/data"
	replicaKeyARN = "arn:aws:kms:eu-central-1:123456789012:key/replica"
)

// copyable is what the replication waits for, without one of it.
func copyable(without string) map[string]string {
	out := map[string]string{
		role.ReplicaKey:                                  hasARN(replicaKeyARN),
		role.ReplicationRoleCopy:                         isReady,
		role.Bucket(role.AssetsBucket, role.Versioning):  isReady,
		role.Bucket(role.ReplicaBucket, role.Versioning): isReady,
	}
	delete(out, without)
	return out
}

func TestReplica(t *testing.T) {
	cases := map[string]tierCase{
		"NotAskedFor": {
			reason:  "A second region costs, so nobody gets one unasked.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.ReplicaBucket,
			missing: true,
		},
		"Bucket": {
			reason: "The copy is elsewhere, and stays where the assets do (STO-24).",
			spec:   replicated(`{}`),
			role:   role.ReplicaBucket,
			want: map[string]any{
				"region": "eu-central-1", "forceDestroy": false, stays: true,
				".metadata.annotations[crossplane.io/external-name]": prefix + "-assets-replica",
			},
		},
		"BucketGoes": {
			reason: "It goes where the assets go.",
			spec:   `{"region":"eu-west-1","deletionPolicy":"Delete","assets":{"replica":{"region":"eu-central-1"}}}`,
			role:   role.ReplicaBucket,
			want:   map[string]any{"forceDestroy": true, stays: false},
		},
		"PublicAccessIsBlocked": {
			reason: "It has all that protects the first.",
			spec:   replicated(`{}`),
			role:   role.Bucket(role.ReplicaBucket, role.PublicAccessBlock),
			want:   map[string]any{"region": "eu-central-1", "blockPublicPolicy": true, "bucketRef.name": "shop-replica-bucket"},
		},
		"Ownership": {
			reason: "ACLs are off too.",
			spec:   replicated(`{}`),
			role:   role.Bucket(role.ReplicaBucket, role.Ownership),
			want:   map[string]any{"region": "eu-central-1", "rule.objectOwnership": "BucketOwnerEnforced"},
		},
		"Encrypted": {
			reason: "A key serves its region only, so the copy has one of its own.",
			spec:   replicated(`{}`),
			role:   role.Bucket(role.ReplicaBucket, role.Encryption),
			want:   map[string]any{"region": "eu-central-1", "rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-replica-key"},
		},
		"Lifecycle": {
			reason: "Old versions expire as in the first.",
			spec:   replicated(`{}`),
			role:   role.Bucket(role.ReplicaBucket, role.Lifecycle),
			want:   map[string]any{"region": "eu-central-1", "rule[1].noncurrentVersionExpiration[0].noncurrentDays": float64(30)},
		},
		"AccessIsLogged": {
			reason:   "S3 delivers access logs within a region only, so there is a bucket for them too.",
			spec:     replicated(`{}`),
			observed: map[string]string{role.Bucket(role.ReplicaLogsBucket, role.Policy): isReady},
			role:     role.Bucket(role.ReplicaBucket, role.Logging),
			want:     map[string]any{"region": "eu-central-1", "targetBucketRef.name": "shop-replica-logs-bucket", "targetPrefix": "assets/"},
		},
		"LogsBucket": {
			reason: "That bucket is there as well.",
			spec:   replicated(`{}`),
			role:   role.ReplicaLogsBucket,
			want:   map[string]any{"region": "eu-central-1", ".metadata.annotations[crossplane.io/external-name]": prefix + "-replica-access-logs"},
		},
		"LogsBucketLogsNothing": {
			reason:  "It would log itself for ever.",
			spec:    replicated(`{}`),
			role:    role.Bucket(role.ReplicaLogsBucket, role.Logging),
			missing: true,
		},
		"Key": {
			reason: "The key is where the copy is, and stays with it.",
			spec:   replicated(`{}`),
			role:   role.ReplicaKey,
			want:   map[string]any{"region": "eu-central-1", "enableKeyRotation": true, stays: true},
		},
		"PolicyWithoutReader": {
			reason: "Nobody reads a copy that nothing falls back on, so nothing waits.",
			spec:   replicated(`{}`),
			role:   role.Bucket(role.ReplicaBucket, role.Policy),
		},
		"PolicyWaitsForTheReader": {
			reason: "The policy names the one distribution that may fall back on it.",
			spec:   replicated(`{"originFailover":true}`),
			role:   role.Bucket(role.ReplicaBucket, role.Policy),
			waits:  true,
		},
		"Replication": {
			reason:   "Everything is copied, encrypted files and deletions too (STO-24).",
			spec:     replicated(`{}`),
			observed: copyable(""),
			role:     role.Bucket(role.AssetsBucket, role.Replication),
			want: map[string]any{
				"region": "eu-west-1", "bucketRef.name": "shop-assets-bucket", "roleRef.name": "shop-replication-role",
				"rule[0].status": "Enabled", "rule[0].filter.prefix": "", "rule[0].priority": float64(1), "rule[0].deleteMarkerReplication.status": "Enabled",
				"rule[0].sourceSelectionCriteria.sseKmsEncryptedObjects.status": "Enabled", "rule[0].destination.bucketRef.name": "shop-replica-bucket",
				"rule[0].destination.encryptionConfiguration.replicaKmsKeyId": replicaKeyARN, stays: false,
			},
		},
	}
	for _, missing := range []string{role.ReplicaKey, role.ReplicationRoleCopy, role.Bucket(role.AssetsBucket, role.Versioning), role.Bucket(role.ReplicaBucket, role.Versioning)} {
		cases["ReplicationWaitsFor"+missing] = tierCase{
			reason:   "S3 takes the rule only when versions are on, and its role and the key are there.",
			spec:     replicated(`{}`),
			observed: copyable(missing),
			role:     role.Bucket(role.AssetsBucket, role.Replication),
			waits:    true,
		}
	}
	runTierCases(t, cases)
}

func TestReplicationRole(t *testing.T) {
	observed := copyable("")
	maps.Copy(observed, map[string]string{role.DataKey: hasARN(dataKeyARN)})
	got := statements(t, composed(t, replicated(`{}`), observed, platform()).resources[role.ReplicationRoleCopy], "policy")
	from, to := "arn:aws:s3:::"+prefix+"-assets", "arn:aws:s3:::"+prefix+"-assets-replica"
	through := func(region, bucket string) map[string]any {
		return map[string]any{
			"StringEquals": map[string]any{"kms:ViaService": "s3." + region + ".amazonaws.com"},
			"StringLike":   map[string]any{"kms:EncryptionContext:aws:s3:arn": []any{bucket, bucket + "/*"}},
		}
	}
	want := map[string]map[string]any{
		"ReadRules":  {"Sid": "ReadRules", "Effect": "Allow", "Action": []any{"s3:GetReplicationConfiguration", "s3:ListBucket"}, "Resource": from},
		"ReadAssets": {"Sid": "ReadAssets", "Effect": "Allow", "Action": []any{"s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"}, "Resource": from + "/*"},
		"WriteCopies": {
			"Sid": "WriteCopies", "Effect": "Allow", "Action": []any{"s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"}, "Resource": to + "/*",
		},
		"DecryptAssets": {"Sid": "DecryptAssets", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": dataKeyARN, "Condition": through("eu-west-1", from)},
		"EncryptCopies": {"Sid": "EncryptCopies", "Effect": "Allow", "Action": []any{"kms:Encrypt", "kms:GenerateDataKey"}, "Resource": replicaKeyARN, "Condition": through("eu-central-1", to)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nS3 reads one bucket and writes one, with a key each.\npolicy: -want, +got:\n%s", diff)
	}
}

func TestReplicaPolicies(t *testing.T) {
	cases := map[string]struct {
		reason string
		spec   string
		role   string
		sid    string
		want   map[string]any
	}{
		"ReadByDistribution": {
			reason: "The stack's own distribution reads copies if it may have to (CDN-13).",
			spec:   replicated(`{"originFailover":true}`),
			role:   role.Bucket(role.ReplicaBucket, role.Policy),
			sid:    "ReadByDistribution",
			want: map[string]any{
				"Sid": "ReadByDistribution", "Effect": "Allow", "Principal": map[string]any{"Service": "cloudfront.amazonaws.com"},
				"Action": "s3:GetObject", "Resource": "arn:aws:s3:::" + prefix + "-assets-replica/*",
				"Condition": map[string]any{"StringEquals": map[string]any{"AWS:SourceArn": distributionARN}},
			},
		},
		"NotReadOtherwise": {
			reason: "Otherwise nobody does.",
			spec:   replicated(`{}`),
			role:   role.Bucket(role.ReplicaBucket, role.Policy),
			sid:    "ReadByDistribution",
		},
		"DecryptedByDistribution": {
			reason: "What it reads it must be able to decrypt.",
			spec:   replicated(`{"originFailover":true}`),
			role:   role.ReplicaKey,
			sid:    "ReadAssetsByDistribution",
			want: map[string]any{
				"Sid": "ReadAssetsByDistribution", "Effect": "Allow", "Principal": map[string]any{"Service": "cloudfront.amazonaws.com"}, "Action": "kms:Decrypt", "Resource": "*",
				"Condition": map[string]any{"ArnLike": map[string]any{"AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*"}},
			},
		},
		"NotDecryptedOtherwise": {
			reason: "What it does not read it need not decrypt.",
			spec:   replicated(`{}`),
			role:   role.ReplicaKey,
			sid:    "ReadAssetsByDistribution",
		},
		"AccessLogs": {
			reason: "Only the copy logs to the bucket beside it.",
			spec:   replicated(`{}`),
			role:   role.Bucket(role.ReplicaLogsBucket, role.Policy),
			sid:    "WriteAccessLogs",
			want: map[string]any{
				"Sid": "WriteAccessLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "logging.s3.amazonaws.com"},
				"Action": "s3:PutObject", "Resource": "arn:aws:s3:::" + prefix + "-replica-access-logs/*",
				"Condition": map[string]any{
					"StringEquals": map[string]any{"aws:SourceAccount": account},
					"ArnLike":      map[string]any{"aws:SourceArn": "arn:aws:s3:::" + prefix + "-assets-replica"},
				},
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := composed(t, tc.spec, map[string]string{role.Distribution: hasARN(distributionARN)}, platform())
			if diff := cmp.Diff(tc.want, statements(t, s.resources[tc.role], "policy")[tc.sid]); diff != "" {
				t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, tc.sid, diff)
			}
		})
	}
}

func TestObjectLock(t *testing.T) {
	locked := `{"region":"eu-west-1","guardrails":{"audit":{"objectLockDays":365}}}`
	of := func(lock string) map[string]string {
		return map[string]string{role.AuditBucket: `{"status":{"atProvider":{"arn":"arn:aws:s3:::a"` + lock + `}}}`}
	}
	runTierCases(t, map[string]tierCase{
		"NotAskedFor": {
			reason: "A lock is for ever, so nobody gets one unasked.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.AuditBucket,
			want:   map[string]any{"objectLockEnabled": absent{}},
		},
		"NoRetentionUnasked": {
			reason:  "Nor a time for it.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.Bucket(role.AuditBucket, role.ObjectLock),
			missing: true,
		},
		"NewBucket": {
			reason: "A new bucket is made with it (STO-25).",
			spec:   locked,
			role:   role.AuditBucket,
			want:   map[string]any{"objectLockEnabled": true},
		},
		"BucketWithLock": {
			reason:   "It stays so.",
			spec:     locked,
			observed: of(`,"objectLockEnabled":true`),
			role:     role.AuditBucket,
			want:     map[string]any{"objectLockEnabled": true},
		},
		"BucketWithout": {
			reason:   "The provider would have to make another bucket of one that was made without.",
			spec:     locked,
			observed: of(`,"objectLockEnabled":false`),
			role:     role.AuditBucket,
			want:     map[string]any{"objectLockEnabled": absent{}},
		},
		"BucketBeingMade": {
			reason:   "What AWS has not told of yet is still new.",
			spec:     locked,
			observed: map[string]string{role.AuditBucket: `{}`},
			role:     role.AuditBucket,
			want:     map[string]any{"objectLockEnabled": true},
		},
		"WaitsForVersions": {
			reason: "S3 locks versions.",
			spec:   locked,
			role:   role.Bucket(role.AuditBucket, role.ObjectLock),
			waits:  true,
		},
		"Retention": {
			reason:   "The trail's files are locked as long as the claim says, and a mistake can be corrected by whoever may.",
			spec:     locked,
			observed: map[string]string{role.Bucket(role.AuditBucket, role.Versioning): isReady},
			role:     role.Bucket(role.AuditBucket, role.ObjectLock),
			want: map[string]any{
				"bucketRef.name": "shop-audit-bucket", "objectLockEnabled": "Enabled", "rule.defaultRetention.mode": "GOVERNANCE", "rule.defaultRetention.days": float64(365),
				stays: true,
			},
		},
		"NotOnAccessLogs": {
			reason:  "S3 delivers access logs to no bucket with a lock.",
			spec:    locked,
			role:    role.Bucket(role.LogsBucket, role.ObjectLock),
			missing: true,
		},
	})
}
