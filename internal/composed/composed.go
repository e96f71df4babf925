// Package composed contains the name of every composed resource. A name identifies
// the resource within the stack. It is part of the stack's contract, because
// Crossplane replaces a renamed resource.
package composed

import (
	"strconv"
	"strings"
)

// Connection is the Secret with the connection details for the application.
const Connection = "connection"

// AccountInUse is the usage of the account whose guardrails the stack uses.
const AccountInUse = "account-in-use"

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
	// FirewallEdgeRouteTable is the route table of the internet gateway.
	FirewallEdgeRouteTable            = "firewall-edge-route-table"
	FirewallEdgeRouteTableAssociation = "firewall-edge-route-table-association"
)

// DNS Firewall, which resolves only allowed domains.
const (
	DNSFirewallAllow            = "dns-firewall-allow"
	DNSFirewallAllowAssociation = "dns-firewall-allow-association"
	DNSFirewallBlock            = "dns-firewall-block"
	DNSFirewallBlockAssociation = "dns-firewall-block-association"
	DNSFirewallAllNames         = "dns-firewall-all-names"
)

const dnsFirewallNames = "dns-firewall-allowed-names-"

// DNSFirewallNames is a list of allowed domains, named by a digest because the list
// is immutable.
func DNSFirewallNames(digest string) string { return dnsFirewallNames + digest }

// IsDNSFirewallNames reports whether a resource is such a list.
func IsDNSFirewallNames(resourceName string) bool {
	return strings.HasPrefix(resourceName, dnsFirewallNames)
}

// EndpointFromNodes admits a zone's private subnet to interface endpoints.
func EndpointFromNodes(zone int) string { return numbered("endpoint-ingress-nodes", zone) }

// FirewallSubnet is the firewall's subnet of a zone.
func FirewallSubnet(zone int) string { return numbered("firewall-subnet", zone) }

// FirewallRouteTableAssociation associates a zone's firewall subnet with its route
// table.
func FirewallRouteTableAssociation(zone int) string {
	return numbered("firewall-route-table-association", zone)
}

// FirewallEdgeRoute routes inbound traffic of a zone's public subnet through the
// firewall.
func FirewallEdgeRoute(zone int) string { return numbered("firewall-edge-route", zone) }

// InspectedRouteTable is the route table of a zone's public subnet behind the
// firewall.
func InspectedRouteTable(zone int) string { return numbered("inspected-route-table", zone) }

// InspectedRoute routes outbound traffic of a zone's public subnet through the
// firewall.
func InspectedRoute(zone int) string { return numbered("inspected-route-firewall", zone) }

// Endpoint is the interface endpoint of an AWS service.
func Endpoint(service string) string { return "endpoint-" + strings.ReplaceAll(service, ".", "-") }

// EndpointSubnet associates an interface endpoint with a zone's private subnet.
func EndpointSubnet(service string, zone int) string {
	return numbered(Endpoint(service)+"-subnet", zone)
}

// EndpointGroup associates an interface endpoint with its security group.
func EndpointGroup(service string) string { return Endpoint(service) + "-security-group" }

// PublicSubnet is the public subnet of a zone. Zones are numbered from 1.
func PublicSubnet(zone int) string { return numbered("public-subnet", zone) }

// PrivateSubnet is the private subnet of a zone.
func PrivateSubnet(zone int) string { return numbered("private-subnet", zone) }

// DatabaseSubnet is the isolated subnet of a zone.
func DatabaseSubnet(zone int) string { return numbered("database-subnet", zone) }

// PublicRouteTableAssociation associates a zone's public subnet with its route
// table.
func PublicRouteTableAssociation(zone int) string {
	return numbered("public-route-table-association", zone)
}

// PrivateRouteTableAssociation associates a zone's private subnet with its route
// table.
func PrivateRouteTableAssociation(zone int) string {
	return numbered("private-route-table-association", zone)
}

// DatabaseRouteTableAssociation associates a zone's database subnet with its route
// table.
func DatabaseRouteTableAssociation(zone int) string {
	return numbered("database-route-table-association", zone)
}

// PrivateRouteTable is the route table of a zone's private subnet.
func PrivateRouteTable(zone int) string { return numbered("private-route-table", zone) }

// PrivateRoute is the default route of a zone's private subnet.
func PrivateRoute(zone int) string { return numbered("private-route-internet", zone) }

