// Package composed names every resource that a stack is composed of. A name is the
// resource's name within the stack; it is part of the stack's contract, because
// renaming one replaces the resource.
package composed

import (
	"strconv"
	"strings"
)

// Connection is the Secret that tells the app where things are.
const Connection = "connection"

// Network.
const (
	VPC                     = "vpc"
	InternetGateway         = "internet-gateway"
	EgressGateway           = "egress-only-internet-gateway"
	DefaultSecurityGroup    = "default-security-group"
	DefaultNetworkACL       = "default-network-acl"
	DatabaseNetworkACL      = "database-network-acl"
	PublicRouteTable        = "public-route-table"
	PublicRoute             = "public-route-internet"
	PublicIPv6Route         = "public-route-internet-ipv6"
	DatabaseRouteTable      = "database-route-table"
	S3Endpoint              = "s3-endpoint"
	S3EndpointDatabaseRoute = "s3-endpoint-database-route"
	AppSecurityGroup        = "app-security-group"
	AppToDatabase           = "app-egress-database"
	AppToS3                 = "app-egress-s3"
	DatabaseSecurityGroup   = "database-security-group"
	DatabaseFromApp         = "database-ingress-app"
	FlowLog                 = "flow-log"
	FlowLogGroup            = "flow-log-group"
	DefaultRouteTable       = "default-route-table"
	EndpointSecurityGroup   = "endpoint-security-group"
	EndpointFromApp         = "endpoint-ingress-app"
	EndpointFromResponses   = "endpoint-ingress-responses"
	AppToEndpoints          = "app-egress-endpoints"
)

// Network firewall.
const (
	Firewall           = "firewall"
	FirewallPolicy     = "firewall-policy"
	FirewallDomains    = "firewall-allowed-domains"
	FirewallRanges     = "firewall-allowed-ranges"
	FirewallLogGroup   = "firewall-log-group"
	FirewallLogging    = "firewall-logging"
	FirewallCIDR       = "firewall-cidr"
	FirewallRouteTable = "firewall-route-table"
	FirewallRoute      = "firewall-route-internet"
	// FirewallEdgeRouteTable is the internet gateway's own.
	FirewallEdgeRouteTable            = "firewall-edge-route-table"
	FirewallEdgeRouteTableAssociation = "firewall-edge-route-table-association"
)

// DNS firewall: only some names are resolved.
const (
	DNSFirewallAllow            = "dns-firewall-allow"
	DNSFirewallAllowAssociation = "dns-firewall-allow-association"
	DNSFirewallBlock            = "dns-firewall-block"
	DNSFirewallBlockAssociation = "dns-firewall-block-association"
	DNSFirewallAllNames         = "dns-firewall-all-names"
)

const dnsFirewallNames = "dns-firewall-allowed-names-"

// DNSFirewallNames is a list of names that are resolved, named by a digest of
// it: no name of a list that exists can change.
func DNSFirewallNames(digest string) string { return dnsFirewallNames + digest }

// IsDNSFirewallNames reports whether a resource is such a list.
func IsDNSFirewallNames(resourceName string) bool {
	return strings.HasPrefix(resourceName, dnsFirewallNames)
}

// EndpointFromNodes lets a zone's private subnet reach interface endpoints.
func EndpointFromNodes(zone int) string { return numbered("endpoint-ingress-nodes", zone) }

// FirewallSubnet is the firewall's subnet of a zone.
func FirewallSubnet(zone int) string { return numbered("firewall-subnet", zone) }

// FirewallRouteTableAssociation joins a zone's firewall subnet to its route
// table.
func FirewallRouteTableAssociation(zone int) string {
	return numbered("firewall-route-table-association", zone)
}

// FirewallEdgeRoute leads what enters for a zone's public subnet through the
// firewall.
func FirewallEdgeRoute(zone int) string { return numbered("firewall-edge-route", zone) }

// InspectedRouteTable is the route table of a zone's public subnet where a
// firewall inspects it.
func InspectedRouteTable(zone int) string { return numbered("inspected-route-table", zone) }

// InspectedRoute leads a zone's public subnet through the firewall.
func InspectedRoute(zone int) string { return numbered("inspected-route-firewall", zone) }

// Endpoint is the interface endpoint of an AWS service.
func Endpoint(service string) string { return "endpoint-" + strings.ReplaceAll(service, ".", "-") }

