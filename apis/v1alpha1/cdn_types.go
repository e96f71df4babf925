package v1alpha1

// CDNSpec is the CloudFront distribution.
//
// +kubebuilder:validation:XValidation:rule="!has(self.certificateArn) || has(self.domain)",fieldPath=".certificateArn",message="certificateArn requires cdn.domain: set cdn.domain (for example, to shop.example.com), or remove certificateArn"
// +kubebuilder:validation:XValidation:rule="!has(self.additionalDomains) || size(self.additionalDomains) == 0 || (has(self.domain) && !(self.domain in self.additionalDomains))",fieldPath=".additionalDomains",message="additionalDomains requires cdn.domain and must not contain its value: set cdn.domain, or remove the duplicate"
// +kubebuilder:validation:XValidation:rule="!has(self.hostedZone) || has(self.domain)",fieldPath=".hostedZone",message="hostedZone requires cdn.domain: set cdn.domain (for example, to shop.example.com), or remove hostedZone"
// +kubebuilder:validation:XValidation:rule="!has(self.hostedZone) || !has(self.hostedZone.managed) || !has(self.domain) || (self.domain == self.hostedZone.managed.name || self.domain.endsWith('.' + self.hostedZone.managed.name)) && (!has(self.additionalDomains) || self.additionalDomains.all(d, d == self.hostedZone.managed.name || d.endsWith('.' + self.hostedZone.managed.name)))",fieldPath=".hostedZone.managed.name",message="the domains in cdn.domain and cdn.additionalDomains must be in the hosted zone"
// +kubebuilder:validation:XValidation:rule="!has(self.frames) || self.frames != 'SameOrigin' || !has(self.contentSecurityPolicy) || !has(self.contentSecurityPolicy.policy) || !self.contentSecurityPolicy.policy.contains(\"frame-ancestors 'none'\") || self.contentSecurityPolicy.policy == \"default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; upgrade-insecure-requests\"",fieldPath=".contentSecurityPolicy.policy",message="frames SameOrigin contradicts frame-ancestors 'none' in policy: use frame-ancestors 'self'"
type CDNSpec struct {
	// Domain name of the shop, such as shop.example.com. Without certificateArn, the stack requests a certificate in us-east-1. To validate the certificate, create the DNS record in status.cdn.certificate. CloudFront serves the domain once the certificate is issued.
	// +kubebuilder:title=Domain name
	// +kubebuilder:validation:MaxLength=253
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +kubebuilder:example=shop.example.com
	// +optional
	Domain string `json:"domain,omitempty"`

	// ARN of an issued ACM certificate for the domain. Must be in us-east-1.
	// +kubebuilder:title=Certificate ARN
	// +kubebuilder:example="arn:aws:acm:us-east-1:123456789012:certificate/12345678-90ab-cdef-1234-567890abcdef"
	// +kubebuilder:validation:MaxLength=256
	// +kubebuilder:validation:Pattern=`^arn:aws:acm:us-east-1:[0-9]{12}:certificate/[A-Za-z0-9-]+$`
	// +optional
	CertificateARN string `json:"certificateArn,omitempty"`

	// Additional domain names of the shop, such as www.shop.example.com. If certificateArn is set, the certificate must cover these names.
	// +kubebuilder:title=Additional domain names
	// +kubebuilder:example={"www.example.com"}
	// +kubebuilder:validation:MaxItems=9
	// +kubebuilder:validation:items:MaxLength=253
	// +kubebuilder:validation:items:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +listType=set
	// +optional
	AdditionalDomains []string `json:"additionalDomains,omitempty"`

	// Route 53 zone in which the stack creates the validation and alias records for the domains. Without a zone, create the records yourself.
	// +kubebuilder:title=Hosted zone
	// +optional
	HostedZone *HostedZoneSpec `json:"hostedZone,omitempty"`

	// CloudFront edge locations: PriceClass_100 (North America and Europe), PriceClass_200 (also Asia, Middle East and Africa) or PriceClass_All. Defaults to PriceClass_100.
	// +kubebuilder:title=Price class
	// +kubebuilder:default=PriceClass_100
	// +optional
	PriceClass PriceClass `json:"priceClass,omitempty"`

	// Name of the file that CloudFront serves at /. Must not begin with a slash. Not used if the application serves all paths. Defaults to index.html.
	// +kubebuilder:title=Default root object
	// +kubebuilder:default=index.html
	// +kubebuilder:validation:MaxLength=255
	// +kubebuilder:validation:Pattern=`^[A-Za-z0-9_.*$~"'@:+-][A-Za-z0-9_.*$/~"'@:+-]*$`
	// +optional
	DefaultRootObject string `json:"defaultRootObject,omitempty"`

	// Countries whose visitors are allowed or blocked.
	// +kubebuilder:title=Geo restriction
	// +optional
	GeoRestriction *GeoRestriction `json:"geoRestriction,omitempty"`

	// Extends Strict-Transport-Security (HSTS) to subdomains and browsers' preload lists. Disabled by default, because it affects all subdomains.
	// +kubebuilder:title=HSTS
	// +kubebuilder:default={}
	// +optional
	HSTS HSTSSpec `json:"hsts,omitzero"`

	// Enables failover to the replica of the assets bucket after server errors (500, 502, 503, 504). Requires assets.replica.
	// +kubebuilder:title=Origin failover
	// +optional
	OriginFailover bool `json:"originFailover,omitempty"`

	// Version of CloudFront access logs. Legacy requires a bucket ACL. AWS Config and security scanners recognize only Legacy logs. V2 requires no ACL. Both versions write to the same bucket. Defaults to Legacy.
	// +kubebuilder:title=Access logs
	// +optional
	AccessLogs AccessLogs `json:"accessLogs,omitempty"`

	// Content-Security-Policy header for all files from the assets bucket. Not sent by default.
	// +kubebuilder:title=Content security policy
	// +optional
	ContentSecurityPolicy *ContentSecurityPolicy `json:"contentSecurityPolicy,omitempty"`

	// Pages that can embed the shop in a frame: no pages (Deny), or only the shop's own pages (SameOrigin), such as an admin preview. Sets the X-Frame-Options header and the frame-ancestors directive of the default contentSecurityPolicy. Defaults to Deny.
	// +kubebuilder:title=Frames
	// +kubebuilder:default=Deny
	// +optional
	Frames Frames `json:"frames,omitempty"`

	// Files that require signed URLs or signed cookies.
	// +kubebuilder:title=Private downloads
	// +optional
	PrivateDownloads *PrivateDownloads `json:"privateDownloads,omitempty"`

	// Enables additional CloudFront metrics, such as cache hit rate, origin latency and errors by status code. Charged per distribution.
	// +kubebuilder:title=Additional metrics
	// +optional
	AdditionalMetrics bool `json:"additionalMetrics,omitempty"`

	// Real-time request logs, which CloudFront writes to a Kinesis stream in us-east-1. The stream is charged per hour.
	// +kubebuilder:title=Real-time logs
	// +optional
	RealtimeLogs *RealtimeLogs `json:"realtimeLogs,omitempty"`
}

