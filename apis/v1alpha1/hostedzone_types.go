package v1alpha1

// HostedZoneSpec is a Route 53 zone: one that exists, by its ID, or one that the
// stack makes, by its name.
//
// +kubebuilder:validation:XValidation:rule="has(self.id) != has(self.name)",message="give either the id of a zone that exists or the name of one that the stack makes"
// +kubebuilder:validation:XValidation:rule="has(self.name) || !((has(self.dnssec) && self.dnssec) || (has(self.queryLogs) && self.queryLogs))",message="dnssec and queryLogs are for a zone that the stack makes: a zone that exists is its owner's to sign and to log"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.id) || (has(self.id) && self.id == oldSelf.id)",fieldPath=".id",message="records cannot move to another zone: remove hostedZone first, and set the other one once the records are gone"
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.name) || (has(self.name) && self.name == oldSelf.name)",fieldPath=".name",message="the name of a zone that the stack made is immutable: others may have records in it"
type HostedZoneSpec struct {
	// ID of a public zone of the account that exists and stays its owner's.
	// +kubebuilder:title=Zone ID
	// +kubebuilder:example="Z0123456789ABCDEFGHIJ"
	// +kubebuilder:validation:MaxLength=32
	// +kubebuilder:validation:Pattern=`^Z[A-Z0-9]+$`
	// +optional
	ID string `json:"id,omitempty"`

	// Name of a zone that the stack makes. Delegate it to the name servers in status.cdn.hostedZone.
	// +kubebuilder:title=Zone name
	// +kubebuilder:example="example.com"
	// +kubebuilder:validation:MaxLength=253
	// +kubebuilder:validation:Pattern=`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`
	// +optional
	Name string `json:"name,omitempty"`

	// Whether the zone is signed. The owner of the domain above it must add a DS record for that to count, and take it away before signing is switched off or the stack is deleted, or nobody can resolve the shop's names.
	// +kubebuilder:title=DNSSEC
	// +optional
	DNSSEC bool `json:"dnssec,omitempty"`

	// Whether queries are logged.
	// +kubebuilder:title=Query logs
	// +optional
	QueryLogs bool `json:"queryLogs,omitempty"`
}
