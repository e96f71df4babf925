package rules

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Violation is a rule that a resource breaks.
type Violation struct {
	// Field is the path in spec.forProvider, without list indexes.
	Field string
	// Rule describes the violation.
	Rule string
}

func (v Violation) String() string { return v.Field + ": " + v.Rule }

// Check returns the rules that a resource of the kind violates, sorted. References
// must be resolved, because their values are also checked. An unresolved one counts
// as an unknown value.
func (k Kind) Check(u *unstructured.Unstructured) []Violation {
	c := &checker{kind: k, fields: forProvider(u)}
	c.object("", c.fields)
	if name := meta.GetExternalName(u); name != "" {
		c.value(ExternalName, k.ExternalNamePrefix+strings.TrimPrefix(name, k.ExternalNamePrefix))
	}
	slices.SortFunc(c.found, func(a, b Violation) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Rule, b.Rule))
	})
	return slices.Compact(c.found)
}

// forProvider returns the parameters with which a resource is created.
func forProvider(u *unstructured.Unstructured) map[string]any {
	out := map[string]any{}
	for _, name := range []string{"initProvider", "forProvider"} {
		fields, _ := valueAt(u.Object, "spec", name).(map[string]any)
		maps.Copy(out, fields)
	}
	return out
}

// valueAt returns the value at a path. It is nil if there is none, or if a part of
// the path is not an object. The schema validates types.
func valueAt(object map[string]any, path ...string) any {
	v, _, _ := unstructured.NestedFieldNoCopy(object, path...) //nolint:errcheck // Other values have no fields.
	return v
}

// checker checks a resource against the rules of its kind.
type checker struct {
	kind   Kind
	fields map[string]any
	found  []Violation
}

func (c *checker) report(field, rule string, args ...any) {
	c.found = append(c.found, Violation{Field: field, Rule: fmt.Sprintf(rule, args...)})
}

