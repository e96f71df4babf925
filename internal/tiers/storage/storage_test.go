package storage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern/patterntest"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestStorage(t *testing.T) {
	const onlyCloudFront = `{"status":{"atProvider":{"grant":[{"id":"c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0"}]}}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"AssetsBucketStays": {
			Reason:   "Files outlive their stack, and AWS refuses to delete a bucket with files in it (STO-29).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.AssetsBucket,
			Want: map[string]any{
				"forceDestroy": false, tiertest.Stays: true,
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-assets",
			},
		},
		"AssetsBucketKeepsItsName": {
			Reason:   "A name that was observed is never changed.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.AssetsBucket: `{"metadata":{"annotations":{"crossplane.io/external-name":"older-name"}}}`},
			Resource: composed.AssetsBucket,
			Want:     map[string]any{".metadata.annotations[crossplane.io/external-name]": "older-name"},
		},
		"AssetsBucketGoesWithItsFiles": {
			Reason:   "Delete means delete.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Delete"}`,
			Resource: composed.AssetsBucket,
			Want:     map[string]any{"forceDestroy": true, tiertest.Stays: false},
		},
		"SnapshotKeepsFiles": {
			Reason:   "A bucket has no snapshot, so it stays.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Snapshot"}`,
			Resource: composed.AssetsBucket,
			Want:     map[string]any{"forceDestroy": false, tiertest.Stays: true},
		},
		"PublicAccessIsBlocked": {
			Reason:   "All four blocks, and they stay with the bucket (STO-01 to STO-05).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.CDNLogsBucket, composed.PublicAccessBlock),
			Want: map[string]any{
				"blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": true,
				"bucketRef.name": "shop-cdn-logs-bucket", tiertest.Stays: true,
			},
		},
		"ACLsAreDisabled": {
			Reason:   "Ownership by the bucket's owner disables ACLs (STO-08).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.AssetsBucket, composed.Ownership),
			Want:     map[string]any{"rule.objectOwnership": "BucketOwnerEnforced"},
		},
		"ACLsAreEnabledForCloudFrontOnly": {
			Reason:   "CloudFront's standard logging writes by ACL (CDN-07).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.CDNLogsBucket, composed.Ownership),
			Want:     map[string]any{"rule.objectOwnership": "BucketOwnerPreferred"},
		},
		"ACLWaitsForTheOwner": {
			Reason:   "An ACL names the account by an ID that only the bucket tells.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.CDNLogsBucket, composed.ACL),
			Waits:    true,
		},
		"ACLGrantsOwnerAndLogDelivery": {
			Reason:   "Nobody but the account and CloudFront's log delivery.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.CDNLogsBucket: `{"status":{"atProvider":{"grant":[{"id":"owner"}]}}}`},
			Resource: composed.Bucket(composed.CDNLogsBucket, composed.ACL),
			Want: map[string]any{
				"accessControlPolicy.owner.id":            "owner",
				"accessControlPolicy.grant[0].grantee.id": "owner", "accessControlPolicy.grant[1].grantee.id": "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
				"accessControlPolicy.grant[1].permission": "FULL_CONTROL", "acl": tiertest.Absent{},
			},
		},
		"ACLOwnerIsNotLogDelivery": {
			Reason: "Once the ACL is set, CloudFront is a grantee too, and the provider shows one of both; other buckets of the account tell the owner.",
			Spec:   `{"region":"eu-west-1"}`,
			Observed: map[string]string{
				composed.CDNLogsBucket: onlyCloudFront,
				composed.LogsBucket:    `{"status":{"atProvider":{"grant":[{"id":"owner"}]}}}`,
			},
			Resource: composed.Bucket(composed.CDNLogsBucket, composed.ACL),
			Want:     map[string]any{"accessControlPolicy.owner.id": "owner"},
		},
		"ACLNamesItsOwner": {
			Reason: "The ACL that was set tells the owner once and for all.",
			Spec:   `{"region":"eu-west-1"}`,
			Observed: map[string]string{
				composed.CDNLogsBucket:                                onlyCloudFront,
				composed.Bucket(composed.CDNLogsBucket, composed.ACL): `{"spec":{"forProvider":{"accessControlPolicy":{"owner":{"id":"owner"}}}}}`,
			},
			Resource: composed.Bucket(composed.CDNLogsBucket, composed.ACL),
			Want:     map[string]any{"accessControlPolicy.owner.id": "owner"},
		},
		"BlockedEncryption": {
			Reason:   "S3 answers so for new buckets, and the provider computes nothing there (provider-upjet-aws 2055).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.LogsBucket, composed.Encryption),
			Want:     map[string]any{"rule[0].blockedEncryptionTypes": []any{"SSE-C"}},
		},
		"AssetsAreEncryptedWithOwnKey": {
			Reason:   "A key of the stack's own, with fewer calls to KMS by bucket keys (STO-18).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.AssetsBucket, composed.Encryption),
			Want: map[string]any{
				"rule[0].applyServerSideEncryptionByDefault.sseAlgorithm": "aws:kms", "rule[0].bucketKeyEnabled": true,
				"rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-data-key",
			},
		},
		"CDNLogsAreEncryptedWithOwnKey": {
			Reason:   "CloudFront delivers to buckets with a key, if the key lets it.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.CDNLogsBucket, composed.Encryption),
			Want: map[string]any{
				"rule[0].applyServerSideEncryptionByDefault.sseAlgorithm": "aws:kms", "rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-logs-key",
			},
		},
		"LogsAreEncryptedByS3": {
			Reason:   "S3 delivers access logs to no other encryption.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.LogsBucket, composed.Encryption),
			Want: map[string]any{
				"rule[0].applyServerSideEncryptionByDefault.sseAlgorithm": "AES256", "rule[0].bucketKeyEnabled": false,
			},
		},
		"Versioned":             {Reason: "Replaced files can be brought back (STO-15).", Spec: `{"region":"eu-west-1"}`, Resource: composed.Bucket(composed.AssetsBucket, composed.Versioning), Want: map[string]any{"versioningConfiguration.status": "Enabled"}},
		"AnnouncesEvents":       {Reason: "Events go to EventBridge (STO-23).", Spec: `{"region":"eu-west-1"}`, Resource: composed.Bucket(composed.LogsBucket, composed.Notification), Want: map[string]any{"eventbridge": true}},
		"AccessIsLogged":        {Reason: "Access to files is logged, under a prefix (STO-19).", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Logging(), Resource: composed.Bucket(composed.AssetsBucket, composed.Logging), Want: map[string]any{"targetBucketRef.name": "shop-access-logs-bucket", "targetPrefix": "assets/"}},
		"LogsNeedPolicy":        {Reason: "S3 refuses to log to a bucket whose policy does not let it.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Bucket(composed.AssetsBucket, composed.Logging), Waits: true},
		"LogsDoNotLogThemelves": {Reason: "A bucket that logs itself never stops.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Bucket(composed.LogsBucket, composed.Logging), Missing: true},
		"Lifecycle": {
			Reason:   "Unfinished uploads end after a week, old versions as the claim says (STO-21, STO-22).",
			Spec:     `{"region":"eu-west-1","assets":{"noncurrentVersionDays":30}}`,
			Resource: composed.Bucket(composed.AssetsBucket, composed.Lifecycle),
			Want: map[string]any{
				"rule[0].abortIncompleteMultipartUpload[0].daysAfterInitiation": float64(7), "rule[0].filter[0].prefix": "", "rule[0].status": "Enabled",
				"rule[1].noncurrentVersionExpiration[0].noncurrentDays": float64(30), "rule[2]": tiertest.Absent{},
			},
		},
		"LogsExpire": {
			Reason:   "Logs of production are kept for a year (PCI DSS 10.5.1), no longer.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.LogsBucket, composed.Lifecycle),
			Want:     map[string]any{"rule[2].expiration[0].days": float64(365)},
		},
		"AssetsPolicyWaitsForTheDistribution": {
			Reason:   "The policy names the one distribution that may read.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.AssetsBucket, composed.Policy),
			Waits:    true,
		},
		"AssetsPolicyWithoutCloudFront": {
			Reason:   "Where there is no CloudFront, nobody reads and nothing waits.",
			Spec:     `{"region":"us-gov-west-1"}`,
			Resource: composed.Bucket(composed.AssetsBucket, composed.Policy),
		},
		"NoCDNLogsWithoutCloudFront": {
			Reason:   "Where there is no CloudFront there is nothing to log.",
			Spec:     `{"region":"cn-northwest-1"}`,
			Resource: composed.CDNLogsBucket,
			Missing:  true,
		},
		"LogsPolicyWaitsForTheAccount": {
			Reason:   "Log delivery acts for this account only, so the account must be known.",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    tiertest.NoInput(),
			Resource: composed.Bucket(composed.LogsBucket, composed.Policy),
			Waits:    true,
		},
	})
}

func TestBucketPolicies(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, map[string]string{composed.Distribution: `{"status":{"atProvider":{"arn":"` + tiertest.DistributionARN + `"}}}`}, tiertest.Platform())
	refusals := func(bucket string) map[string]map[string]any {
		both := []any{"arn:aws:s3:::" + bucket, "arn:aws:s3:::" + bucket + "/*"}
		return map[string]map[string]any{
			"DenyPlainHTTP": {"Sid": "DenyPlainHTTP", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": both, "Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}}},
			"DenyOldTLS":    {"Sid": "DenyOldTLS", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": both, "Condition": map[string]any{"NumericLessThan": map[string]any{"s3:TlsVersion": "1.2"}}},
		}
	}
	assets, logs := refusals(tiertest.Prefix+"-assets"), refusals(tiertest.Prefix+"-access-logs")
	assets["ReadByDistribution"] = map[string]any{
		"Sid": "ReadByDistribution", "Effect": "Allow", "Principal": map[string]any{"Service": "cloudfront.amazonaws.com"},
		"Action": "s3:GetObject", "Resource": "arn:aws:s3:::" + tiertest.Prefix + "-assets/*",
		"Condition": map[string]any{"StringEquals": map[string]any{"AWS:SourceArn": tiertest.DistributionARN}},
	}
	logs["WriteAccessLogs"] = map[string]any{
		"Sid": "WriteAccessLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "logging.s3.amazonaws.com"},
		"Action": "s3:PutObject", "Resource": "arn:aws:s3:::" + tiertest.Prefix + "-access-logs/*",
		"Condition": map[string]any{
			"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account},
			"ArnLike":      map[string]any{"aws:SourceArn": []any{"arn:aws:s3:::" + tiertest.Prefix + "-assets", "arn:aws:s3:::" + tiertest.Prefix + "-cdn-logs", "arn:aws:s3:::" + tiertest.Prefix + "-audit", "arn:aws:s3:::" + tiertest.Prefix + "-responses"}},
		},
	}
	cases := map[string]struct {
		reason string
		bucket string
		want   map[string]map[string]any
	}{
		"Assets":  {reason: "Only the stack's own distribution reads files, only by TLS 1.2 or later (STO-09 to STO-12).", bucket: composed.AssetsBucket, want: assets},
		"Logs":    {reason: "Only S3's log delivery writes, for the stack's own buckets (STO-20).", bucket: composed.LogsBucket, want: logs},
		"CDNLogs": {reason: "CloudFront writes by ACL, so its bucket's policy only refuses.", bucket: composed.CDNLogsBucket, want: refusals(tiertest.Prefix + "-cdn-logs")},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := tiertest.Statements(t, s.Resources[composed.Bucket(tc.bucket, composed.Policy)], "policy")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// The load balancer can write logs only below its own prefix and for this account.
func TestLoadBalancerLogs(t *testing.T) {
	const web = `{"region":"eu-west-1","app":{"services":[{"image":"shop:1"}]}}`
	logs := composed.Bucket(composed.LogsBucket, composed.Policy)
	got := tiertest.Statements(t, tiertest.Composed(t, web, nil, tiertest.Platform()).Resources[logs], "policy")["WriteLoadBalancerLogs"]
	want := map[string]any{
		"Sid": "WriteLoadBalancerLogs", "Effect": "Allow", "Action": "s3:PutObject", "Principal": map[string]any{"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
		"Resource": "arn:aws:s3:::" + tiertest.Prefix + "-access-logs/load-balancer/AWSLogs/123456789012/*",
		"Condition": map[string]any{
			"StringEquals": map[string]any{"aws:SourceAccount": "123456789012"},
			"ArnLike":      map[string]any{"aws:SourceArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/" + tiertest.Prefix + "-app/*"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	if _, ok := tiertest.Statements(t, tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform()).Resources[logs], "policy")["WriteLoadBalancerLogs"]; ok {
		t.Error("who has no load balancer lets none in")
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
			observed: map[string]string{composed.AssetsBucket: `{}`},
			want:     v1alpha1.AssetsStatus{Bucket: tiertest.Prefix + "-assets", ARN: "arn:aws:s3:::" + tiertest.Prefix + "-assets"},
		},
		"Replica": {
			reason:   "Who restores needs the copy's.",
			observed: map[string]string{composed.ReplicaBucket: `{"spec":{"forProvider":{"region":"eu-central-1"}}}`},
			want:     v1alpha1.AssetsStatus{ReplicaBucket: tiertest.Prefix + "-assets-replica"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, `{"region":"eu-west-1"}`, tc.observed, tiertest.Platform()).Status.Assets); diff != "" {
				t.Errorf("\n%s\nassets: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// An existing bucket is changed only if the claim allows it.
func TestExistingBucket(t *testing.T) {
	observe, manage := `{"region":"eu-west-1","assets":{"existing":{"name":"old-shop-assets"}}}`, `{"region":"eu-west-1","assets":{"existing":{"name":"old-shop-assets","policy":"Manage"}}}`
	cases := map[string]tiertest.TierCase{
		"Observed": {
			Reason: "It is looked at, and nothing else.", Spec: observe, Resource: composed.AssetsBucket,
			Want: map[string]any{".metadata.annotations[crossplane.io/external-name]": "old-shop-assets", ".spec.managementPolicies": []any{"Observe"}},
		},
		"Managed": {
			Reason: "It stays with the stack's data when the stack goes.", Spec: manage, Resource: composed.AssetsBucket,
			Want: map[string]any{".metadata.annotations[crossplane.io/external-name]": "old-shop-assets", ".spec.managementPolicies[1]": "Create"},
		},
		"NoOtherPolicy":      {Reason: "Whoever reads the bucket still reads it.", Spec: observe, Resource: composed.Bucket(composed.AssetsBucket, composed.Policy), Observed: map[string]string{composed.Distribution: `{"status":{"atProvider":{"arn":"arn:distribution"}}}`}, Waits: true},
		"NoOtherEncryption":  {Reason: "Its key is its owner's.", Spec: observe, Resource: composed.Bucket(composed.AssetsBucket, composed.Encryption), Waits: true},
		"NoOtherLifecycle":   {Reason: "Nothing of it expires.", Spec: observe, Resource: composed.Bucket(composed.AssetsBucket, composed.Lifecycle), Waits: true},
		"EncryptedWhenTaken": {Reason: "Then it is as any of the stack's.", Spec: manage, Resource: composed.Bucket(composed.AssetsBucket, composed.Encryption), Want: map[string]any{"bucketRef.name": "shop-assets-bucket"}},
		"OthersAreTheStacks": {Reason: "It is about no other bucket.", Spec: observe, Resource: composed.Bucket(composed.LogsBucket, composed.Encryption), Want: map[string]any{"bucketRef.name": "shop-access-logs-bucket"}},
	}
	tiertest.RunTierCases(t, cases)
}

// Responses restore the settings of the stack's own buckets, but not those of an
// observed bucket.
func TestResponsesLeaveObservedBucketAlone(t *testing.T) {
	for policy, want := range map[string]bool{"Observe": false, "Manage": true} {
		s := tiertest.Composed(t, `{"region":"eu-west-1","assets":{"existing":{"name":"old-shop-assets","policy":"`+policy+`"}}}`, nil, tiertest.Platform())
		pattern, _ := tiertest.Field(t, s.Resources[composed.EventRule("responses")], "eventPattern").(string)
		unblocked := `{"source":"aws.s3","detail-type":"AWS API Call via CloudTrail","detail":{"eventSource":"s3.amazonaws.com","eventName":"DeleteBucketPublicAccessBlock","requestParameters":{"bucketName":"old-shop-assets"}}}`
		if got := patterntest.Matches(t, pattern, []byte(unblocked)); got != want {
			t.Errorf("\nUnder %s the bucket's public access is guarded: want %t, got %t\n%s", policy, want, got, pattern)
		}
	}
}
