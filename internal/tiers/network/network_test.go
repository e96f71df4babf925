package network_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestNetwork(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"VPCResolvesNames": {
			Reason:   "Private DNS of endpoints needs both DNS settings (NET-29).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.VPC,
			Want: map[string]any{
				"cidrBlock": "10.0.0.0/16", "enableDnsSupport": true, "enableDnsHostnames": true, "region": "eu-west-1",
				".metadata.name": "shop-vpc", ".metadata.namespace": "team-a",
			},
		},
		"VPCStaysUnderTheDatabase": {
			Reason:   "A database that stays keeps its VPC: AWS would refuse to delete it for ever.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.VPC,
			Want:     map[string]any{".spec.managementPolicies": []any{"Observe", "Create", "Update", "LateInitialize"}},
		},
		"VPCGoesWithTheStack": {
			Reason:   "With the policy Delete nothing stays.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Delete"}`,
			Resource: composed.VPC,
			Want:     map[string]any{tiertest.Stays: false},
		},
		"PublicSubnetGivesNoAddresses": {
			Reason:   "Not even public subnets hand out public addresses (NET-03).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.PublicSubnet(1),
			Want:     map[string]any{"mapPublicIpOnLaunch": false, "availabilityZone": "eu-west-1a", "cidrBlock": "10.0.128.0/20", tiertest.Stays: false},
		},
		"PrivateSubnetOfTheSecondZone": {
			Reason:   "Zones and ranges follow one another.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.PrivateSubnet(2),
			Want:     map[string]any{"availabilityZone": "eu-west-1b", "cidrBlock": "10.0.32.0/19"},
		},
		"DatabaseSubnetStays": {
			Reason:   "The database stands on its subnets.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.DatabaseSubnet(2),
			Want:     map[string]any{"cidrBlock": "10.0.208.0/20", tiertest.Stays: true},
		},
		"TwoZonesOnly": {
			Reason:   "Two zones by default.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.PublicSubnet(3),
			Missing:  true,
		},
		"ThirdZone": {
			Reason:   "A third zone on request.",
			Spec:     `{"region":"eu-west-1","network":{"availabilityZones":3}}`,
			Resource: composed.PublicSubnet(3),
			Want:     map[string]any{"availabilityZone": "eu-west-1c"},
		},
		"ZonesByName": {
			Reason:   "us-west-1 offers accounts different zones.",
			Spec:     `{"region":"us-west-1","network":{"zoneNames":["us-west-1b","us-west-1c"]}}`,
			Resource: composed.PrivateSubnet(1),
			Want:     map[string]any{"availabilityZone": "us-west-1b"},
		},
		"SingleNATGatewayIsInTheFirstZone": {
			Reason:   "One NAT gateway by default.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.NATGateway(1),
			Want:     map[string]any{"subnetIdRef.name": "shop-public-subnet-1", "allocationIdRef.name": "shop-nat-address-1", "connectivityType": "public"},
		},
		"NoSecondNATGateway": {
			Reason:   "One NAT gateway means one.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.NATGateway(2),
			Missing:  true,
		},
		"SecondZoneLeavesThroughTheFirst": {
			Reason:   "All private subnets share the single gateway, by a reference that an edit can move.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.PrivateRoute(2),
			Want:     map[string]any{"natGatewayIdRef.name": "shop-nat-gateway-1", "natGatewayIdRef.policy.resolve": "Always", "destinationCidrBlock": "0.0.0.0/0"},
		},
		"NATGatewayPerZone": {
			Reason:   "Each zone leaves through its own gateway.",
			Spec:     `{"region":"eu-west-1","network":{"natGateways":"PerZone"}}`,
			Resource: composed.PrivateRoute(2),
			Want:     map[string]any{"natGatewayIdRef.name": "shop-nat-gateway-2"},
		},
		"NATGatewayPerZoneOfALargeOne": {
			Reason:   "Who orders a large shop wants it to survive the loss of a zone.",
			Spec:     `{"region":"eu-west-1","size":"large"}`,
			Resource: composed.PrivateRoute(2),
			Want:     map[string]any{"natGatewayIdRef.name": "shop-nat-gateway-2"},
		},
		"SingleNATGatewayOfALargeOneToTry": {
			Reason:   "Where the database has no standby the way out needs none.",
			Spec:     `{"region":"eu-west-1","size":"large","environment":"staging"}`,
			Resource: composed.PrivateRoute(2),
			Want:     map[string]any{"natGatewayIdRef.name": "shop-nat-gateway-1"},
		},
		"SingleNATGatewayOfALargeOne": {
			Reason:   "Each value of a size can be set by hand.",
			Spec:     `{"region":"eu-west-1","size":"xlarge","network":{"natGateways":"Single"}}`,
			Resource: composed.PrivateRoute(2),
			Want:     map[string]any{"natGatewayIdRef.name": "shop-nat-gateway-1"},
		},
		"NoNATGatewayNoRoute": {
			Reason:   "Without NAT gateways private subnets have no way out.",
			Spec:     `{"region":"eu-west-1","network":{"natGateways":"None"}}`,
			Resource: composed.PrivateRoute(1),
			Missing:  true,
		},
		"IngressFromARange": {
			Reason:   "Whom the claim names may call the application, at the ports that it names.",
			Spec:     `{"region":"eu-west-1","network":{"ingress":[{"description":"Office","port":8080,"toPort":8081,"cidrs":["10.20.0.0/16"]}]}}`,
			Resource: composed.Ingress(naming.Hash("App 8080-8081 10.20.0.0/16")),
			Want: map[string]any{
				"securityGroupIdRef.name": "shop-app-security-group", "description": "Office", "ipProtocol": "tcp",
				"fromPort": float64(8080), "toPort": float64(8081), "cidrIpv4": "10.20.0.0/16", "referencedSecurityGroupId": tiertest.Absent{},
			},
		},
		"IngressFromAGroup": {
			Reason:   "A security group may reach the database, at its only port.",
			Spec:     `{"region":"eu-west-1","network":{"ingress":[{"to":"Database","description":"Analysts","securityGroupIds":["sg-0a1b2c3d"]}]}}`,
			Resource: composed.Ingress(naming.Hash("Database 5433-5433 sg-0a1b2c3d")),
			Want: map[string]any{
				"securityGroupIdRef.name": "shop-database-security-group", "description": "Analysts", "ipProtocol": "tcp",
				"fromPort": float64(5433), "toPort": float64(5433), "cidrIpv4": tiertest.Absent{}, "referencedSecurityGroupId": "sg-0a1b2c3d",
			},
		},
		"PublicRoute": {
			Reason:   "Public subnets reach the internet by the internet gateway.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.PublicRoute,
			Want:     map[string]any{"gatewayIdRef.name": "shop-internet-gateway", "routeTableIdRef.name": "shop-public-route-table"},
		},
		"DatabaseSubnetsAreIsolated": {
			Reason:   "Database subnets use the table that has no route to the internet (NET-18).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.DatabaseRouteTableAssociation(1),
			Want:     map[string]any{"routeTableIdRef.name": "shop-database-route-table", "subnetIdRef.name": "shop-database-subnet-1"},
		},
		"EndpointRoute": {
			Reason:   "Private subnets reach S3 without the internet (NET-26).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.S3EndpointPrivateRoute(2),
			Want:     map[string]any{"vpcEndpointIdRef.name": "shop-s3-endpoint", "routeTableIdRef.name": "shop-private-route-table-2"},
		},
		"DefaultSecurityGroupIsEmpty": {
			Reason:   "Adopted without rules, the default group allows nothing (NET-01).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.DefaultSecurityGroup,
			Want:     map[string]any{"vpcIdRef.name": "shop-vpc", "ingress": tiertest.Absent{}, "egress": tiertest.Absent{}},
		},
		"DefaultNetworkACLSkipsRemoteDesktop": {
			Reason:   "Answers need the ephemeral ports, but remote desktop lies among them (NET-14).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.DefaultNetworkACL,
			Want: map[string]any{
				"defaultNetworkAclIdRef.name": "shop-vpc",
				"ingress[3].toPort":           float64(3388), "ingress[4].fromPort": float64(3390),
				"ingress[0].cidrBlock": "10.0.0.0/16", "ingress[0].protocol": "-1",
				"ingress[5].protocol": "1", "ingress[5].icmpType": float64(3), "ingress[5].icmpCode": float64(4),
				"subnetIdRefs[3].name": "shop-private-subnet-2", "subnetIdRefs[3].policy.resolve": "Always",
			},
		},
		"DatabaseNetworkACLKnowsOnePort": {
			Reason:   "Only the database's port gets in, from the VPC only.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.DatabaseNetworkACLRule("ingress-postgresql"),
			Want: map[string]any{
				"egress": false, "fromPort": float64(5433), "toPort": float64(5433), "cidrBlock": "10.0.0.0/16",
				"protocol": "6", "ruleAction": "allow", "ruleNumber": float64(100), "networkAclIdRef.name": "shop-database-network-acl",
			},
		},
		"DatabaseFromAppOnly": {
			Reason:   "The database's group takes the application's group only (NET-10).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.DatabaseFromApp,
			Want: map[string]any{
				"referencedSecurityGroupIdRef.name": "shop-app-security-group", "securityGroupIdRef.name": "shop-database-security-group",
				"fromPort": float64(5433), "toPort": float64(5433), "ipProtocol": "tcp", "cidrIpv4": tiertest.Absent{}, "description": "PostgreSQL from the application tier",
			},
		},
		"AppToS3WaitsForThePrefixList": {
			Reason:   "AWS makes the prefix list's ID known with the endpoint.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.AppToS3,
			Waits:    true,
		},
		"AppToS3": {
			Reason:   "The app tier may call S3 through the endpoint only (NET-09).",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.S3Endpoint: `{"status":{"atProvider":{"prefixListId":"pl-1"}}}`},
			Resource: composed.AppToS3,
			Want:     map[string]any{"prefixListId": "pl-1", "fromPort": float64(443), "toPort": float64(443), "cidrIpv4": tiertest.Absent{}},
		},
		"AppEgress": {
			Reason:   "Each destination of the claim is a rule of its own, HTTPS only.",
			Spec:     `{"region":"eu-west-1","network":{"egress":[{"cidrs":["203.0.113.0/24"]}]}}`,
			Resource: composed.AppEgress(naming.Hash("203.0.113.0/24")),
			Want:     map[string]any{"cidrIpv4": "203.0.113.0/24", "fromPort": float64(443), "toPort": float64(443), "description": "HTTPS to 203.0.113.0/24, allowed by the claim"},
		},
		"AppEgressByIPv6": {
			Reason:   "A destination may be of IPv6.",
			Spec:     `{"region":"eu-west-1","network":{"ipv6":true,"egress":[{"cidrs":["2001:db8::/32"]}]}}`,
			Resource: composed.AppEgress(naming.Hash("2001:db8::/32")),
			Want:     map[string]any{"cidrIpv6": "2001:db8::/32", "cidrIpv4": tiertest.Absent{}, "fromPort": float64(443), "toPort": float64(443)},
		},
		"FlowLog": {
			Reason:   "All traffic is logged, by the minute (NET-02).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.FlowLog,
			Want: map[string]any{
				"trafficType": "ALL", "maxAggregationInterval": float64(60), "vpcIdRef.name": "shop-vpc",
				"logDestinationRef.name": "shop-flow-log-group", "iamRoleArnRef.name": "shop-flow-log-role",
			},
		},
		"FlowLogGroupKeepsAYear": {
			Reason:   "Logs of production are kept for a year, encrypted (AUD-14, AUD-15).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.FlowLogGroup,
			Want:     map[string]any{"retentionInDays": float64(365), "kmsKeyIdRef.name": "shop-logs-key", ".metadata.annotations[crossplane.io/external-name]": "/shop-" + naming.Hash("team-a", "shop") + "/vpc-flow-logs"},
		},
	})
}

func TestS3EndpointOfUploads(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1","uploads":{}}`, nil, tiertest.Platform())
	bucket := "arn:aws:s3:::" + tiertest.Prefix + "-uploads"
	want := map[string]any{
		"Sid": "OwnUploads", "Effect": "Allow", "Principal": "*",
		"Action":   []any{"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket", "s3:ListMultipartUploadParts", "s3:PutObject"},
		"Resource": []any{bucket, bucket + "/*"},
	}
	if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[composed.S3Endpoint], "policy")["OwnUploads"]); diff != "" {
		t.Errorf("\nThe application stores uploads through the endpoint.\npolicy: -want, +got:\n%s", diff)
	}
}

