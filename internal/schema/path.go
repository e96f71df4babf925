package schema

import (
	"strconv"
	"strings"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

// Last returns the last step of a path.
func Last(path string) string { return last(Split(path)) }

func last(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return path[len(path)-1]
}

// Split returns the steps of a path: field names, map keys and indexes. A key in
// brackets may contain dots.
func Split(path string) []string {
	var out []string
	for path != "" {
		var step string
		if inner, ok := strings.CutPrefix(path, "["); ok {
			step, path, _ = strings.Cut(inner, "]")
			path = strings.TrimPrefix(path, ".")
		} else {
			end := strings.IndexAny(path, ".[")
			if end < 0 {
				end = len(path)
			}
			step, path = path[:end], strings.TrimPrefix(path[end:], ".")
		}
		out = append(out, step)
	}
	return out
}

// nodeAt returns the schema at a path. It is nil if there is none. All maps of the
// API have scalar values, so the rest of a path is the key, even if it contains
// dots.
func nodeAt(node *extv1.JSONSchemaProps, path []string) *extv1.JSONSchemaProps {
	for _, step := range path {
		_, isField := node.Properties[step]
		isKey := !isField && node.AdditionalProperties != nil
		if node = below(node, step); node == nil || isKey {
			return node
		}
	}
	return node
}

// valueAt returns the value at a path, and its field or key. It is nil if there is
// none. A validator writes a map key like a field, so it may contain dots.
func valueAt(value any, path []string) (any, string) {
	for i, step := range path {
		switch v := value.(type) {
		case map[string]any:
			inner, ok := v[step]
			if rest := strings.Join(path[i:], "."); !ok && v[rest] != nil {
				return v[rest], rest
			}
			value = inner
		case []any:
			n, err := strconv.Atoi(step)
			if err != nil || n >= len(v) {
				return nil, last(path)
			}
			value = v[n]
		default:
			return nil, last(path)
		}
	}
	return value, last(path)
}

// below returns the schema of a field, a list entry or a map value. It is nil if
// there is none.
func below(node *extv1.JSONSchemaProps, step string) *extv1.JSONSchemaProps {
	if p, ok := node.Properties[step]; ok {
		return &p
	}
	switch {
	case node.Items != nil:
		return node.Items.Schema
	case node.AdditionalProperties != nil:
		return node.AdditionalProperties.Schema
	}
	return nil
}
