package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cidr"
)

// Egress is a destination that an egress rule of the claim allows.
type Egress struct {
	Description string
	Protocol    v1alpha1.Protocol
	// FromPort and ToPort are the first and the last port.
	FromPort, ToPort int
	// Exactly one is set: CIDR is the destination's range, Group the ID of its
	// security group, PrefixList the ID of a prefix list.
	CIDR, Group, PrefixList string
}

// Destination returns the range, security group or prefix list.
func (e Egress) Destination() string { return cmp.Or(e.CIDR, e.Group, e.PrefixList) }

// HTTPS reports whether the rule covers only HTTPS.
func (e Egress) HTTPS() bool { return e.onePort(443) }

func (e Egress) onePort(port int) bool {
	return e.Protocol == v1alpha1.ProtocolTCP && e.FromPort == port && e.ToPort == port
}

// Web reports whether the rule covers only protocols whose domain names the
// firewall can read.
func (e Egress) Web() bool { return e.HTTPS() || e.onePort(80) }

// Key identifies the rule as AWS does, which rejects duplicates.
func (e Egress) Key() string {
	return fmt.Sprintf("%s %d-%d %s", e.Protocol, e.FromPort, e.ToPort, e.Destination())
}

// purpose returns the default description of a rule.
func (e Egress) purpose() string {
	what := fmt.Sprintf("%s ports %d-%d", e.Protocol, e.FromPort, e.ToPort)
	switch {
	case e.HTTPS():
		what = "HTTPS"
	case e.FromPort == e.ToPort:
		what = fmt.Sprintf("%s port %d", e.Protocol, e.FromPort)
	}
	return fmt.Sprintf("%s to %s, allowed by the claim", what, e.Destination())
}

// mostRules is the maximum number of rules of a claim in one direction. The default
// quota of a security group is 60, and the stack adds its own rules (Amazon VPC
// user guide, "Amazon VPC quotas").
const mostRules = 50

// egress returns the destinations of all rules. A destination in two rules is an
// error, because AWS rejects rules that differ only in their description.
func egress(rules []v1alpha1.EgressRule) ([]Egress, field.ErrorList) {
	path := field.NewPath("spec", "network", "egress")
	var out []Egress
	var errs field.ErrorList
	seen := map[string]bool{}
	for n, r := range rules {
		for _, d := range destinations(r, path.Index(n)) {
			if seen[d.Key()] {
				errs = append(errs, field.Duplicate(d.path, d.Destination()))
				continue
			}
			seen[d.Key()] = true
			d.Description = cmp.Or(r.Description, d.purpose())
			out = append(out, d.Egress)
		}
	}
	if len(out) > mostRules {
		errs = append(errs, field.TooMany(path, len(out), mostRules))
	}
	return out, errs
}

// destination is a destination and its field in the claim.
type destination struct {
	Egress

	path *field.Path
}

// destinations returns the destinations of a rule.
func destinations(r v1alpha1.EgressRule, path *field.Path) []destination {
	port := int(cmp.Or(r.Port, 443))
	rule := Egress{Protocol: cmp.Or(r.Protocol, v1alpha1.ProtocolTCP), FromPort: port, ToPort: port}
	if r.ToPort != nil {
		rule.ToPort = int(*r.ToPort)
	}
	var out []destination
	add := func(list string, i int, name func(*Egress)) {
		d := destination{Egress: rule, path: path.Child(list).Index(i)}
		name(&d.Egress)
		out = append(out, d)
	}
	for i, c := range r.CIDRs {
		add("cidrs", i, func(e *Egress) { e.CIDR = cidr.Range(c) })
	}
	for i, g := range r.SecurityGroupIDs {
		add("securityGroupIds", i, func(e *Egress) { e.Group = g })
	}
	for i, l := range r.PrefixListIDs {
		add("prefixListIds", i, func(e *Egress) { e.PrefixList = l })
	}
	return out
}

// Ports is a range of ports that the network ACL opens for the claim's egress
// rules.
type Ports struct {
	Protocol v1alpha1.Protocol
	From, To int
	IPv6     bool
}

const (
	// ephemeral is the first TCP port that the network ACL opens to all
	// destinations, for responses to callers.
	ephemeral = 1024
	lastPort  = 65535
)

// openPorts returns the ports that the network ACL must open in addition to its
// default rules, in as few ranges as possible. Security groups restrict the
// destinations.
func openPorts(rules []Egress, ipv6 bool) []Ports {
	var out []Ports
	for _, e := range rules {
		for _, family := range []bool{false, true} {
			if family && !ipv6 || e.CIDR != "" && strings.Contains(e.CIDR, ":") != family {
				continue
			}
			if e.FromPort < ephemeral && !e.Web() {
				out = append(out, Ports{Protocol: e.Protocol, From: e.FromPort, To: min(e.ToPort, ephemeral-1), IPv6: family})
			}
			if e.Protocol == v1alpha1.ProtocolUDP && e.ToPort >= ephemeral {
				out = append(out, Ports{Protocol: e.Protocol, From: ephemeral, To: lastPort, IPv6: family})
			}
		}
	}
	return joined(out)
}

// joined merges port ranges that overlap or touch. It keeps ranges below the
// ephemeral ports apart, so that rules keep their numbers.
func joined(ports []Ports) []Ports {
	group := func(p Ports) string { return fmt.Sprint(p.Protocol, p.IPv6, p.From < ephemeral) }
	slices.SortFunc(ports, func(a, b Ports) int {
		return cmp.Or(strings.Compare(group(a), group(b)), cmp.Compare(a.From, b.From))
	})
	var out []Ports
	for _, p := range ports {
		if last := len(out) - 1; last >= 0 && group(out[last]) == group(p) && p.From <= out[last].To+1 {
			out[last].To = max(out[last].To, p.To)
			continue
		}
		out = append(out, p)
	}
	return out
}

// mostACLRules is the maximum number of network ACL rules in one direction,
// including the default deny rules (Amazon VPC user guide, "Amazon VPC quotas").
// The stack always uses standingACLRules of them for each IP version.
const (
	mostACLRules     = 20
	standingACLRules = 6
)

// checkPorts rejects more port ranges than the network ACL has room for.
func checkPorts(ports []Ports, ipv6 bool) field.ErrorList {
	room := mostACLRules - standingACLRules
	if ipv6 {
		room -= standingACLRules
	}
	if len(ports) <= room {
		return nil
	}
	return field.ErrorList{field.Forbidden(field.NewPath("spec", "network", "egress"), fmt.Sprintf(
		"has %d port ranges below port %d; use at most %d: combine ports in one rule (for example, set port to 587 and toPort to 636)", len(ports), ephemeral, room))}
}
