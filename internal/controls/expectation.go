package controls

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

const (
	errFields    = "%s: add at least one field with an expectation"
	errScalar    = "%s: %v is not a string, number or boolean"
	errOperator  = "%s: unknown operator %q: use one of %s"
	errNumber    = "%s: %v is not a number"
	errBool      = "%s: %v is not a boolean: use true or false"
	errRegexp    = "%s: %v is not a valid regular expression (RE2 syntax)"
	errNoneAsked = "%s: the expectation is empty: use a value, a list of values, or operators"
)

// condition is the expectation for one field.
type condition struct {
	expectation

	path Path
}

// conditions are expectations for several fields by path. All must be met.
type conditions []condition

// expectation is a condition for a value. All fields that are set must match. The
// value must exist, except with set: false and none.
type expectation struct {
	// oneOf lists the allowed values.
	oneOf []*structpb.Value
	// not lists the forbidden values.
	not []*structpb.Value
	// set reports whether the value must exist. A reference counts as a value.
	set *bool
	// atLeast and atMost are limits of a number.
	atLeast, atMost *float64
	matches         *regexp.Regexp
	// contains lists values that a list must contain.
	contains []*structpb.Value
	// items is the minimum length of a list.
	items *float64
	// every, some and none are conditions for list items.
	every, some, none conditions
}

// operators are the keywords of an expectation.
var operators = []string{"atLeast", "atMost", "contains", "every", "items", "matches", "none", "not", "set", "some"}

// parseConditions parses fields and their expectations.
func parseConditions(where string, asked any) (conditions, error) {
	fields, ok := asked.(map[string]any)
	if !ok || len(fields) == 0 {
		return nil, fmt.Errorf(errFields, where)
	}
	var out conditions
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		p, err := ParsePath(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", where, err)
		}
		e, err := parseExpectation(where+"["+name+"]", fields[name])
		if err != nil {
			return nil, err
		}
		out = append(out, condition{expectation: e, path: p})
	}
	return out, nil
}

// parseExpectation parses a value, a list of allowed values, or operators.
func parseExpectation(where string, asked any) (expectation, error) {
	e := expectation{}
	words, ok := asked.(map[string]any)
	if !ok {
		var err error
		e.oneOf, err = scalars(where, asked)
		return e, err
	}
	if len(words) == 0 {
		return e, fmt.Errorf(errNoneAsked, where)
	}
	for _, word := range slices.Sorted(maps.Keys(words)) {
		if err := e.operator(where, word, words[word]); err != nil {
			return e, err
		}
	}
	return e, nil
}

// operator parses one keyword.
func (e *expectation) operator(where, word string, asked any) (err error) { //nolint:nonamedreturns // Each keyword sets one field or fails.
	at := where + "." + word
	switch word {
	case "not":
		e.not, err = scalars(at, asked)
	case "contains":
		e.contains, err = scalars(at, asked)
	case "set":
		e.set, err = boolean(at, asked)
	case "atLeast":
		e.atLeast, err = number(at, asked)
	case "atMost":
		e.atMost, err = number(at, asked)
	case "items":
		e.items, err = number(at, asked)
	case "matches":
		e.matches, err = expression(at, asked)
	case "every":
		e.every, err = parseConditions(at, asked)
	case "some":
		e.some, err = parseConditions(at, asked)
	case "none":
		e.none, err = parseConditions(at, asked)
	default:
		err = fmt.Errorf(errOperator, where, word, strings.Join(operators, ", "))
	}
	return err
}

// scalars parses a value or a list of values.
func scalars(where string, asked any) ([]*structpb.Value, error) {
	list, ok := asked.([]any)
	if !ok {
		list = []any{asked}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf(errNoneAsked, where)
	}
	out := make([]*structpb.Value, 0, len(list))
	for _, item := range list {
		switch item.(type) {
		case string, bool, float64:
			v, err := structpb.NewValue(item)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", where, err)
			}
			out = append(out, v)
		default:
			return nil, fmt.Errorf(errScalar, where, item)
		}
	}
	return out, nil
}

func number(where string, asked any) (*float64, error) {
	n, ok := asked.(float64)
	if !ok {
		return nil, fmt.Errorf(errNumber, where, asked)
	}
	return &n, nil
}

func boolean(where string, asked any) (*bool, error) {
	b, ok := asked.(bool)
	if !ok {
		return nil, fmt.Errorf(errBool, where, asked)
	}
	return &b, nil
}

func expression(where string, asked any) (*regexp.Regexp, error) {
	text, _ := asked.(string)
	r, err := regexp.Compile(text)
	if err != nil || text == "" {
		return nil, fmt.Errorf(errRegexp, where, asked)
	}
	return r, nil
}

