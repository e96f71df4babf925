package v1alpha1

// Runtime is a platform that runs the application.
//
// +kubebuilder:validation:Enum=Lambda;ECS;EKS
type Runtime string

// Runtimes.
const (
	// RuntimeLambda is for Lambda functions.
	RuntimeLambda Runtime = "Lambda"
	// RuntimeECS is for ECS tasks.
	RuntimeECS Runtime = "ECS"
	// RuntimeEKS is for EKS pods with EKS Pod Identity.
	RuntimeEKS Runtime = "EKS"
)

// AccessSpec configures who can assume the stack's roles.
type AccessSpec struct {
	// Platforms that run the application: Lambda, ECS, or EKS with EKS Pod Identity. Defaults to Lambda.
	// +kubebuilder:title=Runtimes
	// +kubebuilder:default={Lambda}
	// +kubebuilder:validation:MinItems=1
	// +listType=set
	// +optional
	Runtimes []Runtime `json:"runtimes,omitempty"`

	// OpenID Connect identities, such as Kubernetes service accounts (IRSA), that can assume the app role.
	// +kubebuilder:title=Federated application
	// +optional
	App *FederatedIdentity `json:"app,omitempty"`

	// OpenID Connect identities, such as the identity of a pipeline, that can assume the publisher role to upload static files.
	// +kubebuilder:title=Federated publisher
	// +optional
	Publisher *FederatedIdentity `json:"publisher,omitempty"`

	// Names of external resources that the application uses. The app role gets permission to use these resources.
	// +kubebuilder:title=Resources
	// +optional
	Resources AccessResources `json:"resources,omitzero"`

	// ARNs of managed policies to attach to the app role. The platform must allow each policy (`limits.allowedPolicyArns`).
	// +kubebuilder:title=Managed policies
	// +kubebuilder:example={"arn:aws:iam::123456789012:policy/storefront-search"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=512
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]+$`
	// +listType=set
	// +optional
	PolicyARNs []string `json:"policyArns,omitempty"`

	// ARNs of KMS keys in the stack's region that encrypt the application's secrets, SSM parameters and registry credentials. Required only for keys that neither the stack nor AWS manages. The app role and the ECS execution role can use these keys only to decrypt, and only through Secrets Manager and SSM. The key policies must also allow these roles to decrypt. The platform must allow each key (`limits.allowedKmsKeyArns`).
	// +kubebuilder:title=KMS keys
	// +kubebuilder:example={"arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=256
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$`
	// +listType=set
	// +optional
	KMSKeyARNs []string `json:"kmsKeyArns,omitempty"`

	// Additional permissions for the app role. The platform must allow each action. The IAM policy that results from access.statements and access.resources must not exceed 4,000 characters.
	// +kubebuilder:title=Statements
	// +kubebuilder:validation:MaxItems=10
	// +listType=atomic
	// +optional
	Statements []Statement `json:"statements,omitempty"`
}

