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
