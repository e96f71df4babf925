package scope

import (
	"encoding/json"
	"fmt"

	"github.com/crossplane/crossplane-runtime/v2/pkg/resource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

const (
	errUnknown = "no tier composes kind %s in API version %s"
	errDecode  = "cannot decode %s %s: %w"
)

// Decode converts a namespaced managed resource to the provider's Go type, for
// callers that need its methods.
func Decode(u *unstructured.Unstructured) (resource.ModernManaged, error) {
	o, err := types.New(u.GroupVersionKind())
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
