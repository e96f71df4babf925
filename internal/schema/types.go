package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// wrongType explains why a value has the wrong type, with the correct line.
func wrongType(name string, value any, node *extv1.JSONSchemaProps) string {
	if value == nil {
		return "is empty: set a value, or remove it"
	}
	switch {
	case wants(node, "string"):
		return notText(name, value, node)
	case node.Type == "boolean":
		return notBoolean(name, value)
	case node.Type == "integer":
		return notNumber(name, value, node)
	case node.Type == "array":
		return shown(value) + " is not a list" + asList(name, value)
	case node.AdditionalProperties != nil:
		return shown(value) + " is not a map" + cmp.Or(unquoted(value), ": write NAME: value for each entry")
	}
	return shown(value) + " is not a map of fields" + cmp.Or(unquoted(value), asFields(name, value, node))
}

func notText(name string, value any, node *extv1.JSONSchemaProps) string {
	switch written := fmt.Sprint(value); {
	case !isScalar(value):
		return shown(value) + " is not text"
	case len(node.Enum) > 0 && !slices.Contains(options(node), written):
		return shown(value) + " is not supported; " + Choices(written, options(node))
	default:
		return Quoted(name, written)
	}
}

func notBoolean(name string, value any) string {
	text, _ := value.(string)
	if b, ok := boolean(text); ok {
		return fmt.Sprintf("%q is text, but true or false is required: write %s: %t without quotes", text, name, b)
	}
	return fmt.Sprintf("%s is not true or false: write %s: true or %s: false", shown(value), name, name)
}

func notNumber(name string, value any, node *extv1.JSONSchemaProps) string {
	text, _ := value.(string)
	if n, err := strconv.Atoi(text); err == nil {
		return fmt.Sprintf("%q is text, but a number is required: write %s: %d without quotes", text, name, n)
	}
	out := shown(value) + " is not a whole number"
	limits := between(node)
	if len(node.Enum) > 0 {
		limits = Choices("", options(node))
	}
	if limits != "" {
		out += ": " + limits
	}
	if withUnit.MatchString(text) {
		out += ", without a unit"
	}
	return out
}

// withUnit matches a number with its unit, such as 512Mi.
var withUnit = regexp.MustCompile(`^[0-9.]+ ?[A-Za-z]+$`)

// asList returns how to write a value as a list.
func asList(name string, value any) string {
	text, isText := value.(string)
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	switch {
	case isText && (len(words) == 0 || strings.ContainsAny(text, `'"`)):
		return ": begin each entry with - on a separate line"
	case isText:
		return fmt.Sprintf(": write %s: [%s]", name, quotedList(words))
	case isScalar(value):
		return fmt.Sprintf(": write %s: [%s]", name, shown(value))
	}
	return ": begin each entry with - on a separate line"
}

func quotedList(words []string) string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		out = append(out, shown(w))
	}
	return strings.Join(out, ", ")
}

// unquoted returns a hint for a map that is written as text.
func unquoted(value any) string {
	text, _ := value.(string)
	inner := map[string]any{}
	if json.Unmarshal([]byte(text), &inner) == nil {
		return ": remove the quotes around it"
	}
	if m := withoutSpace.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf(": write %s: %s with a space after the colon", m[1], m[2])
	}
	return ""
}

// withoutSpace matches a field without a space after its colon, which YAML reads as
// text.
var withoutSpace = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9]*):([^/\s].*)$`)

// asFields returns how to write the fields of an object.
func asFields(name string, value any, node *extv1.JSONSchemaProps) string {
	if items, isList := value.([]any); isList && len(items) == 1 {
		if _, ok := items[0].(map[string]any); ok {
			return ": remove the - before the first field"
		}
	}
	if _, isBoolean := value.(bool); isBoolean && node.Properties["enabled"].Type == "boolean" {
		return fmt.Sprintf(": write %s: {enabled: %t}", name, value)
	}
	switch fields := slices.Sorted(maps.Keys(node.Properties)); {
	case len(fields) == 0:
		return ""
	case len(fields) > maxOptions:
		slices.SortStableFunc(fields, func(a, b string) int { return cmp.Compare(needed(node, a), needed(node, b)) })
		return ": use fields such as " + list(fields[:maxNearest], "and")
	case len(fields) == 1:
		return ": use the field " + fields[0]
	default:
		return ": use the fields " + list(fields, "and")
	}
}

// needed orders the fields of an object, required ones first.
func needed(node *extv1.JSONSchemaProps, name string) int {
	if slices.Contains(node.Required, name) {
		return 0
	}
	return 1
}

// Quoted returns the line to write for a text that YAML reads as another type
// without quotes, such as 15.10 as the number 15.1. The file contains text.
func Quoted(name, text string) string {
	kind := "a number"
	if b, ok := boolean(text); ok {
		kind = fmt.Sprintf("the boolean %t", b)
	}
	line := fmt.Sprintf("%s: %q", name, text)
	if _, err := strconv.Atoi(name); err == nil {
		line = fmt.Sprintf("%q", text) // A list entry.
	}
	return fmt.Sprintf("%s %s as %s, but text is required: write %s", readsAs, text, kind, line)
}

const readsAs = "without quotes, YAML reads"

// WantsQuotes reports whether an error is about a string without quotes.
func WantsQuotes(e *field.Error) bool {
	return e.Type == field.ErrorTypeTypeInvalid && strings.HasPrefix(e.Detail, readsAs)
}

func boolean(text string) (bool, bool) {
	switch strings.ToLower(text) {
	case "true", "yes", "y", "on":
		return true, true
	case "false", "no", "n", "off":
		return false, true
	}
	return false, false
}

func wants(node *extv1.JSONSchemaProps, kind string) bool {
	return node.Type == kind || node.XIntOrString && kind == "string"
}

func isScalar(value any) bool {
	switch value.(type) {
	case bool, int64, float64, string:
		return true
	}
	return false
}
