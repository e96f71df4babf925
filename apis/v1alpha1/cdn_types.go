package v1alpha1

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
	SamplingRate int32 `json:"samplingRate,omitempty"`
}
