package network

import (
	"slices"
	"strings"

	ec2 "github.com/upbound/provider-aws/v2/apis/namespaced/ec2/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Protocols as AWS gives them back (IANA protocol numbers), so that what is
// asked for and what is observed are the same.
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
	// cidr is of IPv4, ipv6 of IPv6; a rule has one of them.
	cidr, ipv6 string
	from, to   int
	icmp, code int
}

// defaultIngress is what may enter public and private subnets. Network ACLs are
// stateless, so answers need the ephemeral ports; the gap leaves out remote
// desktop (3389), as SSH (22) lies below them (CIS AWS Foundations 5.2).
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

// defaultEgress is what may leave public and private subnets.
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

// openedPorts is what may leave for the rules of the claim, numbered by their
// first port, so that one leaves the others alone.
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

// ofClaimOverIPv6 is the same rule for IPv6, of those that a claim's rules take. They
// are numbered behind all others.
func (r aclRule) ofClaimOverIPv6() aclRule {
	r.number, r.cidr, r.ipv6 = r.number+10000, "", anywhereIPv6
	return r
}

// answersOverUDP is what may enter where the claim lets UDP out: answers, as for
// TCP.
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

// alsoIPv6 adds the same for IPv6 to the rules for IPv4. Path MTU discovery is
// "packet too big" there (RFC 4443, section 3.2).
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

// composeNetworkACLs adopts the VPC's default ACL, which AWS makes open to
// everything, for public, private and the firewall's subnets, and gives database subnets one
// of their own that knows the ports only of what stands there.
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

// isolatedRule is a rule of the network ACL of the isolated subnets.
type isolatedRule struct {
	name             string
	egress           bool
	number, from, to int
}

// isolatedRules let in what is called in the isolated subnets, and its answers out.
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

// openDatabase lets the app tier reach the database.
func openDatabase(s *settings.Settings, set *desired.Set) {
	set.Add(composed.DatabaseSecurityGroup, kit.SecurityGroup(s, set, s.Stack+"-database", "Database: reached from the application tier only"), desired.Keep(s.Keep.Database))
	protocol := s.Database.Engine.Protocol()
	kit.OpenPort(set, kit.Opening{
		From: composed.AppSecurityGroup, To: composed.DatabaseSecurityGroup, Port: s.Database.Port,
		Ingress: composed.DatabaseFromApp, IngressDescription: protocol + " from the application tier",
		Egress: composed.AppToDatabase, EgressDescription: protocol + " to the database",
	})
}

// composeSecurityGroups lets the app tier reach the database, S3 and the
// destinations of the claim, and nothing else; nobody else reaches the
// database.
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
