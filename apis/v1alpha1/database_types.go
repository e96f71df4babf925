package v1alpha1

// DatabaseProxy is an RDS Proxy in front of the database.
type DatabaseProxy struct {
	// Percentage of the database's connections that the proxy may use. The rest is for administrators and migrations.
	// +kubebuilder:title=Connections in percent
	// +kubebuilder:default=90
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=100
	// +optional
	MaxConnectionsPercent int32 `json:"maxConnectionsPercent,omitempty"`
}
