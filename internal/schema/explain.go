package schema

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Explain adds readable details to the errors of Validate, in place of an API server's
// regular expressions, byte counts and type names. object is the validated object.
func (s *Schema) Explain(errs field.ErrorList, object map[string]any) field.ErrorList {
	var out field.ErrorList
	for _, e := range errs {
		if alternative(e) || follows(e, errs) {
			continue
		}
		e = s.explained(e, object)
		if !slices.ContainsFunc(out, func(o *field.Error) bool { return o.Type == e.Type && o.Field == e.Field && o.Detail == e.Detail }) {
			out = append(out, e)
		}
	}
	if blocksRules(errs) {
		for _, e := range wrongFormats(s.props, nil, object) {
			if !slices.ContainsFunc(out, func(o *field.Error) bool { return slices.Equal(Split(o.Field), Split(e.Field)) }) {
				out = append(out, e)
			}
		}
	}
	for i, e := range out {
		out[i] = polished(e)
	}
	return sorted(out)
}

// follows reports whether an error only follows from the wrong type of its field or of
// a field above it.
func follows(e *field.Error, errs field.ErrorList) bool {
	path := Split(e.Field)
	return slices.ContainsFunc(errs, func(other *field.Error) bool {
		above := Split(other.Field)
		within := len(above) <= len(path) && slices.Equal(above, path[:len(above)])
		return within && mistyped(other) && (len(above) < len(path) || !mistyped(e))
	})
}

func mistyped(e *field.Error) bool {
	return e.Type == field.ErrorTypeTypeInvalid || strings.Contains(e.Detail, " in body must be of type ")
}

// polished returns an error without the value of a secret, and with a hint about
// characters that only look right.
func polished(e *field.Error) *field.Error {
	out := *e
	text, isText := e.BadValue.(string)
	path := Split(e.Field)
	switch {
	case isText && len(path) > 1 && path[len(path)-2] == "secrets":
		out.BadValue, out.Detail = field.OmitValueType{}, e.Detail+"; never put the value of a secret in a claim"
	case isText:
		out.Detail += lookalikes(text)
	}
	return &out
}

// lookalikes returns a hint about quotes, hyphens and spaces in a text that a keyboard
// does not produce. It is empty if there are none.
func lookalikes(text string) string {
	var found []string
	for _, r := range text {
		code := fmt.Sprintf("%U", r)
		if r > unicode.MaxASCII && unicode.In(r, unicode.Pi, unicode.Pf, unicode.Ps, unicode.Pd, unicode.Zs, unicode.Cf) && !slices.Contains(found, code) {
			found = append(found, code)
		}
	}
	if len(found) == 0 {
		return ""
	}
	return fmt.Sprintf(". The value contains typographic or invisible characters (%s): replace them with plain quotes, hyphens or spaces", strings.Join(found, ", "))
}

// alternative reports whether an error only repeats the type error of a field with
// several types, without the field's path.
func alternative(e *field.Error) bool {
	return strings.Contains(e.Detail, "must validate at least one schema (anyOf)") || strings.HasPrefix(e.Detail, "Checked value must be of type ")
}

func (s *Schema) explained(e *field.Error, object map[string]any) *field.Error {
	path := Split(e.Field)
	node := nodeAt(s.props, path)
	value, name := valueAt(object, path)
	if node == nil {
		node = &extv1.JSONSchemaProps{}
	}
	out := *e
	switch {
	case e.Detail == unknownField:
		out.Detail = s.unknown(e.Field, path)
	case e.Type == field.ErrorTypeNotSupported && len(node.Enum) > 0:
		out.Detail = Choices(fmt.Sprint(value), options(node))
	case mistyped(e):
		out.Type, out.BadValue, out.Detail = field.ErrorTypeTypeInvalid, field.OmitValueType{}, wrongType(name, value, node)
	case e.Type == field.ErrorTypeRequired && e.Detail == "":
		out.Detail = required(node)
	case e.Type == field.ErrorTypeTooLong, strings.Contains(e.Detail, " chars long"):
		out.Type, out.BadValue, out.Detail = field.ErrorTypeInvalid, field.OmitValueType{}, count(len([]rune(fmt.Sprint(value))), "character", "characters", node.MinLength, node.MaxLength)
	case e.Type == field.ErrorTypeTooMany, strings.Contains(e.Detail, " in body should have at least "):
		out.Type, out.BadValue, out.Detail = field.ErrorTypeInvalid, field.OmitValueType{}, entries(value, node)
	case strings.Contains(e.Detail, " in body should match "):
		if f, err := FormatOf(node.Pattern); err == nil {
			out.Detail = f.Message()
		}
	case strings.Contains(e.Detail, " in body should be "):
		out.Detail = between(node)
	case strings.HasPrefix(e.Detail, "must be ") && e.BadValue == field.OmitValueType{} && isScalar(value):
		// A rule of an object that is about one of its fields.
		out.BadValue = value
	}
	return &out
}
