package simulator

import (
	"fmt"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// lateInitialize fills in fields from AWS that are not set, if the management
// policies allow it. Values that AWS knows later than the name are still missing
// when the name is stored.
func (o object) lateInitialize(u *unstructured.Unstructured) error {
	if !scope.Allows(u, xpv1.ManagementActionLateInitialize) {
		return nil
	}
	for field, value := range o.kind.LateInitialized {
		if a, ok := value.(kinds.Afterwards); ok {
			if o.external == "" {
				continue
			}
			value = a.Value
		}
		if o.forProvider[field] == nil {
			if err := unstructured.SetNestedField(u.Object, o.fill(value), "spec", "forProvider", field); err != nil {
				return fmt.Errorf(errWrite, err)
			}
		}
	}
	return nil
}

// keepLate keeps fields that the provider filled in earlier. Crossplane does not
// own them, so they stay, whatever the policies are now.
func keepLate(u, earlier *unstructured.Unstructured) error {
	for field := range kindOf(u).LateInitialized {
		value := valueAt(earlier, "spec", "forProvider", field)
		if value == nil || valueAt(u, "spec", "forProvider", field) != nil {
			continue
		}
		if err := unstructured.SetNestedField(u.Object, runtime.DeepCopyJSONValue(value), "spec", "forProvider", field); err != nil {
			return fmt.Errorf(errWrite, err)
		}
	}
	return nil
}
