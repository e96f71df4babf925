package schema

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// withRules is a definition with rules at the root, of fields, of items, of values
// and of transitions.
const withRules = `
spec:
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
        type: object
        x-kubernetes-validations: [{rule: "!has(self.spec) || !has(self.spec.name) || self.spec.name != 'root'", message: root}]
        properties:
          spec:
            type: object
            x-kubernetes-validations: [{rule: "!has(self.plain) || has(self.name)", message: plain}]
            properties:
              plain: {type: string}
              name: {type: string, x-kubernetes-validations: [{rule: "self == oldSelf", message: fixed}, {rule: "size(self) < 5", message: long}]}
              nested:
                type: object
                properties:
                  list: {type: array, maxItems: 5, items: {type: object, x-kubernetes-validations: [{rule: "self.a < 3", message: item}], properties: {a: {type: integer}}}}
                  map: {type: object, maxProperties: 5, additionalProperties: {type: integer, x-kubernetes-validations: [{rule: "self < 3", message: value}]}}
                  open: {type: object, x-kubernetes-preserve-unknown-fields: true}
`

// TestRules compares rules that are compiled one by one with those of the API
// server's library, which compiles all at once.
func TestRules(t *testing.T) {
	s, err := FromDefinition([]byte(withRules), "")
	if err != nil {
		t.Fatal(err)
	}
	whole := cel.NewValidator(s.structural, true, celconfig.PerCallLimit)
	cases := map[string]struct {
		reason, object, old string
		want                []string
	}{
		"Valid":      {reason: "Without a broken rule there should be no error.", object: "{spec: {name: a, plain: b, nested: {list: [{a: 1}], map: {b: 2}}}}"},
		"Empty":      {reason: "No field, no rule.", object: "{}"},
		"Null":       {reason: "A field of null has no value to check.", object: "{spec: {nested: null}}"},
		"Root":       {reason: "The root's rule reads fields below.", object: "{spec: {name: root}}", want: []string{"<nil>: root"}},
		"Level":      {reason: "A rule may be about a level between.", object: "{spec: {plain: b}}", want: []string{"spec: plain"}},
		"Leaf":       {reason: "A rule may be about a field.", object: "{spec: {name: abcde}}", want: []string{"spec.name: long"}},
		"Item":       {reason: "The path names the item.", object: "{spec: {nested: {list: [{a: 1}, {a: 4}]}}}", want: []string{"spec.nested.list[1]: item"}},
		"Value":      {reason: "The path names the key.", object: "{spec: {nested: {map: {b: 4}}}}", want: []string{"spec.nested.map[b]: value"}},
		"Transition": {reason: "The earlier value is that of the same field.", object: "{spec: {name: a}}", old: "{spec: {name: b}}", want: []string{"spec.name: fixed"}},
		"Added":      {reason: "What was not there cannot have changed.", object: "{spec: {name: a}}", old: "{spec: {}}"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var is, was any = object(t, tc.object), nil
			if tc.old != "" {
				was = object(t, tc.old)
			}
			got, _ := s.rules.validate(t.Context(), nil, is, was, celconfig.RuntimeCELCostBudget)
			library, _ := whole.Validate(t.Context(), nil, nil, is, was, celconfig.RuntimeCELCostBudget)
			if diff := cmp.Diff(tc.want, texts(got)); diff != "" {
				t.Errorf("\n%s\nvalidate(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(texts(library), texts(got)); diff != "" {
				t.Errorf("\n%s\nvalidate(...): -library, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// texts returns the fields and messages of errors, sorted.
func texts(errs field.ErrorList) []string {
	var out []string
	for _, e := range errs {
		out = append(out, e.Field+": "+e.Detail)
	}
	slices.Sort(out)
	return out
}

func TestRulesBudget(t *testing.T) {
	s, err := FromDefinition([]byte(withRules), "")
	if err != nil {
		t.Fatal(err)
	}
	object := map[string]any{"spec": map[string]any{"name": "abcde"}}
	errs, left := s.rules.validate(t.Context(), nil, object, nil, 1)
	if left >= 0 || len(errs) == 0 {
		t.Errorf("\nAn object that is too expensive to check should be refused.\nvalidate(...): %v, budget left %d", errs, left)
	}
}
