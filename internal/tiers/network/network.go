package network

import (
	"net/netip"
	"slices"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// All IPv4 and all IPv6 addresses.
const anywhereIPv6 = "::/0"

// composeNetwork adds the VPC with public, private and isolated database subnets,
// and their routes. In an existing network, it only adds the stack's security
// groups.
func composeNetwork(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	composeSecurityGroups(s, observed, set)
	if s.Network.Existing != nil {
		return
	}
	set.Add(composed.VPC, &ec2.VPC{Spec: ec2.VPCSpec{ForProvider: ec2.VPCParameters_2{
		CidrBlock:          new(s.Network.CIDR.String()),
		EnableDNSHostnames: new(true),
		EnableDNSSupport:   new(true),
		InstanceTenancy:    new("default"),

		AssignGeneratedIPv6CidrBlock: kit.Nonzero(s.Network.IPv6),
	}}}, desired.Keep(s.Keep.Network))
	set.Add(composed.InternetGateway, &ec2.InternetGateway{Spec: ec2.InternetGatewaySpec{ForProvider: ec2.InternetGatewayParameters_2{
		VPCIDRef: set.Ref(composed.VPC),
	}}})
	composePublicRoutes(set)
	for _, z := range s.Network.Zones {
		composeSubnets(s, z, set)
		composeZoneRoutes(s, z, observed, set)
	}
	composeSharedRoutes(set)
	composeIPv6Routes(s, set)
	composeFirewall(s, observed, set)
	composeDNSFirewall(s, observed, set)
	composeS3Endpoint(s, set)
	composeEndpoints(s, observed, set)
	composeNetworkACLs(s, set)
	closeDefaultGroup(set)
	composeFlowLog(s, set)
}

// composeSubnets adds a zone's subnets. None of them assigns public IPv4 addresses:
// load balancers and NAT gateways have their own. Private subnets assign IPv6
// addresses, which the internet cannot reach there.
func composeSubnets(s *settings.Settings, z settings.Zone, set *desired.Set) {
	for _, subnet := range []struct {
		resourceName string
		cidr         string
		ipv6         netip.Prefix
		// assign reports whether resources in it get an IPv6 address automatically.
		assign bool
		keep   bool
		needs  []facts.Fact
	}{
		{resourceName: composed.PublicSubnet(z.Number), cidr: z.Public.String(), ipv6: z.PublicIPv6, needs: s.Network.AwaitIPv6()},
		{resourceName: composed.PrivateSubnet(z.Number), cidr: z.Private.String(), ipv6: z.PrivateIPv6, assign: s.Network.IPv6, needs: s.Network.AwaitIPv6()},
		{resourceName: composed.DatabaseSubnet(z.Number), cidr: z.Database.String(), keep: s.Keep.Network},
	} {
		p := ec2.SubnetParameters_2{
			VPCIDRef:                    set.Ref(composed.VPC),
			AvailabilityZone:            new(z.Name),
			CidrBlock:                   new(subnet.cidr),
			MapPublicIPOnLaunch:         new(false),
			AssignIPv6AddressOnCreation: kit.Nonzero(subnet.assign),
		}
		if subnet.ipv6.IsValid() {
			p.IPv6CidrBlock = new(subnet.ipv6.String())
		}
		set.Add(subnet.resourceName, &ec2.Subnet{Spec: ec2.SubnetSpec{ForProvider: p}}, desired.Needs(subnet.needs...), desired.Keep(subnet.keep))
	}
}

func composePublicRoutes(set *desired.Set) {
	set.Add(composed.PublicRouteTable, routeTable(set))
	set.Add(composed.PublicRoute, &ec2.Route{Spec: ec2.RouteSpec{ForProvider: ec2.RouteParameters_2{
		RouteTableIDRef:      set.Ref(composed.PublicRouteTable),
		DestinationCidrBlock: new(kit.Anywhere),
		GatewayIDRef:         set.Ref(composed.InternetGateway),
	}}})
}

// composeZoneRoutes adds a zone's route tables and its NAT gateway, if any. A
// single NAT gateway is in the first zone.
func composeZoneRoutes(s *settings.Settings, z settings.Zone, observed facts.Observed, set *desired.Set) {
	n := z.Number
	associate(set, composed.PublicRouteTableAssociation(n), composed.PublicSubnet(n), set.LiveRef(publicRouteTable(s, z, observed)))
	set.Add(composed.PrivateRouteTable(n), routeTable(set))
	associate(set, composed.PrivateRouteTableAssociation(n), composed.PrivateSubnet(n), set.Ref(composed.PrivateRouteTable(n)))
	associate(set, composed.DatabaseRouteTableAssociation(n), composed.DatabaseSubnet(n), set.Ref(composed.DatabaseRouteTable))

	gateway := n
	switch s.Network.NAT {
	case v1alpha1.NATGatewaysNone:
		return
	case v1alpha1.NATGatewaysSingle:
		gateway = 1
	case v1alpha1.NATGatewaysPerZone:
	}
	if gateway == n {
		composeNATGateway(n, set)
	}
	set.Add(composed.PrivateRoute(n), &ec2.Route{Spec: ec2.RouteSpec{ForProvider: ec2.RouteParameters_2{
		RouteTableIDRef:      set.Ref(composed.PrivateRouteTable(n)),
		DestinationCidrBlock: new(kit.Anywhere),
		NATGatewayIDRef:      set.LiveRef(composed.NATGateway(gateway)),
	}}})
}

func composeNATGateway(zone int, set *desired.Set) {
	set.Add(composed.NATAddress(zone), &ec2.EIP{Spec: ec2.EIPSpec{ForProvider: ec2.EIPParameters{
		Domain: new("vpc"),
	}}})
	set.Add(composed.NATGateway(zone), &ec2.NATGateway{Spec: ec2.NATGatewaySpec{ForProvider: ec2.NATGatewayParameters_2{
		AllocationIDRef:  set.Ref(composed.NATAddress(zone)),
		SubnetIDRef:      set.Ref(composed.PublicSubnet(zone)),
		ConnectivityType: new("public"),
	}}})
}

// composeSharedRoutes adds a common route table for all database subnets without a
// route to the internet. It also removes the routes of the VPC's main route table,
// which is used by subnets without an explicit table.
func composeSharedRoutes(set *desired.Set) {
	set.Add(composed.DatabaseRouteTable, routeTable(set))
	set.Add(composed.DefaultRouteTable, &ec2.DefaultRouteTable{Spec: ec2.DefaultRouteTableSpec{ForProvider: ec2.DefaultRouteTableParameters{
		DefaultRouteTableIDRef: set.Ref(composed.VPC),
	}}})
}

// routeTable returns a table without inline routes, because each route is a
// resource.
func routeTable(set *desired.Set) *ec2.RouteTable {
	return &ec2.RouteTable{Spec: ec2.RouteTableSpec{ForProvider: ec2.RouteTableParameters_2{VPCIDRef: set.Ref(composed.VPC)}}}
}

func associate(set *desired.Set, association, subnet string, table *xpv1.NamespacedReference) {
	set.Add(association, &ec2.RouteTableAssociation{Spec: ec2.RouteTableAssociationSpec{ForProvider: ec2.RouteTableAssociationParameters{
		SubnetIDRef:     set.Ref(subnet),
		RouteTableIDRef: table,
	}}})
}

// composeS3Endpoint adds the gateway endpoint of S3, which is free and avoids the
// internet. Its policy allows only the required buckets, so that data cannot be
// copied elsewhere through it.
func composeS3Endpoint(s *settings.Settings, set *desired.Set) {
	statements, needs := throughS3Endpoint(s)
	set.Add(composed.S3Endpoint, &ec2.VPCEndpoint{Spec: ec2.VPCEndpointSpec{ForProvider: ec2.VPCEndpointParameters_2{
		VPCIDRef:        set.Ref(composed.VPC),
		ServiceName:     new("com.amazonaws." + s.Region + ".s3"),
		VPCEndpointType: new("Gateway"),
		Policy:          new(policy.Document{Statements: statements}.JSON()),
	}}}, desired.Needs(needs...))
	tables := map[string]string{composed.S3EndpointDatabaseRoute: composed.DatabaseRouteTable}
	for _, z := range s.Network.Zones {
		tables[composed.S3EndpointPrivateRoute(z.Number)] = composed.PrivateRouteTable(z.Number)
	}
	for association, table := range tables {
		set.Add(association, &ec2.VPCEndpointRouteTableAssociation{Spec: ec2.VPCEndpointRouteTableAssociationSpec{ForProvider: ec2.VPCEndpointRouteTableAssociationParameters{
			VPCEndpointIDRef: set.Ref(composed.S3Endpoint),
			RouteTableIDRef:  set.Ref(table),
		}}})
	}
}

// respondThroughEndpoint allows the responses' function, if it is in the VPC, to
// read and restore the settings of the stack's buckets.
func respondThroughEndpoint(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "Respond",
		Effect:    policy.Allow,
		Principal: policy.Everyone(),
		Actions:   []string{"s3:GetBucketPolicy", "s3:GetBucketPublicAccessBlock", "s3:GetBucketTagging", "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock"},
		Resources: kit.BucketARNs(s),
		Condition: policy.Condition{"ArnEquals": {"aws:PrincipalArn": {kit.ResponsesRoleARN(s)}}},
	}
}

