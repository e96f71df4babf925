// Package v1alpha1 is the API of a secure e-commerce stack: the claim of an app
// team, and its status. The XRDs of both Crossplane scopes are generated from these
// types.
//
// +kubebuilder:object:generate=true
// +groupName=platform.secure-ecommerce.dev
// +versionName=v1alpha1
package v1alpha1

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Names of the API in both scopes.
const (
	// Group is the API group of claims and composites.
	Group = "platform.secure-ecommerce.dev"
	// Version is the only served version.
	Version = "v1alpha1"
	// Kind is the kind that an app team applies: the claim in the cluster scope,
	// the composite in the namespaced scope.
	Kind = "SecureEcommerce"
	// CompositeKind is the cluster-scoped composite behind a claim.
	CompositeKind = "XSecureEcommerce"
	// AccountKind is the kind for what the stacks of an AWS account share.
	AccountKind = "SecureEcommerceAccount"
	// CompositeAccountKind is the cluster-scoped composite behind such a claim.
	CompositeAccountKind = "XSecureEcommerceAccount"
)

// GroupVersion is the API group and version of this package.
var GroupVersion = schema.GroupVersion{Group: Group, Version: Version}

// AddToScheme adds the types of this package to a scheme, for Go clients. It always
// returns nil.
func AddToScheme(s *runtime.Scheme) error {
	s.AddKnownTypes(GroupVersion, &SecureEcommerce{}, &SecureEcommerceList{}, &SecureEcommerceAccount{}, &SecureEcommerceAccountList{})
	metav1.AddToGroupVersion(s, GroupVersion)
	return nil
}
