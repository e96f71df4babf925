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

// Places of the rule groups among those of the VPC: the lower one comes first, and
// an owner has room before, between and behind (Amazon Route 53 API Reference,
// "AssociateFirewallRuleGroup": 100 to 9900).
const (
	allowPlace = 1000
	blockPlace = 9000
)

// resolvedByAWS is the names that a stack resolves beside those of the claim: APIs,
// databases and buckets of AWS, with IPv6 too, and what stands in the VPC.
func resolvedByAWS(s *settings.Settings) []string {
	dualStack := "*.api.aws"
	if s.Partition.Name == aws.China.Name {
		dualStack = "*.api.amazonwebservices.com.cn"
	}
	return []string{"*." + s.Partition.DNSSuffix, dualStack, "*.compute.internal", "*.ec2.internal"}
}

// composeDNSFirewall resolves the claim's names and AWS's own, and no other. The
// provider has no kinds for it.
//
// Those that allow and those that block are groups of their own, so that each has
// one rule: Cloud Control changes an item of a list by its place, and AWS gives
// rules back in no order. Nobody is blocked before the names are allowed, nor
// when the stack goes.
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
		// Another list is another rule, which AWS takes at a free place only.
		"Priority": int(crc32.ChecksumIEEE([]byte(digest))%blockPlace) + 1,
	})
	composeDNSRule(s, observed, set, composed.DNSFirewallBlock, "block", composed.DNSFirewallAllNames, map[string]any{
		"Action": "BLOCK",
		// "No such name" would be true of all names below, allowed ones too (RFC 8020).
		"BlockResponse": "NODATA",
		"Priority":      1,
	})
	composeDNSAssociation(s, observed, set, composed.DNSFirewallAllowAssociation, composed.DNSFirewallAllow, "allow", allowPlace,
		desired.Before(composed.DNSFirewallAllow))
	composeDNSAssociation(s, observed, set, composed.DNSFirewallBlockAssociation, composed.DNSFirewallBlock, "block", blockPlace,
		desired.Needs(observed.Ready(composed.DNSFirewallAllowAssociation)), desired.Before(composed.DNSFirewallBlock, composed.DNSFirewallAllowAssociation))
}

// resolvedNames is the allowed names as DNS Firewall takes them. A leading dot
// stands for the name and all below it, as the network firewall has it; here these
// are two. Registries of the services' images are resolved as the network firewall
// lets them be called.
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

// composeNames adds a list of names.
func composeNames(s *settings.Settings, set *desired.Set, r, name string, names []string) {
	kit.AddByCloudControl(set, r, s.Region, "AWS::Route53Resolver::FirewallDomainList", map[string]any{
		"Name":    s.Stack + "-" + name,
		"Domains": names,
		"Tags":    resolverTags(s),
	})
}

// holdNames keeps lists that the rule still names: AWS deletes none of them.
func holdNames(observed facts.Observed, set *desired.Set, current string) {
	rules := observed.String(composed.DNSFirewallAllow, "status.atProvider.desiredState")
	kit.HoldOthers(observed, set, current, composed.IsDNSFirewallNames, func(r string) bool {
		id := observed.ExternalName(r)
		return id.Known() && strings.Contains(rules, `"`+id.Value+`"`)
	})
}

// composeDNSRule adds a group of one rule about a list of names. A name that is
// allowed may lead to others, such as those of a CDN.
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

// composeDNSAssociation has a group decide for the VPC. AWS would not delete one
// that is protected.
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

// resolverTags is the stack's tags of which Resolver's types take both parts: 127
// and 255 characters.
func resolverTags(s *settings.Settings) []map[string]string {
	return slices.DeleteFunc(kit.CloudFormationTags(s), func(t map[string]string) bool { return len(t["Key"]) > 127 || len(t["Value"]) > 255 })
}
