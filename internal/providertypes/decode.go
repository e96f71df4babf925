// Package providertypes contains the provider's own Go types of the kinds that a
// stack can have. They have methods for Terraform that models lack, and take minutes
// to compile. Only tests and tools use this package.
package providertypes

import (
	"encoding/json"
	"fmt"

	"github.com/crossplane/crossplane-runtime/v2/pkg/resource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
)

// Scheme contains the types of all services.
var Scheme = runtime.NewScheme()

const (
	errUnknown = "no tier composes kind %s in API version %s"
	errDecode  = "cannot decode %s %s: %w"
)

// Decode converts a namespaced managed resource to the provider's Go type, for
// callers that need its methods.
func Decode(u *unstructured.Unstructured) (resource.ModernManaged, error) {
	o, err := Scheme.New(u.GroupVersionKind())
	if err != nil {
		return nil, fmt.Errorf(errUnknown, u.GetKind(), u.GetAPIVersion()) // The scheme's error would contain its source location.
	}
	raw, err := json.Marshal(u.Object)
	if err == nil {
		err = json.Unmarshal(raw, o)
	}
	if err != nil {
		return nil, fmt.Errorf(errDecode, u.GetKind(), u.GetName(), err)
	}
	return o.(resource.ModernManaged), nil //nolint:forcetypeassert // Tiers could not compose it otherwise.
}
