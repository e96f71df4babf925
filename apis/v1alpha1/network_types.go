package v1alpha1

// NATGateways is the mode of NAT gateways.
//
// +kubebuilder:validation:Enum=Single;PerZone;None
type NATGateways string

// NATGateways values.
const (
	NATGatewaysSingle  NATGateways = "Single"
	NATGatewaysPerZone NATGateways = "PerZone"
	NATGatewaysNone    NATGateways = "None"
)

// NetworkSpec is the network of a stack: its own, or an existing one.
//
// +kubebuilder:validation:XValidation:rule="has(self.existing) == has(oldSelf.existing)",fieldPath=".existing",message="network.existing cannot be added or removed after creation: create a new stack"
// +kubebuilder:validation:XValidation:rule="!has(self.existing) || !(has(self.zoneNames) || has(self.firewall) || (has(self.allowedDomains) && size(self.allowedDomains) > 0) || (has(self.ipv6) && self.ipv6) || (has(self.interfaceEndpoints) && size(self.interfaceEndpoints) > 0) || (has(self.endpointBuckets) && size(self.endpointBuckets) > 0))",fieldPath=".existing",message="zoneNames, ipv6, interfaceEndpoints, endpointBuckets, allowedDomains and firewall cannot be combined with network.existing: remove these fields, or remove network.existing"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.ipv6) || !oldSelf.ipv6 || (has(self.ipv6) && self.ipv6)",fieldPath=".ipv6",message="ipv6 cannot be disabled, because AWS does not release an IPv6 range that may be in use"
// +kubebuilder:validation:XValidation:rule="!has(self.ipv6) || !self.ipv6 || !has(self.firewall)",fieldPath=".ipv6",message="ipv6 and firewall cannot be combined, because the firewall inspects only IPv4: remove one of them"
// +kubebuilder:validation:XValidation:rule="has(self.existing) || (has(self.ipv6) && self.ipv6) || !has(self.egress) || self.egress.all(r, !has(r.cidrs) || r.cidrs.all(c, !c.contains(':')))",fieldPath=".egress",message="IPv6 ranges require network.ipv6: set network.ipv6 to true, or remove the ranges"
// +kubebuilder:validation:XValidation:rule="!has(self.firewall) || !has(self.allowedDomains) || size(self.allowedDomains) == 0 || !has(self.egress) || self.egress.all(r, !has(r.prefixListIds) || size(r.prefixListIds) == 0 || (r.protocol == 'TCP' && r.port in [80, 443] && (!has(r.toPort) || r.toPort == r.port)))",fieldPath=".egress",message="a firewall with allowedDomains supports prefix lists only on ports 80 and 443: use cidrs for other ports"
// +kubebuilder:validation:XValidation:rule="!has(self.firewall) || !has(self.firewall.protected) || !self.firewall.protected || !has(self.availabilityZones) || !has(oldSelf.availabilityZones) || self.availabilityZones == oldSelf.availabilityZones || !has(oldSelf.firewall)",fieldPath=".availabilityZones",message="availabilityZones cannot be changed while the firewall is protected: set network.firewall.protected to false first"
// +kubebuilder:validation:XValidation:rule="!has(self.firewall) || !has(self.cidr) || !isCIDR(self.cidr) || !isCIDR(self.firewall.cidr) || (!cidr(self.cidr).containsCIDR(cidr(self.firewall.cidr)) && !cidr(self.firewall.cidr).containsCIDR(cidr(self.cidr)))",fieldPath=".firewall.cidr",message="the firewall's range must not overlap network.cidr: choose another /26 block within 100.64.0.0/10"
// +kubebuilder:validation:XValidation:rule="!has(self.ingress) || has(self.existing) || !has(self.cidr) || !isCIDR(self.cidr) || self.ingress.all(r, !has(r.to) || r.to != 'Database' || !has(r.cidrs) || r.cidrs.all(c, isIP(c) ? cidr(self.cidr).containsIP(c) : (isCIDR(c) && cidr(self.cidr).containsCIDR(c))))",fieldPath=".ingress",message="in a rule for Database, all entries in cidrs must be within network.cidr"
// +kubebuilder:validation:XValidation:rule="!has(self.firewall) || !has(self.natGateways) || self.natGateways != 'None'",fieldPath=".firewall",message="a firewall requires NAT gateways: set network.natGateways to Single or PerZone"
// +kubebuilder:validation:XValidation:rule="!has(self.cidr) || !has(oldSelf.cidr) || self.cidr == oldSelf.cidr",fieldPath=".cidr",message="cidr cannot be changed, because subnets and the database use it: to use another CIDR block, create a new stack"
// +kubebuilder:validation:XValidation:rule="!has(self.availabilityZones) || !has(oldSelf.availabilityZones) || self.availabilityZones >= oldSelf.availabilityZones",fieldPath=".availabilityZones",message="availabilityZones can be increased but not decreased, because the database may use any zone"
// +kubebuilder:validation:XValidation:rule="!has(self.zoneNames) || !has(self.availabilityZones) || size(self.zoneNames) == self.availabilityZones",fieldPath=".zoneNames",message="the number of entries in zoneNames must equal availabilityZones"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.zoneNames) || (has(self.zoneNames) && size(self.zoneNames) >= size(oldSelf.zoneNames) && [0, 1, 2, 3].all(i, i >= size(oldSelf.zoneNames) || self.zoneNames[i] == oldSelf.zoneNames[i]))",fieldPath=".zoneNames",message="existing zone names cannot be changed: keep them, and append only new names"
type NetworkSpec struct {
	// IPv4 range of the VPC, from /16 to /24, within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10. Private subnets use half of the range; public and database subnets use a quarter each. The range reserves space for four zones. Defaults to 10.0.0.0/16. Cannot be changed after creation.
	// +kubebuilder:title=VPC CIDR
	// +kubebuilder:default="10.0.0.0/16"
	// +kubebuilder:validation:MaxLength=18
	// +kubebuilder:validation:XValidation:rule="isCIDR(self) && cidr(self).ip().family() == 4",message="cidr must be an IPv4 CIDR block, such as 10.0.0.0/16"
	// +kubebuilder:validation:XValidation:rule="!isCIDR(self) || (cidr(self).prefixLength() >= 16 && cidr(self).prefixLength() <= 24)",message="cidr must have a prefix length from /16 to /24: AWS does not allow a larger VPC, and a smaller VPC has no room for the subnets of all zones"
	// +kubebuilder:validation:XValidation:rule="!isCIDR(self) || cidr(self) == cidr(self).masked()",message="cidr must start at its network address; for example, use 10.1.0.0/16 instead of 10.1.2.3/16"
	// +kubebuilder:validation:XValidation:rule="!isCIDR(self) || cidr(self).ip().family() != 4 || ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].exists(r, cidr(r).containsCIDR(cidr(self)))",message="cidr must be in a private range: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10"
	// +optional
	CIDR string `json:"cidr,omitempty"`

	// Number of availability zones, 2 to 4. Defaults to 2. Each zone has a public, a private and a database subnet. Zones can be added but not removed.
	// +kubebuilder:title=Availability zones
	// +kubebuilder:default=2
	// +kubebuilder:validation:Minimum=2
	// +kubebuilder:validation:Maximum=4
	// +optional
	AvailabilityZones int32 `json:"availabilityZones,omitempty"`

	// Names of the availability zones, in order. Required if the account does not have the default zones, as in us-west-1. New names can only be appended.
	// +kubebuilder:title=Zone names
	// +kubebuilder:example={"us-west-1a","us-west-1c"}
	// +kubebuilder:validation:MinItems=2
	// +kubebuilder:validation:MaxItems=4
	// +kubebuilder:validation:items:Pattern=`^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$`
	// +kubebuilder:validation:items:MaxLength=32
	// +kubebuilder:validation:XValidation:rule="self.all(z, self.exists_one(o, o == z))",message="zone names must be unique: remove the duplicate"
	// +listType=atomic
	// +optional
	ZoneNames []string `json:"zoneNames,omitempty"`

	// NAT gateways for the private subnets: Single (one for all zones), PerZone (one per zone, tolerates the loss of a zone) or None (no internet access). Defaults to PerZone for sizes large and xlarge in production, otherwise to Single. A new gateway has a new public IP address.
	// +kubebuilder:title=NAT gateways
	// +optional
	NATGateways NATGateways `json:"natGateways,omitempty"`

	// Enables IPv6 in addition to IPv4. Private subnets reach the internet over IPv6 without NAT gateways unless natGateways is None. Private subnets accept no inbound connections from the internet. The database uses only IPv4. Can be enabled later but not disabled.
	// +kubebuilder:title=IPv6
	// +optional
	IPv6 bool `json:"ipv6,omitempty"`

	// Destinations that the application can call, such as a payment provider. Without egress rules, the application can reach only the database, S3 and the VPC's endpoints.
	// +kubebuilder:title=Egress
	// +kubebuilder:validation:MaxItems=20
	// +listType=atomic
	// +optional
	Egress []EgressRule `json:"egress,omitempty"`

	// Host names that the application can call. A leading dot includes all subdomains. Without network.firewall, Route 53 Resolver DNS Firewall resolves only these names and AWS names. With network.firewall, the firewall drops HTTP and HTTPS traffic to all other names. Without allowedDomains, the firewall drops only traffic to domains that AWS lists as malicious. To open ports, use egress.
	// +kubebuilder:title=Allowed domains
	// +kubebuilder:example={".example.com"}
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=253
	// +kubebuilder:validation:items:Pattern=`^\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +listType=set
	// +optional
	AllowedDomains []string `json:"allowedDomains,omitempty"`

	// Additional sources that can call the application or the database: private address ranges and security groups. The internet cannot be a source.
	// +kubebuilder:title=Additional ingress
	// +kubebuilder:validation:MaxItems=20
	// +listType=atomic
	// +optional
	Ingress []IngressRule `json:"ingress,omitempty"`

	// AWS services that private subnets reach through interface endpoints instead of the internet. Each entry is the part of the service name after com.amazonaws.<region>, such as secretsmanager, ecr.api or bedrock-runtime. Each endpoint is charged per hour and zone. In the region, the service must support private DNS names and endpoint policies.
	// +kubebuilder:title=Interface endpoints
	// +kubebuilder:example={"secretsmanager"}
	// +kubebuilder:validation:MaxItems=40
	// +kubebuilder:validation:items:MaxLength=50
	// +kubebuilder:validation:items:Pattern=`^[a-z][a-z0-9]*([.-][a-z0-9]+)*$`
	// +kubebuilder:validation:XValidation:rule="self.all(s, !(s in ['s3', 's3express', 'dynamodb', 'dynamodb-streams']))",message="s3, s3express, dynamodb and dynamodb-streams are not supported as interface endpoints: remove them (the network already has a gateway endpoint for S3)"
	// +listType=set
	// +optional
	InterfaceEndpoints []string `json:"interfaceEndpoints,omitempty"`

	// Names of additional S3 buckets, in the stack's region, that can be accessed through the S3 endpoint. The endpoint blocks all other buckets. The app role and the bucket policy must also allow access.
	// +kubebuilder:title=S3 endpoint buckets
	// +kubebuilder:example={"example-product-feed"}
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=63
	// +kubebuilder:validation:items:Pattern=`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`
	// +listType=set
	// +optional
	EndpointBuckets []string `json:"endpointBuckets,omitempty"`

	// AWS Network Firewall between private subnets and the internet. Costs several hundred USD per month in each zone.
	// +kubebuilder:title=Network firewall
	// +optional
	Firewall *FirewallSpec `json:"firewall,omitempty"`

	// Existing VPC and subnets, which the stack uses but does not change. Cannot be combined with zoneNames, ipv6, interfaceEndpoints, endpointBuckets, allowedDomains or firewall.
	// +kubebuilder:title=Existing network
	// +optional
	Existing *ExistingNetwork `json:"existing,omitempty"`
}

