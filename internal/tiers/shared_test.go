package tiers_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// shops is a ready account.
func shops() []platform.Account {
	return []platform.Account{{
		Name: "platform/shops", Region: "eu-west-1", AccountID: tiertest.Account, Ready: true, TrailARN: "arn:trail",
		HeadersID: "headers", UploadsHeadersID: "uploads-headers",
	}}
}

// sharing returns an input that declares accounts.
func sharing() *inputv1alpha1.Input {
	return &inputv1alpha1.Input{AccountID: tiertest.Account, Existing: inputv1alpha1.Existing{Account: true}}
}

func TestAccountResources(t *testing.T) {
	const account = v1alpha1.AccountKind
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"RuleForAllStacks": {
			Reason: "One rule checks the resources of all stacks: those with the tag, whatever its value.", Kind: account, Spec: `{"region":"eu-west-1"}`,
			Resource: composed.ConfigRule("buckets-tls"),
			Want:     map[string]any{"scope.tagKey": "platform.secure-ecommerce.dev/stack", "scope.tagValue": tiertest.Absent{}, "region": "eu-west-1"},
		},
		"RuleForClusters": {
			Reason: "Instances and clusters have different rules, and an account has both.", Kind: account, Spec: `{"region":"eu-west-1"}`,
			Resource: composed.ConfigRule("cluster-encrypted"), Want: map[string]any{"source.sourceIdentifier": "RDS_CLUSTER_ENCRYPTED_AT_REST"},
		},
		"NoRuleOfClaims": {
			Reason: "How long backups are kept depends on the claim.", Kind: account, Spec: `{"region":"eu-west-1"}`,
			Resource: composed.ConfigRule("database-backed-up"), Missing: true,
		},
		"RuleOfAccount": {
			Reason: "An account checks its root user without being asked.", Kind: account, Spec: `{"region":"eu-west-1"}`,
			Resource: composed.ConfigRule("account-root-mfa"), Want: map[string]any{"scope": tiertest.Absent{}},
		},
		"TrailSelectsAllObjects": {
			Reason: "The trail records objects of all buckets but those into which logs are delivered, which would never end.", Kind: account, Spec: `{"region":"eu-west-1"}`,
			Observed: trailReady(), Resource: composed.AuditTrail,
			Want: map[string]any{
				"eventSelector": tiertest.Absent{},
				"advancedEventSelector[0].fieldSelector[0].equals[0]":        "Management",
				"advancedEventSelector[1].fieldSelector[2].field":            "resources.ARN",
				"advancedEventSelector[1].fieldSelector[2].notStartsWith[0]": "arn:aws:s3:::shop-qkhzv627-access-logs/",
				"advancedEventSelector[1].fieldSelector[2].notStartsWith[1]": "arn:aws:s3:::shop-qkhzv627-audit/",
			},
		},
		"ManagementEventsOnly": {
			Reason: "Data events can be disabled.", Kind: account, Spec: `{"region":"eu-west-1","guardrails":{"audit":{"dataEvents":false}}}`,
			Observed: trailReady(), Resource: composed.AuditTrail,
			Want: map[string]any{"advancedEventSelector": tiertest.Absent{}, "eventSelector[0].includeManagementEvents": true, "eventSelector[0].dataResource": tiertest.Absent{}},
		},
		"DatabaseEvents": {
			Reason: "One subscription publishes the events of all databases to the alarms' topic.", Kind: account, Spec: `{"region":"eu-west-1"}`,
			Resource: composed.DatabaseClusterEvents, Want: map[string]any{"sourceType": "db-cluster", "snsTopicRef.name": "shop-alarms-topic", "sourceIds": tiertest.Absent{}},
		},
		"SearchLogs": {
			Reason: "Search domains of all stacks may write their logs.", Kind: account, Spec: `{"region":"eu-west-1"}`,
			Resource: composed.SearchLogPolicy, Want: map[string]any{"region": "eu-west-1"},
		},
		"WAFLogs": {
			Reason: "So may web ACLs.", Kind: account, Spec: `{"region":"eu-west-1"}`,
			Resource: composed.WAFLogPolicy, Want: map[string]any{"region": "us-east-1"},
		},
		"Headers": {
			Reason: "Distributions of stacks use these.", Kind: account, Spec: `{"region":"eu-west-1"}`,
			Resource: composed.ResponseHeadersPolicy, Want: map[string]any{"securityHeadersConfig.frameOptions.frameOption": "DENY"},
		},
		"SettingsWithoutPermission": {
			Reason: "An account belongs to the platform, which need not allow itself anything.", Kind: account, Spec: `{"region":"eu-west-1","account":{"publicAccessBlock":true}}`,
			Resource: composed.AccountPublicAccessBlock, Want: map[string]any{"blockPublicAcls": true},
		},
	})
}

