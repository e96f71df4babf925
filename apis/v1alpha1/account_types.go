package v1alpha1

// AccountSpec contains account-wide settings.
//
// +kubebuilder:validation:XValidation:rule="!has(self.ebsKeyUsers) || (has(self.ebsEncryption) && self.ebsEncryption)",fieldPath=".ebsKeyUsers",message="ebsKeyUsers requires ebsEncryption: set ebsEncryption to true, or remove ebsKeyUsers"
type AccountSpec struct {
	// Enables S3 Block Public Access for all buckets in the account.
	// +kubebuilder:title=Block public access to all buckets
	// +optional
	PublicAccessBlock bool `json:"publicAccessBlock,omitempty"`

	// Encrypts new EBS volumes in the account and region with the KMS key in status.account.keyArn. The key is kept when the stack is deleted. Principals that start instances need permission to use the key, through IAM policies or ebsKeyUsers.
	// +kubebuilder:title=Encrypt new volumes
	// +optional
	EBSEncryption bool `json:"ebsEncryption,omitempty"`

	// ARNs of IAM roles and users, such as the Auto Scaling service-linked role, that start instances but have no IAM policy for the key. Each role and user must exist, or AWS rejects the key policy.
	// +kubebuilder:title=EBS key users
	// +kubebuilder:example={"arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=256
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+$`
	// +listType=set
	// +optional
	EBSKeyUsers []string `json:"ebsKeyUsers,omitempty"`

	// Enables a password policy for IAM users: at least 14 characters, with uppercase and lowercase letters, digits and symbols; expiry after 90 days; no reuse of the last 24 passwords. Replaces the account's current policy.
	// +kubebuilder:title=Password policy
	// +optional
	PasswordPolicy bool `json:"passwordPolicy,omitempty"`

	// Enables IAM Access Analyzer for external access in the account and region. AWS rejects the analyzer if the account already has one of this type.
	// +kubebuilder:title=Access analyzer
	// +optional
	AccessAnalyzer bool `json:"accessAnalyzer,omitempty"`

	// Enables Amazon Macie in the account and region, to find personal data in S3 buckets. Charged per bucket and per gigabyte. Some regions do not support Macie.
	// +kubebuilder:title=Macie
	// +optional
	Macie bool `json:"macie,omitempty"`

	// IAM role that can open and read AWS Support cases. It has no other permissions.
	// +kubebuilder:title=Support role
	// +optional
	SupportRole *SupportRole `json:"supportRole,omitempty"`

	// Alternate contact for security notifications from AWS, in addition to the account owner.
	// +kubebuilder:title=Security contact
	// +optional
	SecurityContact *SecurityContact `json:"securityContact,omitempty"`

	// Blocks public sharing of Systems Manager documents in the account and region.
	// +kubebuilder:title=Block public documents
	// +optional
	BlockPublicDocuments bool `json:"blockPublicDocuments,omitempty"`

	// Logs the output of Systems Manager Automation scripts to an encrypted log group. Principals that run automations need permission to write to the log group.
	// +kubebuilder:title=Log automations
	// +optional
	AutomationLogs bool `json:"automationLogs,omitempty"`
}

// SupportRole allows access to AWS Support.
type SupportRole struct {
	// ARNs of IAM roles and users in this account that can assume the support role. Each role and user must exist, or AWS rejects the support role.
	// +kubebuilder:title=Principals
	// +kubebuilder:example={"arn:aws:iam::123456789012:role/support"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=6
	// +kubebuilder:validation:items:MaxLength=256
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+$`
	// +listType=set
	Principals []string `json:"principals"`
}

// SecurityContact is the account's security contact (AWS Account Management API
// reference, "PutAlternateContact").
type SecurityContact struct {
	// Name of the contact.
	// +kubebuilder:title=Name
	// +kubebuilder:example="Security team"
	// +kubebuilder:validation:MaxLength=64
	// +kubebuilder:validation:Pattern=`^.*\S.*$`
	Name string `json:"name"`

	// Job title of the contact, such as "Head of security".
	// +kubebuilder:title=Title
	// +kubebuilder:example="Head of security"
	// +kubebuilder:validation:MaxLength=50
	// +kubebuilder:validation:Pattern=`^.*\S.*$`
	Title string `json:"title"`

	// Email address of the contact. Use a team's address.
	// +kubebuilder:title=Email address
	// +kubebuilder:example="security@example.com"
	// +kubebuilder:validation:MaxLength=254
	// +kubebuilder:validation:Pattern=`^[\w+=.-]+@([\w-]+\.)+\w+$`
	Email string `json:"email"`

	// Telephone number of the contact.
	// +kubebuilder:title=Telephone number
	// +kubebuilder:example="+49 30 1234567"
	// +kubebuilder:validation:MaxLength=25
	// +kubebuilder:validation:Pattern=`^[ 0-9()+-]+$`
	Phone string `json:"phone"`
}