// PrivateIPv6Route is the default IPv6 route of a zone's private subnet.
func PrivateIPv6Route(zone int) string { return numbered("private-route-internet-ipv6", zone) }

// NATAddress is the Elastic IP address of a zone's NAT gateway.
func NATAddress(zone int) string { return numbered("nat-address", zone) }

// NATGateway is the NAT gateway of a zone.
func NATGateway(zone int) string { return numbered("nat-gateway", zone) }

// S3EndpointPrivateRoute associates a zone's private route table with the S3
// endpoint.
func S3EndpointPrivateRoute(zone int) string {
	return numbered("s3-endpoint-private-route", zone)
}

// DatabaseNetworkACLRule is a rule of the database subnets' network ACL.
func DatabaseNetworkACLRule(name string) string { return DatabaseNetworkACL + "-" + name }

// AppEgress is a rule that allows the app tier to call a range, named by a digest
// of the range. An edit of one range therefore does not affect others.
func AppEgress(digest string) string { return "app-egress-https-" + digest }

// AppEgressTo is a rule that allows the app tier to call any other destination,
// named by a digest of destination and port.
func AppEgressTo(digest string) string { return "app-egress-rule-" + digest }

// Ingress is a rule that admits a caller to the application or the database, named
// by a digest of caller and target. The order of rules therefore does not matter.
func Ingress(digest string) string { return "ingress-" + digest }

// Storage. Each bucket has separate resources for its settings, named by Bucket.
const (
	AssetsBucket  = "assets-bucket"
	LogsBucket    = "access-logs-bucket"
	CDNLogsBucket = "cdn-logs-bucket"
)

// Uploads by visitors. Their bucket has the parts of a bucket.
const (
	UploadsBucket  = "uploads-bucket"
	UploadsHeaders = "cdn-uploads-headers-policy"
	ScanRole       = "uploads-scan-role"
	ScanRolePolicy = "uploads-scan-role-policy"
	ScanPlan       = "uploads-scan-plan"
	AppRoleUploads = "app-role-uploads"
)

// Replica of the assets in another region. Its buckets have the parts of a bucket.
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
	// DatabaseCluster replaces the instance if the database is an Aurora cluster.
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

// DatabaseLogGroup is the log group of a database log that RDS exports.
func DatabaseLogGroup(log string) string { return "database-log-group-" + log }

// DatabaseOptionGroup is the option group of a major version, named by its suffix.
func DatabaseOptionGroup(suffix string) string { return "database-option-group-" + suffix }

// DatabaseInstance is an instance of an Aurora cluster. Instances are numbered from
// 1.
func DatabaseInstance(number int) string { return numbered("database-instance", number) }

