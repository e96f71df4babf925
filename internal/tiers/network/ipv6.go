package network

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// composeIPv6Routes adds IPv6 routes: for public subnets in both directions, and
// for private ones outbound only (AWS documentation, "Enable outbound IPv6 traffic
// using an egress-only internet gateway"). One gateway serves all zones, because it
// does not belong to a zone. Database subnets have no IPv6 and no route out.
func composeIPv6Routes(s *settings.Settings, set *desired.Set) {
	if !s.Network.IPv6 {
		return
	}
	needs := desired.Needs(s.Network.AwaitIPv6()...)
	set.Add(composed.PublicIPv6Route, &ec2.Route{Spec: ec2.RouteSpec{ForProvider: ec2.RouteParameters_2{
		RouteTableIDRef:          set.Ref(composed.PublicRouteTable),
		DestinationIPv6CidrBlock: new(anywhereIPv6),
		GatewayIDRef:             set.Ref(composed.InternetGateway),
	}}}, needs)
	if s.Network.NAT == v1alpha1.NATGatewaysNone {
		return
	}
	set.Add(composed.EgressGateway, &ec2.EgressOnlyInternetGateway{Spec: ec2.EgressOnlyInternetGatewaySpec{ForProvider: ec2.EgressOnlyInternetGatewayParameters{
		VPCIDRef: set.Ref(composed.VPC),
	}}})
	for _, z := range s.Network.Zones {
		set.Add(composed.PrivateIPv6Route(z.Number), &ec2.Route{Spec: ec2.RouteSpec{ForProvider: ec2.RouteParameters_2{
			RouteTableIDRef:          set.Ref(composed.PrivateRouteTable(z.Number)),
			DestinationIPv6CidrBlock: new(anywhereIPv6),
			EgressOnlyGatewayIDRef:   set.Ref(composed.EgressGateway),
		}}}, needs)
	}
}
