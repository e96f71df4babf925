package render

import (
	"encoding/json"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// applier is the prefix of Crossplane's field manager for composed resources.
const applier = "apiextensions.crossplane.io/composed"

// applied returns the fields that Crossplane applied, from the managed fields. It
// is nil without managed fields, which kubectl prints only with a flag.
func applied(u *unstructured.Unstructured) *unstructured.Unstructured {
	for _, m := range u.GetManagedFields() {
		if m.Operation != metav1.ManagedFieldsOperationApply || !strings.HasPrefix(m.Manager, applier) || m.FieldsV1 == nil {
			continue
		}
		owned := map[string]any{}
		if err := json.Unmarshal(m.FieldsV1.Raw, &owned); err != nil {
			continue // Without managed fields, it is unknown.
		}
		object, _ := only(u.Object, owned).(map[string]any)
		return &unstructured.Unstructured{Object: object}
	}
	return nil
}

// only returns the owned part of a value (Kubernetes documentation, "Server-Side
// Apply"). The prefix f: marks a field. If nothing is below it, the whole field is
// owned.
func only(value any, owned map[string]any) any {
	fields, isObject := value.(map[string]any)
	if !isObject || len(owned) == 0 {
		return value
	}
	out := map[string]any{}
	for key, below := range owned {
		name, isField := strings.CutPrefix(key, "f:")
		if v, there := fields[name]; isField && there {
			inner, _ := below.(map[string]any)
			out[name] = only(v, inner)
		}
	}
	return out
}
