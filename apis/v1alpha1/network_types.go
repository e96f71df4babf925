package v1alpha1

// NATGateways says how private subnets reach the internet.
//
// +kubebuilder:validation:Enum=Single;PerZone;None
type NATGateways string

// NATGateways values.
const (
	NATGatewaysSingle  NATGateways = "Single"
	NATGatewaysPerZone NATGateways = "PerZone"
	NATGatewaysNone    NATGateways = "None"
)

// NetworkSpec is the network of a stack: one that the stack makes, or one that
// exists.
//
// +kubebuilder:validation:XValidation:rule="has(self.existing) == has(oldSelf.existing)",fieldPath=".existing",message="a stack cannot move between a network of its own and one that exists: the database lives in it; create a new stack"
// +kubebuilder:validation:XValidation:rule="!has(self.existing) || !(has(self.zoneNames) || has(self.firewall) || (has(self.allowedDomains) && size(self.allowedDomains) > 0) || (has(self.ipv6) && self.ipv6) || (has(self.interfaceEndpoints) && size(self.interfaceEndpoints) > 0) || (has(self.endpointBuckets) && size(self.endpointBuckets) > 0))",fieldPath=".existing",message="a network that exists is its owner's: remove zoneNames, ipv6, interfaceEndpoints, endpointBuckets, allowedDomains and firewall"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.ipv6) || !oldSelf.ipv6 || (has(self.ipv6) && self.ipv6)",fieldPath=".ipv6",message="IPv6 can be added but not removed: AWS takes no range back that something may be using"
// +kubebuilder:validation:XValidation:rule="!has(self.ipv6) || !self.ipv6 || !has(self.firewall)",fieldPath=".ipv6",message="the firewall inspects IPv4 only, and IPv6 would pass beside it: remove ipv6 or firewall"
// +kubebuilder:validation:XValidation:rule="has(self.existing) || (has(self.ipv6) && self.ipv6) || !has(self.egress) || self.egress.all(r, !has(r.cidrs) || r.cidrs.all(c, !c.contains(':')))",fieldPath=".egress",message="the network has IPv4 only: set ipv6, or remove the IPv6 ranges"
// +kubebuilder:validation:XValidation:rule="!has(self.firewall) || !has(self.allowedDomains) || size(self.allowedDomains) == 0 || !has(self.egress) || self.egress.all(r, !has(r.prefixListIds) || size(r.prefixListIds) == 0 || (r.protocol == 'TCP' && r.port in [80, 443] && (!has(r.toPort) || r.toPort == r.port)))",fieldPath=".egress",message="a firewall with allowedDomains knows prefix lists by ports 80 and 443 only: give cidrs for other ports"
// +kubebuilder:validation:XValidation:rule="!has(self.firewall) || !has(self.firewall.protected) || !self.firewall.protected || !has(self.availabilityZones) || !has(oldSelf.availabilityZones) || self.availabilityZones == oldSelf.availabilityZones || !has(oldSelf.firewall)",fieldPath=".availabilityZones",message="a protected firewall takes no further zone: set network.firewall.protected to false first"
// +kubebuilder:validation:XValidation:rule="!has(self.firewall) || !has(self.cidr) || !isCIDR(self.cidr) || !isCIDR(self.firewall.cidr) || (!cidr(self.cidr).containsCIDR(cidr(self.firewall.cidr)) && !cidr(self.firewall.cidr).containsCIDR(cidr(self.cidr)))",fieldPath=".firewall.cidr",message="the firewall's range must not overlap network.cidr: choose another /26 of 100.64.0.0/10"
// +kubebuilder:validation:XValidation:rule="!has(self.ingress) || has(self.existing) || !has(self.cidr) || !isCIDR(self.cidr) || self.ingress.all(r, !has(r.to) || r.to != 'Database' || !has(r.cidrs) || r.cidrs.all(c, isIP(c) ? cidr(self.cidr).containsIP(c) : (isCIDR(c) && cidr(self.cidr).containsCIDR(c))))",fieldPath=".ingress",message="ranges that may call the database must lie within network.cidr: its subnets let in nobody else"
// +kubebuilder:validation:XValidation:rule="!has(self.firewall) || !has(self.natGateways) || self.natGateways != 'None'",fieldPath=".firewall",message="a firewall inspects what passes NAT gateways: set network.natGateways to Single or PerZone"
// +kubebuilder:validation:XValidation:rule="!has(self.cidr) || !has(oldSelf.cidr) || self.cidr == oldSelf.cidr",fieldPath=".cidr",message="cidr is immutable: subnets and the database live in it; create a new stack for another range"
// +kubebuilder:validation:XValidation:rule="!has(self.availabilityZones) || !has(oldSelf.availabilityZones) || self.availabilityZones >= oldSelf.availabilityZones",fieldPath=".availabilityZones",message="availability zones can be added but not removed: the database may be using any of them"
// +kubebuilder:validation:XValidation:rule="!has(self.zoneNames) || !has(self.availabilityZones) || size(self.zoneNames) == self.availabilityZones",fieldPath=".zoneNames",message="give exactly as many zone names as availabilityZones, or none"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.zoneNames) || (has(self.zoneNames) && size(self.zoneNames) >= size(oldSelf.zoneNames) && [0, 1, 2, 3].all(i, i >= size(oldSelf.zoneNames) || self.zoneNames[i] == oldSelf.zoneNames[i]))",fieldPath=".zoneNames",message="zones in use cannot change: append new ones only"
type NetworkSpec struct {
	// IPv4 range of the VPC, /16 to /24, of a private range (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10). Half goes to private subnets, a quarter each to public and database subnets, laid out for four zones so that zones can be added later. It cannot change.
	// +kubebuilder:title=VPC CIDR
	// +kubebuilder:default="10.0.0.0/16"
	// +kubebuilder:validation:MaxLength=18
	// +kubebuilder:validation:XValidation:rule="isCIDR(self) && cidr(self).ip().family() == 4",message="cidr must be an IPv4 range such as 10.0.0.0/16"
	// +kubebuilder:validation:XValidation:rule="!isCIDR(self) || (cidr(self).prefixLength() >= 16 && cidr(self).prefixLength() <= 24)",message="cidr must be between /16 and /24: AWS allows no larger VPC, and a smaller one has no room for the subnets of the zones"
	// +kubebuilder:validation:XValidation:rule="!isCIDR(self) || cidr(self) == cidr(self).masked()",message="cidr must start at its network address, such as 10.1.0.0/16 and not 10.1.2.3/16"
	// +kubebuilder:validation:XValidation:rule="!isCIDR(self) || cidr(self).ip().family() != 4 || ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].exists(r, cidr(r).containsCIDR(cidr(self)))",message="cidr must lie in a private range: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10"
	// +optional
	CIDR string `json:"cidr,omitempty"`

	// How many availability zones to use. Each gets a public, a private and a database subnet. Zones can be added later, not removed.
	// +kubebuilder:title=Availability zones
	// +kubebuilder:default=2
	// +kubebuilder:validation:Minimum=2
	// +kubebuilder:validation:Maximum=4
	// +optional
	AvailabilityZones int32 `json:"availabilityZones,omitempty"`

	// Names of the zones to use, in order, where the usual first ones are not offered to the account (us-west-1 gives each account two of three).
	// +kubebuilder:title=Zone names
	// +kubebuilder:example={"us-west-1a","us-west-1c"}
	// +kubebuilder:validation:MinItems=2
	// +kubebuilder:validation:MaxItems=4
	// +kubebuilder:validation:items:Pattern=`^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$`
	// +kubebuilder:validation:items:MaxLength=32
	// +kubebuilder:validation:XValidation:rule="self.all(z, self.exists_one(o, o == z))",message="a zone can be used once only"
	// +listType=atomic
	// +optional
	ZoneNames []string `json:"zoneNames,omitempty"`

	// How private subnets reach the internet: one NAT gateway for all zones (Single), one in each (PerZone, default of large and xlarge in production, survives the loss of a zone), or not at all (None). Another gateway has another public address.
	// +kubebuilder:title=NAT gateways
	// +optional
	NATGateways NATGateways `json:"natGateways,omitempty"`

	// Whether the network has IPv6 beside IPv4. Private subnets then give addresses of both, and call the internet by IPv6 without a NAT gateway, unless natGateways is None; nobody there can call them. The database stays on IPv4. It can be added later, not removed.
	// +kubebuilder:title=IPv6
	// +optional
	IPv6 bool `json:"ipv6,omitempty"`

	// Destinations that the app tier may call, such as a payment provider: HTTPS, or another port or protocol. Without any it reaches the database, S3 and the VPC's endpoints only.
	// +kubebuilder:title=Egress
	// +kubebuilder:validation:MaxItems=20
	// +listType=atomic
	// +optional
	Egress []EgressRule `json:"egress,omitempty"`

	// Only host names that the network may call; one that begins with a dot stands for the name and all below it. Without firewall, Route 53 Resolver DNS Firewall resolves these names and those of AWS, and no other. With firewall, it drops HTTP and HTTPS to other names, and by default what AWS knows as malicious. Opens no port: see egress.
	// +kubebuilder:title=Allowed domains
	// +kubebuilder:example={".example.com"}
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=253
	// +kubebuilder:validation:items:Pattern=`^\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +listType=set
	// +optional
	AllowedDomains []string `json:"allowedDomains,omitempty"`

	// Who else may call the application and the database, beside what the stack lets in by itself: ranges of private addresses and security groups, never the internet.
	// +kubebuilder:title=Further ingress
	// +kubebuilder:validation:MaxItems=20
	// +listType=atomic
	// +optional
	Ingress []IngressRule `json:"ingress,omitempty"`

	// AWS services that private subnets reach through interface endpoints instead of the internet: the part of the service name after com.amazonaws.<region>, such as secretsmanager, ecr.api or bedrock-runtime. Each costs by the hour in every zone. The region must offer the service with private DNS names and endpoint policies.
	// +kubebuilder:title=Interface endpoints
	// +kubebuilder:example={"secretsmanager"}
	// +kubebuilder:validation:MaxItems=40
	// +kubebuilder:validation:items:MaxLength=50
	// +kubebuilder:validation:items:Pattern=`^[a-z][a-z0-9]*([.-][a-z0-9]+)*$`
	// +kubebuilder:validation:XValidation:rule="self.all(s, !(s in ['s3', 's3express', 'dynamodb', 'dynamodb-streams']))",message="s3 has a gateway endpoint already, and AWS offers s3express, dynamodb and dynamodb-streams no interface endpoint with private DNS names: remove them"
	// +listType=set
	// +optional
	InterfaceEndpoints []string `json:"interfaceEndpoints,omitempty"`

	// Names of further S3 buckets in the region that the network may read and write through its S3 endpoint, which lets through nothing else. The application also needs permission, by its role and by the bucket.
	// +kubebuilder:title=Buckets through the S3 endpoint
	// +kubebuilder:example={"example-product-feed"}
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=63
	// +kubebuilder:validation:items:Pattern=`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`
	// +listType=set
	// +optional
	EndpointBuckets []string `json:"endpointBuckets,omitempty"`

	// A network firewall that inspects what private subnets and the internet say to each other. It costs some hundred dollars a month in each zone.
	// +kubebuilder:title=Network firewall
	// +optional
	Firewall *FirewallSpec `json:"firewall,omitempty"`

	// A network that exists, of which the stack makes and changes nothing. All else here but egress is about a network that the stack makes.
	// +kubebuilder:title=Existing network
	// +optional
	Existing *ExistingNetwork `json:"existing,omitempty"`
}