// EndpointSubnet joins an interface endpoint to a zone's private subnet.
func EndpointSubnet(service string, zone int) string {
	return numbered(Endpoint(service)+"-subnet", zone)
}

// EndpointGroup joins an interface endpoint to its security group.
func EndpointGroup(service string) string { return Endpoint(service) + "-security-group" }

// PublicSubnet is the public subnet of a zone; zones count from 1.
func PublicSubnet(zone int) string { return numbered("public-subnet", zone) }

// PrivateSubnet is the private subnet of a zone.
func PrivateSubnet(zone int) string { return numbered("private-subnet", zone) }

// DatabaseSubnet is the isolated subnet of a zone.
func DatabaseSubnet(zone int) string { return numbered("database-subnet", zone) }

// PublicRouteTableAssociation joins a zone's public subnet to its route table.
func PublicRouteTableAssociation(zone int) string {
	return numbered("public-route-table-association", zone)
}

// PrivateRouteTableAssociation joins a zone's private subnet to its route table.
func PrivateRouteTableAssociation(zone int) string {
	return numbered("private-route-table-association", zone)
}

// DatabaseRouteTableAssociation joins a zone's database subnet to its route
// table.
func DatabaseRouteTableAssociation(zone int) string {
	return numbered("database-route-table-association", zone)
}

// PrivateRouteTable is the route table of a zone's private subnet.
func PrivateRouteTable(zone int) string { return numbered("private-route-table", zone) }

// PrivateRoute is the way out of a zone's private subnet.
func PrivateRoute(zone int) string { return numbered("private-route-internet", zone) }

// PrivateIPv6Route is the way out of a zone's private subnet by IPv6.
func PrivateIPv6Route(zone int) string { return numbered("private-route-internet-ipv6", zone) }

// NATAddress is the public address of a zone's NAT gateway.
func NATAddress(zone int) string { return numbered("nat-address", zone) }

// NATGateway is the NAT gateway of a zone.
func NATGateway(zone int) string { return numbered("nat-gateway", zone) }

// S3EndpointPrivateRoute leads a zone's private subnet to the S3 endpoint.
func S3EndpointPrivateRoute(zone int) string {
	return numbered("s3-endpoint-private-route", zone)
}

// DatabaseNetworkACLRule is a rule of the database subnets' network ACL.
func DatabaseNetworkACLRule(name string) string { return DatabaseNetworkACL + "-" + name }

// AppEgress is a rule that lets the app tier call a range, named by a
// digest of the range, so that editing one range leaves the others alone.
func AppEgress(digest string) string { return "app-egress-https-" + digest }

// AppEgressTo is a rule that lets the app tier call something else than a range
// over HTTPS, named by a digest of what and how.
func AppEgressTo(digest string) string { return "app-egress-rule-" + digest }

// Ingress is a rule that lets somebody call the application or the database, named
// by a digest of who may call what, so that the order of rules does not matter.
func Ingress(digest string) string { return "ingress-" + digest }

// Storage. Each bucket's settings are resources of their own, named by Bucket.
const (
	AssetsBucket  = "assets-bucket"
	LogsBucket    = "access-logs-bucket"
	CDNLogsBucket = "cdn-logs-bucket"
)

// Uploads of visitors. Their bucket has the parts of a bucket.
const (
	UploadsBucket  = "uploads-bucket"
	UploadsHeaders = "cdn-uploads-headers-policy"
	ScanRole       = "uploads-scan-role"
	ScanRolePolicy = "uploads-scan-role-policy"
	ScanPlan       = "uploads-scan-plan"
	AppRoleUploads = "app-role-uploads"
)

// Replica of the assets in another region. Its buckets have the parts of a
// bucket.
const (
	ReplicaBucket       = "replica-bucket"
	ReplicaLogsBucket   = "replica-logs-bucket"
	ReplicationRole     = "replication-role"
	ReplicationRoleCopy = "replication-role-copy"
)

// Parts of a bucket.
const (
	PublicAccessBlock = "public-access-block"
	Ownership         = "ownership"
	ACL               = "acl"
	Versioning        = "versioning"
	Encryption        = "encryption"
	Policy            = "policy"
	Logging           = "logging"
	Lifecycle         = "lifecycle"
	Notification      = "notification"
	Replication       = "replication"
	ObjectLock        = "object-lock"
	CORS              = "cors"
)

// Bucket is a part of a bucket.
func Bucket(bucket, part string) string { return bucket + "-" + part }

