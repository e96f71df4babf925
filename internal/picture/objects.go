package picture

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// object is a composed resource with the fields that the picture needs.
type object struct {
	resource string
	// kind is service and kind, such as "s3/Bucket".
	kind string
	// name is metadata.name, which references use.
	name     string
	external string
	spec     any
}

// newObjects returns the resources, sorted by name.
func newObjects(resources []Resource) []object {
	out := make([]object, 0, len(resources))
	for _, r := range resources {
		group, _, versioned := strings.Cut(text(r.Object, "apiVersion"), "/")
		service, _, _ := strings.Cut(group, ".")
		if !versioned {
			service = "core"
		}
		annotations, _ := at(r.Object, "metadata", "annotations").(map[string]any)
		external, _ := annotations["crossplane.io/external-name"].(string)
		out = append(out, object{
			resource: r.Name,
			kind:     service + "/" + text(r.Object, "kind"),
			name:     text(r.Object, "metadata", "name"),
			external: external,
			spec:     at(r.Object, "spec", "forProvider"),
		})
	}
	slices.SortFunc(out, func(a, b object) int { return cmp.Compare(a.resource, b.resource) })
	return out
}

// at returns the value at a path. It is nil if there is none. Older versions of the
// cluster scope have a list with one object instead of an object. at unwraps it.
func at(value any, path ...string) any {
	for _, field := range path {
		fields, _ := first(value).(map[string]any)
		value = fields[field]
	}
	return first(value)
}

// first returns the first item of a list, or a value that is not a list.
func first(value any) any {
	items, ok := value.([]any)
	switch {
	case !ok:
		return value
	case len(items) == 0:
		return nil
	default:
		return items[0]
	}
}

// list returns the items of a list at a path.
func list(value any, path ...string) []any {
	for _, field := range path {
		fields, _ := first(value).(map[string]any)
		value = fields[field]
	}
	items, _ := value.([]any)
	return items
}

// text returns the value at a path as a string. It is empty if there is none.
// Numbers are integers in JSON and in Kubernetes.
func text(value any, path ...string) string {
	switch v := at(value, path...).(type) {
	case nil:
		return ""
	case string:
		return v
	default:
		return fmt.Sprint(v)
	}
}

// refers returns the names of referenced objects at any depth, in fields with a
// suffix.
func refers(value any, ending string) []string {
	var out []string
	switch v := value.(type) {
	case map[string]any:
		for _, field := range slices.Sorted(maps.Keys(v)) {
			if !strings.HasSuffix(strings.TrimSuffix(field, "s"), ending) {
				out = append(out, refers(v[field], ending)...)
				continue
			}
			for _, item := range items(v[field]) {
				if name := text(item, "name"); name != "" {
					out = append(out, name)
				}
			}
		}
	case []any:
		for _, item := range v {
			out = append(out, refers(item, ending)...)
		}
	}
	return out
}

// items returns a list. Other values become a list of one.
func items(value any) []any {
	if l, ok := value.([]any); ok {
		return l
	}
	return []any{value}
}
