package tiers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

func TestNetwork(t *testing.T) {
	runTierCases(t, map[string]tierCase{
		"VPCResolvesNames": {
			reason: "Private DNS of endpoints needs both DNS settings (NET-29).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.VPC,
			want: map[string]any{
				"cidrBlock": "10.0.0.0/16", "enableDnsSupport": true, "enableDnsHostnames": true, "region": "eu-west-1",
				".metadata.name": "shop-vpc", ".metadata.namespace": "team-a",
			},
		},
		"VPCStaysUnderTheDatabase": {
			reason: "A database that stays keeps its VPC: AWS would refuse to delete it for ever.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.VPC,
			want:   map[string]any{".spec.managementPolicies": []any{"Observe", "Create", "Update", "LateInitialize"}},
		},
		"VPCGoesWithTheStack": {
			reason: "With the policy Delete nothing stays.",
			spec:   `{"region":"eu-west-1","deletionPolicy":"Delete"}`,
			role:   role.VPC,
			want:   map[string]any{stays: false},
		},
		"PublicSubnetGivesNoAddresses": {
			reason: "Not even public subnets hand out public addresses (NET-03).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.PublicSubnet(1),
			want:   map[string]any{"mapPublicIpOnLaunch": false, "availabilityZone": "eu-west-1a", "cidrBlock": "10.0.128.0/20", stays: false},
		},
		"PrivateSubnetOfTheSecondZone": {
			reason: "Zones and ranges follow one another.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.PrivateSubnet(2),
			want:   map[string]any{"availabilityZone": "eu-west-1b", "cidrBlock": "10.0.32.0/19"},
		},
		"DatabaseSubnetStays": {
			reason: "The database stands on its subnets.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.DatabaseSubnet(2),
			want:   map[string]any{"cidrBlock": "10.0.208.0/20", stays: true},
		},
		"TwoZonesOnly": {
			reason:  "Two zones by default.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.PublicSubnet(3),
			missing: true,
		},
		"ThirdZone": {
			reason: "A third zone on request.",
			spec:   `{"region":"eu-west-1","network":{"availabilityZones":3}}`,
			role:   role.PublicSubnet(3),
			want:   map[string]any{"availabilityZone": "eu-west-1c"},
		},
		"ZonesByName": {
			reason: "us-west-1 offers accounts different zones.",
			spec:   `{"region":"us-west-1","network":{"zoneNames":["us-west-1b","us-west-1c"]}}`,
			role:   role.PrivateSubnet(1),
			want:   map[string]any{"availabilityZone": "us-west-1b"},
		},
		"SingleNATGatewayIsInTheFirstZone": {
			reason: "One NAT gateway by default.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.NATGateway(1),
			want:   map[string]any{"subnetIdRef.name": "shop-public-subnet-1", "allocationIdRef.name": "shop-nat-address-1", "connectivityType": "public"},
		},
		"NoSecondNATGateway": {
			reason:  "One NAT gateway means one.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.NATGateway(2),
			missing: true,
		},
		"SecondZoneLeavesThroughTheFirst": {
			reason: "All private subnets share the single gateway, by a reference that an edit can move.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.PrivateRoute(2),
			want:   map[string]any{"natGatewayIdRef.name": "shop-nat-gateway-1", "natGatewayIdRef.policy.resolve": "Always", "destinationCidrBlock": "0.0.0.0/0"},
		},
		"NATGatewayPerZone": {
			reason: "Each zone leaves through its own gateway.",
			spec:   `{"region":"eu-west-1","network":{"natGateways":"PerZone"}}`,
			role:   role.PrivateRoute(2),
			want:   map[string]any{"natGatewayIdRef.name": "shop-nat-gateway-2"},
		},
		"NATGatewayPerZoneOfALargeOne": {
			reason: "Who orders a large shop wants it to survive the loss of a zone.",
			spec:   `{"region":"eu-west-1","size":"large"}`,
			role:   role.PrivateRoute(2),
			want:   map[string]any{"natGatewayIdRef.name": "shop-nat-gateway-2"},
		},
		"SingleNATGatewayOfALargeOneToTry": {
			reason: "Where the database has no standby the way out needs none.",
			spec:   `{"region":"eu-west-1","size":"large","environment":"staging"}`,
			role:   role.PrivateRoute(2),
			want:   map[string]any{"natGatewayIdRef.name": "shop-nat-gateway-1"},
		},
		"SingleNATGatewayOfALargeOne": {
			reason: "Each value of a size can be set by hand.",
			spec:   `{"region":"eu-west-1","size":"xlarge","network":{"natGateways":"Single"}}`,
			role:   role.PrivateRoute(2),
			want:   map[string]any{"natGatewayIdRef.name": "shop-nat-gateway-1"},
		},
		"NoNATGatewayNoRoute": {
			reason:  "Without NAT gateways private subnets have no way out.",
			spec:    `{"region":"eu-west-1","network":{"natGateways":"None"}}`,
			role:    role.PrivateRoute(1),
			missing: true,
		},
		"IngressFromARange": {
			reason: "Whom the claim names may call the application, at the ports that it names.",
			spec:   `{"region":"eu-west-1","network":{"ingress":[{"description":"Office","port":8080,"toPort":8081,"cidrs":["10.20.0.0/16"]}]}}`,
			role:   role.Ingress(naming.Hash("App 8080-8081 10.20.0.0/16")),
			want: map[string]any{
				"securityGroupIdRef.name": "shop-app-security-group", "description": "Office", "ipProtocol": "tcp",
				"fromPort": float64(8080), "toPort": float64(8081), "cidrIpv4": "10.20.0.0/16", "referencedSecurityGroupId": absent{},
			},
		},
		"IngressFromAGroup": {
			reason: "A security group may reach the database, at its only port.",
			spec:   `{"region":"eu-west-1","network":{"ingress":[{"to":"Database","description":"Analysts","securityGroupIds":["sg-0a1b2c3d"]}]}}`,
			role:   role.Ingress(naming.Hash("Database 5433-5433 sg-0a1b2c3d")),
			want: map[string]any{
				"securityGroupIdRef.name": "shop-database-security-group", "description": "Analysts", "ipProtocol": "tcp",
				"fromPort": float64(5433), "toPort": float64(5433), "cidrIpv4": absent{}, "referencedSecurityGroupId": "sg-0a1b2c3d",
			},
		},
		"PublicRoute": {
			reason: "Public subnets reach the internet by the internet gateway.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.PublicRoute,
			want:   map[string]any{"gatewayIdRef.name": "shop-internet-gateway", "routeTableIdRef.name": "shop-public-route-table"},
		},
		"DatabaseSubnetsAreIsolated": {
			reason: "Database subnets use the table that has no route to the internet (NET-18).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.DatabaseRouteTableAssociation(1),
			want:   map[string]any{"routeTableIdRef.name": "shop-database-route-table", "subnetIdRef.name": "shop-database-subnet-1"},
		},
		"EndpointRoute": {
			reason: "Private subnets reach S3 without the internet (NET-26).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.S3EndpointPrivateRoute(2),
			want:   map[string]any{"vpcEndpointIdRef.name": "shop-s3-endpoint", "routeTableIdRef.name": "shop-private-route-table-2"},
		},
		"DefaultSecurityGroupIsEmpty": {
			reason: "Adopted without rules, the default group allows nothing (NET-01).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.DefaultSecurityGroup,
			want:   map[string]any{"vpcIdRef.name": "shop-vpc", "ingress": absent{}, "egress": absent{}},
		},
		"DefaultNetworkACLSkipsRemoteDesktop": {
			reason: "Answers need the ephemeral ports, but remote desktop lies among them (NET-14).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.DefaultNetworkACL,
			want: map[string]any{
				"defaultNetworkAclIdRef.name": "shop-vpc",
				"ingress[3].toPort":           float64(3388), "ingress[4].fromPort": float64(3390),
				"ingress[0].cidrBlock": "10.0.0.0/16", "ingress[0].protocol": "-1",
				"ingress[5].protocol": "1", "ingress[5].icmpType": float64(3), "ingress[5].icmpCode": float64(4),
				"subnetIdRefs[3].name": "shop-private-subnet-2", "subnetIdRefs[3].policy.resolve": "Always",
			},
		},
		"DatabaseNetworkACLKnowsOnePort": {
			reason: "Only the database's port gets in, from the VPC only.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.DatabaseNetworkACLRule("ingress-postgresql"),
			want: map[string]any{
				"egress": false, "fromPort": float64(5433), "toPort": float64(5433), "cidrBlock": "10.0.0.0/16",
				"protocol": "6", "ruleAction": "allow", "ruleNumber": float64(100), "networkAclIdRef.name": "shop-database-network-acl",
			},
		},
		"DatabaseFromAppOnly": {
			reason: "The database's group takes the application's group only (NET-10).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.DatabaseFromApp,
			want: map[string]any{
				"referencedSecurityGroupIdRef.name": "shop-app-security-group", "securityGroupIdRef.name": "shop-database-security-group",
				"fromPort": float64(5433), "toPort": float64(5433), "ipProtocol": "tcp", "cidrIpv4": absent{}, "description": "PostgreSQL from the application tier",
			},
		},
		"AppToS3WaitsForThePrefixList": {
			reason: "AWS makes the prefix list's ID known with the endpoint.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.AppToS3,
			waits:  true,
		},
		"AppToS3": {
			reason:   "The app tier may call S3 through the endpoint only (NET-09).",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{role.S3Endpoint: `{"status":{"atProvider":{"prefixListId":"pl-1"}}}`},
			role:     role.AppToS3,
			want:     map[string]any{"prefixListId": "pl-1", "fromPort": float64(443), "toPort": float64(443), "cidrIpv4": absent{}},
		},
		"AppEgress": {
			reason: "Each destination of the claim is a rule of its own, HTTPS only.",
			spec:   `{"region":"eu-west-1","network":{"egress":[{"cidrs":["203.0.113.0/24"]}]}}`,
			role:   role.AppEgress(naming.Hash("203.0.113.0/24")),
			want:   map[string]any{"cidrIpv4": "203.0.113.0/24", "fromPort": float64(443), "toPort": float64(443), "description": "HTTPS to 203.0.113.0/24, asked for by the claim"},
		},
		"AppEgressByIPv6": {
			reason: "A destination may be of IPv6.",
			spec:   `{"region":"eu-west-1","network":{"ipv6":true,"egress":[{"cidrs":["2001:db8::/32"]}]}}`,
			role:   role.AppEgress(naming.Hash("2001:db8::/32")),
			want:   map[string]any{"cidrIpv6": "2001:db8::/32", "cidrIpv4": absent{}, "fromPort": float64(443), "toPort": float64(443)},
		},
		"FlowLog": {
			reason: "All traffic is logged, by the minute (NET-02).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.FlowLog,
			want: map[string]any{
				"trafficType": "ALL", "maxAggregationInterval": float64(60), "vpcIdRef.name": "shop-vpc",
				"logDestinationRef.name": "shop-flow-log-group", "iamRoleArnRef.name": "shop-flow-log-role",
			},
		},
		"FlowLogGroupKeepsAYear": {
			reason: "Logs of production are kept for a year, encrypted (AUD-14, AUD-15).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.FlowLogGroup,
			want:   map[string]any{"retentionInDays": float64(365), "kmsKeyIdRef.name": "shop-logs-key", ".metadata.annotations[crossplane.io/external-name]": "/shop-" + naming.Hash("team-a", "shop") + "/vpc-flow-logs"},
		},
	})
}

