package network

import (
	"hash/crc32"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Priorities of the rule groups of the VPC. Lower ones come first. They leave room
// for groups of the owner (Amazon Route 53 API Reference,
// "AssociateFirewallRuleGroup": 100 to 9900).
const (
	allowPlace = 1000
	blockPlace = 9000
)

// resolvedByAWS returns the domains that a stack resolves in addition to the
// claim's: AWS APIs, databases and buckets, including IPv6, and resources in the
// VPC.
func resolvedByAWS(s *settings.Settings) []string {
	dualStack := "*.api.aws"
	if s.Partition.Name == aws.China.Name {
		dualStack = "*.api.amazonwebservices.com.cn"
	}
	return []string{"*." + s.Partition.DNSSuffix, dualStack, "*.compute.internal", "*.ec2.internal"}
}

// composeDNSFirewall resolves only the claim's domains and AWS's. The provider has
// no kinds for it.
//
// Allowing and blocking rules have separate groups with one rule each, because
// Cloud Control changes list items by index, and AWS returns rules in arbitrary
// order. Domains are allowed before others are blocked, and the order is reversed
// on deletion.
func composeDNSFirewall(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if len(s.Network.ResolvedDomains) == 0 {
		return
	}
	names := resolvedNames(s)
	digest := naming.Hash(names...)
	allowed := composed.DNSFirewallNames(digest)
	composeNames(s, set, allowed, "allowed-"+digest, names)
	composeNames(s, set, composed.DNSFirewallAllNames, "all-names", []string{"*"})
	holdNames(observed, set, allowed)

	composeDNSRule(s, observed, set, composed.DNSFirewallAllow, "allow", allowed, map[string]any{
		"Action": "ALLOW",
		// Another list needs another rule, which AWS accepts only with an unused
		// priority.
		"Priority": int(crc32.ChecksumIEEE([]byte(digest))%blockPlace) + 1,
	})
	composeDNSRule(s, observed, set, composed.DNSFirewallBlock, "block", composed.DNSFirewallAllNames, map[string]any{
		"Action": "BLOCK",
		// NXDOMAIN would also apply to all subdomains, including allowed ones (RFC
		// 8020).
		"BlockResponse": "NODATA",
		"Priority":      1,
	})
	composeDNSAssociation(s, observed, set, composed.DNSFirewallAllowAssociation, composed.DNSFirewallAllow, "allow", allowPlace,
		desired.Before(composed.DNSFirewallAllow))
	composeDNSAssociation(s, observed, set, composed.DNSFirewallBlockAssociation, composed.DNSFirewallBlock, "block", blockPlace,
		desired.Needs(observed.Ready(composed.DNSFirewallAllowAssociation)), desired.Before(composed.DNSFirewallBlock, composed.DNSFirewallAllowAssociation))
}

// resolvedNames returns the allowed domains in DNS Firewall's format. In the
// network firewall, a leading dot matches a domain and its subdomains. Here these
// are two entries. Image registries have the same domains as in the network
// firewall.
func resolvedNames(s *settings.Settings) []string {
	out := resolvedByAWS(s)
	for _, d := range slices.Concat(s.Network.ResolvedDomains, kit.RegistryHosts(s)) {
		name, below := strings.CutPrefix(d, ".")
		out = append(out, name)
		if below {
			out = append(out, "*."+name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// composeNames adds a list of domains.
func composeNames(s *settings.Settings, set *desired.Set, r, name string, names []string) {
	kit.AddByCloudControl(set, r, s.Region, "AWS::Route53Resolver::FirewallDomainList", map[string]any{
		"Name":    s.Stack + "-" + name,
		"Domains": names,
		"Tags":    resolverTags(s),
	})
}

// holdNames keeps lists that a rule still uses, because AWS does not delete them.
func holdNames(observed facts.Observed, set *desired.Set, current string) {
	rules := observed.String(composed.DNSFirewallAllow, "status.atProvider.desiredState")
	kit.HoldOthers(observed, set, current, composed.IsDNSFirewallNames, func(r string) bool {
		id := observed.ExternalName(r)
		return id.Known() && strings.Contains(rules, `"`+id.Value+`"`)
	})
}

// composeDNSRule adds a group with one rule for a list of domains. An allowed
// domain can be an alias of others, such as those of a CDN.
func composeDNSRule(s *settings.Settings, observed facts.Observed, set *desired.Set, r, name, names string, rule map[string]any) {
	list := observed.ExternalName(names)
	rule["FirewallDomainListId"] = list.Value
	rule["FirewallDomainRedirectionAction"] = "TRUST_REDIRECTION_DOMAIN"
	kit.AddByCloudControl(set, r, s.Region, "AWS::Route53Resolver::FirewallRuleGroup", map[string]any{
		"Name":          s.Stack + "-" + name,
		"FirewallRules": []map[string]any{rule},
		"Tags":          resolverTags(s),
	}, desired.Needs(list), desired.Before(names))
}

// composeDNSAssociation associates a group with the VPC. It has no protection,
// because AWS would then refuse to delete it.
func composeDNSAssociation(s *settings.Settings, observed facts.Observed, set *desired.Set, r, group, name string, place int, opts ...desired.Option) {
	id, vpc := observed.ExternalName(group), observed.ExternalName(composed.VPC)
	kit.AddByCloudControl(set, r, s.Region, "AWS::Route53Resolver::FirewallRuleGroupAssociation", map[string]any{
		"Name":                s.Stack + "-" + name,
		"FirewallRuleGroupId": id.Value,
		"VpcId":               vpc.Value,
		"Priority":            place,
		"MutationProtection":  "DISABLED",
		"Tags":                resolverTags(s),
	}, append(opts, desired.Needs(id, vpc), desired.Before(composed.VPC))...)
}

// resolverTags returns the stack's tags with at most 127 characters in the key and
// 255 in the value, which is the limit of Resolver's types.
func resolverTags(s *settings.Settings) []map[string]string {
	return slices.DeleteFunc(kit.CloudFormationTags(s), func(t map[string]string) bool { return len(t["Key"]) > 127 || len(t["Value"]) > 255 })
}