// object checks the fields of an object, including missing ones.
func (c *checker) object(at string, object map[string]any) {
	for _, path := range slices.Sorted(maps.Keys(c.kind.Fields)) {
		if parent, name := split(path); parent == at && path != ExternalName {
			c.presence(path, c.kind.Fields[path], isSet(object, name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		c.field(strings.TrimPrefix(at+"."+name, "."), object[name])
	}
}

// field checks the value of a field and its children.
func (c *checker) field(path string, value any) {
	c.value(path, value)
	switch v := value.(type) {
	case map[string]any:
		if c.kind.Fields[path].Type != "map" {
			c.object(path, v)
		}
	case []any:
		for _, item := range v {
			if fields, ok := item.(map[string]any); ok {
				c.object(path+"[]", fields)
			}
		}
	}
}

// presence checks required, conflicting and dependent fields.
func (c *checker) presence(path string, a Attribute, set bool) {
	if a.Required && !set {
		c.report(path, "is required")
	}
	if set {
		for _, other := range a.ConflictsWith {
			if other != path && c.has(other) {
				c.report(path, "conflicts with %s", other)
			}
		}
		for _, other := range a.RequiredWith {
			if !c.has(other) {
				c.report(path, "requires %s", other)
			}
		}
	}
	if n := c.count(a.ExactlyOneOf); len(a.ExactlyOneOf) > 0 && n != 1 {
		c.report(path, "exactly one of %s must be set, not %d", strings.Join(a.ExactlyOneOf, ", "), n)
	}
	if len(a.AtLeastOneOf) > 0 && c.count(a.AtLeastOneOf) == 0 {
		c.report(path, "one of %s must be set", strings.Join(a.AtLeastOneOf, ", "))
	}
}

func (c *checker) count(paths []string) int {
	n := 0
	for _, p := range paths {
		if c.has(p) {
			n++
		}
	}
	return n
}

// has reports whether the resource has a value or a reference at a path.
func (c *checker) has(path string) bool {
	objects := []map[string]any{c.fields}
	parts := strings.Split(path, ".")
	for _, part := range parts[:len(parts)-1] {
		var next []map[string]any
		for _, o := range objects {
			switch v := o[strings.TrimSuffix(part, "[]")].(type) {
			case map[string]any:
				next = append(next, v)
			case []any:
				for _, item := range v {
					if m, ok := item.(map[string]any); ok {
						next = append(next, m)
					}
				}
			}
		}
		objects = next
	}
	return slices.ContainsFunc(objects, func(o map[string]any) bool { return isSet(o, parts[len(parts)-1]) })
}

// isSet reports whether an object has a field or its reference. For Terraform, an
// empty list is not set.
func isSet(object map[string]any, name string) bool {
	for _, n := range []string{name, name + "Ref", name + "Refs", strings.TrimSuffix(name, "s") + "Refs", name + "Selector", name + "SecretRef"} {
		if list, ok := object[n].([]any); object[n] != nil && (!ok || len(list) > 0) {
			return true
		}
	}
	return false
}

// limits checks a value, or the items and the length of a list.
func (c *checker) limits(path string, value any, whose string, l Limits) {
	list, many := value.([]any)
	if !many {
		c.limit(path, value, whose, l)
		return
	}
	if l.MaxItems > 0 && len(list) > l.MaxItems {
		c.report(path, "has %d items, but %s's maximum is %d", len(list), whose, l.MaxItems)
	}
	if len(list) < l.MinItems {
		c.report(path, "has %d items, but %s's minimum is %d", len(list), whose, l.MinItems)
	}
	for _, item := range list {
		c.limit(path, item, whose, l)
	}
}

// value checks a value, or the items of a list, against the limits of a path.
func (c *checker) value(path string, value any) {
	c.limits(path, value, "Terraform", c.kind.Fields[path].Limits)
	c.limits(path, value, "AWS", c.kind.AWS[path])
	c.limits(path, value, "the AWS documentation", c.kind.Documented[path].Limits)
}

func (c *checker) limit(path string, value any, whose string, l Limits) {
	if text, ok := value.(string); ok {
		c.text(path, text, whose, l)
		return
	}
	number, ok := float(value)
	if !ok {
		return
	}
	if l.Min != nil && number < *l.Min {
		c.report(path, "%v is less than %s's minimum, which is %v", number, whose, *l.Min)
	}
	if l.Max != nil && number > *l.Max {
		c.report(path, "%v is more than %s's maximum, which is %v", number, whose, *l.Max)
	}
	if len(l.OneOf) > 0 && !slices.Contains(l.OneOf, fmt.Sprint(value)) {
		c.report(path, "%v is not one of %s's values: %v", value, whose, l.OneOf)
	}
}

func (c *checker) text(path, text, whose string, l Limits) {
	if len(l.OneOf) > 0 && !slices.Contains(l.OneOf, text) {
		c.report(path, "%q is not one of %s's values: %v", text, whose, l.OneOf)
	}
	for _, p := range l.Patterns {
		if !matches(p, text) {
			c.report(path, "%q does not match %s's pattern: %s", short(text), whose, p)
		}
	}
	for _, p := range l.Forbidden {
		if matches(p, text) {
			c.report(path, "%q matches a pattern that %s forbids: %s", short(text), whose, p)
		}
	}
	length := utf8.RuneCountInString(text)
	if l.MinLength != nil && length < *l.MinLength {
		c.report(path, "%q has %d characters, but %s's minimum is %d", short(text), length, whose, *l.MinLength)
	}
	if l.MaxLength != nil && length > *l.MaxLength {
		c.report(path, "%q has %d characters, but %s's maximum is %d", short(text), length, whose, *l.MaxLength)
	}
	if valid := validators[l.Validator]; valid != nil && !valid(text) {
		c.report(path, "%q does not pass the validator %s", short(text), l.Validator)
	}
	if l.JSON && !json.Valid([]byte(text)) {
		c.report(path, "%q is not valid JSON", short(text))
	}
}

// short shortens a text.
func short(text string) string {
	const most = 80
	if len(text) > most {
		return text[:most] + "..."
	}
	return text
}

// float converts a number to a float64.
func float(value any) (float64, bool) {
	switch v := value.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// nested reports whether a path is below another field.
func nested(path string) bool { return strings.Contains(path, ".") }

// split returns the path of a field's object, and the field's name.
func split(path string) (string, string) {
	i := strings.LastIndex(path, ".")
	if i < 0 {
		return "", path
	}
	return path[:i], path[i+1:]
}
