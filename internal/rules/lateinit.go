package rules

import (
	"slices"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
)

// LateInitializations returns the decisions for all fields that a stack omits and
// the provider fills in, by kind and field.
func LateInitializations() map[string]map[string]kinds.Decision {
	out := map[string]map[string]kinds.Decision{}
	for _, name := range kinds.Names() {
		if k, _ := kinds.Of(name); len(k.FilledIn) > 0 {
			out[name] = k.FilledIn
		}
	}
	return out
}

// Composes reports whether a resource sets a field, as a value, as a reference, or
// only for its creation. The provider then does not fill it in.
func (k Kind) Composes(u *unstructured.Unstructured, field string) bool {
	fields, _ := valueAt(u.Object, "spec", "forProvider").(map[string]any)
	if _, empty := fields[field].([]any); empty || isSet(fields, field) {
		return true // The provider does not fill in an empty list either.
	}
	return slices.Contains(k.Unless, field) && isSet(forProvider(u), field)
}
