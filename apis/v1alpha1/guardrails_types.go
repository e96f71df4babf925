package v1alpha1

// GuardrailsSpec contains the guardrail tiers. All are enabled by default. A claim can
// disable a tier only if the platform's input allows it.
//
// +kubebuilder:validation:XValidation:rule="!has(self.responses) || !has(self.alarms) || !self.responses.enabled || self.alarms.enabled",fieldPath=".responses",message="responses require alarms, because responses report to the alarms' SNS topic: enable alarms, or disable responses"
type GuardrailsSpec struct {
	// AWS WAF web ACL in front of the CDN.
	// +kubebuilder:title=Web application firewall
	// +kubebuilder:default={}
	// +optional
	WAF WAFSpec `json:"waf,omitzero"`

	// CloudTrail trail, with log file validation, that logs API calls.
	// +kubebuilder:title=Audit trail
	// +kubebuilder:default={}
	// +optional
	Audit AuditSpec `json:"audit,omitzero"`

	// AWS Config rules that report when the stack drifts from its secure state.
	// +kubebuilder:title=Config rules
	// +kubebuilder:default={}
	// +optional
	Config ConfigSpec `json:"config,omitzero"`

	// SSM parameters from which applications read the stack's endpoints, names and ARNs.
	// +kubebuilder:title=Parameters
	// +kubebuilder:default={}
	// +optional
	Parameters ParametersSpec `json:"parameters,omitzero"`

	// CloudWatch alarms, their SNS topics and a dashboard.
	// +kubebuilder:title=Alarms
	// +kubebuilder:default={}
	// +optional
	Alarms AlarmsSpec `json:"alarms,omitzero"`

	// Automated responses to unsafe changes.
	// +kubebuilder:title=Automated responses
	// +kubebuilder:default={}
	// +optional
	Responses ResponsesSpec `json:"responses,omitzero"`
}

// WAFMode is the action of the web application firewall for matching requests.
//
// +kubebuilder:validation:Enum=Block;Count
type WAFMode string

// WAFMode values.
const (
	WAFModeBlock WAFMode = "Block"
	WAFModeCount WAFMode = "Count"
)

