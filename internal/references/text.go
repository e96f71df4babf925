package references

import (
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"
)

// text is a string in a resource, or the key of a map.
type text struct {
	resourceName, kind, region string
	// path contains the keys from spec.forProvider. List items have the key "[]".
	// Strings inside a JSON document have the document's path.
	path  []string
	value string
	isKey bool
	// watched reports whether the stack only observes the resource.
	watched bool
}

// field returns the path as a string.
func (t text) field() string {
	return strings.ReplaceAll(strings.Join(t.path, "."), ".[]", "[]")
}

// key returns the last key of the path, ignoring lists and operators of event
// patterns.
func (t text) key() string {
	for _, key := range slices.Backward(t.path) {
		if key != "[]" && !operators[key] {
			return key
		}
	}
	return ""
}

// operator returns the operator in an event pattern, if any.
func (t text) operator() string {
	if last := t.path[len(t.path)-1]; operators[last] {
		return last
	}
	return ""
}

// operators of event patterns (Amazon EventBridge documentation, "Comparison
// operators").
var operators = map[string]bool{"prefix": true, "suffix": true, "wildcard": true, "equals-ignore-case": true, "anything-but": true}

// externalName is the annotation with a resource's AWS name.
const externalName = "crossplane.io/external-name"

// textsOf returns all texts of a resource that AWS reads. For other kinds, it
// returns all texts in their spec.
func textsOf(r Resource) []text {
	t := text{resourceName: r.Resource, kind: kindOf(r.Desired), region: regionOf(r), watched: isWatched(r.Desired)}
	w := walker{of: t}
	switch {
	case t.kind == compositeKind:
		w.walk(child(r.Desired, "status"), nil)
	case strings.Contains(t.kind, "/"):
		w.walk(child(r.Desired, "spec", "forProvider"), nil)
		if name := external(r.Desired); name != "" {
			w.walk(name, []string{externalName})
		}
	default:
		w.walk(child(r.Desired, "spec"), nil)
	}
	if t.kind == "ssm/Parameter" {
		// The parameter's name describes its value: /shop/assets/bucket.
		for i := range w.found {
			if w.found[i].path[0] == "insecureValue" && !w.found[i].isKey {
				w.found[i].path = append(w.found[i].path, path.Base(external(r.Desired)))
			}
		}
	}
	return w.found
}

type walker struct {
	of    text
	found []text
}

func (w *walker) add(value string, at []string, isKey bool) {
	t := w.of
	t.path, t.value, t.isKey = slices.Clone(at), value, isKey
	w.found = append(w.found, t)
}

// walk adds the texts in a value. It decodes JSON documents.
func (w *walker) walk(value any, at []string) {
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if len(at) == 0 && key == "tags" {
				continue // Labels contain no references.
			}
			below := append(slices.Clone(at), key)
			w.add(key, below, true)
			w.walk(v[key], below)
		}
	case []any:
		for _, item := range v {
			w.walk(item, append(slices.Clone(at), "[]"))
		}
	case string:
		if document := decoded(v); document != nil {
			w.walk(document, at)
			return
		}
		w.add(v, at, false)
	}
}

// decoded decodes a JSON document. It returns nil for other texts.
func decoded(value string) any {
	if !strings.HasPrefix(value, "{") && !strings.HasPrefix(value, "[") {
		return nil
	}
	var out any
	if json.Unmarshal([]byte(value), &out) != nil {
		return nil
	}
	return out
}

// compositeKind is kindOf's result for the composite.
const compositeKind = "composite"

// kindOf returns service and kind of a resource, such as "s3/Bucket". For objects
// outside AWS, it returns only the kind.
func kindOf(object map[string]any) string {
	version, _ := object["apiVersion"].(string)
	kind, _ := object["kind"].(string)
	service, group, _ := strings.Cut(version, ".")
	switch {
	case strings.HasPrefix(group, "aws."):
		return service + "/" + kind
	case strings.HasSuffix(kind, "SecureEcommerce"):
		return compositeKind
	default:
		return kind
	}
}

// regionOf returns the region of a resource. It is empty if it has none.
func regionOf(r Resource) string {
	region, _ := child(r.Desired, "spec", "forProvider", "region").(string)
	return region
}

// isWatched reports whether the provider only observes a resource.
func isWatched(object map[string]any) bool {
	policies, _ := child(object, "spec", "managementPolicies").([]any)
	return len(policies) == 1 && policies[0] == "Observe"
}

func external(object map[string]any) string {
	name, _ := child(object, "metadata", "annotations", externalName).(string)
	return name
}

// child returns the value at a path. It is nil if there is none.
func child(value any, path ...string) any {
	for _, key := range path {
		m, _ := value.(map[string]any)
		value = m[key]
	}
	return value
}

// leaves returns all texts in a value.
func leaves(value any) []string {
	w := walker{}
	w.walk(value, nil)
	var out []string
	for _, t := range w.found {
		if !t.isKey {
			out = append(out, t.value)
		}
	}
	return out
}

// isReference reports whether a path is that of a reference to a Kubernetes object.
func isReference(at []string) bool {
	if len(at) < 2 || at[len(at)-1] != "name" {
		return false
	}
	of := at[len(at)-2]
	if of == "[]" {
		of = at[len(at)-3]
	}
	return strings.HasSuffix(of, "Ref") || strings.HasSuffix(of, "Refs")
}
