package render

import (
	"encoding/json"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// applier begins the name by which Crossplane applies composed resources.
const applier = "apiextensions.crossplane.io/composed"

// applied is what Crossplane applied of an object, as its managed fields tell;
// nil where they do not show. kubectl prints them if it is asked to.
func applied(u *unstructured.Unstructured) *unstructured.Unstructured {
	for _, m := range u.GetManagedFields() {
		if m.Operation != metav1.ManagedFieldsOperationApply || !strings.HasPrefix(m.Manager, applier) || m.FieldsV1 == nil {
			continue
		}
		owned := map[string]any{}
		if err := json.Unmarshal(m.FieldsV1.Raw, &owned); err != nil {
			continue // They do not show.
		}
		object, _ := only(u.Object, owned).(map[string]any)
		return &unstructured.Unstructured{Object: object}
	}
	return nil
}

// only is what somebody owns of a value (Kubernetes documentation, "Server-Side
// Apply": f: begins the name of a field; nothing below it is all of it).
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
