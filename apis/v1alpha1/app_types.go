package v1alpha1

// AppSpec is what answers the shop's visitors beside files.
type AppSpec struct {
	// A private load balancer that exists, which answers some paths of the shop.
	// +kubebuilder:title=Load balancer
	// +optional
	LoadBalancer *LoadBalancer `json:"loadBalancer,omitempty"`
}

// LoadBalancer is a load balancer in front of an application, which needs no
// public address: CloudFront reaches it inside of its VPC.
type LoadBalancer struct {
	// ARN of the load balancer, in the stack's region and account. Its security group must let in CloudFront-VPCOrigins-Service-SG by HTTPS.
	// +kubebuilder:title=ARN
	// +kubebuilder:example="arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1234567890abcdef"
	// +kubebuilder:validation:MaxLength=512
	// +kubebuilder:validation:Pattern=`^arn:aws:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/(app|net)/[A-Za-z0-9-]+/[0-9a-f]+$`
	ARN string `json:"arn"`

	// Name that the load balancer's certificate is for. CloudFront asks by it, and nobody else needs to resolve it.
	// +kubebuilder:title=Domain name
	// +kubebuilder:example="app.example.com"
	// +kubebuilder:validation:MaxLength=253
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +kubebuilder:validation:XValidation:rule="!self.endsWith('.amazonaws.com')",message="no certificate can be for a load balancer's own name, so CloudFront would answer every request with 502: use a name of your own that its certificate is for, such as app.example.com"
	DomainName string `json:"domainName"`

	// Paths that the application answers. Everything else is a file of the assets bucket.
	// +kubebuilder:title=Paths
	// +kubebuilder:default={"/api/*"}
	// +kubebuilder:validation:MinItems=1
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=255
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_.*$/~"'@:+&?-]*$`
	// +listType=set
	// +optional
	Paths []string `json:"paths,omitempty"`
}