// IngressTarget is what an ingress rule opens.
//
// +kubebuilder:validation:Enum=App;Database
type IngressTarget string

// IngressTarget values.
const (
	IngressToApp      IngressTarget = "App"
	IngressToDatabase IngressTarget = "Database"
)

// IngressRule lets others call the application or the database.
//
// +kubebuilder:validation:XValidation:rule="(has(self.cidrs) && size(self.cidrs) > 0) || (has(self.securityGroupIds) && size(self.securityGroupIds) > 0)",message="say who may call: set cidrs, securityGroupIds or both"
// +kubebuilder:validation:XValidation:rule="self.to != 'App' || has(self.port)",fieldPath=".port",message="say which port of the application may be called"
// +kubebuilder:validation:XValidation:rule="self.to != 'Database' || !(has(self.port) || has(self.toPort))",fieldPath=".port",message="the database listens on one port only: remove port and toPort"
// +kubebuilder:validation:XValidation:rule="!has(self.toPort) || !has(self.port) || self.toPort >= self.port",fieldPath=".toPort",message="toPort must not be below port"
type IngressRule struct {
	// What may be called: the application's security group or the database's.
	// +kubebuilder:title=To
	// +kubebuilder:default=App
	// +optional
	To IngressTarget `json:"to,omitempty"`

	// Why, for whoever audits the rule.
	// +kubebuilder:title=Description
	// +kubebuilder:example="Office"
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=200
	// +kubebuilder:validation:Pattern=`^[A-Za-z0-9 ._:/()#,@+=&;{}!$*\[\]-]+$`
	Description string `json:"description"`

	// First TCP port of the application that may be called.
	// +kubebuilder:title=Port
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	Port *int32 `json:"port,omitempty"`

	// Last TCP port, if there are several.
	// +kubebuilder:title=To port
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	ToPort *int32 `json:"toPort,omitempty"`

	// Private IPv4 addresses and ranges that may call. To reach the database of a network that the stack makes they must lie within network.cidr.
	// +kubebuilder:title=CIDRs
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=18
	// +kubebuilder:validation:XValidation:rule="self.all(c, isIP(c) ? ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].exists(r, cidr(r).containsIP(c)) : (isCIDR(c) && cidr(c) == cidr(c).masked() && ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].exists(r, cidr(r).containsCIDR(c))))",message="each address or range must lie in a private range (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10), and a range must start at its network address: the internet reaches a shop through CloudFront only"
	// +listType=set
	// +optional
	CIDRs []string `json:"cidrs,omitempty"`

	// IDs of security groups whose members may call.
	// +kubebuilder:title=Security groups
	// +kubebuilder:example={"sg-0123456789abcdef0"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=20
	// +kubebuilder:validation:items:Pattern=`^sg-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +listType=set
	// +optional
	SecurityGroupIDs []string `json:"securityGroupIds,omitempty"`
}

