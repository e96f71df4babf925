package rules

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// thing is a kind with one rule of each type.
const thing = `{"x/Thing": {"type": "aws_thing", "externalName": "name", "notLateInitialized": ["ignored"], "notLateInitializedIfInitial": ["initial"], "fields": {
  "@external-name": {"type": "string", "maxLength": 8},
  "class": {"type": "string", "required": true, "oneOf": ["a", "b"]},
  "zone": {"type": "string", "conflictsWith": ["zoneId", "zone"], "forceNew": true},
  "zoneId": {"type": "string"},
  "user": {"type": "string", "requiredWith": ["password"]},
  "password": {"type": "string"},
  "from": {"type": "string", "exactlyOneOf": ["from", "to"]},
  "to": {"type": "string"},
  "cidr": {"type": "string", "atLeastOneOf": ["cidr", "prefix"]},
  "prefix": {"type": "string"},
  "count": {"type": "int", "min": 1, "max": 9},
  "days": {"type": "int", "oneOf": ["1", "7"]},
  "share": {"type": "float", "max": 0.5},
  "label": {"type": "string", "patterns": ["^[a-z]+$"], "forbidden": ["^aws"], "minLength": 2, "maxLength": 5},
  "policy": {"type": "string", "json": true},
  "role": {"type": "string", "validator": "verify.ValidARN"},
  "odd": {"type": "string", "validator": "validOdd"},
  "tags": {"type": "map"},
  "many": {"type": "set", "minItems": 1, "maxItems": 2, "oneOf": ["p", "q"]},
  "block": {"type": "object", "computed": true},
  "block.list": {"type": "list"},
  "block.list[].name": {"type": "string", "required": true, "maxLength": 3},
  "block.list[].other": {"type": "string", "conflictsWith": ["block.deep"]},
  "block.deep": {"type": "object"},
  "block.deep.er": {"type": "string"},
  "filled": {"type": "string", "default": "x"},
  "empty": {"type": "bool", "default": false},
  "ignored": {"type": "string", "computed": true},
  "initial": {"type": "string", "computed": true}
}}}`

const thingAtAWS = `{"x/Thing": {"label": {"maxLength": 4}, "@external-name": {"patterns": ["\\A(?:[a-z-]+)\\z"]}}}`

const thingInWords = `{"x/Thing": {"label": {"documented": "CreateThing", "forbidden": ["'"]}}}`

func kind(t *testing.T) Kind {
	t.Helper()
	kinds, err := parse([]byte(thing), []byte(thingAtAWS), []byte(thingInWords))
	if err != nil {
		t.Fatal(err)
	}
	return kinds["x/Thing"]
}

type fields = map[string]any

func object(forProvider fields, more ...func(fields)) *unstructured.Unstructured {
	o := fields{"spec": fields{"forProvider": forProvider}}
	for _, m := range more {
		m(o)
	}
	return &unstructured.Unstructured{Object: o}
}

// valid returns the fields of a thing without violations, with changes.
func valid(change fields) fields {
	out := fields{"class": "a", "from": "here", "cidr": "10.0.0.0/8"}
	for k, v := range change {
		if v == nil {
			delete(out, k)
			continue
		}
		out[k] = v
	}
	return out
}

