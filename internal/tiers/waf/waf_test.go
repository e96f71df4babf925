package waf_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/waf"
)

func TestWAF(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"WebACL": {
			Reason:   "A web ACL for CloudFront lives in us-east-1, wherever the stack is (WAF-01, WAF-11).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.WebACL,
			Want: map[string]any{
				"region": "us-east-1", "scope": "CLOUDFRONT", "name": tiertest.Prefix, "defaultAction.allow": map[string]any{},
				"visibilityConfig.cloudwatchMetricsEnabled": true, "visibilityConfig.sampledRequestsEnabled": true, "visibilityConfig.metricName": tiertest.Prefix,
			},
		},
		"NoWebACLWithoutCloudFront": {
			Reason:   "Where there is no CloudFront there is nothing to guard.",
			Spec:     `{"region":"cn-north-1"}`,
			Resource: composed.WebACL,
			Missing:  true,
		},
	})
}

// guarded is a spec in eu-west-1 with fields of spec.guardrails.waf.
func guarded(waf string) string {
	return `{"region":"eu-west-1","guardrails":{"waf":` + waf + `}}`
}

func TestWAFLists(t *testing.T) {
	lists := guarded(`{"allowCidrs":["192.0.2.0/24"],"blockCidrs":["198.51.100.0/24","203.0.113.0/24"]}`)
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoLists": {Reason: "Without addresses there is no list of them.", Spec: guarded(`{}`), Resource: composed.WAFAllowedAddresses, Missing: true},
		"Allowed": {
			Reason: "Addresses to let in are a list of their own.", Spec: lists, Resource: composed.WAFAllowedAddresses,
			Want: map[string]any{"region": "us-east-1", "scope": "CLOUDFRONT", "ipAddressVersion": "IPV4", "addresses": []any{"192.0.2.0/24"}, "name": tiertest.Prefix + "-allowed"},
		},
		"Blocked": {
			Reason: "So are those to keep out.", Spec: lists, Resource: composed.WAFBlockedAddresses,
			Want: map[string]any{"addresses": []any{"198.51.100.0/24", "203.0.113.0/24"}, "name": tiertest.Prefix + "-blocked"},
		},
		"WebACLWaitsForLists": {Reason: "A rule names a list by its ARN.", Spec: lists, Resource: composed.WebACL, Waits: true},
		"WebACLOfLists": {
			Reason: "Once both are known, the rules name them.", Spec: lists, Resource: composed.WebACL,
			Observed: map[string]string{
				composed.WAFAllowedAddresses: `{"status":{"atProvider":{"arn":"arn:allowed"}}}`,
				composed.WAFBlockedAddresses: `{"status":{"atProvider":{"arn":"arn:blocked"}}}`,
			},
			Want: map[string]any{"ruleJson": waf.WebACLRules(v1alpha1.WAFSpec{RequestsPerFiveMinutes: 2000, Mode: "Block", AllowCIDRs: []string{"a"}, BlockCIDRs: []string{"b"}}, "arn:allowed", "arn:blocked")},
		},
	})
}

func TestWAFLogs(t *testing.T) {
	group := "arn:aws:logs:us-east-1:" + tiertest.Account + ":log-group:aws-waf-logs-" + tiertest.Prefix
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Group": {
			Reason: "WAF takes groups of this prefix only, in us-east-1, and they are encrypted and end (WAF-08, AUD-14, AUD-15).", Spec: guarded(`{}`), Resource: composed.WAFLogGroup,
			Want: map[string]any{
				"region": "us-east-1", "kmsKeyIdRef.name": "shop-" + composed.EdgeKey, "retentionInDays": float64(365),
				".metadata.annotations[crossplane.io/external-name]": "aws-waf-logs-" + tiertest.Prefix,
			},
		},
		"LoggingWaitsForTheGroup": {Reason: "WAF refuses a group that is not there.", Spec: guarded(`{}`), Resource: composed.WAFLogging, Waits: true},
		"Logging": {
			Reason: "Decisions are logged, without what signs visitors in (WAF-08, WAF-10).", Spec: guarded(`{}`), Resource: composed.WAFLogging,
			Observed: map[string]string{composed.WAFLogGroup: `{"status":{"conditions":[{"type":"Ready","status":"True"}]}}`},
			Want: map[string]any{
				"region": "us-east-1", "logDestinationConfigs": []any{group}, "resourceArnRef.name": "shop-" + composed.WebACL,
				"redactedFields[0].singleHeader.name": "authorization", "redactedFields[1].singleHeader.name": "cookie",
			},
		},
		"DeliveryPolicy": {
			Reason: "Only the log delivery of this account may write (WAF-09).", Spec: guarded(`{}`), Resource: composed.WAFLogPolicy,
			Want: map[string]any{"region": "us-east-1", "policyDocument": `{"Version":"2012-10-17","Statement":[{"Sid":"DeliverWAFLogs","Effect":"Allow",` +
				`"Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"` + group + `:log-stream:*",` +
				`"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:logs:us-east-1:` + tiertest.Account + `:*"},"StringEquals":{"aws:SourceAccount":"` + tiertest.Account + `"}}}]}`},
		},
		"DeliveryPolicyWaitsForTheAccount": {Reason: "It names the account.", Spec: guarded(`{}`), Input: tiertest.NoInput(), Resource: composed.WAFLogPolicy, Waits: true},
		"NoDeliveryPolicyWhereThereIsOne": {
			Reason: "A region takes ten of them, so a platform may have one for all.", Spec: guarded(`{}`), Resource: composed.WAFLogPolicy, Missing: true,
			Input: &inputv1alpha1.Input{AccountID: tiertest.Account, Existing: inputv1alpha1.Existing{LogDelivery: true}},
		},
	})
}

