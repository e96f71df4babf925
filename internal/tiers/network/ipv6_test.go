package network_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// dualStack is a claim with IPv6. ranged contains its VPC with a range from AWS.
const dualStack = `{"region":"eu-west-1","network":{"ipv6":true}}`

var ranged = map[string]string{composed.VPC: `{"status":{"atProvider":{"ipv6CidrBlock":"2001:db8:1:ab00::/56"}}}`}

func TestIPv6(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoneUnlessAsked": {
			Reason:   "A network has IPv4 only unless the claim asks for more.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.VPC,
			Want:     map[string]any{"assignGeneratedIpv6CidrBlock": tiertest.Absent{}},
		},
		"NoGatewayUnlessAsked": {
			Reason:   "What has no addresses needs no way out for them.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.EgressGateway,
			Missing:  true,
		},
		"VPC": {
			Reason:   "Amazon gives the VPC a range.",
			Spec:     dualStack,
			Resource: composed.VPC,
			Want:     map[string]any{"assignGeneratedIpv6CidrBlock": true, "cidrBlock": "10.0.0.0/16"},
		},
		"SubnetWaitsForTheRange": {
			Reason:   "Only AWS knows it.",
			Spec:     dualStack,
			Resource: composed.PrivateSubnet(1),
			Waits:    true,
		},
		"PrivateSubnet": {
			Reason:   "What stands in it has an address of both kinds.",
			Spec:     dualStack,
			Observed: ranged,
			Resource: composed.PrivateSubnet(2),
			Want:     map[string]any{"ipv6CidrBlock": "2001:db8:1:ab01::/64", "assignIpv6AddressOnCreation": true, "mapPublicIpOnLaunch": false},
		},
		"PublicSubnet": {
			Reason:   "Every IPv6 address can be called from the internet there, so nothing gets one unasked.",
			Spec:     dualStack,
			Observed: ranged,
			Resource: composed.PublicSubnet(1),
			Want:     map[string]any{"ipv6CidrBlock": "2001:db8:1:ab10::/64", "assignIpv6AddressOnCreation": tiertest.Absent{}},
		},
		"DatabaseSubnet": {
			Reason:   "The database stays on IPv4, and waits for nothing.",
			Spec:     dualStack,
			Resource: composed.DatabaseSubnet(1),
			Want:     map[string]any{"ipv6CidrBlock": tiertest.Absent{}, "assignIpv6AddressOnCreation": tiertest.Absent{}},
		},
		"PublicRoute": {
			Reason:   "Load balancers are called, and answer.",
			Spec:     dualStack,
			Observed: ranged,
			Resource: composed.PublicIPv6Route,
			Want:     map[string]any{"routeTableIdRef.name": "shop-public-route-table", "destinationIpv6CidrBlock": "::/0", "gatewayIdRef.name": "shop-internet-gateway", "destinationCidrBlock": tiertest.Absent{}},
		},
		"RouteWaitsForTheRange": {
			Reason:   "EC2 takes no route by IPv6 in a VPC that has none.",
			Spec:     dualStack,
			Resource: composed.PrivateIPv6Route(1),
			Waits:    true,
		},
		"PrivateRoute": {
			Reason:   "All zones share the gateway that lets nobody in.",
			Spec:     dualStack,
			Observed: ranged,
			Resource: composed.PrivateIPv6Route(2),
			Want:     map[string]any{"routeTableIdRef.name": "shop-private-route-table-2", "destinationIpv6CidrBlock": "::/0", "egressOnlyGatewayIdRef.name": "shop-egress-only-internet-gateway"},
		},
		"NoWayOut": {
			Reason:   "Who wants no NAT gateway wants no way out by IPv6 either.",
			Spec:     `{"region":"eu-west-1","network":{"ipv6":true,"natGateways":"None"}}`,
			Resource: composed.EgressGateway,
			Missing:  true,
		},
		"ACL": {
			Reason:   "What holds for IPv4 holds for IPv6: no remote desktop, and path MTU discovery by its own message (NET-14).",
			Spec:     dualStack,
			Observed: ranged,
			Resource: composed.DefaultNetworkACL,
			Want: map[string]any{
				"ingress[5].cidrBlock": "0.0.0.0/0", "ingress[5].ipv6CidrBlock": tiertest.Absent{},
				"ingress[6].ipv6CidrBlock": "2001:db8:1:ab00::/56", "ingress[6].cidrBlock": tiertest.Absent{}, "ingress[6].protocol": "-1", "ingress[6].ruleNo": float64(600),
				"ingress[9].ipv6CidrBlock": "::/0", "ingress[9].toPort": float64(3388), "ingress[10].fromPort": float64(3390),
				"ingress[11].protocol": "58", "ingress[11].icmpType": float64(2), "ingress[11].icmpCode": float64(0), "ingress[12]": tiertest.Absent{},
				"egress[9].protocol": "58", "egress[10]": tiertest.Absent{},
			},
		},
		"ACLWaitsForTheRange": {
			Reason:   "It lets the VPC's own addresses pass.",
			Spec:     dualStack,
			Resource: composed.DefaultNetworkACL,
			Waits:    true,
		},
	})
	if diff := cmp.Diff("2001:db8:1:ab00::/56", tiertest.Composed(t, dualStack, ranged, tiertest.Platform()).Status.Network.IPv6CIDR); diff != "" {
		t.Errorf("\nThe status tells the range.\nipv6Cidr: -want, +got:\n%s", diff)
	}
}
