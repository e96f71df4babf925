package waf

import (
	"encoding/json"

	logs "github.com/upbound/provider-aws/v2/apis/namespaced/cloudwatchlogs/v1beta1"
	wafv2 "github.com/upbound/provider-aws/v2/apis/namespaced/wafv2/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeWAF adds the web ACL in front of the distribution, its lists of
// addresses and its logs. Like everything of the edge they live in us-east-1.
func composeWAF(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.Partition.CloudFront {
		return
	}
	waf := s.WAF
	allowed := composeAddresses(s, observed, set, composed.WAFAllowedAddresses, "allowed", waf.AllowCIDRs)
	blocked := composeAddresses(s, observed, set, composed.WAFBlockedAddresses, "blocked", waf.BlockCIDRs)
	set.Add(composed.WebACL, &wafv2.WebACL{Spec: wafv2.WebACLSpec{ForProvider: wafv2.WebACLParameters{
		Region:        new(aws.GlobalRegion),
		Scope:         new("CLOUDFRONT"),
		Name:          new(s.Stack),
		Description:   new("Guards the distribution of " + s.Stack),
		DefaultAction: &wafv2.DefaultActionParameters{Allow: &wafv2.AllowParameters{}},
		RuleJSON:      new(webACLRules(waf, value(allowed), value(blocked))),
		VisibilityConfig: &wafv2.WebACLVisibilityConfigParameters{
			CloudwatchMetricsEnabled: new(true),
			MetricName:               new(s.Stack),
			SampledRequestsEnabled:   new(true),
		},
	}}}, desired.Needs(append(allowed, blocked...)...))
	composeWAFLogs(s, observed, set)
}

// composeAddresses adds a list of addresses if there are any, and returns the
// fact of its ARN, which rules name it by.
func composeAddresses(s *settings.Settings, observed facts.Observed, set *desired.Set, r, what string, ranges []string) []facts.Fact {
	if len(ranges) == 0 {
		return nil
	}
	set.Add(r, &wafv2.IPSet{Spec: wafv2.IPSetSpec{ForProvider: wafv2.IPSetParameters{
		Region:           new(aws.GlobalRegion),
		Scope:            new("CLOUDFRONT"),
		Name:             new(s.Stack + "-" + what),
		Description:      new("Addresses that are always " + what),
		IPAddressVersion: new("IPV4"),
		Addresses:        kit.Pointers(ranges),
	}}})
	return []facts.Fact{observed.ARN(r)}
}

// value is that of the one fact of a list, empty if there is none.
func value(of []facts.Fact) string {
	if len(of) == 0 {
		return ""
	}
	return of[0].Value
}

// composeWAFLogs adds the log of what the web ACL decides, without what signs
// visitors in. The log delivery's policy is one of ten that a region takes, so a
// platform with more stacks makes one for all.
func composeWAFLogs(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: composed.WAFLogGroup, Name: kit.WafLogGroup(s), Region: aws.GlobalRegion, Key: composed.EdgeKey})
	group := s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "log-group:"+kit.WafLogGroup(s))
	if !s.Existing.LogDelivery {
		source := policy.Condition{"ArnLike": {"aws:SourceArn": {s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "*")}}}
		set.Add(composed.WAFLogPolicy, &logs.ResourcePolicy{Spec: logs.ResourcePolicySpec{ForProvider: logs.ResourcePolicyParameters{
			Region: new(aws.GlobalRegion),
			PolicyDocument: new(policy.Document{Statements: []policy.Statement{{
				Sid:       "DeliverWAFLogs",
				Effect:    policy.Allow,
				Principal: policy.Service(kit.LogDelivery),
				Actions:   []string{"logs:CreateLogStream", "logs:PutLogEvents"},
				Resources: []string{group + ":log-stream:*"},
				Condition: policy.StringEquals("aws:SourceAccount", s.Account.Value).And(source),
			}}}.JSON()),
		}}}, desired.Named(kit.WafLogGroup(s)), desired.Needs(s.Account))
	}
	set.Add(composed.WAFLogging, &wafv2.WebACLLoggingConfiguration{Spec: wafv2.WebACLLoggingConfigurationSpec{ForProvider: wafv2.WebACLLoggingConfigurationParameters{
		Region:                new(aws.GlobalRegion),
		ResourceArnRef:        set.Ref(composed.WebACL),
		LogDestinationConfigs: kit.Pointers([]string{group}),
		RedactedFields: []wafv2.RedactedFieldsParameters{
			{SingleHeader: &wafv2.SingleHeaderParameters{Name: new("authorization")}},
			{SingleHeader: &wafv2.SingleHeaderParameters{Name: new("cookie")}},
		},
	}}}, desired.Needs(s.Account, observed.Ready(composed.WAFLogGroup)), desired.Before(composed.WAFLogGroup))
}

