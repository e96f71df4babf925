package tiers

import (
	"encoding/json"

	wafv2 "github.com/upbound/provider-aws/v2/apis/namespaced/wafv2/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// managedRules are the rule groups that AWS keeps up to date, in the order in
// which they are tried (AWS documentation, "AWS Managed Rules rule groups
// list").
func managedRules() []string {
	return []string{
		"AWSManagedRulesAmazonIpReputationList",
		"AWSManagedRulesKnownBadInputsRuleSet",
		"AWSManagedRulesCommonRuleSet",
		"AWSManagedRulesSQLiRuleSet",
	}
}

// requestLimit is how many requests an address may make in five minutes.
const requestLimit = 2000

// composeWAF adds the web ACL in front of the distribution. Like everything of
// the edge it lives in us-east-1.
func composeWAF(s *settings.Settings, _ facts.Observed, set *desired.Set) {
	if !s.Partition.CloudFront {
		return
	}
	set.Add(role.WebACL, &wafv2.WebACL{Spec: wafv2.WebACLSpec{ForProvider: wafv2.WebACLParameters{
		Region:        new(aws.GlobalRegion),
		Scope:         new("CLOUDFRONT"),
		Name:          new(s.Stack),
		Description:   new("Guards the distribution of " + s.Stack),
		DefaultAction: &wafv2.DefaultActionParameters{Allow: &wafv2.AllowParameters{}},
		RuleJSON:      new(webACLRules()),
		VisibilityConfig: &wafv2.WebACLVisibilityConfigParameters{
			CloudwatchMetricsEnabled: new(true),
			MetricName:               new(s.Stack),
			SampledRequestsEnabled:   new(true),
		},
	}}})
}

// webACLRule is a rule as the WAF API reads it (AWS WAF API Reference, "Rule").
type webACLRule struct {
	Name             string         `json:"Name"`
	Priority         int            `json:"Priority"`
	Statement        map[string]any `json:"Statement"`
	Action           map[string]any `json:"Action,omitempty"`
	OverrideAction   map[string]any `json:"OverrideAction,omitempty"`
	VisibilityConfig visibility     `json:"VisibilityConfig"`
}

type visibility struct {
	CloudWatchMetricsEnabled bool   `json:"CloudWatchMetricsEnabled"`
	MetricName               string `json:"MetricName"`
	SampledRequestsEnabled   bool   `json:"SampledRequestsEnabled"`
}

// webACLRules is the rules in JSON: the provider's type has none of their own.
// Who asks too often is blocked first, at the lowest cost.
func webACLRules() string {
	seen := func(name string) visibility {
		return visibility{CloudWatchMetricsEnabled: true, MetricName: name, SampledRequestsEnabled: true}
	}
	rules := []webACLRule{{
		Name:             "RateLimit",
		Statement:        map[string]any{"RateBasedStatement": map[string]any{"Limit": requestLimit, "AggregateKeyType": "IP", "EvaluationWindowSec": 300}},
		Action:           map[string]any{"Block": map[string]any{}},
		VisibilityConfig: seen("RateLimit"),
	}}
	for i, name := range managedRules() {
		rules = append(rules, webACLRule{
			Name:             name,
			Priority:         i + 1,
			Statement:        map[string]any{"ManagedRuleGroupStatement": map[string]any{"VendorName": "AWS", "Name": name}},
			OverrideAction:   map[string]any{"None": map[string]any{}},
			VisibilityConfig: seen(name),
		})
	}
	b, _ := json.Marshal(rules) //nolint:errchkjson // Texts and numbers always marshal.
	return string(b)
}

// reportWAF has nothing to tell: the web ACL is of no use to an app.
func reportWAF(*settings.Settings, facts.Observed, *v1alpha1.SecureEcommerceStatus) {}

// wafLogGroup takes the web ACL's logs. WAF writes to groups of this prefix only
// (AWS documentation, "Sending web ACL traffic logs to a CloudWatch Logs log
// group").
func wafLogGroup(s *settings.Settings) string { return "aws-waf-logs-" + s.Stack }
