package v1alpha1

import (
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// SecureEcommerceStatus is the observed state of a stack, including its endpoints.
// The status never contains secret values.
type SecureEcommerceStatus struct {
	// Conditions of the stack. Accepted reports whether the claim and the function's input are valid. Each tier has a condition for its progress. Crossplane sets Synced and Ready.
	// +listType=map
	// +listMapKey=type
	// +optional
	Conditions []metav1.Condition `json:"conditions,omitempty"`

	// AWS account ID of the stack.
	// +optional
	AccountID string `json:"accountId,omitempty"`

	// AWS region of the stack.
	// +optional
	Region string `json:"region,omitempty"`

	// Deletion policy that all resources of the stack have. After an edit of spec.deletionPolicy, delete the stack only when this shows the new policy.
	// +optional
	DeletionPolicy DeletionPolicy `json:"deletionPolicy,omitempty"`

	// Namespace and name of the SecureEcommerceAccount whose guardrails the stack uses.
	// +optional
	SharedAccount string `json:"sharedAccount,omitempty"`

	// Progress of each tier.
	// +listType=map
	// +listMapKey=name
	// +optional
	Tiers []TierStatus `json:"tiers,omitempty"`

	// Network of the stack.
	// +optional
	Network NetworkStatus `json:"network,omitzero"`

	// Assets bucket.
	// +optional
	Assets AssetsStatus `json:"assets,omitzero"`

	// Services of the application.
	// +optional
	App AppStatus `json:"app,omitzero"`

	// Uploads bucket.
	// +optional
	Uploads UploadsStatus `json:"uploads,omitzero"`

	// Queues between parts of the application, by name.
	// +listType=map
	// +listMapKey=name
	// +optional
	Queues []QueueStatus `json:"queues,omitempty"`

	// State of the shop's email.
	// +optional
	Mail MailStatus `json:"mail,omitzero"`

	// Connection details of the database.
	// +optional
	Database DatabaseStatus `json:"database,omitzero"`

	// Connection details of the cache.
	// +optional
	Cache CacheStatus `json:"cache,omitzero"`

	// Connection details of the search domain.
	// +optional
	Search SearchStatus `json:"search,omitzero"`

	// Web ACL of the distribution.
	// +optional
	WAF WAFStatus `json:"waf,omitzero"`

	// Domain names and certificates of the shop.
	// +optional
	CDN CDNStatus `json:"cdn,omitzero"`

	// Roles of the application.
	// +optional
	Access AccessStatus `json:"access,omitzero"`

	// ARNs of secrets and keys. Never contains secret values.
	// +optional
	Secrets SecretsStatus `json:"secrets,omitzero"`

	// Audit trail.
	// +optional
	Audit AuditStatus `json:"audit,omitzero"`

	// AWS Config rules.
	// +optional
	Config ConfigStatus `json:"config,omitzero"`

	// SSM parameters.
	// +optional
	Parameters ParametersStatus `json:"parameters,omitzero"`

	// Topics and dashboard of the alarms.
	// +optional
	Alarms AlarmsStatus `json:"alarms,omitzero"`

	// Summary of the security controls.
	// +optional
	Controls ControlsStatus `json:"controls,omitzero"`

	// Estimated monthly cost, excluding usage charges.
	// +optional
	Cost *CostStatus `json:"cost,omitempty"`

	// Automated responses.
	// +optional
	Responses ResponsesStatus `json:"responses,omitzero"`

	// Account-wide settings of the stack.
	// +optional
	Account AccountStatus `json:"account,omitzero"`
}

// TierStatus is the progress of a tier.
type TierStatus struct {
	// Name of the tier.
	Name string `json:"name"`

	// Number of resources in the tier.
	Resources int32 `json:"resources"`

	// Number of ready resources.
	Ready int32 `json:"ready"`

	// Number of resources that are not created yet because they are waiting for a value from another resource.
	// +optional
	Waiting int32 `json:"waiting,omitempty"`
}

// NetworkStatus contains the parts of the network that the application uses.
type NetworkStatus struct {
	// ID of the VPC.
	// +optional
	VPCID string `json:"vpcId,omitempty"`

	// IPv4 range of the VPC.
	// +optional
	CIDR string `json:"cidr,omitempty"`

	// IPv6 range of the VPC. Empty without IPv6.
	// +optional
	IPv6CIDR string `json:"ipv6Cidr,omitempty"`

	// Availability zones in use.
	// +optional
	AvailabilityZones []string `json:"availabilityZones,omitempty"`

	// IDs of the public subnets for load balancers.
	// +optional
	PublicSubnetIDs []string `json:"publicSubnetIds,omitempty"`

	// IDs of the private subnets for the application.
	// +optional
	PrivateSubnetIDs []string `json:"privateSubnetIds,omitempty"`

	// IDs of the isolated database subnets.
	// +optional
	DatabaseSubnetIDs []string `json:"databaseSubnetIds,omitempty"`

	// ID of the security group that allows access to the database.
	// +optional
	AppSecurityGroupID string `json:"appSecurityGroupId,omitempty"`

	// NAT gateways in use: Single, PerZone or None.
	// +optional
	NATGateways NATGateways `json:"natGateways,omitempty"`

	// Public IP addresses of the NAT gateways. Partners can add them to their allow lists.
	// +optional
	NATPublicIPs []string `json:"natPublicIps,omitempty"`
}

// AssetsStatus contains the bucket for static files.
type AssetsStatus struct {
	// Name of the bucket.
	// +optional
	Bucket string `json:"bucket,omitempty"`

	// ARN of the bucket.
	// +optional
	ARN string `json:"arn,omitempty"`

	// Name of the replica bucket.
	// +optional
	ReplicaBucket string `json:"replicaBucket,omitempty"`
}

// AppStatus contains the resources that run the application.
type AppStatus struct {
	// ECS cluster of the services.
	// +optional
	Cluster string `json:"cluster,omitempty"`

	// ARN of the load balancer.
	// +optional
	LoadBalancerARN string `json:"loadBalancerArn,omitempty"`

	// State of each service.
	// +listType=map
	// +listMapKey=name
	// +optional
	Services []ServiceStatus `json:"services,omitempty"`
}

// ServiceStatus is the state of a service.
type ServiceStatus struct {
	// Name of the service in the claim and in the ECS cluster.
	Name string `json:"name"`

	// Log group of the service's containers.
	// +optional
	LogGroup string `json:"logGroup,omitempty"`

	// ARN of the current task definition.
	// +optional
	TaskDefinition string `json:"taskDefinition,omitempty"`

	// ARN of the Lambda function.
	// +optional
	FunctionARN string `json:"functionArn,omitempty"`
}

// UploadsStatus contains the bucket for files that visitors upload.
type UploadsStatus struct {
	// Name of the bucket.
	// +optional
	Bucket string `json:"bucket,omitempty"`

	// ARN of the bucket.
	// +optional
	ARN string `json:"arn,omitempty"`

	// Key prefix of the objects that the application can write, such as uploads/. CloudFront serves each object under its key.
	// +optional
	KeyPrefix string `json:"keyPrefix,omitempty"`
}

// CacheStatus contains the endpoints of the cache. Connections must use TLS.
type CacheStatus struct {
	// Name of the replication group, cluster or serverless cache.
	// +optional
	Name string `json:"name,omitempty"`

	// ARN of the cache.
	// +optional
	ARN string `json:"arn,omitempty"`

	// Host name. For Memcached, this host name resolves to all nodes.
	// +optional
	Endpoint string `json:"endpoint,omitempty"`

	// TCP port.
	// +optional
	Port int32 `json:"port,omitempty"`

	// Host name of the read replicas.
	// +optional
	ReadEndpoint string `json:"readEndpoint,omitempty"`

	// TCP port of readEndpoint.
	// +optional
	ReadPort int32 `json:"readPort,omitempty"`

	// Engine version that is running.
	// +optional
	EngineVersion string `json:"engineVersion,omitempty"`

	// Node type of the cache.
	// +optional
	NodeType string `json:"nodeType,omitempty"`

	// User name that the app role uses to sign in. Set only with IAM authentication.
	// +optional
	Username string `json:"username,omitempty"`

	// ARN of the Secrets Manager secret that contains the cache's password as plain text.
	// +optional
	SecretARN string `json:"secretArn,omitempty"`
}

// DatabaseStatus contains the endpoints of the database.
type DatabaseStatus struct {
	// Identifier of the RDS instance or Aurora cluster.
	// +optional
	Identifier string `json:"identifier,omitempty"`

	// Database engine.
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

	// Host names of reader instances. The port is status.database.port. An Aurora cluster has one host name for all readers.
	// +optional
	ReadEndpoints []string `json:"readEndpoints,omitempty"`

	// Host name of the proxy. The port of the proxy is 5432 (PostgreSQL) or 3306 (MySQL).
	// +optional
	ProxyEndpoint string `json:"proxyEndpoint,omitempty"`

	// Engine version that is running.
	// +optional
	EngineVersion string `json:"engineVersion,omitempty"`

	// Instance class of the database.
	// +optional
	InstanceClass string `json:"instanceClass,omitempty"`

	// Minimum serverless capacity of an Aurora instance in ACU.
	// +optional
	MinCapacity *resource.Quantity `json:"minCapacity,omitempty"`

	// Maximum serverless capacity of an Aurora instance in ACU.
	// +optional
	MaxCapacity *resource.Quantity `json:"maxCapacity,omitempty"`

	// Requested storage in GiB. Autoscaling may have increased the actual storage.
	// +optional
	StorageGiB int32 `json:"storageGiB,omitempty"`

	// Maximum storage in GiB for autoscaling.
	// +optional
	MaxStorageGiB int32 `json:"maxStorageGiB,omitempty"`

	// Reports whether the database has a standby in another availability zone.
	// +optional
	MultiAZ *bool `json:"multiAZ,omitempty"`

	// Days for which automatic backups are kept.
	// +optional
	BackupRetentionDays int32 `json:"backupRetentionDays,omitempty"`

	// ARN of the Secrets Manager secret with the administrator's user name and password.
	// +optional
	SecretARN string `json:"secretArn,omitempty"`
}

// SearchStatus contains the endpoint of the search domain.
type SearchStatus struct {
	// Name of the domain.
	// +optional
	Domain string `json:"domain,omitempty"`

	// ARN of the domain.
	// +optional
	ARN string `json:"arn,omitempty"`

	// Host name of the domain, which accepts only HTTPS requests signed with the app role's credentials.
	// +optional
	Endpoint string `json:"endpoint,omitempty"`

	// TCP port.
	// +optional
	Port int32 `json:"port,omitempty"`

	// URL of OpenSearch Dashboards, which is reachable only from the VPC.
	// +optional
	DashboardsURL string `json:"dashboardsUrl,omitempty"`

	// OpenSearch version that is running.
	// +optional
	Version string `json:"version,omitempty"`

	// Instance type of the data nodes.
	// +optional
	InstanceType string `json:"instanceType,omitempty"`

	// Number of data nodes.
	// +optional
	Instances int32 `json:"instances,omitempty"`

	// Number of availability zones that contain data nodes.
	// +optional
	Zones int32 `json:"zones,omitempty"`

	// Storage of each data node in GiB.
	// +optional
	StorageGiB int32 `json:"storageGiB,omitempty"`
}

// WAFStatus contains the web ACL of the distribution.
type WAFStatus struct {
	// ARN of the web ACL.
	// +optional
	WebACLARN string `json:"webAclArn,omitempty"`

	// Mode of the web ACL: Block or Count.
	// +optional
	Mode WAFMode `json:"mode,omitempty"`

	// Log group of the web ACL, in us-east-1.
	// +optional
	LogGroup string `json:"logGroup,omitempty"`
}

// CDNStatus contains the addresses of the shop.
type CDNStatus struct {
	// Domain name of the shop: cdn.domain once CloudFront serves it, otherwise the CloudFront domain name.
	// +optional
	Domain string `json:"domain,omitempty"`

	// CloudFront domain name, which is the target of your DNS alias records.
	// +optional
	DistributionDomain string `json:"distributionDomain,omitempty"`

	// ID of the distribution.
	// +optional
	DistributionID string `json:"distributionId,omitempty"`

	// Certificate of the custom domain.
	// +optional
	Certificate *CertificateStatus `json:"certificate,omitempty"`

	// Hosted zone that the stack created.
	// +optional
	HostedZone *HostedZoneStatus `json:"hostedZone,omitempty"`

	// Public keys that verify signed URLs and cookies.
	// +optional
	SigningKeys []SigningKeyStatus `json:"signingKeys,omitempty"`

	// ARN of the Kinesis stream for real-time logs, in us-east-1.
	// +optional
	RealtimeLogsStreamARN string `json:"realtimeLogsStreamArn,omitempty"`

	// ID of the response headers policy for files.
	// +optional
	ResponseHeadersPolicyID string `json:"responseHeadersPolicyId,omitempty"`

	// ID of the response headers policy for uploads.
	// +optional
	UploadsHeadersPolicyID string `json:"uploadsHeadersPolicyId,omitempty"`
}

// SigningKeyStatus is a public key in CloudFront.
type SigningKeyStatus struct {
	// ID of the key, which signed URLs contain as Key-Pair-Id.
	ID string `json:"id"`

	// SHA-256 digest of the public key in DER format, as a hexadecimal string.
	Digest string `json:"digest"`
}

// CertificateStatus is the state of a certificate and its validation.
type CertificateStatus struct {
	// ARN of the certificate.
	// +optional
	ARN string `json:"arn,omitempty"`

	// State of the certificate in ACM, such as PENDING_VALIDATION or ISSUED.
	// +optional
	State string `json:"state,omitempty"`

	// DNS record that validates the domain. With a hosted zone, the stack creates the record.
	// +optional
	ValidationRecord *DNSRecord `json:"validationRecord,omitempty"`

	// DNS records that validate the additional domains.
	// +optional
	AdditionalRecords []DNSRecord `json:"additionalRecords,omitempty"`
}

// DNSRecord is a DNS record.
type DNSRecord struct {
	// Name of the record.
	Name string `json:"name"`

	// Type of the record, such as CNAME.
	Type string `json:"type"`

	// Value of the record.
	Value string `json:"value"`
}

// AccessStatus contains the roles for applications.
type AccessStatus struct {
	// ARN of the app role.
	// +optional
	AppRoleARN string `json:"appRoleArn,omitempty"`

	// ARN of the publisher role.
	// +optional
	PublisherRoleARN string `json:"publisherRoleArn,omitempty"`
}

// SecretsStatus contains the secrets and keys of a stack.
type SecretsStatus struct {
	// ARN of the app secret.
	// +optional
	AppSecretARN string `json:"appSecretArn,omitempty"`

	// ARN of the KMS key that encrypts data at rest.
	// +optional
	DataKeyARN string `json:"dataKeyArn,omitempty"`

	// ARN of the KMS key that encrypts logs.
	// +optional
	LogsKeyARN string `json:"logsKeyArn,omitempty"`

	// ARN of the KMS key that encrypts secrets.
	// +optional
	SecretsKeyARN string `json:"secretsKeyArn,omitempty"`
}

// AuditStatus contains the location of audit logs.
type AuditStatus struct {
	// ARN of the trail.
	// +optional
	TrailARN string `json:"trailArn,omitempty"`

	// Bucket for the trail's log files.
	// +optional
	Bucket string `json:"bucket,omitempty"`

	// Log group for the trail's events.
	// +optional
	LogGroup string `json:"logGroup,omitempty"`
}

// ConfigStatus counts the AWS Config rules of a stack.
type ConfigStatus struct {
	// Number of rules.
	// +optional
	Rules int32 `json:"rules,omitempty"`

	// Name of the configuration recorder, if the stack creates it.
	// +optional
	Recorder string `json:"recorder,omitempty"`
}

// CostStatus is the estimated cost of the stack (docs/cost.md).
type CostStatus struct {
	// Estimated on-demand price per month in USD, such as 99.96.
	MonthlyUSD string `json:"monthlyUSD"`

	// Date of the prices, in the format YYYY-MM-DD.
	PricesAsOf string `json:"pricesAsOf"`
}

// ControlsStatus counts the security controls (docs/controls.md) by state. A
// control that needs a waiting resource is not met yet.
type ControlsStatus struct {
	// Number of controls that the stack meets.
	Met int32 `json:"met"`

	// Number of controls that the stack does not meet.
	NotMet int32 `json:"notMet"`

	// Number of optional controls that neither the claim nor the platform enables.
	OptIn int32 `json:"optIn"`

	// Number of controls that do not apply to stacks.
	NotApplicable int32 `json:"notApplicable"`
}

// ParametersStatus contains the path of the parameters for applications.
type ParametersStatus struct {
	// Path prefix of all parameters. The app role can read the parameters.
	// +optional
	Path string `json:"path,omitempty"`
}

// AlarmsStatus contains the topics and the dashboard of the alarms.
type AlarmsStatus struct {
	// ARN of the SNS topic for alarms and reports.
	// +optional
	TopicARN string `json:"topicArn,omitempty"`

	// ARN of the SNS topic in us-east-1 for alarms about the CDN and the web ACL.
	// +optional
	EdgeTopicARN string `json:"edgeTopicArn,omitempty"`

	// Number of subscriptions that are not confirmed and therefore receive no alarms.
	// +optional
	UnconfirmedSubscriptions int32 `json:"unconfirmedSubscriptions,omitempty"`

	// Name of the CloudWatch dashboard.
	// +optional
	Dashboard string `json:"dashboard,omitempty"`

	// Alarm thresholds, which depend on the database's resources and the stack's size.
	// +optional
	Thresholds *AlarmThresholds `json:"thresholds,omitempty"`
}

// AlarmThresholds contains the thresholds that depend on the size of the stack.
type AlarmThresholds struct {
	// Threshold for free database storage in MiB.
	// +optional
	FreeStorageMiB int64 `json:"freeStorageMiB,omitempty"`

	// Threshold for free database memory in MiB. Not available for every instance class.
	// +optional
	FreeMemoryMiB int64 `json:"freeMemoryMiB,omitempty"`

	// Threshold for database connections. Not available for every instance class.
	// +optional
	Connections int64 `json:"connections,omitempty"`

	// Threshold for requests that the web ACL blocks in five minutes.
	// +optional
	BlockedRequests int64 `json:"blockedRequests,omitempty"`
}

// AccountStatus contains the account-wide settings of a stack.
type AccountStatus struct {
	// ARN of the KMS key that encrypts new EBS volumes.
	// +optional
	KeyARN string `json:"keyArn,omitempty"`

	// ARN of the AWS Support role.
	// +optional
	SupportRoleARN string `json:"supportRoleArn,omitempty"`
}

// ResponsesStatus contains the modes of automated responses.
type ResponsesStatus struct {
	// ARN of the response function.
	// +optional
	FunctionARN string `json:"functionArn,omitempty"`

	// Mode of each response: Enforce undoes and reports changes; Notify only reports them.
	// +optional
	Modes ResponseModes `json:"modes,omitzero"`
}

// HostedZoneStatus contains the name servers for the delegation of a zone.
type HostedZoneStatus struct {
	// ID of the zone.
	// +optional
	ID string `json:"id,omitempty"`

	// Name servers of the zone. Delegate the domain to these name servers.
	// +optional
	NameServers []string `json:"nameServers,omitempty"`
}
