package v1alpha1

import (
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// SecureEcommerceStatus is what a stack tells about itself: where it is and
// how to reach it. It never holds the value of a secret.
type SecureEcommerceStatus struct {
	// Whether claim and input are valid (Accepted), how far each tier is, and what Crossplane says of all (Synced, Ready).
	// +listType=map
	// +listMapKey=type
	// +optional
	Conditions []metav1.Condition `json:"conditions,omitempty"`

	// AWS account that the stack lives in, as soon as it is known.
	// +optional
	AccountID string `json:"accountId,omitempty"`

	// AWS region that the stack lives in.
	// +optional
	Region string `json:"region,omitempty"`

	// Progress of each tier.
	// +listType=map
	// +listMapKey=name
	// +optional
	Tiers []TierStatus `json:"tiers,omitempty"`

	// The network that an app tier attaches to.
	// +optional
	Network NetworkStatus `json:"network,omitzero"`

	// The bucket of static files.
	// +optional
	Assets AssetsStatus `json:"assets,omitzero"`

	// What runs the application.
	// +optional
	App AppStatus `json:"app,omitzero"`

	// The bucket of files that visitors upload.
	// +optional
	Uploads UploadsStatus `json:"uploads,omitzero"`

	// Queues between parts of the application, by name.
	// +listType=map
	// +listMapKey=name
	// +optional
	Queues []QueueStatus `json:"queues,omitempty"`

	// How far the shop is with sending mail.
	// +optional
	Mail MailStatus `json:"mail,omitzero"`

	// How to reach the database.
	// +optional
	Database DatabaseStatus `json:"database,omitzero"`

	// How to reach the cache.
	// +optional
	Cache CacheStatus `json:"cache,omitzero"`

	// How to reach the search domain.
	// +optional
	Search SearchStatus `json:"search,omitzero"`

	// What guards the distribution.
	// +optional
	WAF WAFStatus `json:"waf,omitzero"`

	// How visitors reach the shop.
	// +optional
	CDN CDNStatus `json:"cdn,omitzero"`

	// Roles that an app tier assumes.
	// +optional
	Access AccessStatus `json:"access,omitzero"`

	// Secrets and the keys that encrypt them; never their values.
	// +optional
	Secrets SecretsStatus `json:"secrets,omitzero"`

	// Where to look up who did what.
	// +optional
	Audit AuditStatus `json:"audit,omitzero"`

	// The AWS Config rules that look after the stack.
	// +optional
	Config ConfigStatus `json:"config,omitzero"`

	// Where applications read what the stack tells them.
	// +optional
	Parameters ParametersStatus `json:"parameters,omitzero"`

	// Where alarms are announced and seen.
	// +optional
	Alarms AlarmsStatus `json:"alarms,omitzero"`

	// How many security controls the stack meets.
	// +optional
	Controls ControlsStatus `json:"controls,omitzero"`

	// What the stack costs before anybody uses it. It is an estimate.
	// +optional
	Cost *CostStatus `json:"cost,omitempty"`

	// What is done about unsafe changes.
	// +optional
	Responses ResponsesStatus `json:"responses,omitzero"`

	// What the stack set for the whole account.
	// +optional
	Account AccountStatus `json:"account,omitzero"`
}

// TierStatus counts the resources of a tier.
type TierStatus struct {
	// Name of the tier.
	Name string `json:"name"`

	// Resources that the tier consists of.
	Resources int32 `json:"resources"`

	// Resources that are ready.
	Ready int32 `json:"ready"`

	// Resources that wait for a value of another one before they can be made.
	// +optional
	Waiting int32 `json:"waiting,omitempty"`
}

// NetworkStatus is the network that an app tier attaches to.
type NetworkStatus struct {
	// ID of the VPC.
	// +optional
	VPCID string `json:"vpcId,omitempty"`

	// IPv4 range of the VPC.
	// +optional
	CIDR string `json:"cidr,omitempty"`

	// IPv6 range of the VPC, if it has one.
	// +optional
	IPv6CIDR string `json:"ipv6Cidr,omitempty"`

	// Availability zones in use.
	// +optional
	AvailabilityZones []string `json:"availabilityZones,omitempty"`

	// IDs of the public subnets, for load balancers.
	// +optional
	PublicSubnetIDs []string `json:"publicSubnetIds,omitempty"`

	// IDs of the private subnets, for the app tier.
	// +optional
	PrivateSubnetIDs []string `json:"privateSubnetIds,omitempty"`

	// IDs of the isolated subnets of the database.
	// +optional
	DatabaseSubnetIDs []string `json:"databaseSubnetIds,omitempty"`

	// ID of the security group that the app tier must use to reach the database.
	// +optional
	AppSecurityGroupID string `json:"appSecurityGroupId,omitempty"`

	// How private subnets reach the internet, by the claim or its size.
	// +optional
	NATGateways NATGateways `json:"natGateways,omitempty"`

	// Public addresses that calls from private subnets come from, for a partner's allow list.
	// +optional
	NATPublicIPs []string `json:"natPublicIps,omitempty"`
}

// AssetsStatus is the bucket of static files.
type AssetsStatus struct {
	// Name of the bucket.
	// +optional
	Bucket string `json:"bucket,omitempty"`

	// ARN of the bucket.
	// +optional
	ARN string `json:"arn,omitempty"`

	// Name of the bucket in another region that has the copies.
	// +optional
	ReplicaBucket string `json:"replicaBucket,omitempty"`
}

// AppStatus is what runs the application.
type AppStatus struct {
	// ECS cluster of the services.
	// +optional
	Cluster string `json:"cluster,omitempty"`

	// ARN of the load balancer that leads visitors to them.
	// +optional
	LoadBalancerARN string `json:"loadBalancerArn,omitempty"`

	// Each service.
	// +listType=map
	// +listMapKey=name
	// +optional
	Services []ServiceStatus `json:"services,omitempty"`
}

// ServiceStatus is one service.
type ServiceStatus struct {
	// Name of the service, in the claim and in its cluster.
	Name string `json:"name"`

	// Log group of its containers.
	// +optional
	LogGroup string `json:"logGroup,omitempty"`

	// ARN of the task definition that it runs.
	// +optional
	TaskDefinition string `json:"taskDefinition,omitempty"`

	// ARN of the function that it is.
	// +optional
	FunctionARN string `json:"functionArn,omitempty"`
}

// UploadsStatus is the bucket of files that visitors upload.
type UploadsStatus struct {
	// Name of the bucket.
	// +optional
	Bucket string `json:"bucket,omitempty"`

	// ARN of the bucket.
	// +optional
	ARN string `json:"arn,omitempty"`

	// Beginning of the keys that the application can write, such as uploads/. CloudFront serves an object at its key.
	// +optional
	KeyPrefix string `json:"keyPrefix,omitempty"`
}

// CacheStatus is how to reach the cache. Connections must use TLS.
type CacheStatus struct {
	// Name of the replication group, cluster or serverless cache.
	// +optional
	Name string `json:"name,omitempty"`

	// ARN of the cache.
	// +optional
	ARN string `json:"arn,omitempty"`

	// Host name. With memcached it leads to the addresses of all nodes.
	// +optional
	Endpoint string `json:"endpoint,omitempty"`

	// TCP port.
	// +optional
	Port int32 `json:"port,omitempty"`

	// Host name that leads to replicas, which serve reads.
	// +optional
	ReadEndpoint string `json:"readEndpoint,omitempty"`

	// TCP port of readEndpoint.
	// +optional
	ReadPort int32 `json:"readPort,omitempty"`

	// Running version of the engine.
	// +optional
	EngineVersion string `json:"engineVersion,omitempty"`

	// Node type that the cache has, by the claim or its size.
	// +optional
	NodeType string `json:"nodeType,omitempty"`

	// User that the app role signs in as by IAM.
	// +optional
	Username string `json:"username,omitempty"`

	// ARN of the secret with the cache's password, as plain text.
	// +optional
	SecretARN string `json:"secretArn,omitempty"`
}

// DatabaseStatus is how to reach the database.
type DatabaseStatus struct {
	// Identifier of the RDS instance, or of the Aurora cluster.
	// +optional
	Identifier string `json:"identifier,omitempty"`

	// Engine that runs it.
	// +optional
	Engine DatabaseEngine `json:"engine,omitempty"`

	// Host name.
	// +optional
	Endpoint string `json:"endpoint,omitempty"`

	// TCP port.
	// +optional
	Port int32 `json:"port,omitempty"`

	// Name of the database.
	// +optional
	Name string `json:"name,omitempty"`

	// Host names that lead to instances which serve reads, on the same port. An Aurora cluster has one for all.
	// +optional
	ReadEndpoints []string `json:"readEndpoints,omitempty"`

	// Host name of the proxy, which listens on port 5432 (PostgreSQL) or 3306 (MySQL).
	// +optional
	ProxyEndpoint string `json:"proxyEndpoint,omitempty"`

	// Running version of the engine.
	// +optional
	EngineVersion string `json:"engineVersion,omitempty"`

	// Instance class that the database has, by the claim or its size.
	// +optional
	InstanceClass string `json:"instanceClass,omitempty"`

	// Capacity in units of about 2 GiB of memory that each instance of an Aurora cluster has at least.
	// +optional
	MinCapacity *resource.Quantity `json:"minCapacity,omitempty"`

	// Capacity that each instance of an Aurora cluster has at most.
	// +optional
	MaxCapacity *resource.Quantity `json:"maxCapacity,omitempty"`

	// Storage in GiB that was asked for. RDS may have grown it.
	// +optional
	StorageGiB int32 `json:"storageGiB,omitempty"`

	// Storage in GiB up to which RDS grows it by itself.
	// +optional
	MaxStorageGiB int32 `json:"maxStorageGiB,omitempty"`

	// Whether a standby in another zone takes over.
	// +optional
	MultiAZ *bool `json:"multiAZ,omitempty"`

	// Days that automatic backups are kept.
	// +optional
	BackupRetentionDays int32 `json:"backupRetentionDays,omitempty"`

	// ARN of the Secrets Manager secret with the administrator's user name and password.
	// +optional
	SecretARN string `json:"secretArn,omitempty"`
}

// SearchStatus is how to reach the search domain.
type SearchStatus struct {
	// Name of the domain.
	// +optional
	Domain string `json:"domain,omitempty"`

	// ARN of the domain.
	// +optional
	ARN string `json:"arn,omitempty"`

	// Host name, which answers HTTPS requests signed by the app role.
	// +optional
	Endpoint string `json:"endpoint,omitempty"`

	// TCP port.
	// +optional
	Port int32 `json:"port,omitempty"`

	// URL of OpenSearch Dashboards, which answers within the VPC.
	// +optional
	DashboardsURL string `json:"dashboardsUrl,omitempty"`

	// Running version of OpenSearch.
	// +optional
	Version string `json:"version,omitempty"`

	// Instance type of each data node, by the claim or its size.
	// +optional
	InstanceType string `json:"instanceType,omitempty"`

	// Number of data nodes.
	// +optional
	Instances int32 `json:"instances,omitempty"`

	// Number of zones that the data nodes stand in.
	// +optional
	Zones int32 `json:"zones,omitempty"`

	// Storage of each data node in GiB.
	// +optional
	StorageGiB int32 `json:"storageGiB,omitempty"`
}

// WAFStatus is what guards the distribution.
type WAFStatus struct {
	// ARN of the web ACL.
	// +optional
	WebACLARN string `json:"webAclArn,omitempty"`

	// Whether it blocks or only counts.
	// +optional
	Mode WAFMode `json:"mode,omitempty"`

	// Log group in us-east-1 of what it decides.
	// +optional
	LogGroup string `json:"logGroup,omitempty"`
}

// CDNStatus is how visitors reach the shop.
type CDNStatus struct {
	// Domain name that serves the shop: the custom one once it is served, else CloudFront's.
	// +optional
	Domain string `json:"domain,omitempty"`

	// CloudFront's own domain name, the target of your DNS alias.
	// +optional
	DistributionDomain string `json:"distributionDomain,omitempty"`

	// ID of the distribution.
	// +optional
	DistributionID string `json:"distributionId,omitempty"`

	// The certificate of the custom domain.
	// +optional
	Certificate *CertificateStatus `json:"certificate,omitempty"`

	// The zone that the stack made.
	// +optional
	HostedZone *HostedZoneStatus `json:"hostedZone,omitempty"`

	// The public keys that signed URLs and cookies are checked with.
	// +optional
	SigningKeys []SigningKeyStatus `json:"signingKeys,omitempty"`

	// ARN of the Kinesis stream in us-east-1 that takes the real-time logs.
	// +optional
	RealtimeLogsStreamARN string `json:"realtimeLogsStreamArn,omitempty"`
}

// SigningKeyStatus is a public key as CloudFront knows it.
type SigningKeyStatus struct {
	// ID of the key, which a signed URL has as Key-Pair-Id.
	ID string `json:"id"`

	// Digest of the public key: SHA-256 of its DER form, in hexadecimal digits.
	Digest string `json:"digest"`
}

// CertificateStatus is how far the proof of a custom domain is.
type CertificateStatus struct {
	// ARN of the certificate.
	// +optional
	ARN string `json:"arn,omitempty"`

	// State of the certificate in ACM, such as PENDING_VALIDATION or ISSUED.
	// +optional
	State string `json:"state,omitempty"`

	// DNS record to create, so that ACM can see that the domain is yours. With a hosted zone the stack creates it.
	// +optional
	ValidationRecord *DNSRecord `json:"validationRecord,omitempty"`

	// DNS records to create for the further domains.
	// +optional
	AdditionalRecords []DNSRecord `json:"additionalRecords,omitempty"`
}

// DNSRecord is a DNS record that somebody has to create.
type DNSRecord struct {
	// Name of the record.
	Name string `json:"name"`

	// Type of the record, such as CNAME.
	Type string `json:"type"`

	// Value of the record.
	Value string `json:"value"`
}

// AccessStatus is the roles that an app tier assumes.
type AccessStatus struct {
	// ARN of the role that the shop's Lambda functions run as.
	// +optional
	AppRoleARN string `json:"appRoleArn,omitempty"`

	// ARN of the role that a publishing Lambda function uploads assets with.
	// +optional
	PublisherRoleARN string `json:"publisherRoleArn,omitempty"`
}

// SecretsStatus is the secrets and keys of a stack.
type SecretsStatus struct {
	// ARN of the application's own secret.
	// +optional
	AppSecretARN string `json:"appSecretArn,omitempty"`

	// ARN of the key that encrypts data at rest.
	// +optional
	DataKeyARN string `json:"dataKeyArn,omitempty"`

	// ARN of the key that encrypts logs.
	// +optional
	LogsKeyARN string `json:"logsKeyArn,omitempty"`

	// ARN of the key that encrypts secrets.
	// +optional
	SecretsKeyARN string `json:"secretsKeyArn,omitempty"`
}

// AuditStatus is where to look up who did what.
type AuditStatus struct {
	// ARN of the stack's own trail.
	// +optional
	TrailARN string `json:"trailArn,omitempty"`

	// Bucket that takes the trail's log files.
	// +optional
	Bucket string `json:"bucket,omitempty"`

	// Log group that takes the trail's events.
	// +optional
	LogGroup string `json:"logGroup,omitempty"`
}

// ConfigStatus is the AWS Config rules that look after a stack.
type ConfigStatus struct {
	// Rules that are in place.
	// +optional
	Rules int32 `json:"rules,omitempty"`

	// Name of the configuration recorder, if the stack has its own.
	// +optional
	Recorder string `json:"recorder,omitempty"`
}

// CostStatus is an estimate of what the stack costs, docs/cost.md.
type CostStatus struct {
	// On-demand price of a month in USD, such as 99.96.
	MonthlyUSD string `json:"monthlyUSD"`

	// Day of the prices, as YYYY-MM-DD.
	PricesAsOf string `json:"pricesAsOf"`
}

// ControlsStatus counts the security controls of the catalogue, docs/controls.md,
// by how the stack stands to them. One that is met by a resource which still
// waits is not met yet.
type ControlsStatus struct {
	// Controls that the stack meets.
	Met int32 `json:"met"`

	// Controls that the stack should meet and does not.
	NotMet int32 `json:"notMet"`

	// Controls that the claim or the platform may ask for and does not.
	OptIn int32 `json:"optIn"`

	// Controls about what no stack has.
	NotApplicable int32 `json:"notApplicable"`
}

// ParametersStatus is where applications read what the stack tells them.
type ParametersStatus struct {
	// Path that all parameters are below. The app role may read it.
	// +optional
	Path string `json:"path,omitempty"`
}

// AlarmsStatus is where alarms are announced and seen.
type AlarmsStatus struct {
	// ARN of the topic that the stack's alarms and reports are announced on.
	// +optional
	TopicARN string `json:"topicArn,omitempty"`

	// ARN of the topic in us-east-1 that the alarms of CDN and web application firewall are announced on.
	// +optional
	EdgeTopicARN string `json:"edgeTopicArn,omitempty"`

	// Subscriptions that their owners have not confirmed yet. They receive nothing.
	// +optional
	UnconfirmedSubscriptions int32 `json:"unconfirmedSubscriptions,omitempty"`

	// Name of the CloudWatch dashboard.
	// +optional
	Dashboard string `json:"dashboard,omitempty"`

	// From where on alarms ring, by what the database has and the stack's size.
	// +optional
	Thresholds *AlarmThresholds `json:"thresholds,omitempty"`
}

// AlarmThresholds is from where on alarms ring that depend on how large the stack
// is.
type AlarmThresholds struct {
	// Storage that the database has left, in MiB.
	// +optional
	FreeStorageMiB int64 `json:"freeStorageMiB,omitempty"`

	// Memory that the database has left, in MiB. It is not known of every instance class.
	// +optional
	FreeMemoryMiB int64 `json:"freeMemoryMiB,omitempty"`

	// Connections to the database. It is not known of every instance class.
	// +optional
	Connections int64 `json:"connections,omitempty"`

	// Requests that the web ACL blocks in five minutes.
	// +optional
	BlockedRequests int64 `json:"blockedRequests,omitempty"`
}

// AccountStatus is what a stack set for the whole account.
type AccountStatus struct {
	// ARN of the key that encrypts new volumes of the account.
	// +optional
	KeyARN string `json:"keyArn,omitempty"`

	// ARN of the role that may ask AWS for support.
	// +optional
	SupportRoleARN string `json:"supportRoleArn,omitempty"`
}

// ResponsesStatus is what is done about unsafe changes.
type ResponsesStatus struct {
	// ARN of the function that responds.
	// +optional
	FunctionARN string `json:"functionArn,omitempty"`

	// What each response does: Enforce undoes and reports, Notify reports only.
	// +optional
	Modes ResponseModes `json:"modes,omitzero"`
}

// HostedZoneStatus is what the owner of the domain above a zone delegates to.
type HostedZoneStatus struct {
	// ID of the zone.
	// +optional
	ID string `json:"id,omitempty"`

	// Its name servers.
	// +optional
	NameServers []string `json:"nameServers,omitempty"`
}
