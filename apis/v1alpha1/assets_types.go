package v1alpha1

// AssetsSpec is the bucket for static files.
//
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.replica) || has(self.replica)",fieldPath=".replica",message="the replica cannot be removed, because it contains data: to delete it, delete the stack"
// +kubebuilder:validation:XValidation:rule="has(self.existing) == has(oldSelf.existing)",fieldPath=".existing",message="assets.existing cannot be added or removed after creation: create a new stack"
type AssetsSpec struct {
	// Days for which replaced or deleted versions of a file can be restored. Defaults to 90.
	// +kubebuilder:title=Days to keep old versions
	// +kubebuilder:default=90
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=3650
	// +optional
	NoncurrentVersionDays int32 `json:"noncurrentVersionDays,omitempty"`

	// Path patterns to serve from the bucket, even if a service has the path /*. A * matches any text. The object key is the path without the leading slash. By default, a service with the path /* receives all requests, including those for /assets/*. If no service has the path /*, the bucket serves all paths that are not assigned to a service.
	// +kubebuilder:title=File paths
	// +kubebuilder:example={"/static/*"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_.*$/~"'@:+-]+$`
	// +kubebuilder:validation:XValidation:rule="!('/*' in self)",message="the path /* is not allowed, because the bucket already serves all paths that no service answers: remove /*"
	// +listType=set
	// +optional
	Paths []string `json:"paths,omitempty"`

	// Replica of the bucket in another region. S3 updates the replica within minutes. Existing files are not copied. The replica cannot be removed, and its region cannot be changed.
	// +kubebuilder:title=Replica
	// +optional
	Replica *AssetsReplica `json:"replica,omitempty"`

	// Existing bucket, which the stack adopts with all its files: first with policy Observe, then with policy Manage.
	// +kubebuilder:title=Existing bucket
	// +optional
	Existing *ExistingBucket `json:"existing,omitempty"`

	// Response to requests for missing files. If the stack has no application, the response defaults to /404.html with status 404.
	// +kubebuilder:title=Not found
	// +optional
	NotFound *NotFound `json:"notFound,omitempty"`
}

// NotFound is the response to requests for missing files.
type NotFound struct {
	// Path of the page in the assets bucket. Defaults to /index.html.
	// +kubebuilder:title=Page
	// +kubebuilder:default="/index.html"
	// +kubebuilder:validation:MaxLength=255
	// +kubebuilder:validation:Pattern=`^/([A-Za-z0-9_.~-]+/)*[A-Za-z0-9_~-]+[.][A-Za-z0-9]+$`
	// +optional
	Page string `json:"page,omitempty"`

	// HTTP status of the response. Defaults to 200, for single-page applications: paths whose last segment has no dot, such as /cart, return the page. Paths below /.well-known/ and missing files, such as /app.js, still return status 404. For static sites, set status to 404: every missing path then returns the page with status 404. Status 404 cannot be combined with an application.
	// +kubebuilder:title=Status
	// +kubebuilder:default=200
	// +kubebuilder:validation:Enum=200;404
	// +optional
	Status int32 `json:"status,omitempty"`
}

// ExistingPolicy controls how a stack adopts an existing resource.
//
// +kubebuilder:validation:Enum=Observe;Manage
type ExistingPolicy string

// ExistingPolicy values.
const (
	ExistingPolicyObserve ExistingPolicy = "Observe"
	ExistingPolicyManage  ExistingPolicy = "Manage"
)

// ExistingBucket is an existing bucket that a stack adopts.
//
// +kubebuilder:validation:XValidation:rule="self.name == oldSelf.name",fieldPath=".name",message="name cannot be changed: to use another bucket, create a new stack"
// +kubebuilder:validation:XValidation:rule="oldSelf.policy != 'Manage' || self.policy == 'Manage'",fieldPath=".policy",message="policy cannot be changed from Manage to Observe"
type ExistingBucket struct {
	// Name of the bucket, which must be in the stack's account and region.
	// +kubebuilder:title=Name
	// +kubebuilder:example="shop-assets-2019"
	// +kubebuilder:validation:MaxLength=63
	// +kubebuilder:validation:Pattern=`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`
	Name string `json:"name"`

	// Management of the bucket. With Observe, nothing is changed, and the stack does not become ready. With Manage, all files are kept, but the stack's settings replace the bucket's encryption, bucket policy, versioning, logging and lifecycle rules. Defaults to Observe.
	// +kubebuilder:title=Policy
	// +kubebuilder:default=Observe
	// +optional
	Policy ExistingPolicy `json:"policy,omitempty"`
}

// AssetsReplica is a replica of the assets bucket.
//
// +kubebuilder:validation:XValidation:rule="self.region == oldSelf.region",fieldPath=".region",message="the replica's region cannot be changed"
type AssetsReplica struct {
	// AWS region of the replica. Must differ from the stack's region but be in the same AWS partition.
	// +kubebuilder:title=Region
	// +kubebuilder:example=eu-central-1
	Region Region `json:"region"`
}