// Database.
const (
	Database = "database"
	// DatabaseCluster is in place of it where the database is an Aurora cluster.
	DatabaseCluster              = "database-cluster"
	DatabaseSubnetGroup          = "database-subnet-group"
	DatabaseClusterGroup         = "database-cluster-parameter-group"
	DatabaseClusterEvents        = "database-cluster-events"
	DatabaseParameterGroup       = "database-parameter-group"
	DatabaseEventsTopic          = "database-events-topic"
	DatabaseInstanceEvents       = "database-instance-events"
	DatabaseParameterGroupEvents = "database-parameter-group-events"
	DatabaseSecretRotation       = "database-secret-rotation"
)

// DatabaseLogGroup is the group that RDS exports the database's log to.
func DatabaseLogGroup(log string) string { return "database-log-group-" + log }

// DatabaseOptionGroup is the options of a major version, by the end of its name.
func DatabaseOptionGroup(suffix string) string { return "database-option-group-" + suffix }

// DatabaseInstance is an instance of an Aurora cluster; they count from 1.
func DatabaseInstance(number int) string { return numbered("database-instance", number) }

// Database proxy, with the rules that lead through it.
const (
	DatabaseProxy            = "database-proxy"
	DatabaseProxyTargetGroup = "database-proxy-target-group"
	DatabaseProxyTarget      = "database-proxy-target"
	DatabaseProxyRole        = "database-proxy-role"
	DatabaseProxyRoleConnect = "database-proxy-role-connect"
	DatabaseProxyLogGroup    = "database-proxy-log-group"
	// DatabaseProxySecurityGroup is one of the application's, since only those
	// reach the database.
	DatabaseProxySecurityGroup = "app-proxy-security-group"
	DatabaseProxyFromApp       = "database-proxy-ingress-app"
	DatabaseProxyToDatabase    = "database-proxy-egress-database"
	DatabaseFromProxy          = "database-ingress-proxy"
	AppToDatabaseProxy         = "app-egress-database-proxy"
	AppRoleDatabaseProxy       = "app-role-database-proxy"
)

// Database backups. The copy is in another region.
const (
	BackupVault         = "backup-vault"
	BackupVaultLock     = "backup-vault-lock"
	BackupCopyVault     = "backup-copy-vault"
	BackupCopyVaultLock = "backup-copy-vault-lock"
	BackupCopyKey       = "backup-copy-key"
	BackupPlan          = "backup-plan"
	BackupSelection     = "backup-selection"
	BackupRole          = "backup-role"
	BackupRolePolicy    = "backup-role-policy"
)

// WAF. The web ACL guards the distribution.
const (
	WebACL              = "waf-web-acl"
	WAFAllowedAddresses = "waf-allowed-addresses"
	WAFBlockedAddresses = "waf-blocked-addresses"
	WAFLogGroup         = "waf-log-group"
	WAFLogPolicy        = "waf-log-policy"
	WAFLogging          = "waf-logging"
)

// WAFPathAddresses is the addresses that may call a restricted path, named by a
// digest of the path.
func WAFPathAddresses(digest string) string { return "waf-path-addresses-" + digest }

// CDN.
const (
	OriginAccessControl   = "cdn-origin-access-control"
	ResponseHeadersPolicy = "cdn-response-headers-policy"
	Distribution          = "cdn-distribution"
	Metrics               = "cdn-metrics"
	LogSource             = "cdn-log-source"
	LogDestination        = "cdn-log-destination"
	LogDelivery           = "cdn-log-delivery"
	RealtimeLogs          = "cdn-realtime-logs"
	RealtimeStream        = "cdn-realtime-stream"
	RealtimeRole          = "cdn-realtime-role"
	RealtimeRoleStream    = "cdn-realtime-role-stream"
	KeyGroup              = "cdn-key-group"
)

// appOrigin begins the names of the application's origins.
const appOrigin = "cdn-app-origin-"

// AppOrigin is the origin of a load balancer, named by a digest of its ARN:
// CloudFront changes none that a distribution uses.
func AppOrigin(digest string) string { return appOrigin + digest }

// IsAppOrigin reports whether a name is that of an application's origin.
func IsAppOrigin(resourceName string) bool { return strings.HasPrefix(resourceName, appOrigin) }

// routes begins the names of functions that answer the routes of single-page
// applications.
const routes = "cdn-routes-function-"

// Routes is a function that answers routes, named by a digest of its code: Cloud
// Control does not publish what it changes.
func Routes(digest string) string { return routes + digest }

