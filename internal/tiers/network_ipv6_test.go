package tiers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// dualStack is a claim for IPv6, ranged what stands once AWS has given the VPC a
// range.
const dualStack = `{"region":"eu-west-1","network":{"ipv6":true}}`

var ranged = map[string]string{role.VPC: `{"status":{"atProvider":{"ipv6CidrBlock":"2001:db8:1:ab00::/56"}}}`}

func TestIPv6(t *testing.T) {
	runTierCases(t, map[string]tierCase{
		"NoneUnlessAsked": {
			reason: "A network has IPv4 only unless the claim asks for more.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.VPC,
			want:   map[string]any{"assignGeneratedIpv6CidrBlock": absent{}},
		},
		"NoGatewayUnlessAsked": {
			reason:  "What has no addresses needs no way out for them.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.EgressGateway,
			missing: true,
		},
		"VPC": {
			reason: "Amazon gives the VPC a range.",
			spec:   dualStack,
			role:   role.VPC,
			want:   map[string]any{"assignGeneratedIpv6CidrBlock": true, "cidrBlock": "10.0.0.0/16"},
		},
		"SubnetWaitsForTheRange": {
			reason: "Only AWS knows it.",
			spec:   dualStack,
			role:   role.PrivateSubnet(1),
			waits:  true,
		},
		"PrivateSubnet": {
			reason:   "What stands in it has an address of both kinds.",
			spec:     dualStack,
			observed: ranged,
			role:     role.PrivateSubnet(2),
			want:     map[string]any{"ipv6CidrBlock": "2001:db8:1:ab01::/64", "assignIpv6AddressOnCreation": true, "mapPublicIpOnLaunch": false},
		},
		"PublicSubnet": {
			reason:   "Every IPv6 address can be called from the internet there, so nothing gets one unasked.",
			spec:     dualStack,
			observed: ranged,
			role:     role.PublicSubnet(1),
			want:     map[string]any{"ipv6CidrBlock": "2001:db8:1:ab10::/64", "assignIpv6AddressOnCreation": absent{}},
		},
		"DatabaseSubnet": {
			reason: "The database stays on IPv4, and waits for nothing.",
			spec:   dualStack,
			role:   role.DatabaseSubnet(1),
			want:   map[string]any{"ipv6CidrBlock": absent{}, "assignIpv6AddressOnCreation": absent{}},
		},
		"PublicRoute": {
			reason:   "Load balancers are called, and answer.",
			spec:     dualStack,
			observed: ranged,
			role:     role.PublicIPv6Route,
			want:     map[string]any{"routeTableIdRef.name": "shop-public-route-table", "destinationIpv6CidrBlock": "::/0", "gatewayIdRef.name": "shop-internet-gateway", "destinationCidrBlock": absent{}},
		},
		"RouteWaitsForTheRange": {
			reason: "EC2 takes no route by IPv6 in a VPC that has none.",
			spec:   dualStack,
			role:   role.PrivateIPv6Route(1),
			waits:  true,
		},
		"PrivateRoute": {
			reason:   "All zones share the gateway that lets nobody in.",
			spec:     dualStack,
			observed: ranged,
			role:     role.PrivateIPv6Route(2),
			want:     map[string]any{"routeTableIdRef.name": "shop-private-route-table-2", "destinationIpv6CidrBlock": "::/0", "egressOnlyGatewayIdRef.name": "shop-egress-only-internet-gateway"},
		},
		"NoWayOut": {
			reason:  "Who wants no NAT gateway wants no way out by IPv6 either.",
			spec:    `{"region":"eu-west-1","network":{"ipv6":true,"natGateways":"None"}}`,
			role:    role.EgressGateway,
			missing: true,
		},
		"ACL": {
			reason:   "What holds for IPv4 holds for IPv6: no remote desktop, and path MTU discovery by its own message (NET-14).",
			spec:     dualStack,
			observed: ranged,
			role:     role.DefaultNetworkACL,
			want: map[string]any{
				"ingress[5].cidrBlock": "0.0.0.0/0", "ingress[5].ipv6CidrBlock": absent{},
				"ingress[6].ipv6CidrBlock": "2001:db8:1:ab00::/56", "ingress[6].cidrBlock": absent{}, "ingress[6].protocol": "-1", "ingress[6].ruleNo": float64(600),
				"ingress[9].ipv6CidrBlock": "::/0", "ingress[9].toPort": float64(3388), "ingress[10].fromPort": float64(3390),
				"ingress[11].protocol": "58", "ingress[11].icmpType": float64(2), "ingress[11].icmpCode": float64(0), "ingress[12]": absent{},
				"egress[9].protocol": "58", "egress[10]": absent{},
			},
		},
		"ACLWaitsForTheRange": {
			reason: "It lets the VPC's own addresses pass.",
			spec:   dualStack,
			role:   role.DefaultNetworkACL,
			waits:  true,
		},
	})
	if diff := cmp.Diff("2001:db8:1:ab00::/56", composed(t, dualStack, ranged, platform()).status.Network.IPv6CIDR); diff != "" {
		t.Errorf("\nThe status tells the range.\nipv6Cidr: -want, +got:\n%s", diff)
	}
}