// WAFSpec configures the web application firewall.
// +kubebuilder:validation:XValidation:rule="!has(self.exceptions) || (has(self.blockAnonymous) && self.blockAnonymous) || self.exceptions.all(e, !(e.rule in ['AnonymousIPList', 'HostingProviderIPList']))",fieldPath=".exceptions",message="exceptions for AnonymousIPList and HostingProviderIPList have no effect without blockAnonymous: set blockAnonymous to true, or remove these exceptions"
type WAFSpec struct {
	// Enables the web ACL. Defaults to true.
	// +kubebuilder:title=Enabled
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`

	// Action for requests that match a rule: Block, or Count to test the rules. Defaults to Block.
	// +kubebuilder:title=Mode
	// +kubebuilder:default=Block
	// +optional
	Mode WAFMode `json:"mode,omitempty"`

	// Maximum requests per IP address in five minutes, 100 to 2000000. Defaults to 2000.
	// +kubebuilder:title=Requests per IP address in five minutes
	// +kubebuilder:default=2000
	// +kubebuilder:validation:Minimum=100
	// +kubebuilder:validation:Maximum=2000000
	// +optional
	RequestsPerFiveMinutes int32 `json:"requestsPerFiveMinutes,omitempty"`

	// Blocks IP addresses of VPNs, proxies and hosting providers. This also blocks customers who use a VPN.
	// +kubebuilder:title=Block anonymous addresses
	// +optional
	BlockAnonymous bool `json:"blockAnonymous,omitempty"`

	// Adds AWS WAF Bot Control. Charged per request.
	// +kubebuilder:title=Bot control
	// +optional
	BotControl bool `json:"botControl,omitempty"`

	// IPv4 and IPv6 addresses and ranges that are always allowed, such as those of a monitoring service. restrictedPaths still applies to them.
	// +kubebuilder:title=Allowed addresses
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=43
	// +kubebuilder:validation:XValidation:rule="self.all(c, isIP(c) || (isCIDR(c) && cidr(c).prefixLength() >= 1 && cidr(c) == cidr(c).masked()))",message="each entry must be an IP address, such as 203.0.113.7, or a CIDR block that starts at its network address, such as 203.0.113.0/24 or 2001:db8::/32; AWS WAF does not support /0"
	// +listType=set
	// +optional
	AllowCIDRs []string `json:"allowCidrs,omitempty"`

	// IPv4 and IPv6 addresses and ranges that are always blocked.
	// +kubebuilder:title=Blocked addresses
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=43
	// +kubebuilder:validation:XValidation:rule="self.all(c, isIP(c) || (isCIDR(c) && cidr(c).prefixLength() >= 1 && cidr(c) == cidr(c).masked()))",message="each entry must be an IP address, such as 203.0.113.7, or a CIDR block that starts at its network address, such as 203.0.113.0/24 or 2001:db8::/32; AWS WAF does not support /0"
	// +listType=set
	// +optional
	BlockCIDRs []string `json:"blockCidrs,omitempty"`

	// Countries to block, as ISO 3166-1 alpha-2 codes in uppercase. In mode Count, this rule only counts requests, unlike cdn.geoRestriction.
	// +kubebuilder:title=Blocked countries
	// +kubebuilder:example={"AQ"}
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:items:MaxLength=64
	// +kubebuilder:validation:items:Pattern=`^[A-Z]{2}$`
	// +listType=set
	// +optional
	BlockCountries []string `json:"blockCountries,omitempty"`

	// Paths that a managed rule does not block, such as a path for product uploads that SizeRestrictions_BODY would block. The rule still applies to all other paths.
	// +kubebuilder:title=Exceptions
	// +kubebuilder:validation:MaxItems=20
	// +listType=map
	// +listMapKey=rule
	// +optional
	Exceptions []WAFException `json:"exceptions,omitempty"`

	// Paths that only listed IP addresses can call, such as /admin/*. In mode Count, calls from other addresses are counted but not blocked.
	// +kubebuilder:title=Restricted paths
	// +kubebuilder:validation:MaxItems=5
	// +listType=map
	// +listMapKey=path
	// +optional
	RestrictedPaths []WAFRestrictedPath `json:"restrictedPaths,omitempty"`
}

// WAFManagedRule is a rule in the web ACL's managed rule groups.
//
// +kubebuilder:validation:Enum=AnonymousIPList;AWSManagedIPReputationList;AWSManagedReconnaissanceList;CrossSiteScripting_BODY;CrossSiteScripting_COOKIE;CrossSiteScripting_QUERYARGUMENTS;CrossSiteScripting_URIPATH;EC2MetaDataSSRF_BODY;EC2MetaDataSSRF_COOKIE;EC2MetaDataSSRF_QUERYARGUMENTS;EC2MetaDataSSRF_URIPATH;ExploitablePaths_URIPATH;GenericLFI_BODY;GenericLFI_QUERYARGUMENTS;GenericLFI_URIPATH;GenericRFI_BODY;GenericRFI_QUERYARGUMENTS;GenericRFI_URIPATH;Host_localhost_HEADER;HostingProviderIPList;JavaDeserializationRCE_BODY;JavaDeserializationRCE_HEADER;JavaDeserializationRCE_QUERYSTRING;JavaDeserializationRCE_URIPATH;Log4JRCE_BODY;Log4JRCE_HEADER;Log4JRCE_QUERYSTRING;Log4JRCE_URIPATH;NoUserAgent_HEADER;PROPFIND_METHOD;ReactJSRCE_BODY;RestrictedExtensions_QUERYARGUMENTS;RestrictedExtensions_URIPATH;SizeRestrictions_BODY;SizeRestrictions_Cookie_HEADER;SizeRestrictions_QUERYSTRING;SizeRestrictions_URIPATH;SQLi_BODY;SQLi_COOKIE;SQLi_QUERYARGUMENTS;SQLi_URIPATH;SQLiExtendedPatterns_BODY;SQLiExtendedPatterns_QUERYARGUMENTS;UserAgent_BadBots_HEADER
type WAFManagedRule string

// WAFException is an exemption of paths from a managed rule.
type WAFException struct {
	// Name of the managed rule, as in the AWS documentation and in the web ACL's logs. AnonymousIPList and HostingProviderIPList require blockAnonymous.
	// +kubebuilder:title=Rule
	// +kubebuilder:example="SizeRestrictions_BODY"
	Rule WAFManagedRule `json:"rule"`

	// Exact paths, such as / or /checkout/upload, or prefixes that end with /*, such as /admin/*. Paths are case-sensitive.
	// +kubebuilder:title=Paths
	// +kubebuilder:example={"/admin/*"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=100
	// +kubebuilder:validation:items:Pattern=`^(/|(/\.?[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+(/\*?)?)$`
	// +kubebuilder:validation:XValidation:rule="self.map(p, size(p)).sum() <= 220",message="the paths in a rule must not exceed 220 characters in total, because AWS WAF compares them in one expression: use a common prefix, such as /admin/*"
	// +listType=set
	Paths []string `json:"paths"`
}

// WAFRestrictedPath is a path that only listed IP addresses can call.
type WAFRestrictedPath struct {
	// Exact path, such as /status, or prefix that ends with /*, such as /admin/*. Use /* for the whole shop. The path is not case-sensitive.
	// +kubebuilder:title=Path
	// +kubebuilder:example="/admin/*"
	// +kubebuilder:validation:MaxLength=100
	// +kubebuilder:validation:Pattern=`^((/\.?[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?|(/\.?[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/\*)$`
	Path string `json:"path"`

	// IPv4 and IPv6 addresses and ranges that can call the path.
	// +kubebuilder:title=Addresses
	// +kubebuilder:example={"203.0.113.7","2001:db8:42::/48"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=43
	// +kubebuilder:validation:XValidation:rule="self.all(c, isIP(c) || (isCIDR(c) && cidr(c).prefixLength() >= 1 && cidr(c) == cidr(c).masked()))",message="each entry must be an IP address, such as 203.0.113.7, or a CIDR block that starts at its network address, such as 203.0.113.0/24 or 2001:db8::/32; AWS WAF does not support /0"
	// +listType=set
	CIDRs []string `json:"cidrs"`
}

// AuditSpec configures the audit trail.
//
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.objectLockDays) || has(self.objectLockDays)",fieldPath=".objectLockDays",message="objectLockDays cannot be removed, because S3 cannot disable Object Lock: keep objectLockDays; if necessary, lower its value for new log files"
type AuditSpec struct {
	// Creates a trail for the stack unless the platform declares an existing trail. Defaults to true.
	// +kubebuilder:title=Enabled
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`

	// Logs API calls in all regions instead of only in the stack's region. Defaults to true.
	// +kubebuilder:title=All regions
	// +kubebuilder:default=true
	// +optional
	MultiRegion *bool `json:"multiRegion,omitempty"`

	// Logs reads and writes of objects in the assets bucket. Charged per event. Defaults to true.
	// +kubebuilder:title=Assets data events
	// +kubebuilder:default=true
	// +optional
	DataEvents *bool `json:"dataEvents,omitempty"`

	// Enables CloudTrail Insights, which detects unusual rates of API calls and errors. Charged per event.
	// +kubebuilder:title=Insights
	// +optional
	Insights bool `json:"insights,omitempty"`

	// Publishes a notification to an SNS topic for each log file.
	// +kubebuilder:title=Log file notifications
	// +optional
	Notifications bool `json:"notifications,omitempty"`

	// Keeps all of the stack's log groups, with deletion protection, when the stack is deleted with deletionPolicy Retain or Snapshot. Applies even if the stack has no trail. Log files in buckets are always kept.
	// +kubebuilder:title=Retain log groups
	// +optional
	RetainLogs bool `json:"retainLogs,omitempty"`

	// Days for which the trail's log files cannot be deleted or replaced (S3 Object Lock, governance mode), 1 to 3650. Applies to new log files. Can be changed but not removed. Requires deletionPolicy Retain or Snapshot.
	// +kubebuilder:title=Days to lock log files
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=3650
	// +optional
	ObjectLockDays *int32 `json:"objectLockDays,omitempty"`

	// Enables GuardDuty in the account and region. AWS allows only one detector per account and region.
	// +kubebuilder:title=GuardDuty
	// +optional
	GuardDuty bool `json:"guardDuty,omitempty"`

	// Enables Security Hub, with the AWS Foundational Security Best Practices standard, in the account and region.
	// +kubebuilder:title=Security Hub
	// +optional
	SecurityHub bool `json:"securityHub,omitempty"`

	// Enables Amazon Inspector for the Lambda functions in the account and region.
	// +kubebuilder:title=Inspector
	// +optional
	Inspector bool `json:"inspector,omitempty"`
}

// ConfigSpec configures AWS Config rules.
type ConfigSpec struct {
	// Creates the rules. Defaults to true.
	// +kubebuilder:title=Enabled
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`

	// Creates the AWS Config recorder and its delivery channel. AWS allows only one recorder per account and region, and rejects rules if there is no recorder. Landing zones usually provide the recorder. A recorder that the stack creates is deleted with the stack.
	// +kubebuilder:title=Recorder
	// +optional
	Recorder bool `json:"recorder,omitempty"`

	// Enables automatic remediation where it is safe, such as for public buckets.
	// +kubebuilder:title=Remediation
	// +optional
	Remediation bool `json:"remediation,omitempty"`

	// Adds rules for the account, such as rules for its root user and password policy.
	// +kubebuilder:title=Account rules
	// +optional
	AccountRules bool `json:"accountRules,omitempty"`

	// Adds rules for the CDN. These rules are in us-east-1 and require an AWS Config recorder there.
	// +kubebuilder:title=CDN rules
	// +optional
	EdgeRules bool `json:"edgeRules,omitempty"`

	// Creates a configuration aggregator that covers all regions in the account.
	// +kubebuilder:title=Aggregator
	// +optional
	Aggregator bool `json:"aggregator,omitempty"`

	// Adds a conformance pack that checks all snapshots, topics, log groups and keys in the account and region. The stack's own rules do not check these resources.
	// +kubebuilder:title=Conformance pack
	// +optional
	ConformancePack bool `json:"conformancePack,omitempty"`
}

// ParametersSpec configures SSM parameters.
type ParametersSpec struct {
	// Creates the parameters. Defaults to true.
	// +kubebuilder:title=Enabled
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`
}

// AlarmsSpec configures alarms.
type AlarmsSpec struct {
	// Creates the alarms. Defaults to true.
	// +kubebuilder:title=Enabled
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`

	// Email addresses that receive alarms. Each recipient must confirm the subscription.
	// +kubebuilder:title=Email addresses
	// +kubebuilder:example={"shop-alarms@example.com"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=254
	// +kubebuilder:validation:items:Pattern=`^[^@\s]+@[^@\s]+\.[^@\s]+$`
	// +listType=set
	// +optional
	Emails []string `json:"emails,omitempty"`

	// HTTPS URLs that receive alarms, such as the URL of an on-call service. Each receiver must confirm the subscription.
	// +kubebuilder:title=Webhooks
	// +kubebuilder:example={"https://alarms.example.com/hook"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=512
	// +kubebuilder:validation:items:Pattern=`^https://[^\s]+$`
	// +listType=set
	// +optional
	Webhooks []string `json:"webhooks,omitempty"`

	// Logs deliveries from the stack's SNS topics to webhooks, functions and queues. Failed deliveries are logged to a separate log group.
	// +kubebuilder:title=Delivery logs
	// +optional
	DeliveryLogs bool `json:"deliveryLogs,omitempty"`
}

// ResponseMode is the mode of an automated response.
//
// +kubebuilder:validation:Enum=Enforce;Notify
type ResponseMode string

// Modes of an automated response.
const (
	// ResponseModeEnforce undoes an unsafe change and reports it.
	ResponseModeEnforce ResponseMode = "Enforce"
	// ResponseModeNotify only reports an unsafe change.
	ResponseModeNotify ResponseMode = "Notify"
)

// ResponseModes contains the mode of each automated response, by the change that
// triggers it.
type ResponseModes struct {
	// Response when one of the stack's security groups is opened to the internet.
	// +kubebuilder:title=Security group opened
	// +optional
	SecurityGroupOpened ResponseMode `json:"securityGroupOpened,omitempty"`

	// Response when public access to one of the stack's buckets is allowed.
	// +kubebuilder:title=Public access unblocked
	// +optional
	PublicAccessUnblocked ResponseMode `json:"publicAccessUnblocked,omitempty"`

	// Response when the database or a database snapshot is made public.
	// +kubebuilder:title=Database exposed
	// +optional
	DatabaseExposed ResponseMode `json:"databaseExposed,omitempty"`

	// Response when the policy of one of the stack's buckets is changed.
	// +kubebuilder:title=Bucket policy changed
	// +optional
	BucketPolicyChanged ResponseMode `json:"bucketPolicyChanged,omitempty"`

	// Response when the audit trail is stopped or weakened.
	// +kubebuilder:title=Trail stopped
	// +optional
	TrailStopped ResponseMode `json:"trailStopped,omitempty"`
}

// ResponsesSpec configures automated responses.
//
// +kubebuilder:validation:XValidation:rule="!oldSelf.enabled || !self.enabled || !has(oldSelf.inVpc) || !oldSelf.inVpc || (has(self.inVpc) && self.inVpc)",fieldPath=".inVpc",message="inVpc cannot be disabled while responses are enabled: disable responses first"
type ResponsesSpec struct {
	// Enables the responses. Defaults to true.
	// +kubebuilder:title=Enabled
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`

	// Action of the responses: Enforce undoes and reports unsafe changes; Notify only reports them. Defaults to Enforce if the platform sets `providerPrincipals`, otherwise to Notify. Changes made by `providerPrincipals` are never undone.
	// +kubebuilder:title=Mode
	// +optional
	Mode ResponseMode `json:"mode,omitempty"`

	// Modes of individual responses. These modes override the value of mode.
	// +kubebuilder:title=Modes of individual responses
	// +optional
	Modes ResponseModes `json:"modes,omitzero"`

	// Runs the response function in private subnets of the VPC. Requires NAT gateways. Cannot be disabled later.
	// +kubebuilder:title=Run in the VPC
	// +optional
	InVPC bool `json:"inVpc,omitempty"`

	// Requires the code of the response function to be signed by AWS Signer. The signing profile is kept when the stack is deleted, because AWS never allows its name to be reused.
	// +kubebuilder:title=Code signing
	// +optional
	CodeSigning bool `json:"codeSigning,omitempty"`
}