// subject is the object of conditions, or the item of a list.
type subject struct {
	// fields is the start of paths, which is spec.forProvider for an object. root
	// is the start of paths with a slash.
	fields, root *structpb.Value
}

// at returns the value at a path. It is nil if there is none.
func (s subject) at(p Path, texts *texts) *structpb.Value { return p.in(s.from(p), texts) }

func (s subject) from(p Path) *structpb.Value {
	if p.Root {
		return s.root
	}
	return s.fields
}

// hold reports whether all conditions are met.
func (c conditions) hold(s subject, texts *texts) bool {
	for i := range c {
		if !c[i].holds(s, texts) {
			return false
		}
	}
	return true
}

// holds reports whether a field meets its expectation. If the value must only
// exist, a reference counts.
func (c *condition) holds(s subject, texts *texts) bool {
	v := s.at(c.path, texts)
	if c.set != nil {
		there := !isEmpty(v) || !isEmpty(c.path.reference(s.from(c.path), texts))
		if there != *c.set {
			return false
		}
	}
	return c.isValue(v) && c.isNumber(v) && c.isList(v, texts)
}

func (e *expectation) isValue(v *structpb.Value) bool {
	switch {
	case e.oneOf != nil && !slices.ContainsFunc(e.oneOf, func(want *structpb.Value) bool { return same(want, v) }):
		return false
	case e.not != nil && (isEmpty(v) || slices.ContainsFunc(e.not, func(refused *structpb.Value) bool { return same(refused, v) })):
		return false
	case e.matches != nil:
		text, ok := v.GetKind().(*structpb.Value_StringValue)
		return ok && e.matches.MatchString(text.StringValue)
	default:
		return true
	}
}

func (e *expectation) isNumber(v *structpb.Value) bool {
	if e.atLeast == nil && e.atMost == nil {
		return true
	}
	n, ok := v.GetKind().(*structpb.Value_NumberValue)
	return ok && (e.atLeast == nil || n.NumberValue >= *e.atLeast) && (e.atMost == nil || n.NumberValue <= *e.atMost)
}

func (e *expectation) isList(v *structpb.Value, texts *texts) bool {
	if e.contains == nil && e.items == nil && e.every == nil && e.some == nil && e.none == nil {
		return true
	}
	items := texts.items(v)
	for _, want := range e.contains {
		if !slices.ContainsFunc(items, func(item *structpb.Value) bool { return same(want, item) }) {
			return false
		}
	}
	met := func(c conditions) int {
		n := 0
		for _, item := range items {
			if c.hold(subject{fields: item, root: item}, texts) {
				n++
			}
		}
		return n
	}
	switch {
	case e.items != nil && float64(len(items)) < *e.items,
		e.every != nil && (len(items) == 0 || met(e.every) < len(items)),
		e.some != nil && met(e.some) == 0,
		e.none != nil && met(e.none) > 0:
		return false
	default:
		return true
	}
}

// same reports whether two scalars are equal.
func same(a, b *structpb.Value) bool {
	switch a := a.GetKind().(type) {
	case *structpb.Value_StringValue:
		b, ok := b.GetKind().(*structpb.Value_StringValue)
		return ok && a.StringValue == b.StringValue
	case *structpb.Value_NumberValue:
		b, ok := b.GetKind().(*structpb.Value_NumberValue)
		return ok && a.NumberValue == b.NumberValue
	case *structpb.Value_BoolValue:
		b, ok := b.GetKind().(*structpb.Value_BoolValue)
		return ok && a.BoolValue == b.BoolValue
	default:
		return false
	}
}

// isEmpty reports whether a value is missing, an empty string or an empty list. An
// empty object is a value, because WAF's actions are empty objects.
func isEmpty(v *structpb.Value) bool {
	switch k := v.GetKind().(type) {
	case nil, *structpb.Value_NullValue:
		return true
	case *structpb.Value_StringValue:
		return k.StringValue == ""
	case *structpb.Value_ListValue:
		return len(k.ListValue.GetValues()) == 0
	default:
		return false
	}
}

// shown returns a value in one line.
func shown(v *structpb.Value) string {
	switch k := v.GetKind().(type) {
	case nil, *structpb.Value_NullValue:
		return "nothing"
	case *structpb.Value_StringValue:
		if len(k.StringValue) > 60 {
			return strconv.Quote(k.StringValue[:57] + "...")
		}
		return strconv.Quote(k.StringValue)
	case *structpb.Value_NumberValue:
		return strconv.FormatFloat(k.NumberValue, 'f', -1, 64)
	case *structpb.Value_BoolValue:
		return strconv.FormatBool(k.BoolValue)
	case *structpb.Value_ListValue:
		if n := len(k.ListValue.GetValues()); n != 1 {
			return fmt.Sprintf("a list of %d items", n)
		}
		return "a list of 1 item"
	default:
		return "an object"
	}
}