// RoutesDigest returns the digest in the name of a function that answers routes.
func RoutesDigest(resourceName string) string { return strings.TrimPrefix(resourceName, routes) }

// IsRoutes reports whether a name is that of a function that answers routes.
func IsRoutes(resourceName string) bool { return strings.HasPrefix(resourceName, routes) }

// UploadsKeys is a function that finds uploads whose keys are without their path,
// named by a digest of its code.
func UploadsKeys(digest string) string { return uploadsKeys + digest }

// UploadsKeysDigest returns the digest in the name of a function that finds uploads.
func UploadsKeysDigest(resourceName string) string {
	return strings.TrimPrefix(resourceName, uploadsKeys)
}

// IsUploadsKeys reports whether a name is that of a function that finds uploads.
func IsUploadsKeys(resourceName string) bool { return strings.HasPrefix(resourceName, uploadsKeys) }

// uploadsKeys begins the names of functions that find uploads.
const uploadsKeys = "cdn-uploads-function-"

// CachePolicy is by what of a request answers are kept.
func CachePolicy(name string) string { return cachePolicies + name }

// IsCachePolicy reports whether a name is that of such a policy.
func IsCachePolicy(resourceName string) bool { return strings.HasPrefix(resourceName, cachePolicies) }

// cachePolicies begins the names of cache policies.
const cachePolicies = "cdn-cache-policy-"

// AppRolePolicy attaches a managed policy, named by a digest of its ARN, to the
// app role.
func AppRolePolicy(digest string) string { return "app-role-policy-" + digest }

// signingKey begins the names of public keys.
const signingKey = "cdn-signing-key-"

// SigningKey is a public key that signed URLs are checked with, named by a
// digest of it: CloudFront cannot change a key, so another one is another
// resource.
func SigningKey(digest string) string { return signingKey + digest }

// IsSigningKey is whether a name is that of a public key.
func IsSigningKey(resourceName string) bool { return strings.HasPrefix(resourceName, signingKey) }

// Hosted zone of the shop's domains.
const (
	HostedZone       = "dns-zone"
	DNSSECKey        = "dns-dnssec-key"
	KeySigningKey    = "dns-key-signing-key"
	DNSSEC           = "dns-dnssec"
	QueryLogGroup    = "dns-query-log-group"
	QueryLogPolicy   = "dns-query-log-policy"
	QueryLog         = "dns-query-log"
	validationRecord = "dns-validation-"
	alias            = "dns-alias-"
)

// ValidationRecord proves to ACM that a domain, named by a digest, is ours.
func ValidationRecord(digest string) string { return validationRecord + digest }

// Alias leads a domain, named by a digest, to the distribution, by addresses of
// IPv4 (A) or IPv6 (AAAA).
func Alias(digest, recordType string) string {
	return alias + digest + "-" + strings.ToLower(recordType)
}

// certificate begins the names of certificates.
const certificate = "cdn-certificate-"

// Certificate is the certificate of a domain, named by a digest of it: a
// certificate cannot change its domain, so another domain has another one.
func Certificate(digest string) string { return certificate + digest }

// IsCertificate is whether a name is that of a certificate.
func IsCertificate(resourceName string) bool { return strings.HasPrefix(resourceName, certificate) }

// Access.
const (
	AppRole              = "app-role"
	AppRoleLogs          = "app-role-logs"
	AppRoleNetwork       = "app-role-network"
	AppRoleAssets        = "app-role-assets"
	AppRoleSecrets       = "app-role-secrets"
	AppRoleDatabase      = "app-role-database"
	AppRoleParameters    = "app-role-parameters"
	AppRoleRights        = "app-role-rights"
	PublisherRole        = "publisher-role"
	PublisherRoleLogs    = "publisher-role-logs"
	PublisherRoleAssets  = "publisher-role-assets"
	PublisherRoleCDN     = "publisher-role-cdn"
	FlowLogRole          = "flow-log-role"
	FlowLogRoleLogs      = "flow-log-role-logs"
	MonitoringRole       = "database-monitoring-role"
	MonitoringRolePolicy = "database-monitoring-role-policy"
)

// Secrets.
const (
	DataKey           = "data-key"
	LogsKey           = "logs-key"
	SecretsKey        = "secrets-key"
	EdgeKey           = "edge-key"
	ReplicaKey        = "replica-key"
	AppSecret         = "app-secret"
	AppSecretPolicy   = "app-secret-policy"
	AppSecretRotation = "app-secret-rotation"
)

