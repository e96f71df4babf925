package rules

import (
	"slices"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
)

// LateInitializations returns the decisions about all fields that a stack leaves
// out and the provider fills in, by kind and field.
func LateInitializations() map[string]map[string]kinds.Decision {
	out := map[string]map[string]kinds.Decision{}
	for _, name := range kinds.Names() {
		if k, _ := kinds.Of(name); len(k.FilledIn) > 0 {
			out[name] = k.FilledIn
		}
	}
	return out
}

// Composes reports whether a resource has a field itself, be it by a reference or
// for the time of its creation only, so that the provider does not fill it in.
func (k Kind) Composes(u *unstructured.Unstructured, field string) bool {
	fields, _ := valueAt(u.Object, "spec", "forProvider").(map[string]any)
	if _, empty := fields[field].([]any); empty || isSet(fields, field) {
		return true // An empty list is filled in as little as a full one.
	}
	return slices.Contains(k.Unless, field) && isSet(forProvider(u), field)
}
