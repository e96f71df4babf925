package v1alpha1

// DMARCPolicy is what mail servers are asked to do with mail that pretends to be
// from a domain.
//
// +kubebuilder:validation:Enum=None;Quarantine;Reject;Unmanaged
type DMARCPolicy string

// DMARCPolicy values.
const (
	// DMARCNone delivers it, and reports it.
	DMARCNone DMARCPolicy = "None"
	// DMARCQuarantine marks it as junk.
	DMARCQuarantine DMARCPolicy = "Quarantine"
	// DMARCReject refuses it.
	DMARCReject DMARCPolicy = "Reject"
	// DMARCUnmanaged leaves the record to the owner of the domain.
	DMARCUnmanaged DMARCPolicy = "Unmanaged"
)

// MailSpec is how the shop sends mail.
type MailSpec struct {
	// Domain that mail is sent from, such as example.com for orders@example.com. Default: cdn.domain. In an account and region, one stack can own a domain.
	// +kubebuilder:title=Domain
	// +kubebuilder:example=example.com
	// +kubebuilder:validation:MaxLength=200
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +optional
	Domain string `json:"domain,omitempty"`

	// Public Route 53 zone of the account that the domain is in. The stack writes its records there. Default: cdn.hostedZone, if the domain is cdn.domain or below it. Without a zone, status.mail.records lists the records to create.
	// +kubebuilder:title=Hosted zone
	// +optional
	HostedZone *ExistingHostedZone `json:"hostedZone,omitempty"`

	// Name below the domain that bounces return to (MAIL FROM), such as bounce for bounce.example.com. Nothing else may send or receive mail there.
	// +kubebuilder:title=MAIL FROM subdomain
	// +kubebuilder:default=bounce
	// +kubebuilder:validation:MaxLength=40
	// +kubebuilder:validation:Pattern=`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`
	// +optional
	MailFrom string `json:"mailFrom,omitempty"`

	// What mail servers do with mail that pretends to be from the domain.
	// +kubebuilder:title=DMARC
	// +kubebuilder:default={}
	// +optional
	DMARC DMARCSpec `json:"dmarc,omitzero"`
}

// DMARCSpec is what mail servers do with mail that pretends to be from a domain.
//
// +kubebuilder:validation:XValidation:rule="!has(self.reportsTo) || !has(self.policy) || self.policy != 'Unmanaged'",fieldPath=".reportsTo",message="an Unmanaged record is not the stack's: remove reportsTo, or choose another policy"
type DMARCSpec struct {
	// None delivers such mail and reports it; Quarantine marks it as junk; Reject refuses it. Start with None, and read the reports: the policy is for all mail of the domain, by whoever sends it. Unmanaged leaves the DMARC record to the owner of the domain, who may have one.
	// +kubebuilder:title=Policy
	// +kubebuilder:default=None
	// +optional
	Policy DMARCPolicy `json:"policy,omitempty"`

	// Address that mail servers send their daily reports to.
	// +kubebuilder:title=Reports to
	// +kubebuilder:example="dmarc@example.com"
	// +kubebuilder:validation:MaxLength=128
	// +kubebuilder:validation:Pattern=`^[A-Za-z0-9._+-]+@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +optional
	ReportsTo string `json:"reportsTo,omitempty"`
}

// MailStatus is how far the shop is with sending mail.
type MailStatus struct {
	// Domain that mail is sent from.
	// +optional
	Domain string `json:"domain,omitempty"`

	// State of the domain in SES, such as PENDING or SUCCESS. SES sends mail once it has found the DKIM records.
	// +optional
	Verification string `json:"verification,omitempty"`

	// DNS records to create, if the stack has no zone to write them to.
	// +optional
	Records []DNSRecord `json:"records,omitempty"`

	// What is left for you to do. The stack cannot see whether the account is out of the sandbox of SES.
	// +optional
	Todo []string `json:"todo,omitempty"`

	// ARN of the domain's identity in SES.
	// +optional
	IdentityARN string `json:"identityArn,omitempty"`

	// Configuration set that mail is sent with. It is the default of the domain.
	// +optional
	ConfigurationSet string `json:"configurationSet,omitempty"`

	// ARN of the topic on which SES announces bounces, complaints and rejected mail.
	// +optional
	TopicARN string `json:"topicArn,omitempty"`
}
