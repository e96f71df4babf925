package v1alpha1

// Runtime is what runs an application.
//
// +kubebuilder:validation:Enum=Lambda;ECS;EKS
type Runtime string

// Runtimes.
const (
	// RuntimeLambda is Lambda functions.
	RuntimeLambda Runtime = "Lambda"
	// RuntimeECS is tasks of ECS.
	RuntimeECS Runtime = "ECS"
	// RuntimeEKS is pods of EKS by EKS Pod Identity.
	RuntimeEKS Runtime = "EKS"
)

// AccessSpec is who may act as the stack's roles.
type AccessSpec struct {
	// What runs the application: Lambda functions, ECS tasks, or pods of EKS by EKS Pod Identity.
	// +kubebuilder:title=Runtimes
	// +kubebuilder:default={Lambda}
	// +kubebuilder:validation:MinItems=1
	// +listType=set
	// +optional
	Runtimes []Runtime `json:"runtimes,omitempty"`

	// Identities of another provider that may act as the app role, such as service accounts of a Kubernetes cluster (IRSA).
	// +kubebuilder:title=Federated application
	// +optional
	App *FederatedIdentity `json:"app,omitempty"`

	// Identities of another provider that may act as the publisher role, such as a pipeline that uploads the shop's files.
	// +kubebuilder:title=Federated publisher
	// +optional
	Publisher *FederatedIdentity `json:"publisher,omitempty"`

	// What the application uses beside the stack, by name. The app role gets the permissions that using it takes.
	// +kubebuilder:title=Resources
	// +optional
	Resources AccessResources `json:"resources,omitzero"`

	// ARNs of managed policies that are attached to the app role. The platform's input must allow each (limits.allowedPolicyArns).
	// +kubebuilder:title=Managed policies
	// +kubebuilder:example={"arn:aws:iam::123456789012:policy/storefront-search"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=512
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]+$`
	// +listType=set
	// +optional
	PolicyARNs []string `json:"policyArns,omitempty"`

	// ARNs of KMS keys in the stack's region that encrypt secrets and SSM parameters of the application, and registry credentials, if those have no key of the stack or of AWS. The app role, and ECS when it starts containers, may decrypt with them through Secrets Manager and SSM only. The keys' policies must allow it too. The platform's input must allow each (limits.allowedKmsKeyArns).
	// +kubebuilder:title=KMS keys
	// +kubebuilder:example={"arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=256
	// +kubebuilder:validation:items:Pattern=`^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$`
	// +listType=set
	// +optional
	KMSKeyARNs []string `json:"kmsKeyArns,omitempty"`

	// Further permissions of the app role. The platform's input must allow each action. Together with resources they take up to 4,000 characters as an IAM policy.
	// +kubebuilder:title=Statements
	// +kubebuilder:validation:MaxItems=10
	// +listType=atomic
	// +optional
	Statements []Statement `json:"statements,omitempty"`
}

// Statement is permissions of the app role, as a statement of an IAM policy that
// allows something.
type Statement struct {
	// Actions, as service:Action. A * at the end stands for any ending, as in s3:Get*. The platform's input must allow each (limits.allowedActions).
	// +kubebuilder:title=Actions
	// +kubebuilder:example={"bedrock:InvokeModel"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=40
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*[*]?$`
	// +listType=set
	Actions []string `json:"actions"`

	// ARNs that the actions are allowed on, or * for actions that know no resources.
	// +kubebuilder:title=Resources
	// +kubebuilder:example={"arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=40
	// +kubebuilder:validation:items:MaxLength=512
	// +kubebuilder:validation:items:Pattern=`^([*]|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:[!-~]+)$`
	// +listType=set
	Resources []string `json:"resources"`

	// Conditions, all of which must hold.
	// +kubebuilder:title=Conditions
	// +kubebuilder:validation:MaxItems=10
	// +listType=map
	// +listMapKey=operator
	// +listMapKey=key
	// +optional
	Conditions []StatementCondition `json:"conditions,omitempty"`
}

// StatementCondition is a condition of a statement (AWS documentation, "IAM JSON
// policy elements: Condition operators").
type StatementCondition struct {
	// Operator, such as StringEquals or ForAllValues:StringLike.
	// +kubebuilder:title=Operator
	// +kubebuilder:example=StringEquals
	// +kubebuilder:validation:MaxLength=64
	// +kubebuilder:validation:Pattern=`^(Null|((ForAllValues|ForAnyValue):)?(String(Not)?Equals(IgnoreCase)?|String(Not)?Like|(Numeric|Date)((Not)?Equals|(LessThan|GreaterThan)(Equals)?)|Bool|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?)$`
	Operator string `json:"operator"`

	// Key that is compared, such as aws:ResourceTag/team.
	// +kubebuilder:title=Key
	// +kubebuilder:example="aws:ResourceTag/team"
	// +kubebuilder:validation:MaxLength=256
	// +kubebuilder:validation:Pattern=`^[a-z0-9-]+:[!-~]+$`
	Key string `json:"key"`

	// Values, one of which must match.
	// +kubebuilder:title=Values
	// +kubebuilder:example={"storefront"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=20
	// +kubebuilder:validation:items:MinLength=1
	// +kubebuilder:validation:items:MaxLength=256
	// +kubebuilder:validation:items:Pattern=`^[ -~]+$`
	// +listType=set
	Values []string `json:"values"`
}

// AccessResources is what the application uses beside the stack, by name: each in
// the stack's region and account.
type AccessResources struct {
	// Names of DynamoDB tables. The app role can read and write items, and query indexes.
	// +kubebuilder:title=DynamoDB tables
	// +kubebuilder:example={"carts"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MinLength=3
	// +kubebuilder:validation:items:MaxLength=255
	// +kubebuilder:validation:items:Pattern=`^[A-Za-z0-9_.-]+$`
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

	// Verified domains or e-mail addresses of Amazon SES. The app role can send e-mail from them.
	// +kubebuilder:title=SES identities
	// +kubebuilder:example={"shop.example.com"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=253
	// +kubebuilder:validation:items:Pattern=`^([A-Za-z0-9._%+-]+@)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +listType=set
	// +optional
	SESIdentities []string `json:"sesIdentities,omitempty"`
}

// FederatedIdentity is who may assume a role with a token of an OpenID Connect
// provider.
type FederatedIdentity struct {
	// ARN of the account's OpenID Connect provider in IAM.
	// +kubebuilder:title=Provider ARN
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^arn:aws[a-z-]*:iam::[0-9]{12}:oidc-provider/[A-Za-z0-9._/-]+$`
	// +kubebuilder:example="arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
	ProviderARN string `json:"providerArn"`

	// Subjects of the tokens, exactly, such as system:serviceaccount:shop:web or repo:example/shop:ref:refs/heads/main.
	// +kubebuilder:title=Subjects
	// +kubebuilder:example={"system:serviceaccount:shop:web"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=255
	// +kubebuilder:validation:items:Pattern=`^[^*?\s]+$`
	// +listType=set
	Subjects []string `json:"subjects"`

	// Audience of the tokens.
	// +kubebuilder:title=Audience
	// +kubebuilder:default=sts.amazonaws.com
	// +kubebuilder:validation:MaxLength=255
	// +kubebuilder:validation:Pattern=`^[^*?\s]+$`
	// +optional
	Audience string `json:"audience,omitempty"`
}
