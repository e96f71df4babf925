package rules

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// Decision is what becomes of a field that the provider fills in. It begins with
// one of
//
//   - "harmless: ", and why the value may stay in the spec
//   - "dropped: ", and why the provider must not fill it in
//   - "composed: ", and why every resource of the kind has the field
//   - "open: ", and what is not known yet
type Decision string

// Dropped reports whether the provider must not fill the field in.
func (d Decision) Dropped() bool { return strings.HasPrefix(string(d), "dropped: ") }

// Composed reports whether every resource of the kind has the field itself.
func (d Decision) Composed() bool { return strings.HasPrefix(string(d), "composed: ") }

// known reports whether a decision is one.
func (d Decision) known() bool {
	return d.Dropped() || d.Composed() || strings.HasPrefix(string(d), "harmless: ") || strings.HasPrefix(string(d), "open: ")
}

//go:embed lateinit.yaml
var lateInitializations []byte

// LateInitializations returns the decisions about all fields that a stack leaves
// out and the provider fills in, by kind and field.
var LateInitializations = sync.OnceValues(func() (map[string]map[string]Decision, error) {
	out := map[string]map[string]Decision{}
	return out, yaml.UnmarshalStrict(lateInitializations, &out) // The file is part of the program.
})

// Composes reports whether a resource has a field itself, be it by a reference or
// for the time of its creation only, so that the provider does not fill it in.
func (k Kind) Composes(u *unstructured.Unstructured, field string) bool {
	fields, _, _ := unstructured.NestedMap(u.Object, "spec", "forProvider")
	if isSet(fields, field) {
		return true
	}
	return slices.Contains(k.Unless, field) && isSet(forProvider(u), field)
}
