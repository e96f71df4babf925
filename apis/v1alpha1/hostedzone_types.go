package v1alpha1

// HostedZoneType is whose zone has the shop's records.
//
// +kubebuilder:validation:Enum=Existing;Managed
type HostedZoneType string

// HostedZoneType values.
const (
	// HostedZoneExisting is a zone that exists and stays its owner's.
	HostedZoneExisting HostedZoneType = "Existing"
	// HostedZoneManaged is a zone that the stack makes.
	HostedZoneManaged HostedZoneType = "Managed"
)

// HostedZoneSpec is a Route 53 zone: one that exists, or one that the stack makes.
//
// +kubebuilder:validation:XValidation:rule="has(self.existing) == (self.type == 'Existing')",fieldPath=".existing",message="existing goes with type Existing: give the id of the zone, and nothing else"
// +kubebuilder:validation:XValidation:rule="has(self.managed) == (self.type == 'Managed')",fieldPath=".managed",message="managed goes with type Managed: give the name of the zone that the stack shall make, and nothing else"
// +kubebuilder:validation:XValidation:rule="self.type == oldSelf.type",fieldPath=".type",message="records cannot move to another zone: remove hostedZone first, and set the other one once the records are gone"
type HostedZoneSpec struct {
	// Whether the zone exists and is its owner's (Existing), or the stack makes it (Managed).
	// +kubebuilder:title=Type
	// +unionDiscriminator
	Type HostedZoneType `json:"type"`

	// A public zone of the account that exists and stays its owner's.
	// +kubebuilder:title=Existing zone
	// +optional
	Existing *ExistingHostedZone `json:"existing,omitempty"`

	// A zone that the stack makes.
	// +kubebuilder:title=Managed zone
	// +optional
	Managed *ManagedHostedZone `json:"managed,omitempty"`
}

// ExistingHostedZone is a zone that somebody else looks after.
//
// +kubebuilder:validation:XValidation:rule="self.id == oldSelf.id",fieldPath=".id",message="records cannot move to another zone: remove hostedZone first, and set the other one once the records are gone"
type ExistingHostedZone struct {
	// ID of the zone.
	// +kubebuilder:title=Zone ID
	// +kubebuilder:example="Z0123456789ABCDEFGHIJ"
	// +kubebuilder:validation:MaxLength=32
	// +kubebuilder:validation:Pattern=`^Z[A-Z0-9]+$`
	ID string `json:"id"`
}

// ManagedHostedZone is a zone that a stack makes.
//
// +kubebuilder:validation:XValidation:rule="self.name == oldSelf.name",fieldPath=".name",message="the name of a zone that the stack made is immutable: others may have records in it"
type ManagedHostedZone struct {
	// Name of the zone. Delegate it to the name servers in status.cdn.hostedZone.
	// +kubebuilder:title=Zone name
	// +kubebuilder:example="example.com"
	// +kubebuilder:validation:MaxLength=253
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	Name string `json:"name"`

	// Whether the zone is signed. The owner of the domain above it must add a DS record for that to count, and take it away before signing is switched off or the stack is deleted, or nobody can resolve the shop's names.
	// +kubebuilder:title=DNSSEC
	// +optional
	DNSSEC bool `json:"dnssec,omitempty"`

	// Whether queries are logged.
	// +kubebuilder:title=Query logs
	// +optional
	QueryLogs bool `json:"queryLogs,omitempty"`
}
