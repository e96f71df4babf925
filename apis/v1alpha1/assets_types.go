package v1alpha1

// AssetsSpec is the bucket of static files.
//
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.replica) || has(self.replica)",fieldPath=".replica",message="the replica cannot be removed: it holds data; delete it with the stack"
// +kubebuilder:validation:XValidation:rule="has(self.existing) == has(oldSelf.existing)",fieldPath=".existing",message="a stack takes an existing bucket over when it is made, and keeps it: create a new stack"
type AssetsSpec struct {
	// Days that replaced or deleted versions of a file can still be brought back.
	// +kubebuilder:title=Days to keep old versions
	// +kubebuilder:default=90
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=3650
	// +optional
	NoncurrentVersionDays int32 `json:"noncurrentVersionDays,omitempty"`

	// Paths that are files of the bucket although a service answers /*. A * stands for any text. A file's key is its path without the first slash. Without it the service answers all paths, its own /assets/* too. Where no service answers /*, all paths that none answers are files.
	// +kubebuilder:title=Paths of files
	// +kubebuilder:example={"/static/*"}
	// +kubebuilder:validation:MaxItems=10
	// +kubebuilder:validation:items:MaxLength=128
	// +kubebuilder:validation:items:Pattern=`^/[A-Za-z0-9_.*$/~"'@:+-]+$`
	// +kubebuilder:validation:XValidation:rule="!('/*' in self)",message="all paths are files where no service answers /*: remove /* here"
	// +listType=set
	// +optional
	Paths []string `json:"paths,omitempty"`

	// Copy of the bucket in another region, kept up to date by S3 within minutes. Files that were there before are not copied. It cannot be removed or moved.
	// +kubebuilder:title=Replica
	// +optional
	Replica *AssetsReplica `json:"replica,omitempty"`

	// A bucket that exists and that the stack takes over with all that is in it, first to look at, then to manage.
	// +kubebuilder:title=Existing bucket
	// +optional
	Existing *ExistingBucket `json:"existing,omitempty"`

	// What visitors get for a path that is no file. Without it, and without an application, that is /404.html with status 404.
	// +kubebuilder:title=Not found
	// +optional
	NotFound *NotFound `json:"notFound,omitempty"`
}

// NotFound is what visitors get for a path that is no file.
type NotFound struct {
	// File that is served, from the assets bucket.
	// +kubebuilder:title=Page
	// +kubebuilder:default="/index.html"
	// +kubebuilder:validation:MaxLength=255
	// +kubebuilder:validation:Pattern=`^/([A-Za-z0-9_.~-]+/)*[A-Za-z0-9_~-]+[.][A-Za-z0-9]+$`
	// +optional
	Page string `json:"page,omitempty"`

	// Status of the answer. 200 (default) is for single-page applications: each path whose last segment has no dot, such as /cart or /products/7, is answered by the page, except below /.well-known/, and a missing file such as /app.js by S3 with 404. 404 is for sites of files: whatever is missing is answered by the page with 404. That would replace the answers of an application too, so it cannot be combined with one.
	// +kubebuilder:title=Status
	// +kubebuilder:default=200
	// +kubebuilder:validation:Enum=200;404
	// +optional
	Status int32 `json:"status,omitempty"`
}

// ExistingPolicy is what a stack does with a resource that it takes over.
//
// +kubebuilder:validation:Enum=Observe;Manage
type ExistingPolicy string

// ExistingPolicy values.
const (
	ExistingPolicyObserve ExistingPolicy = "Observe"
	ExistingPolicyManage  ExistingPolicy = "Manage"
)

// ExistingBucket is a bucket that somebody else made, which a stack takes over.
//
// +kubebuilder:validation:XValidation:rule="self.name == oldSelf.name",fieldPath=".name",message="name is immutable: the stack has taken that bucket over; create a new stack for another one"
// +kubebuilder:validation:XValidation:rule="oldSelf.policy != 'Manage' || self.policy == 'Manage'",fieldPath=".policy",message="what the stack has changed it goes on managing: leave policy at Manage"
type ExistingBucket struct {
	// Name of the bucket, in the stack's account and region.
	// +kubebuilder:title=Name
	// +kubebuilder:example="shop-assets-2019"
	// +kubebuilder:validation:MinLength=3
	// +kubebuilder:validation:MaxLength=63
	// +kubebuilder:validation:Pattern=`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`
	Name string `json:"name"`

	// Observe changes nothing of the bucket, and the stack is not ready as long as it is so. Manage gives it the stack's encryption, policy, versions, logs and life cycle, in place of those that it has; files stay.
	// +kubebuilder:title=Policy
	// +kubebuilder:default=Observe
	// +optional
	Policy ExistingPolicy `json:"policy,omitempty"`
}

// AssetsReplica is a copy of the assets bucket.
//
// +kubebuilder:validation:XValidation:rule="self.region == oldSelf.region",fieldPath=".region",message="the replica's region is immutable: a bucket cannot move"
type AssetsReplica struct {
	// AWS region of the copy: another one than the stack's, of the same partition.
	// +kubebuilder:title=Region
	// +kubebuilder:example=eu-central-1
	Region Region `json:"region"`
}
