package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Region is the name of an AWS region. Which ones there are the function knows, so
// that a region that AWS adds needs no other API.
//
// +kubebuilder:validation:MaxLength=32
// +kubebuilder:validation:Pattern=`^[a-z]{2}(-[a-z]+)+-[0-9]$`
type Region string

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
// +kubebuilder:validation:XValidation:rule="!has(self.network.zoneNames) || self.network.zoneNames.all(z, z.startsWith(self.region))",fieldPath=".network.zoneNames",message="zone names must be of the stack's region, such as eu-west-1a in eu-west-1"
// +kubebuilder:validation:XValidation:rule="!has(self.database.proxy) || !has(self.network.existing) || size(self.network.existing.privateSubnetIds) >= 2",fieldPath=".database.proxy",message="a proxy stands in two private subnets, of two availability zones: add one to network.existing.privateSubnetIds"
// +kubebuilder:validation:XValidation:rule="!has(self.app) || !has(self.app.loadBalancer) || self.app.loadBalancer.arn.startsWith('arn:aws:elasticloadbalancing:' + self.region + ':')",fieldPath=".app.loadBalancer.arn",message="the load balancer must be in the stack's region"
// +kubebuilder:validation:XValidation:rule="!has(self.app) || !has(self.app.services) || size(self.app.services) == 0 || !has(self.network.existing) || size(self.network.existing.privateSubnetIds) >= 2",fieldPath=".app.services",message="the load balancer of the services stands in two private subnets, of two availability zones: add one to network.existing.privateSubnetIds"
// +kubebuilder:validation:XValidation:rule="!has(self.cdn.originFailover) || !self.cdn.originFailover || has(self.assets.replica)",fieldPath=".cdn.originFailover",message="originFailover needs a second bucket to read from: set assets.replica"
// +kubebuilder:validation:XValidation:rule="!has(self.assets.replica) || self.assets.replica.region != self.region",fieldPath=".assets.replica.region",message="the replica must be in another region than the stack"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.audit.objectLockDays) || (has(self.deletionPolicy) ? self.deletionPolicy != 'Delete' : self.environment != 'development')",fieldPath=".guardrails.audit.objectLockDays",message="a bucket with locked objects cannot be emptied, so deletionPolicy Delete (the default of development) would never end: set deletionPolicy to Retain or Snapshot, or remove objectLockDays"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.responses.inVpc) || !self.guardrails.responses.inVpc || !has(self.network.natGateways) || self.network.natGateways != 'None'",fieldPath=".guardrails.responses.inVpc",message="the function reaches AWS through NAT gateways: set network.natGateways to Single or PerZone, or leave the function out of the VPC"
// +kubebuilder:validation:XValidation:rule="self.environment != 'production' || !has(self.database.backupRetentionDays) || self.database.backupRetentionDays >= 7",fieldPath=".database.backupRetentionDays",message="production keeps backups for at least 7 days: set 7 to 35"
// +kubebuilder:validation:XValidation:rule="!has(self.database.backupPlan) || !has(self.database.backupPlan.copyRegion) || self.database.backupPlan.copyRegion != self.region",fieldPath=".database.backupPlan.copyRegion",message="further copies must be in another region than the stack"
// +kubebuilder:validation:XValidation:rule="!has(self.database.backupPlan) || !has(self.database.backupPlan.locked) || !self.database.backupPlan.locked || (has(self.deletionPolicy) ? self.deletionPolicy != 'Delete' : self.environment != 'development')",fieldPath=".database.backupPlan.locked",message="a locked vault cannot be emptied, so deletionPolicy Delete (the default of development) would never end: set deletionPolicy to Retain or Snapshot, or leave the vault unlocked"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.cache) || has(self.cache) || (has(self.deletionPolicy) ? self.deletionPolicy != 'Retain' : self.environment != 'production')",fieldPath=".cache",message="under deletionPolicy Retain (the default of production) the cache would stay in AWS: set deletionPolicy to Snapshot or Delete to remove it"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.uploads) || has(self.uploads)",fieldPath=".uploads",message="uploads cannot be removed: the bucket holds your visitors' files; delete it with the stack"
// +kubebuilder:validation:XValidation:rule="!has(self.uploads) || !has(self.uploads.path) || !has(self.cdn.privateDownloads) || self.cdn.privateDownloads.pathPattern != self.uploads.path",fieldPath=".uploads.path",message="a path can be served once only: cdn.privateDownloads has it already"
// +kubebuilder:validation:XValidation:rule="!has(self.uploads) || !has(self.uploads.path) || !has(self.app) || !has(self.app.loadBalancer) || !has(self.app.loadBalancer.paths) || !(self.uploads.path in self.app.loadBalancer.paths)",fieldPath=".uploads.path",message="a path can be served once only: app.loadBalancer.paths has it already"
// +kubebuilder:validation:XValidation:rule="!has(self.assets.notFound) || !has(self.assets.notFound.status) || self.assets.notFound.status != 404 || !has(self.app) || !has(self.app.loadBalancer)",fieldPath=".assets.notFound.status",message="CloudFront would replace the application's own answers too: use status 200, or remove notFound"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.search) || has(self.search) || (has(oldSelf.search.deletionProtection) ? !oldSelf.search.deletionProtection : (has(oldSelf.deletionPolicy) ? oldSelf.deletionPolicy == 'Delete' : oldSelf.environment == 'development'))",fieldPath=".search",message="search holds the shop's indexes, which would be lost: set search.deletionProtection to false first, then remove search"
// +kubebuilder:validation:XValidation:rule="!has(self.mail) || has(self.mail.domain) || has(self.cdn.domain)",fieldPath=".mail",message="name the domain that mail is sent from: set mail.domain, such as example.com, or cdn.domain"
type SecureEcommerceSpec struct {
	// AWS region of everything that is regional. It cannot change once the stack exists.
	// +kubebuilder:title=Region
	// +kubebuilder:example=eu-west-1
	Region Region `json:"region"`

	// How the stack is used. It picks defaults for high availability, backups, log retention and deletion; each can still be set by hand.
	// +kubebuilder:title=Environment
	// +kubebuilder:default=production
	// +optional
	Environment Environment `json:"environment,omitempty"`

	// Preset of database class, storage and NAT gateways: small (db.t3.micro, 20 GiB, one gateway), medium (db.t4g.medium, 50 GiB, one gateway), large (db.r6g.large, 100 GiB) and xlarge (db.r6g.xlarge, 200 GiB), both with a gateway in each zone in production. It also sets instance type and storage of the search domain, and how many blocked requests ring an alarm.
	// +kubebuilder:title=Size
	// +kubebuilder:default=small
	// +optional
	Size Size `json:"size,omitempty"`

	// VPC, subnets and the ways in and out.
	// +kubebuilder:title=Network
	// +kubebuilder:default={}
	// +optional
	Network NetworkSpec `json:"network,omitzero"`

	// What answers the shop's visitors beside files.
	// +kubebuilder:title=Application
	// +optional
	App AppSpec `json:"app,omitzero"`

	// Bucket that holds the shop's static files, served by the CDN only.
	// +kubebuilder:title=Assets
	// +kubebuilder:default={}
	// +optional
	Assets AssetsSpec `json:"assets,omitzero"`

	// Bucket for files that visitors upload, written by the application only and served by the CDN under a path of its own. None without it. It cannot be removed.
	// +kubebuilder:title=Uploads
	// +optional
	Uploads *UploadsSpec `json:"uploads,omitempty"`

	// Queues between parts of the application (SQS), such as of orders from the checkout to a worker. A queue that you remove keeps its messages in AWS, unless deletionPolicy is Delete, which deletes them.
	// +kubebuilder:title=Queues
	// +kubebuilder:validation:MaxItems=20
	// +listType=map
	// +listMapKey=name
	// +optional
	Queues []QueueSpec `json:"queues,omitempty"`

	// Mail that the shop sends (SES): domain, signatures, and what becomes of bounces. None without it.
	// +kubebuilder:title=Mail
	// +optional
	Mail *MailSpec `json:"mail,omitempty"`

	// Database in isolated subnets: PostgreSQL, unless another engine is asked for.
	// +kubebuilder:title=Database
	// +kubebuilder:default={}
	// +optional
	Database DatabaseSpec `json:"database,omitzero"`

	// Cache in memory (ElastiCache) in isolated subnets, encrypted in transit, for sessions, queues and what is costly to compute. None without it; an empty object is a whole cache. It can be removed under deletionPolicy Snapshot or Delete only.
	// +kubebuilder:title=Cache
	// +optional
	Cache *CacheSpec `json:"cache,omitempty"`

	// Managed search domain (OpenSearch Service) in isolated subnets, which only the application reaches. None without it. An empty one, {}, is whole: encrypted, with audit logs, alarms and the app role as its administrator.
	// +kubebuilder:title=Search
	// +optional
	Search *SearchSpec `json:"search,omitempty"`

	// CloudFront distribution in front of the assets bucket.
	// +kubebuilder:title=CDN
	// +kubebuilder:default={}
	// +optional
	CDN CDNSpec `json:"cdn,omitzero"`

	// What runs the application, and so may act as the stack's roles.
	// +kubebuilder:title=Access
	// +kubebuilder:default={}
	// +optional
	Access AccessSpec `json:"access,omitzero"`

	// Secrets of the application.
	// +kubebuilder:title=Secrets
	// +kubebuilder:default={}
	// +optional
	Secrets SecretsSpec `json:"secrets,omitzero"`

	// Tiers that watch over the stack: firewall, audit trail, Config rules, parameters, alarms, automated responses.
	// +kubebuilder:title=Guardrails
	// +kubebuilder:default={}
	// +optional
	Guardrails GuardrailsSpec `json:"guardrails,omitzero"`

	// Settings of the whole AWS account, which one stack of an account can own. None is set unless asked for, and the platform's input must allow it (accountSettings). What was set stays set when it is no longer asked for or the stack is deleted.
	// +kubebuilder:title=Settings of the account
	// +optional
	Account AccountSpec `json:"account,omitzero"`

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

// SecureEcommerce is a secure, multi-tier e-commerce stack on AWS.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:path=secureecommerces,categories={crossplane,ecommerce}
// +kubebuilder:printcolumn:name="REGION",type=string,JSONPath=".spec.region",description="AWS region of the stack"
// +kubebuilder:printcolumn:name="ENVIRONMENT",type=string,JSONPath=".spec.environment",priority=1,description="How the stack is used"
// +kubebuilder:printcolumn:name="CDN-DOMAIN",type=string,JSONPath=".status.cdn.domain",description="Domain name that serves the shop"
type SecureEcommerce struct {
	metav1.TypeMeta `json:",inline"`

	// +optional
	metav1.ObjectMeta `json:"metadata,omitzero"`

	Spec SecureEcommerceSpec `json:"spec"`

	// +optional
	Status SecureEcommerceStatus `json:"status,omitzero"`
}

// SecureEcommerceList is what listing stacks returns.
//
// +kubebuilder:object:root=true
type SecureEcommerceList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitzero"`

	Items []SecureEcommerce `json:"items"`
}
