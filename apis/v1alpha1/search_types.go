package v1alpha1

// SearchSpec is a domain of Amazon OpenSearch Service, which the shop's search runs on.
//
// +kubebuilder:validation:XValidation:rule="!has(self.version) || !has(oldSelf.version) || !self.version.matches('^[1-9][.][0-9]{1,2}$') || (int(self.version.split('.')[0]) * 100 + int(self.version.split('.')[1])) >= (int(oldSelf.version.split('.')[0]) * 100 + int(oldSelf.version.split('.')[1]))",fieldPath=".version",message="version cannot be lowered: OpenSearch Service does not downgrade; index the catalog again in another stack instead"
// +kubebuilder:validation:XValidation:rule="!has(self.dedicatedMasters) || !self.dedicatedMasters || !has(self.instanceType) || !self.instanceType.startsWith('t')",fieldPath=".dedicatedMasters",message="dedicated masters are for larger domains: set instanceType to one such as m6g.large.search, or remove dedicatedMasters"
// +kubebuilder:validation:XValidation:rule="!has(self.multiAZ) || !self.multiAZ || !has(self.instances) || self.instances >= 2",fieldPath=".instances",message="a domain in several zones needs a node in each: set instances to 2 or more, or multiAZ to false"
type SearchSpec struct {
	// OpenSearch version, such as "2.19". It can be raised but not lowered. AWS upgrades to 3.x from 2.19 or later only.
	// +kubebuilder:title=OpenSearch version
	// +kubebuilder:default="2.19"
	// +kubebuilder:validation:MaxLength=4
	// +kubebuilder:validation:XValidation:rule="self.matches('^[1-9][.](0|[1-9][0-9]?)$')",message="version must have a major and a minor number, such as 2.19"
	// +optional
	Version string `json:"version,omitempty"`

	// Instance type of each data node, such as m6g.large.search. Default, by size: t3.small.search, t3.medium.search, m6g.large.search, r6g.xlarge.search.
	// +kubebuilder:title=Instance type
	// +kubebuilder:example=m6g.large.search
	// +kubebuilder:validation:MaxLength=32
	// +kubebuilder:validation:XValidation:rule="self.matches('^[a-z][a-z0-9]*[.][a-z0-9]+[.]search$')",message="instanceType must be one of OpenSearch Service, such as m6g.large.search"
	// +optional
	InstanceType string `json:"instanceType,omitempty"`

	// Number of data nodes. In several zones it must be a multiple of their number. Defaults to a node in each of two zones with multiAZ, otherwise to one node.
	// +kubebuilder:title=Data nodes
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=20
	// +optional
	Instances *int32 `json:"instances,omitempty"`

	// Whether data nodes stand in several zones: in three if instances is a multiple of three and the network has three, otherwise in two. Default: true in production unless instances is 1, false elsewhere.
	// +kubebuilder:title=Multi-AZ
	// +optional
	MultiAZ *bool `json:"multiAZ,omitempty"`

	// Whether three nodes without data manage the cluster. AWS recommends them for production. They cost by the hour. Not with instance types of T3.
	// +kubebuilder:title=Dedicated masters
	// +optional
	DedicatedMasters bool `json:"dedicatedMasters,omitempty"`

	// Storage of each data node in GiB. The maximum depends on the instance type, such as 100 for t3.small.search. Default, by size: 10, 20, 50, 100.
	// +kubebuilder:title=Storage in GiB
	// +kubebuilder:validation:Minimum=10
	// +kubebuilder:validation:Maximum=3072
	// +optional
	StorageGiB *int32 `json:"storageGiB,omitempty"`

	// Beginning in UTC, hh:mm, of the ten hours of each day in which OpenSearch Service updates its software and tunes the domain.
	// +kubebuilder:title=Time of software updates
	// +kubebuilder:default="22:00"
	// +kubebuilder:validation:MaxLength=5
	// +kubebuilder:validation:XValidation:rule="self.matches('^([01][0-9]|2[0-3]):[0-5][0-9]$')",message="softwareUpdateTime must be hours and minutes in UTC, such as 22:00"
	// +optional
	SoftwareUpdateTime string `json:"softwareUpdateTime,omitempty"`

	// Whether search cannot be removed from the claim, and the domain stays in AWS when the stack is deleted. OpenSearch Service takes no final snapshot, so under Snapshot it stays as under Retain. Default: true, but false where deletionPolicy is Delete.
	// +kubebuilder:title=Deletion protection
	// +optional
	DeletionProtection *bool `json:"deletionProtection,omitempty"`
}
