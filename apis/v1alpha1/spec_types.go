package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Environment picks defaults that suit how a stack is used.
//
// +kubebuilder:validation:Enum=production;staging;development
type Environment string

// Environments, from the most to the least protected.
const (
	EnvironmentProduction  Environment = "production"
	EnvironmentStaging     Environment = "staging"
	EnvironmentDevelopment Environment = "development"
)

// Size is a preset of database class and storage, NAT gateways and thresholds of
// alarms.
//
// +kubebuilder:validation:Enum=small;medium;large;xlarge
type Size string

// Sizes, from the cheapest to the largest.
const (
	SizeSmall  Size = "small"
	SizeMedium Size = "medium"
	SizeLarge  Size = "large"
	SizeXLarge Size = "xlarge"
)

// NATGateways says how private subnets reach the internet.
//
// +kubebuilder:validation:Enum=single;perZone;none
type NATGateways string

// NATGateways values.
const (
	NATGatewaysSingle  NATGateways = "single"
	NATGatewaysPerZone NATGateways = "perZone"
	NATGatewaysNone    NATGateways = "none"
)

// DeletionPolicy says what happens to data when the stack is deleted.
//
// +kubebuilder:validation:Enum=Retain;Snapshot;Delete
type DeletionPolicy string

// DeletionPolicy values.
const (
	DeletionPolicyRetain   DeletionPolicy = "Retain"
	DeletionPolicySnapshot DeletionPolicy = "Snapshot"
	DeletionPolicyDelete   DeletionPolicy = "Delete"
)

