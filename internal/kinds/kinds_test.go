package kinds

import (
	"slices"
	"strings"
	"testing"
)

// Errors name the kind and the missing field of a row.
func TestRows(t *testing.T) {
	if err := Validate(); err != nil {
		t.Error(err)
	}
	if !slices.IsSortedFunc(services, func(a, b Service) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("services are not sorted")
	}
	for _, name := range Names() {
		k, _ := Of(name)
		for _, u := range k.InUse.By {
			if _, ok := Of(u.Kind); !ok {
				t.Errorf("kind %s: InUse.By names %s, which is no kind of a stack", name, u.Kind)
			}
		}
	}
}

func TestValidate(t *testing.T) {
	whole := Kind{Immutable: []string{}, Cost: Free}
	cases := map[string]struct {
		change func(*Kind)
		want   string
	}{
		"Whole":     {change: func(*Kind) {}},
		"Immutable": {change: func(k *Kind) { k.Immutable = nil }, want: "kind a/B: Immutable is missing: list the fields that AWS cannot change, or set an empty list"},
		"Cost":      {change: func(k *Kind) { k.Cost = "" }, want: "kind a/B: Cost is missing: set Priced, Free or ByUsage"},
		"Usage":     {change: func(k *Kind) { k.Cost = ByUsage }, want: "kind a/B: Usage is missing: describe what AWS charges for"},
		"InUse":     {change: func(k *Kind) { k.InUse.Code = "InUse" }, want: "kind a/B: InUse requires both Code and By"},
		"FilledIn":  {change: func(k *Kind) { k.FilledIn = map[string]Decision{"c": "yes"} }, want: "kind a/B: FilledIn[c] must begin with harmless, dropped, composed or open"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			k := whole
			tc.change(&k)
			got := ""
			if err := k.validate("a/B"); err != nil {
				got = err.Error()
			}
			if got != tc.want {
				t.Errorf("want %q, got %q", tc.want, got)
			}
		})
	}
}
