package settings

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cidr"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// Network contains the address plan and the effective settings of the network.
type Network struct {
	CIDR  netip.Prefix
	Zones []Zone
	NAT   v1alpha1.NATGateways
	// Egress lists the destinations that the app tier can call.
	Egress []Egress
	// OpenPorts lists the ports that the network ACL opens for them.
	OpenPorts []Ports
	// IPv6 reports whether the network also has IPv6.
	IPv6 bool
	// IPv6CIDR is the range that AWS assigns to the VPC.
	IPv6CIDR facts.Fact
	// Ingress lists the additional callers of the application and the database.
	Ingress []Ingress
	// Endpoints lists the services with an interface endpoint.
	Endpoints []string
	// EndpointBuckets lists additional buckets that the S3 endpoint admits.
	EndpointBuckets []string
	// ResolvedDomains lists the domains that DNS Firewall resolves, in addition to
	// AWS's. If empty, it resolves all. The network firewall has its own list.
	ResolvedDomains []string
	// Firewall is nil without a network firewall.
	Firewall *Firewall
	// Existing is the network that the stack uses instead of its own. It is nil
	// otherwise. With it, there are neither zones nor gateways.
	Existing *v1alpha1.ExistingNetwork
}

// AwaitIPv6 returns the fact that resources with IPv6 wait for, if the network has
// IPv6.
func (n Network) AwaitIPv6() []facts.Fact {
	if !n.IPv6 {
		return nil
	}
	return []facts.Fact{n.IPv6CIDR}
}

// Firewall contains the settings of the network firewall.
type Firewall struct {
	// CIDR contains its subnets, one for each zone.
	CIDR netip.Prefix
	// Subnets lists the range of each subnet, in the order of zones.
	Subnets []netip.Prefix
	// AllowedDomains lists the only domains that can be called. If empty, all can
	// be called.
	AllowedDomains []string
	// Protected reports whether AWS rejects the deletion of the firewall and
	// changes of its zones.
	Protected bool
}

// Zone is an availability zone and its subnets.
type Zone struct {
	// Number starts at 1.
	Number                    int
	Name                      string
	Public, Private, Database netip.Prefix
	// PublicIPv6 and PrivateIPv6 are invalid without IPv6, and until the VPC's
	// range is known.
	PublicIPv6, PrivateIPv6 netip.Prefix
}

// MaxZones is the maximum number of zones of a stack.
const MaxZones = cidr.MaxZones

// gateways returns the default mode of NAT gateways. Only stacks whose database has
// a standby must survive the loss of a zone.
func gateways(spec v1alpha1.SecureEcommerceSpec) v1alpha1.NATGateways {
	if !byEnvironment[spec.Environment].multiAZ {
		return v1alpha1.NATGatewaysSingle
	}
	return bySize[spec.Size].nat
}

