package v1alpha1

// SearchSpec is an Amazon OpenSearch Service domain for the shop's search.
//
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || !self.version.matches('^[1-9][.][0-9]{1,2}$') || (int(self.version.split('.')[0]) * 100 + int(self.version.split('.')[1])) >= (int(oldSelf.version.split('.')[0]) * 100 + int(oldSelf.version.split('.')[1]))",fieldPath=".version",message="version cannot be lowered, because OpenSearch Service does not support downgrades: to use an earlier version, create a new stack and index your data again"
// +kubebuilder:validation:XValidation:rule="!has(self.dedicatedMasters) || !self.dedicatedMasters || !has(self.instanceType) || !self.instanceType.startsWith('t')",fieldPath=".dedicatedMasters",message="dedicatedMasters is not supported for T3 instance types: use another instanceType (for example, m6g.large.search), or remove dedicatedMasters"
// +kubebuilder:validation:XValidation:rule="!has(self.multiAZ) || !self.multiAZ || !has(self.instances) || self.instances >= 2",fieldPath=".instances",message="multiAZ requires a node in each zone: set instances to 2 or more, or set multiAZ to false"
type SearchSpec struct {
	// OpenSearch version, such as "2.19". Defaults to "2.19". Can be raised but not lowered. An upgrade to 3.x requires 2.19 or later.
	// +kubebuilder:title=OpenSearch version
	// +kubebuilder:default="2.19"
	// +kubebuilder:validation:MaxLength=4
	// +kubebuilder:validation:XValidation:rule="self.matches('^[1-9][.](0|[1-9][0-9]?)$')",message="version must have a major and a minor number, such as 2.19"
	// +optional
	Version string `json:"version,omitempty"`

	// Instance type of the data nodes, such as m6g.large.search. Defaults to t3.small.search (size small), t3.medium.search (medium), m6g.large.search (large) or r6g.xlarge.search (xlarge).
	// +kubebuilder:title=Instance type
	// +kubebuilder:example=m6g.large.search
	// +kubebuilder:validation:MaxLength=32
	// +kubebuilder:validation:XValidation:rule="self.matches('^[a-z][a-z0-9]*[.][a-z0-9]+[.]search$')",message="instanceType must be an OpenSearch Service instance type, such as m6g.large.search"
	// +optional
	InstanceType string `json:"instanceType,omitempty"`

	// Number of data nodes. Defaults to 2 with multiAZ, otherwise to 1. With several zones, the number must be a multiple of the number of zones.
	// +kubebuilder:title=Data nodes
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=20
	// +optional
	Instances *int32 `json:"instances,omitempty"`

	// Distributes data nodes across availability zones: three zones if instances is a multiple of three and the network has three zones, otherwise two. Defaults to true in production unless instances is 1, otherwise to false.
	// +kubebuilder:title=Multi-AZ
	// +optional
	MultiAZ *bool `json:"multiAZ,omitempty"`

	// Adds three dedicated master nodes. AWS recommends these nodes for production and charges for them per hour. Not available for T3 instance types.
	// +kubebuilder:title=Dedicated masters
	// +optional
	DedicatedMasters bool `json:"dedicatedMasters,omitempty"`

	// Storage per data node, in GiB. The maximum depends on the instance type; for example, it is 100 for t3.small.search. Defaults to 10 (size small), 20 (medium), 50 (large) or 100 (xlarge).
	// +kubebuilder:title=Storage in GiB
	// +kubebuilder:validation:Minimum=10
	// +kubebuilder:validation:Maximum=3072
	// +optional
	StorageGiB *int32 `json:"storageGiB,omitempty"`

	// Start of the daily ten-hour window for software updates and tuning, in the format hh:mm (UTC). Defaults to 22:00.
	// +kubebuilder:title=Start of the update window
	// +kubebuilder:default="22:00"
	// +kubebuilder:validation:MaxLength=5
	// +kubebuilder:validation:XValidation:rule="self.matches('^([01][0-9]|2[0-3]):[0-5][0-9]$')",message="softwareUpdateTime must be a UTC time in the format hh:mm, such as 22:00"
	// +optional
	SoftwareUpdateTime string `json:"softwareUpdateTime,omitempty"`

	// Prevents removal of the search field from the claim, and keeps the domain when the stack is deleted. This also applies with deletionPolicy Snapshot, because OpenSearch Service does not support final snapshots. Defaults to false with deletionPolicy Delete, otherwise to true.
	// +kubebuilder:title=Deletion protection
	// +optional
	DeletionProtection *bool `json:"deletionProtection,omitempty"`
}