func TestCheck(t *testing.T) {
	cases := map[string]struct {
		reason string
		kind   Kind // The thing above, if empty.
		object *unstructured.Unstructured
		want   []string
	}{
		"Valid": {reason: "What breaks no rule is fine.", object: object(valid(nil))},
		"Initial": {
			reason: "What the resource is created with counts too.",
			object: object(valid(fields{"class": nil}), func(o fields) { inSpec(o)["initProvider"] = fields{"class": "c"} }),
			want:   []string{`class: "c" is not one of Terraform's values: [a b]`},
		},
		"Required": {reason: "A field that must be there is missing.", object: object(valid(fields{"class": nil})), want: []string{"class: is required"}},
		"Reference": {
			reason: "A reference stands for a value of which nothing is known.",
			object: object(valid(fields{"class": nil, "classRef": fields{"name": "c"}, "zone": "z", "zoneIdSelector": fields{}})),
			want:   []string{"zone: conflicts with zoneId"},
		},
		"ConflictsWith": {reason: "Two fields exclude each other.", object: object(valid(fields{"zone": "z", "zoneId": "1"})), want: []string{"zone: conflicts with zoneId"}},
		"RequiredWith":  {reason: "A field needs another one.", object: object(valid(fields{"user": "u"})), want: []string{"user: requires password"}},
		"Secret":        {reason: "A field from a Secret is one.", object: object(valid(fields{"user": "u", "passwordSecretRef": fields{}}))},
		"ExactlyOneOf":  {reason: "One of them, not both.", object: object(valid(fields{"to": "there"})), want: []string{"from: exactly one of from, to must be set, not 2"}},
		"AtLeastOneOf":  {reason: "One of them, not none.", object: object(valid(fields{"cidr": nil})), want: []string{"cidr: one of cidr, prefix must be set"}},
		"Numbers": {
			reason: "Numbers have bounds, or are some.",
			object: object(valid(fields{"count": int64(0), "days": int64(3), "share": 0.75})),
			want:   []string{"count: 0 is less than Terraform's minimum, which is 1", "days: 3 is not one of Terraform's values: [1 7]", "share: 0.75 is more than Terraform's maximum, which is 0.5"},
		},
		"NumbersWithin": {reason: "Numbers within bounds are fine.", object: object(valid(fields{"count": int64(9), "days": int64(7), "share": 0.5, "policy": true}))},
		"Text": {
			reason: "A text is held against what both say.",
			object: object(valid(fields{"label": "awsAWS"})),
			want: []string{
				`label: "awsAWS" does not match Terraform's pattern: ^[a-z]+$`, `label: "awsAWS" has 6 characters, but AWS's maximum is 4`,
				`label: "awsAWS" has 6 characters, but Terraform's maximum is 5`, `label: "awsAWS" matches a pattern that Terraform forbids: ^aws`,
			},
		},
		"Words": {
			reason: "And against what AWS says in words only.",
			object: object(valid(fields{"label": "it's"})),
			want:   []string{`label: "it's" does not match Terraform's pattern: ^[a-z]+$`, `label: "it's" matches a pattern that the AWS documentation forbids: '`},
		},
		"Short": {reason: "A text can be too short.", object: object(valid(fields{"label": "a"})), want: []string{`label: "a" has 1 characters, but Terraform's minimum is 2`}},
		"JSON": {
			reason: "A document must be one; of a long text the beginning is shown.",
			object: object(valid(fields{"policy": strings.Repeat("{", 81)})),
			want:   []string{`policy: "` + strings.Repeat("{", 80) + `..." is not valid JSON`},
		},
		"Validator": {
			reason: "A text is held against the functions of the provider that are known.",
			object: object(valid(fields{"role": "app", "odd": "even"})),
			want:   []string{`role: "app" does not pass the validator verify.ValidARN`},
		},
		"Items": {
			reason: "A list has so many items, each of which is held against the limits.",
			object: object(valid(fields{"many": []any{"p", "q", "r"}})),
			want:   []string{`many: "r" is not one of Terraform's values: [p q]`, "many: has 3 items, but Terraform's maximum is 2"},
		},
		"NoItems": {reason: "A list can be too short.", object: object(valid(fields{"many": []any{}})), want: []string{"many: has 0 items, but Terraform's minimum is 1"}},
		"Map":     {reason: "Keys of a map are no fields.", object: object(valid(fields{"tags": fields{"class": "z"}}))},
		"Nested": {
			reason: "What is below is held against the rules too.",
			object: object(valid(fields{"block": fields{"deep": fields{"er": "x"}, "list": []any{fields{"name": "long"}, fields{"other": "x"}, "no object"}}})),
			want: []string{
				`block.list[].name: "long" has 4 characters, but Terraform's maximum is 3`, "block.list[].name: is required", "block.list[].other: conflicts with block.deep",
			},
		},
		"ExternalName": {
			reason: "So is the external name.",
			object: object(valid(nil), func(o fields) {
				o["metadata"] = fields{"annotations": fields{"crossplane.io/external-name": "LONG-NAME"}}
			}),
			want: []string{`@external-name: "LONG-NAME" does not match AWS's pattern: \A(?:[a-z-]+)\z`, `@external-name: "LONG-NAME" has 9 characters, but Terraform's maximum is 8`},
		},
		"ExternalNamePrefix": {
			reason: "The argument has a prefix that the external name need not have.",
			kind:   Kind{ExternalName: "name", ExternalNamePrefix: "alias/", Fields: map[string]Attribute{ExternalName: {Limits: Limits{Patterns: []string{"^alias/[a-z]+$"}}}}},
			object: object(nil, func(o fields) {
				o["metadata"] = fields{"annotations": fields{"crossplane.io/external-name": "KEY"}}
			}),
			want: []string{`@external-name: "alias/KEY" does not match Terraform's pattern: ^alias/[a-z]+$`},
		},
		"ExternalNameWithPrefix": {
			reason: "It may have the prefix.",
			kind:   Kind{ExternalName: "name", ExternalNamePrefix: "alias/", Fields: map[string]Attribute{ExternalName: {Limits: Limits{Patterns: []string{"^alias/[a-z]+$"}}}}},
			object: object(nil, func(o fields) {
				o["metadata"] = fields{"annotations": fields{"crossplane.io/external-name": "alias/key"}}
			}),
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if tc.kind.Fields == nil {
				tc.kind = kind(t)
			}
			var got []string
			for _, v := range tc.kind.Check(tc.object) {
				got = append(got, v.String())
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nCheck(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestHas(t *testing.T) {
	c := &checker{fields: fields{"a": []any{fields{"b": "c"}, "text"}}}
	for path, want := range map[string]bool{"a[].b": true, "a[].c": false, "a": true, "d.e": false} {
		if got := c.has(path); got != want {
			t.Errorf("\nA path goes through objects and lists.\nhas(%s): want %v, got %v", path, want, got)
		}
	}
}

func TestKind(t *testing.T) {
	k := kind(t)
	if diff := cmp.Diff([]string{"zone"}, k.ForceNew()); diff != "" {
		t.Errorf("\nForceNew(): -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"block", "filled", "initial"}, k.LateInitialized()); diff != "" {
		t.Errorf("\nWhat is computed or has a default is filled in, unless the provider leaves it alone.\nLateInitialized(): -want, +got:\n%s", diff)
	}
	initial := func(o fields) { inSpec(o)["initProvider"] = fields{"initial": "i", "filled": "f"} }
	for field, want := range map[string]bool{"class": true, "zone": false, "initial": true, "filled": false} {
		if got := k.Composes(object(valid(nil), initial), field); got != want {
			t.Errorf("\nWhat a resource says itself is not filled in.\nComposes(%s): want %v, got %v", field, want, got)
		}
	}
}

func TestUnsettled(t *testing.T) {
	k := Kind{Type: "aws_backup_selection", Fields: map[string]Attribute{
		"condition":  {Type: "set", Computed: true, ForceNew: true},
		"material":   {Type: "object", Computed: true, ForceNew: true},
		"period":     {Type: "list", Computed: true, ForceNew: true},
		"period[].x": {Type: "list", Computed: true, ForceNew: true},
		"id":         {Type: "string", Computed: true, ForceNew: true},
		"options":    {Type: "object", Computed: true},
		"input":      {Type: "object", ForceNew: true},
	}}
	policies := func(actions ...any) func(fields) {
		return func(o fields) { inSpec(o)["managementPolicies"] = actions }
	}
	cases := map[string]struct {
		reason string
		object *unstructured.Unstructured
		want   []string
	}{
		"Absent":   {reason: "What neither the resource nor AWS has is planned to be replaced.", object: object(fields{}), want: []string{"material", "period"}},
		"Composed": {reason: "What the resource has is compared.", object: object(fields{"material": fields{"x": "y"}}), want: []string{"period"}},
		"Anything": {reason: "The provider may do all.", object: object(fields{}, policies("*")), want: []string{"material", "period"}},
		"Updates":  {reason: "The provider may update.", object: object(fields{}, policies("Observe", "Update")), want: []string{"material", "period"}},
		"Fixed":    {reason: "What must not be updated comes to rest.", object: object(fields{}, policies("Observe", "Create"))},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, k.Unsettled(tc.object)); diff != "" {
				t.Errorf("\n%s\nUnsettled(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestParse(t *testing.T) {
	for reason, files := range map[string][3]string{
		"Terraform's rules": {"[", "{}", "{}"}, "AWS's limits": {"{}", "[", "{}"}, "that AWS documents": {"{}", "{}", "["}, "x/Unknown": {"{}", "{}", "x/Unknown: {}"},
	} {
		if _, err := parse([]byte(files[0]), []byte(files[1]), []byte(files[2])); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("\nA broken file is named.\nparse(...): want %q, got %v", reason, err)
		}
	}
}

// TestData verifies that patterns compile, and that paths are those of fields.
func TestData(t *testing.T) {
	kinds, err := Kinds()
	if err != nil {
		t.Fatal(err)
	}
	for name, k := range kinds {
		if k.Type == "" {
			t.Errorf("\nEvery kind is one of Terraform's.\n%s", name)
		}
		for path, d := range k.Documented {
			if _, ok := k.Fields[path]; !ok && path != ExternalName {
				t.Errorf("\nWhat is documented is about a field.\n%s: no %s", name, path)
			}
			if d.In == "" {
				t.Errorf("\nWhoever doubts a limit can look it up.\n%s %s", name, path)
			}
		}
		for path, a := range k.Fields {
			for _, l := range []Limits{a.Limits, k.AWS[path], k.Documented[path].Limits} {
				for _, p := range slices.Concat(l.Patterns, l.Forbidden) {
					if _, err := regexp.Compile(p); err != nil {
						t.Errorf("\nPatterns can be used.\n%s %s: %v", name, path, err)
					}
				}
			}
			for _, other := range slices.Concat(a.ConflictsWith, a.RequiredWith, a.ExactlyOneOf, a.AtLeastOneOf) {
				if _, ok := k.Fields[other]; !ok {
					t.Errorf("\nFields go with fields.\n%s %s: no %s", name, path, other)
				}
			}
		}
	}
}

// inSpec wraps fields in a spec.
func inSpec(o fields) fields {
	spec, _ := o["spec"].(fields)
	return spec
}