func TestWAFSwitchedOff(t *testing.T) {
	off := &inputv1alpha1.Input{AccountID: tiertest.Account, SwitchableGuardrails: []inputv1alpha1.Guardrail{"waf"}}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoWebACL": {Reason: "Switched off, there is no web ACL.", Spec: guarded(`{"enabled":false}`), Input: off, Resource: composed.WebACL, Missing: true},
		"Distribution": {
			Reason: "And the distribution waits for none.", Spec: guarded(`{"enabled":false}`), Input: off, Resource: composed.Distribution,
			Observed: map[string]string{
				composed.ResponseHeadersPolicy:                        `{"metadata":{"annotations":{"crossplane.io/external-name":"headers"}}}`,
				composed.Bucket(composed.CDNLogsBucket, composed.ACL): `{"status":{"conditions":[{"type":"Ready","status":"True"}]}}`,
			},
			Want: map[string]any{"webAclId": tiertest.Absent{}, "comment": tiertest.Prefix},
		},
	})
}

func TestReportWAF(t *testing.T) {
	cases := map[string]struct {
		reason   string
		observed map[string]string
		want     v1alpha1.WAFStatus
	}{
		"NotYet": {reason: "Nothing is told of what is not there."},
		"There": {
			reason:   "The security team finds the web ACL and its log.",
			observed: map[string]string{composed.WebACL: `{"status":{"atProvider":{"arn":"arn:acl"}}}`},
			want:     v1alpha1.WAFStatus{WebACLARN: "arn:acl", Mode: "Count", LogGroup: "aws-waf-logs-" + tiertest.Prefix},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, guarded(`{"mode":"Count"}`), tc.observed, tiertest.Platform()).Status.WAF); diff != "" {
				t.Errorf("\n%s\nstatus.waf: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestWebACLRules(t *testing.T) {
	type object = map[string]any
	// rule is one with what all rules have.
	rule := func(name string, fields object) object {
		fields["Name"] = name
		fields["VisibilityConfig"] = object{"CloudWatchMetricsEnabled": true, "MetricName": name, "SampledRequestsEnabled": true}
		return fields
	}
	managed := func(name, override string, config ...any) object {
		group := object{"VendorName": "AWS", "Name": name}
		if len(config) > 0 {
			group["ManagedRuleGroupConfigs"] = config
		}
		return rule(name, object{"Statement": object{"ManagedRuleGroupStatement": group}, "OverrideAction": object{override: object{}}})
	}
	own := func(name, action string, statement object) object {
		return rule(name, object{"Statement": statement, "Action": object{action: object{}}})
	}
	rate := object{"RateBasedStatement": object{"Limit": float64(2000), "AggregateKeyType": "IP", "EvaluationWindowSec": float64(300)}}
	cases := map[string]struct {
		reason           string
		spec             v1alpha1.WAFSpec
		allowed, blocked string
		want             []object
	}{
		"Default": {
			reason: "Floods, known bad addresses and exploits, and SQL injection are stopped (WAF-02 to WAF-06, CDN-26).",
			spec:   v1alpha1.WAFSpec{Mode: "Block", RequestsPerFiveMinutes: 2000},
			want: []object{
				own("RateLimit", "Block", rate),
				managed("AWSManagedRulesAmazonIpReputationList", "None"),
				managed("AWSManagedRulesKnownBadInputsRuleSet", "None"),
				managed("AWSManagedRulesCommonRuleSet", "None"),
				managed("AWSManagedRulesSQLiRuleSet", "None"),
			},
		},
		"EverythingCounted": {
			reason:  "In mode Count nothing is blocked, but who is let in is let in all the same; the optional groups are there (WAF-07).",
			spec:    v1alpha1.WAFSpec{Mode: "Count", RequestsPerFiveMinutes: 2000, BlockAnonymous: true, BotControl: true, BlockCountries: []string{"KP"}, AllowCIDRs: []string{"203.0.113.0/24"}, BlockCIDRs: []string{"198.51.100.0/24"}},
			allowed: "arn:allowed", blocked: "arn:blocked",
			want: []object{
				own("AllowedAddresses", "Allow", object{"IPSetReferenceStatement": object{"ARN": "arn:allowed"}}),
				own("BlockedAddresses", "Count", object{"IPSetReferenceStatement": object{"ARN": "arn:blocked"}}),
				own("BlockedCountries", "Count", object{"GeoMatchStatement": object{"CountryCodes": []any{"KP"}}}),
				own("RateLimit", "Count", rate),
				managed("AWSManagedRulesAmazonIpReputationList", "Count"),
				managed("AWSManagedRulesAnonymousIpList", "Count"),
				managed("AWSManagedRulesKnownBadInputsRuleSet", "Count"),
				managed("AWSManagedRulesCommonRuleSet", "Count"),
				managed("AWSManagedRulesSQLiRuleSet", "Count"),
				managed("AWSManagedRulesBotControlRuleSet", "Count", object{"AWSManagedRulesBotControlRuleSet": object{"InspectionLevel": "COMMON"}}),
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var got []object
			if err := json.Unmarshal([]byte(waf.WebACLRules(tc.spec, tc.allowed, tc.blocked)), &got); err != nil {
				t.Fatal(err)
			}
			for i, r := range got {
				if diff := cmp.Diff(float64(i), r["Priority"]); diff != "" {
					t.Errorf("\nAWS refuses two rules of one priority.\n%v: -want, +got:\n%s", r["Name"], diff)
				}
				delete(r, "Priority")
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nwebACLRules(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