// throughS3Endpoint returns the statements of the S3 endpoint's policy, and the
// facts that they need.
func throughS3Endpoint(s *settings.Settings) ([]policy.Statement, []facts.Fact) {
	bucket := s.Partition.ARN("s3", "", "", s.Names.AssetsBucket)
	statements := []policy.Statement{{
		Sid:       "OwnBucketOnly",
		Effect:    policy.Allow,
		Principal: policy.Everyone(),
		Actions:   []string{"s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"},
		Resources: []string{bucket, bucket + "/*"},
	}}
	if s.Uploads != nil {
		statements = append(statements, policy.Statement{
			Sid:       "OwnUploads",
			Effect:    policy.Allow,
			Principal: policy.Everyone(),
			Actions:   []string{"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket", "s3:ListMultipartUploadParts", "s3:PutObject"},
			Resources: []string{kit.UploadsARN(s), kit.UploadsARN(s) + "/*"},
		})
	}
	if layers := imageLayers(s); len(layers) > 0 {
		statements = append(statements, policy.Statement{
			Sid:       "ReadImageLayers",
			Effect:    policy.Allow,
			Principal: policy.Everyone(),
			Actions:   []string{"s3:GetObject"},
			Resources: layers,
		})
	}
	if buckets := s.Network.EndpointBuckets; len(buckets) > 0 {
		statements = append(statements, namedBuckets(s, buckets))
	}
	if s.Responses.InVPC {
		return append(statements, respondThroughEndpoint(s)), []facts.Fact{s.Account}
	}
	return statements, nil
}