// SecureEcommerceSpec is what an app team asks for. Only the region is
// required.
//
// +kubebuilder:validation:XValidation:rule="self.region == oldSelf.region",fieldPath=".region",message="region is immutable: a stack cannot move; create a new one in the other region"
// +kubebuilder:validation:XValidation:rule="self.network.availabilityZones <= 2 || self.region != 'us-west-1'",fieldPath=".network.availabilityZones",message="us-west-1 offers an account only two availability zones: set 2"
// +kubebuilder:validation:XValidation:rule="self.network.availabilityZones <= 3 || self.region in ['us-east-1', 'us-west-2', 'ap-northeast-2']",fieldPath=".network.availabilityZones",message="only us-east-1, us-west-2 and ap-northeast-2 offer four availability zones: set 2 or 3"
// +kubebuilder:validation:XValidation:rule="!has(self.network.zoneNames) || self.network.zoneNames.all(z, z.startsWith(self.region))",fieldPath=".network.zoneNames",message="zone names must be of the stack's region, such as eu-west-1a in eu-west-1"
// +kubebuilder:validation:XValidation:rule="!(has(self.cdn.domain) || has(self.cdn.certificateArn)) || !(self.region.startsWith('cn-') || self.region.startsWith('us-gov-'))",fieldPath=".cdn.domain",message="CloudFront is not available to stacks in cn-* and us-gov-* regions, so neither a domain nor a certificate can be served there: remove cdn.domain and cdn.certificateArn"
// +kubebuilder:validation:XValidation:rule="!((has(self.cdn.originFailover) && self.cdn.originFailover) || has(self.cdn.accessLogs) || has(self.cdn.contentSecurityPolicy) || has(self.cdn.privateDownloads) || (has(self.cdn.additionalMetrics) && self.cdn.additionalMetrics) || has(self.cdn.realtimeLogs)) || !(self.region.startsWith('cn-') || self.region.startsWith('us-gov-'))",fieldPath=".cdn",message="CloudFront is not available to stacks in cn-* and us-gov-* regions: remove originFailover, accessLogs, contentSecurityPolicy, privateDownloads, additionalMetrics and realtimeLogs"
// +kubebuilder:validation:XValidation:rule="!has(self.database.proxy) || !has(self.network.existing) || size(self.network.existing.privateSubnetIds) >= 2",fieldPath=".database.proxy",message="a proxy stands in two private subnets, of two availability zones: add one to network.existing.privateSubnetIds"
// +kubebuilder:validation:XValidation:rule="!has(self.cdn.app) || !(self.region.startsWith('cn-') || self.region.startsWith('us-gov-'))",fieldPath=".cdn.app",message="CloudFront is not available to stacks in cn-* and us-gov-* regions: remove app"
// +kubebuilder:validation:XValidation:rule="!has(self.cdn.app) || self.cdn.app.loadBalancerArn.startsWith('arn:aws:elasticloadbalancing:' + self.region + ':')",fieldPath=".cdn.app.loadBalancerArn",message="the load balancer must be in the stack's region"
// +kubebuilder:validation:XValidation:rule="!has(self.cdn.originFailover) || !self.cdn.originFailover || has(self.assets.replica)",fieldPath=".cdn.originFailover",message="originFailover needs a second bucket to read from: set assets.replica"
// +kubebuilder:validation:XValidation:rule="!has(self.assets.replica) || self.assets.replica.region != self.region",fieldPath=".assets.replica.region",message="the replica must be in another region than the stack"
// +kubebuilder:validation:XValidation:rule="!has(self.assets.replica) || (self.assets.replica.region.startsWith('cn-') == self.region.startsWith('cn-') && self.assets.replica.region.startsWith('us-gov-') == self.region.startsWith('us-gov-'))",fieldPath=".assets.replica.region",message="S3 copies within a partition only: cn-* regions go with cn-*, us-gov-* with us-gov-*, all others with each other"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.audit.objectLockDays) || (has(self.deletionPolicy) ? self.deletionPolicy != 'Delete' : self.environment != 'development')",fieldPath=".guardrails.audit.objectLockDays",message="a bucket with locked objects cannot be emptied, so deletionPolicy Delete (the default of development) would never end: set deletionPolicy to Retain or Snapshot, or remove objectLockDays"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.config.edgeRules) || !self.guardrails.config.edgeRules || !(self.region.startsWith('cn-') || self.region.startsWith('us-gov-'))",fieldPath=".guardrails.config.edgeRules",message="stacks in cn-* and us-gov-* regions have no CDN that rules could be about: set it to false"
// +kubebuilder:validation:XValidation:rule="!has(self.network.interfaceEndpoints) || size(self.network.interfaceEndpoints) == 0 || !self.region.startsWith('cn-')",fieldPath=".network.interfaceEndpoints",message="names of endpoint services differ from service to service in cn-* regions: leave interfaceEndpoints out there"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.config.conformancePack) || !self.guardrails.config.conformancePack || !self.region.startsWith('cn-')",fieldPath=".guardrails.config.conformancePack",message="AWS Config has no conformance packs in cn-* regions: set it to false"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.responses.inVpc) || !self.guardrails.responses.inVpc || !has(self.network.natGateways) || self.network.natGateways != 'none'",fieldPath=".guardrails.responses.inVpc",message="the function reaches AWS through NAT gateways: set network.natGateways to single or perZone, or leave the function out of the VPC"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.responses.codeSigning) || !self.guardrails.responses.codeSigning || !(self.region.startsWith('cn-') || self.region.startsWith('us-gov-'))",fieldPath=".guardrails.responses.codeSigning",message="AWS Signer is not known to sign functions in cn-* and us-gov-* regions: set it to false"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.account.macie) || !self.guardrails.account.macie || !(self.region.startsWith('cn-') || self.region.startsWith('us-gov-'))",fieldPath=".guardrails.account.macie",message="Macie is not offered in cn-* and us-gov-* regions: set it to false"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.account.securityContact) || !(self.region.startsWith('cn-') || self.region.startsWith('us-gov-'))",fieldPath=".guardrails.account.securityContact",message="accounts of cn-* and us-gov-* regions have their contacts elsewhere: remove it"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.account.ebsKeyUsers) || self.guardrails.account.ebsKeyUsers.all(p, p.startsWith((self.region.startsWith('cn-') ? 'arn:aws-cn:' : self.region.startsWith('us-gov-') ? 'arn:aws-us-gov:' : 'arn:aws:')))",fieldPath=".guardrails.account.ebsKeyUsers",message="principals must be of the region's part of AWS: their ARNs begin with arn:aws: (arn:aws-cn: in cn-*, arn:aws-us-gov: in us-gov-*)"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.account.supportRole) || self.guardrails.account.supportRole.principals.all(p, p.startsWith((self.region.startsWith('cn-') ? 'arn:aws-cn:' : self.region.startsWith('us-gov-') ? 'arn:aws-us-gov:' : 'arn:aws:')))",fieldPath=".guardrails.account.supportRole.principals",message="principals must be of the region's part of AWS: their ARNs begin with arn:aws: (arn:aws-cn: in cn-*, arn:aws-us-gov: in us-gov-*)"
// +kubebuilder:validation:XValidation:rule="self.environment != 'production' || !has(self.database.backupRetentionDays) || self.database.backupRetentionDays >= 7",fieldPath=".database.backupRetentionDays",message="production keeps backups for at least 7 days: set 7 to 35"
// +kubebuilder:validation:XValidation:rule="!has(self.database.backupPlan) || !has(self.database.backupPlan.copyRegion) || self.database.backupPlan.copyRegion != self.region",fieldPath=".database.backupPlan.copyRegion",message="further copies must be in another region than the stack"
// +kubebuilder:validation:XValidation:rule="!has(self.database.backupPlan) || !has(self.database.backupPlan.copyRegion) || (self.database.backupPlan.copyRegion.startsWith('cn-') == self.region.startsWith('cn-') && self.database.backupPlan.copyRegion.startsWith('us-gov-') == self.region.startsWith('us-gov-'))",fieldPath=".database.backupPlan.copyRegion",message="AWS Backup copies within a partition only: cn-* regions go with cn-*, us-gov-* with us-gov-*, all others with each other"
// +kubebuilder:validation:XValidation:rule="!has(self.database.backupPlan) || !has(self.database.backupPlan.locked) || !self.database.backupPlan.locked || (has(self.deletionPolicy) ? self.deletionPolicy != 'Delete' : self.environment != 'development')",fieldPath=".database.backupPlan.locked",message="a locked vault cannot be emptied, so deletionPolicy Delete (the default of development) would never end: set deletionPolicy to Retain or Snapshot, or leave the vault unlocked"
type SecureEcommerceSpec struct {
	// AWS region of everything that is regional. It cannot change once the stack exists.
	// +kubebuilder:title=Region
	// +kubebuilder:validation:Enum=af-south-1;ap-east-1;ap-northeast-1;ap-northeast-2;ap-northeast-3;ap-south-1;ap-south-2;ap-southeast-1;ap-southeast-2;ap-southeast-3;ap-southeast-4;ap-southeast-5;ap-southeast-7;ca-central-1;ca-west-1;cn-north-1;cn-northwest-1;eu-central-1;eu-central-2;eu-north-1;eu-south-1;eu-south-2;eu-west-1;eu-west-2;eu-west-3;il-central-1;me-central-1;me-south-1;mx-central-1;sa-east-1;us-east-1;us-east-2;us-gov-east-1;us-gov-west-1;us-west-1;us-west-2
	// +kubebuilder:example=eu-west-1
	Region string `json:"region"`

	// How the stack is used. It picks defaults for high availability, backups, log retention and deletion; each can still be set by hand.
	// +kubebuilder:title=Environment
	// +kubebuilder:default=production
	// +optional
	Environment Environment `json:"environment,omitempty"`

	// Preset of database class, storage and NAT gateways: small (db.t3.micro, 20 GiB, one gateway), medium (db.t4g.medium, 50 GiB, one gateway), large (db.r6g.large, 100 GiB) and xlarge (db.r6g.xlarge, 200 GiB), both with a gateway in each zone in production. It also sets how many blocked requests ring an alarm.
	// +kubebuilder:title=Size
	// +kubebuilder:default=small
	// +optional
	Size Size `json:"size,omitempty"`

	// VPC, subnets and the ways in and out.
	// +kubebuilder:title=Network
	// +kubebuilder:default={}
	// +optional
	Network NetworkSpec `json:"network,omitempty"`

	// Bucket that holds the shop's static files, served by the CDN only.
	// +kubebuilder:title=Assets
	// +kubebuilder:default={}
	// +optional
	Assets AssetsSpec `json:"assets,omitempty"`

	// PostgreSQL database in isolated subnets.
	// +kubebuilder:title=Database
	// +kubebuilder:default={}
	// +optional
	Database DatabaseSpec `json:"database,omitempty"`

	// CloudFront distribution in front of the assets bucket.
	// +kubebuilder:title=CDN
	// +kubebuilder:default={}
	// +optional
	CDN CDNSpec `json:"cdn,omitempty"`

	// What runs the application, and so may act as the stack's roles.
	// +kubebuilder:title=Access
	// +kubebuilder:default={}
	// +optional
	Access AccessSpec `json:"access,omitempty"`

	// Secrets of the application.
	// +kubebuilder:title=Secrets
	// +kubebuilder:default={}
	// +optional
	Secrets SecretsSpec `json:"secrets,omitempty"`

	// Tiers that watch over the stack: firewall, audit trail, Config rules, parameters, alarms, automated responses.
	// +kubebuilder:title=Guardrails
	// +kubebuilder:default={}
	// +optional
	Guardrails GuardrailsSpec `json:"guardrails,omitempty"`

	// What happens to data when this stack is deleted. Retain (default of production) keeps database, buckets and keys, with the network they stand on. Snapshot (default of staging) takes a final database snapshot and keeps buckets and keys. Delete (default of development) deletes everything, files and backups included.
	// +kubebuilder:title=Deletion policy
	// +optional
	DeletionPolicy DeletionPolicy `json:"deletionPolicy,omitempty"`

	// Tags put on every AWS resource that takes tags, beside those the platform sets.
	// +kubebuilder:title=Tags
	// +kubebuilder:validation:MaxProperties=40
	// +kubebuilder:validation:XValidation:rule="self.all(k, size(k) >= 1 && size(k) <= 128 && !k.lowerAscii().startsWith('aws:') && k.matches('^[A-Za-z0-9 _.:/=+@-]+$'))",message="tag keys must be 1 to 128 characters of letters, digits, spaces and _.:/=+-@, and must not start with aws:"
	// +optional
	Tags map[string]TagValue `json:"tags,omitempty"`
}