// reportWAF says which web ACL guards the shop, and whether it only counts.
func reportWAF(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	if !observed.Has(composed.WebACL) {
		return
	}
	status.WAF = v1alpha1.WAFStatus{
		WebACLARN: observed.ARN(composed.WebACL).Value,
		Mode:      s.WAF.Mode,
		LogGroup:  kit.WafLogGroup(s),
	}
}

// webACLRule is a rule as the WAF API reads it (AWS WAF API Reference, "Rule").
type webACLRule struct {
	Name             string     `json:"Name"`
	Priority         int        `json:"Priority"`
	Statement        statement  `json:"Statement"`
	Action           statement  `json:"Action,omitempty"`
	OverrideAction   statement  `json:"OverrideAction,omitempty"`
	VisibilityConfig visibility `json:"VisibilityConfig"`
}

// statement is an object of the WAF API.
type statement = map[string]any

type visibility struct {
	CloudWatchMetricsEnabled bool   `json:"CloudWatchMetricsEnabled"`
	MetricName               string `json:"MetricName"`
	SampledRequestsEnabled   bool   `json:"SampledRequestsEnabled"`
}

// webACLRules is the rules in JSON, as the provider's type has none of their
// own, in the order in which they are tried: lists and limits of ours first,
// which cost the least. In mode Count nothing is blocked. A list whose ARN is not
// known yet has its rule all the same, because each rule costs.
func webACLRules(waf v1alpha1.WAFSpec, allowed, blocked string) string {
	block, override := "Block", "None"
	if waf.Mode == "Count" {
		block, override = "Count", "Count"
	}
	var rules []webACLRule
	add := func(name string, s, action, overrideAction statement) {
		rules = append(rules, webACLRule{
			Name: name, Priority: len(rules), Statement: s, Action: action, OverrideAction: overrideAction,
			VisibilityConfig: visibility{CloudWatchMetricsEnabled: true, MetricName: name, SampledRequestsEnabled: true},
		})
	}
	own := func(name, action string, s statement) { add(name, s, statement{action: statement{}}, nil) }
	if len(waf.AllowCIDRs) > 0 {
		own("AllowedAddresses", "Allow", statement{"IPSetReferenceStatement": statement{"ARN": allowed}})
	}
	if len(waf.BlockCIDRs) > 0 {
		own("BlockedAddresses", block, statement{"IPSetReferenceStatement": statement{"ARN": blocked}})
	}
	if len(waf.BlockCountries) > 0 {
		own("BlockedCountries", block, statement{"GeoMatchStatement": statement{"CountryCodes": waf.BlockCountries}})
	}
	own("RateLimit", block, statement{"RateBasedStatement": statement{"Limit": waf.RequestsPerFiveMinutes, "AggregateKeyType": "IP", "EvaluationWindowSec": 300}})
	for _, g := range managedRules(waf) {
		add(g.name, statement{"ManagedRuleGroupStatement": g.statement()}, nil, statement{override: statement{}})
	}
	b, _ := json.Marshal(rules) //nolint:errchkjson // Texts and numbers always marshal.
	return string(b)
}

// ruleGroup is one that AWS keeps up to date.
type ruleGroup struct {
	name string
	// config is settings that the group needs.
	config statement
}

// managedRules are the rule groups of a web ACL, in the order in which they are
// tried (AWS documentation, "AWS Managed Rules rule groups list"). Together they
// stay below 1,500 capacity units, above which AWS charges more.
func managedRules(waf v1alpha1.WAFSpec) []ruleGroup {
	groups := []ruleGroup{{name: "AWSManagedRulesAmazonIpReputationList"}}
	if waf.BlockAnonymous {
		groups = append(groups, ruleGroup{name: "AWSManagedRulesAnonymousIpList"})
	}
	groups = append(groups,
		ruleGroup{name: "AWSManagedRulesKnownBadInputsRuleSet"},
		ruleGroup{name: "AWSManagedRulesCommonRuleSet"},
		ruleGroup{name: "AWSManagedRulesSQLiRuleSet"},
	)
	if waf.BotControl {
		groups = append(groups, ruleGroup{
			name:   "AWSManagedRulesBotControlRuleSet",
			config: statement{"AWSManagedRulesBotControlRuleSet": statement{"InspectionLevel": "COMMON"}},
		})
	}
	return groups
}

func (g ruleGroup) statement() statement {
	s := statement{"VendorName": "AWS", "Name": g.name}
	if g.config != nil {
		s["ManagedRuleGroupConfigs"] = []statement{g.config}
	}
	return s
}