// GeoRestrictionType is the effect of a geo restriction on its countries.
//
// +kubebuilder:validation:Enum=Allow;Block
type GeoRestrictionType string

// GeoRestrictionType values.
const (
	GeoRestrictionAllow GeoRestrictionType = "Allow"
	GeoRestrictionBlock GeoRestrictionType = "Block"
)

// PriceClass selects edge locations, in CloudFront's spelling.
//
// +kubebuilder:validation:Enum=PriceClass_100;PriceClass_200;PriceClass_All
type PriceClass string

// PriceClass values.
const (
	PriceClass100 PriceClass = "PriceClass_100"
	PriceClass200 PriceClass = "PriceClass_200"
	PriceClassAll PriceClass = "PriceClass_All"
)

// GeoRestriction restricts visitors by country.
type GeoRestriction struct {
	// Effect of the list: Allow admits only visitors from these countries; Block rejects visitors from these countries.
	// +kubebuilder:title=Type
	Type GeoRestrictionType `json:"type"`

	// ISO 3166-1 alpha-2 country codes in uppercase, such as DE.
	// +kubebuilder:title=Countries
	// +kubebuilder:example={"DE","FR"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=249
	// +kubebuilder:validation:items:MaxLength=64
	// +kubebuilder:validation:items:Pattern=`^[A-Z]{2}$`
	// +listType=set
	Countries []string `json:"countries"`
}