// TagValue is the value of an AWS tag (AWS documentation, "Tag your AWS
// resources").
//
// +kubebuilder:validation:MaxLength=256
// +kubebuilder:validation:Pattern=`^[A-Za-z0-9 _.:/=+@-]*$`
type TagValue string

// NetworkSpec is the network of a stack: one that the stack makes, or one that
// exists.
//
// +kubebuilder:validation:XValidation:rule="has(self.existing) == has(oldSelf.existing)",fieldPath=".existing",message="a stack cannot move between a network of its own and one that exists: the database lives in it; create a new stack"
// +kubebuilder:validation:XValidation:rule="!has(self.existing) || !(has(self.zoneNames) || has(self.firewall) || (has(self.ipv6) && self.ipv6) || (has(self.interfaceEndpoints) && size(self.interfaceEndpoints) > 0))",fieldPath=".existing",message="a network that exists is its owner's: remove zoneNames, ipv6, interfaceEndpoints and firewall"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.ipv6) || !oldSelf.ipv6 || (has(self.ipv6) && self.ipv6)",fieldPath=".ipv6",message="IPv6 can be added but not removed: AWS takes no range back that something may be using"
// +kubebuilder:validation:XValidation:rule="!has(self.ipv6) || !self.ipv6 || !has(self.firewall)",fieldPath=".ipv6",message="the firewall inspects IPv4 only, and IPv6 would pass beside it: remove ipv6 or firewall"
// +kubebuilder:validation:XValidation:rule="has(self.existing) || (has(self.ipv6) && self.ipv6) || !has(self.appEgressCidrs) || self.appEgressCidrs.all(c, !isCIDR(c) || cidr(c).ip().family() == 4)",fieldPath=".appEgressCidrs",message="the network has IPv4 only: set ipv6, or remove the IPv6 ranges"
// +kubebuilder:validation:XValidation:rule="!has(self.firewall) || !has(self.firewall.protected) || !self.firewall.protected || !has(self.availabilityZones) || !has(oldSelf.availabilityZones) || self.availabilityZones == oldSelf.availabilityZones || !has(oldSelf.firewall)",fieldPath=".availabilityZones",message="a protected firewall takes no further zone: set network.firewall.protected to false first"
// +kubebuilder:validation:XValidation:rule="!has(self.firewall) || !has(self.cidr) || !isCIDR(self.cidr) || !isCIDR(self.firewall.cidr) || (!cidr(self.cidr).containsCIDR(cidr(self.firewall.cidr)) && !cidr(self.firewall.cidr).containsCIDR(cidr(self.cidr)))",fieldPath=".firewall.cidr",message="the firewall's range must not overlap network.cidr: choose another /26 of 100.64.0.0/10"
// +kubebuilder:validation:XValidation:rule="!has(self.ingress) || has(self.existing) || !has(self.cidr) || !isCIDR(self.cidr) || self.ingress.all(r, !has(r.to) || r.to != 'database' || !has(r.cidrs) || r.cidrs.all(c, isCIDR(c) && cidr(self.cidr).containsCIDR(cidr(c))))",fieldPath=".ingress",message="ranges that may call the database must lie within network.cidr: its subnets let in nobody else"
// +kubebuilder:validation:XValidation:rule="!has(self.firewall) || !has(self.natGateways) || self.natGateways != 'none'",fieldPath=".firewall",message="a firewall inspects what passes NAT gateways: set network.natGateways to single or perZone"
// +kubebuilder:validation:XValidation:rule="!has(self.cidr) || !has(oldSelf.cidr) || self.cidr == oldSelf.cidr",fieldPath=".cidr",message="cidr is immutable: subnets and the database live in it; create a new stack for another range"
// +kubebuilder:validation:XValidation:rule="!has(self.availabilityZones) || !has(oldSelf.availabilityZones) || self.availabilityZones >= oldSelf.availabilityZones",fieldPath=".availabilityZones",message="availability zones can be added but not removed: the database may be using any of them"
// +kubebuilder:validation:XValidation:rule="!has(self.zoneNames) || !has(self.availabilityZones) || size(self.zoneNames) == self.availabilityZones",fieldPath=".zoneNames",message="give exactly as many zone names as availabilityZones, or none"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.zoneNames) || (has(self.zoneNames) && oldSelf.zoneNames.all(z, z in self.zoneNames))",fieldPath=".zoneNames",message="zones in use cannot change: append new ones only"
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
	// +listType=set
	// +optional
	ZoneNames []string `json:"zoneNames,omitempty"`

	// How private subnets reach the internet: one NAT gateway for all zones (single), one in each (perZone, default of large and xlarge in production, survives the loss of a zone), or not at all (none). Another gateway has another public address.
	// +kubebuilder:title=NAT gateways
	// +optional
	NATGateways NATGateways `json:"natGateways,omitempty"`

	// Whether the network has IPv6 beside IPv4. Private subnets then give addresses of both, and call the internet by IPv6 without a NAT gateway, unless natGateways is none; nobody there can call them. The database stays on IPv4. It can be added later, not removed.
	// +kubebuilder:title=IPv6
	// +optional
	IPv6 bool `json:"ipv6,omitempty"`

	// Ranges that the app tier may call over HTTPS (port 443), such as a payment provider's: IPv4, and IPv6 where the network has it. Without any it reaches the database, S3 and the VPC's endpoints only.
	// +kubebuilder:title=HTTPS destinations of the app tier
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=43
	// +kubebuilder:validation:XValidation:rule="self.all(c, isCIDR(c) && cidr(c) == cidr(c).masked())",message="each destination must be a range that starts at its network address, such as 203.0.113.0/24 or 2001:db8::/32"
	// +listType=set
	// +optional
	AppEgressCIDRs []string `json:"appEgressCidrs,omitempty"`

	// Who else may call the application and the database, beside what the stack lets in by itself: ranges of private addresses and security groups, never the internet.
	// +kubebuilder:title=Further ingress
	// +kubebuilder:validation:MaxItems=20
	// +listType=atomic
	// +optional
	Ingress []IngressRule `json:"ingress,omitempty"`

	// AWS services that private subnets reach through interface endpoints instead of the internet, such as secretsmanager or ecr.api. Each costs by the hour in every zone. Not every region has ssm-contacts and ssm-incidents.
	// +kubebuilder:title=Interface endpoints
	// +kubebuilder:validation:items:Enum=ec2;ec2messages;ecr.api;ecr.dkr;events;kms;lambda;logs;monitoring;secretsmanager;sns;sqs;ssm;ssm-contacts;ssm-incidents;ssmmessages;states;sts
	// +listType=set
	// +optional
	InterfaceEndpoints []string `json:"interfaceEndpoints,omitempty"`

	// A network firewall that inspects what private subnets and the internet say to each other. It costs some hundred dollars a month in each zone.
	// +kubebuilder:title=Network firewall
	// +optional
	Firewall *FirewallSpec `json:"firewall,omitempty"`

	// A network that exists, of which the stack makes and changes nothing. All else here but appEgressCidrs is about a network that the stack makes.
	// +kubebuilder:title=Existing network
	// +optional
	Existing *ExistingNetwork `json:"existing,omitempty"`
}

