package network_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const byNames = `{"region":"eu-west-1","network":{"allowedDomains":["api.payments.example.com",".example.org"]}}`

// listed contains the domains that byNames resolves.
var listed = []string{"*.amazonaws.com", "*.api.aws", "*.compute.internal", "*.ec2.internal", "*.example.org", "api.payments.example.com", "example.org"}

func named(id string) string {
	return `{"metadata":{"annotations":{"crossplane.io/external-name":"` + id + `"}}}`
}

func TestDNSFirewall(t *testing.T) {
	names := composed.DNSFirewallNames(naming.Hash(listed...))
	const ready = `{"metadata":{"annotations":{"crossplane.io/external-name":"rslvr-frgassoc-1"}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoneByDefault": {Reason: "All names are resolved unless the claim lists some.", Spec: `{"region":"eu-west-1"}`, Resource: composed.DNSFirewallBlock, Missing: true},
		"NotBesideAFirewall": {
			Reason: "A network firewall knows names by itself, whoever resolved them.", Resource: composed.DNSFirewallAllNames, Missing: true,
			Spec: `{"region":"eu-west-1","network":{"firewall":{},"allowedDomains":["example.com"]}}`,
		},
		"Names": {
			Reason: "The list is made where the VPC is.", Spec: byNames, Resource: names,
			Want: map[string]any{"region": "eu-west-1", "typeName": "AWS::Route53Resolver::FirewallDomainList"},
		},
		"AllowWaitsForItsList":     {Reason: "A rule names a list by its ID.", Spec: byNames, Resource: composed.DNSFirewallAllow, Waits: true},
		"BlockWaitsForItsList":     {Reason: "So does the other.", Spec: byNames, Resource: composed.DNSFirewallBlock, Waits: true},
		"AssociationWaitsForGroup": {Reason: "An association names its group and its VPC.", Spec: byNames, Resource: composed.DNSFirewallAllowAssociation, Waits: true, Observed: map[string]string{composed.VPC: named("vpc-1")}},
		"AssociationWaitsForVPC":   {Reason: "An association names its group and its VPC.", Spec: byNames, Resource: composed.DNSFirewallAllowAssociation, Waits: true, Observed: map[string]string{composed.DNSFirewallAllow: named("rslvr-frg-1")}},
		"BlocksOnlyOnceNamesAreAllowed": {
			Reason: "Or nothing at all would be resolved for a while.", Spec: byNames, Resource: composed.DNSFirewallBlockAssociation, Waits: true,
			Observed: map[string]string{composed.VPC: named("vpc-1"), composed.DNSFirewallBlock: named("rslvr-frg-2"), composed.DNSFirewallAllowAssociation: named("rslvr-frgassoc-1")},
		},
		"Blocks": {
			Reason: "Then it does.", Spec: byNames, Resource: composed.DNSFirewallBlockAssociation,
			Observed: map[string]string{composed.VPC: named("vpc-1"), composed.DNSFirewallBlock: named("rslvr-frg-2"), composed.DNSFirewallAllowAssociation: ready},
			Want:     map[string]any{"typeName": "AWS::Route53Resolver::FirewallRuleGroupAssociation"},
		},
	})
}

// TestDNSFirewallStates verifies the requested properties.
func TestDNSFirewallStates(t *testing.T) {
	names := composed.DNSFirewallNames(naming.Hash(listed...))
	observed := map[string]string{
		composed.VPC: named("vpc-1"), names: named("rslvr-fdl-1"), composed.DNSFirewallAllNames: named("rslvr-fdl-2"),
		composed.DNSFirewallAllow: named("rslvr-frg-1"), composed.DNSFirewallBlock: named("rslvr-frg-2"),
	}
	s := tiertest.Composed(t, byNames, observed, tiertest.Platform())
	list := make([]any, 0, len(listed))
	for _, n := range listed {
		list = append(list, n)
	}
	cases := map[string]struct {
		reason, resourceName string
		want                 map[string]any
	}{
		"Names": {
			reason:       "A leading dot stands for the name and all below it, and AWS is called as ever.",
			resourceName: names,
			want:         map[string]any{"Name": tiertest.Prefix + "-allowed-" + naming.Hash(listed...), "Domains": list},
		},
		"AllNames": {
			reason:       "A star is every name.",
			resourceName: composed.DNSFirewallAllNames,
			want:         map[string]any{"Name": tiertest.Prefix + "-all-names", "Domains": []any{"*"}},
		},
		"Block": {
			reason:       "A name that is blocked exists, or all below it would not exist either.",
			resourceName: composed.DNSFirewallBlock,
			want: map[string]any{"Name": tiertest.Prefix + "-block", "FirewallRules": []any{map[string]any{
				"Action": "BLOCK", "BlockResponse": "NODATA", "Priority": float64(1), "FirewallDomainListId": "rslvr-fdl-2", "FirewallDomainRedirectionAction": "TRUST_REDIRECTION_DOMAIN",
			}}},
		},
		"Association": {
			reason:       "It goes with the stack, and has room for others before it.",
			resourceName: composed.DNSFirewallAllowAssociation,
			want:         map[string]any{"Name": tiertest.Prefix + "-allow", "FirewallRuleGroupId": "rslvr-frg-1", "VpcId": "vpc-1", "Priority": float64(1000), "MutationProtection": "DISABLED"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := desiredState(t, s, tc.resourceName)
			delete(got, "Tags")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\ndesiredState: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
	rules, _ := desiredState(t, s, composed.DNSFirewallAllow)["FirewallRules"].([]any)
	if len(rules) != 1 {
		t.Fatalf("\nA group has one rule.\nwant 1, got %d", len(rules))
	}
	rule, _ := rules[0].(map[string]any)
	priority, _ := rule["Priority"].(float64)
	delete(rule, "Priority")
	want := map[string]any{"Action": "ALLOW", "FirewallDomainListId": "rslvr-fdl-1", "FirewallDomainRedirectionAction": "TRUST_REDIRECTION_DOMAIN"}
	if diff := cmp.Diff(want, rule); diff != "" || priority < 1 || priority > 9000 {
		t.Errorf("\nA name that is allowed may lead to one that is not listed.\npriority %v, rule: -want, +got:\n%s", priority, diff)
	}
}

// TestDNSFirewallOfChina verifies the domains of another partition.
func TestDNSFirewallOfChina(t *testing.T) {
	want := []string{"*.amazonaws.com.cn", "*.api.amazonwebservices.com.cn", "*.compute.internal", "*.ec2.internal", "example.com"}
	s := tiertest.Composed(t, `{"region":"cn-north-1","network":{"allowedDomains":["example.com"]}}`, nil, tiertest.Platform())
	if _, ok := s.Resources[composed.DNSFirewallNames(naming.Hash(want...))]; !ok {
		t.Errorf("\nAWS in China has names of its own.\nwant the list of %v", want)
	}
}

// TestDNSFirewallNamesChange verifies that a list is kept while a rule uses it.
func TestDNSFirewallNamesChange(t *testing.T) {
	old := composed.DNSFirewallNames("before")
	rules := func(list string) string {
		b, _ := json.Marshal(`{"FirewallRules":[{"FirewallDomainListId":"` + list + `"}]}`) //nolint:errchkjson // A string always marshals.
		return `{"metadata":{"annotations":{"crossplane.io/external-name":"rslvr-frg-1"}},"status":{"atProvider":{"desiredState":` + string(b) + `}}}`
	}
	cases := map[string]struct {
		reason, rules, spec string
		want                bool
	}{
		"InUse":   {reason: "AWS deletes no list that a rule names.", rules: rules("rslvr-fdl-old"), spec: byNames, want: true},
		"Left":    {reason: "Once the rule names the new one, the old one goes.", rules: rules("rslvr-fdl-1"), spec: byNames},
		"Dropped": {reason: "Without names everything goes, in order.", rules: rules("rslvr-fdl-old"), spec: `{"region":"eu-west-1"}`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := tiertest.Composed(t, tc.spec, map[string]string{old: named("rslvr-fdl-old"), composed.DNSFirewallAllow: tc.rules}, tiertest.Platform())
			if _, got := s.Resources[old]; got != tc.want {
				t.Errorf("\n%s\nold list: want %v, got %v", tc.reason, tc.want, got)
			}
		})
	}
}

// desiredState returns the requested properties of a Cloud Control resource.
func desiredState(t *testing.T, s tiertest.Stack, resourceName string) map[string]any {
	t.Helper()
	text, _ := tiertest.Field(t, s.Resources[resourceName], "desiredState").(string)
	var out map[string]any
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%s: %v", resourceName, err)
	}
	return out
}