// IngressTarget is the target of an ingress rule.
//
// +kubebuilder:validation:Enum=App;Database
type IngressTarget string

// IngressTarget values.
const (
	IngressToApp      IngressTarget = "App"
	IngressToDatabase IngressTarget = "Database"
)

// IngressRule is a rule that allows sources to call the application or the database.
//
// +kubebuilder:validation:XValidation:rule="(has(self.cidrs) && size(self.cidrs) > 0) || (has(self.securityGroupIds) && size(self.securityGroupIds) > 0)",message="a source is required: set cidrs, securityGroupIds or both"
// +kubebuilder:validation:XValidation:rule="self.to != 'App' || has(self.port)",fieldPath=".port",message="a rule for App requires a port: set port (for example, to 8080)"
// +kubebuilder:validation:XValidation:rule="self.to != 'Database' || !(has(self.port) || has(self.toPort))",fieldPath=".port",message="a rule for Database cannot have port or toPort, because the database has only one port: remove these fields"
// +kubebuilder:validation:XValidation:rule="!has(self.toPort) || !has(self.port) || self.toPort >= self.port",fieldPath=".toPort",message="toPort must not be less than port: raise toPort, or remove it"
type IngressRule struct {
	// Target of the rule: App for the application, or Database for the database. Defaults to App.
	// +kubebuilder:title=To
	// +kubebuilder:default=App
	// +optional
	To IngressTarget `json:"to,omitempty"`

	// Reason for the rule, for audits.
	// +kubebuilder:title=Description
	// +kubebuilder:example="Office"
	// +kubebuilder:validation:MaxLength=200
	// +kubebuilder:validation:Pattern=`^[A-Za-z0-9 ._:/()#,@+=&;{}!$*\[\]-]+$`
	Description string `json:"description"`

	// First TCP port that the sources can call. Required for App; not supported for Database.
	// +kubebuilder:title=Port
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	Port *int32 `json:"port,omitempty"`

	// Last TCP port of the range. Defaults to the value of port.
	// +kubebuilder:title=To port
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	ToPort *int32 `json:"toPort,omitempty"`

	// Private IPv4 addresses and ranges that can call the target. If the target is the database and the stack creates the network, these addresses and ranges must be within network.cidr.
	// +kubebuilder:title=CIDRs
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=18
	// +kubebuilder:validation:XValidation:rule="self.all(c, isIP(c) ? ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].exists(r, cidr(r).containsIP(c)) : (isCIDR(c) && cidr(c) == cidr(c).masked() && ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].exists(r, cidr(r).containsCIDR(c))))",message="each entry must be an IP address or a CIDR block in a private range (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10), because the internet can reach a shop only through CloudFront; a CIDR block must start at its network address"
	// +listType=set
	// +optional
	CIDRs []string `json:"cidrs,omitempty"`

	// IDs of security groups whose members can call the target.
	// +kubebuilder:title=Security groups
	// +kubebuilder:example={"sg-0123456789abcdef0"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=20
	// +kubebuilder:validation:items:Pattern=`^sg-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +listType=set
	// +optional
	SecurityGroupIDs []string `json:"securityGroupIds,omitempty"`
}

