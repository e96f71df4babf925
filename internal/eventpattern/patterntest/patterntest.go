// Package patterntest matches events with patterns in tests, as EventBridge does.
package patterntest

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// Matches reports whether a pattern selects an event. Both are JSON. It implements
// the operators that the stack's patterns use (AWS documentation, "Comparison
// operators for use in event patterns").
func Matches(t *testing.T, pattern string, event []byte) bool {
	t.Helper()
	return fields(t, parsed(t, []byte(pattern)), parsed(t, event))
}

// Alternatives returns the patterns that a pattern merges, each with the fields
// that they have in common.
func Alternatives(t *testing.T, pattern string) []map[string]any {
	t.Helper()
	shared := parsed(t, []byte(pattern))
	list, ok := shared["$or"].([]any)
	if !ok {
		return []map[string]any{shared}
	}
	delete(shared, "$or")
	var out []map[string]any
	for _, alternative := range list {
		inner, _ := alternative.(map[string]any)
		out = append(out, merged(shared, inner))
	}
	return out
}

// merged returns the fields of two patterns.
func merged(a, b map[string]any) map[string]any {
	out := maps.Clone(a)
	for key, v := range b {
		outer, nested := out[key].(map[string]any)
		inner, both := v.(map[string]any)
		if nested && both {
			v = merged(outer, inner)
		}
		out[key] = v
	}
	return out
}

func parsed(t *testing.T, raw []byte) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// fields reports whether all fields of a pattern match.
func fields(t *testing.T, pattern, event map[string]any) bool {
	t.Helper()
	for field, want := range pattern {
		got, exists := event[field]
		ok := false
		switch want := want.(type) {
		case map[string]any:
			ok = slices.ContainsFunc(items(got), func(item any) bool {
				inner, _ := item.(map[string]any)
				return fields(t, want, inner)
			})
		case []any:
			ok = slices.ContainsFunc(want, func(w any) bool {
				if field == "$or" {
					alternative, _ := w.(map[string]any)
					return fields(t, alternative, event)
				}
				return slices.ContainsFunc(items(got), func(item any) bool { return value(t, w, item, exists) })
			})
		}
		if !ok {
			return false
		}
	}
	return true
}

// items returns the values of a field. One of a list's values must match.
func items(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

// value reports whether a value matches.
func value(t *testing.T, want, got any, exists bool) bool {
	t.Helper()
	operator, ok := want.(map[string]any)
	if !ok {
		return exists && want == got
	}
	text, isText := got.(string)
	for name, operand := range operator {
		of, _ := operand.(string)
		switch name {
		case "exists":
			return operand == exists
		case "prefix":
			return isText && strings.HasPrefix(text, of)
		case "suffix":
			return isText && strings.HasSuffix(text, of)
		case "equals-ignore-case":
			return isText && strings.EqualFold(text, of)
		case "wildcard":
			return isText && wildcard(of, text)
		case "anything-but":
			return exists && !slices.Contains(items(operand), got)
		case "numeric":
			number, isNumber := got.(float64)
			of, _ := operand.([]any)
			least, _ := of[1].(float64)
			if len(of) != 2 || of[0] != ">=" {
				t.Fatalf("the matcher does not know the comparison %v", of)
			}
			return isNumber && number >= least
		default:
			t.Fatalf("the matcher does not know the operator %q", name)
		}
	}
	return false
}

// wildcard reports whether a text matches a pattern with asterisks.
func wildcard(pattern, text string) bool {
	before, rest, found := strings.Cut(pattern, "*")
	if !found {
		return pattern == text
	}
	after, ok := strings.CutPrefix(text, before)
	if !ok {
		return false
	}
	for i := range len(after) + 1 {
		if wildcard(rest, after[i:]) {
			return true
		}
	}
	return false
}