// Audit. The trail's bucket has the parts of a bucket.
const (
	AuditKey            = "audit-key"
	AuditBucket         = "audit-bucket"
	AuditLogGroup       = "audit-log-group"
	AuditRole           = "audit-role"
	AuditRoleLogs       = "audit-role-logs"
	AuditTrail          = "audit-trail"
	AuditTopic          = "audit-topic"
	GuardDuty           = "audit-guardduty"
	SecurityHub         = "audit-security-hub"
	SecurityHubStandard = "audit-security-hub-standard"
	Inspector           = "audit-inspector"
)

// Parameter tells applications one thing about the stack, such as
// "database-endpoint".
func Parameter(name string) string { return "parameter-" + name }

// AuditMetric counts one kind of event that the trail records.
func AuditMetric(id string) string { return "audit-metric-" + id }

// Config. The recorder's bucket has the parts of a bucket.
const (
	ConfigBucket              = "config-bucket"
	ConfigServiceRole         = "config-service-role"
	ConfigRecorder            = "config-recorder"
	ConfigChannel             = "config-delivery-channel"
	ConfigRecorderStatus      = "config-recorder-status"
	ConfigAggregator          = "config-aggregator"
	ConfigRemediationRole     = "config-remediation-role"
	ConfigRemediationRoleMend = "config-remediation-role-mend"
)

// ConformancePack adds rules about what carries no tag.
const ConformancePack = "config-conformance-pack"

// configRule begins the names of Config rules.
const configRule = "config-rule-"

// ConfigRule is a Config rule.
func ConfigRule(id string) string { return configRule + id }

// IsConfigRule is whether a name is that of a Config rule.
func IsConfigRule(resourceName string) bool { return strings.HasPrefix(resourceName, configRule) }

// ConfigRemediation mends what a Config rule finds.
func ConfigRemediation(id string) string { return "config-remediation-" + id }

// Alarms. The edge's topic is in us-east-1, where the CDN's alarms are.
const (
	AlarmsKey       = "alarms-key"
	AlarmsTopic     = "alarms-topic"
	AlarmsEdgeTopic = "alarms-edge-topic"
	Dashboard       = "alarms-dashboard"
)

// DeliveryRole writes the logs of topics' deliveries.
const (
	DeliveryRole     = "delivery-role"
	DeliveryRoleLogs = "delivery-role-logs"
)

// DeliveryLogGroup takes the log of a topic's deliveries.
func DeliveryLogGroup(topic string) string { return topic + "-delivery-log-group" }

// FailureLogGroup takes the log of those that failed.
func FailureLogGroup(topic string) string { return topic + "-failure-log-group" }

// TopicPolicy says who may publish to a topic.
func TopicPolicy(topic string) string { return topic + "-policy" }

const subscription = "-subscription-"

// Subscription is that of an endpoint to a topic, named by a digest of the
// endpoint, so that editing one leaves the others alone.
func Subscription(topic, digest string) string { return topic + subscription + digest }

// IsSubscription is whether a name is that of a subscription.
func IsSubscription(resourceName string) bool { return strings.Contains(resourceName, subscription) }

// Alarm watches one metric, or several other alarms.
func Alarm(name string) string { return "alarm-" + name }

// Responses. The bucket of the function's code has the parts of a bucket. What
// happens in the region of global services has a queue of its own there.
const (
	ResponsesFunction        = "responses-function"
	ResponsesRetries         = "responses-function-retries"
	ResponsesLogGroup        = "responses-log-group"
	ResponsesBucket          = "responses-bucket"
	ResponsesQueue           = "responses-dead-letter-queue"
	ResponsesEdgeQueue       = "responses-edge-dead-letter-queue"
	ResponsesRole            = "responses-role"
	ResponsesRoleRuntime     = "responses-role-runtime"
	ResponsesRoleReports     = "responses-role-reports"
	ResponsesRolePermissions = "responses-role-permissions"
	ResponsesRoleNetwork     = "responses-role-network"
	ResponsesSecurityGroup   = "responses-security-group"
	ResponsesToAWS           = "responses-egress-aws"
	ResponsesSigningProfile  = "responses-signing-profile"
	ResponsesCodeSigning     = "responses-signing-config"
)

// Queue is a queue between parts of the application. Further names begin with
// queues-, which no queue of a claim does.
func Queue(name string) string { return "queue-" + name }

