package network

import (
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Protocols as AWS returns them (IANA protocol numbers), so that desired and
// observed values are equal.
const (
	protocolAll    = "-1"
	protocolICMP   = "1"
	protocolTCP    = "6"
	protocolUDP    = "17"
	protocolICMPv6 = "58"
)

// aclRule is an allowing rule of a network ACL.
type aclRule struct {
	number   int
	protocol string
	// cidr is an IPv4 range, and ipv6 an IPv6 range. One of them is set.
	cidr, ipv6 string
	from, to   int
	icmp, code int
}

// defaultIngress returns the ingress rules of public and private subnets. Network
// ACLs are stateless, so responses need the ephemeral ports. The gap excludes
// remote desktop (3389), and SSH (22) is below them (CIS AWS Foundations 5.2).
func defaultIngress(n settings.Network) []aclRule {
	rules := []aclRule{
		{number: 100, protocol: protocolAll, cidr: n.CIDR.String()},
		{number: 110, protocol: protocolTCP, cidr: kit.Anywhere, from: 443, to: 443},
		{number: 120, protocol: protocolTCP, cidr: kit.Anywhere, from: 80, to: 80},
		{number: 130, protocol: protocolTCP, cidr: kit.Anywhere, from: 1024, to: 3388},
		{number: 140, protocol: protocolTCP, cidr: kit.Anywhere, from: 3390, to: 65535},
		// Path MTU discovery: "fragmentation needed".
		{number: 150, protocol: protocolICMP, cidr: kit.Anywhere, icmp: 3, code: 4},
	}
	return append(alsoIPv6(n, rules), answersOverUDP(n)...)
}

// defaultEgress returns the egress rules of public and private subnets.
func defaultEgress(n settings.Network) []aclRule {
	rules := []aclRule{
		{number: 100, protocol: protocolAll, cidr: n.CIDR.String()},
		{number: 110, protocol: protocolTCP, cidr: kit.Anywhere, from: 443, to: 443},
		{number: 120, protocol: protocolTCP, cidr: kit.Anywhere, from: 80, to: 80},
		{number: 130, protocol: protocolTCP, cidr: kit.Anywhere, from: 1024, to: 65535},
		{number: 140, protocol: protocolICMP, cidr: kit.Anywhere, icmp: 3, code: 4},
	}
	return append(alsoIPv6(n, rules), openedPorts(n)...)
}

// openedPorts returns the egress rules for the claim's rules. Their numbers depend
// on the first port, so that a rule does not affect others.
func openedPorts(n settings.Network) []aclRule {
	var out []aclRule
	for _, p := range n.OpenPorts {
		r := aclRule{number: 2000 + p.From, protocol: protocolTCP, cidr: kit.Anywhere, from: p.From, to: p.To}
		if p.Protocol == v1alpha1.ProtocolUDP {
			r.number, r.protocol = 4000+p.From, protocolUDP
		}
		if p.IPv6 {
			r = r.ofClaimOverIPv6()
		}
		out = append(out, r)
	}
	return out
}

// ofClaimOverIPv6 returns the same rule for IPv6. Its number follows all others.
func (r aclRule) ofClaimOverIPv6() aclRule {
	r.number, r.cidr, r.ipv6 = r.number+10000, "", anywhereIPv6
	return r
}

// answersOverUDP returns the ingress rules for UDP responses, if the claim allows
// UDP.
func answersOverUDP(n settings.Network) []aclRule {
	var out []aclRule
	for _, ipv6 := range []bool{false, true} {
		if !slices.ContainsFunc(n.OpenPorts, func(p settings.Ports) bool { return p.Protocol == v1alpha1.ProtocolUDP && p.IPv6 == ipv6 }) {
			continue
		}
		answers := []aclRule{
			{number: 6000, protocol: protocolUDP, cidr: kit.Anywhere, from: 1024, to: 3388},
			{number: 6010, protocol: protocolUDP, cidr: kit.Anywhere, from: 3390, to: 65535},
		}
		for _, r := range answers {
			if ipv6 {
				r = r.ofClaimOverIPv6()
			}
			out = append(out, r)
		}
	}
	return out
}

// alsoIPv6 adds corresponding IPv6 rules. Path MTU discovery uses "packet too big"
// there (RFC 4443, section 3.2).
func alsoIPv6(n settings.Network, rules []aclRule) []aclRule {
	if !n.IPv6 {
		return rules
	}
	for _, r := range slices.Clone(rules) {
		r.number += 500
		r.ipv6, r.cidr = anywhereIPv6, ""
		switch r.protocol {
		case protocolAll:
			r.ipv6 = n.IPv6CIDR.Value
		case protocolICMP:
			r.protocol, r.icmp, r.code = protocolICMPv6, 2, 0
		}
		rules = append(rules, r)
	}
	return rules
}

// composeNetworkACLs adopts the VPC's default ACL, which AWS creates open, for
// public, private and firewall subnets. Database subnets get their own ACL, which
// only allows the ports of their resources.
func composeNetworkACLs(s *settings.Settings, set *desired.Set) {
	vpc := s.Network.CIDR.String()
	var open, database []string
	for _, z := range s.Network.Zones {
		open = append(open, composed.PublicSubnet(z.Number), composed.PrivateSubnet(z.Number))
		database = append(database, composed.DatabaseSubnet(z.Number))
	}
	if s.Network.Firewall != nil {
		for _, z := range s.Network.Zones {
			open = append(open, composed.FirewallSubnet(z.Number))
		}
	}
	acl := ec2.DefaultNetworkACLParameters{
		DefaultNetworkACLIDRef: set.Ref(composed.VPC),
		SubnetIDRefs:           set.LiveRefs(open...),
	}
	for _, r := range defaultIngress(s.Network) {
		acl.Ingress = append(acl.Ingress, ec2.IngressParameters{
			Action: new("allow"), RuleNo: new(float64(r.number)), Protocol: new(r.protocol), CidrBlock: kit.Nonzero(r.cidr), IPv6CidrBlock: kit.Nonzero(r.ipv6),
			FromPort: new(float64(r.from)), ToPort: new(float64(r.to)), IcmpType: new(float64(r.icmp)), IcmpCode: new(float64(r.code)),
		})
	}
	for _, r := range defaultEgress(s.Network) {
		acl.Egress = append(acl.Egress, ec2.EgressParameters{
			Action: new("allow"), RuleNo: new(float64(r.number)), Protocol: new(r.protocol), CidrBlock: kit.Nonzero(r.cidr), IPv6CidrBlock: kit.Nonzero(r.ipv6),
			FromPort: new(float64(r.from)), ToPort: new(float64(r.to)), IcmpType: new(float64(r.icmp)), IcmpCode: new(float64(r.code)),
		})
	}
	set.Add(composed.DefaultNetworkACL, &ec2.DefaultNetworkACL{Spec: ec2.DefaultNetworkACLSpec{ForProvider: acl}}, desired.Needs(s.Network.AwaitIPv6()...))

	set.Add(composed.DatabaseNetworkACL, &ec2.NetworkACL{Spec: ec2.NetworkACLSpec{ForProvider: ec2.NetworkACLParameters{
		VPCIDRef:     set.Ref(composed.VPC),
		SubnetIDRefs: set.LiveRefs(database...),
	}}})
	for _, r := range isolatedRules(s) {
		set.Add(composed.DatabaseNetworkACLRule(r.name), &ec2.NetworkACLRule{Spec: ec2.NetworkACLRuleSpec{ForProvider: ec2.NetworkACLRuleParameters{
			NetworkACLIDRef: set.Ref(composed.DatabaseNetworkACL),
			Egress:          new(r.egress), RuleNumber: new(float64(r.number)), RuleAction: new("allow"), Protocol: new(protocolTCP), CidrBlock: new(vpc),
			FromPort: new(float64(r.from)), ToPort: new(float64(r.to)),
		}}})
	}
}

// isolatedRule is a rule of the isolated subnets' network ACL.
type isolatedRule struct {
	name             string
	egress           bool
	number, from, to int
}

// isolatedRules allow requests to resources in the isolated subnets, and their
// responses.
func isolatedRules(s *settings.Settings) []isolatedRule {
	out := []isolatedRule{{name: "egress-answers", egress: true, number: 100, from: 1024, to: 65535}}
	if d := s.Database; d.Enabled {
		out = append(out, isolatedRule{name: "ingress-" + strings.ToLower(d.Engine.Protocol()), number: 100, from: d.Port, to: d.Port})
	}
	if ports := s.Cache.Ports(); len(ports) > 0 {
		out = append(out, isolatedRule{name: "ingress-cache", number: 110, from: slices.Min(ports), to: slices.Max(ports)})
	}
	if s.Search != nil {
		out = append(out, isolatedRule{name: "ingress-search", number: settings.SearchPort, from: settings.SearchPort, to: settings.SearchPort})
	}
	return out
}

// closeDefaultGroup adopts the VPC's default group without rules, which closes it
// (CIS AWS Foundations 5.4).
func closeDefaultGroup(set *desired.Set) {
	set.Add(composed.DefaultSecurityGroup, &ec2.DefaultSecurityGroup{Spec: ec2.DefaultSecurityGroupSpec{ForProvider: ec2.DefaultSecurityGroupParameters{
		VPCIDRef: set.Ref(composed.VPC),
	}}})
}

// openDatabase allows the app tier to reach the database.
func openDatabase(s *settings.Settings, set *desired.Set) {
	set.Add(composed.DatabaseSecurityGroup, kit.SecurityGroup(s, set, s.Stack+"-database", "Database: reached from the application tier only"), desired.Keep(s.Keep.Database))
	protocol := s.Database.Engine.Protocol()
	kit.OpenPort(set, kit.Opening{
		From: composed.AppSecurityGroup, To: composed.DatabaseSecurityGroup, Port: s.Database.Port,
		Ingress: composed.DatabaseFromApp, IngressDescription: protocol + " from the application tier",
		Egress: composed.AppToDatabase, EgressDescription: protocol + " to the database",
	})
}

// composeSecurityGroups allows the app tier to reach only the database, S3 and the
// claim's destinations. Only the app tier can reach the database.
func composeSecurityGroups(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	set.Add(composed.AppSecurityGroup, kit.SecurityGroup(s, set, s.Stack+"-app", "Application tier: reaches the database, S3 and chosen HTTPS destinations"))
	if s.Database.Enabled {
		openDatabase(s, set)
	}
	egress := func(r string, rule ec2.SecurityGroupEgressRuleParameters, needs ...facts.Fact) {
		rule.SecurityGroupIDRef = set.Ref(composed.AppSecurityGroup)
		rule.IPProtocol = new("tcp")
		set.Add(r, &ec2.SecurityGroupEgressRule{Spec: ec2.SecurityGroupEgressRuleSpec{ForProvider: rule}}, desired.Needs(needs...))
	}
	if s.Network.Existing == nil {
		s3 := observed.Fact(composed.S3Endpoint, "status.atProvider.prefixListId")
		egress(composed.AppToS3, ec2.SecurityGroupEgressRuleParameters{
			Description:  new("HTTPS to S3 through the gateway endpoint"),
			PrefixListID: new(s3.Value),
			FromPort:     new(float64(443)), ToPort: new(float64(443)),
		}, s3)
	}
	composeEgress(s, set)
	composeIngress(s, set)
}
