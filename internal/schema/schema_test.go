package schema

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

// crd returns a definition whose only version has this schema.
func crd(schema string) string {
	return "spec:\n  versions:\n  - name: v1\n    schema:\n      openAPIV3Schema:\n" + indented(schema)
}

func indented(s string) string {
	return "        " + strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n        ") + "\n"
}

// shop is a schema with all features of validation.
const shop = `
type: object
required: [spec]
properties:
  apiVersion: {type: string}
  kind: {type: string}
  metadata: {type: object}
  spec:
    type: object
    required: [name]
    x-kubernetes-validations:
    - rule: self.size <= 9 || self.name != 'small'
      message: a small shop has at most 9 seats
      fieldPath: .size
    properties:
      name: {type: string, pattern: '^[a-z]*$', maxLength: 8, enum: [small, large, N1]}
      size:
        type: integer
        default: 5
        minimum: 1
        x-kubernetes-validations:
        - rule: self >= oldSelf
          message: shops never shrink
      tags: {type: array, maxItems: 3, items: {type: string}, x-kubernetes-list-type: set}
      note: {type: string, default: ""}
      free: {type: object, x-kubernetes-preserve-unknown-fields: true}
`

// object parses an object like an API server.
func object(t *testing.T, text string) map[string]any {
	t.Helper()
	out := map[string]any{}
	if err := yaml.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return integers(out).(map[string]any) //nolint:forcetypeassert // It was a map before.
}

// integers converts whole numbers to integers.
func integers(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = integers(v[k])
		}
	case []any:
		for i := range v {
			v[i] = integers(v[i])
		}
	case float64:
		return int64(v)
	}
	return v
}

func shopSchema(t *testing.T) *Schema {
	t.Helper()
	s, err := FromDefinition([]byte(crd(shop)), "v1")
	if err != nil {
		t.Fatalf("FromDefinition(...): %v", err)
	}
	return s
}

func TestFromDefinition(t *testing.T) {
	cases := map[string]struct {
		reason     string
		definition string
		version    string
		want       string
	}{
		"NoYAML": {
			reason:     "What is no YAML is no definition.",
			definition: "a: {",
			want:       "cannot parse definition: yaml: line 1: did not find expected node content",
		},
		"NoJSON": {
			reason:     "What begins as JSON is read as JSON.",
			definition: "{",
			want:       "cannot parse definition: unexpected end of JSON input",
		},
		"NoVersions": {
			reason:     "Nor is YAML without versions.",
			definition: "spec: {}",
			want:       "definition has no version with a schema",
		},
		"NoSchema": {
			reason:     "A version may have no schema, as in a CRD that only converts.",
			definition: "spec: {versions: [{name: v1}]}",
			version:    "v1",
			want:       "definition has no version with a schema",
		},
		"OtherVersion": {
			reason:     "The schema of another version says nothing about this one.",
			definition: crd("type: object"),
			version:    "v2",
			want:       "definition has no version with a schema",
		},
		"NotStructural": {
			reason:     "An API server would not take it either.",
			definition: crd("type: object\nproperties: {spec: {$ref: '#/definitions/spec'}}"),
			version:    "v1",
			want:       "cannot use schema: OpenAPIV3Schema '$ref' is not supported",
		},
		"Version": {
			reason:     "A definition with the version has a schema.",
			definition: crd("type: object"),
			version:    "v1",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := FromDefinition([]byte(tc.definition), tc.version)
			if diff := cmp.Diff(tc.want, text(err)); diff != "" {
				t.Errorf("\n%s\nFromDefinition(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			if (s == nil) != (err != nil) {
				t.Errorf("\n%s\nFromDefinition(...): want either a schema or an error, got %v, %v", tc.reason, s, err)
			}
		})
	}
}

