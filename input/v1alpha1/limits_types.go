package v1alpha1

import (
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// Limits is what claims may ask for. What is left out allows everything that the
// API does, except for further permissions, of which it allows none.
type Limits struct {
	// AWS regions that stacks may be in.
	// +kubebuilder:title=Regions
	// +kubebuilder:validation:MinItems=1
	// +listType=set
	// +optional
	Regions []v1alpha1.Region `json:"regions,omitempty"`

	// Environments that stacks may be for.
	// +kubebuilder:title=Environments
	// +kubebuilder:validation:MinItems=1
	// +listType=set
	// +optional
	Environments []v1alpha1.Environment `json:"environments,omitempty"`

	// Sizes that stacks may have.
	// +kubebuilder:title=Sizes
	// +kubebuilder:validation:MinItems=1
	// +listType=set
	// +optional
	Sizes []v1alpha1.Size `json:"sizes,omitempty"`

	// Instance classes that databases may have, whether by size or by hand. A star at the end stands for any ending, as in db.t4g.*.
	// +kubebuilder:title=Instance classes
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:items:Pattern=`^db\.[a-z0-9.-]*[a-z0-9.*]$`
	// +listType=set
	// +optional
	InstanceClasses []string `json:"instanceClasses,omitempty"`

	// What may happen to data when a stack is deleted.
	// +kubebuilder:title=Deletion policies
	// +kubebuilder:validation:MinItems=1
	// +listType=set
	// +optional
	DeletionPolicies []v1alpha1.DeletionPolicy `json:"deletionPolicies,omitempty"`

	// Fewest days that automatic backups are kept.
	// +kubebuilder:title=Least backup retention in days
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=35
	// +optional
	MinBackupRetentionDays int32 `json:"minBackupRetentionDays,omitempty"`

	// Most capacity that an instance of an Aurora cluster may grow to, in capacity units of about 2 GiB of memory. A cluster costs by what it grows to, which no estimate knows.
	// +kubebuilder:title=Most serverless capacity
	// +kubebuilder:validation:XValidation:rule="isQuantity(string(self)) && [quantity(string(self)).asApproximateFloat()].all(c, c >= 1.0 && c <= 256.0 && double(int(c * 2.0)) == c * 2.0)",message="capacity is 1 to 256 in steps of a half, such as 8 or \"1.5\" in quotes"
	// +optional
	MaxServerlessCapacity *resource.Quantity `json:"maxServerlessCapacity,omitempty"`

	// Most that a stack may cost a month in USD, as estimated from what it is composed of before anybody uses it. No limit if empty.
	// +kubebuilder:title=Monthly cost limit in USD
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=100000000
	// +optional
	MaxMonthlyCostUSD int64 `json:"maxMonthlyCostUSD,omitempty"`

	// Managed policies that claims may attach to the app role (access.policyArns), as ARNs. A star at the end stands for any ending. None if empty.
	// +kubebuilder:title=Managed policies
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:items:MaxLength=512
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]*[*]?$`
	// +listType=set
	// +optional
	AllowedPolicyARNs []string `json:"allowedPolicyArns,omitempty"`

	// KMS keys that claims may let their application decrypt secrets and parameters with (access.kmsKeyArns), as ARNs. A star at the end stands for any ending. None if empty.
	// +kubebuilder:title=KMS keys
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:items:MaxLength=256
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]*[*]?$`
	// +listType=set
	// +optional
	AllowedKMSKeyARNs []string `json:"allowedKmsKeyArns,omitempty"`

	// Actions that claims may give the app role (access.statements), as service:Action. A star at the end stands for any ending, as in bedrock:Invoke* or translate:*. None if empty.
	// +kubebuilder:title=Actions
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^[a-z][a-z0-9-]*:([A-Z][A-Za-z0-9]*)?[*]?$`
	// +listType=set
	// +optional
	AllowedActions []string `json:"allowedActions,omitempty"`

	// DynamoDB tables, SQS queues and SES identities that claims may name (access.resources). A star at the end stands for any ending, as in shop-*.
	// +kubebuilder:title=Resources
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=255
	// +kubebuilder:validation:items:Pattern=`^[A-Za-z0-9_.@%+-]+[*]?$`
	// +listType=set
	// +optional
	ResourceNames []string `json:"resourceNames,omitempty"`

	// Tags that every claim must have, such as a cost centre.
	// +kubebuilder:title=Mandatory tags
	// +listType=map
	// +listMapKey=key
	// +optional
	MandatoryTags []MandatoryTag `json:"mandatoryTags,omitempty"`
}

// MandatoryTag is a tag that every claim must have.
type MandatoryTag struct {
	// Key of the tag.
	// +kubebuilder:title=Key
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=128
	Key string `json:"key"`

	// Regular expression (RE2) that all of the value must match. Any value will do if it is empty.
	// +kubebuilder:title=Pattern
	// +kubebuilder:validation:MaxLength=256
	// +optional
	Pattern string `json:"pattern,omitempty"`
}

// EnvironmentSource is where else the fields of an input come from.
//
// +kubebuilder:validation:XValidation:rule="(has(self.name) && size(self.name) > 0) != (has(self.fromContext) && self.fromContext)",message="give either the name of an EnvironmentConfig or fromContext: true"
type EnvironmentSource struct {
	// Name of an EnvironmentConfig, which the function asks Crossplane for.
	// +kubebuilder:title=EnvironmentConfig
	// +kubebuilder:validation:MaxLength=253
	// +optional
	Name string `json:"name,omitempty"`

	// Whether the environment that earlier functions of the pipeline put together is taken, such as function-environment-configs.
	// +kubebuilder:title=From the pipeline's context
	// +optional
	FromContext bool `json:"fromContext,omitempty"`

	// Field of the environment's data that holds the fields of an input.
	// +kubebuilder:title=Field
	// +kubebuilder:default=secureEcommerce
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	// +optional
	Field string `json:"field,omitempty"`
}

// Account is where stacks of a kind live.
type Account struct {
	// AWS regions of these stacks; any if empty.
	// +kubebuilder:title=Regions
	// +listType=set
	// +optional
	Regions []v1alpha1.Region `json:"regions,omitempty"`

	// Environments of these stacks; any if empty.
	// +kubebuilder:title=Environments
	// +listType=set
	// +optional
	Environments []v1alpha1.Environment `json:"environments,omitempty"`

	// Namespaces of these stacks' claims; any if empty.
	// +kubebuilder:title=Namespaces
	// +listType=set
	// +optional
	Namespaces []string `json:"namespaces,omitempty"`

	// AWS account that they live in.
	// +kubebuilder:title=AWS account ID
	// +kubebuilder:validation:Pattern=`^[0-9]{12}$`
	// +optional
	AccountID string `json:"accountId,omitempty"`

	// ProviderConfig that their managed resources use.
	// +kubebuilder:title=Provider config
	// +optional
	ProviderConfigRef *ProviderConfigReference `json:"providerConfigRef,omitempty"`
}
