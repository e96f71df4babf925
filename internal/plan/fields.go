package plan

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
)

// Field is a field that changes.
type Field struct {
	// Path of the field, starting at the object or, by default, at
	// spec.forProvider.
	Path string `json:"path"`
	// Before is null if the field is new.
	Before any `json:"before"`
	// After is null if the field is removed.
	After any `json:"after"`
}

// hidden replaces the values of a Secret.
const hidden = "(hidden)"

// fieldsOf returns the changed fields of a resource, except its status.
func fieldsOf(r Resource) []Field {
	before, after, base := said(r.Before), said(r.After), map[string]any{}
	if r.Base != nil {
		base = said(r.Base)
	}
	secret := r.After.GetAPIVersion() == "v1" && r.After.GetKind() == "Secret"
	var out []Field
	for _, f := range compare("", before, after, base) {
		if secret {
			f.Before, f.After = hidden, hidden
		}
		out = append(out, f)
	}
	return out
}

// said returns the desired fields of an object. Fields of spec.forProvider are at
// the top level.
func said(u *unstructured.Unstructured) map[string]any {
	all := runtime.DeepCopyJSON(u.Object)
	metadata, _ := all["metadata"].(map[string]any)
	out := map[string]any{}
	for name, value := range all {
		switch name {
		case "apiVersion", "kind", "metadata", "status":
		default:
			out[name] = value
		}
	}
	for _, name := range []string{"labels", "annotations"} {
		values, _ := metadata[name].(map[string]any)
		delete(values, meta.AnnotationKeyExternalName) // The provider sets it, unless the resource is renamed.
		out["metadata."+name] = values
	}
	spec, _ := out["spec"].(map[string]any)
	delete(out, "spec")
	for name, value := range withDefaults(spec) {
		if name != "forProvider" {
			out["spec."+name] = value
			continue
		}
		forProvider, _ := value.(map[string]any)
		maps.Copy(out, forProvider)
	}
	return out
}

// withDefaults adds the API server's defaults for deletion to the spec of a managed
// resource.
func withDefaults(spec map[string]any) map[string]any {
	for name, value := range map[string]any{"deletionPolicy": "Delete", "managementPolicies": []any{"*"}} {
		if spec != nil && spec[name] == nil {
			spec[name] = value
		}
	}
	return spec
}

// compare returns the changes between two values, in the order of fields.
func compare(path string, before, after, base any) []Field {
	before, after = document(before, after)
	base, _ = document(base, base)
	switch is := after.(type) {
	case nil:
		// When an object is removed, fields of other owners remain.
		_, known := base.(map[string]any)
		if was, ok := before.(map[string]any); ok && known {
			return compareObjects(path, was, nil, base)
		}
	case map[string]any:
		if was, ok := before.(map[string]any); ok {
			return compareObjects(path, was, is, base)
		}
	case []any:
		if was, ok := before.([]any); ok {
			return compareLists(path, was, is, base)
		}
	}
	if same(before, after) {
		return nil
	}
	return []Field{{Path: path, Before: before, After: after}}
}

func compareObjects(path string, before, after map[string]any, base any) []Field {
	was, _ := base.(map[string]any)
	names := slices.Sorted(maps.Keys(after))
	for name := range before {
		if _, stays := after[name]; !stays && was[name] != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out []Field
	for _, name := range names {
		out = append(out, compare(below(path, name), before[name], after[name], was[name])...)
	}
	return out
}

// compareLists compares items in order. It matches common items at the start and at
// the end of both lists.
func compareLists(path string, before, after []any, base any) []Field {
	was, _ := base.([]any)
	ahead, behind := 0, 0
	if len(before) != len(after) {
		shorter := min(len(before), len(after))
		for ahead < shorter && alike(before[ahead], after[ahead]) {
			ahead++
		}
		for behind < shorter-ahead && alike(before[len(before)-1-behind], after[len(after)-1-behind]) {
			behind++
		}
	}
	var out []Field
	for i := ahead; i < max(len(before), len(after))-behind; i++ {
		place := fmt.Sprintf("%s[%d]", path, i)
		if i >= len(after)-behind {
			out = append(out, Field{Path: place, Before: before[i]})
			continue
		}
		out = append(out, compare(place, at(before, i, behind), after[i], at(was, i, 0))...)
	}
	return out
}

// at returns an item of a list, ignoring the last ones. It is nil if there is none.
func at(list []any, i, behind int) any {
	if i < len(list)-behind {
		return list[i]
	}
	return nil
}

// alike reports whether two values have no differences.
func alike(before, after any) bool { return len(compare("", before, after, nil)) == 0 }

// document decodes two strings as JSON, if both are JSON, because the formatting of
// a policy does not matter.
func document(a, b any) (readA, readB any) { //nolint:nonamedreturns // Two results of the same type.
	parsedA, ok := parsed(a)
	parsedB, both := parsed(b)
	if ok && both {
		return parsedA, parsedB
	}
	return a, b
}

func parsed(value any) (any, bool) {
	text, _ := value.(string)
	var out any
	if json.Unmarshal([]byte(text), &out) != nil {
		return nil, false
	}
	switch out.(type) {
	case map[string]any, []any:
		return out, true
	}
	return nil, false
}

// same reports whether two values are equal in JSON, which has only one number
// type.
func same(a, b any) bool {
	x, isNumber := number(a)
	y, both := number(b)
	if isNumber && both {
		return x == y
	}
	return reflect.DeepEqual(a, b)
}

func number(value any) (float64, bool) {
	switch v := value.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// plain matches names that need no quotes in a path.
var plain = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// below returns the path of an object's field.
func below(path, name string) string {
	switch {
	case path == "":
		return name
	case plain.MatchString(name):
		return path + "." + name
	}
	return fmt.Sprintf("%s[%q]", path, name)
}