// network decides the subnets. Existing zones and their ranges are kept.
func (d *decision) network(region string) (Network, error) {
	spec, observed := d.claim.Spec.Network, d.observed
	rules, errs := egress(spec.Egress)
	if len(errs) > 0 {
		return Network{}, claim.InvalidError(errs)
	}
	if spec.Existing != nil {
		return attached(spec, rules, observed)
	}
	if errs := checkEndpoints(spec.InterfaceEndpoints); len(errs) > 0 {
		return Network{}, claim.InvalidError(errs)
	}
	n := Network{NAT: cmp.Or(spec.NATGateways, gateways(d.claim.Spec)), Endpoints: spec.InterfaceEndpoints, EndpointBuckets: spec.EndpointBuckets, Egress: rules}
	if spec.Firewall == nil {
		n.ResolvedDomains = spec.AllowedDomains
	}
	vpc, err := netip.ParsePrefix(d.pin("spec.network.cidr", spec.CIDR, observed.String(composed.VPC, "spec.forProvider.cidrBlock")))
	if err != nil {
		return n, fmt.Errorf("spec.network.cidr: %w", err)
	}
	n.CIDR = vpc
	layout, err := cidr.Divide(vpc)
	if err != nil {
		return n, fmt.Errorf("spec.network.cidr: %w", err)
	}
	available := spec.ZoneNames
	if len(available) == 0 {
		available = aws.Zones(region)
	}
	count := int(spec.AvailabilityZones)
	if used := zonesInUse(observed); used > count {
		d.pin("spec.network.availabilityZones", strconv.Itoa(count), strconv.Itoa(used))
		count = used
	}
	for i, name := range d.zoneNames(count, available) {
		number := i + 1
		z := Zone{
			Number:   number,
			Name:     name,
			Public:   seenPrefix(observed, composed.PublicSubnet(number), "cidrBlock", layout.Public[i]),
			Private:  seenPrefix(observed, composed.PrivateSubnet(number), "cidrBlock", layout.Private[i]),
			Database: seenPrefix(observed, composed.DatabaseSubnet(number), "cidrBlock", layout.Database[i]),
		}
		if z.Name == "" {
			return n, claim.InvalidError{tooManyZones(region, spec, count, available)}
		}
		n.Zones = append(n.Zones, z)
	}
	if err := d.addIPv6(&n); err != nil {
		return n, err
	}
	n.OpenPorts = openPorts(n.Egress, n.IPv6)
	if errs := checkPorts(n.OpenPorts, n.IPv6); len(errs) > 0 {
		return n, claim.InvalidError(errs)
	}
	n.Firewall, err = d.firewall(len(n.Zones))
	return n, err
}

// zoneNames returns the zones in use and, for each additional zone, the first
// available one that is not in use. Two subnets in the same zone would not survive
// its loss. A name is empty if no zone is left.
func (d *decision) zoneNames(count int, available []string) []string {
	asked := d.claim.Spec.Network.ZoneNames
	names := make([]string, count)
	for i := range names {
		names[i] = seenZone(d.observed, i+1)
		if i < len(asked) {
			d.pin(fmt.Sprintf("spec.network.zoneNames[%d]", i), asked[i], names[i])
		}
	}
	for i := range names {
		free := slices.IndexFunc(available, func(z string) bool { return !slices.Contains(names, z) })
		if names[i] == "" && free >= 0 {
			names[i] = available[free]
		}
	}
	return names
}

// tooManyZones returns the error for a stack with more zones than are available.
func tooManyZones(region string, spec v1alpha1.NetworkSpec, count int, available []string) *field.Error {
	detail := fmt.Sprintf("%s has only the zones %s: set availabilityZones to at most %d, or list other zones in network.zoneNames", region, strings.Join(available, ", "), len(available))
	if len(spec.ZoneNames) > 0 {
		detail = fmt.Sprintf("network.zoneNames lists only %s: list %d zones, or set availabilityZones to at most %d", strings.Join(available, ", "), count, len(available))
	}
	return field.Invalid(field.NewPath("spec", "network", "availabilityZones"), count, detail)
}

// zonesInUse returns the highest zone number of an observed subnet.
func zonesInUse(observed facts.Observed) int {
	used := 0
	for i := 1; i <= cidr.MaxZones; i++ {
		if observed.Has(composed.PublicSubnet(i)) || observed.Has(composed.PrivateSubnet(i)) || observed.Has(composed.DatabaseSubnet(i)) {
			used = i
		}
	}
	return used
}

// seenZone returns the availability zone of the observed subnets with a zone
// number.
func seenZone(observed facts.Observed, number int) string {
	const path = "spec.forProvider.availabilityZone"
	return cmp.Or(
		observed.String(composed.PublicSubnet(number), path),
		observed.String(composed.PrivateSubnet(number), path),
		observed.String(composed.DatabaseSubnet(number), path),
	)
}

// seenPrefix returns the range in a field of an observed subnet.
func seenPrefix(observed facts.Observed, subnet, field string, otherwise netip.Prefix) netip.Prefix {
	if p, err := netip.ParsePrefix(observed.String(subnet, "spec.forProvider."+field)); err == nil {
		return p
	}
	return otherwise
}
