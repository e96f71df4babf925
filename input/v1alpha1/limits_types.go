package v1alpha1

import (
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// Limits restricts claims. Without a limit, a claim can use everything that the API
// allows, except additional permissions, which need an explicit limit.
type Limits struct {
	// AWS regions that claims can use. Defaults to all.
	// +kubebuilder:title=Regions
	// +kubebuilder:validation:MinItems=1
	// +listType=set
	// +optional
	Regions []v1alpha1.Region `json:"regions,omitempty"`

	// Environments that claims can use. Defaults to all.
	// +kubebuilder:title=Environments
	// +kubebuilder:validation:MinItems=1
	// +listType=set
	// +optional
	Environments []v1alpha1.Environment `json:"environments,omitempty"`

	// Sizes that claims can use. Defaults to all.
	// +kubebuilder:title=Sizes
	// +kubebuilder:validation:MinItems=1
	// +listType=set
	// +optional
	Sizes []v1alpha1.Size `json:"sizes,omitempty"`

	// Database instance classes that claims can use, whether set by size or explicitly. A trailing * matches any ending, as in db.t4g.*. Defaults to all.
	// +kubebuilder:title=Instance classes
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:items:Pattern=`^db\.[a-z0-9.-]*[a-z0-9.*]$`
	// +listType=set
	// +optional
	InstanceClasses []string `json:"instanceClasses,omitempty"`

	// Deletion policies that claims can use. Defaults to all.
	// +kubebuilder:title=Deletion policies
	// +kubebuilder:validation:MinItems=1
	// +listType=set
	// +optional
	DeletionPolicies []v1alpha1.DeletionPolicy `json:"deletionPolicies,omitempty"`

	// Minimum backup retention in days, 1 to 35.
	// +kubebuilder:title=Minimum backup retention in days
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=35
	// +optional
	MinBackupRetentionDays int32 `json:"minBackupRetentionDays,omitempty"`

	// Maximum capacity of an Aurora Serverless instance in Aurora capacity units (ACU), 1 to 256. One ACU has about 2 GiB of memory. Use this to limit the cost of a cluster, because cost estimates do not include scaling.
	// +kubebuilder:title=Maximum serverless capacity
	// +kubebuilder:validation:XValidation:rule="isQuantity(string(self)) && [quantity(string(self)).asApproximateFloat()].all(c, c >= 1.0 && c <= 256.0 && double(int(c * 2.0)) == c * 2.0)",message="must be from 1 to 256 in steps of 0.5, such as 8 or \"1.5\"; write fractions in quotes"
	// +optional
	MaxServerlessCapacity *resource.Quantity `json:"maxServerlessCapacity,omitempty"`

	// Maximum estimated monthly cost of a stack in USD, without usage charges. No limit by default.
	// +kubebuilder:title=Monthly cost limit in USD
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=100000000
	// +optional
	MaxMonthlyCostUSD int64 `json:"maxMonthlyCostUSD,omitempty"`

	// ARNs of managed policies that claims can attach to the app role (access.policyArns). A trailing * matches any ending. Defaults to none.
	// +kubebuilder:title=Managed policies
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:items:MaxLength=512
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]*[*]?$`
	// +listType=set
	// +optional
	AllowedPolicyARNs []string `json:"allowedPolicyArns,omitempty"`

	// ARNs of KMS keys with which claims can allow their application to decrypt (access.kmsKeyArns). A trailing * matches any ending. Defaults to none.
	// +kubebuilder:title=KMS keys
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:items:MaxLength=256
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]*[*]?$`
	// +listType=set
	// +optional
	AllowedKMSKeyARNs []string `json:"allowedKmsKeyArns,omitempty"`

	// IAM actions that claims can grant to the app role (access.statements), in the format service:Action. A trailing * matches any ending, as in bedrock:Invoke* or translate:*. Defaults to none.
	// +kubebuilder:title=Actions
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^[a-z][a-z0-9-]*:([A-Z][A-Za-z0-9]*)?[*]?$`
	// +listType=set
	// +optional
	AllowedActions []string `json:"allowedActions,omitempty"`

	// Names of DynamoDB tables, SQS queues and SES identities that claims can use (access.resources). A trailing * matches any ending, as in shop-*. Defaults to all.
	// +kubebuilder:title=Resources
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=100
	// +kubebuilder:validation:items:MaxLength=255
	// +kubebuilder:validation:items:Pattern=`^[A-Za-z0-9_.@%+-]+[*]?$`
	// +listType=set
	// +optional
	ResourceNames []string `json:"resourceNames,omitempty"`

	// Tags that every claim must set, such as a cost center.
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

	// Regular expression (RE2) that the whole value must match. By default, any value is allowed.
	// +kubebuilder:title=Pattern
	// +kubebuilder:validation:MaxLength=256
	// +optional
	Pattern string `json:"pattern,omitempty"`
}

// EnvironmentSource is an additional source of the input's fields.
//
// +kubebuilder:validation:XValidation:rule="(has(self.name) && size(self.name) > 0) != (has(self.fromContext) && self.fromContext)",message="set either name, or fromContext to true"
type EnvironmentSource struct {
	// Name of an EnvironmentConfig.
	// +kubebuilder:title=EnvironmentConfig
	// +kubebuilder:validation:MaxLength=253
	// +optional
	Name string `json:"name,omitempty"`

	// Uses the environment from earlier functions in the pipeline, such as function-environment-configs.
	// +kubebuilder:title=From the pipeline context
	// +optional
	FromContext bool `json:"fromContext,omitempty"`

	// Field of the environment's data that contains the input's fields. Defaults to secureEcommerce.
	// +kubebuilder:title=Field
	// +kubebuilder:default=secureEcommerce
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	// +optional
	Field string `json:"field,omitempty"`
}

// Account is the AWS account of the stacks that match it.
type Account struct {
	// AWS regions of the stacks. Defaults to all.
	// +kubebuilder:title=Regions
	// +listType=set
	// +optional
	Regions []v1alpha1.Region `json:"regions,omitempty"`

	// Environments of the stacks. Defaults to all.
	// +kubebuilder:title=Environments
	// +listType=set
	// +optional
	Environments []v1alpha1.Environment `json:"environments,omitempty"`

	// Namespaces of the claims. Defaults to all.
	// +kubebuilder:title=Namespaces
	// +listType=set
	// +optional
	Namespaces []string `json:"namespaces,omitempty"`

	// AWS account ID of the stacks.
	// +kubebuilder:title=AWS account ID
	// +kubebuilder:validation:Pattern=`^[0-9]{12}$`
	// +optional
	AccountID string `json:"accountId,omitempty"`

	// ProviderConfig of the stacks' managed resources.
	// +kubebuilder:title=Provider config
	// +optional
	ProviderConfigRef *ProviderConfigReference `json:"providerConfigRef,omitempty"`
}