// Protocol is the protocol of a rule.
//
// +kubebuilder:validation:Enum=TCP;UDP
type Protocol string

// Protocol values.
const (
	ProtocolTCP Protocol = "TCP"
	ProtocolUDP Protocol = "UDP"
)

// EgressRule is a rule that allows the application to call a destination.
//
// +kubebuilder:validation:XValidation:rule="(has(self.cidrs) && size(self.cidrs) > 0) || (has(self.securityGroupIds) && size(self.securityGroupIds) > 0) || (has(self.prefixListIds) && size(self.prefixListIds) > 0)",message="a destination is required: set cidrs, securityGroupIds or prefixListIds"
// +kubebuilder:validation:XValidation:rule="!has(self.toPort) || self.toPort >= self.port",fieldPath=".toPort",message="toPort must not be less than port: raise toPort, or remove it"
// +kubebuilder:validation:XValidation:rule="!has(self.toPort) || self.toPort == self.port || !has(self.cidrs) || self.cidrs.all(c, !isCIDR(c) || cidr(c).prefixLength() >= (c.contains(':') ? 16 : 8))",fieldPath=".toPort",message="toPort is not supported for CIDR blocks larger than /8 (IPv4) or /16 (IPv6): for each port, add a rule without toPort, or use smaller CIDR blocks"
type EgressRule struct {
	// Reason for the rule, for audits.
	// +kubebuilder:title=Description
	// +kubebuilder:example="Payment provider"
	// +kubebuilder:validation:MaxLength=200
	// +kubebuilder:validation:Pattern=`^[A-Za-z0-9 ._:/()#,@+=&;{}!$*\[\]-]+$`
	// +optional
	Description string `json:"description,omitempty"`

	// Protocol of the rule. Defaults to TCP.
	// +kubebuilder:title=Protocol
	// +kubebuilder:default=TCP
	// +optional
	Protocol Protocol `json:"protocol,omitempty"`

	// First port of the destination, such as 587 for a mail relay. Defaults to 443.
	// +kubebuilder:title=Port
	// +kubebuilder:default=443
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	Port int32 `json:"port,omitempty"`

	// Last port of the range. Defaults to the value of port. Not supported if cidrs contains a range larger than /8 (IPv6: /16).
	// +kubebuilder:title=To port
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=65535
	// +optional
	ToPort *int32 `json:"toPort,omitempty"`

	// IP addresses and ranges of the destination. IPv6 ranges require network.ipv6 or an existing network.
	// +kubebuilder:title=CIDRs
	// +kubebuilder:example={"203.0.113.0/24"}
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=43
	// +kubebuilder:validation:XValidation:rule="self.all(c, isIP(c) || (isCIDR(c) && cidr(c) == cidr(c).masked()))",message="each destination must be an IP address, such as 203.0.113.7, or a CIDR block that starts at its network address, such as 203.0.113.0/24 or 2001:db8::/32"
	// +listType=set
	// +optional
	CIDRs []string `json:"cidrs,omitempty"`

	// IDs of security groups whose members the application can call.
	// +kubebuilder:title=Security groups
	// +kubebuilder:example={"sg-0123456789abcdef0"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=20
	// +kubebuilder:validation:items:Pattern=`^sg-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +listType=set
	// +optional
	SecurityGroupIDs []string `json:"securityGroupIds,omitempty"`

	// IDs of prefix lists whose addresses the application can call. The maximum number of entries in each list counts toward the security group's limit of 60 rules.
	// +kubebuilder:title=Prefix lists
	// +kubebuilder:example={"pl-0123456789abcdef0"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=20
	// +kubebuilder:validation:items:Pattern=`^pl-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +listType=set
	// +optional
	PrefixListIDs []string `json:"prefixListIds,omitempty"`
}

