package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// SecureEcommerceAccountSpec is the desired state of what the stacks of an AWS
// account and region share. Only the region is required. Fields have the same names
// and meaning as in a stack.
//
// +kubebuilder:validation:XValidation:rule="self.region == oldSelf.region",fieldPath=".region",message="region cannot be changed: create a second SecureEcommerceAccount in the other region"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.audit.objectLockDays) || (has(self.deletionPolicy) ? self.deletionPolicy != 'Delete' : self.environment != 'development')",fieldPath=".guardrails.audit.objectLockDays",message="objectLockDays cannot be combined with deletionPolicy Delete (the default in development), because locked objects cannot be deleted: set deletionPolicy to Retain or Snapshot, or remove objectLockDays"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.responses.inVpc) || !self.guardrails.responses.inVpc",fieldPath=".guardrails.responses.inVpc",message="inVpc is not supported, because an account has no VPC of its own: remove inVpc"
// +kubebuilder:validation:XValidation:rule="!has(self.guardrails.config.remediation) || !self.guardrails.config.remediation",fieldPath=".guardrails.config.remediation",message="remediation is not supported in an account, because its role could change only the account's own buckets: set remediation in the stacks"
type SecureEcommerceAccountSpec struct {
	// AWS region of the stacks that share these resources. Cannot be changed after creation. For stacks in another region, create a second SecureEcommerceAccount there.
	// +kubebuilder:title=Region
	// +kubebuilder:example=eu-west-1
	Region Region `json:"region"`

	// Environment of the account: production, staging or development. Sets the defaults for log retention and deletion. Defaults to production.
	// +kubebuilder:title=Environment
	// +kubebuilder:default=production
	// +optional
	Environment Environment `json:"environment,omitempty"`

	// Guardrails that AWS limits or charges per account: audit trail, AWS Config rules, alarms and automated responses.
	// +kubebuilder:title=Guardrails
	// +kubebuilder:default={}
	// +optional
	Guardrails AccountGuardrailsSpec `json:"guardrails,omitzero"`

	// Account-wide AWS settings. Disabled by default. The settings remain in AWS if you remove them from the spec or delete the SecureEcommerceAccount.
	// +kubebuilder:title=Account settings
	// +optional
	Account AccountSpec `json:"account,omitzero"`

	// Handling of data when the SecureEcommerceAccount is deleted. Retain and Snapshot keep buckets with log files and their keys. Delete deletes them. Defaults to Retain in production, Snapshot in staging and Delete in development.
	// +kubebuilder:title=Deletion policy
	// +optional
	DeletionPolicy DeletionPolicy `json:"deletionPolicy,omitempty"`

	// Tags for all AWS resources that support tags, in addition to the platform's tags.
	// +kubebuilder:title=Tags
	// +kubebuilder:validation:MaxProperties=40
	// +kubebuilder:validation:XValidation:rule="self.all(k, size(k) >= 1 && size(k) <= 128 && !k.lowerAscii().startsWith('aws:') && k.matches('^[A-Za-z0-9 _.:/=+@-]+$'))",message="tag keys must have 1 to 128 characters, contain only letters, digits, spaces and the symbols _.:/=+@-, and not start with aws:"
	// +optional
	Tags map[string]TagValue `json:"tags,omitempty"`
}

// AccountGuardrailsSpec contains the guardrail tiers of an account. All are enabled
// by default.
//
// +kubebuilder:validation:XValidation:rule="!has(self.responses) || !has(self.alarms) || !self.responses.enabled || self.alarms.enabled",fieldPath=".responses",message="responses require alarms, because responses report to the alarms' SNS topic: enable alarms, or disable responses"
type AccountGuardrailsSpec struct {
	// CloudTrail trail, with log file validation, that logs API calls. Also enables detectors of the account.
	// +kubebuilder:title=Audit trail
	// +kubebuilder:default={}
	// +optional
	Audit AuditSpec `json:"audit,omitzero"`

	// AWS Config rules that check the account and all of its stacks.
	// +kubebuilder:title=Config rules
	// +kubebuilder:default={}
	// +optional
	Config ConfigSpec `json:"config,omitzero"`

	// CloudWatch alarms for security events in the account, and their SNS topics. Also receives the events of all databases in the account and region.
	// +kubebuilder:title=Alarms
	// +kubebuilder:default={}
	// +optional
	Alarms AlarmsSpec `json:"alarms,omitzero"`

	// Automated responses to unsafe changes, such as stopping the trail.
	// +kubebuilder:title=Automated responses
	// +kubebuilder:default={}
	// +optional
	Responses ResponsesSpec `json:"responses,omitzero"`
}