func TestS3EndpointPolicy(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"cn-north-1"}`, nil, tiertest.Platform())
	bucket := "arn:aws-cn:s3:::shop-" + naming.Hash("team-a", "shop") + "-assets"
	want := map[string]map[string]any{"OwnBucketOnly": {
		"Sid": "OwnBucketOnly", "Effect": "Allow", "Principal": "*",
		"Action":   []any{"s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"},
		"Resource": []any{bucket, bucket + "/*"},
	}}
	if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[composed.S3Endpoint], "policy")); diff != "" {
		t.Errorf("\nThe endpoint must lead to the stack's own bucket only (NET-27).\npolicy: -want, +got:\n%s", diff)
	}
}

func TestNetworkStatus(t *testing.T) {
	named := func(id string) string {
		return `{"metadata":{"annotations":{"crossplane.io/external-name":"` + id + `"}}}`
	}
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, map[string]string{
		composed.VPC:               named("vpc-1"),
		composed.PublicSubnet(1):   named("subnet-1"),
		composed.PrivateSubnet(1):  named("subnet-2"),
		composed.DatabaseSubnet(2): named("subnet-3"),
		composed.AppSecurityGroup:  named("sg-1"),
		composed.NATAddress(1):     `{"status":{"atProvider":{"publicIp":"192.0.2.1"}}}`,
	}, tiertest.Platform())
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
	if diff := cmp.Diff(want, s.Status.Network); diff != "" {
		t.Errorf("\nThe status says what an app tier attaches to, as far as it is known.\nnetwork: -want, +got:\n%s", diff)
	}
}
