package v1alpha1

// HostedZoneType states who manages the zone of the shop's records.
//
// +kubebuilder:validation:Enum=Existing;Managed
type HostedZoneType string

// HostedZoneType values.
const (
	// HostedZoneExisting is an existing zone, which the stack does not manage.
	HostedZoneExisting HostedZoneType = "Existing"
	// HostedZoneManaged is a zone that the stack creates.
	HostedZoneManaged HostedZoneType = "Managed"
)

// HostedZoneSpec is a Route 53 zone: an existing one, or one that the stack
// creates.
//
// +kubebuilder:validation:XValidation:rule="has(self.existing) == (self.type == 'Existing')",fieldPath=".existing",message="if type is Existing, set existing.id; otherwise, remove existing"
// +kubebuilder:validation:XValidation:rule="has(self.managed) == (self.type == 'Managed')",fieldPath=".managed",message="if type is Managed, set managed.name; otherwise, remove managed"
// +kubebuilder:validation:XValidation:rule="self.type == oldSelf.type",fieldPath=".type",message="the zone cannot be changed in place: remove hostedZone, wait until the records are deleted, then set the new zone"
type HostedZoneSpec struct {
	// Management of the zone: Existing uses a zone that you manage; Managed creates a zone. Cannot be changed while hostedZone is set.
	// +kubebuilder:title=Type
	// +unionDiscriminator
	Type HostedZoneType `json:"type"`

	// Existing public zone in the stack's account.
	// +kubebuilder:title=Existing zone
	// +optional
	Existing *ExistingHostedZone `json:"existing,omitempty"`

	// Zone that the stack creates.
	// +kubebuilder:title=Managed zone
	// +optional
	Managed *ManagedHostedZone `json:"managed,omitempty"`
}

// ExistingHostedZone is a zone that the stack does not manage.
//
// +kubebuilder:validation:XValidation:rule="self.id == oldSelf.id",fieldPath=".id",message="the zone cannot be changed in place: remove hostedZone, wait until the records are deleted, then set the new zone"
type ExistingHostedZone struct {
	// ID of the zone, without /hostedzone/. Cannot be changed.
	// +kubebuilder:title=Zone ID
	// +kubebuilder:example="Z0123456789ABCDEFGHIJ"
	// +kubebuilder:validation:MaxLength=32
	// +kubebuilder:validation:Pattern=`^Z[A-Z0-9]+$`
	ID string `json:"id"`
}

// ManagedHostedZone is a zone that the stack creates.
//
// +kubebuilder:validation:XValidation:rule="self.name == oldSelf.name",fieldPath=".name",message="name cannot be changed, because the zone can contain records that the stack did not create"
type ManagedHostedZone struct {
	// Domain name of the zone. Delegate the domain to the name servers in status.cdn.hostedZone. The name cannot be changed.
	// +kubebuilder:title=Zone name
	// +kubebuilder:example="example.com"
	// +kubebuilder:validation:MaxLength=253
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	Name string `json:"name"`

	// Enables DNSSEC signing. After signing is enabled, add a DS record to the parent zone. Before you disable signing or delete the stack, remove the DS record; otherwise, the shop's domains stop resolving.
	// +kubebuilder:title=DNSSEC
	// +optional
	DNSSEC bool `json:"dnssec,omitempty"`

	// Enables DNS query logging.
	// +kubebuilder:title=Query logs
	// +optional
	QueryLogs bool `json:"queryLogs,omitempty"`
}
