package waf

import (
	"net/netip"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/wafv2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// list contains the facts with the ARNs of a list's IP sets. AWS WAF needs a set
// for each IP version.
type list []facts.Fact

// lists contains the lists that rules refer to.
type lists struct {
	allowed, blocked list
	// restricted contains the allowed callers of each restricted path, in the
	// claim's order.
	restricted []list
}

// facts returns the facts that the rules wait for.
func (l lists) facts() []facts.Fact {
	out := append(append(list{}, l.allowed...), l.blocked...)
	for _, r := range l.restricted {
		out = append(out, r...)
	}
	return out
}

// composeLists adds all IP sets.
func composeLists(s *settings.Settings, observed facts.Observed, set *desired.Set) lists {
	out := lists{
		allowed: composeAddresses(s, observed, set, addresses{
			resource: composed.WAFAllowedAddresses, name: "allowed", description: "Addresses that are always allowed", ranges: s.WAF.AllowCIDRs,
		}),
		blocked: composeAddresses(s, observed, set, addresses{
			resource: composed.WAFBlockedAddresses, name: "blocked", description: "Addresses that are always blocked", ranges: s.WAF.BlockCIDRs,
		}),
	}
	for _, r := range s.WAF.RestrictedPaths {
		digest := naming.Hash(r.Path)
		out.restricted = append(out.restricted, composeAddresses(s, observed, set, addresses{
			resource: composed.WAFPathAddresses(digest), name: "path-" + digest, description: "Addresses that may call a restricted path", ranges: r.CIDRs,
		}))
	}
	return out
}

// addresses contains ranges of both IP versions, and the names of their sets.
type addresses struct {
	resource, name, description string
	ranges                      []string
}

// composeAddresses adds a set for each IP version in a list.
func composeAddresses(s *settings.Settings, observed facts.Observed, set *desired.Set, a addresses) list {
	var ipv4, ipv6 []string
	for _, r := range a.ranges {
		// The schema validates the format.
		if p, err := netip.ParsePrefix(r); err == nil && p.Addr().Is6() {
			ipv6 = append(ipv6, r)
		} else {
			ipv4 = append(ipv4, r)
		}
	}
	var out list
	for _, family := range []struct {
		version, suffix string
		ranges          []string
	}{{"IPV4", "", ipv4}, {"IPV6", "-ipv6", ipv6}} {
		if len(family.ranges) == 0 {
			continue
		}
		r := a.resource + family.suffix
		set.Add(r, &wafv2.IPSet{Spec: wafv2.IPSetSpec{ForProvider: wafv2.IPSetParameters{
			Region:           new(aws.GlobalRegion),
			Scope:            new("CLOUDFRONT"),
			Name:             new(s.Stack + "-" + a.name + family.suffix),
			Description:      new(a.description),
			IPAddressVersion: new(family.version),
			Addresses:        kit.Pointers(family.ranges),
		}}})
		out = append(out, observed.ARN(r))
	}
	return out
}
