package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/agext/levenshtein"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"
)

const (
	// maxShown is the maximum number of characters of a value in a message.
	maxShown = 80
	// maxOptions is the maximum number of allowed values in a message. If there are
	// more, the message contains the nearest ones.
	maxOptions = 12
	// maxNearest is the maximum number of nearest values in a message.
	maxNearest = 3
)

// Explain adds readable details to the errors of Validate, instead of an API
// server's regular expressions, numbers of bytes and type names. object is the
// validated object.
func (s *Schema) Explain(errs field.ErrorList, object map[string]any) field.ErrorList {
	var out field.ErrorList
	for _, e := range errs {
		if alternative(e) || follows(e, errs) {
			continue
		}
		e = s.explained(e, object)
		if !slices.ContainsFunc(out, func(o *field.Error) bool { return *at(o) == *at(e) }) {
			out = append(out, e)
		}
	}
	if blocksRules(errs) {
		for _, e := range misformed(s.props, nil, object) {
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

// follows reports whether an error only follows from the type of its field or of one
// above it.
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

// polished returns an error without the value of a secret, and with a hint at
// characters of a value that only look right.
func polished(e *field.Error) *field.Error {
	out := *e
	text, isText := e.BadValue.(string)
	path := Split(e.Field)
	switch {
	case isText && len(path) > 1 && path[len(path)-2] == "secrets":
		out.BadValue, out.Detail = field.OmitValueType{}, e.Detail+"; never write the value of a secret into a claim"
	case isText:
		out.Detail += lookalikes(text)
	}
	return &out
}

// lookalikes returns a hint at quotes, hyphens and spaces of a text that are not
// those of a keyboard; empty if there are none.
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
	return fmt.Sprintf(". The value contains typographic or invisible characters (%s): type plain quotes, hyphens and spaces", strings.Join(found, ", "))
}

// misformed returns the texts of an object that do not have the format of their
// field.
func misformed(node *extv1.JSONSchemaProps, path *field.Path, value any) field.ErrorList {
	var out field.ErrorList
	switch v := value.(type) {
	case string:
		return misformedText(node, path, v)
	case []any:
		for i := range v {
			if entry := below(node, strconv.Itoa(i)); entry != nil {
				out = append(out, misformed(entry, path.Index(i), v[i])...)
			}
		}
	case map[string]any:
		for _, key := range sortedKeys(v) {
			at := path.Key(key)
			if _, ok := node.Properties[key]; ok {
				at = path.Child(key)
			}
			if inner := below(node, key); inner != nil {
				out = append(out, misformed(inner, at, v[key])...)
			}
		}
	}
	return out
}

// misformedText does the same for a single string.
func misformedText(node *extv1.JSONSchemaProps, path *field.Path, text string) field.ErrorList {
	var out field.ErrorList
	for _, r := range node.XValidations {
		if f, ok := FormatOfRule(r.Rule); ok && !f.matches(text) {
			out = append(out, field.Invalid(path, text, f.Message()))
		}
	}
	return out
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

// alternative reports whether an error only repeats the type error of a field with
// several types, without the field's path.
func alternative(e *field.Error) bool {
	return strings.Contains(e.Detail, "must validate at least one schema (anyOf)") || strings.HasPrefix(e.Detail, "Checked value must be of type ")
}

// place identifies a problem that is reported twice.
type place struct {
	kind   field.ErrorType
	path   string
	detail string
}

func at(e *field.Error) *place { return &place{e.Type, e.Field, e.Detail} }

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

// unknown suggests a replacement for an unknown field: the nearest field of the
// same object, or a field with the same name in another object.
func (s *Schema) unknown(shown string, path []string) string {
	parent, name := nodeAt(s.props, path[:len(path)-1]), last(path)
	if parent != nil {
		siblings := make([]string, 0, len(parent.Properties))
		for sibling := range parent.Properties {
			siblings = append(siblings, sibling)
		}
		if near := Nearest(name, siblings); len(near) > 0 {
			return unknownField + "; did you mean " + near[0] + "?"
		}
	}
	if elsewhere := s.elsewhere(shown, path); len(elsewhere) > 0 {
		return unknownField + "; did you mean " + list(elsewhere, "or") + "?"
	}
	if parent != nil && 0 < len(parent.Properties) && len(parent.Properties) <= maxOptions {
		return unknownField + "; use " + list(sortedKeys(parent.Properties), "or")
	}
	return unknownField + "; remove it"
}

const unknownField = "unknown field"

// UnknownField returns what to write instead of an unknown field next to the spec,
// among other fields.
func (s *Schema) UnknownField(name string, fields []string) string {
	if near := Nearest(name, fields); len(near) > 0 {
		return unknownField + "; did you mean " + near[0] + "?"
	}
	if elsewhere := s.elsewhere("spec."+name, []string{"spec", name}); len(elsewhere) > 0 {
		return unknownField + "; did you mean " + list(elsewhere, "or") + "?"
	}
	return unknownField + "; use " + list(fields, "or")
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

// Nearest returns the most similar options, nearest first: those that differ only
// in case, or in a few characters.
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

// abbreviated returns the only option that a value abbreviates, such as prod.
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

// withUnit is a number with its unit, such as 512Mi.
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

// withoutSpace is a field whose colon no space follows, which YAML reads as text.
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
	switch fields := sortedKeys(node.Properties); {
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

// Quoted returns the line to write for a text that YAML reads as another type
// without quotes: n as false, 15.10 as the number 15.1. Text is how a file has it.
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

// required returns an example of a missing field.
func required(node *extv1.JSONSchemaProps) string {
	if len(node.Enum) > 0 {
		return "is required; use " + strings.TrimPrefix(Choices("", options(node)), "use ")
	}
	if example := sample(node); example != "" {
		return "is required: set it, such as " + example
	}
	return "is required"
}

// sample returns the example of a field. It is empty if there is no scalar example.
func sample(node *extv1.JSONSchemaProps) string {
	for _, j := range []*extv1.JSON{node.Example, node.Default} {
		var value any
		if j == nil || json.Unmarshal(j.Raw, &value) != nil {
			continue
		}
		if values, ok := value.([]any); ok && len(values) > 0 {
			value = values[0]
		}
		switch value.(type) {
		case string, float64, bool:
			return fmt.Sprint(value)
		}
	}
	return ""
}

// count describes the number of units and its limits.
func count(n int, one, several string, least, most *int64) string {
	units := func(n int64) string {
		if n == 1 {
			return "1 " + one
		}
		return fmt.Sprintf("%d %s", n, several)
	}
	have := "has " + units(int64(n))
	if n == 0 {
		have = "is empty"
	}
	switch {
	case most != nil && int64(n) > *most:
		return fmt.Sprintf("%s; use at most %d", have, *most)
	case least != nil && most != nil && *least < *most:
		return fmt.Sprintf("%s; use %d to %s", have, *least, units(*most))
	case least != nil:
		return have + "; use at least " + units(*least)
	}
	return have
}

// entries describes the length of a list or a map.
func entries(value any, node *extv1.JSONSchemaProps) string {
	switch v := value.(type) {
	case []any:
		return count(len(v), "entry", "entries", node.MinItems, node.MaxItems)
	case map[string]any:
		return count(len(v), "entry", "entries", node.MinProperties, node.MaxProperties)
	}
	return "has too many or too few entries"
}

// between returns the limits of a number.
func between(node *extv1.JSONSchemaProps) string {
	switch {
	case node.Minimum != nil && node.Maximum != nil:
		return fmt.Sprintf("use %.0f to %.0f", *node.Minimum, *node.Maximum)
	case node.Minimum != nil:
		return fmt.Sprintf("use at least %.0f", *node.Minimum)
	case node.Maximum != nil:
		return fmt.Sprintf("use at most %.0f", *node.Maximum)
	}
	return ""
}

// Limits returns the messages for a field's limits by JSON Schema keyword, for
// forms that validate.
func Limits(node *extv1.JSONSchemaProps) map[string]string {
	out := map[string]string{}
	if limits := between(node); limits != "" {
		out["minimum"], out["maximum"] = limits, limits
	}
	for keyword, limit := range map[string]struct {
		n    *int64
		text string
	}{
		"minLength":     {node.MinLength, "use at least %d characters"},
		"maxLength":     {node.MaxLength, "use at most %d characters"},
		"minItems":      {node.MinItems, "use at least %d entries"},
		"maxItems":      {node.MaxItems, "use at most %d entries"},
		"maxProperties": {node.MaxProperties, "use at most %d entries"},
	} {
		if n := ptr.Deref(limit.n, 0); limit.n != nil {
			out[keyword] = fmt.Sprintf(limit.text, n)
			if n == 1 {
				out[keyword] = strings.NewReplacer("characters", "character", "entries", "entry").Replace(out[keyword])
			}
		}
	}
	return out
}

func options(node *extv1.JSONSchemaProps) []string {
	out := make([]string, 0, len(node.Enum))
	for _, e := range node.Enum {
		var value any
		if err := json.Unmarshal(e.Raw, &value); err == nil {
			out = append(out, fmt.Sprint(value))
		}
	}
	return out
}

// Text returns an error for users: field, problem and allowed values.
func Text(e *field.Error) string { return e.Field + ": " + Problem(e) }

// Problem returns Text without the field.
func Problem(e *field.Error) string {
	detail := plain(e.Detail)
	switch e.Type { //nolint:exhaustive // All other errors are about a value.
	case field.ErrorTypeRequired:
		return cmp.Or(detail, "is required")
	case field.ErrorTypeForbidden, field.ErrorTypeTypeInvalid, field.ErrorTypeInternal:
		return detail
	case field.ErrorTypeNotFound:
		return shown(e.BadValue) + " was not found"
	case field.ErrorTypeDuplicate:
		if keys, ok := e.BadValue.(map[string]any); ok {
			return pairs(keys) + " is used by another entry; each entry needs its own " + list(sortedKeys(keys), "and")
		}
		return shown(e.BadValue) + " is listed more than once; remove one"
	case field.ErrorTypeNotSupported:
		return shown(e.BadValue) + " is not supported; " + detail
	case field.ErrorTypeTooMany:
		return fmt.Sprintf("has %v entries; %s", e.BadValue, atMost.ReplaceAllString(detail, "use at most $1"))
	}
	if _, omitted := e.BadValue.(field.OmitValueType); omitted || e.BadValue == nil {
		return detail
	}
	if aboutField.MatchString(detail) {
		return detail
	}
	if strings.HasPrefix(detail, "use ") {
		return shown(e.BadValue) + " is not valid; " + detail
	}
	return shown(e.BadValue) + " is not valid: " + detail
}

// aboutField matches a detail that is about the field instead of its value.
var aboutField = regexp.MustCompile(`^(is|has|requires|cannot) `)

// Join returns several errors as one text, one per line.
func Join(errs field.ErrorList) string {
	out := make([]string, 0, len(errs))
	for _, e := range errs {
		out = append(out, Text(e))
	}
	return strings.Join(out, "\n")
}

// Within returns an error with its context. Several lines follow the context,
// indented.
func Within(context string, err error) WithinError { return WithinError{context, err} }

// WithinError is an error with its context.
type WithinError struct {
	context string
	err     error
}

// Error returns context and error.
func (w WithinError) Error() string {
	text := w.err.Error()
	if strings.Contains(text, "\n") {
		return w.context + ":\n  " + strings.ReplaceAll(text, "\n", "\n  ")
	}
	return w.context + ": " + text
}

// Unwrap returns the error without its context.
func (w WithinError) Unwrap() error { return w.err }

// atMost matches Kubernetes' message for too many entries.
var atMost = regexp.MustCompile(`^must have at most ([0-9]+) items?$`)

// regexUsed matches Kubernetes' mention of a regular expression for its names.
var regexUsed = regexp.MustCompile(` \(e\.g\. (.*?), +regex used for validation is .*\)$`)

// plain removes regular expressions and bytes from a detail.
func plain(detail string) string {
	detail = strings.ReplaceAll(regexUsed.ReplaceAllString(detail, ", such as $1"), ",  or ", " or ")
	return strings.ReplaceAll(detail, " bytes", " characters")
}

// shown returns a value for a message, shortened.
func shown(value any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return fmt.Sprint(value)
	}
	text := []rune(strings.TrimSpace(b.String()))
	if len(text) > maxShown {
		closing := ""
		if text[0] == '"' {
			closing = `"`
		}
		return string(text[:maxShown]) + "..." + closing
	}
	return string(text)
}

// needed orders the fields of an object, required ones first.
func needed(node *extv1.JSONSchemaProps, name string) int {
	if slices.Contains(node.Required, name) {
		return 0
	}
	return 1
}

// pairs returns fields with their values.
func pairs(fields map[string]any) string {
	out := make([]string, 0, len(fields))
	for _, name := range sortedKeys(fields) {
		out = append(out, name+" "+shown(fields[name]))
	}
	return strings.Join(out, ", ")
}

// list returns words as a list in a sentence.
func list(words []string, conjunction string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + conjunction + " " + words[len(words)-1]
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

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