// Statement is a statement with effect Allow in the app role's IAM policy.
type Statement struct {
	// IAM actions in the format service:Action. A trailing * matches any ending, as in s3:Get*. The platform must allow each action (`limits.allowedActions`).
	// +kubebuilder:title=Actions
	// +kubebuilder:example={"bedrock:InvokeModel"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=40
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*[*]?$`
	// +listType=set
	Actions []string `json:"actions"`

	// ARNs of the resources that the actions apply to, or * for actions without resource-level permissions.
	// +kubebuilder:title=Resources
	// +kubebuilder:example={"arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=40
	// +kubebuilder:validation:items:MaxLength=512
	// +kubebuilder:validation:items:Pattern=`^([*]|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:[!-~]+)$`
	// +listType=set
	Resources []string `json:"resources"`

	// Conditions that must all be met.
	// +kubebuilder:title=Conditions
	// +kubebuilder:validation:MaxItems=10
	// +listType=map
	// +listMapKey=operator
	// +listMapKey=key
	// +optional
	Conditions []StatementCondition `json:"conditions,omitempty"`
}

// StatementCondition is a condition of a statement (see "IAM JSON policy elements:
// Condition operators" in the AWS documentation).
type StatementCondition struct {
	// Condition operator, such as StringEquals or ForAllValues:StringLike.
	// +kubebuilder:title=Operator
	// +kubebuilder:example=StringEquals
	// +kubebuilder:validation:MaxLength=64
	// +kubebuilder:validation:Pattern=`^(Null|((ForAllValues|ForAnyValue):)?(String(Not)?Equals(IgnoreCase)?|String(Not)?Like|(Numeric|Date)((Not)?Equals|(LessThan|GreaterThan)(Equals)?)|Bool|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?)$`
	Operator string `json:"operator"`

	// Condition key, such as aws:ResourceTag/team.
	// +kubebuilder:title=Key
	// +kubebuilder:example="aws:ResourceTag/team"
	// +kubebuilder:validation:MaxLength=256
	// +kubebuilder:validation:Pattern=`^[a-z0-9-]+:[!-~]+$`
	Key string `json:"key"`

	// Values that the condition key is compared with. At least one value must match.
	// +kubebuilder:title=Values
	// +kubebuilder:example={"storefront"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MaxLength=256
	// +kubebuilder:validation:items:Pattern=`^[ -~]+$`
	// +listType=set
	Values []string `json:"values"`
}

// AccessResources lists the names of external resources that the application uses.
// The resources must be in the stack's region and account.
type AccessResources struct {
	// Names of DynamoDB tables. The app role can read and write items and query indexes.
	// +kubebuilder:title=DynamoDB tables
	// +kubebuilder:example={"carts"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=255
	// +kubebuilder:validation:items:Pattern=`^[A-Za-z0-9_.-]{3,}$`
	// +listType=set
	// +optional
	DynamoDBTables []string `json:"dynamoDBTables,omitempty"`

	// Names of SQS queues. The app role can send, receive and delete messages.
	// +kubebuilder:title=SQS queues
	// +kubebuilder:example={"orders.fifo"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=80
	// +kubebuilder:validation:items:Pattern=`^[A-Za-z0-9_-]+([.]fifo)?$`
	// +listType=set
	// +optional
	SQSQueues []string `json:"sqsQueues,omitempty"`

	// Verified SES domains or email addresses that the app role can send email from.
	// +kubebuilder:title=SES identities
	// +kubebuilder:example={"shop.example.com"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=253
	// +kubebuilder:validation:items:Pattern=`^([A-Za-z0-9._%+-]+@)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +listType=set
	// +optional
	SESIdentities []string `json:"sesIdentities,omitempty"`
}

// FederatedIdentity allows identities from an OpenID Connect provider to assume a
// role.
type FederatedIdentity struct {
	// ARN of the IAM OpenID Connect provider in the stack's account.
	// +kubebuilder:title=Provider ARN
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^arn:aws[a-z-]*:iam::[0-9]{12}:oidc-provider/[A-Za-z0-9._/-]+$`
	// +kubebuilder:example="arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
	ProviderARN string `json:"providerArn"`

	// Exact subjects of the tokens, such as system:serviceaccount:shop:web or repo:example/shop:ref:refs/heads/main. Wildcards are not allowed.
	// +kubebuilder:title=Subjects
	// +kubebuilder:example={"system:serviceaccount:shop:web"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=255
	// +kubebuilder:validation:items:Pattern=`^[^*?\s]+$`
	// +listType=set
	Subjects []string `json:"subjects"`

	// Audience of the tokens. Defaults to sts.amazonaws.com.
	// +kubebuilder:title=Audience
	// +kubebuilder:default=sts.amazonaws.com
	// +kubebuilder:validation:MaxLength=255
	// +kubebuilder:validation:Pattern=`^[^*?\s]+$`
	// +optional
	Audience string `json:"audience,omitempty"`
}