// DeadLetters is the queue of what the readers of a queue failed on.
func DeadLetters(name string) string { return "queues-dead-letters-" + name }

// QueueAccess says how a queue of the application may be called.
func QueueAccess(name string) string { return "queues-policy-" + name }

// DeadLettersAccess is the same of its dead-letter queue.
func DeadLettersAccess(name string) string { return "queues-dead-letter-policy-" + name }

// Redrive says whose dead-letter queue a queue is.
func Redrive(name string) string { return "queues-redrive-" + name }

// AppRoleQueues lets the application use its queues.
const AppRoleQueues = "app-role-queues"

// Mail.
const (
	MailConfigurationSet = "mail-configuration-set"
	MailTopic            = "mail-topic"
	MailEvents           = "mail-events"
	AppRoleMail          = "app-role-mail"
)

// MailIdentity is a domain that mail is sent from, named by a digest of it.
func MailIdentity(digest string) string { return "mail-identity-" + digest }

// MailFrom is what bounces of such a domain return to.
func MailFrom(digest string) string { return "mail-from-" + digest }

// MailRecord is a DNS record of such a domain, such as "spf".
func MailRecord(digest, role string) string { return "mail-record-" + role + "-" + digest }

// QueuePolicy says who may send to a queue.
func QueuePolicy(queue string) string { return queue + "-policy" }

// responsesCode begins the names of archives.
const responsesCode = "responses-code-"

// ResponsesCode is an archive of the function's code, named by a digest of it:
// an object of S3 cannot change its key, so other code is another object.
func ResponsesCode(digest string) string { return responsesCode + digest }

// IsResponsesCode is whether a name is that of an archive.
func IsResponsesCode(resourceName string) bool { return strings.HasPrefix(resourceName, responsesCode) }

// responsesSigning begins the names of signatures.
const responsesSigning = "responses-signing-job-"

// ResponsesSigning signs an archive of the function's code, whose name it takes.
func ResponsesSigning(code string) string {
	return responsesSigning + strings.TrimPrefix(code, responsesCode)
}

// EventRule selects events.
func EventRule(name string) string { return "event-rule-" + name }

// EventTarget is where a rule's events go.
func EventTarget(name string) string { return "event-target-" + name }

// EventPermission lets a rule's events in there.
func EventPermission(name string) string { return "event-permission-" + name }

// Account. What is set for the whole account stays when the stack is deleted.
const (
	AccountKey                = "account-key"
	AccountPublicAccessBlock  = "account-public-access-block"
	AccountEBSEncryption      = "account-ebs-encryption"
	AccountEBSKey             = "account-ebs-default-key"
	AccountPasswordPolicy     = "account-password-policy"
	AccountAnalyzer           = "account-access-analyzer"
	AccountMacie              = "account-macie"
	AccountSupportRole        = "account-support-role"
	AccountSupportRolePolicy  = "account-support-role-policy"
	AccountSecurityContact    = "account-security-contact"
	AccountPrivateDocuments   = "account-private-documents"
	AccountAutomationLogGroup = "account-automation-log-group"
	AccountAutomationLogs     = "account-automation-logs"
	AccountAutomationLogName  = "account-automation-log-name"
)

// KeyAlias is the alias of a key.
func KeyAlias(key string) string { return key + "-alias" }

// usedBy is between the names of a usage.
const usedBy = "-used-by-"

// Usage is the usage of a resource by another one, which is deleted first.
func Usage(of, by string) string { return of + usedBy + by }

// IsUsage reports whether a name is that of a usage.
func IsUsage(resourceName string) bool { return strings.Contains(resourceName, usedBy) }

// OfUsage returns the names of a usage's resources: the used one and its user.
func OfUsage(usage string) (string, string, bool) { return strings.Cut(usage, usedBy) }

func numbered(base string, zone int) string { return base + "-" + strconv.Itoa(zone) }

// MailEndpointSecurityGroup is that of the mail endpoint, which takes no HTTPS.
const MailEndpointSecurityGroup = "mail-endpoint-security-group"

// EndpointMailFromApp lets the application send mail by a port of the mail endpoint.
func EndpointMailFromApp(port int) string { return "endpoint-ingress-mail-" + strconv.Itoa(port) }

// AppMailToEndpoint is the other end of that.
func AppMailToEndpoint(port int) string { return "app-egress-mail-" + strconv.Itoa(port) }
