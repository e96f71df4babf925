package tiers

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

func TestWAF(t *testing.T) {
	runTierCases(t, map[string]tierCase{
		"WebACL": {
			reason: "A web ACL for CloudFront lives in us-east-1, wherever the stack is (WAF-01, WAF-11).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.WebACL,
			want: map[string]any{
				"region": "us-east-1", "scope": "CLOUDFRONT", "name": prefix, "defaultAction.allow": map[string]any{},
				"visibilityConfig.cloudwatchMetricsEnabled": true, "visibilityConfig.sampledRequestsEnabled": true, "visibilityConfig.metricName": prefix,
			},
		},
		"NoWebACLWithoutCloudFront": {
			reason:  "Where there is no CloudFront there is nothing to guard.",
			spec:    `{"region":"cn-north-1"}`,
			role:    role.WebACL,
			missing: true,
		},
	})
}

func TestWebACLRules(t *testing.T) {
	rules := []map[string]any{}
	if err := json.Unmarshal([]byte(webACLRules()), &rules); err != nil {
		t.Fatal(err)
	}
	got := map[string]any{}
	for i, r := range rules {
		if diff := cmp.Diff(float64(i), r["Priority"]); diff != "" {
			t.Errorf("\nAWS refuses two rules of one priority.\n%v: -want, +got:\n%s", r["Name"], diff)
		}
		name, _ := r["Name"].(string)
		delete(r, "Priority")
		delete(r, "Name")
		got[name] = r
	}
	seen := func(name string) map[string]any {
		return map[string]any{"CloudWatchMetricsEnabled": true, "MetricName": name, "SampledRequestsEnabled": true}
	}
	managed := func(name string) map[string]any {
		return map[string]any{
			"Statement":        map[string]any{"ManagedRuleGroupStatement": map[string]any{"VendorName": "AWS", "Name": name}},
			"OverrideAction":   map[string]any{"None": map[string]any{}},
			"VisibilityConfig": seen(name),
		}
	}
	want := map[string]any{
		"RateLimit": map[string]any{
			"Statement":        map[string]any{"RateBasedStatement": map[string]any{"Limit": float64(2000), "AggregateKeyType": "IP", "EvaluationWindowSec": float64(300)}},
			"Action":           map[string]any{"Block": map[string]any{}},
			"VisibilityConfig": seen("RateLimit"),
		},
		"AWSManagedRulesAmazonIpReputationList": managed("AWSManagedRulesAmazonIpReputationList"),
		"AWSManagedRulesKnownBadInputsRuleSet":  managed("AWSManagedRulesKnownBadInputsRuleSet"),
		"AWSManagedRulesCommonRuleSet":          managed("AWSManagedRulesCommonRuleSet"),
		"AWSManagedRulesSQLiRuleSet":            managed("AWSManagedRulesSQLiRuleSet"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nFloods, known bad addresses and exploits, and SQL injection are stopped (WAF-02 to WAF-06, CDN-26).\nrules: -want, +got:\n%s", diff)
	}
}