// Database proxy, with its security group rules.
const (
	DatabaseProxy            = "database-proxy"
	DatabaseProxyTargetGroup = "database-proxy-target-group"
	DatabaseProxyTarget      = "database-proxy-target"
	DatabaseProxyRole        = "database-proxy-role"
	DatabaseProxyRoleConnect = "database-proxy-role-connect"
	DatabaseProxyLogGroup    = "database-proxy-log-group"
	// DatabaseProxySecurityGroup has the prefix of the application's groups,
	// because only these can reach the database.
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

// WAF. The web ACL protects the distribution.
const (
	WebACL              = "waf-web-acl"
	WAFAllowedAddresses = "waf-allowed-addresses"
	WAFBlockedAddresses = "waf-blocked-addresses"
	WAFLogGroup         = "waf-log-group"
	WAFLogPolicy        = "waf-log-policy"
	WAFLogging          = "waf-logging"
)

// WAFPathAddresses is the IP set of a restricted path, named by a digest of the
// path.
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

// appOrigin is the prefix of the application's origins.
const appOrigin = "cdn-app-origin-"

// AppOrigin is the origin of a load balancer, named by a digest of its ARN, because
// CloudFront cannot change an origin in use.
func AppOrigin(digest string) string { return appOrigin + digest }

// IsAppOrigin reports whether a resource is an origin of the application.
func IsAppOrigin(resourceName string) bool { return strings.HasPrefix(resourceName, appOrigin) }

// routes is the prefix of functions that answer the routes of single-page
// applications.
const routes = "cdn-routes-function-"

// Routes is a function that answers routes, named by a digest of its code, because
// Cloud Control does not publish changes.
func Routes(digest string) string { return routes + digest }

// RoutesDigest returns the digest in the name of a function that answers routes.
func RoutesDigest(resourceName string) string { return strings.TrimPrefix(resourceName, routes) }

// IsRoutes reports whether a resource is a function that answers routes.
func IsRoutes(resourceName string) bool { return strings.HasPrefix(resourceName, routes) }

// UploadsKeys is a function that maps upload paths to keys without the path, named
// by a digest of its code.
func UploadsKeys(digest string) string { return uploadsKeys + digest }

// UploadsKeysDigest returns the digest in the name of such a function.
func UploadsKeysDigest(resourceName string) string {
	return strings.TrimPrefix(resourceName, uploadsKeys)
}

// IsUploadsKeys reports whether a resource is such a function.
func IsUploadsKeys(resourceName string) bool { return strings.HasPrefix(resourceName, uploadsKeys) }

// uploadsKeys is the prefix of such functions.
const uploadsKeys = "cdn-uploads-function-"

// CachePolicy is a cache policy.
func CachePolicy(name string) string { return cachePolicies + name }

// IsCachePolicy reports whether a resource is a cache policy.
func IsCachePolicy(resourceName string) bool { return strings.HasPrefix(resourceName, cachePolicies) }

// cachePolicies is the prefix of cache policies.
const cachePolicies = "cdn-cache-policy-"

// AppRolePolicy attaches a managed policy, named by a digest of its ARN, to the
// app role.
func AppRolePolicy(digest string) string { return "app-role-policy-" + digest }

// signingKey is the prefix of public keys.
const signingKey = "cdn-signing-key-"

// SigningKey is a public key that verifies signed URLs, named by a digest because
// CloudFront cannot change a key.
func SigningKey(digest string) string { return signingKey + digest }

// IsSigningKey reports whether a resource is a public key.
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

// ValidationRecord proves the ownership of a domain to ACM. It is named by a digest
// of the domain.
func ValidationRecord(digest string) string { return validationRecord + digest }

// Alias is the record of a domain, named by a digest, that points to the
// distribution: type A for IPv4, or AAAA for IPv6.
func Alias(digest, recordType string) string {
	return alias + digest + "-" + strings.ToLower(recordType)
}

// certificate is the prefix of certificates.
const certificate = "cdn-certificate-"

// Certificate is the certificate of a domain, named by a digest because a
// certificate cannot change its domain.
func Certificate(digest string) string { return certificate + digest }

// IsCertificate reports whether a resource is a certificate.
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

// Parameter is an SSM parameter for applications, such as "database-endpoint".
func Parameter(name string) string { return "parameter-" + name }

// AuditMetric counts one type of event in the trail.
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

// ConformancePack contains rules for resources without tags.
const ConformancePack = "config-conformance-pack"

// configRule is the prefix of AWS Config rules.
const configRule = "config-rule-"

// ConfigRule is an AWS Config rule.
func ConfigRule(id string) string { return configRule + id }

// IsConfigRule reports whether a resource is an AWS Config rule.
func IsConfigRule(resourceName string) bool { return strings.HasPrefix(resourceName, configRule) }

// ConfigRemediation remediates the findings of an AWS Config rule.
func ConfigRemediation(id string) string { return "config-remediation-" + id }

// Alarms. The edge's topic is in us-east-1, because the CDN's alarms are there.
const (
	AlarmsKey       = "alarms-key"
	AlarmsTopic     = "alarms-topic"
	AlarmsEdgeTopic = "alarms-edge-topic"
	Dashboard       = "alarms-dashboard"
)

// DeliveryRole allows SNS to write delivery logs of topics.
const (
	DeliveryRole     = "delivery-role"
	DeliveryRoleLogs = "delivery-role-logs"
)

// DeliveryLogGroup is the log group of a topic's successful deliveries.
func DeliveryLogGroup(topic string) string { return topic + "-delivery-log-group" }

// FailureLogGroup is the log group of a topic's failed deliveries.
func FailureLogGroup(topic string) string { return topic + "-failure-log-group" }

// TopicPolicy is the policy of a topic.
func TopicPolicy(topic string) string { return topic + "-policy" }

const subscription = "-subscription-"

// Subscription is an endpoint's subscription to a topic, named by a digest of the
// endpoint. An edit of one endpoint therefore does not affect others.
func Subscription(topic, digest string) string { return topic + subscription + digest }

// IsSubscription reports whether a resource is a subscription.
func IsSubscription(resourceName string) bool { return strings.Contains(resourceName, subscription) }

// Alarm is an alarm for a metric, or a composite alarm.
func Alarm(name string) string { return "alarm-" + name }

// Responses. The bucket of the function's code has the parts of a bucket. Events in
// the region of global services have a separate queue there.
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

// Queue is a queue of the application. Other resources of queues have the prefix
// queues-, which no queue in a claim can have.
func Queue(name string) string { return "queue-" + name }

// DeadLetters is the dead-letter queue of a queue.
func DeadLetters(name string) string { return "queues-dead-letters-" + name }

// QueueAccess is the policy of a queue of the application.
func QueueAccess(name string) string { return "queues-policy-" + name }

// DeadLettersAccess is the policy of its dead-letter queue.
func DeadLettersAccess(name string) string { return "queues-dead-letter-policy-" + name }

// Redrive names the queue that can use a dead-letter queue.
func Redrive(name string) string { return "queues-redrive-" + name }

// AppRoleQueues allows the application to use its queues.
const AppRoleQueues = "app-role-queues"

// Mail.
const (
	MailConfigurationSet = "mail-configuration-set"
	MailTopic            = "mail-topic"
	MailEvents           = "mail-events"
	AppRoleMail          = "app-role-mail"
)

// MailIdentity is a sender domain, named by a digest of it.
func MailIdentity(digest string) string { return "mail-identity-" + digest }

// MailFrom is the MAIL FROM domain of a sender domain, for bounces.
func MailFrom(digest string) string { return "mail-from-" + digest }

// MailRecord is a DNS record of a sender domain, such as "spf".
func MailRecord(digest, role string) string { return "mail-record-" + role + "-" + digest }

// QueuePolicy is the policy of a queue of the responses.
func QueuePolicy(queue string) string { return queue + "-policy" }

// responsesCode is the prefix of code archives.
const responsesCode = "responses-code-"

// ResponsesCode is an archive of the function's code, named by a digest because an
// S3 object cannot change its key.
func ResponsesCode(digest string) string { return responsesCode + digest }

// IsResponsesCode reports whether a resource is such an archive.
func IsResponsesCode(resourceName string) bool { return strings.HasPrefix(resourceName, responsesCode) }

// responsesSigning is the prefix of signing jobs.
const responsesSigning = "responses-signing-job-"

// ResponsesSigning signs an archive of the function's code. It contains the
// archive's name.
func ResponsesSigning(code string) string {
	return responsesSigning + strings.TrimPrefix(code, responsesCode)
}

// Prefixes of an EventBridge rule and its parts.
const (
	eventRule       = "event-rule-"
	eventTarget     = "event-target-"
	eventPermission = "event-permission-"
)

// EventRule is an EventBridge rule.
func EventRule(name string) string { return eventRule + name }

// EventTarget is the target of a rule.
func EventTarget(name string) string { return eventTarget + name }

// EventPermission allows a rule to call its target.
func EventPermission(name string) string { return eventPermission + name }

// OfEventRule returns the name in a rule, its target or its permission, and whether
// the resource is one of these.
func OfEventRule(resourceName string) (string, bool) {
	for _, prefix := range []string{eventRule, eventTarget, eventPermission} {
		if name, ok := strings.CutPrefix(resourceName, prefix); ok && !IsUsage(resourceName) {
			return name, true
		}
	}
	return "", false
}

// Account. Settings for the whole account are kept when the stack is deleted.
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

// usedBy separates the names in a usage.
const usedBy = "-used-by-"

// Usage protects a resource until the resource that uses it is deleted.
func Usage(of, by string) string { return of + usedBy + by }

// IsUsage reports whether a resource is a usage.
func IsUsage(resourceName string) bool { return strings.Contains(resourceName, usedBy) }

// OfUsage returns the names in a usage: the used resource and its user.
func OfUsage(usage string) (string, string, bool) { return strings.Cut(usage, usedBy) }

func numbered(base string, zone int) string { return base + "-" + strconv.Itoa(zone) }

// MailEndpointSecurityGroup is the security group of the mail endpoint, which does
// not accept HTTPS.
const MailEndpointSecurityGroup = "mail-endpoint-security-group"

// EndpointMailFromApp admits the application to a port of the mail endpoint.
func EndpointMailFromApp(port int) string { return "endpoint-ingress-mail-" + strconv.Itoa(port) }

// AppMailToEndpoint is the egress rule for that endpoint.
func AppMailToEndpoint(port int) string { return "app-egress-mail-" + strconv.Itoa(port) }
