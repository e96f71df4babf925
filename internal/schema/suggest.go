package schema

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

const (
	// maxOptions is the maximum number of allowed values in a message. If there are
	// more, the message contains the nearest ones.
	maxOptions = 12
	// maxNearest is the maximum number of nearest values in a message.
	maxNearest = 3
)

// unknown suggests a replacement for an unknown field of an object of the schema.
func (s *Schema) unknown(shown string, path []string) string {
	var siblings []string
	if parent := nodeAt(s.props, path[:len(path)-1]); parent != nil {
		siblings = slices.Sorted(maps.Keys(parent.Properties))
	}
	return s.replacement(shown, path, siblings)
}

// replacement suggests what to write instead of an unknown field: the nearest field
// of the same object, or a field with the same name in another object.
func (s *Schema) replacement(shown string, path, siblings []string) string {
	if near := Nearest(last(path), siblings); len(near) > 0 {
		return unknownField + "; did you mean " + near[0] + "?"
	}
	if elsewhere := s.elsewhere(shown, path); len(elsewhere) > 0 {
		return unknownField + "; did you mean " + list(elsewhere, "or") + "?"
	}
	if 0 < len(siblings) && len(siblings) <= maxOptions {
		return unknownField + "; use " + list(siblings, "or")
	}
	return unknownField + "; remove it"
}

const unknownField = "unknown field"

// UnknownField returns what to write instead of an unknown field next to the spec.
// fields lists the known fields there.
func (s *Schema) UnknownField(name string, fields []string) string {
	return s.replacement("spec."+name, []string{"spec", name}, fields)
}

// elsewhere returns the paths of fields with the name of an unknown one, the nearest
// ones first. For a field within a part of the spec, it omits fields within other
// parts.
func (s *Schema) elsewhere(shown string, path []string) []string {
	out := named(s.props, "", last(path))
	if len(path) > 2 {
		out = slices.DeleteFunc(out, func(found string) bool { return common(found, shown) < 2 && strings.Count(found, ".") > 1 })
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(common(b, shown), common(a, shown)), cmp.Compare(strings.Count(a, "."), strings.Count(b, ".")), cmp.Compare(a, b))
	})
	if len(out) > 0 && (len(path) > 2 || strings.Count(out[0], ".") == 1) {
		return out[:1]
	}
	return out[:min(len(out), maxNearest)]
}

// named returns the paths of all fields of the spec that have a name.
func named(node *extv1.JSONSchemaProps, path, name string) []string {
	var out []string
	for field, p := range node.Properties {
		below := strings.TrimPrefix(path+"."+field, ".")
		if below == "status" {
			continue
		}
		if strings.EqualFold(field, name) {
			out = append(out, below)
		}
		out = append(out, named(&p, below, name)...)
	}
	if node.Items != nil && node.Items.Schema != nil {
		out = append(out, named(node.Items.Schema, path+"[]", name)...)
	}
	return out
}

// common returns the number of leading fields that two paths share.
func common(a, b string) int {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	n := 0
	for n < min(len(as), len(bs)) && as[n] == bs[n] {
		n++
	}
	return n
}

// Nearest returns the options that differ only in case or in a few characters, nearest
// first.
func Nearest(value string, options []string) []string {
	distance := func(option string) int {
		a, b := strings.ToLower(value), strings.ToLower(option)
		if a != b && sortedLetters(a) == sortedLetters(b) {
			return 1 // Transposed letters.
		}
		return levenshtein.Distance(a, b, nil)
	}
	var out []string
	for _, o := range options {
		if distance(o) <= max(1, (len([]rune(value))+1)/3) && len(value) > 0 {
			out = append(out, o)
		}
	}
	if len(out) == 0 {
		return abbreviated(value, options)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(distance(a), distance(b)), cmp.Compare(a, b)) })
	return out[:min(len(out), maxNearest)]
}

// abbreviated returns the option that a value abbreviates, as prod does, if there is
// only one.
func abbreviated(value string, options []string) []string {
	var out []string
	for _, o := range options {
		left := []rune(strings.ToLower(value))
		if len(left) < 2 || !strings.HasPrefix(strings.ToLower(o), string(left[0])) {
			continue
		}
		for _, r := range strings.ToLower(o) {
			if len(left) > 0 && r == left[0] {
				left = left[1:]
			}
		}
		if len(left) == 0 {
			out = append(out, o)
		}
	}
	if len(out) != 1 {
		return nil
	}
	return out
}

func sortedLetters(text string) string {
	letters := []rune(text)
	slices.Sort(letters)
	return string(letters)
}

// Choices suggests replacements for an unsupported value.
func Choices(value string, options []string) string {
	near := Nearest(value, options)
	switch {
	case len(options) <= maxOptions && len(near) > 0 && len(options) > 1:
		return fmt.Sprintf("did you mean %s? Use %s", near[0], list(options, "or"))
	case len(options) <= maxOptions:
		return "use " + list(options, "or")
	case len(near) > 0:
		return "did you mean " + list(near, "or") + "?"
	}
	return fmt.Sprintf("use one of %d values, such as %s", len(options), list(options[:maxNearest], "or"))
}

// NotSupported returns an error for an unsupported value.
func NotSupported(path *field.Path, value string, options []string) *field.Error {
	return &field.Error{Type: field.ErrorTypeNotSupported, Field: path.String(), BadValue: value, Detail: Choices(value, options)}
}