func TestS3EndpointPolicy(t *testing.T) {
	s := composed(t, `{"region":"cn-north-1"}`, nil, platform())
	bucket := "arn:aws-cn:s3:::shop-" + naming.Hash("team-a", "shop") + "-assets"
	want := map[string]map[string]any{"OwnBucketOnly": {
		"Sid": "OwnBucketOnly", "Effect": "Allow", "Principal": "*",
		"Action":   []any{"s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"},
		"Resource": []any{bucket, bucket + "/*"},
	}}
	if diff := cmp.Diff(want, statements(t, s.resources[role.S3Endpoint], "policy")); diff != "" {
		t.Errorf("\nThe endpoint must lead to the stack's own bucket only (NET-27).\npolicy: -want, +got:\n%s", diff)
	}
}

func TestNetworkStatus(t *testing.T) {
	named := func(id string) string {
		return `{"metadata":{"annotations":{"crossplane.io/external-name":"` + id + `"}}}`
	}
	s := composed(t, `{"region":"eu-west-1"}`, map[string]string{
		role.VPC:               named("vpc-1"),
		role.PublicSubnet(1):   named("subnet-1"),
		role.PrivateSubnet(1):  named("subnet-2"),
		role.DatabaseSubnet(2): named("subnet-3"),
		role.AppSecurityGroup:  named("sg-1"),
		role.NATAddress(1):     `{"status":{"atProvider":{"publicIp":"192.0.2.1"}}}`,
	}, platform())
	want := v1alpha1.NetworkStatus{
		VPCID:              "vpc-1",
		CIDR:               "10.0.0.0/16",
		AvailabilityZones:  []string{"eu-west-1a", "eu-west-1b"},
		PublicSubnetIDs:    []string{"subnet-1"},
		PrivateSubnetIDs:   []string{"subnet-2"},
		DatabaseSubnetIDs:  []string{"subnet-3"},
		AppSecurityGroupID: "sg-1",
		NATGateways:        v1alpha1.NATGatewaysSingle,
		NATPublicIPs:       []string{"192.0.2.1"},
	}
	if diff := cmp.Diff(want, s.status.Network); diff != "" {
		t.Errorf("\nThe status says what an app tier attaches to, as far as it is known.\nnetwork: -want, +got:\n%s", diff)
	}
}
