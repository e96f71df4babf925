package tiers

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// prefix begins all AWS names of the stack in tests.
var prefix = "shop-" + naming.Hash("team-a", "shop")

const distributionARN = "arn:aws:cloudfront::123456789012:distribution/E1"

// logging is a bucket for access logs that services may write to.
func logging() map[string]string {
	return map[string]string{role.Bucket(role.LogsBucket, role.Policy): isReady}
}

func TestStorage(t *testing.T) {
	const onlyCloudFront = `{"status":{"atProvider":{"grant":[{"id":"c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0"}]}}}`
	runTierCases(t, map[string]tierCase{
		"AssetsBucketStays": {
			reason: "Files outlive their stack, and AWS refuses to delete a bucket with files in it (STO-29).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.AssetsBucket,
			want: map[string]any{
				"forceDestroy": false, stays: true,
				".metadata.annotations[crossplane.io/external-name]": prefix + "-assets",
			},
		},
		"AssetsBucketKeepsItsName": {
			reason:   "A name that was observed is never changed.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{role.AssetsBucket: `{"metadata":{"annotations":{"crossplane.io/external-name":"older-name"}}}`},
			role:     role.AssetsBucket,
			want:     map[string]any{".metadata.annotations[crossplane.io/external-name]": "older-name"},
		},
		"AssetsBucketGoesWithItsFiles": {
			reason: "Delete means delete.",
			spec:   `{"region":"eu-west-1","deletionPolicy":"Delete"}`,
			role:   role.AssetsBucket,
			want:   map[string]any{"forceDestroy": true, stays: false},
		},
		"SnapshotKeepsFiles": {
			reason: "A bucket has no snapshot, so it stays.",
			spec:   `{"region":"eu-west-1","deletionPolicy":"Snapshot"}`,
			role:   role.AssetsBucket,
			want:   map[string]any{"forceDestroy": false, stays: true},
		},
		"PublicAccessIsBlocked": {
			reason: "All four blocks, and they stay with the bucket (STO-01 to STO-05).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.CDNLogsBucket, role.PublicAccessBlock),
			want: map[string]any{
				"blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": true,
				"bucketRef.name": "shop-cdn-logs-bucket", stays: true,
			},
		},
		"ACLsAreDisabled": {
			reason: "Ownership by the bucket's owner disables ACLs (STO-08).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.AssetsBucket, role.Ownership),
			want:   map[string]any{"rule.objectOwnership": "BucketOwnerEnforced"},
		},
		"ACLsAreEnabledForCloudFrontOnly": {
			reason: "CloudFront's standard logging writes by ACL (CDN-07).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.CDNLogsBucket, role.Ownership),
			want:   map[string]any{"rule.objectOwnership": "BucketOwnerPreferred"},
		},
		"ACLWaitsForTheOwner": {
			reason: "An ACL names the account by an ID that only the bucket tells.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.CDNLogsBucket, role.ACL),
			waits:  true,
		},
		"ACLGrantsOwnerAndLogDelivery": {
			reason:   "Nobody but the account and CloudFront's log delivery.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{role.CDNLogsBucket: `{"status":{"atProvider":{"grant":[{"id":"owner"}]}}}`},
			role:     role.Bucket(role.CDNLogsBucket, role.ACL),
			want: map[string]any{
				"accessControlPolicy.owner.id":            "owner",
				"accessControlPolicy.grant[0].grantee.id": "owner", "accessControlPolicy.grant[1].grantee.id": "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
				"accessControlPolicy.grant[1].permission": "FULL_CONTROL", "acl": absent{},
			},
		},
		"ACLOwnerIsNotLogDelivery": {
			reason: "Once the ACL is set, CloudFront is a grantee too, and the provider shows one of both; other buckets of the account tell the owner.",
			spec:   `{"region":"eu-west-1"}`,
			observed: map[string]string{
				role.CDNLogsBucket: onlyCloudFront,
				role.LogsBucket:    `{"status":{"atProvider":{"grant":[{"id":"owner"}]}}}`,
			},
			role: role.Bucket(role.CDNLogsBucket, role.ACL),
			want: map[string]any{"accessControlPolicy.owner.id": "owner"},
		},
		"ACLNamesItsOwner": {
			reason: "The ACL that was set tells the owner once and for all.",
			spec:   `{"region":"eu-west-1"}`,
			observed: map[string]string{
				role.CDNLogsBucket:                        onlyCloudFront,
				role.Bucket(role.CDNLogsBucket, role.ACL): `{"spec":{"forProvider":{"accessControlPolicy":{"owner":{"id":"owner"}}}}}`,
			},
			role: role.Bucket(role.CDNLogsBucket, role.ACL),
			want: map[string]any{"accessControlPolicy.owner.id": "owner"},
		},
		"BlockedEncryption": {
			reason: "S3 answers so for new buckets, and the provider computes nothing there (provider-upjet-aws 2055).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.LogsBucket, role.Encryption),
			want:   map[string]any{"rule[0].blockedEncryptionTypes": []any{"SSE-C"}},
		},
		"AssetsAreEncryptedWithOwnKey": {
			reason: "A key of the stack's own, with fewer calls to KMS by bucket keys (STO-18).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.AssetsBucket, role.Encryption),
			want: map[string]any{
				"rule[0].applyServerSideEncryptionByDefault.sseAlgorithm": "aws:kms", "rule[0].bucketKeyEnabled": true,
				"rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-data-key",
			},
		},
		"CDNLogsAreEncryptedWithOwnKey": {
			reason: "CloudFront delivers to buckets with a key, if the key lets it.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.CDNLogsBucket, role.Encryption),
			want: map[string]any{
				"rule[0].applyServerSideEncryptionByDefault.sseAlgorithm": "aws:kms", "rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-logs-key",
			},
		},
		"LogsAreEncryptedByS3": {
			reason: "S3 delivers access logs to no other encryption.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.LogsBucket, role.Encryption),
			want: map[string]any{
				"rule[0].applyServerSideEncryptionByDefault.sseAlgorithm": "AES256", "rule[0].bucketKeyEnabled": false,
			},
		},
		"Versioned":             {reason: "Replaced files can be brought back (STO-15).", spec: `{"region":"eu-west-1"}`, role: role.Bucket(role.AssetsBucket, role.Versioning), want: map[string]any{"versioningConfiguration.status": "Enabled"}},
		"AnnouncesEvents":       {reason: "Events go to EventBridge (STO-23).", spec: `{"region":"eu-west-1"}`, role: role.Bucket(role.LogsBucket, role.Notification), want: map[string]any{"eventbridge": true}},
		"AccessIsLogged":        {reason: "Access to files is logged, under a prefix (STO-19).", spec: `{"region":"eu-west-1"}`, observed: logging(), role: role.Bucket(role.AssetsBucket, role.Logging), want: map[string]any{"targetBucketRef.name": "shop-access-logs-bucket", "targetPrefix": "assets/"}},
		"LogsNeedPolicy":        {reason: "S3 refuses to log to a bucket whose policy does not let it.", spec: `{"region":"eu-west-1"}`, role: role.Bucket(role.AssetsBucket, role.Logging), waits: true},
		"LogsDoNotLogThemelves": {reason: "A bucket that logs itself never stops.", spec: `{"region":"eu-west-1"}`, role: role.Bucket(role.LogsBucket, role.Logging), missing: true},
		"Lifecycle": {
			reason: "Unfinished uploads end after a week, old versions as the claim says (STO-21, STO-22).",
			spec:   `{"region":"eu-west-1","assets":{"noncurrentVersionDays":30}}`,
			role:   role.Bucket(role.AssetsBucket, role.Lifecycle),
			want: map[string]any{
				"rule[0].abortIncompleteMultipartUpload[0].daysAfterInitiation": float64(7), "rule[0].filter[0].prefix": "", "rule[0].status": "Enabled",
				"rule[1].noncurrentVersionExpiration[0].noncurrentDays": float64(30), "rule[2]": absent{},
			},
		},
		"LogsExpire": {
			reason: "Logs of production are kept for a year (PCI DSS 10.5.1), no longer.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.LogsBucket, role.Lifecycle),
			want:   map[string]any{"rule[2].expiration[0].days": float64(365)},
		},
		"AssetsPolicyWaitsForTheDistribution": {
			reason: "The policy names the one distribution that may read.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.AssetsBucket, role.Policy),
			waits:  true,
		},
		"AssetsPolicyWithoutCloudFront": {
			reason: "Where there is no CloudFront, nobody reads and nothing waits.",
			spec:   `{"region":"us-gov-west-1"}`,
			role:   role.Bucket(role.AssetsBucket, role.Policy),
		},
		"NoCDNLogsWithoutCloudFront": {
			reason:  "Where there is no CloudFront there is nothing to log.",
			spec:    `{"region":"cn-northwest-1"}`,
			role:    role.CDNLogsBucket,
			missing: true,
		},
		"LogsPolicyWaitsForTheAccount": {
			reason: "Log delivery acts for this account only, so the account must be known.",
			spec:   `{"region":"eu-west-1"}`,
			input:  noInput(),
			role:   role.Bucket(role.LogsBucket, role.Policy),
			waits:  true,
		},
	})
}