// namedBuckets returns statements for other buckets in the claim. The policies of
// these buckets restrict access.
func namedBuckets(s *settings.Settings, buckets []string) policy.Statement {
	var arns []string
	for _, b := range buckets {
		arn := s.Partition.ARN("s3", "", "", b)
		arns = append(arns, arn, arn+"/*")
	}
	return policy.Statement{
		Sid:       "NamedBuckets",
		Effect:    policy.Allow,
		Principal: policy.Everyone(),
		Actions:   []string{"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket", "s3:PutObject"},
		Resources: arns,
	}
}

// imageLayers returns the buckets from which container runtimes read image layers.
// The gateway endpoint carries this traffic even with NAT gateways. Layers in ECR
// are in an AWS bucket (AWS documentation, "Amazon ECR interface VPC endpoints").
// Those of Kubernetes' registry are in its bucket in the same region, and some
// other registries redirect to theirs.
func imageLayers(s *settings.Settings) []string {
	runtimes := s.Access.Runtimes
	var buckets []string
	if slices.Contains(runtimes, v1alpha1.RuntimeECS) || slices.Contains(runtimes, v1alpha1.RuntimeEKS) || slices.Contains(s.Network.Endpoints, "ecr.dkr") {
		buckets = append(buckets, "prod-"+s.Region+"-starport-layer-bucket")
	}
	if slices.Contains(runtimes, v1alpha1.RuntimeEKS) {
		buckets = append(buckets, kit.KubernetesLayers(s.Region))
	}
	for _, b := range kit.RegistryBuckets(s) {
		if !slices.Contains(buckets, b) {
			buckets = append(buckets, b)
		}
	}
	var objects []string
	for _, b := range buckets {
		objects = append(objects, s.Partition.ARN("s3", "", "", b+"/*"))
	}
	return objects
}

// composeFlowLog logs all traffic of the VPC.
func composeFlowLog(s *settings.Settings, set *desired.Set) {
	kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: composed.FlowLogGroup, Name: s.Names.FlowLogGroup, Region: s.Region, Key: composed.LogsKey})
	set.Add(composed.FlowLog, &ec2.FlowLog{Spec: ec2.FlowLogSpec{ForProvider: ec2.FlowLogParameters{
		VPCIDRef:               set.Ref(composed.VPC),
		TrafficType:            new("ALL"),
		LogDestinationType:     new("cloud-watch-logs"),
		LogDestinationRef:      set.Ref(composed.FlowLogGroup),
		IAMRoleArnRef:          set.Ref(composed.FlowLogRole),
		MaxAggregationInterval: new(float64(60)),
	}}}, desired.Before(composed.FlowLogGroup))
}

// reportNetwork reports the parts of the network for the application.
func reportNetwork(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	if e := s.Network.Existing; e != nil {
		status.Network = reportAttached(e, observed)
		return
	}
	n := &status.Network
	n.VPCID = observed.ExternalName(composed.VPC).Value
	n.CIDR = s.Network.CIDR.String()
	n.IPv6CIDR = s.Network.IPv6CIDR.Value
	n.NATGateways = s.Network.NAT
	n.AppSecurityGroupID = observed.ExternalName(composed.AppSecurityGroup).Value
	for _, z := range s.Network.Zones {
		n.AvailabilityZones = append(n.AvailabilityZones, z.Name)
		n.PublicSubnetIDs = kit.AppendKnown(n.PublicSubnetIDs, observed.ExternalName(composed.PublicSubnet(z.Number)))
		n.PrivateSubnetIDs = kit.AppendKnown(n.PrivateSubnetIDs, observed.ExternalName(composed.PrivateSubnet(z.Number)))
		n.DatabaseSubnetIDs = kit.AppendKnown(n.DatabaseSubnetIDs, observed.ExternalName(composed.DatabaseSubnet(z.Number)))
		n.NATPublicIPs = kit.AppendKnown(n.NATPublicIPs, observed.Fact(composed.NATAddress(z.Number), "status.atProvider.publicIp"))
	}
}
