package main

import (
	"errors"
	"math"
	"reflect"
	"regexp"
	"runtime"
	"strconv"
	"strings"

	"github.com/hashicorp/go-cty/cty"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// Messages of Terraform's validation helpers, and descriptions of the framework's
// validators.
var (
	sayOneOf     = regexp.MustCompile(`(?s)to be one of \[(.*?)\](?:, got| ignoring case|$)`)
	sayOneOfFW   = regexp.MustCompile(`value must be one of: \[(.*?)\]`)
	sayQuoted    = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)
	sayLength    = regexp.MustCompile(`expected length of \S+ to be in the range \((\d+) - (\d+)\)`)
	sayLengthFW  = regexp.MustCompile(`string length must be between (\d+) and (\d+)`)
	sayLeastFW   = regexp.MustCompile(`string length must be at least (\d+)`)
	sayMostFW    = regexp.MustCompile(`string length must be at most (\d+)`)
	sayRange     = regexp.MustCompile(`to be in the range \((-?[\d.]+) - (-?[\d.]+)\)`)
	sayRangeFW   = regexp.MustCompile(`value must be between (-?[\d.]+) and (-?[\d.]+)`)
	sayAtLeast   = regexp.MustCompile(`to be at least \((-?[\d.]+)\)`)
	sayAtMost    = regexp.MustCompile(`to be at most \((-?[\d.]+)\)`)
	saySizeLeast = regexp.MustCompile(`must contain at least (\d+) elements`)
	saySizeMost  = regexp.MustCompile(`must contain at most (\d+) elements`)
	sayJSON      = regexp.MustCompile(`contains an invalid JSON`)
	sayRequired  = regexp.MustCompile(`marked it as required`)
)

// probe returns the limits of a validation function, from its messages about values
// that are always invalid.
func probe(s *schema.Schema) limits {
	l := limits{}
	if s.ValidateFunc == nil && s.ValidateDiagFunc == nil {
		return l
	}
	l.Validator = functionName(s)
	for _, v := range values(s.Type) {
		for _, message := range refusals(s, v) {
			l.read(message)
		}
	}
	return l
}

// read extracts a limit from a message of a validation function.
func (l *limits) read(message string) {
	if m := sayOneOf.FindStringSubmatch(message); m != nil {
		l.OneOf = oneOf(m[1])
	}
	if m := sayOneOfFW.FindStringSubmatch(message); m != nil {
		l.OneOf = oneOf(m[1])
	}
	for _, e := range []*regexp.Regexp{sayLength, sayLengthFW} {
		if m := e.FindStringSubmatch(message); m != nil {
			l.MinLength, l.MaxLength = whole(m[1]), whole(m[2])
			return
		}
	}
	if m := sayLeastFW.FindStringSubmatch(message); m != nil {
		l.MinLength = whole(m[1])
	}
	if m := sayMostFW.FindStringSubmatch(message); m != nil {
		l.MaxLength = whole(m[1])
	}
	for _, e := range []*regexp.Regexp{sayRange, sayRangeFW} {
		if m := e.FindStringSubmatch(message); m != nil {
			l.Min, l.Max = number(m[1]), number(m[2])
		}
	}
	if m := sayAtLeast.FindStringSubmatch(message); m != nil {
		l.Min = number(m[1])
	}
	if m := sayAtMost.FindStringSubmatch(message); m != nil {
		l.Max = number(m[1])
	}
	l.JSON = l.JSON || sayJSON.MatchString(message)
}

// readBlock extracts the minimum and maximum number of blocks from the description
// of a validator.
func (a *attribute) readBlock(description string) {
	a.Required = a.Required || sayRequired.MatchString(description)
	if m := saySizeLeast.FindStringSubmatch(description); m != nil {
		a.MinItems, _ = strconv.Atoi(m[1])
	}
	if m := saySizeMost.FindStringSubmatch(description); m != nil {
		a.MaxItems, _ = strconv.Atoi(m[1])
	}
}

// oneOf returns the values in a list, quoted or separated by spaces.
func oneOf(list string) []string {
	var out []string
	for _, m := range sayQuoted.FindAllStringSubmatch(list, -1) {
		out = append(out, m[1])
	}
	if out == nil {
		out = strings.Fields(list)
	}
	return out
}

func whole(s string) *int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return nil
	}
	return &n
}

func number(s string) *float64 {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return nil
	}
	return &n
}

// values returns test values. Each validator with limits rejects at least one of
// them.
func values(t schema.ValueType) []any {
	switch t { //nolint:exhaustive // Other types have no relevant validators.
	case schema.TypeString:
		return []any{"", "\x01~ no such value ~\x01", strings.Repeat("x", 1<<20)}
	case schema.TypeInt:
		return []any{math.MinInt32, -7, 0, 3, math.MaxInt32}
	case schema.TypeFloat:
		return []any{-1e12, 1e12}
	}
	return nil
}

// refusals returns the messages of a validation function about a value.
func refusals(s *schema.Schema, value any) (out []string) {
	defer func() {
		_ = recover() // Some functions panic for unexpected values.
	}()
	if s.ValidateFunc != nil {
		_, errs := s.ValidateFunc(value, "it")
		for _, err := range errs {
			out = append(out, flatten(err)...)
		}
	}
	if s.ValidateDiagFunc != nil {
		for _, d := range s.ValidateDiagFunc(value, cty.GetAttrPath("it")) {
			out = append(out, d.Summary+" "+d.Detail)
		}
	}
	return out
}

// flatten returns the messages of an error, which may be joined.
func flatten(err error) []string {
	var many interface{ WrappedErrors() []error }
	if errors.As(err, &many) {
		var out []string
		for _, e := range many.WrappedErrors() {
			out = append(out, flatten(e)...)
		}
		return out
	}
	return []string{err.Error()}
}

// functionName returns the name of a validation function of the provider. It is
// empty for a closure.
func functionName(s *schema.Schema) string {
	f := any(s.ValidateFunc)
	if s.ValidateFunc == nil {
		f = s.ValidateDiagFunc
	}
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	name = name[strings.LastIndex(name, "/")+1:]
	if strings.Contains(name, ".func") || strings.Contains(name, "[") || strings.Contains(name, ".init") {
		return ""
	}
	return name
}