// IngressTarget is what an ingress rule opens.
//
// +kubebuilder:validation:Enum=app;database
type IngressTarget string

// IngressTarget values.
const (
	IngressToApp      IngressTarget = "app"
	IngressToDatabase IngressTarget = "database"
)

// IngressRule lets others call the application or the database.
//
// +kubebuilder:validation:XValidation:rule="(has(self.cidrs) && size(self.cidrs) > 0) || (has(self.securityGroupIds) && size(self.securityGroupIds) > 0)",message="say who may call: set cidrs, securityGroupIds or both"
// +kubebuilder:validation:XValidation:rule="self.to != 'app' || has(self.port)",fieldPath=".port",message="say which port of the application may be called"
// +kubebuilder:validation:XValidation:rule="self.to != 'database' || !(has(self.port) || has(self.toPort))",fieldPath=".port",message="the database listens on one port only: remove port and toPort"
// +kubebuilder:validation:XValidation:rule="!has(self.toPort) || !has(self.port) || self.toPort >= self.port",fieldPath=".toPort",message="toPort must not be below port"
type IngressRule struct {
	// What may be called: the application's security group or the database's.
	// +kubebuilder:title=To
	// +kubebuilder:default=app
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

	// Ranges of private IPv4 addresses that may call. To reach the database of a network that the stack makes they must lie within network.cidr.
	// +kubebuilder:title=CIDRs
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=18
	// +kubebuilder:validation:XValidation:rule="self.all(c, isCIDR(c) && cidr(c).ip().family() == 4 && cidr(c) == cidr(c).masked() && ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].exists(r, cidr(r).containsCIDR(cidr(c))))",message="each range must lie in a private one (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10) and start at its network address: the internet reaches a shop through CloudFront only"
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
	// +listType=set
	DatabaseSubnetIDs []string `json:"databaseSubnetIds"`

	// IDs of the subnets of the application, told to it in status and parameters.
	// +kubebuilder:title=Private subnets
	// +kubebuilder:example={"subnet-0123456789abcdef2","subnet-0123456789abcdef3"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=24
	// +kubebuilder:validation:items:Pattern=`^subnet-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +listType=set
	PrivateSubnetIDs []string `json:"privateSubnetIds"`

	// IDs of the subnets of load balancers, told to the application.
	// +kubebuilder:title=Public subnets
	// +kubebuilder:example={"subnet-0123456789abcdef4"}
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=24
	// +kubebuilder:validation:items:Pattern=`^subnet-([0-9a-f]{8}|[0-9a-f]{17})$`
	// +listType=set
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

	// Names that private subnets may call over HTTP and HTTPS; one that begins with a dot stands for all below it. Everything else is dropped. Without any, only what AWS knows as malicious is.
	// +kubebuilder:title=Allowed domains
	// +kubebuilder:example={".example.com"}
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=253
	// +kubebuilder:validation:items:Pattern=`^\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +listType=set
	// +optional
	AllowedDomains []string `json:"allowedDomains,omitempty"`

	// Whether AWS refuses to delete the firewall or to change its zones. Set it to false before adding a zone or deleting the stack, which would otherwise wait for it.
	// +kubebuilder:title=Protected
	// +optional
	Protected bool `json:"protected,omitempty"`
}

// AssetsSpec is the bucket of static files.
//
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.replica) || has(self.replica)",fieldPath=".replica",message="the replica cannot be removed: it holds data; delete it with the stack"
// +kubebuilder:validation:XValidation:rule="has(self.existing) == has(oldSelf.existing)",fieldPath=".existing",message="a stack takes an existing bucket over when it is made, and keeps it: create a new stack"
type AssetsSpec struct {
	// Days that replaced or deleted versions of a file can still be brought back.
	// +kubebuilder:title=Days to keep old versions
	// +kubebuilder:default=90
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=3650
	// +optional
	NoncurrentVersionDays int32 `json:"noncurrentVersionDays,omitempty"`

	// Copy of the bucket in another region, kept up to date by S3 within minutes. Files that were there before are not copied. It cannot be removed or moved.
	// +kubebuilder:title=Replica
	// +optional
	Replica *AssetsReplica `json:"replica,omitempty"`

	// A bucket that exists and that the stack takes over with all that is in it, first to look at, then to manage.
	// +kubebuilder:title=Existing bucket
	// +optional
	Existing *ExistingBucket `json:"existing,omitempty"`
}

// ExistingPolicy is what a stack does with a resource that it takes over.
//
// +kubebuilder:validation:Enum=Observe;Manage
type ExistingPolicy string

// ExistingPolicy values.
const (
	ExistingPolicyObserve ExistingPolicy = "Observe"
	ExistingPolicyManage  ExistingPolicy = "Manage"
)

