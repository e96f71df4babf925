package v1alpha1

// CDNSpec is the CloudFront distribution.
//
// +kubebuilder:validation:XValidation:rule="!has(self.certificateArn) || has(self.domain)",fieldPath=".certificateArn",message="certificateArn needs a domain that the certificate is for: set cdn.domain"
// +kubebuilder:validation:XValidation:rule="!has(self.additionalDomains) || size(self.additionalDomains) == 0 || (has(self.domain) && !(self.domain in self.additionalDomains))",fieldPath=".additionalDomains",message="additionalDomains come beside a domain: set cdn.domain, and do not repeat it"
// +kubebuilder:validation:XValidation:rule="!has(self.hostedZone) || has(self.domain)",fieldPath=".hostedZone",message="hostedZone is for the records of a domain: set cdn.domain"
// +kubebuilder:validation:XValidation:rule="!has(self.hostedZone) || !has(self.hostedZone.managed) || !has(self.domain) || (self.domain == self.hostedZone.managed.name || self.domain.endsWith('.' + self.hostedZone.managed.name)) && (!has(self.additionalDomains) || self.additionalDomains.all(d, d == self.hostedZone.managed.name || d.endsWith('.' + self.hostedZone.managed.name)))",fieldPath=".hostedZone.managed.name",message="all domains must lie in the hosted zone"
// +kubebuilder:validation:XValidation:rule="!has(self.frames) || self.frames != 'SameOrigin' || !has(self.contentSecurityPolicy) || !has(self.contentSecurityPolicy.policy) || !self.contentSecurityPolicy.policy.contains(\"frame-ancestors 'none'\") || self.contentSecurityPolicy.policy == \"default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; upgrade-insecure-requests\"",fieldPath=".contentSecurityPolicy.policy",message="frames SameOrigin and frame-ancestors 'none' contradict each other: use frame-ancestors 'self'"
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
	// +optional
	PriceClass PriceClass `json:"priceClass,omitempty"`

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
	HSTS HSTSSpec `json:"hsts,omitzero"`

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

	// Which pages may show the shop in a frame: none (Deny, default), or its own (SameOrigin), such as an admin page with a preview. It sets X-Frame-Options, and frame-ancestors of the default contentSecurityPolicy.
	// +kubebuilder:title=Frames
	// +kubebuilder:default=Deny
	// +optional
	Frames Frames `json:"frames,omitempty"`

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
}

// GeoRestrictionType is what a geo restriction does with its countries.
//
// +kubebuilder:validation:Enum=Allow;Block
type GeoRestrictionType string

// GeoRestrictionType values.
const (
	GeoRestrictionAllow GeoRestrictionType = "Allow"
	GeoRestrictionBlock GeoRestrictionType = "Block"
)

// PriceClass is which edge locations serve a shop, as CloudFront calls it.
//
// +kubebuilder:validation:Enum=PriceClass_100;PriceClass_200;PriceClass_All
type PriceClass string

// PriceClass values.
const (
	PriceClass100 PriceClass = "PriceClass_100"
	PriceClass200 PriceClass = "PriceClass_200"
	PriceClassAll PriceClass = "PriceClass_All"
)

// GeoRestriction limits who can visit the shop by country.
type GeoRestriction struct {
	// Whether the countries are the only ones allowed, or the ones blocked.
	// +kubebuilder:title=Type
	Type GeoRestrictionType `json:"type"`

	// ISO 3166-1 alpha-2 country codes, such as DE.
	// +kubebuilder:title=Countries
	// +kubebuilder:example={"DE","FR"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=249
	// +kubebuilder:validation:items:MaxLength=64
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

// AccessLogs is how CloudFront logs requests (AWS documentation, "Access logs
// (standard logs)").
//
// +kubebuilder:validation:Enum=Legacy;V2
type AccessLogs string

// AccessLogs values.
const (
	AccessLogsLegacy AccessLogs = "Legacy"
	AccessLogsV2     AccessLogs = "V2"
)

// Frames is which pages may show the shop in a frame.
//
// +kubebuilder:validation:Enum=Deny;SameOrigin
type Frames string

// Frames values.
const (
	FramesDeny       Frames = "Deny"
	FramesSameOrigin Frames = "SameOrigin"
)

// ContentSecurityPolicy is where a page may load from (W3C, "Content Security
// Policy Level 3"). CloudFront enforces it, and cannot only report.
type ContentSecurityPolicy struct {
	// Text of the header, with the shop's own sources such as its payment provider's. The default lets pages load from the shop itself only.
	// +kubebuilder:title=Policy
	// +kubebuilder:default="default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; upgrade-insecure-requests"
	// +kubebuilder:validation:MaxLength=1783
	// +kubebuilder:validation:Pattern=`^[ -~]+$`
	// +kubebuilder:validation:XValidation:rule="self.matches('(?i)(^|; *)(default|script)-src +[^; ]')",message="policy must say where scripts come from: add default-src or script-src, such as default-src 'self'"
	// +kubebuilder:validation:XValidation:rule="!self.matches('(?i)(^|; *)(default|script)-src(-elem|-attr)?( [^;]*)? (.unsafe-(inline|eval).|[*]|https?:|data:)( |;|$)')",message="scripts must come from named sources: default-src and script-src take no 'unsafe-inline', 'unsafe-eval', *, http:, https: or data:"
	// +optional
	Policy string `json:"policy,omitempty"`
}

// PrivateDownloads is files that CloudFront serves to whoever has a URL or a
// cookie that the shop has signed (AWS documentation, "Serve private content
// with signed URLs and signed cookies").
type PrivateDownloads struct {
	// Path of the private files. A * stands for any text.
	// +kubebuilder:title=Path pattern
	// +kubebuilder:default="/downloads/*"
	// +kubebuilder:validation:MaxLength=255
	// +kubebuilder:validation:Pattern=`^/[A-Za-z0-9_.~-][A-Za-z0-9_.*$/~"'@:+-]*$`
	// +optional
	PathPattern string `json:"pathPattern,omitempty"`

	// Public keys in PEM, RSA with 2048 bits or ECDSA P-256, of the private keys that the shop signs with. status.cdn.signingKeys says the ID of each one, which goes into what is signed. To rotate add the new key, sign with it, and remove the old one when nothing signed with it is in use any more.
	// +kubebuilder:title=Public keys
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=5
	// +kubebuilder:validation:items:MaxLength=1024
	// +kubebuilder:validation:XValidation:rule="self.all(k, k.matches('^-----BEGIN PUBLIC KEY-----\\n[A-Za-z0-9+/=\\n]+\\n-----END PUBLIC KEY-----\\n?$'))",message="each key must be a public key in PEM that begins with -----BEGIN PUBLIC KEY-----; never put a private key here"
	// +listType=set
	PublicKeys []string `json:"publicKeys"`
}

// RealtimeLogs is logs within seconds (AWS documentation, "Use real-time
// logs").
type RealtimeLogs struct {
	// Percentage of requests that are logged.
	// +kubebuilder:title=Sampling rate in percent
	// +kubebuilder:default=100
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=100
	// +optional
	SamplingPercent int32 `json:"samplingPercent,omitempty"`
}
