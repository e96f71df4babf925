package waf_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis"
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
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

// guarded returns a spec in eu-west-1 with fields of spec.guardrails.waf.
func guarded(waf string) string {
	return `{"region":"eu-west-1","guardrails":{"waf":` + waf + `}}`
}

func TestWAFLists(t *testing.T) {
	lists := guarded(`{"allowCidrs":["192.0.2.0/24"],"blockCidrs":["198.51.100.0/24","203.0.113.0/24"]}`)
	mixed := guarded(`{"allowCidrs":["203.0.113.7","2001:db8::1","203.0.113.7/32","2001:db8:42::/48"],"blockCidrs":["2001:db8:bad::/48"],"restrictedPaths":[{"path":"/admin/*","cidrs":["203.0.113.7"]}]}`)
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
		"AllowedByIPv6": {
			Reason: "AWS WAF has a list for each family of addresses.", Spec: mixed, Resource: composed.WAFAllowedAddresses + "-ipv6",
			Want: map[string]any{"ipAddressVersion": "IPV6", "addresses": []any{"2001:db8::1/128", "2001:db8:42::/48"}, "name": tiertest.Prefix + "-allowed-ipv6"},
		},
		"AllowedByIPv4": {
			Reason: "An address is the range of it alone, and each range is listed once.", Spec: mixed, Resource: composed.WAFAllowedAddresses,
			Want: map[string]any{"ipAddressVersion": "IPV4", "addresses": []any{"203.0.113.7/32"}},
		},
		"NoIPv4": {Reason: "A family without addresses has no list.", Spec: mixed, Resource: composed.WAFBlockedAddresses, Missing: true},
		"RestrictedPath": {
			Reason: "Each restricted path has a list of its own, which its addresses can change in.", Spec: mixed, Resource: composed.WAFPathAddresses(naming.Hash("/admin/*")),
			Want: map[string]any{"addresses": []any{"203.0.113.7/32"}, "name": tiertest.Prefix + "-path-" + naming.Hash("/admin/*")},
		},
		"WebACLWaitsForEachFamily": {
			Reason: "A rule names both lists.", Spec: mixed, Resource: composed.WebACL, Waits: true,
			Observed: map[string]string{composed.WAFAllowedAddresses: `{"status":{"atProvider":{"arn":"arn:allowed"}}}`},
		},
		"WebACLWaitsForLists": {Reason: "A rule names a list by its ARN.", Spec: lists, Resource: composed.WebACL, Waits: true},
		"WebACLOfLists": {
			Reason: "Once both are known, the rules name them.", Spec: lists, Resource: composed.WebACL,
			Observed: map[string]string{
				composed.WAFAllowedAddresses: `{"status":{"atProvider":{"arn":"arn:allowed"}}}`,
				composed.WAFBlockedAddresses: `{"status":{"atProvider":{"arn":"arn:blocked"}}}`,
			},
			Want: map[string]any{"ruleJson": waf.WebACLRules(v1alpha1.WAFSpec{RequestsPerFiveMinutes: 2000, Mode: "Block", AllowCIDRs: []string{"a"}, BlockCIDRs: []string{"b"}}, []string{"arn:allowed"}, []string{"arn:blocked"})},
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
	// rule returns a rule with the fields that all rules have.
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
	statements := func(kind string, of ...object) object {
		all := []any{}
		for _, s := range of {
			all = append(all, s)
		}
		return object{kind: object{"Statements": all}}
	}
	and := func(of ...object) object { return statements("AndStatement", of...) }
	or := func(of ...object) object { return statements("OrStatement", of...) }
	not := func(s object) object { return object{"NotStatement": object{"Statement": s}} }
	ipSet := func(arn string) object { return object{"IPSetReferenceStatement": object{"ARN": arn}} }
	label := func(key string) object {
		return object{"LabelMatchStatement": object{"Scope": "LABEL", "Key": "awswaf:managed:aws:" + key}}
	}
	paths := func(expression string, more ...string) object {
		transformations := []any{}
		for i, t := range append([]string{"URL_DECODE", "NORMALIZE_PATH_WIN"}, more...) {
			transformations = append(transformations, object{"Priority": float64(i), "Type": t})
		}
		return object{"RegexMatchStatement": object{"FieldToMatch": object{"UriPath": object{}}, "RegexString": expression, "TextTransformations": transformations}}
	}
	// counting returns a managed rule group in which some rules only count.
	counting := func(r object, names ...string) object {
		var overrides []any
		for _, n := range names {
			overrides = append(overrides, object{"Name": n, "ActionToUse": object{"Count": object{}}})
		}
		s, _ := r["Statement"].(object)
		group, _ := s["ManagedRuleGroupStatement"].(object)
		group["RuleActionOverrides"] = overrides
		return r
	}
	rate := object{"RateBasedStatement": object{"Limit": float64(2000), "AggregateKeyType": "IP", "EvaluationWindowSec": float64(300)}}
	cases := map[string]struct {
		reason           string
		spec             v1alpha1.WAFSpec
		allowed, blocked []string
		restricted       [][]string
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
			allowed: []string{"arn:allowed"}, blocked: []string{"arn:blocked"},
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
		"Exceptions": {
			reason: "A rule with exceptions only counts within its group, and its label blocks everywhere else.",
			spec: v1alpha1.WAFSpec{Mode: "Block", RequestsPerFiveMinutes: 2000, Exceptions: []v1alpha1.WAFException{
				{Rule: "SizeRestrictions_BODY", Paths: []string{"/admin/*", "/api/v1.0/upload"}},
				{Rule: "CrossSiteScripting_BODY", Paths: []string{"/admin/*"}},
				{Rule: "SQLi_BODY", Paths: []string{"/search/"}},
				{Rule: "GenericRFI_BODY", Paths: []string{"/"}},
			}},
			want: []object{
				own("RateLimit", "Block", rate),
				managed("AWSManagedRulesAmazonIpReputationList", "None"),
				managed("AWSManagedRulesKnownBadInputsRuleSet", "None"),
				counting(managed("AWSManagedRulesCommonRuleSet", "None"), "SizeRestrictions_BODY", "CrossSiteScripting_BODY", "GenericRFI_BODY"),
				counting(managed("AWSManagedRulesSQLiRuleSet", "None"), "SQLi_BODY"),
				own("Elsewhere-SizeRestrictions_BODY", "Block", and(label("core-rule-set:SizeRestrictions_Body"), not(paths(`^(/admin(/|$)|/api/v1\.0/upload/?$)`)))),
				own("Elsewhere-CrossSiteScripting_BODY", "Block", and(label("core-rule-set:CrossSiteScripting_Body"), not(paths(`^(/admin(/|$))`)))),
				own("Elsewhere-SQLi_BODY", "Block", and(label("sql-database:SQLi_Body"), not(paths(`^(/search/?$)`)))),
				own("Elsewhere-GenericRFI_BODY", "Block", and(label("core-rule-set:GenericRFI_Body"), not(paths(`^(/?$)`)))),
			},
		},
		"RestrictedPaths": {
			reason: "Only named addresses call a restricted path, in upper case or lower case; those that are always let in do not.",
			spec: v1alpha1.WAFSpec{Mode: "Block", RequestsPerFiveMinutes: 2000, AllowCIDRs: []string{"203.0.113.0/24", "2001:db8::/32"}, RestrictedPaths: []v1alpha1.WAFRestrictedPath{
				{Path: "/WP-Admin/*", CIDRs: []string{"203.0.113.7/32", "2001:db8::/32"}},
				{Path: "/*", CIDRs: []string{"203.0.113.0/24"}},
			}},
			allowed: []string{"arn:4", "arn:6"}, restricted: [][]string{{"arn:admin4", "arn:admin6"}, {"arn:all4"}},
			want: []object{
				own("RestrictedPath-"+naming.Hash("/WP-Admin/*"), "Block", and(paths(`^(/wp-admin(/|$))`, "LOWERCASE"), not(or(ipSet("arn:admin4"), ipSet("arn:admin6"))))),
				own("RestrictedPath-"+naming.Hash("/*"), "Block", and(paths(`^((/|$))`, "LOWERCASE"), not(ipSet("arn:all4")))),
				own("AllowedAddresses", "Allow", or(ipSet("arn:4"), ipSet("arn:6"))),
				own("RateLimit", "Block", rate),
				managed("AWSManagedRulesAmazonIpReputationList", "None"),
				managed("AWSManagedRulesKnownBadInputsRuleSet", "None"),
				managed("AWSManagedRulesCommonRuleSet", "None"),
				managed("AWSManagedRulesSQLiRuleSet", "None"),
			},
		},
		"Tried": {
			reason: "In mode Count exceptions and restricted paths block nobody either.",
			spec: v1alpha1.WAFSpec{
				Mode: "Count", RequestsPerFiveMinutes: 2000, BlockAnonymous: true,
				Exceptions:      []v1alpha1.WAFException{{Rule: "HostingProviderIPList", Paths: []string{"/webhooks/*"}}},
				RestrictedPaths: []v1alpha1.WAFRestrictedPath{{Path: "/status", CIDRs: []string{"203.0.113.0/24"}}},
			},
			restricted: [][]string{{"arn:status"}},
			want: []object{
				own("RestrictedPath-"+naming.Hash("/status"), "Count", and(paths(`^(/status/?$)`, "LOWERCASE"), not(ipSet("arn:status")))),
				own("RateLimit", "Count", rate),
				managed("AWSManagedRulesAmazonIpReputationList", "Count"),
				counting(managed("AWSManagedRulesAnonymousIpList", "Count"), "HostingProviderIPList"),
				managed("AWSManagedRulesKnownBadInputsRuleSet", "Count"),
				managed("AWSManagedRulesCommonRuleSet", "Count"),
				managed("AWSManagedRulesSQLiRuleSet", "Count"),
				own("Elsewhere-HostingProviderIPList", "Count", and(label("anonymous-ip-list:HostingProviderIPList"), not(paths(`^(/webhooks(/|$))`)))),
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var got []object
			if err := json.Unmarshal([]byte(waf.WebACLRules(tc.spec, tc.allowed, tc.blocked, tc.restricted...)), &got); err != nil {
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

// TestManagedRules verifies that exactly the rules in the API belong to rule groups
// of the web ACL.
func TestManagedRules(t *testing.T) {
	namespaces := map[string]string{
		"AWSManagedRulesAmazonIpReputationList": "amazon-ip-list", "AWSManagedRulesAnonymousIpList": "anonymous-ip-list",
		"AWSManagedRulesKnownBadInputsRuleSet": "known-bad-inputs", "AWSManagedRulesCommonRuleSet": "core-rule-set", "AWSManagedRulesSQLiRuleSet": "sql-database",
	}
	var got []string
	for name, r := range waf.ManagedRules() {
		got = append(got, name)
		if prefix := "awswaf:managed:aws:" + namespaces[r[0]] + ":"; namespaces[r[0]] == "" || !strings.HasPrefix(r[1], prefix) {
			t.Errorf("\nA label begins with its group's namespace.\n%s: want %s..., got %s", name, prefix, r[1])
		}
	}
	slices.Sort(got)
	want := managedRuleNames(t)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nThe API lists the rules that have a label.\nrules: -want, +got:\n%s", diff)
	}
}

// managedRuleNames returns the rules in the API.
func managedRuleNames(t *testing.T) []string {
	t.Helper()
	var at any
	if err := yaml.Unmarshal(apis.NamespacedDefinition, &at); err != nil {
		t.Fatal(err)
	}
	for step := range strings.FieldsSeq("spec versions 0 schema openAPIV3Schema properties spec properties guardrails properties waf properties exceptions items properties rule enum") {
		switch v := at.(type) {
		case map[string]any:
			at = v[step]
		case []any:
			at = v[0]
		}
	}
	list, _ := at.([]any)
	var out []string
	for _, v := range list {
		out = append(out, fmt.Sprint(v))
	}
	return out
}