// ExistingBucket is a bucket that somebody else made, which a stack takes over.
//
// +kubebuilder:validation:XValidation:rule="self.name == oldSelf.name",fieldPath=".name",message="name is immutable: the stack has taken that bucket over; create a new stack for another one"
// +kubebuilder:validation:XValidation:rule="oldSelf.policy != 'Manage' || self.policy == 'Manage'",fieldPath=".policy",message="what the stack has changed it goes on managing: leave policy at Manage"
type ExistingBucket struct {
	// Name of the bucket, in the stack's account and region.
	// +kubebuilder:title=Name
	// +kubebuilder:example="shop-assets-2019"
	// +kubebuilder:validation:MinLength=3
	// +kubebuilder:validation:MaxLength=63
	// +kubebuilder:validation:Pattern=`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`
	Name string `json:"name"`

	// Observe changes nothing of the bucket, and the stack is not ready as long as it is so. Manage gives it the stack's encryption, policy, versions, logs and life cycle, in place of those that it has; files stay.
	// +kubebuilder:title=Policy
	// +kubebuilder:default=Observe
	// +optional
	Policy ExistingPolicy `json:"policy,omitempty"`
}

// AssetsReplica is a copy of the assets bucket.
//
// +kubebuilder:validation:XValidation:rule="self.region == oldSelf.region",fieldPath=".region",message="the replica's region is immutable: a bucket cannot move"
type AssetsReplica struct {
	// AWS region of the copy: another one than the stack's, of the same partition.
	// +kubebuilder:title=Region
	// +kubebuilder:validation:Enum=af-south-1;ap-east-1;ap-northeast-1;ap-northeast-2;ap-northeast-3;ap-south-1;ap-south-2;ap-southeast-1;ap-southeast-2;ap-southeast-3;ap-southeast-4;ap-southeast-5;ap-southeast-7;ca-central-1;ca-west-1;cn-north-1;cn-northwest-1;eu-central-1;eu-central-2;eu-north-1;eu-south-1;eu-south-2;eu-west-1;eu-west-2;eu-west-3;il-central-1;me-central-1;me-south-1;mx-central-1;sa-east-1;us-east-1;us-east-2;us-gov-east-1;us-gov-west-1;us-west-1;us-west-2
	Region string `json:"region"`
}