func TestFromDefinitionPicksVersion(t *testing.T) {
	definition := fmt.Sprintf("spec:\n  versions:\n  - name: v1\n    schema:\n      openAPIV3Schema:\n%s  - name: v2\n    schema:\n      openAPIV3Schema:\n%s",
		indented("type: object\nproperties: {one: {type: string}}"), indented("type: object\nproperties: {two: {type: string}}"))
	cases := map[string]struct {
		reason  string
		version string
		want    []string
	}{
		"Named": {
			reason:  "The schema is that of the version that is asked for.",
			version: "v1",
			want:    []string{"two"},
		},
		"Last": {
			reason: "Without a name it is that of the last version, the newest one.",
			want:   []string{"one"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := FromDefinition([]byte(definition), tc.version)
			if err != nil {
				t.Fatalf("\n%s\nFromDefinition(...): %v", tc.reason, err)
			}
			if diff := cmp.Diff(tc.want, s.Unknown(map[string]any{"one": "", "two": ""})); diff != "" {
				t.Errorf("\n%s\nUnknown(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestMust(t *testing.T) {
	s := &Schema{}
	if got := Must(s, nil); got != s {
		t.Errorf("Must(...): want the schema that it was given, got %v", got)
	}
	boom := errors.New("boom")
	defer func() {
		if diff := cmp.Diff(boom.Error(), fmt.Sprint(recover())); diff != "" {
			t.Errorf("\nA program whose own definitions cannot be read must not start.\nMust(...): -want panic, +got panic:\n%s", diff)
		}
	}()
	Must(nil, boom)
}

func TestDefault(t *testing.T) {
	cases := map[string]struct {
		reason string
		object string
		want   string
	}{
		"Absent": {
			reason: "What is absent gets its default.",
			object: "spec: {name: small}",
			want:   "spec: {name: small, size: 5, note: ''}",
		},
		"Given": {
			reason: "What was given stays, also where it is empty.",
			object: "spec: {name: small, size: 7, note: ''}",
			want:   "spec: {name: small, size: 7, note: ''}",
		},
		"Null": {
			reason: "A null is as good as absent, as Helm and kubectl users know it.",
			object: "spec: {name: null, size: null}",
			want:   "spec: {size: 5, note: ''}",
		},
		"NoParent": {
			reason: "A parent without default is not made up for its children.",
			object: "kind: Shop",
			want:   "kind: Shop",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := object(t, tc.object)
			shopSchema(t).Default(got)
			if diff := cmp.Diff(object(t, tc.want), got); diff != "" {
				t.Errorf("\n%s\nDefault(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestUnknown(t *testing.T) {
	cases := map[string]struct {
		reason string
		object string
		want   []string
	}{
		"None": {
			reason: "The fields of the schema are known, and everything in one that keeps what it does not know.",
			object: "apiVersion: v1\nkind: Shop\nmetadata: {name: a, labels: {b: c}}\nspec: {name: small, free: {anything: {goes: 1}}}",
		},
		"Several": {
			reason: "All are told at once, in the same order every time.",
			object: "spec: {typo: 1, another: 2}\nstatus: {}",
			want:   []string{"spec.another", "spec.typo", "status"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := object(t, tc.object)
			if diff := cmp.Diff(tc.want, shopSchema(t).Unknown(o)); diff != "" {
				t.Errorf("\n%s\nUnknown(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(object(t, tc.object), o); diff != "" {
				t.Errorf("\nLooking for fields must not remove them.\nUnknown(...): -before, +after:\n%s", diff)
			}
		})
	}
}

func TestValidate(t *testing.T) {
	cases := map[string]struct {
		reason string
		object string
		want   []string
	}{
		"Valid": {
			reason: "What is right is not refused, and rules about an old object do not apply to a new one.",
			object: "spec: {name: small, size: 9, tags: [a, b]}",
		},
		"SeveralProblems": {
			reason: "All problems are told at once, in the same order every time.",
			object: "spec: {name: N1, size: 0, tags: [a, b, a], typo: 1}",
			want: []string{
				`spec.name: Invalid value: "N1": spec.name in body should match '^[a-z]*$'`,
				`spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1`,
				`spec.tags[2]: Duplicate value: "a"`,
				`spec.typo: Invalid value: unknown field`,
			},
		},
		"Rule": {
			reason: "A broken rule names the field that it is about.",
			object: "spec: {name: small, size: 10}",
			want:   []string{`spec.size: Invalid value: a small shop has at most 9 seats`},
		},
		"RuleBesideOthers": {
			reason: "A value that is wrong in another way does not hide a broken rule.",
			object: "spec: {name: small, size: 10, tags: [a, a]}",
			want: []string{
				`spec.size: Invalid value: a small shop has at most 9 seats`,
				`spec.tags[1]: Duplicate value: "a"`,
			},
		},
		"Required": {
			reason: "Without a required field rules that use it would fail themselves.",
			object: "spec: {size: 10}",
			want:   []string{`spec.name: Required value`},
		},
		"WrongType": {
			reason: "Rules cannot be tried on values of other types than they are written for.",
			object: "spec: {name: small, size: ten}",
			want:   []string{`spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"`},
		},
		"TooLong": {
			reason: "A rule's cost is only bounded for values that are.",
			object: "spec: {name: large-and-small, size: 10}",
			want: []string{
				`spec.name: Too long: may not be more than 8 bytes`,
				`spec.name: Unsupported value: "large-and-small": supported values: "small", "large", "N1"`,
			},
		},
		"TooMany": {
			reason: "So it is for lists.",
			object: "spec: {name: small, size: 10, tags: [a, b, c, d]}",
			want:   []string{`spec.tags: Too many: 4: must have at most 3 items`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, e := range shopSchema(t).Validate(object(t, tc.object)) {
				got = append(got, e.Error())
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nValidate(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestValidateWithoutRules(t *testing.T) {
	s, err := FromDefinition([]byte(crd("type: object\nproperties: {size: {type: integer, minimum: 1}}")), "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range s.Validate(object(t, "size: 0")) {
		got = append(got, e.Error())
	}
	want := []string{"size: Invalid value: 0: size in body should be greater than or equal to 1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nMost kinds of the provider have no rules in CEL.\nValidate(...): -want, +got:\n%s", diff)
	}
}

func TestValidateUpdate(t *testing.T) {
	cases := map[string]struct {
		reason string
		object string
		old    string
		want   []string
	}{
		"Allowed": {
			reason: "A change in the right direction is not refused.",
			object: "spec: {name: small, size: 6}",
			old:    "spec: {name: small, size: 5}",
		},
		"Refused": {
			reason: "A rule may compare with the old object.",
			object: "spec: {name: small, size: 4}",
			old:    "spec: {name: small, size: 5}",
			want:   []string{`spec.size: Invalid value: 4: shops never shrink`},
		},
		"Added": {
			reason: "Such a rule does not apply to a field that the old object did not have.",
			object: "spec: {name: small, size: 4}",
			old:    "spec: {name: small}",
		},
		"Invalid": {
			reason: "An update must be valid in itself too.",
			object: "spec: {name: small, size: 10}",
			old:    "spec: {name: small, size: 5}",
			want:   []string{`spec.size: Invalid value: a small shop has at most 9 seats`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, e := range shopSchema(t).ValidateUpdate(object(t, tc.object), object(t, tc.old)) {
				got = append(got, e.Error())
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nValidateUpdate(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// Every object has a kind and a name. Rules can use them, although Crossplane's
// schemas do not mention them.
func TestRulesOfRoot(t *testing.T) {
	s, err := FromDefinition([]byte(crd("type: object\nx-kubernetes-validations:\n- rule: self.metadata.name == oldSelf.metadata.name\n  message: a shop keeps its name")), "")
	if err != nil {
		t.Fatal(err)
	}
	old := object(t, "kind: Shop\nmetadata: {name: a}")
	if errs := s.Validate(old); len(errs) > 0 {
		t.Errorf("\nA new object has no old name.\nValidate(...): %v", errs)
	}
	if errs := s.ValidateUpdate(old, old); len(errs) > 0 {
		t.Errorf("\nWhat stays is no change.\nValidateUpdate(...): %v", errs)
	}
	want := "<nil>: Invalid value: a shop keeps its name"
	if diff := cmp.Diff(want, s.ValidateUpdate(object(t, "kind: Shop\nmetadata: {name: b}"), old).ToAggregate().Error()); diff != "" {
		t.Errorf("\nValidateUpdate(...): -want, +got:\n%s", diff)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
