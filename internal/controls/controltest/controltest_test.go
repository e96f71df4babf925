package controltest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
)

// controlOf returns a control with checks in YAML.
func controlOf(t *testing.T, text string) controls.Control {
	t.Helper()
	c := controls.Control{ID: "A", Title: "One", Tier: "network", Severity: controls.Low, Default: controls.Included}
	if err := yaml.UnmarshalStrict([]byte(text), &c.Checks); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestUnbroken verifies that controls that cannot fail are detected.
func TestUnbroken(t *testing.T) {
	cases := map[string]struct {
		reason string
		checks string
		want   []string
	}{
		"CanFail":        {reason: "A control that fails whatever is broken is a good one.", checks: `[{every: ec2/VPC, has: {a: true, b: {not: [1, 2]}}}]`},
		"TakesAnything":  {reason: "An expression that an empty text matches expects nothing.", checks: `[{every: ec2/VPC, has: {a: {matches: 'x*'}}}]`, want: []string{"vpc a"}},
		"AsksForLittle":  {reason: "No number of items is any number.", checks: `[{every: ec2/VPC, has: {a: {items: 1}, b: {every: {c: {set: false}}}}}]`, want: []string{"vpc b"}},
		"NothingAdded":   {reason: "A resource that contradicts itself can never be there.", checks: `[{none: ec2/VPC, where: {a: x}, has: {a: z}}]`, want: []string{"added ec2/VPC map[a:z]"}},
		"NoneRelated":    {reason: "Nothing relates to a resource that is not there.", checks: `[{each: ec2/VPC, resource: x, where: {a: {set: true}}, has: {a: {set: true}}}]`, want: []string{"x a", "added ec2/VPC without map[a:map[set:true]]"}},
		"RelatedNothing": {reason: "What must not be related has to be noticed.", checks: `[{every: ec2/VPC, with: [{none: ec2/Subnet, by: vpcIdRef, where: {a: x}, has: {a: z}}]}]`, want: []string{"added ec2/Subnet map[a:z]"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := controlOf(t, tc.checks)
			if diff := cmp.Diff(tc.want, Unbroken(c, Meeting(c))); diff != "" {
				t.Errorf("\n%s\nUnbroken(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestSample(t *testing.T) {
	for expression, want := range map[string]string{`^a(b|c)+[x-z]?\d*.(?s).{2}$`: "acaaa", `^$`: ""} {
		if diff := cmp.Diff(want, sample(expression)); diff != "" {
			t.Errorf("\nA sample should match.\nsample(%s): -want, +got:\n%s", expression, diff)
		}
	}
}

func TestOpened(t *testing.T) {
	for text, want := range map[string]any{`{"a":1}`: map[string]any{"a": 1.0}, `{a`: `{a`, `a`: `a`} {
		if diff := cmp.Diff(want, opened(text)); diff != "" {
			t.Errorf("\nOnly what is JSON should be opened.\nopened(%s): -want, +got:\n%s", text, diff)
		}
	}
}

func TestMust(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("\nWhat cannot fail and does should not go on.\nmust(...): want panic")
		}
	}()
	must(0, errors.New("broken"))
}