// trailReady returns what the trail waits for.
func trailReady() map[string]string {
	out := map[string]string{}
	for _, r := range []string{composed.AuditKey, composed.Bucket(composed.AuditBucket, composed.Policy), composed.AuditLogGroup, composed.AuditRoleLogs} {
		out[r] = `{"status":{"atProvider":{"arn":"arn:aws:kms:eu-west-1:123456789012:key/1"},"conditions":[{"type":"Ready","status":"True"}]}}`
	}
	return out
}

// An account has no part of a shop.
func TestAccountHasNoShop(t *testing.T) {
	got := tiertest.Request{Kind: v1alpha1.AccountKind, Spec: `{"region":"eu-west-1"}`, Input: tiertest.Platform()}.Composed(t)
	for name, r := range got.Resources {
		for _, part := range []string{"vpc", "subnet", "assets", "cdn-logs", "distribution", "app-", "database-subnet", "web-acl", "parameter-", "data-key", "secrets-key"} {
			if strings.HasPrefix(name, part) {
				t.Errorf("an account has no shop, but it has %s of tier %s", name, r.Tier)
			}
		}
	}
}

func TestSharedStack(t *testing.T) {
	const uploads = `{"region":"eu-west-1","uploads":{}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoTrail":          {Reason: "The account has the trail.", Spec: uploads, Input: sharing(), Accounts: shops(), Resource: composed.AuditTrail, Missing: true},
		"NoTrailBucket":    {Reason: "A new stack needs no bucket for its files.", Spec: uploads, Input: sharing(), Accounts: shops(), Resource: composed.AuditBucket, Missing: true},
		"NoMetric":         {Reason: "The account counts security events.", Spec: uploads, Input: sharing(), Accounts: shops(), Resource: composed.AuditMetric("root-account-usage"), Missing: true},
		"NoAlarm":          {Reason: "And has their alarms.", Spec: uploads, Input: sharing(), Accounts: shops(), Resource: composed.Alarm("audit-root-account-usage"), Missing: true},
		"NoSubscription":   {Reason: "The account's subscriptions are for all databases.", Spec: uploads, Input: sharing(), Accounts: shops(), Resource: composed.DatabaseInstanceEvents, Missing: true},
		"NoDatabaseTopic":  {Reason: "Nothing publishes to it.", Spec: uploads, Input: sharing(), Accounts: shops(), Resource: composed.DatabaseEventsTopic, Missing: true},
		"NoRule":           {Reason: "The account's rule is for all buckets of stacks.", Spec: uploads, Input: sharing(), Accounts: shops(), Resource: composed.ConfigRule("buckets-tls"), Missing: true},
		"NoHeaders":        {Reason: "The account's headers are the same.", Spec: uploads, Input: sharing(), Accounts: shops(), Resource: composed.ResponseHeadersPolicy, Missing: true},
		"NoUploadsHeaders": {Reason: "Those of uploads too.", Spec: uploads, Input: sharing(), Accounts: shops(), Resource: composed.UploadsHeaders, Missing: true},
		"NoLogPolicy":      {Reason: "The account's policy is for all web ACLs.", Spec: uploads, Input: sharing(), Accounts: shops(), Resource: composed.WAFLogPolicy, Missing: true},
		"OwnHeaders": {
			Reason: "A claim can have headers of its own.", Spec: `{"region":"eu-west-1","cdn":{"frames":"SameOrigin"}}`, Input: sharing(), Accounts: shops(),
			Resource: composed.ResponseHeadersPolicy, Want: map[string]any{"securityHeadersConfig.frameOptions.frameOption": "SAMEORIGIN"},
		},
		"OwnRule": {
			Reason: "A rule with a value of the claim stays in the stack.", Spec: uploads, Input: sharing(), Accounts: shops(),
			Resource: composed.ConfigRule("database-backed-up"), Want: map[string]any{"scope.tagValue": "shop-qkhzv627"},
		},
		"RemediatedRule": {
			Reason: "So does one whose remediation may change only the stack's buckets.", Spec: `{"region":"eu-west-1","guardrails":{"config":{"remediation":true}}}`,
			Input: sharing(), Accounts: shops(), Resource: composed.ConfigRule("buckets-versioned"), Want: map[string]any{"scope.tagValue": "shop-qkhzv627"},
		},
		"Detector": {
			Reason: "A detector that the claim requests stays, because AWS would delete its findings.", Spec: `{"region":"eu-west-1","guardrails":{"audit":{"guardDuty":true}}}`,
			Input: sharing(), Accounts: shops(), Resource: composed.GuardDuty, Want: map[string]any{"enable": true},
		},
		"FilesOfFormerTrail": {
			Reason: "The files of the former trail stay.", Spec: uploads, Input: sharing(), Accounts: shops(), Observed: map[string]string{composed.AuditBucket: `{"metadata":{"name":"shop-audit-bucket"}}`},
			Resource: composed.AuditBucket, Want: map[string]any{"forceDestroy": false},
		},
	})
}

// A stack reports the events of its database itself, and leaves sign-ins to its account,
// which reports the findings about all resources.
func TestSharedReports(t *testing.T) {
	const bare = `{"region":"eu-west-1"}`
	cases := map[string]struct {
		reason  string
		request tiertest.Request
		has     []string
		lacks   []string
	}{
		"Stack": {
			reason:  "A stack of its own reports sign-ins to the account, and has subscriptions for its database.",
			request: tiertest.Request{Kind: v1alpha1.Kind, Spec: bare, Input: tiertest.Platform()},
			has:     []string{"aws.signin", "accessKeyDetails"}, lacks: []string{"aws.rds\"],\"detail-type\":[\"RDS"},
		},
		"Shared": {
			reason:  "Fifty stacks must not report the same sign-in fifty times.",
			request: tiertest.Request{Kind: v1alpha1.Kind, Spec: bare, Input: sharing(), Accounts: shops()},
			has:     []string{"RDS DB Instance Event", "shop-qkhzv627-db", "accessKeyDetails"}, lacks: []string{"aws.signin"},
		},
		"SharedCluster": {
			reason:  "A cluster has events of its own.",
			request: tiertest.Request{Kind: v1alpha1.Kind, Spec: `{"region":"eu-west-1","database":{"engine":"aurora-postgresql","version":"16"}}`, Input: sharing(), Accounts: shops()},
			has:     []string{"RDS DB Instance Event", "RDS DB Cluster Event"},
		},
		"Account": {
			reason:  "Findings can be about anything in the account.",
			request: tiertest.Request{Kind: v1alpha1.AccountKind, Spec: bare, Input: tiertest.Platform()},
			has:     []string{"aws.signin", "aws.guardduty", "aws.securityhub"}, lacks: []string{"accessKeyDetails", "wildcard"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			pattern, _ := tiertest.Field(t, tc.request.Composed(t).Resources[composed.EventRule("reports")], "eventPattern").(string)
			for _, text := range tc.has {
				if !strings.Contains(pattern, text) {
					t.Errorf("\n%s\nwant %s in %s", tc.reason, text, pattern)
				}
			}
			for _, text := range tc.lacks {
				if strings.Contains(pattern, text) {
					t.Errorf("\n%s\nwant no %s in %s", tc.reason, text, pattern)
				}
			}
		})
	}
}

// A stack's distribution uses the account's headers, and its status names the account's
// trail.
func TestSharedReferences(t *testing.T) {
	got := tiertest.Request{Kind: v1alpha1.Kind, Spec: `{"region":"eu-west-1"}`, Input: sharing(), Accounts: shops()}.Composed(t)
	if diff := cmp.Diff("arn:trail", got.Status.Audit.TrailARN); diff != "" {
		t.Errorf("status.audit.trailArn: -want, +got:\n%s", diff)
	}
	for _, w := range got.Resources[composed.Distribution].Waits {
		if w.Resource == composed.ResponseHeadersPolicy {
			t.Errorf("the distribution must not wait for %s: the account has it", w)
		}
	}
	if got.Settings.On("audit") && slices.ContainsFunc(resourceTiers(got), func(tier string) bool { return tier == "audit" }) {
		t.Error("a new stack has nothing in the audit tier")
	}
}

func resourceTiers(s tiertest.Stack) []string {
	var out []string
	for _, r := range s.Resources {
		out = append(out, r.Tier)
	}
	return out
}