// SecureEcommerceAccountStatus is the observed state of what stacks share.
type SecureEcommerceAccountStatus struct {
	// Conditions of the resource.
	// +listType=map
	// +listMapKey=type
	// +optional
	Conditions []metav1.Condition `json:"conditions,omitempty"`

	// ID of the AWS account.
	// +optional
	AccountID string `json:"accountId,omitempty"`

	// AWS region of the stacks that share these resources.
	// +optional
	Region string `json:"region,omitempty"`

	// Deletion policy that all resources here have. After an edit of spec.deletionPolicy, delete the resource only when this shows the new policy.
	// +optional
	DeletionPolicy DeletionPolicy `json:"deletionPolicy,omitempty"`

	// Progress of each tier.
	// +listType=map
	// +listMapKey=name
	// +optional
	Tiers []TierStatus `json:"tiers,omitempty"`

	// Keys.
	// +optional
	Secrets SecretsStatus `json:"secrets,omitzero"`

	// Trail, bucket and log group of audit logs.
	// +optional
	Audit AuditStatus `json:"audit,omitzero"`

	// AWS Config.
	// +optional
	Config ConfigStatus `json:"config,omitzero"`

	// Topics and dashboard.
	// +optional
	Alarms AlarmsStatus `json:"alarms,omitzero"`

	// IDs of the default response headers policies, which distributions of stacks use.
	// +optional
	CDN AccountCDNStatus `json:"cdn,omitzero"`

	// Number of security controls in each state.
	// +optional
	Controls ControlsStatus `json:"controls,omitzero"`

	// Estimated cost.
	// +optional
	Cost *CostStatus `json:"cost,omitempty"`

	// Automated responses.
	// +optional
	Responses ResponsesStatus `json:"responses,omitzero"`

	// Account settings.
	// +optional
	Account AccountStatus `json:"account,omitzero"`
}

// AccountCDNStatus contains what distributions share.
type AccountCDNStatus struct {
	// ID of the response headers policy for files.
	// +optional
	ResponseHeadersPolicyID string `json:"responseHeadersPolicyId,omitempty"`

	// ID of the response headers policy for uploads.
	// +optional
	UploadsHeadersPolicyID string `json:"uploadsHeadersPolicyId,omitempty"`
}

// SecureEcommerceAccount is what the stacks of an AWS account and region share: the
// audit trail, AWS Config rules, alarms for security events, and account settings.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:path=secureecommerceaccounts,categories={crossplane,ecommerce}
// +kubebuilder:printcolumn:name="REGION",type=string,JSONPath=".spec.region",description="AWS region of the stacks"
// +kubebuilder:printcolumn:name="ACCOUNT",type=string,JSONPath=".status.accountId",description="ID of the AWS account"
type SecureEcommerceAccount struct {
	metav1.TypeMeta `json:",inline"`

	// +optional
	metav1.ObjectMeta `json:"metadata,omitzero"`

	Spec SecureEcommerceAccountSpec `json:"spec"`

	// +optional
	Status SecureEcommerceAccountStatus `json:"status,omitzero"`
}

// SecureEcommerceAccountList is a list of accounts.
//
// +kubebuilder:object:root=true
type SecureEcommerceAccountList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitzero"`

	Items []SecureEcommerceAccount `json:"items"`
}
