package v1alpha1

// GuardrailsSpec is the tiers that watch over a stack. All are on; one can be
// switched off only where the platform's input allows it.
//
// +kubebuilder:validation:XValidation:rule="!has(self.responses) || !has(self.alarms) || !self.responses.enabled || self.alarms.enabled",fieldPath=".responses",message="responses report through the topic of alarms: keep alarms enabled, or switch responses off too"
type GuardrailsSpec struct {
	// Web application firewall in front of the CDN.
	// +kubebuilder:title=Web application firewall
	// +kubebuilder:default={}
	// +optional
	WAF WAFSpec `json:"waf,omitzero"`

	// Trail of every API call, with log file validation.
	// +kubebuilder:title=Audit trail
	// +kubebuilder:default={}
	// +optional
	Audit AuditSpec `json:"audit,omitzero"`

	// AWS Config rules that say when the stack is no longer as it must be.
	// +kubebuilder:title=Config rules
	// +kubebuilder:default={}
	// +optional
	Config ConfigSpec `json:"config,omitzero"`

	// Parameters that tell applications where things are.
	// +kubebuilder:title=Parameters
	// +kubebuilder:default={}
	// +optional
	Parameters ParametersSpec `json:"parameters,omitzero"`

	// Alarms, the topics they are announced on, and a dashboard.
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

// WAFMode is what the web application firewall does with requests that match a
// rule.
//
// +kubebuilder:validation:Enum=Block;Count
type WAFMode string

// WAFMode values.
const (
	WAFModeBlock WAFMode = "Block"
	WAFModeCount WAFMode = "Count"
)

// WAFSpec is the web application firewall.
// +kubebuilder:validation:XValidation:rule="!has(self.exceptions) || (has(self.blockAnonymous) && self.blockAnonymous) || self.exceptions.all(e, !(e.rule in ['AnonymousIPList', 'HostingProviderIPList']))",fieldPath=".exceptions",message="AnonymousIPList and HostingProviderIPList block nobody without blockAnonymous: set blockAnonymous, or remove the exception"
type WAFSpec struct {
	// Whether there is one.
	// +kubebuilder:title=Enabled
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`

	// Whether requests that match a rule are blocked, or only counted, for trying the rules out.
	// +kubebuilder:title=Mode
	// +kubebuilder:default=Block
	// +optional
	Mode WAFMode `json:"mode,omitempty"`

	// Requests that one address may make in five minutes before it is blocked.
	// +kubebuilder:title=Requests per address in five minutes
	// +kubebuilder:default=2000
	// +kubebuilder:validation:Minimum=100
	// +kubebuilder:validation:Maximum=2000000
	// +optional
	RequestsPerFiveMinutes int32 `json:"requestsPerFiveMinutes,omitempty"`

	// Whether addresses of VPNs, proxies and hosting providers are blocked too. Shoppers use VPNs.
	// +kubebuilder:title=Block anonymous addresses
	// +optional
	BlockAnonymous bool `json:"blockAnonymous,omitempty"`

	// Whether AWS's bot control is added. It is charged by request.
	// +kubebuilder:title=Bot control
	// +optional
	BotControl bool `json:"botControl,omitempty"`

	// Addresses and ranges that are always let in, such as a monitoring service's: IPv4 and IPv6. restrictedPaths apply to them too.
	// +kubebuilder:title=Allowed addresses
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=43
	// +kubebuilder:validation:XValidation:rule="self.all(c, isIP(c) || (isCIDR(c) && cidr(c).prefixLength() >= 1 && cidr(c) == cidr(c).masked()))",message="each entry must be an address such as 203.0.113.7, or an IPv4 or IPv6 range that starts at its network address, such as 203.0.113.0/24 or 2001:db8::/32; AWS WAF takes no /0"
	// +listType=set
	// +optional
	AllowCIDRs []string `json:"allowCidrs,omitempty"`

	// Addresses and ranges that are never let in: IPv4 and IPv6.
	// +kubebuilder:title=Blocked addresses
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=43
	// +kubebuilder:validation:XValidation:rule="self.all(c, isIP(c) || (isCIDR(c) && cidr(c).prefixLength() >= 1 && cidr(c) == cidr(c).masked()))",message="each entry must be an address such as 203.0.113.7, or an IPv4 or IPv6 range that starts at its network address, such as 203.0.113.0/24 or 2001:db8::/32; AWS WAF takes no /0"
	// +listType=set
	// +optional
	BlockCIDRs []string `json:"blockCidrs,omitempty"`

	// Countries that are not let in, as ISO 3166-1 alpha-2 codes. Unlike cdn.geoRestriction they can be counted first.
	// +kubebuilder:title=Blocked countries
	// +kubebuilder:example={"AQ"}
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:items:MaxLength=64
	// +kubebuilder:validation:items:Pattern=`^[A-Z]{2}$`
	// +listType=set
	// +optional
	BlockCountries []string `json:"blockCountries,omitempty"`

	// Paths on which a managed rule does not block, such as product uploads that SizeRestrictions_BODY would refuse. The rule still blocks everywhere else.
	// +kubebuilder:title=Exceptions
	// +kubebuilder:validation:MaxItems=20
	// +listType=map
	// +listMapKey=rule
	// +optional
	Exceptions []WAFException `json:"exceptions,omitempty"`

	// Paths that only named addresses may call, such as an admin page. In mode Count, calls from elsewhere are only counted.
	// +kubebuilder:title=Restricted paths
	// +kubebuilder:validation:MaxItems=5
	// +listType=map
	// +listMapKey=path
	// +optional
	RestrictedPaths []WAFRestrictedPath `json:"restrictedPaths,omitempty"`
}

// WAFManagedRule is a rule of the managed rule groups that the web ACL has.
//
// +kubebuilder:validation:Enum=AnonymousIPList;AWSManagedIPReputationList;AWSManagedReconnaissanceList;CrossSiteScripting_BODY;CrossSiteScripting_COOKIE;CrossSiteScripting_QUERYARGUMENTS;CrossSiteScripting_URIPATH;EC2MetaDataSSRF_BODY;EC2MetaDataSSRF_COOKIE;EC2MetaDataSSRF_QUERYARGUMENTS;EC2MetaDataSSRF_URIPATH;ExploitablePaths_URIPATH;GenericLFI_BODY;GenericLFI_QUERYARGUMENTS;GenericLFI_URIPATH;GenericRFI_BODY;GenericRFI_QUERYARGUMENTS;GenericRFI_URIPATH;Host_localhost_HEADER;HostingProviderIPList;JavaDeserializationRCE_BODY;JavaDeserializationRCE_HEADER;JavaDeserializationRCE_QUERYSTRING;JavaDeserializationRCE_URIPATH;Log4JRCE_BODY;Log4JRCE_HEADER;Log4JRCE_QUERYSTRING;Log4JRCE_URIPATH;NoUserAgent_HEADER;PROPFIND_METHOD;ReactJSRCE_BODY;RestrictedExtensions_QUERYARGUMENTS;RestrictedExtensions_URIPATH;SizeRestrictions_BODY;SizeRestrictions_Cookie_HEADER;SizeRestrictions_QUERYSTRING;SizeRestrictions_URIPATH;SQLi_BODY;SQLi_COOKIE;SQLi_QUERYARGUMENTS;SQLi_URIPATH;SQLiExtendedPatterns_BODY;SQLiExtendedPatterns_QUERYARGUMENTS;UserAgent_BadBots_HEADER
type WAFManagedRule string

// WAFException exempts paths from a managed rule.
type WAFException struct {
	// Managed rule, by its name in AWS's documentation and in the web ACL's logs. AnonymousIPList and HostingProviderIPList need blockAnonymous.
	// +kubebuilder:title=Rule
	// +kubebuilder:example="SizeRestrictions_BODY"
	Rule WAFManagedRule `json:"rule"`

	// Paths that the rule does not block: an exact path, such as / or /checkout/upload, or a path and all below it, such as /admin/*. Upper and lower case differ.
	// +kubebuilder:title=Paths
	// +kubebuilder:example={"/admin/*"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=100
	// +kubebuilder:validation:items:Pattern=`^(/|(/\.?[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+(/\*?)?)$`
	// +kubebuilder:validation:XValidation:rule="self.map(p, size(p)).sum() <= 220",message="the paths of one rule may have 220 characters together: AWS WAF compares them in one expression; exempt what they have in common, such as /admin/*"
	// +listType=set
	Paths []string `json:"paths"`
}

// WAFRestrictedPath is a path that only named addresses may call.
type WAFRestrictedPath struct {
	// Exact path, such as /status, or a path and all below it, such as /admin/*; /* is the whole shop. Upper and lower case are the same.
	// +kubebuilder:title=Path
	// +kubebuilder:example="/admin/*"
	// +kubebuilder:validation:MaxLength=100
	// +kubebuilder:validation:Pattern=`^((/\.?[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?|(/\.?[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/\*)$`
	Path string `json:"path"`

	// Addresses and ranges that may call the path: IPv4 and IPv6.
	// +kubebuilder:title=Addresses
	// +kubebuilder:example={"203.0.113.7","2001:db8:42::/48"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=43
	// +kubebuilder:validation:XValidation:rule="self.all(c, isIP(c) || (isCIDR(c) && cidr(c).prefixLength() >= 1 && cidr(c) == cidr(c).masked()))",message="each entry must be an address such as 203.0.113.7, or an IPv4 or IPv6 range that starts at its network address, such as 203.0.113.0/24 or 2001:db8::/32; AWS WAF takes no /0"
	// +listType=set
	CIDRs []string `json:"cidrs"`
}

// AuditSpec is the audit trail.
//
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.objectLockDays) || has(self.objectLockDays)",fieldPath=".objectLockDays",message="objectLockDays cannot be removed: S3 never takes Object Lock away from a bucket; lower it for new log files"
type AuditSpec struct {
	// Whether the stack has a trail of its own. It has none where the platform says that one exists.
	// +kubebuilder:title=Enabled
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`

	// Whether the trail records all regions, or the stack's own only.
	// +kubebuilder:title=All regions
	// +kubebuilder:default=true
	// +optional
	MultiRegion *bool `json:"multiRegion,omitempty"`

	// Whether reading and writing single files of the assets bucket is recorded too. It is charged by event.
	// +kubebuilder:title=Data events of assets
	// +kubebuilder:default=true
	// +optional
	DataEvents *bool `json:"dataEvents,omitempty"`

	// Whether CloudTrail looks for unusual rates of calls and errors. It is charged by event.
	// +kubebuilder:title=Insights
	// +optional
	Insights bool `json:"insights,omitempty"`

	// Whether every log file is announced on a topic.
	// +kubebuilder:title=Announce log files
	// +optional
	Notifications bool `json:"notifications,omitempty"`

	// Whether all log groups of the stack stay, protected from deletion, where buckets stay when the stack is deleted (deletionPolicy Retain or Snapshot). They do so where the stack has no trail of its own, too. Log files in buckets stay there in any case.
	// +kubebuilder:title=Retain log groups
	// +optional
	RetainLogs bool `json:"retainLogs,omitempty"`

	// Days that nobody can delete or replace one of the trail's log files, but for those who may bypass S3 Object Lock in governance mode. It holds for files written from then on, can be changed but not removed, and needs a deletionPolicy other than Delete.
	// +kubebuilder:title=Days to lock log files
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=3650
	// +optional
	ObjectLockDays *int32 `json:"objectLockDays,omitempty"`

	// Whether GuardDuty is switched on for the account and region. There can be one detector only.
	// +kubebuilder:title=GuardDuty
	// +optional
	GuardDuty bool `json:"guardDuty,omitempty"`

	// Whether Security Hub is switched on for the account and region, with the AWS Foundational Security Best Practices.
	// +kubebuilder:title=Security Hub
	// +optional
	SecurityHub bool `json:"securityHub,omitempty"`

	// Whether Inspector scans the account's Lambda functions in the region.
	// +kubebuilder:title=Inspector
	// +optional
	Inspector bool `json:"inspector,omitempty"`
}

// ConfigSpec is the AWS Config rules.
type ConfigSpec struct {
	// Whether there are rules.
	// +kubebuilder:title=Enabled
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`

	// Whether the stack composes the configuration recorder and its delivery channel. There can be one in an account and region only, so a landing zone usually has it; without any, AWS refuses rules. It is deleted with the stack.
	// +kubebuilder:title=Recorder
	// +optional
	Recorder bool `json:"recorder,omitempty"`

	// Whether Config itself mends what is safe to mend, such as public buckets.
	// +kubebuilder:title=Remediation
	// +optional
	Remediation bool `json:"remediation,omitempty"`

	// Whether rules about the account as a whole are added, such as those about its root user and password policy.
	// +kubebuilder:title=Rules about the account
	// +optional
	AccountRules bool `json:"accountRules,omitempty"`

	// Whether rules about the CDN are added, which live in us-east-1 and need a recorder there.
	// +kubebuilder:title=Rules about the CDN
	// +optional
	EdgeRules bool `json:"edgeRules,omitempty"`

	// Whether an aggregator gathers what all regions of the account say.
	// +kubebuilder:title=Aggregator
	// +optional
	Aggregator bool `json:"aggregator,omitempty"`

	// Whether a conformance pack adds rules about what the stack's own rules do not look at: all snapshots, topics, log groups and keys of account and region.
	// +kubebuilder:title=Conformance pack
	// +optional
	ConformancePack bool `json:"conformancePack,omitempty"`
}

// ParametersSpec is the parameters.
type ParametersSpec struct {
	// Whether there are parameters.
	// +kubebuilder:title=Enabled
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`
}

// AlarmsSpec is the alarms.
type AlarmsSpec struct {
	// Whether there are alarms.
	// +kubebuilder:title=Enabled
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`

	// Addresses that alarms are mailed to. AWS asks each one first.
	// +kubebuilder:title=E-mail addresses
	// +kubebuilder:example={"shop-alarms@example.com"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=254
	// +kubebuilder:validation:items:Pattern=`^[^@\s]+@[^@\s]+\.[^@\s]+$`
	// +listType=set
	// +optional
	Emails []string `json:"emails,omitempty"`

	// HTTPS addresses that alarms are posted to, such as an on-call service's. Each must confirm its subscription.
	// +kubebuilder:title=Webhooks
	// +kubebuilder:example={"https://alarms.example.com/hook"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=512
	// +kubebuilder:validation:items:Pattern=`^https://[^\s]+$`
	// +listType=set
	// +optional
	Webhooks []string `json:"webhooks,omitempty"`

	// Whether every delivery of the stack's topics to webhooks, functions and queues is logged, failed ones in a log group of their own.
	// +kubebuilder:title=Delivery logs
	// +optional
	DeliveryLogs bool `json:"deliveryLogs,omitempty"`
}

// ResponseMode is what an automated response does.
//
// +kubebuilder:validation:Enum=Enforce;Notify
type ResponseMode string

// Modes of an automated response.
const (
	// ResponseModeEnforce undoes an unsafe change and reports it.
	ResponseModeEnforce ResponseMode = "Enforce"
	// ResponseModeNotify reports it only.
	ResponseModeNotify ResponseMode = "Notify"
)

// ResponseModes is what each automated response does, by the change that it
// responds to.
type ResponseModes struct {
	// Somebody opened a security group of the stack.
	// +kubebuilder:title=Security group opened
	// +optional
	SecurityGroupOpened ResponseMode `json:"securityGroupOpened,omitempty"`

	// Somebody let the public into a bucket of the stack.
	// +kubebuilder:title=Public access unblocked
	// +optional
	PublicAccessUnblocked ResponseMode `json:"publicAccessUnblocked,omitempty"`

	// Somebody made the database public, or a snapshot of it.
	// +kubebuilder:title=Database exposed
	// +optional
	DatabaseExposed ResponseMode `json:"databaseExposed,omitempty"`

	// Somebody changed the policy of a bucket of the stack.
	// +kubebuilder:title=Bucket policy changed
	// +optional
	BucketPolicyChanged ResponseMode `json:"bucketPolicyChanged,omitempty"`

	// Somebody stopped or weakened the trail.
	// +kubebuilder:title=Trail stopped
	// +optional
	TrailStopped ResponseMode `json:"trailStopped,omitempty"`
}

// ResponsesSpec is the automated responses.
//
// +kubebuilder:validation:XValidation:rule="!oldSelf.enabled || !self.enabled || !has(oldSelf.inVpc) || !oldSelf.inVpc || (has(self.inVpc) && self.inVpc)",fieldPath=".inVpc",message="a function that runs in the VPC stays there: switch responses off first, or keep it true"
type ResponsesSpec struct {
	// Whether there are responses.
	// +kubebuilder:title=Enabled
	// +kubebuilder:default=true
	// +optional
	Enabled *bool `json:"enabled,omitempty"`

	// Whether unsafe changes are undone and reported (Enforce) or reported only (Notify). Default: Enforce where the platform says which roles its provider has, whose changes are never undone, else Notify.
	// +kubebuilder:title=Mode
	// +optional
	Mode ResponseMode `json:"mode,omitempty"`

	// Modes of single responses, in place of mode.
	// +kubebuilder:title=Modes of single responses
	// +optional
	Modes ResponseModes `json:"modes,omitzero"`

	// Whether the function runs in the VPC's private subnets. It reaches AWS through the NAT gateways, and nobody reaches it. It cannot be moved out again.
	// +kubebuilder:title=In the VPC
	// +optional
	InVPC bool `json:"inVpc,omitempty"`

	// Whether AWS Signer signs the function's code, and Lambda refuses any other. The signing profile stays when the stack is deleted, as AWS never gives its name again.
	// +kubebuilder:title=Signed code only
	// +optional
	CodeSigning bool `json:"codeSigning,omitempty"`
}