func TestBucketPolicies(t *testing.T) {
	s := composed(t, `{"region":"eu-west-1"}`, map[string]string{role.Distribution: `{"status":{"atProvider":{"arn":"` + distributionARN + `"}}}`}, platform())
	refusals := func(bucket string) map[string]map[string]any {
		both := []any{"arn:aws:s3:::" + bucket, "arn:aws:s3:::" + bucket + "/*"}
		return map[string]map[string]any{
			"DenyPlainHTTP": {"Sid": "DenyPlainHTTP", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": both, "Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}}},
			"DenyOldTLS":    {"Sid": "DenyOldTLS", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": both, "Condition": map[string]any{"NumericLessThan": map[string]any{"s3:TlsVersion": "1.2"}}},
		}
	}
	assets, logs := refusals(prefix+"-assets"), refusals(prefix+"-access-logs")
	assets["ReadByDistribution"] = map[string]any{
		"Sid": "ReadByDistribution", "Effect": "Allow", "Principal": map[string]any{"Service": "cloudfront.amazonaws.com"},
		"Action": "s3:GetObject", "Resource": "arn:aws:s3:::" + prefix + "-assets/*",
		"Condition": map[string]any{"StringEquals": map[string]any{"AWS:SourceArn": distributionARN}},
	}
	logs["WriteAccessLogs"] = map[string]any{
		"Sid": "WriteAccessLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "logging.s3.amazonaws.com"},
		"Action": "s3:PutObject", "Resource": "arn:aws:s3:::" + prefix + "-access-logs/*",
		"Condition": map[string]any{
			"StringEquals": map[string]any{"aws:SourceAccount": account},
			"ArnLike":      map[string]any{"aws:SourceArn": []any{"arn:aws:s3:::" + prefix + "-assets", "arn:aws:s3:::" + prefix + "-cdn-logs", "arn:aws:s3:::" + prefix + "-audit", "arn:aws:s3:::" + prefix + "-responses"}},
		},
	}
	cases := map[string]struct {
		reason string
		bucket string
		want   map[string]map[string]any
	}{
		"Assets":  {reason: "Only the stack's own distribution reads files, only by TLS 1.2 or later (STO-09 to STO-12).", bucket: role.AssetsBucket, want: assets},
		"Logs":    {reason: "Only S3's log delivery writes, for the stack's own buckets (STO-20).", bucket: role.LogsBucket, want: logs},
		"CDNLogs": {reason: "CloudFront writes by ACL, so its bucket's policy only refuses.", bucket: role.CDNLogsBucket, want: refusals(prefix + "-cdn-logs")},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := statements(t, s.resources[role.Bucket(tc.bucket, role.Policy)], "policy")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestStorageStatus(t *testing.T) {
	cases := map[string]struct {
		reason   string
		observed map[string]string
		want     v1alpha1.AssetsStatus
	}{
		"NotThere": {reason: "A bucket that does not exist is not named."},
		"There": {
			reason:   "Publishers need the bucket's name.",
			observed: map[string]string{role.AssetsBucket: `{}`},
			want:     v1alpha1.AssetsStatus{Bucket: prefix + "-assets", ARN: "arn:aws:s3:::" + prefix + "-assets"},
		},
		"Replica": {
			reason:   "Who restores needs the copy's.",
			observed: map[string]string{role.ReplicaBucket: `{"spec":{"forProvider":{"region":"eu-central-1"}}}`},
			want:     v1alpha1.AssetsStatus{ReplicaBucket: prefix + "-assets-replica"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, composed(t, `{"region":"eu-west-1"}`, tc.observed, platform()).status.Assets); diff != "" {
				t.Errorf("\n%s\nassets: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// A bucket that is there already is changed only when the claim says so.
func TestExistingBucket(t *testing.T) {
	observe, manage := `{"region":"eu-west-1","assets":{"existing":{"name":"old-shop-assets"}}}`, `{"region":"eu-west-1","assets":{"existing":{"name":"old-shop-assets","policy":"Manage"}}}`
	cases := map[string]tierCase{
		"Observed": {
			reason: "It is looked at, and nothing else.", spec: observe, role: role.AssetsBucket,
			want: map[string]any{".metadata.annotations[crossplane.io/external-name]": "old-shop-assets", ".spec.managementPolicies": []any{"Observe"}},
		},
		"Managed": {
			reason: "It stays with the stack's data when the stack goes.", spec: manage, role: role.AssetsBucket,
			want: map[string]any{".metadata.annotations[crossplane.io/external-name]": "old-shop-assets", ".spec.managementPolicies[1]": "Create"},
		},
		"NoOtherPolicy":      {reason: "Whoever reads the bucket still reads it.", spec: observe, role: role.Bucket(role.AssetsBucket, role.Policy), observed: map[string]string{role.Distribution: `{"status":{"atProvider":{"arn":"arn:distribution"}}}`}, waits: true},
		"NoOtherEncryption":  {reason: "Its key is its owner's.", spec: observe, role: role.Bucket(role.AssetsBucket, role.Encryption), waits: true},
		"NoOtherLifecycle":   {reason: "Nothing of it expires.", spec: observe, role: role.Bucket(role.AssetsBucket, role.Lifecycle), waits: true},
		"EncryptedWhenTaken": {reason: "Then it is as any of the stack's.", spec: manage, role: role.Bucket(role.AssetsBucket, role.Encryption), want: map[string]any{"bucketRef.name": "shop-assets-bucket"}},
		"OthersAreTheStacks": {reason: "It is about no other bucket.", spec: observe, role: role.Bucket(role.LogsBucket, role.Encryption), want: map[string]any{"bucketRef.name": "shop-access-logs-bucket"}},
	}
	runTierCases(t, cases)
}

// Responses put back what somebody changes of the stack's buckets; one that is
// only observed is not among them.
func TestResponsesLeaveObservedBucketAlone(t *testing.T) {
	for policy, want := range map[string]bool{"Observe": false, "Manage": true} {
		s := composed(t, `{"region":"eu-west-1","assets":{"existing":{"name":"old-shop-assets","policy":"`+policy+`"}}}`, nil, platform())
		pattern, _ := field(t, s.resources[role.EventRule("public-access-unblocked")], "eventPattern").(string)
		if got := strings.Contains(pattern, "old-shop-assets"); got != want {
			t.Errorf("\nUnder %s the bucket's public access is guarded: want %t, got %t\n%s", policy, want, got, pattern)
		}
	}
}
