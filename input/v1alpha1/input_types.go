// Package v1alpha1 is the input that a platform team gives the function in a
// Composition's pipeline step.
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

// Input is what the platform decides for every stack of a Composition.
//
// +kubebuilder:object:root=true
// +kubebuilder:resource:categories=crossplane
type Input struct {
	metav1.TypeMeta `json:",inline"`

	// +optional
	metav1.ObjectMeta `json:"metadata,omitzero"`

	// AWS account that the stacks live in. With it, resources that name the account in a policy need not wait until the account shows in an observed ARN.
	// +kubebuilder:title=AWS account ID
	// +kubebuilder:validation:Pattern=`^[0-9]{12}$`
	// +optional
	AccountID string `json:"accountId,omitempty"`

	// ProviderConfig that all managed resources use.
	// +kubebuilder:title=Provider config
	// +optional
	ProviderConfigRef *ProviderConfigReference `json:"providerConfigRef,omitempty"`

	// Accounts of stacks that are told apart by region, environment or namespace. The first one that fits counts; without any it is accountId and providerConfigRef.
	// +kubebuilder:title=Accounts
	// +optional
	Accounts []Account `json:"accounts,omitempty"`

	// Where else the fields of this input come from. A field that stands here counts before the same one there.
	// +kubebuilder:title=Environment
	// +optional
	Environment *EnvironmentSource `json:"environment,omitempty"`

	// What claims may ask for.
	// +kubebuilder:title=Limits
	// +optional
	Limits Limits `json:"limits,omitzero"`

	// Beginning of all names in AWS, for a permissions boundary or a policy of the organisation that goes by names. Stacks keep the names they have.
	// +kubebuilder:title=Name prefix
	// +kubebuilder:validation:MaxLength=12
	// +kubebuilder:validation:Pattern=`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`
	// +optional
	NamePrefix string `json:"namePrefix,omitempty"`

	// Tags put on every AWS resource that takes tags, such as those that cost reports need. A claim cannot change them.
	// +kubebuilder:title=Tags
	// +kubebuilder:validation:MaxProperties=20
	// +optional
	Tags map[string]string `json:"tags,omitempty"`

	// ARN of the policy that bounds every IAM role of a stack.
	// +kubebuilder:title=Permissions boundary ARN
	// +kubebuilder:validation:Pattern=`^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]+$`
	// +optional
	PermissionsBoundaryARN string `json:"permissionsBoundaryArn,omitempty"`

	// Guardrail tiers that a claim may switch off. None if empty.
	// +kubebuilder:title=Guardrails that a claim may switch off
	// +listType=set
	// +optional
	SwitchableGuardrails []Guardrail `json:"switchableGuardrails,omitempty"`

	// What the account has already, so that stacks do not compose it again.
	// +kubebuilder:title=What the account has
	// +optional
	Existing Existing `json:"existing,omitzero"`

	// Whose keys encrypt.
	// +kubebuilder:title=Encryption keys
	// +optional
	KMS KMS `json:"kms,omitzero"`

	// IAM roles or users that the provider changes AWS as, as ARNs in which * stands for any characters. Automated responses never undo what these do.
	// +kubebuilder:title=The provider's principals
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=512
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:iam::[0-9*]+:(role|user)/.*[^*].*$`
	// +listType=set
	// +optional
	ProviderPrincipals []string `json:"providerPrincipals,omitempty"`

	// IDs of the prefix list com.amazonaws.global.cloudfront.origin-facing, by region, where the function does not know it or AWS has changed it.
	// +kubebuilder:title=CloudFront's prefix lists
	// +kubebuilder:validation:MaxProperties=50
	// +kubebuilder:validation:XValidation:rule="self.all(k, self[k].matches('^pl-([0-9a-f]{8}|[0-9a-f]{17})$'))",message="must be IDs of prefix lists, such as pl-4fa04526"
	// +optional
	CloudFrontPrefixListIDs map[string]string `json:"cloudFrontPrefixListIds,omitempty"`

	// Whether functions set no concurrency aside. AWS refuses to set any aside where fewer than 100 executions would be left, as in new accounts.
	// +kubebuilder:title=No reserved concurrency
	// +optional
	UnreservedConcurrency bool `json:"unreservedConcurrency,omitempty"`

	// Whether a claim may set what holds for the whole account (spec.account), such as its password policy. For accounts without a landing zone: two stacks that set the same would fight over it.
	// +kubebuilder:title=Claims may set up the account
	// +optional
	AccountSettings bool `json:"accountSettings,omitempty"`
}

// Guardrail is a tier that watches over a stack, by its field in
// spec.guardrails of a claim.
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

// Existing is what an account can have one of, or needs one of, and has
// already.
type Existing struct {
	// Whether a trail, such as the organisation's, records the account. Stacks then have none of their own.
	// +kubebuilder:title=Trail
	// +optional
	Trail bool `json:"trail,omitempty"`

	// Whether a CloudWatch Logs resource policy in us-east-1 lets the log delivery write to aws-waf-logs-*. A region takes ten such policies, so more stacks need one for all.
	// +kubebuilder:title=Log delivery policy
	// +optional
	LogDelivery bool `json:"logDelivery,omitempty"`

	// Whether AWS Config records the account and region. Stacks then never compose a recorder.
	// +kubebuilder:title=Config recorder
	// +optional
	Recorder bool `json:"recorder,omitempty"`
}

// KMSMode says whose keys encrypt what a stack has.
//
// +kubebuilder:validation:Enum=PerClass;Existing
type KMSMode string

// KMSMode values.
const (
	KMSModePerClass KMSMode = "PerClass"
	KMSModeExisting KMSMode = "Existing"
)

// KMS is whose keys encrypt. A stack keeps each key that it has, because what is
// encrypted cannot change its key.
//
// +kubebuilder:validation:XValidation:rule="(has(self.mode) && self.mode == 'Existing') == (has(self.keys) && size(self.keys) > 0)",fieldPath=".keys",message="name keys with mode Existing, and only with it"
type KMS struct {
	// Whether new stacks make a key for each class of their data (PerClass), or use keys that exist (Existing) and make none.
	// +kubebuilder:title=Mode
	// +kubebuilder:default=PerClass
	// +optional
	Mode KMSMode `json:"mode,omitempty"`

	// Keys that exist. A stack takes for each class of its data the first one in the account and region where that data is; without one its claim is refused.
	// +kubebuilder:title=Keys that exist
	// +kubebuilder:validation:MaxItems=100
	// +listType=atomic
	// +optional
	Keys []ExistingKey `json:"keys,omitempty"`
}

// KeyClass is a class of data that has a key: the database with the files
// (Data), log groups (Logs), secrets (Secrets), logs and alarms in us-east-1 (Edge),
// copies of files in another region (Replica), copies of the database in another
// region (Backups), the audit trail (Audit), alarms with automated responses
// (Alarms), volumes of the account (Account).
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

// ExistingKey is a key that somebody else makes and looks after.
type ExistingKey struct {
	// ARN of the key; not of an alias, because policies know keys by their own ARN.
	// +kubebuilder:title=ARN
	// +kubebuilder:validation:MaxLength=256
	// +kubebuilder:validation:Pattern=`^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$`
	ARN string `json:"arn"`

	// Classes of data that it encrypts; all if there are none.
	// +kubebuilder:title=Classes of data
	// +listType=set
	// +optional
	Classes []KeyClass `json:"classes,omitempty"`
}

// ProviderConfigKind is a kind of the provider's credentials.
//
// +kubebuilder:validation:Enum=ClusterProviderConfig;ProviderConfig
type ProviderConfigKind string

// ProviderConfigKind values.
const (
	ProviderConfigKindCluster    ProviderConfigKind = "ClusterProviderConfig"
	ProviderConfigKindNamespaced ProviderConfigKind = "ProviderConfig"
)

// ProviderConfigReference names the provider's credentials.
type ProviderConfigReference struct {
	// Kind of the configuration. The cluster scope knows ProviderConfig only and ignores it.
	// +kubebuilder:default=ClusterProviderConfig
	// +optional
	Kind ProviderConfigKind `json:"kind,omitempty"`

	// Name of the configuration.
	// +kubebuilder:default=default
	// +kubebuilder:validation:MinLength=1
	// +optional
	Name string `json:"name,omitempty"`
}
