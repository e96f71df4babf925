package storage_test

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	dataKeyARN    = "arn:aws:kms:eu-west-1:123456789012:key/data"
	replicaKeyARN = "arn:aws:kms:eu-central-1:123456789012:key/replica"
)

// copyable returns the resources that replication waits for, except one.
func copyable(without string) map[string]string {
	out := map[string]string{
		composed.ReplicaKey:          tiertest.HasARN(replicaKeyARN),
		composed.ReplicationRoleCopy: tiertest.IsReady,
		composed.Bucket(composed.AssetsBucket, composed.Versioning):  tiertest.IsReady,
		composed.Bucket(composed.ReplicaBucket, composed.Versioning): tiertest.IsReady,
	}
	delete(out, without)
	return out
}

func TestReplica(t *testing.T) {
	cases := map[string]tiertest.TierCase{
		"NotAskedFor": {
			Reason:   "A second region costs, so nobody gets one unasked.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.ReplicaBucket,
			Missing:  true,
		},
		"Bucket": {
			Reason:   "The copy is elsewhere, and stays where the assets do (STO-24).",
			Spec:     tiertest.Replicated(`{}`),
			Resource: composed.ReplicaBucket,
			Want: map[string]any{
				"region": "eu-central-1", "forceDestroy": false, tiertest.Stays: true,
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-assets-replica",
			},
		},
		"BucketGoes": {
			Reason:   "It goes where the assets go.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Delete","assets":{"replica":{"region":"eu-central-1"}}}`,
			Resource: composed.ReplicaBucket,
			Want:     map[string]any{"forceDestroy": true, tiertest.Stays: false},
		},
		"PublicAccessIsBlocked": {
			Reason:   "It has all that protects the first.",
			Spec:     tiertest.Replicated(`{}`),
			Resource: composed.Bucket(composed.ReplicaBucket, composed.PublicAccessBlock),
			Want:     map[string]any{"region": "eu-central-1", "blockPublicPolicy": true, "bucketRef.name": "shop-replica-bucket"},
		},
		"Ownership": {
			Reason:   "ACLs are off too.",
			Spec:     tiertest.Replicated(`{}`),
			Resource: composed.Bucket(composed.ReplicaBucket, composed.Ownership),
			Want:     map[string]any{"region": "eu-central-1", "rule.objectOwnership": "BucketOwnerEnforced"},
		},
		"Encrypted": {
			Reason:   "A key serves its region only, so the copy has one of its own.",
			Spec:     tiertest.Replicated(`{}`),
			Resource: composed.Bucket(composed.ReplicaBucket, composed.Encryption),
			Want:     map[string]any{"region": "eu-central-1", "rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-replica-key"},
		},
		"Lifecycle": {
			Reason:   "Old versions expire as in the first.",
			Spec:     tiertest.Replicated(`{}`),
			Resource: composed.Bucket(composed.ReplicaBucket, composed.Lifecycle),
			Want:     map[string]any{"region": "eu-central-1", "rule[1].noncurrentVersionExpiration[0].noncurrentDays": float64(30)},
		},
		"AccessIsLogged": {
			Reason:   "S3 delivers access logs within a region only, so there is a bucket for them too.",
			Spec:     tiertest.Replicated(`{}`),
			Observed: map[string]string{composed.Bucket(composed.ReplicaLogsBucket, composed.Policy): tiertest.IsReady},
			Resource: composed.Bucket(composed.ReplicaBucket, composed.Logging),
			Want:     map[string]any{"region": "eu-central-1", "targetBucketRef.name": "shop-replica-logs-bucket", "targetPrefix": "assets/"},
		},
		"LogsBucket": {
			Reason:   "That bucket is there as well.",
			Spec:     tiertest.Replicated(`{}`),
			Resource: composed.ReplicaLogsBucket,
			Want:     map[string]any{"region": "eu-central-1", ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-replica-access-logs"},
		},
		"LogsBucketLogsNothing": {
			Reason:   "It would log itself for ever.",
			Spec:     tiertest.Replicated(`{}`),
			Resource: composed.Bucket(composed.ReplicaLogsBucket, composed.Logging),
			Missing:  true,
		},
		"Key": {
			Reason:   "The key is where the copy is, and stays with it.",
			Spec:     tiertest.Replicated(`{}`),
			Resource: composed.ReplicaKey,
			Want:     map[string]any{"region": "eu-central-1", "enableKeyRotation": true, tiertest.Stays: true},
		},
		"PolicyWithoutReader": {
			Reason:   "Nobody reads a copy that nothing falls back on, so nothing waits.",
			Spec:     tiertest.Replicated(`{}`),
			Resource: composed.Bucket(composed.ReplicaBucket, composed.Policy),
		},
		"PolicyWaitsForTheReader": {
			Reason:   "The policy names the one distribution that may fall back on it.",
			Spec:     tiertest.Replicated(`{"originFailover":true}`),
			Resource: composed.Bucket(composed.ReplicaBucket, composed.Policy),
			Waits:    true,
		},
		"Replication": {
			Reason:   "Everything is copied, encrypted files and deletions too (STO-24).",
			Spec:     tiertest.Replicated(`{}`),
			Observed: copyable(""),
			Resource: composed.Bucket(composed.AssetsBucket, composed.Replication),
			Want: map[string]any{
				"region": "eu-west-1", "bucketRef.name": "shop-assets-bucket", "roleRef.name": "shop-replication-role",
				"rule[0].status": "Enabled", "rule[0].filter.prefix": "", "rule[0].priority": float64(1), "rule[0].deleteMarkerReplication.status": "Enabled",
				"rule[0].sourceSelectionCriteria.sseKmsEncryptedObjects.status": "Enabled", "rule[0].destination.bucketRef.name": "shop-replica-bucket",
				"rule[0].destination.encryptionConfiguration.replicaKmsKeyId": replicaKeyARN, tiertest.Stays: false,
			},
		},
	}
	for _, missing := range []string{composed.ReplicaKey, composed.ReplicationRoleCopy, composed.Bucket(composed.AssetsBucket, composed.Versioning), composed.Bucket(composed.ReplicaBucket, composed.Versioning)} {
		cases["ReplicationWaitsFor"+missing] = tiertest.TierCase{
			Reason:   "S3 takes the rule only when versions are on, and its role and the key are there.",
			Spec:     tiertest.Replicated(`{}`),
			Observed: copyable(missing),
			Resource: composed.Bucket(composed.AssetsBucket, composed.Replication),
			Waits:    true,
		}
	}
	tiertest.RunTierCases(t, cases)
}

func TestReplicationRole(t *testing.T) {
	observed := copyable("")
	maps.Copy(observed, map[string]string{composed.DataKey: tiertest.HasARN(dataKeyARN)})
	got := tiertest.Statements(t, tiertest.Composed(t, tiertest.Replicated(`{}`), observed, tiertest.Platform()).Resources[composed.ReplicationRoleCopy], "policy")
	from, to := "arn:aws:s3:::"+tiertest.Prefix+"-assets", "arn:aws:s3:::"+tiertest.Prefix+"-assets-replica"
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
		reason       string
		spec         string
		resourceName string
		sid          string
		want         map[string]any
	}{
		"ReadByDistribution": {
			reason:       "The stack's own distribution reads copies if it may have to (CDN-13).",
			spec:         tiertest.Replicated(`{"originFailover":true}`),
			resourceName: composed.Bucket(composed.ReplicaBucket, composed.Policy),
			sid:          "ReadByDistribution",
			want: map[string]any{
				"Sid": "ReadByDistribution", "Effect": "Allow", "Principal": map[string]any{"Service": "cloudfront.amazonaws.com"},
				"Action": "s3:GetObject", "Resource": "arn:aws:s3:::" + tiertest.Prefix + "-assets-replica/*",
				"Condition": map[string]any{"StringEquals": map[string]any{"AWS:SourceArn": tiertest.DistributionARN}},
			},
		},
		"NotReadOtherwise": {
			reason:       "Otherwise nobody does.",
			spec:         tiertest.Replicated(`{}`),
			resourceName: composed.Bucket(composed.ReplicaBucket, composed.Policy),
			sid:          "ReadByDistribution",
		},
		"DecryptedByDistribution": {
			reason:       "What it reads it must be able to decrypt.",
			spec:         tiertest.Replicated(`{"originFailover":true}`),
			resourceName: composed.ReplicaKey,
			sid:          "ReadAssetsByDistribution",
			want: map[string]any{
				"Sid": "ReadAssetsByDistribution", "Effect": "Allow", "Principal": map[string]any{"Service": "cloudfront.amazonaws.com"}, "Action": "kms:Decrypt", "Resource": "*",
				"Condition": map[string]any{"ArnLike": map[string]any{"AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*"}},
			},
		},
		"NotDecryptedOtherwise": {
			reason:       "What it does not read it need not decrypt.",
			spec:         tiertest.Replicated(`{}`),
			resourceName: composed.ReplicaKey,
			sid:          "ReadAssetsByDistribution",
		},
		"AccessLogs": {
			reason:       "Only the copy logs to the bucket beside it.",
			spec:         tiertest.Replicated(`{}`),
			resourceName: composed.Bucket(composed.ReplicaLogsBucket, composed.Policy),
			sid:          "WriteAccessLogs",
			want: map[string]any{
				"Sid": "WriteAccessLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "logging.s3.amazonaws.com"},
				"Action": "s3:PutObject", "Resource": "arn:aws:s3:::" + tiertest.Prefix + "-replica-access-logs/*",
				"Condition": map[string]any{
					"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account},
					"ArnLike":      map[string]any{"aws:SourceArn": "arn:aws:s3:::" + tiertest.Prefix + "-assets-replica"},
				},
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := tiertest.Composed(t, tc.spec, map[string]string{composed.Distribution: tiertest.HasARN(tiertest.DistributionARN)}, tiertest.Platform())
			if diff := cmp.Diff(tc.want, tiertest.Statements(t, s.Resources[tc.resourceName], "policy")[tc.sid]); diff != "" {
				t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, tc.sid, diff)
			}
		})
	}
}

func TestObjectLock(t *testing.T) {
	locked := `{"region":"eu-west-1","guardrails":{"audit":{"objectLockDays":365}}}`
	of := func(lock string) map[string]string {
		return map[string]string{composed.AuditBucket: `{"status":{"atProvider":{"arn":"arn:aws:s3:::a"` + lock + `}}}`}
	}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotAskedFor": {
			Reason:   "A lock is for ever, so nobody gets one unasked.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.AuditBucket,
			Want:     map[string]any{"objectLockEnabled": tiertest.Absent{}},
		},
		"NoRetentionUnasked": {
			Reason:   "Nor a time for it.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.AuditBucket, composed.ObjectLock),
			Missing:  true,
		},
		"NewBucket": {
			Reason:   "A new bucket is made with it (STO-25).",
			Spec:     locked,
			Resource: composed.AuditBucket,
			Want:     map[string]any{"objectLockEnabled": true},
		},
		"BucketWithLock": {
			Reason:   "It stays so.",
			Spec:     locked,
			Observed: of(`,"objectLockEnabled":true`),
			Resource: composed.AuditBucket,
			Want:     map[string]any{"objectLockEnabled": true},
		},
		"BucketWithout": {
			Reason:   "The provider would have to make another bucket of one that was made without.",
			Spec:     locked,
			Observed: of(`,"objectLockEnabled":false`),
			Resource: composed.AuditBucket,
			Want:     map[string]any{"objectLockEnabled": tiertest.Absent{}},
		},
		"BucketBeingMade": {
			Reason:   "What AWS has not told of yet is still new.",
			Spec:     locked,
			Observed: map[string]string{composed.AuditBucket: `{}`},
			Resource: composed.AuditBucket,
			Want:     map[string]any{"objectLockEnabled": true},
		},
		"WaitsForVersions": {
			Reason:   "S3 locks versions.",
			Spec:     locked,
			Resource: composed.Bucket(composed.AuditBucket, composed.ObjectLock),
			Waits:    true,
		},
		"Retention": {
			Reason:   "The trail's files are locked as long as the claim says, and a mistake can be corrected by whoever may.",
			Spec:     locked,
			Observed: map[string]string{composed.Bucket(composed.AuditBucket, composed.Versioning): tiertest.IsReady},
			Resource: composed.Bucket(composed.AuditBucket, composed.ObjectLock),
			Want: map[string]any{
				"bucketRef.name": "shop-audit-bucket", "objectLockEnabled": "Enabled", "rule.defaultRetention.mode": "GOVERNANCE", "rule.defaultRetention.days": float64(365),
				tiertest.Stays: true,
			},
		},
		"NotOnAccessLogs": {
			Reason:   "S3 delivers access logs to no bucket with a lock.",
			Spec:     locked,
			Resource: composed.Bucket(composed.LogsBucket, composed.ObjectLock),
			Missing:  true,
		},
	})
}
