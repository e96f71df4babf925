package v1alpha1

// AccountSpec is settings of the whole AWS account.
//
// +kubebuilder:validation:XValidation:rule="!has(self.ebsKeyUsers) || (has(self.ebsEncryption) && self.ebsEncryption)",fieldPath=".ebsKeyUsers",message="there is no key to use without ebsEncryption: set it to true, or remove ebsKeyUsers"
type AccountSpec struct {
	// Whether no bucket of the account can be public, whatever its own settings say.
	// +kubebuilder:title=Block public access to all buckets
	// +optional
	PublicAccessBlock bool `json:"publicAccessBlock,omitempty"`

	// Whether new EBS volumes of account and region are encrypted, with a key of the stack that always outlives it. Whoever starts instances needs permission for that key, by IAM policies or ebsKeyUsers.
	// +kubebuilder:title=Encrypt new volumes
	// +optional
	EBSEncryption bool `json:"ebsEncryption,omitempty"`

	// ARNs of IAM roles and users that start instances and have no IAM policy for the key, such as Auto Scaling's service-linked role. AWS refuses the key as long as one of them does not exist.
	// +kubebuilder:title=Users of the volumes' key
	// +kubebuilder:example={"arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=256
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+$`
	// +listType=set
	// +optional
	EBSKeyUsers []string `json:"ebsKeyUsers,omitempty"`

	// Whether passwords of IAM users have 14 characters of all four kinds, change every 90 days and repeat none of the last 24. It replaces the policy that the account has.
	// +kubebuilder:title=Password policy
	// +optional
	PasswordPolicy bool `json:"passwordPolicy,omitempty"`

	// Whether IAM Access Analyzer finds what others can reach in account and region. AWS refuses it where another analyzer of the account does so already.
	// +kubebuilder:title=Access analyzer
	// +optional
	AccessAnalyzer bool `json:"accessAnalyzer,omitempty"`

	// Whether Macie looks for personal data in the buckets of account and region. It is charged by bucket and by gigabyte, and not every region has it.
	// +kubebuilder:title=Macie
	// +optional
	Macie bool `json:"macie,omitempty"`

	// Role that may open and read cases with AWS Support, and nothing else.
	// +kubebuilder:title=Support role
	// +optional
	SupportRole *SupportRole `json:"supportRole,omitempty"`

	// Whom AWS tells about security, beside the owner of the account.
	// +kubebuilder:title=Security contact
	// +optional
	SecurityContact *SecurityContact `json:"securityContact,omitempty"`

	// Whether nobody in account and region can share a document of Systems Manager with everybody.
	// +kubebuilder:title=Block public documents
	// +optional
	BlockPublicDocuments bool `json:"blockPublicDocuments,omitempty"`

	// Whether scripts of Systems Manager Automation are logged, in an encrypted log group. Whoever runs them needs permission to write there.
	// +kubebuilder:title=Log automations
	// +optional
	AutomationLogs bool `json:"automationLogs,omitempty"`
}

// SupportRole is who may ask AWS for support.
type SupportRole struct {
	// ARNs of the IAM roles and users of this account that may take the role. AWS refuses it as long as one of them does not exist.
	// +kubebuilder:title=Principals
	// +kubebuilder:example={"arn:aws:iam::123456789012:role/support"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=6
	// +kubebuilder:validation:items:MaxLength=256
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+$`
	// +listType=set
	Principals []string `json:"principals"`
}

// SecurityContact is whom AWS tells about security (AWS Account Management API
// reference, "PutAlternateContact").
type SecurityContact struct {
	// Name of the contact.
	// +kubebuilder:title=Name
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=64
	Name string `json:"name"`

	// What the contact is, such as "Head of security".
	// +kubebuilder:title=Title
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=50
	Title string `json:"title"`

	// E-mail address, best of a team.
	// +kubebuilder:title=E-mail address
	// +kubebuilder:example="security@example.com"
	// +kubebuilder:validation:MaxLength=254
	// +kubebuilder:validation:Pattern=`^[\w+=.-]+@([\w-]+\.)+\w+$`
	Email string `json:"email"`

	// Telephone number.
	// +kubebuilder:title=Telephone number
	// +kubebuilder:example="+49 30 1234567"
	// +kubebuilder:validation:MaxLength=25
	// +kubebuilder:validation:Pattern=`^[ 0-9()+-]+$`
	Phone string `json:"phone"`
}