// Protocol is what a rule is about.
//
// +kubebuilder:validation:Enum=TCP;UDP
type Protocol string

// Protocol values.
const (
	ProtocolTCP Protocol = "TCP"
	ProtocolUDP Protocol = "UDP"
)

// EgressRule lets the application call others.
//
// +kubebuilder:validation:XValidation:rule="(has(self.cidrs) && size(self.cidrs) > 0) || (has(self.securityGroupIds) && size(self.securityGroupIds) > 0) || (has(self.prefixListIds) && size(self.prefixListIds) > 0)",message="say who may be called: set cidrs, securityGroupIds or prefixListIds"
// +kubebuilder:validation:XValidation:rule="!has(self.toPort) || self.toPort >= self.port",fieldPath=".toPort",message="toPort must not be below port"
// +kubebuilder:validation:XValidation:rule="!has(self.toPort) || self.toPort == self.port || !has(self.cidrs) || self.cidrs.all(c, !isCIDR(c) || cidr(c).prefixLength() >= (c.contains(':') ? 16 : 8))",fieldPath=".toPort",message="a range wider than /8 (IPv6: /16) can be called on one port only: remove toPort, write a rule for each port, or narrow cidrs"
type EgressRule struct {
	// Why, for whoever audits the rule.
	// +kubebuilder:title=Description
	// +kubebuilder:example="Payment provider"
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=200
	// +kubebuilder:validation:Pattern=`^[A-Za-z0-9 ._:/()#,@+=&;{}!$*\[\]-]+$`
	// +optional
	Description string `json:"description,omitempty"`

	// Protocol that may be used.
	// +kubebuilder:title=Protocol
	// +kubebuilder:default=TCP
	// +optional
	Protocol Protocol `json:"protocol,omitempty"`

	// First port that may be called, such as 587 for a mail relay.
	// +kubebuilder:title=Port
	// +kubebuilder:default=443
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	Port int32 `json:"port,omitempty"`

	// Last port, if there are several. Not for ranges wider than /8 (IPv6: /16).
	// +kubebuilder:title=To port
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	ToPort *int32 `json:"toPort,omitempty"`

	// Addresses and ranges that may be called: IPv4, and IPv6 where the network has it.
	// +kubebuilder:title=CIDRs
	// +kubebuilder:example={"203.0.113.0/24"}
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=43
	// +kubebuilder:validation:XValidation:rule="self.all(c, isIP(c) || (isCIDR(c) && cidr(c) == cidr(c).masked()))",message="each destination must be an address such as 203.0.113.7, or a range that starts at its network address, such as 203.0.113.0/24 or 2001:db8::/32"
	// +listType=set
	// +optional
	CIDRs []string `json:"cidrs,omitempty"`

	// IDs of security groups whose members may be called.
	// +kubebuilder:title=Security groups
	// +kubebuilder:example={"sg-0123456789abcdef0"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=20
	// +kubebuilder:validation:items:Pattern=`^sg-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +listType=set
	// +optional
	SecurityGroupIDs []string `json:"securityGroupIds,omitempty"`

	// IDs of prefix lists whose ranges may be called. A list takes as many of the security group's 60 rules as its maximum number of entries.
	// +kubebuilder:title=Prefix lists
	// +kubebuilder:example={"pl-0123456789abcdef0"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=20
	// +kubebuilder:validation:items:Pattern=`^pl-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +listType=set
	// +optional
	PrefixListIDs []string `json:"prefixListIds,omitempty"`
}

