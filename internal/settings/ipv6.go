package settings

import (
	"fmt"
	"net/netip"
	"strconv"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cidr"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// addIPv6 assigns IPv6 ranges to the subnets once AWS has assigned a range to the
// VPC. A network keeps IPv6, and subnets keep their ranges.
func (d *decision) addIPv6(n *Network) error {
	observed := d.observed
	n.IPv6 = d.claim.Spec.Network.IPv6
	if !n.IPv6 && observed.True(composed.VPC, "spec.forProvider.assignGeneratedIpv6CidrBlock") {
		d.pin("spec.network.ipv6", strconv.FormatBool(false), strconv.FormatBool(true))
		n.IPv6 = true
	}
	if !n.IPv6 {
		return nil
	}
	n.IPv6CIDR = observed.Fact(composed.VPC, "status.atProvider.ipv6CidrBlock")
	if !n.IPv6CIDR.Known() {
		return nil
	}
	vpc, err := netip.ParsePrefix(n.IPv6CIDR.Value)
	if err != nil {
		return fmt.Errorf("%s of %s: %w", n.IPv6CIDR.Path, composed.VPC, err)
	}
	layout, err := cidr.DivideIPv6(vpc)
	if err != nil {
		return fmt.Errorf("%s of %s: %w", n.IPv6CIDR.Path, composed.VPC, err)
	}
	for i := range n.Zones {
		z := &n.Zones[i]
		z.PublicIPv6 = seenPrefix(observed, composed.PublicSubnet(z.Number), "ipv6CidrBlock", layout.Public[i])
		z.PrivateIPv6 = seenPrefix(observed, composed.PrivateSubnet(z.Number), "ipv6CidrBlock", layout.Private[i])
	}
	return nil
}