// DatabaseSpec is the PostgreSQL database.
//
// +kubebuilder:validation:XValidation:rule="!has(self.storageGiB) || !has(self.maxStorageGiB) || self.maxStorageGiB >= self.storageGiB + (self.storageGiB + 9) / 10",fieldPath=".maxStorageGiB",message="maxStorageGiB must exceed storageGiB by at least a tenth, or RDS refuses to grow it"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.storageGiB) || !has(self.storageGiB) || self.storageGiB >= oldSelf.storageGiB",fieldPath=".storageGiB",message="storageGiB can grow but not shrink: RDS storage cannot be reduced"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || !oldSelf.version.contains('.') || !self.version.contains('.') || oldSelf.version.split('.')[0] != self.version.split('.')[0] || int(self.version.split('.')[1]) >= int(oldSelf.version.split('.')[1])",fieldPath=".version",message="a minor version cannot be lowered: RDS does not downgrade"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || self.version.split('.')[0] >= oldSelf.version.split('.')[0]",fieldPath=".version",message="a major version cannot be lowered: RDS does not downgrade; restore a snapshot into another stack instead"
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || self.version.split('.')[0] <= oldSelf.version.split('.')[0] || (has(self.allowMajorVersionUpgrade) && self.allowMajorVersionUpgrade)",fieldPath=".version",message="raising the major version takes the database down for some minutes and cannot be undone: set allowMajorVersionUpgrade to true as well if that is what you want"
// +kubebuilder:validation:XValidation:rule="!has(self.storageType) || self.storageType != 'io2' || has(self.iops)",fieldPath=".iops",message="io2 has the IOPS that are asked for: set iops, 1000 to 256000"
// +kubebuilder:validation:XValidation:rule="!has(self.throughput) || !has(self.storageType) || self.storageType == 'gp3'",fieldPath=".throughput",message="the throughput of io2 follows from its IOPS: remove throughput, or set storageType to gp3"
// +kubebuilder:validation:XValidation:rule="!has(self.engine) || !has(oldSelf.engine) || self.engine == oldSelf.engine",fieldPath=".engine",message="engine is immutable: data cannot move between RDS and Aurora in place; restore a snapshot into another stack"
// +kubebuilder:validation:XValidation:rule="!has(self.engine) || self.engine != 'aurora-postgresql' || !(has(self.instanceClass) || has(self.storageGiB) || has(self.maxStorageGiB) || has(self.iops) || has(self.throughput)) && (!has(self.storageType) || self.storageType == 'gp3')",fieldPath=".engine",message="Aurora has its capacity by serverless, and storage that grows by itself: remove instanceClass, storageGiB, maxStorageGiB, storageType, iops and throughput"
// +kubebuilder:validation:XValidation:rule="!has(self.serverless) || (has(self.engine) && self.engine == 'aurora-postgresql')",fieldPath=".serverless",message="only Aurora has a capacity that changes by itself: set engine to aurora-postgresql, or remove serverless"
// +kubebuilder:validation:XValidation:rule="!has(self.readReplicas) || self.readReplicas == 0 || (has(self.engine) && self.engine == 'aurora-postgresql')",fieldPath=".readReplicas",message="RDS makes no replica of an instance whose administrator's password it keeps, as it does for every stack: set engine to aurora-postgresql, whose instances read, or remove readReplicas"
// +kubebuilder:validation:XValidation:rule="has(self.restoreFrom) == has(oldSelf.restoreFrom) && (!has(self.restoreFrom) || self.restoreFrom == oldSelf.restoreFrom)",fieldPath=".restoreFrom",message="restoreFrom is immutable: a database is restored when it is made; restore into another stack"
type DatabaseSpec struct {
	// What runs PostgreSQL: an instance of RDS (postgres), or an Aurora cluster whose instances grow and shrink by themselves (aurora-postgresql). It cannot change.
	// +kubebuilder:title=Engine
	// +kubebuilder:default=postgres
	// +optional
	Engine DatabaseEngine `json:"engine,omitempty"`

	// How far an Aurora cluster grows and shrinks. Without it the size decides.
	// +kubebuilder:title=Serverless capacity
	// +optional
	Serverless *ServerlessSpec `json:"serverless,omitempty"`

	// PostgreSQL version: "15", "16" or "17", which RDS keeps at the newest minor version, or an exact minor such as "15.4", which stays until it is changed here. It cannot be lowered; raising the major version needs allowMajorVersionUpgrade.
	// +kubebuilder:title=PostgreSQL version
	// +kubebuilder:default="15"
	// +kubebuilder:validation:MaxLength=5
	// +kubebuilder:validation:Pattern=`^1[567](\.[0-9]{1,2})?$`
	// +optional
	Version string `json:"version,omitempty"`

	// Whether the major version may be raised. RDS then upgrades the database in its next maintenance window, which takes it down for some minutes and cannot be undone; try it on a restored copy first.
	// +kubebuilder:title=Allow upgrades of the major version
	// +optional
	AllowMajorVersionUpgrade bool `json:"allowMajorVersionUpgrade,omitempty"`

	// RDS instance class, such as db.t3.micro or db.r6g.large. Without it the size decides.
	// +kubebuilder:title=Instance class
	// +kubebuilder:validation:MaxLength=32
	// +kubebuilder:validation:Pattern=`^db\.[a-z][a-z0-9-]*\.[a-z0-9]+$`
	// +kubebuilder:example=db.t3.micro
	// +optional
	InstanceClass string `json:"instanceClass,omitempty"`

	// Whether a standby in another zone takes over when the first one fails; in Aurora it serves reads too. Default: true in production, false elsewhere.
	// +kubebuilder:title=Multi-AZ
	// +optional
	MultiAZ *bool `json:"multiAZ,omitempty"`

	// Days that automatic backups are kept, 1 to 35. Default: 7 in production and staging, 1 in development.
	// +kubebuilder:title=Backup retention in days
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=35
	// +optional
	BackupRetentionDays *int32 `json:"backupRetentionDays,omitempty"`

	// Whether AWS refuses to delete the database. Default: true where deletionPolicy is Retain, else false, because deleting the stack would wait for it for ever.
	// +kubebuilder:title=Deletion protection
	// +optional
	DeletionProtection *bool `json:"deletionProtection,omitempty"`

	// Storage in GiB, 20 to 65536. Without it the size decides. It can grow, not shrink.
	// +kubebuilder:title=Storage in GiB
	// +kubebuilder:validation:Minimum=20
	// +kubebuilder:validation:Maximum=65536
	// +optional
	StorageGiB *int32 `json:"storageGiB,omitempty"`

	// Storage in GiB up to which RDS grows it by itself. Default: five times the storage.
	// +kubebuilder:title=Storage limit in GiB
	// +kubebuilder:validation:Minimum=22
	// +kubebuilder:validation:Maximum=65536
	// +optional
	MaxStorageGiB *int32 `json:"maxStorageGiB,omitempty"`

	// Kind of storage: gp3 for most, io2 for many small reads and writes at an even latency. It can be changed; RDS then takes hours, without an outage, and takes no further change for six hours.
	// +kubebuilder:title=Storage type
	// +kubebuilder:default=gp3
	// +kubebuilder:validation:Enum=gp3;io2
	// +optional
	StorageType string `json:"storageType,omitempty"`

	// Input and output operations a second. With gp3 12000 to 64000, from 400 GiB of storage on only; without it 3000 below that size and 12000 from there on. With io2 it is required: 1000 to 256000, at least half and at most a thousand for each GiB.
	// +kubebuilder:title=IOPS
	// +kubebuilder:validation:Minimum=1000
	// +kubebuilder:validation:Maximum=256000
	// +optional
	IOPS *int32 `json:"iops,omitempty"`

	// Throughput in MiB a second, 500 to 4000, with gp3 from 400 GiB of storage on only, at most a quarter of the IOPS; without it 125 below that size and 500 from there on.
	// +kubebuilder:title=Throughput in MiB a second
	// +kubebuilder:validation:Minimum=500
	// +kubebuilder:validation:Maximum=4000
	// +optional
	Throughput *int32 `json:"throughput,omitempty"`

	// Daily time of backups in UTC, hh:mm-hh:mm, at least 30 minutes.
	// +kubebuilder:title=Backup window
	// +kubebuilder:default="02:00-03:00"
	// +kubebuilder:validation:MaxLength=11
	// +kubebuilder:validation:Pattern=`^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$`
	// +kubebuilder:validation:XValidation:rule="!self.matches('^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$') || ((int(self.substring(6, 8)) * 60 + int(self.substring(9, 11))) - (int(self.substring(0, 2)) * 60 + int(self.substring(3, 5))) + 1440) % 1440 >= 30",message="backupWindow must last at least 30 minutes, such as 02:00-03:00"
	// +optional
	BackupWindow string `json:"backupWindow,omitempty"`

	// Weekly time of maintenance in UTC, ddd:hh:mm-ddd:hh:mm, at least 30 minutes, outside the backup window.
	// +kubebuilder:title=Maintenance window
	// +kubebuilder:default="sun:04:00-sun:05:00"
	// +kubebuilder:validation:MaxLength=19
	// +kubebuilder:validation:Pattern=`^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$`
	// +optional
	MaintenanceWindow string `json:"maintenanceWindow,omitempty"`

	// Whether pgAudit records changes of the schema and of permissions, with who made them; never what was read or written, which would put customers' data into logs. It takes a restart of the database, and CREATE EXTENSION pgaudit in each database.
	// +kubebuilder:title=pgAudit
	// +optional
	PgAudit bool `json:"pgAudit,omitempty"`

	// Whether changes of database security groups outside of VPCs are announced. AWS has retired such groups, but controls still ask for it.
	// +kubebuilder:title=Events of security groups
	// +optional
	SecurityGroupEvents bool `json:"securityGroupEvents,omitempty"`

	// A proxy that shares the database's connections among many functions. The app role signs in to it by IAM, as status.database.proxyEndpoint on port 5432, over TLS. It costs by the hour.
	// +kubebuilder:title=Proxy
	// +optional
	Proxy *DatabaseProxy `json:"proxy,omitempty"`

	// Further copies of the database by AWS Backup, which are kept longer than the 35 days of automatic backups, and elsewhere if asked for. Vaults that were made stay as long as the stack, since they hold copies.
	// +kubebuilder:title=Backup plan
	// +optional
	BackupPlan *DatabaseBackupPlan `json:"backupPlan,omitempty"`

	// How many instances of an Aurora cluster serve reads, 0 to 5. They are a little behind and take no writes; each costs by its own capacity. A standby is one of them. status.database.readEndpoints says where they are.
	// +kubebuilder:title=Read replicas
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=5
	// +optional
	ReadReplicas int32 `json:"readReplicas,omitempty"`

	// What the database is made from, instead of an empty one. It must be encrypted, of the stack's account and region, and PostgreSQL of the same major version as database.version. Its key, administrator and database names stay what they were. It cannot change, be added or be removed once the stack exists.
	// +kubebuilder:title=Restore from
	// +optional
	RestoreFrom *DatabaseRestore `json:"restoreFrom,omitempty"`
}