// ExistingNetwork is a VPC with subnets that somebody else makes and looks
// after.
//
// +kubebuilder:validation:XValidation:rule="self.vpcId == oldSelf.vpcId",fieldPath=".vpcId",message="vpcId is immutable: the database lives in the VPC; create a new stack"
// +kubebuilder:validation:XValidation:rule="oldSelf.databaseSubnetIds.all(s, s in self.databaseSubnetIds)",fieldPath=".databaseSubnetIds",message="database subnets can be added but not removed: the database may be using any of them"
type ExistingNetwork struct {
	// ID of the VPC.
	// +kubebuilder:title=VPC ID
	// +kubebuilder:example="vpc-0123456789abcdef0"
	// +kubebuilder:validation:MaxLength=21
	// +kubebuilder:validation:Pattern=`^vpc-([0-9a-f]{8}|[0-9a-f]{17})$`
	VPCID string `json:"vpcId"`

	// IDs of the subnets of the database, in at least two availability zones. They should have no way to the internet.
	// +kubebuilder:title=Database subnets
	// +kubebuilder:example={"subnet-0123456789abcdef0","subnet-0123456789abcdef1"}
	// +kubebuilder:validation:MinItems=2
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=24
	// +kubebuilder:validation:items:Pattern=`^subnet-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +kubebuilder:validation:XValidation:rule="self.all(s, self.exists_one(o, o == s))",message="a subnet can be named once only"
	// +listType=atomic
	DatabaseSubnetIDs []string `json:"databaseSubnetIds"`

	// IDs of the subnets of the application, told to it in status and parameters.
	// +kubebuilder:title=Private subnets
	// +kubebuilder:example={"subnet-0123456789abcdef2","subnet-0123456789abcdef3"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=24
	// +kubebuilder:validation:items:Pattern=`^subnet-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +kubebuilder:validation:XValidation:rule="self.all(s, self.exists_one(o, o == s))",message="a subnet can be named once only"
	// +listType=atomic
	PrivateSubnetIDs []string `json:"privateSubnetIds"`

	// IDs of the subnets of load balancers, told to the application.
	// +kubebuilder:title=Public subnets
	// +kubebuilder:example={"subnet-0123456789abcdef4"}
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=24
	// +kubebuilder:validation:items:Pattern=`^subnet-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +kubebuilder:validation:XValidation:rule="self.all(s, self.exists_one(o, o == s))",message="a subnet can be named once only"
	// +listType=atomic
	// +optional
	PublicSubnetIDs []string `json:"publicSubnetIds,omitempty"`
}

