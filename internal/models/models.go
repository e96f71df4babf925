// Package models contains the managed resources of the AWS provider that a stack can
// have, in a package for each service. They are generated from the provider's own
// types, without its runtime.
package models

import (
	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

//go:generate sh -c "go run ../../hack/modelgen $(go list -m -f '{{.Dir}}' github.com/upbound/provider-aws/v2) . ../providertypes/zz_scheme.go"

// Managed is a managed resource: a model, or a type of the provider.
type Managed interface {
	metav1.Object

	// GetManagementPolicies returns the management policies.
	GetManagementPolicies() xpv1.ManagementPolicies
	// SetManagementPolicies sets the management policies.
	SetManagementPolicies(p xpv1.ManagementPolicies)
}
