package player

import (
	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// lateInitialize fills in what the provider takes over from AWS into the spec:
// of the fields that nobody asked for, as long as its policies let it. What AWS
// only knows later than the name is not there yet when the name is stored.
func (o object) lateInitialize(u *unstructured.Unstructured) {
	if !scope.Allows(u, xpv1.ManagementActionLateInitialize) {
		return
	}
	for field, value := range o.kind.LateInitialized {
		if a, ok := value.(kinds.Afterwards); ok {
			if o.external == "" {
				continue
			}
			value = a.Value
		}
		if o.forProvider[field] == nil {
			_ = unstructured.SetNestedField(u.Object, o.fill(value), "spec", "forProvider", field) // A spec of ours is an object.
		}
	}
}

// keepLate gives an object what the provider filled in earlier. Crossplane did
// not apply it, so it stays whatever the policies are now.
func keepLate(u, earlier *unstructured.Unstructured) {
	for field := range kindOf(u).LateInitialized {
		value, found, _ := unstructured.NestedFieldCopy(earlier.Object, "spec", "forProvider", field)
		if _, asked, _ := unstructured.NestedFieldNoCopy(u.Object, "spec", "forProvider", field); found && !asked {
			_ = unstructured.SetNestedField(u.Object, value, "spec", "forProvider", field) // A spec of ours is an object.
		}
	}
}