// FirewallSpec is the network firewall between public subnets and the internet.
//
// +kubebuilder:validation:XValidation:rule="self.cidr == oldSelf.cidr",fieldPath=".cidr",message="cidr is immutable: the firewall's subnets live in it; remove the firewall first"
type FirewallSpec struct {
	// IPv4 range of the firewall's own subnets, a /26 of 100.64.0.0/10, added to the VPC. Choose another one where the default is in use in a connected network or overlaps network.cidr.
	// +kubebuilder:title=CIDR of the firewall's subnets
	// +kubebuilder:default="100.64.0.0/26"
	// +kubebuilder:validation:MaxLength=18
	// +kubebuilder:validation:XValidation:rule="isCIDR(self) && cidr(self).ip().family() == 4 && cidr(self).prefixLength() == 26 && cidr(self) == cidr(self).masked() && cidr('100.64.0.0/10').containsCIDR(cidr(self))",message="cidr must be a /26 of 100.64.0.0/10 that starts at its network address, such as 100.64.0.0/26"
	// +optional
	CIDR string `json:"cidr,omitempty"`

	// Whether AWS refuses to delete the firewall or to change its zones. Set it to false before adding a zone or deleting the stack, which would otherwise wait for it.
	// +kubebuilder:title=Protected
	// +optional
	Protected bool `json:"protected,omitempty"`
}
