package controls

import (
	"testing"

	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"
)

func TestHolds(t *testing.T) {
	// Each expectation is for field a.
	cases := map[string]struct {
		reason string
		asked  string
		yes    []string
		no     []string
	}{
		"Value":       {reason: "Values should be equal, and of the same type.", asked: `1`, yes: []string{`{a: 1}`}, no: []string{`{a: 2}`, `{a: "1"}`, `{a: true}`, `{}`, `{a: null}`, `{a: [1]}`}},
		"Text":        {reason: "Texts should be equal.", asked: `x`, yes: []string{`{a: x}`}, no: []string{`{a: X}`, `{a: 1}`, `{a: {x: x}}`}},
		"Bool":        {reason: "False is not absence.", asked: `false`, yes: []string{`{a: false}`}, no: []string{`{a: true}`, `{}`, `{a: ""}`}},
		"OneOf":       {reason: "One of the values should be there.", asked: `[x, 1]`, yes: []string{`{a: x}`, `{a: 1}`}, no: []string{`{a: w}`, `{}`}},
		"Not":         {reason: "Another value should be there.", asked: `{not: [x, w]}`, yes: []string{`{a: z}`, `{a: 1}`, `{a: true}`}, no: []string{`{a: x}`, `{a: w}`, `{}`, `{a: ""}`}},
		"Set":         {reason: "Anything should be there, or a reference that stands for it.", asked: `{set: true}`, yes: []string{`{a: x}`, `{a: false}`, `{a: {}}`, `{aRef: {name: x}}`, `{aRefs: [{name: x}]}`}, no: []string{`{}`, `{a: ""}`, `{a: []}`, `{a: null}`, `{bRef: {name: x}}`}},
		"Absent":      {reason: "Nothing should be there.", asked: `{set: false}`, yes: []string{`{}`, `{a: ""}`}, no: []string{`{a: x}`, `{aRef: {name: x}}`}},
		"AtLeast":     {reason: "A number should be large.", asked: `{atLeast: 7}`, yes: []string{`{a: 7}`, `{a: 8}`}, no: []string{`{a: 6}`, `{a: "8"}`, `{}`}},
		"AtMost":      {reason: "A number should be small.", asked: `{atMost: 7}`, yes: []string{`{a: 7}`, `{a: 0}`}, no: []string{`{a: 8}`, `{}`}},
		"Between":     {reason: "All that is asked should hold.", asked: `{atLeast: 7, atMost: 9}`, yes: []string{`{a: 8}`}, no: []string{`{a: 6}`, `{a: 10}`}},
		"Matches":     {reason: "A text should match.", asked: `{matches: '^x+$'}`, yes: []string{`{a: xx}`}, no: []string{`{a: w}`, `{a: 1}`, `{}`}},
		"MatchesNot":  {reason: "Exceptions of an expression should be possible.", asked: `{matches: '^x+$', not: xx}`, yes: []string{`{a: x}`}, no: []string{`{a: xx}`}},
		"Contains":    {reason: "All values should be in the list, or be the one without brackets.", asked: `{contains: [x, w]}`, yes: []string{`{a: [w, z, x]}`}, no: []string{`{a: [x]}`, `{a: x}`, `{}`}},
		"ContainsOne": {reason: "A list of one may have no brackets.", asked: `{contains: x}`, yes: []string{`{a: x}`, `{a: [x]}`}, no: []string{`{a: w}`}},
		"Items":       {reason: "A list should be long.", asked: `{items: 2}`, yes: []string{`{a: [1, 2]}`}, no: []string{`{a: [1]}`, `{a: 1}`, `{}`}},
		"Every":       {reason: "Every item should do, and there should be one.", asked: `{every: {b: 1}}`, yes: []string{`{a: [{b: 1}]}`, `{a: {b: 1}}`}, no: []string{`{a: [{b: 1}, {b: 2}]}`, `{a: []}`, `{}`}},
		"Some":        {reason: "An item should do, with all its fields.", asked: `{some: {b: 1, c: 2}}`, yes: []string{`{a: [{b: 2}, {b: 1, c: 2}]}`}, no: []string{`{a: [{b: 1}, {c: 2}]}`, `{}`}},
		"NoItem":      {reason: "No item should do.", asked: `{none: {b: 1}}`, yes: []string{`{}`, `{a: [{b: 2}]}`}, no: []string{`{a: [{b: 2}, {b: 1}]}`}},
		"Itself":      {reason: "The item itself may be asked for.", asked: `{none: {.: {matches: '\*'}}}`, yes: []string{`{a: [x]}`}, no: []string{`{a: [x, "x:*"]}`, `{a: "*"}`}},
		"ItselfSet":   {reason: "An item that is there is set.", asked: `{some: {.: {set: true}}}`, yes: []string{`{a: [x]}`}, no: []string{`{a: [""]}`}},
		"ListInText":  {reason: "A text may be a list in JSON.", asked: `{some: {b: 1}}`, yes: []string{`{a: '[{"b":1}]'}`, `{a: '{"b":1}'}`}, no: []string{`{a: '[{"b":2}]'}`, `{a: '[{"b":1}'}`}},
		"TextInText":  {reason: "A path should go on within a JSON text.", asked: `{some: {b.c: 1}}`, yes: []string{`{a: [{b: '{"c":1}'}]}`}, no: []string{`{a: [{b: 'c'}]}`, `{a: [{b: '{"c":1'}]}`}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var asked any
			if err := yaml.Unmarshal([]byte(tc.asked), &asked); err != nil {
				t.Fatal(err)
			}
			c, err := parseConditions("has", map[string]any{"a": asked})
			if err != nil {
				t.Fatal(err)
			}
			for want, objects := range map[bool][]string{true: tc.yes, false: tc.no} {
				for _, text := range objects {
					var object any
					if err := yaml.Unmarshal([]byte(text), &object); err != nil {
						t.Fatal(err)
					}
					v, err := structpb.NewValue(object)
					if err != nil {
						t.Fatal(err)
					}
					if got := c.hold(subject{fields: v, root: v}, &texts{known: map[string]*structpb.Value{}}); got != want {
						t.Errorf("\n%s\n%s of %s: want %t, got %t", tc.reason, tc.asked, text, want, got)
					}
				}
			}
		})
	}
}

func TestShown(t *testing.T) {
	long := "0123456789012345678901234567890123456789012345678901234567890123456789"
	cases := map[string]struct {
		reason string
		value  any
		want   string
	}{
		"Nothing": {reason: "Absence should have a word.", want: "nothing"},
		"Text":    {reason: "A text should be told from a number.", value: "1", want: `"1"`},
		"Long":    {reason: "A policy should not fill the screen.", value: long, want: `"` + long[:57] + `..."`},
		"Number":  {reason: "A whole number has no dot.", value: 3600.0, want: "3600"},
		"Bool":    {reason: "A bool is a word.", value: true, want: "true"},
		"List":    {reason: "A list should say how long it is.", value: []any{1, 2}, want: "a list of 2 items"},
		"Object":  {reason: "An object is too much to show.", value: map[string]any{}, want: "an object"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			v, err := structpb.NewValue(tc.value)
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(v); got != tc.want {
				t.Errorf("\n%s\nshown(...): want %s, got %s", tc.reason, tc.want, got)
			}
		})
	}
}
