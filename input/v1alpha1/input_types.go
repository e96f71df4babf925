// Package v1alpha1 contains the input of the function, which a platform team sets
// in a Composition's pipeline step.
//
// +kubebuilder:object:generate=true
// +groupName=fn.platform.secure-ecommerce.dev
// +versionName=v1alpha1
package v1alpha1

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Version is the only version of the input.
const Version = "v1alpha1"

// GroupVersion is the API group and version of the input.
var GroupVersion = schema.GroupVersion{Group: "fn.platform.secure-ecommerce.dev", Version: Version}

// Input contains the platform's settings for every stack of a Composition.
//
// +kubebuilder:object:root=true
// +kubebuilder:resource:categories=crossplane
type Input struct {
	metav1.TypeMeta `json:",inline"`

	// +optional
	metav1.ObjectMeta `json:"metadata,omitzero"`

	// AWS account ID of the stacks. If set, resources whose policies contain the account ID can be created before the stack has observed the ID.
	// +kubebuilder:title=AWS account ID
	// +kubebuilder:validation:Pattern=`^[0-9]{12}$`
	// +optional
	AccountID string `json:"accountId,omitempty"`

	// ProviderConfig of all managed resources.
	// +kubebuilder:title=Provider config
	// +optional
	ProviderConfigRef *ProviderConfigReference `json:"providerConfigRef,omitempty"`

	// Accounts by region, environment or namespace. The first match applies. Without a match, accountId and providerConfigRef apply.
	// +kubebuilder:title=Accounts
	// +optional
	Accounts []Account `json:"accounts,omitempty"`

	// Additional source of this input's fields. Fields that are set in the input take precedence.
	// +kubebuilder:title=Environment
	// +optional
	Environment *EnvironmentSource `json:"environment,omitempty"`

	// Limits for claims.
	// +kubebuilder:title=Limits
	// +optional
	Limits Limits `json:"limits,omitzero"`

	// Prefix for all AWS resource names. A permissions boundary or an organization policy may require a prefix. Existing stacks keep their resource names.
	// +kubebuilder:title=Name prefix
	// +kubebuilder:validation:MaxLength=12
	// +kubebuilder:validation:Pattern=`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`
	// +optional
	NamePrefix string `json:"namePrefix,omitempty"`

	// Tags for all AWS resources that support tags. Use them for cost reports, for example. Claims cannot override them.
	// +kubebuilder:title=Tags
	// +kubebuilder:validation:MaxProperties=20
	// +optional
	Tags map[string]string `json:"tags,omitempty"`

	// ARN of the permissions boundary for all IAM roles.
	// +kubebuilder:title=Permissions boundary ARN
	// +kubebuilder:validation:Pattern=`^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]+$`
	// +optional
	PermissionsBoundaryARN string `json:"permissionsBoundaryArn,omitempty"`

	// Guardrails that claims can disable. Defaults to none.
	// +kubebuilder:title=Guardrails that claims can disable
	// +listType=set
	// +optional
	SwitchableGuardrails []Guardrail `json:"switchableGuardrails,omitempty"`

	// Account-wide resources that already exist. Stacks do not create them.
	// +kubebuilder:title=Existing account resources
	// +optional
	Existing Existing `json:"existing,omitzero"`

	// KMS keys for the stacks.
	// +kubebuilder:title=Encryption keys
	// +optional
	KMS KMS `json:"kms,omitzero"`

	// ARNs of the IAM roles or users that the AWS provider uses. A * matches any characters. Automated responses never undo changes by these principals.
	// +kubebuilder:title=Provider principals
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=512
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:iam::[0-9*]+:(role|user)/.*[^*].*$`
	// +listType=set
	// +optional
	ProviderPrincipals []string `json:"providerPrincipals,omitempty"`

	// IDs of the prefix list com.amazonaws.global.cloudfront.origin-facing, by region. Required only for regions where the function does not know the ID or AWS has changed it.
	// +kubebuilder:title=CloudFront's prefix lists
	// +kubebuilder:validation:MaxProperties=50
	// +kubebuilder:validation:XValidation:rule="self.all(k, self[k].matches('^pl-([0-9a-f]{8}|[0-9a-f]{17})$'))",message="values must be IDs of prefix lists, such as pl-4fa04526"
	// +optional
	CloudFrontPrefixListIDs map[string]string `json:"cloudFrontPrefixListIds,omitempty"`

	// Disables reserved concurrency of Lambda functions. New accounts, for example, require this, because AWS rejects reservations that leave fewer than 100 unreserved executions.
	// +kubebuilder:title=No reserved concurrency
	// +optional
	UnreservedConcurrency bool `json:"unreservedConcurrency,omitempty"`

	// Allows claims to set account-wide settings (spec.account), such as the password policy. Intended for accounts without a landing zone. Only one stack per account can manage each setting.
	// +kubebuilder:title=Account settings
	// +optional
	AccountSettings bool `json:"accountSettings,omitempty"`

	// Minutes until Crossplane reconciles a ready stack again without an event. A higher value lowers the load of a control plane with many stacks. With Crossplane 2.3, changes of an EnvironmentConfig or a SecureEcommerceAccount take effect only then. Defaults to 1.
	// +kubebuilder:title=Poll interval in minutes
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=60
	// +optional
	PollIntervalMinutes int32 `json:"pollIntervalMinutes,omitempty"`
}

// Guardrail is a guardrail tier, named after its field in a claim's spec.guardrails.
//
// +kubebuilder:validation:Enum=waf;audit;config;parameters;alarms;responses
type Guardrail string

// Guardrails.
const (
	GuardrailWAF        Guardrail = "waf"
	GuardrailAudit      Guardrail = "audit"
	GuardrailConfig     Guardrail = "config"
	GuardrailParameters Guardrail = "parameters"
	GuardrailAlarms     Guardrail = "alarms"
	GuardrailResponses  Guardrail = "responses"
)

// Existing declares account-wide resources that already exist. An account needs only
// one of each, or can have only one.
type Existing struct {
	// Declares an existing CloudTrail trail, such as the organization's. Stacks then do not create a trail.
	// +kubebuilder:title=Trail
	// +optional
	Trail bool `json:"trail,omitempty"`

	// Declares an existing CloudWatch Logs resource policy in us-east-1 that allows log delivery to log groups named aws-waf-logs-*. AWS allows ten such policies per region.
	// +kubebuilder:title=Log delivery policy
	// +optional
	LogDelivery bool `json:"logDelivery,omitempty"`

	// Declares an existing AWS Config recorder in the account and region. Stacks then do not create a recorder.
	// +kubebuilder:title=Config recorder
	// +optional
	Recorder bool `json:"recorder,omitempty"`

	// Stacks use the SecureEcommerceAccount of their AWS account and region as soon as it is ready. Stacks then have no own trail, log delivery policy or RDS event subscriptions, and fewer AWS Config rules.
	// +kubebuilder:title=SecureEcommerceAccount
	// +optional
	Account bool `json:"account,omitempty"`
}

// KMSMode is the source of encryption keys.
//
// +kubebuilder:validation:Enum=PerClass;Existing
type KMSMode string

// KMSMode values.
const (
	KMSModePerClass KMSMode = "PerClass"
	KMSModeExisting KMSMode = "Existing"
)

// KMS configures encryption keys. A stack keeps its existing keys, because
// encrypted data cannot change its key.
//
// +kubebuilder:validation:XValidation:rule="(has(self.mode) && self.mode == 'Existing') == (has(self.keys) && size(self.keys) > 0)",fieldPath=".keys",message="keys requires mode Existing, and mode Existing requires keys: set both, or remove both"
type KMS struct {
	// Source of the KMS keys for new stacks: PerClass creates one key per data class; Existing uses the keys in kms.keys. Defaults to PerClass.
	// +kubebuilder:title=Mode
	// +kubebuilder:default=PerClass
	// +optional
	Mode KMSMode `json:"mode,omitempty"`

	// Existing KMS keys. For each data class, a stack uses the first key that is in the account and region of the data. A claim is rejected if no key matches.
	// +kubebuilder:title=Existing keys
	// +kubebuilder:validation:MaxItems=100
	// +listType=atomic
	// +optional
	Keys []ExistingKey `json:"keys,omitempty"`
}

// KeyClass is a class of data with its own key. Data is the database and the
// files, Logs is the log groups, and Secrets is the secrets. Edge is the logs and alarms
// in us-east-1. Replica is the copies of files in another region, and Backups those of
// the database. Audit is the audit trail, Alarms is the alarms and automated responses,
// and Account is the EBS volumes in the account.
//
// +kubebuilder:validation:Enum=Data;Logs;Secrets;Edge;Replica;Backups;Audit;Alarms;Account
type KeyClass string

// KeyClass values.
const (
	KeyClassData    KeyClass = "Data"
	KeyClassLogs    KeyClass = "Logs"
	KeyClassSecrets KeyClass = "Secrets"
	KeyClassEdge    KeyClass = "Edge"
	KeyClassReplica KeyClass = "Replica"
	KeyClassBackups KeyClass = "Backups"
	KeyClassAudit   KeyClass = "Audit"
	KeyClassAlarms  KeyClass = "Alarms"
	KeyClassAccount KeyClass = "Account"
)

// ExistingKey is a key that the stack does not manage.
type ExistingKey struct {
	// ARN of the key. Aliases are not supported, because policies require key ARNs.
	// +kubebuilder:title=ARN
	// +kubebuilder:validation:MaxLength=256
	// +kubebuilder:validation:Pattern=`^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$`
	ARN string `json:"arn"`

	// Data classes that the key encrypts. Defaults to all.
	// +kubebuilder:title=Data classes
	// +listType=set
	// +optional
	Classes []KeyClass `json:"classes,omitempty"`
}

// ProviderConfigKind is the kind of a ProviderConfig.
//
// +kubebuilder:validation:Enum=ClusterProviderConfig;ProviderConfig
type ProviderConfigKind string

// ProviderConfigKind values.
const (
	ProviderConfigKindCluster    ProviderConfigKind = "ClusterProviderConfig"
	ProviderConfigKindNamespaced ProviderConfigKind = "ProviderConfig"
)

// ProviderConfigReference refers to a ProviderConfig.
type ProviderConfigReference struct {
	// Kind of the ProviderConfig. The cluster scope always uses ProviderConfig. Defaults to ClusterProviderConfig.
	// +kubebuilder:default=ClusterProviderConfig
	// +optional
	Kind ProviderConfigKind `json:"kind,omitempty"`

	// Name of the ProviderConfig. Defaults to "default".
	// +kubebuilder:default=default
	// +kubebuilder:validation:MinLength=1
	// +optional
	Name string `json:"name,omitempty"`
}
