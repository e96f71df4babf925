package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Region is the name of an AWS region. The function knows the valid names, so a new
// region does not require a new API version.
//
// +kubebuilder:validation:MaxLength=32
// +kubebuilder:validation:Pattern=`^[a-z]{2}(-[a-z]+)+-[0-9]$`
type Region string

// Environment selects defaults for the use of a stack.
//
// +kubebuilder:validation:Enum=production;staging;development
type Environment string

// Environments, from the most to the least protected.
const (
	EnvironmentProduction  Environment = "production"
	EnvironmentStaging     Environment = "staging"
	EnvironmentDevelopment Environment = "development"
)

// Size is a preset of database class and storage, NAT gateways and alarm
// thresholds.
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

// DeletionPolicy controls what happens to data when the stack is deleted.
//
// +kubebuilder:validation:Enum=Retain;Snapshot;Delete
type DeletionPolicy string

// DeletionPolicy values.
const (
	DeletionPolicyRetain   DeletionPolicy = "Retain"
	DeletionPolicySnapshot DeletionPolicy = "Snapshot"
	DeletionPolicyDelete   DeletionPolicy = "Delete"
)

// SecureEcommerceSpec is the desired state of a stack. Only the region is
// required.
//
// +kubebuilder:validation:XValidation:rule="self.region == oldSelf.region",fieldPath=".region",message="region cannot be changed: create a new stack in the other region"
// +kubebuilder:validation:XValidation:rule="!has(self.network.zoneNames) || self.network.zoneNames.all(z, z.startsWith(self.region))",fieldPath=".network.zoneNames",message="zones must be in the stack's region; for example, eu-west-1a in eu-west-1"
// +kubebuilder:validation:XValidation:rule="!has(self.database.proxy) || !has(self.network.existing) || size(self.network.existing.privateSubnetIds) >= 2",fieldPath=".database.proxy",message="a proxy requires private subnets in at least two availability zones: add a subnet in another zone to network.existing.privateSubnetIds"
// +kubebuilder:validation:XValidation:rule="!has(self.app) || !has(self.app.loadBalancer) || self.app.loadBalancer.arn.startsWith('arn:aws:elasticloadbalancing:' + self.region + ':')",fieldPath=".app.loadBalancer.arn",message="the load balancer must be in the stack's region"
// +kubebuilder:validation:XValidation:rule="!has(self.app) || !has(self.app.services) || size(self.app.services) == 0 || !has(self.network.existing) || size(self.network.existing.privateSubnetIds) >= 2",fieldPath=".app.services",message="the services' load balancer requires private subnets in at least two availability zones: add a subnet in another zone to network.existing.privateSubnetIds"
// +kubebuilder:validation:XValidation:rule="!has(self.cdn.originFailover) || !self.cdn.originFailover || has(self.assets.replica)",fieldPath=".cdn.originFailover",message="originFailover requires assets.replica: set assets.replica, or remove originFailover"
// +kubebuilder:validation:XValidation:rule="!has(self.assets.replica) || self.assets.replica.region != self.region",fieldPath=".assets.replica.region",message="the replica's region must differ from the stack's region"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.audit.objectLockDays) || (has(self.deletionPolicy) ? self.deletionPolicy != 'Delete' : self.environment != 'development')",fieldPath=".guardrails.audit.objectLockDays",message="objectLockDays cannot be combined with deletionPolicy Delete (the default in development), because locked objects cannot be deleted: set deletionPolicy to Retain or Snapshot, or remove objectLockDays"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.responses.inVpc) || !self.guardrails.responses.inVpc || !has(self.network.natGateways) || self.network.natGateways != 'None'",fieldPath=".guardrails.responses.inVpc",message="inVpc requires NAT gateways: set network.natGateways to Single or PerZone, or remove inVpc"
// +kubebuilder:validation:XValidation:rule="self.environment != 'production' || !has(self.database.backupRetentionDays) || self.database.backupRetentionDays >= 7",fieldPath=".database.backupRetentionDays",message="in production, backupRetentionDays must be at least 7: set a value from 7 to 35"
// +kubebuilder:validation:XValidation:rule="!has(self.database.backupPlan) || !has(self.database.backupPlan.copyRegion) || self.database.backupPlan.copyRegion != self.region",fieldPath=".database.backupPlan.copyRegion",message="copyRegion must differ from the stack's region"
// +kubebuilder:validation:XValidation:rule="!has(self.database.backupPlan) || !has(self.database.backupPlan.locked) || !self.database.backupPlan.locked || (has(self.deletionPolicy) ? self.deletionPolicy != 'Delete' : self.environment != 'development')",fieldPath=".database.backupPlan.locked",message="locked cannot be combined with deletionPolicy Delete (the default in development), because a locked vault cannot be emptied: set deletionPolicy to Retain or Snapshot, or remove locked"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.cache) || has(self.cache) || (has(self.deletionPolicy) ? self.deletionPolicy != 'Retain' : self.environment != 'production')",fieldPath=".cache",message="cache cannot be removed with deletionPolicy Retain (the default in production): set deletionPolicy to Snapshot or Delete first"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.uploads) || has(self.uploads)",fieldPath=".uploads",message="uploads cannot be removed, because the bucket contains your visitors' files: to delete the bucket, delete the stack"
// +kubebuilder:validation:XValidation:rule="!has(self.uploads) || !has(self.uploads.path) || !has(self.cdn.privateDownloads) || self.cdn.privateDownloads.pathPattern != self.uploads.path",fieldPath=".uploads.path",message="the path is also in cdn.privateDownloads: change one of the paths"
// +kubebuilder:validation:XValidation:rule="!has(self.uploads) || !has(self.uploads.path) || !has(self.app) || !has(self.app.loadBalancer) || !has(self.app.loadBalancer.paths) || !(self.uploads.path in self.app.loadBalancer.paths)",fieldPath=".uploads.path",message="the path is also in app.loadBalancer.paths: change one of the paths"
// +kubebuilder:validation:XValidation:rule="!has(self.assets.notFound) || !has(self.assets.notFound.status) || self.assets.notFound.status != 404 || !has(self.app) || !has(self.app.loadBalancer)",fieldPath=".assets.notFound.status",message="status 404 cannot be combined with an application, because CloudFront would also replace the application's own 404 responses: set status to 200, or remove notFound"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.search) || has(self.search) || (has(oldSelf.search.deletionProtection) ? !oldSelf.search.deletionProtection : (has(oldSelf.deletionPolicy) ? oldSelf.deletionPolicy == 'Delete' : oldSelf.environment == 'development'))",fieldPath=".search",message="search cannot be removed while deletion protection is enabled: set search.deletionProtection to false first"
// +kubebuilder:validation:XValidation:rule="!has(self.mail) || has(self.mail.domain) || has(self.cdn.domain)",fieldPath=".mail",message="mail requires a domain: set mail.domain (for example, to example.com) or cdn.domain"
type SecureEcommerceSpec struct {
	// AWS region of the stack. Cannot be changed after creation.
	// +kubebuilder:title=Region
	// +kubebuilder:example=eu-west-1
	Region Region `json:"region"`

	// Environment of the stack: production, staging or development. Sets the defaults for high availability, backups, log retention and deletion. Other fields can override these defaults. Defaults to production.
	// +kubebuilder:title=Environment
	// +kubebuilder:default=production
	// +optional
	Environment Environment `json:"environment,omitempty"`

	// Preset of database class, storage and NAT gateways: small (db.t3.micro, 20 GiB), medium (db.t4g.medium, 50 GiB), large (db.r6g.large, 100 GiB) or xlarge (db.r6g.xlarge, 200 GiB). In production, large and xlarge have one NAT gateway per zone; otherwise, the stack has one NAT gateway. Also sets the instance type and storage of the search domain, and the alarm threshold for blocked requests. Defaults to small.
	// +kubebuilder:title=Size
	// +kubebuilder:default=small
	// +optional
	Size Size `json:"size,omitempty"`

	// VPC, subnets, and inbound and outbound rules.
	// +kubebuilder:title=Network
	// +kubebuilder:default={}
	// +optional
	Network NetworkSpec `json:"network,omitzero"`

	// Application that answers all requests except those for static files.
	// +kubebuilder:title=Application
	// +optional
	App AppSpec `json:"app,omitzero"`

	// S3 bucket for static files. Only the CDN can read it.
	// +kubebuilder:title=Assets
	// +kubebuilder:default={}
	// +optional
	Assets AssetsSpec `json:"assets,omitzero"`

	// S3 bucket for files that visitors upload. Only the application can write to the bucket. The CDN serves the files under their own path (/uploads/* by default). Not created by default. Cannot be removed after creation.
	// +kubebuilder:title=Uploads
	// +optional
	Uploads *UploadsSpec `json:"uploads,omitempty"`

	// SQS queues between parts of the application, such as from the checkout to a worker. If you remove a queue, deletionPolicy Delete deletes the queue and its messages; other policies keep both in AWS.
	// +kubebuilder:title=Queues
	// +kubebuilder:validation:MaxItems=20
	// +listType=map
	// +listMapKey=name
	// +optional
	Queues []QueueSpec `json:"queues,omitempty"`

	// Email through Amazon SES: domain, DKIM and bounce handling. Not enabled by default.
	// +kubebuilder:title=Mail
	// +optional
	Mail *MailSpec `json:"mail,omitempty"`

	// Database in isolated subnets. Defaults to PostgreSQL.
	// +kubebuilder:title=Database
	// +kubebuilder:default={}
	// +optional
	Database DatabaseSpec `json:"database,omitzero"`

	// In-memory cache (ElastiCache), for example for sessions. The cache is in isolated subnets and requires TLS. Not created by default; set {} for a cache with default settings. Can be removed only with deletionPolicy Snapshot or Delete.
	// +kubebuilder:title=Cache
	// +optional
	Cache *CacheSpec `json:"cache,omitempty"`

	// OpenSearch Service domain in isolated subnets. Only the application can reach the domain. Not created by default; set {} for a domain with default settings. The domain has encryption, audit logs and alarms, and the app role is its administrator.
	// +kubebuilder:title=Search
	// +optional
	Search *SearchSpec `json:"search,omitempty"`

	// CloudFront distribution in front of the assets bucket.
	// +kubebuilder:title=CDN
	// +kubebuilder:default={}
	// +optional
	CDN CDNSpec `json:"cdn,omitzero"`

	// Roles and permissions of the application.
	// +kubebuilder:title=Access
	// +kubebuilder:default={}
	// +optional
	Access AccessSpec `json:"access,omitzero"`

	// Settings of the app secret.
	// +kubebuilder:title=Secrets
	// +kubebuilder:default={}
	// +optional
	Secrets SecretsSpec `json:"secrets,omitzero"`

	// Security controls: web application firewall, audit trail, AWS Config rules, parameters, alarms and automated responses.
	// +kubebuilder:title=Guardrails
	// +kubebuilder:default={}
	// +optional
	Guardrails GuardrailsSpec `json:"guardrails,omitzero"`

	// Account-wide AWS settings. Only one stack per account can manage each setting. Disabled by default. The platform must allow account settings (`accountSettings`). The settings remain in AWS if you remove them from the claim or delete the stack.
	// +kubebuilder:title=Account settings
	// +optional
	Account AccountSpec `json:"account,omitzero"`

	// Handling of data when the stack is deleted. Retain keeps the database, buckets, keys and network. Snapshot takes a final database snapshot and keeps buckets and keys. Delete deletes all data, including files and backups. Defaults to Retain in production, Snapshot in staging and Delete in development.
	// +kubebuilder:title=Deletion policy
	// +optional
	DeletionPolicy DeletionPolicy `json:"deletionPolicy,omitempty"`

	// Tags for all AWS resources that support tags, in addition to the platform's tags.
	// +kubebuilder:title=Tags
	// +kubebuilder:validation:MaxProperties=40
	// +kubebuilder:validation:XValidation:rule="self.all(k, size(k) >= 1 && size(k) <= 128 && !k.lowerAscii().startsWith('aws:') && k.matches('^[A-Za-z0-9 _.:/=+@-]+$'))",message="tag keys must have 1 to 128 characters, contain only letters, digits, spaces and the symbols _.:/=+@-, and not start with aws:"
	// +optional
	Tags map[string]TagValue `json:"tags,omitempty"`
}

// TagValue is the value of an AWS tag (see "Tag your AWS resources" in the AWS
// documentation).
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
// +kubebuilder:printcolumn:name="ENVIRONMENT",type=string,JSONPath=".spec.environment",priority=1,description="Environment of the stack"
// +kubebuilder:printcolumn:name="CDN-DOMAIN",type=string,JSONPath=".status.cdn.domain",description="Domain name of the shop"
type SecureEcommerce struct {
	metav1.TypeMeta `json:",inline"`

	// +optional
	metav1.ObjectMeta `json:"metadata,omitzero"`

	Spec SecureEcommerceSpec `json:"spec"`

	// +optional
	Status SecureEcommerceStatus `json:"status,omitzero"`
}

// SecureEcommerceList is a list of stacks.
//
// +kubebuilder:object:root=true
type SecureEcommerceList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitzero"`

	Items []SecureEcommerce `json:"items"`
}
