package controls

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStatements(t *testing.T) {
	cases := map[string]struct {
		reason string
		checks string
		want   string
	}{
		"Every":     {reason: "A check should read as a sentence.", checks: `[{every: ec2/Subnet, resource: a-*, where: {b: 1}, has: {c: [x, z], d: ""}}]`, want: "every `ec2/Subnet` named `a-*` where `b` `1` has `c` `x` or `z`, `d` `\"\"`"},
		"Operators": {reason: "Every operator should have words.", checks: `[{each: ec2/Subnet, has: {a: {not: x}, b: {set: true}, c: {set: false}, d: {atLeast: 1, atMost: 2}, e: {matches: ^x}, f: {contains: [x, z]}, g: {items: 2}}}]`, want: "each `ec2/Subnet` has `a` not `x`, `b` set, `c` absent, `d` at least 1 and at most 2, `e` like `^x`, `f` with `x` and `z`, `g` with 2 or more items"},
		"Items":     {reason: "Items should be in brackets.", checks: `[{some: ec2/Subnet, has: {a: {every: {b: 1}}, c: {some: {.: x}}, d: {none: {e: false}}}}]`, want: "some `ec2/Subnet` has `a` with every item (`b` `1`), `c` with an item (`item` `x`), `d` with no item (`e` `false`)"},
		"Relations": {reason: "Related resources should follow.", checks: `[{every: ec2/Subnet, with: [{some: ec2/A, by: x, with: [{none: ec2/B, behind: z}]}, {some: ec2/C, same: {v: w}}]}]`, want: "every `ec2/Subnet`, with some `ec2/A` whose `x` names the `ec2/Subnet`, with no `ec2/B` that its `z` names, and with some `ec2/C` whose `v` is its `w`"},
		"Else":      {reason: "What else is asked should come last.", checks: `[{every: ec2/Subnet, has: {b: 1}, else: [{some: ec2/A}, {every: ec2/B, has: {c: 2}}]}]`, want: "every `ec2/Subnet` has `b` `1`; if there is none, some `ec2/A`, and every `ec2/B` has `c` `2`"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c, err := New(Control{ID: "A", Title: "One", Tier: "network", Severity: Low, Default: Included, Checks: checksOf(t, tc.checks)})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{tc.want}, c.Controls()[0].Statements()); diff != "" {
				t.Errorf("\n%s\nStatements(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestFrameworks(t *testing.T) {
	for _, f := range Frameworks {
		if f.Name() == "" || f.FullName() == "" {
			t.Errorf("\nA framework should have names.\n%s has none", f)
		}
	}
	if diff := cmp.Diff(len(names), len(Frameworks)); diff != "" {
		t.Errorf("\nReaders should see every framework.\nFrameworks: -want, +got:\n%s", diff)
	}
}
