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

// Network is the address plan.
type Network struct {
	CIDR  netip.Prefix
	Zones []Zone
	NAT   v1alpha1.NATGateways
	// Egress is where the app tier may call.
	Egress []Egress
	// OpenPorts is what the network ACL lets out for it.
	OpenPorts []Ports
	// IPv6 is whether there is IPv6 beside.
	IPv6 bool
	// IPv6CIDR is the range that AWS gives the VPC, which only AWS knows.
	IPv6CIDR facts.Fact
	// Ingress is who else may call the application and the database.
	Ingress []Ingress
	// Endpoints is the services that are reached through interface endpoints.
	Endpoints []string
	// EndpointBuckets is further buckets that the S3 endpoint lets through.
	EndpointBuckets []string
	// ResolvedDomains is the only names that are resolved, beside AWS's own; all are
	// if there are none. A network firewall knows names by itself.
	ResolvedDomains []string
	// Firewall is nil where there is none.
	Firewall *Firewall
	// Existing is the network that the stack attaches to, nil where it makes its
	// own. Then there are neither zones nor gateways.
	Existing *v1alpha1.ExistingNetwork
}

// AwaitIPv6 is what a resource needs to know that has IPv6 if the network has.
func (n Network) AwaitIPv6() []facts.Fact {
	if !n.IPv6 {
		return nil
	}
	return []facts.Fact{n.IPv6CIDR}
}

// Firewall is the network firewall.
type Firewall struct {
	// CIDR is the range that its subnets share, one for each zone.
	CIDR netip.Prefix
	// Subnets is the range of its subnet in each zone, in their order.
	Subnets []netip.Prefix
	// AllowedDomains is the only names that may be called; all may if there are
	// none.
	AllowedDomains []string
	// Protected is whether it can be neither deleted nor changed in its zones.
	Protected bool
}

// Zone is an availability zone and its three subnets.
type Zone struct {
	// Number counts from 1.
	Number                    int
	Name                      string
	Public, Private, Database netip.Prefix
	// PublicIPv6 and PrivateIPv6 are not valid without IPv6, and as long as the
	// VPC's range is not known.
	PublicIPv6, PrivateIPv6 netip.Prefix
}

// MaxZones is how many zones a stack can have.
const MaxZones = cidr.MaxZones

// gateways is how private subnets reach the internet unless the claim says it.
// Only what has a standby database is to survive the loss of a zone.
func gateways(spec v1alpha1.SecureEcommerceSpec) v1alpha1.NATGateways {
	if !byEnvironment[spec.Environment].multiAZ {
		return v1alpha1.NATGatewaysSingle
	}
	return bySize[spec.Size].nat
}

// network lays out the subnets. Zones in use stay, with the ranges that they
// have.
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
			return n, claim.InvalidError{field.Invalid(field.NewPath("spec", "network", "availabilityZones"), count,
				fmt.Sprintf("%s has the zones %s: set at most %d, or name others in network.zoneNames", region, strings.Join(available, ", "), len(available)))}
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

// zoneNames is the zones in use and, for each further one, the first available
// one that is not in use yet: two subnets in one zone would not survive its
// loss. A name is empty where there is none left.
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

// zonesInUse is the number of the last zone with an observed subnet.
func zonesInUse(observed facts.Observed) int {
	used := 0
	for i := 1; i <= cidr.MaxZones; i++ {
		if observed.Has(composed.PublicSubnet(i)) || observed.Has(composed.PrivateSubnet(i)) || observed.Has(composed.DatabaseSubnet(i)) {
			used = i
		}
	}
	return used
}

// seenZone is the name of the zone that the observed subnets of a number are in.
func seenZone(observed facts.Observed, number int) string {
	const path = "spec.forProvider.availabilityZone"
	return cmp.Or(
		observed.String(composed.PublicSubnet(number), path),
		observed.String(composed.PrivateSubnet(number), path),
		observed.String(composed.DatabaseSubnet(number), path),
	)
}

// seenPrefix is the range in a field of an observed subnet.
func seenPrefix(observed facts.Observed, subnet, field string, otherwise netip.Prefix) netip.Prefix {
	if p, err := netip.ParsePrefix(observed.String(subnet, "spec.forProvider."+field)); err == nil {
		return p
	}
	return otherwise
}