// DatabaseEngine is what runs PostgreSQL.
//
// +kubebuilder:validation:Enum=postgres;aurora-postgresql
type DatabaseEngine string

// DatabaseEngine values, as AWS calls them.
const (
	DatabaseEnginePostgres DatabaseEngine = "postgres"
	DatabaseEngineAurora   DatabaseEngine = "aurora-postgresql"
)

// ServerlessSpec is how far each instance of an Aurora cluster grows and shrinks,
// in Aurora capacity units of about 2 GiB of memory each (AWS documentation,
// "Performance and scaling for Aurora Serverless v2").
//
// +kubebuilder:validation:XValidation:rule="!has(self.minCapacity) || !has(self.maxCapacity) || self.maxCapacity >= self.minCapacity",fieldPath=".maxCapacity",message="maxCapacity must be at least minCapacity"
// +kubebuilder:validation:XValidation:rule="!has(self.secondsUntilAutoPause) || (has(self.minCapacity) && self.minCapacity == 0.0)",fieldPath=".secondsUntilAutoPause",message="a cluster pauses only where its capacity may shrink to nothing: set minCapacity to 0, or remove secondsUntilAutoPause"
type ServerlessSpec struct {
	// Least capacity, 0 to 256 in steps of a half. At 0 the cluster pauses when nobody uses it, and takes some seconds to come back. Below 2, Performance Insights may lack figures.
	// +kubebuilder:title=Least capacity
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=256
	// +kubebuilder:validation:XValidation:rule="double(int(self * 2.0)) == self * 2.0",message="capacity goes in steps of a half, such as 0.5 or 8"
	// +optional
	MinCapacity *float64 `json:"minCapacity,omitempty"`

	// Most capacity, 1 to 256 in steps of a half. It limits what an instance costs.
	// +kubebuilder:title=Most capacity
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=256
	// +kubebuilder:validation:XValidation:rule="double(int(self * 2.0)) == self * 2.0",message="capacity goes in steps of a half, such as 0.5 or 8"
	// +optional
	MaxCapacity *float64 `json:"maxCapacity,omitempty"`

	// Seconds without a connection until the cluster pauses, 300 to 86400. Without it AWS takes 300.
	// +kubebuilder:title=Seconds until it pauses
	// +kubebuilder:validation:Minimum=300
	// +kubebuilder:validation:Maximum=86400
	// +optional
	SecondsUntilAutoPause *int32 `json:"secondsUntilAutoPause,omitempty"`
}

// CDNSpec is the CloudFront distribution.
//
// +kubebuilder:validation:XValidation:rule="!has(self.certificateArn) || has(self.domain)",fieldPath=".certificateArn",message="certificateArn needs a domain that the certificate is for: set cdn.domain"
// +kubebuilder:validation:XValidation:rule="!has(self.additionalDomains) || size(self.additionalDomains) == 0 || (has(self.domain) && !(self.domain in self.additionalDomains))",fieldPath=".additionalDomains",message="additionalDomains come beside a domain: set cdn.domain, and do not repeat it"
// +kubebuilder:validation:XValidation:rule="!has(self.hostedZone) || has(self.domain)",fieldPath=".hostedZone",message="hostedZone is for the records of a domain: set cdn.domain"
// +kubebuilder:validation:XValidation:rule="!has(self.hostedZone) || !has(self.hostedZone.name) || !has(self.domain) || (self.domain == self.hostedZone.name || self.domain.endsWith('.' + self.hostedZone.name)) && (!has(self.additionalDomains) || self.additionalDomains.all(d, d == self.hostedZone.name || d.endsWith('.' + self.hostedZone.name)))",fieldPath=".hostedZone.name",message="all domains must lie in the hosted zone"
type CDNSpec struct {
	// Domain name of the shop, such as shop.example.com. The stack asks for a certificate in us-east-1 unless certificateArn is set; status.cdn.certificate then says which DNS record proves the domain is yours, and the domain is served once it is.
	// +kubebuilder:title=Domain name
	// +kubebuilder:validation:MaxLength=253
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +kubebuilder:example=shop.example.com
	// +optional
	Domain string `json:"domain,omitempty"`

	// ARN of an issued ACM certificate in us-east-1 for the domain. CloudFront takes certificates from that region only.
	// +kubebuilder:title=Certificate ARN
	// +kubebuilder:example="arn:aws:acm:us-east-1:123456789012:certificate/12345678-90ab-cdef-1234-567890abcdef"
	// +kubebuilder:validation:MaxLength=256
	// +kubebuilder:validation:Pattern=`^arn:aws:acm:us-east-1:[0-9]{12}:certificate/[A-Za-z0-9-]+$`
	// +optional
	CertificateARN string `json:"certificateArn,omitempty"`

	// Further names that serve the shop, such as www.shop.example.com. The certificate must be for them too; the stack asks for one that is.
	// +kubebuilder:title=Further domain names
	// +kubebuilder:example={"www.example.com"}
	// +kubebuilder:validation:MaxItems=9
	// +kubebuilder:validation:items:MaxLength=253
	// +kubebuilder:validation:items:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +listType=set
	// +optional
	AdditionalDomains []string `json:"additionalDomains,omitempty"`

	// Route 53 zone in which the stack proves that the domains are yours and leads them to the distribution. Without one the owner of the domains makes the records.
	// +kubebuilder:title=Hosted zone
	// +optional
	HostedZone *HostedZoneSpec `json:"hostedZone,omitempty"`

	// Which CloudFront edge locations serve the shop: North America and Europe (PriceClass_100), also Asia, Middle East and Africa (PriceClass_200), or all.
	// +kubebuilder:title=Price class
	// +kubebuilder:default=PriceClass_100
	// +kubebuilder:validation:Enum=PriceClass_100;PriceClass_200;PriceClass_All
	// +optional
	PriceClass string `json:"priceClass,omitempty"`

	// File that is served for the bare domain, without a leading slash. It is not used if the application answers all paths.
	// +kubebuilder:title=Default root object
	// +kubebuilder:default=index.html
	// +kubebuilder:validation:MaxLength=255
	// +kubebuilder:validation:Pattern=`^[A-Za-z0-9_.*$~"'@:+-][A-Za-z0-9_.*$/~"'@:+-]*$`
	// +optional
	DefaultRootObject string `json:"defaultRootObject,omitempty"`

	// Countries that may, or may not, visit the shop.
	// +kubebuilder:title=Geo restriction
	// +optional
	GeoRestriction *GeoRestriction `json:"geoRestriction,omitempty"`

	// Strict-Transport-Security for a whole domain. Both are off by default, because a claim for a sub-domain must not decide for its neighbours.
	// +kubebuilder:title=HSTS
	// +kubebuilder:default={}
	// +optional
	HSTS HSTSSpec `json:"hsts,omitempty"`

	// Whether CloudFront reads from the replica of the assets when their own bucket answers with an error of the server (500, 502, 503, 504). It needs assets.replica.
	// +kubebuilder:title=Origin failover
	// +optional
	OriginFailover bool `json:"originFailover,omitempty"`

	// How CloudFront logs requests: Legacy (default), which AWS Config and scanners look for but which writes by an ACL, or V2, which needs no ACL. Both write to the same bucket, so logs stay when this changes.
	// +kubebuilder:title=Access logs
	// +optional
	AccessLogs AccessLogs `json:"accessLogs,omitempty"`

	// Content-Security-Policy that browsers get with every file. Without it they get none.
	// +kubebuilder:title=Content security policy
	// +optional
	ContentSecurityPolicy *ContentSecurityPolicy `json:"contentSecurityPolicy,omitempty"`

	// Files that are served to signed URLs and cookies only.
	// +kubebuilder:title=Private downloads
	// +optional
	PrivateDownloads *PrivateDownloads `json:"privateDownloads,omitempty"`

	// Whether CloudFront publishes its further metrics, such as the hit rate, the origin's latency and errors by code. They are charged by the distribution.
	// +kubebuilder:title=Additional metrics
	// +optional
	AdditionalMetrics bool `json:"additionalMetrics,omitempty"`

	// Log of requests within seconds, to a Kinesis stream in us-east-1 that is charged by the hour.
	// +kubebuilder:title=Real-time logs
	// +optional
	RealtimeLogs *RealtimeLogs `json:"realtimeLogs,omitempty"`

	// An application behind a private load balancer that answers some paths of the shop.
	// +kubebuilder:title=Application
	// +optional
	App *AppOrigin `json:"app,omitempty"`
}

