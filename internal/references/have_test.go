package references

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMatches(t *testing.T) {
	cases := map[string]struct {
		reason        string
		pattern, text string
		want          bool
	}{
		"Same":      {reason: "A pattern may have no wildcard.", pattern: "a/b", text: "a/b", want: true},
		"Longer":    {reason: "It is about the whole text.", pattern: "a", text: "ab"},
		"Star":      {reason: "A star is any characters, slashes too.", pattern: "a*d", text: "ab/cd", want: true},
		"EmptyStar": {reason: "Or none.", pattern: "a*", text: "a", want: true},
		"Question":  {reason: "A question mark is one.", pattern: "a?c", text: "abc", want: true},
		"NoneLeft":  {reason: "Not none.", pattern: "a?", text: "a"},
		"Twice":     {reason: "Stars may be many.", pattern: "*:alarm:*-cpu", text: "arn:alarm:shop-cpu", want: true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, matches(tc.pattern, tc.text)); diff != "" {
				t.Errorf("\n%s\nmatches(%q, %q): -want, +got:\n%s", tc.reason, tc.pattern, tc.text, diff)
			}
		})
	}
}