// ExistingNetwork is a VPC with subnets that the stack does not manage.
//
// +kubebuilder:validation:XValidation:rule="self.vpcId == oldSelf.vpcId",fieldPath=".vpcId",message="vpcId cannot be changed: to use another VPC, create a new stack"
// +kubebuilder:validation:XValidation:rule="oldSelf.databaseSubnetIds.all(s, s in self.databaseSubnetIds)",fieldPath=".databaseSubnetIds",message="database subnets can be added but not removed, because the database may use any of them"
type ExistingNetwork struct {
	// ID of the VPC. Cannot be changed after creation.
	// +kubebuilder:title=VPC ID
	// +kubebuilder:example="vpc-0123456789abcdef0"
	// +kubebuilder:validation:MaxLength=21
	// +kubebuilder:validation:Pattern=`^vpc-([0-9a-f]{8}|[0-9a-f]{17})$`
	VPCID string `json:"vpcId"`

	// IDs of the database subnets, in at least two availability zones. The subnets should not have a route to the internet. Subnets can be added but not removed.
	// +kubebuilder:title=Database subnets
	// +kubebuilder:example={"subnet-0123456789abcdef0","subnet-0123456789abcdef1"}
	// +kubebuilder:validation:MinItems=2
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=24
	// +kubebuilder:validation:items:Pattern=`^subnet-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +kubebuilder:validation:XValidation:rule="self.all(s, self.exists_one(o, o == s))",message="subnet IDs must be unique: remove the duplicate"
	// +listType=atomic
	DatabaseSubnetIDs []string `json:"databaseSubnetIds"`

	// IDs of the private subnets for the application.
	// +kubebuilder:title=Private subnets
	// +kubebuilder:example={"subnet-0123456789abcdef2","subnet-0123456789abcdef3"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=24
	// +kubebuilder:validation:items:Pattern=`^subnet-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +kubebuilder:validation:XValidation:rule="self.all(s, self.exists_one(o, o == s))",message="subnet IDs must be unique: remove the duplicate"
	// +listType=atomic
	PrivateSubnetIDs []string `json:"privateSubnetIds"`

	// IDs of the public subnets for load balancers.
	// +kubebuilder:title=Public subnets
	// +kubebuilder:example={"subnet-0123456789abcdef4"}
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=24
	// +kubebuilder:validation:items:Pattern=`^subnet-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +kubebuilder:validation:XValidation:rule="self.all(s, self.exists_one(o, o == s))",message="subnet IDs must be unique: remove the duplicate"
	// +listType=atomic
	// +optional
	PublicSubnetIDs []string `json:"publicSubnetIds,omitempty"`
}

