package settings

import (
	"fmt"
	"net/netip"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cidr"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// firewall decides the subnets of the network firewall. Each of the four possible
// zones gets a quarter of its range, whether it is in use or not.
func (d *decision) firewall(zones int) (*Firewall, error) {
	spec := d.claim.Spec.Network.Firewall
	if spec == nil {
		return nil, nil //nolint:nilnil // The stack has no firewall.
	}
	const path = "spec.network.firewall.cidr"
	prefix, err := netip.ParsePrefix(d.pin(path, spec.CIDR, d.observed.String(composed.FirewallCIDR, "spec.forProvider.cidrBlock")))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f := &Firewall{CIDR: prefix, AllowedDomains: d.claim.Spec.Network.AllowedDomains, Protected: spec.Protected}
	for zone := range zones {
		f.Subnets = append(f.Subnets, cidr.Quarter(prefix, zone))
	}
	return f, nil
}
