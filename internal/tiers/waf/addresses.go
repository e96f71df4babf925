package waf

import (
	"net/netip"

	wafv2 "github.com/upbound/provider-aws/v2/apis/namespaced/wafv2/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// list is addresses, by the facts of the ARNs of their sets: AWS WAF has a set
// for each family of addresses.
type list []facts.Fact

// lists is the lists of addresses that the rules name.
type lists struct {
	allowed, blocked list
	// restricted is who may call each restricted path, in the claim's order.
	restricted []list
}

// facts returns what the rules wait for.
func (l lists) facts() []facts.Fact {
	out := append(append(list{}, l.allowed...), l.blocked...)
	for _, r := range l.restricted {
		out = append(out, r...)
	}
	return out
}

// composeLists adds all lists of addresses.
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

// addresses is a list of ranges of both families and what its sets are called.
type addresses struct {
	resource, name, description string
	ranges                      []string
}

// composeAddresses adds a set for each family that a list has addresses of.
func composeAddresses(s *settings.Settings, observed facts.Observed, set *desired.Set, a addresses) list {
	var ipv4, ipv6 []string
	for _, r := range a.ranges {
		// The schema has seen to the form.
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