// AppOrigin is an application behind a load balancer that needs no public
// address: CloudFront reaches it inside of its VPC.
type AppOrigin struct {
	// ARN of the load balancer, in the stack's region and account. Its security group must let in CloudFront-VPCOrigins-Service-SG by HTTPS.
	// +kubebuilder:title=Load balancer ARN
	// +kubebuilder:example="arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1234567890abcdef"
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^arn:aws:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/(app|net)/[A-Za-z0-9-]+/[0-9a-f]+$`
	LoadBalancerARN string `json:"loadBalancerArn"`

	// Name that the load balancer's certificate is for. CloudFront asks by it, and nobody else needs to resolve it.
	// +kubebuilder:title=Domain name
	// +kubebuilder:example="app.example.com"
	// +kubebuilder:validation:MaxLength=253
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +kubebuilder:validation:XValidation:rule="!self.endsWith('.amazonaws.com')",message="no certificate can be for a load balancer's own name, so CloudFront would answer every request with 502: use a name of your own that its certificate is for, such as app.example.com"
	DomainName string `json:"domainName"`

	// Paths that the application answers. Everything else is a file of the assets bucket.
	// +kubebuilder:title=Paths
	// +kubebuilder:default={"/api/*"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=255
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_.*$/~"'@:+&?-]*$`
	// +listType=set
	// +optional
	PathPatterns []string `json:"pathPatterns,omitempty"`
}

// GeoRestriction limits who can visit the shop by country.
type GeoRestriction struct {
	// Whether the countries are the only ones allowed, or the ones blocked.
	// +kubebuilder:title=Type
	// +kubebuilder:validation:Enum=allow;block
	Type string `json:"type"`

	// ISO 3166-1 alpha-2 country codes, such as DE.
	// +kubebuilder:title=Countries
	// +kubebuilder:example={"DE","FR"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=249
	// +kubebuilder:validation:items:Pattern=`^[A-Z]{2}$`
	// +listType=set
	Countries []string `json:"countries"`
}

// HSTSSpec widens Strict-Transport-Security (RFC 6797) beyond the shop's own
// name.
type HSTSSpec struct {
	// Whether browsers must use HTTPS for all sub-domains too.
	// +kubebuilder:title=Include sub-domains
	// +optional
	IncludeSubdomains bool `json:"includeSubdomains,omitempty"`

	// Whether the domain may be listed in browsers' preload lists, which is slow to undo.
	// +kubebuilder:title=Preload
	// +optional
	Preload bool `json:"preload,omitempty"`
}

// SecretsSpec is what concerns the application's own secret. The database's
// password is made, stored and rotated by RDS.
type SecretsSpec struct {
	// Rotation of the application's secret by a Lambda function of yours.
	// +kubebuilder:title=Rotation of the app secret
	// +optional
	AppRotation *AppRotation `json:"appRotation,omitempty"`
}

// AppRotation rotates the application's secret.
type AppRotation struct {
	// ARN of the rotation function, which must let Secrets Manager invoke it.
	// +kubebuilder:title=Rotation function ARN
	// +kubebuilder:example="arn:aws:lambda:eu-west-1:123456789012:function:rotate"
	// +kubebuilder:validation:MaxLength=256
	// +kubebuilder:validation:Pattern=`^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+$`
	LambdaARN string `json:"lambdaArn"`

	// Days between rotations, 1 to 90.
	// +kubebuilder:title=Days between rotations
	// +kubebuilder:default=30
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=90
	// +optional
	Days int32 `json:"days,omitempty"`
}

// SecureEcommerce is a secure, multi-tier e-commerce stack on AWS.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:path=secureecommerces,categories={crossplane,ecommerce}
// +kubebuilder:printcolumn:name="REGION",type=string,JSONPath=".spec.region",description="AWS region of the stack"
// +kubebuilder:printcolumn:name="ENVIRONMENT",type=string,JSONPath=".spec.environment",priority=1,description="How the stack is used"
// +kubebuilder:printcolumn:name="CDN-DOMAIN",type=string,JSONPath=".status.cdn.domain",description="Domain name that serves the shop"
type SecureEcommerce struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`

	Spec SecureEcommerceSpec `json:"spec"`

	// +optional
	Status SecureEcommerceStatus `json:"status,omitempty"`
}
