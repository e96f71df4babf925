package v1alpha1

// DMARCPolicy is the requested handling of mail that fails authentication.
//
// +kubebuilder:validation:Enum=None;Quarantine;Reject;Unmanaged
type DMARCPolicy string

// DMARCPolicy values.
const (
	// DMARCNone delivers and reports the mail.
	DMARCNone DMARCPolicy = "None"
	// DMARCQuarantine marks the mail as junk.
	DMARCQuarantine DMARCPolicy = "Quarantine"
	// DMARCReject rejects the mail.
	DMARCReject DMARCPolicy = "Reject"
	// DMARCUnmanaged leaves the DMARC record to the owner of the domain.
	DMARCUnmanaged DMARCPolicy = "Unmanaged"
)

// MailSpec configures the shop's mail.
type MailSpec struct {
	// Domain that mail is sent from, such as example.com for orders@example.com. Defaults to cdn.domain. Only one stack per account and region can use a domain.
	// +kubebuilder:title=Domain
	// +kubebuilder:example=example.com
	// +kubebuilder:validation:MaxLength=200
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +optional
	Domain string `json:"domain,omitempty"`

	// Public Route 53 zone for the domain, in the stack's account. The stack creates the DNS records for email in this zone. Defaults to cdn.hostedZone if the domain is cdn.domain or a subdomain of it. Without a zone, you must create the records listed in status.mail.records.
	// +kubebuilder:title=Hosted zone
	// +optional
	HostedZone *ExistingHostedZone `json:"hostedZone,omitempty"`

	// First label of the MAIL FROM subdomain, which receives bounces. For example, "mail" sets mail.example.com. Defaults to "bounce". The subdomain must not be used for other mail.
	// +kubebuilder:title=MAIL FROM subdomain
	// +kubebuilder:default=bounce
	// +kubebuilder:validation:MaxLength=40
	// +kubebuilder:validation:Pattern=`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`
	// +optional
	MailFrom string `json:"mailFrom,omitempty"`

	// DMARC policy for mail that fails authentication.
	// +kubebuilder:title=DMARC
	// +kubebuilder:default={}
	// +optional
	DMARC DMARCSpec `json:"dmarc,omitzero"`
}

// DMARCSpec configures the DMARC record.
//
// +kubebuilder:validation:XValidation:rule="!has(self.reportsTo) || !has(self.policy) || self.policy != 'Unmanaged'",fieldPath=".reportsTo",message="reportsTo cannot be combined with policy Unmanaged: remove reportsTo, or set another policy"
type DMARCSpec struct {
	// Action that receiving mail servers take: None delivers the mail; Quarantine marks it as junk; Reject rejects it. Unmanaged creates no DMARC record; use it if you already have one. The policy applies to all senders of the domain. Start with None and review the reports. Defaults to None.
	// +kubebuilder:title=Policy
	// +kubebuilder:default=None
	// +optional
	Policy DMARCPolicy `json:"policy,omitempty"`

	// Email address for daily DMARC reports.
	// +kubebuilder:title=Reports to
	// +kubebuilder:example="dmarc@example.com"
	// +kubebuilder:validation:MaxLength=128
	// +kubebuilder:validation:Pattern=`^[A-Za-z0-9._+-]+@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +optional
	ReportsTo string `json:"reportsTo,omitempty"`
}

// MailStatus is the state of the shop's mail.
type MailStatus struct {
	// Domain that mail is sent from.
	// +optional
	Domain string `json:"domain,omitempty"`

	// State of the domain in SES, such as PENDING or SUCCESS. SES sends mail only after it has found the DKIM records.
	// +optional
	Verification string `json:"verification,omitempty"`

	// DNS records that you must create if the stack has no hosted zone for the domain.
	// +optional
	Records []DNSRecord `json:"records,omitempty"`

	// Remaining manual steps. The stack cannot detect whether the account is in the SES sandbox.
	// +optional
	Todo []string `json:"todo,omitempty"`

	// ARN of the domain's SES identity.
	// +optional
	IdentityARN string `json:"identityArn,omitempty"`

	// SES configuration set for sending mail. The domain uses this configuration set by default.
	// +optional
	ConfigurationSet string `json:"configurationSet,omitempty"`

	// ARN of the SNS topic for bounces, complaints and rejected mail.
	// +optional
	TopicARN string `json:"topicArn,omitempty"`
}
