package schema

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// Each example is valid, and each format can be found by its pattern and its rule.
func TestFormats(t *testing.T) {
	for _, f := range Formats() {
		t.Run(f.Message(), func(t *testing.T) {
			if f.Example != "" && !regexp.MustCompile(f.Pattern).MatchString(f.Example) {
				t.Errorf("\nAn example is valid.\nFormats(): %q does not match %s", f.Example, f.Pattern)
			}
			got, err := FormatOf(f.Pattern)
			if diff := cmp.Diff(f, got); diff != "" || err != nil {
				t.Errorf("\nA pattern has one format.\nFormatOf(%s): -want, +got:\n%s%v", f.Pattern, diff, err)
			}
			got, ok := FormatOfRule(f.Rule())
			if diff := cmp.Diff(f, got); diff != "" || !ok {
				t.Errorf("\nA rule checks one format.\nFormatOfRule(%s): -want, +got:\n%s", f.Rule(), diff)
			}
		})
	}
}

// An API server evaluates the rule of a format as CEL, and the function evaluates the
// pattern: both take and refuse the same texts.
func TestFormatsAgreeWithCEL(t *testing.T) {
	for _, f := range Formats() {
		structural := &structuralschema.Structural{
			Generic:              structuralschema.Generic{Type: "string"},
			ValidationExtensions: structuralschema.ValidationExtensions{XValidations: extv1.ValidationRules{{Rule: f.Rule(), Message: f.Message()}}},
			ValueValidation:      &structuralschema.ValueValidation{MaxLength: new(int64(512))},
		}
		rules := cel.NewValidator(structural, false, celconfig.PerCallLimit)
		for _, value := range []string{f.Example, "", " ", "*", "A", "-", ".", f.Example + "\n", "\n" + f.Example, f.Example + " ", strings.ToUpper(f.Example), "ü" + f.Example} {
			errs, _ := rules.Validate(t.Context(), nil, structural, value, nil, celconfig.RuntimeCELCostBudget)
			node := &extv1.JSONSchemaProps{XValidations: extv1.ValidationRules{{Rule: f.Rule()}}}
			if diff := cmp.Diff(errs.ToAggregate(), wrongFormats(node, nil, value).ToAggregate(), cmp.Comparer(func(a, b error) bool { return text(a) == text(b) })); diff != "" {
				t.Errorf("\nwrongFormats(%s, %q): -CEL, +got:\n%s", f.Pattern, value, diff)
			}
		}
	}
}

func TestFormatOfRefuses(t *testing.T) {
	_, err := FormatOf("^a$")
	if diff := cmp.Diff("no format describes the pattern ^a$: add one to internal/schema/formats.go", text(err)); diff != "" {
		t.Errorf("\nA pattern without a description must not get into the API.\nFormatOf(...): -want error, +got error:\n%s", diff)
	}
	if f, ok := FormatOfRule("self.matches('^a$')"); ok {
		t.Errorf("\nOther rules check no format.\nFormatOfRule(...): got %v", f)
	}
}

func TestNearest(t *testing.T) {
	cases := map[string]struct {
		reason  string
		value   string
		options []string
		want    []string
	}{
		"Case":          {reason: "Upper and lower case are easily confused.", value: "multiAz", options: []string{"class", "multiAZ"}, want: []string{"multiAZ"}},
		"Transposition": {reason: "So are letters that have changed places.", value: "sepc", options: []string{"metadata", "spec"}, want: []string{"spec"}},
		"Several":       {reason: "The nearest comes first.", value: "eu-west-11", options: []string{"eu-north-1", "eu-west-2", "eu-west-1"}, want: []string{"eu-west-1", "eu-west-2"}},
		"Far":           {reason: "What is far is no help.", value: "Ireland", options: []string{"eu-west-1"}},
		"Nothing":       {reason: "Nothing is near to everything short.", value: "", options: []string{"a"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Nearest(tc.value, tc.options)); diff != "" {
				t.Errorf("\n%s\nNearest(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