// HSTSSpec extends Strict-Transport-Security (RFC 6797) beyond the shop's own
// domain.
type HSTSSpec struct {
	// Requires HTTPS for all subdomains as well.
	// +kubebuilder:title=Include subdomains
	// +optional
	IncludeSubdomains bool `json:"includeSubdomains,omitempty"`

	// Allows browsers to preload the domain as HTTPS-only. This setting takes a long time to undo.
	// +kubebuilder:title=Preload
	// +optional
	Preload bool `json:"preload,omitempty"`
}

// AccessLogs is the version of CloudFront's access logs (see "Access logs (standard
// logs)" in the AWS documentation).
//
// +kubebuilder:validation:Enum=Legacy;V2
type AccessLogs string

// AccessLogs values.
const (
	AccessLogsLegacy AccessLogs = "Legacy"
	AccessLogsV2     AccessLogs = "V2"
)

// Frames controls which pages can embed the shop in a frame.
//
// +kubebuilder:validation:Enum=Deny;SameOrigin
type Frames string

// Frames values.
const (
	FramesDeny       Frames = "Deny"
	FramesSameOrigin Frames = "SameOrigin"
)

// ContentSecurityPolicy controls the sources from which pages load resources (W3C,
// "Content Security Policy Level 3"). Browsers enforce it; a report-only mode is not
// available.
type ContentSecurityPolicy struct {
	// Value of the Content-Security-Policy header. Include all sources that your pages use, such as your payment provider. The default allows only the shop's own origin.
	// +kubebuilder:title=Policy
	// +kubebuilder:default="default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; upgrade-insecure-requests"
	// +kubebuilder:validation:MaxLength=1783
	// +kubebuilder:validation:Pattern=`^[ -~]+$`
	// +kubebuilder:validation:XValidation:rule="self.matches('(?i)(^|; *)(default|script)-src +[^; ]')",message="policy must restrict script sources: add default-src or script-src; for example, default-src 'self'"
	// +kubebuilder:validation:XValidation:rule="!self.matches('(?i)(^|; *)(default|script)-src(-elem|-attr)?( [^;]*)? (.unsafe-(inline|eval).|[*]|https?:|data:)( |;|$)')",message="policy must list specific script sources: default-src and script-src must not contain 'unsafe-inline', 'unsafe-eval', *, http:, https: or data:"
	// +optional
	Policy string `json:"policy,omitempty"`
}

// PrivateDownloads are files that CloudFront serves only with a signed URL or
// cookie (see "Serve private content with signed URLs and signed cookies" in the
// AWS documentation).
type PrivateDownloads struct {
	// Path pattern of the private files. A * matches any text. Defaults to /downloads/*.
	// +kubebuilder:title=Path pattern
	// +kubebuilder:default="/downloads/*"
	// +kubebuilder:validation:MaxLength=255
	// +kubebuilder:validation:Pattern=`^/[A-Za-z0-9_.~-][A-Za-z0-9_.*$/~"'@:+-]*$`
	// +optional
	PathPattern string `json:"pathPattern,omitempty"`

	// Public keys in PEM format (RSA 2048 or ECDSA P-256) that verify signed URLs and cookies. status.cdn.signingKeys lists the key IDs. To rotate a key, add the new key, sign with the new key, and remove the old key after all URLs signed with it have expired.
	// +kubebuilder:title=Public keys
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=5
	// +kubebuilder:validation:items:MaxLength=1024
	// +kubebuilder:validation:XValidation:rule="self.all(k, k.matches('^-----BEGIN PUBLIC KEY-----\\n[A-Za-z0-9+/=\\n]+\\n-----END PUBLIC KEY-----\\n?$'))",message="each key must be a public key in PEM format that begins with -----BEGIN PUBLIC KEY-----; never put a private key here"
	// +listType=set
	PublicKeys []string `json:"publicKeys"`
}

// RealtimeLogs configures real-time logs (see "Use real-time logs" in the AWS
// documentation).
type RealtimeLogs struct {
	// Percentage of requests to log, 1 to 100. Defaults to 100.
	// +kubebuilder:title=Sampling rate in percent
	// +kubebuilder:default=100
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=100
	// +optional
	SamplingPercent int32 `json:"samplingPercent,omitempty"`
}
