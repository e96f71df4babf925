package waf

import (
	"encoding/json"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
)

// webACLRule is a rule in the WAF API's format (AWS WAF API Reference, "Rule").
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

// webACLRules returns the rules in JSON, because the provider's type has no fields
// for them. They are in the order of evaluation: the stack's own lists and limits
// come first, because they cost least. A restricted path also rejects addresses in
// the allow list. In mode Count, no request is blocked. A list with an unknown ARN
// has its rule from the beginning, because each rule costs money.
func webACLRules(waf v1alpha1.WAFSpec, l lists) string {
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
	for i, r := range waf.RestrictedPaths {
		own("RestrictedPath-"+naming.Hash(r.Path), block, both(onPaths([]string{strings.ToLower(r.Path)}, "LOWERCASE"), not(l.restricted[i].statement())))
	}
	if len(waf.AllowCIDRs) > 0 {
		own("AllowedAddresses", "Allow", l.allowed.statement())
	}
	if len(waf.BlockCIDRs) > 0 {
		own("BlockedAddresses", block, l.blocked.statement())
	}
	if len(waf.BlockCountries) > 0 {
		own("BlockedCountries", block, statement{"GeoMatchStatement": statement{"CountryCodes": waf.BlockCountries}})
	}
	own("RateLimit", block, statement{"RateBasedStatement": statement{"Limit": waf.RequestsPerFiveMinutes, "AggregateKeyType": "IP", "EvaluationWindowSec": 300}})
	for _, g := range managedRules(waf) {
		add(g.name, statement{"ManagedRuleGroupStatement": g.statement()}, nil, statement{override: statement{}})
	}
	for _, e := range waf.Exceptions {
		own("Elsewhere-"+string(e.Rule), block, both(labelled(managedRuleLabels[e.Rule].label), not(onPaths(e.Paths))))
	}
	b, _ := json.Marshal(rules) //nolint:errchkjson // Strings and numbers always marshal.
	return string(b)
}

// statement matches requests from a list's addresses.
func (l list) statement() statement {
	var sets []statement
	for _, arn := range l {
		sets = append(sets, statement{"IPSetReferenceStatement": statement{"ARN": arn.Value}})
	}
	if len(sets) == 1 {
		return sets[0]
	}
	return statement{"OrStatement": statement{"Statements": sets}}
}

// labelled matches requests with the label of a managed rule. That rule only
// counts, so that this one decides.
func labelled(label string) statement {
	return statement{"LabelMatchStatement": statement{"Scope": "LABEL", "Key": label}}
}

// onPaths matches requests for some paths. A path with a star also matches all paths
// below it. Paths are normalized as in the application: decoded, without dot segments
// and backslashes. One expression with up to 512 characters costs the same
// for all paths (AWS WAF Developer Guide, "Regex match rule statement").
func onPaths(paths []string, more ...string) statement {
	var alternatives []string
	for _, p := range paths {
		end := "/?$"
		below, all := strings.CutSuffix(p, "/*")
		if all {
			end = "(/|$)"
		}
		alternatives = append(alternatives, strings.ReplaceAll(strings.TrimSuffix(below, "/"), ".", `\.`)+end)
	}
	var transformations []statement
	for i, t := range append([]string{"URL_DECODE", "NORMALIZE_PATH_WIN"}, more...) {
		transformations = append(transformations, statement{"Priority": i, "Type": t})
	}
	return statement{"RegexMatchStatement": statement{
		"FieldToMatch":        statement{"UriPath": statement{}},
		"RegexString":         "^(" + strings.Join(alternatives, "|") + ")",
		"TextTransformations": transformations,
	}}
}

func both(a, b statement) statement {
	return statement{"AndStatement": statement{"Statements": []statement{a, b}}}
}

func not(s statement) statement { return statement{"NotStatement": statement{"Statement": s}} }

// ruleGroup is an AWS managed rule group.
type ruleGroup struct {
	name string
	// config contains the required settings of the group.
	config statement
	// counted lists its rules that only count, because the claim has exceptions for
	// them.
	counted []v1alpha1.WAFManagedRule
}

// Names of rule groups with possible exceptions.
const (
	badRepute    = "AWSManagedRulesAmazonIpReputationList"
	anonymous    = "AWSManagedRulesAnonymousIpList"
	badInputs    = "AWSManagedRulesKnownBadInputsRuleSet"
	commonRules  = "AWSManagedRulesCommonRuleSet"
	sqlInjection = "AWSManagedRulesSQLiRuleSet"
)

// managedRules returns the rule groups of a web ACL, in the order of evaluation
// (AWS documentation, "AWS Managed Rules rule groups list"). Together, they need
// less than 1,500 capacity units, above which AWS charges more. docs/cost.md lists
// the units of exceptions and restricted paths.
func managedRules(waf v1alpha1.WAFSpec) []ruleGroup {
	groups := []ruleGroup{{name: badRepute}}
	if waf.BlockAnonymous {
		groups = append(groups, ruleGroup{name: anonymous})
	}
	groups = append(groups,
		ruleGroup{name: badInputs},
		ruleGroup{name: commonRules},
		ruleGroup{name: sqlInjection},
	)
	if waf.BotControl {
		groups = append(groups, ruleGroup{
			name:   "AWSManagedRulesBotControlRuleSet",
			config: statement{"AWSManagedRulesBotControlRuleSet": statement{"InspectionLevel": "COMMON"}},
		})
	}
	for i := range groups {
		for _, e := range waf.Exceptions {
			if managedRuleLabels[e.Rule].group == groups[i].name {
				groups[i].counted = append(groups[i].counted, e.Rule)
			}
		}
	}
	return groups
}

func (g ruleGroup) statement() statement {
	s := statement{"VendorName": "AWS", "Name": g.name}
	if g.config != nil {
		s["ManagedRuleGroupConfigs"] = []statement{g.config}
	}
	var overrides []statement
	for _, rule := range g.counted {
		overrides = append(overrides, statement{"Name": rule, "ActionToUse": statement{"Count": statement{}}})
	}
	if len(overrides) > 0 {
		s["RuleActionOverrides"] = overrides
	}
	return s
}