// FirewallSpec is the network firewall between public subnets and the internet.
//
// +kubebuilder:validation:XValidation:rule="self.cidr == oldSelf.cidr",fieldPath=".cidr",message="cidr cannot be changed, because the firewall's subnets use it: remove the firewall first"
type FirewallSpec struct {
	// IPv4 range of the firewall subnets: a /26 block within 100.64.0.0/10. The stack adds the range to the VPC. Defaults to 100.64.0.0/26. Must not overlap network.cidr or the ranges of connected networks. Cannot be changed while the firewall exists.
	// +kubebuilder:title=Firewall subnet CIDR
	// +kubebuilder:default="100.64.0.0/26"
	// +kubebuilder:validation:MaxLength=18
	// +kubebuilder:validation:XValidation:rule="isCIDR(self) && cidr(self).ip().family() == 4 && cidr(self).prefixLength() == 26 && cidr(self) == cidr(self).masked() && cidr('100.64.0.0/10').containsCIDR(cidr(self))",message="cidr must be a /26 block that is within 100.64.0.0/10 and starts at its network address; for example, 100.64.0.0/26"
	// +optional
	CIDR string `json:"cidr,omitempty"`

	// Protects the firewall from deletion and from zone changes. Set this to false before you add a zone or delete the stack.
	// +kubebuilder:title=Protected
	// +optional
	Protected bool `json:"protected,omitempty"`
}
