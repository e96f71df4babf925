package patterntest

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMatches(t *testing.T) {
	cases := map[string]struct {
		reason, pattern, event string
		want                   bool
	}{
		"Value":        {reason: "One of the values matches.", pattern: `{"a":[1,"x"]}`, event: `{"a":"x"}`, want: true},
		"Missing":      {reason: "A field of the pattern must exist.", pattern: `{"a":["x"],"b":["x"]}`, event: `{"a":"x"}`},
		"List":         {reason: "One of an event's values matches.", pattern: `{"a":["x"]}`, event: `{"a":["y","x"]}`, want: true},
		"Objects":      {reason: "All fields match in one object of a list.", pattern: `{"a":{"b":[1],"c":[1]}}`, event: `{"a":[{"b":1,"c":2},{"b":2,"c":1}]}`},
		"Absent":       {reason: "A field below a missing one is absent.", pattern: `{"a":{"b":[{"exists":false}]}}`, event: `{}`, want: true},
		"Alternatives": {reason: "The fields around alternatives must match, too.", pattern: `{"a":[1],"$or":[{"b":[1]},{"c":[1]}]}`, event: `{"c":1}`},
		"Nested":       {reason: "Alternatives may contain alternatives.", pattern: `{"$or":[{"b":[1]},{"c":{"$or":[{"d":[1]},{"e":[1]}]}}]}`, event: `{"c":{"e":1}}`, want: true},
		"Prefix":       {reason: "A text begins with another.", pattern: `{"a":[{"prefix":"x-"}]}`, event: `{"a":"x-1"}`, want: true},
		"Suffix":       {reason: "A text ends with another.", pattern: `{"a":[{"suffix":"-x"}]}`, event: `{"a":"x-1"}`},
		"Case":         {reason: "Upper case is lower case.", pattern: `{"a":[{"equals-ignore-case":"X"}]}`, event: `{"a":"x"}`, want: true},
		"Wildcard":     {reason: "An asterisk is any text.", pattern: `{"a":[{"wildcard":"*/x-*"}]}`, event: `{"a":"1/x-2"}`, want: true},
		"NoWildcard":   {reason: "The rest is itself.", pattern: `{"a":[{"wildcard":"*/x-*"}]}`, event: `{"a":"1/y-2"}`},
		"AnythingBut":  {reason: "A missing value is not another value.", pattern: `{"a":[{"anything-but":[0]}]}`, event: `{}`},
		"Numeric":      {reason: "A number is at least another.", pattern: `{"a":[{"numeric":[">=",7]}]}`, event: `{"a":7}`, want: true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := Matches(t, tc.pattern, []byte(tc.event)); got != tc.want {
				t.Errorf("\n%s\nMatches(%s, %s): want %t, got %t", tc.reason, tc.pattern, tc.event, tc.want, got)
			}
		})
	}
}

func TestProblems(t *testing.T) {
	var values []string
	for i := range 32 {
		values = append(values, strconv.Itoa(i))
	}
	list := "[" + strings.Join(values, ",") + "]"
	cases := map[string]struct {
		reason, pattern string
		want            []string
	}{
		"Valid":        {reason: "Alternatives may be nested.", pattern: `{"source":["a"],"$or":[{"b":[1]},{"c":{"$or":[{"d":[1]},{"e":[1]}]}}]}`},
		"Single":       {reason: "A single alternative is invalid.", pattern: `{"$or":[{"a":[1]}]}`, want: []string{": fewer than two alternatives"}},
		"Empty":        {reason: "An empty alternative is invalid.", pattern: `{"$or":[{"a":[1]},{}]}`, want: []string{": an object is empty"}},
		"Twice":        {reason: "An alternative's list replaces the one around it.", pattern: `{"d":{"a":[1]},"$or":[{"d":{"a":[2]}},{"b":[1]}]}`, want: []string{".d.a: the field has two lists"}},
		"Reserved":     {reason: "An operator is not a field.", pattern: `{"$or":[{"prefix":[1]},{"b":[1]}]}`, want: []string{".prefix: a reserved name"}},
		"Long":         {reason: "A pattern has 2048 characters.", pattern: `{"a":["` + strings.Repeat("x", 2048) + `"]}`, want: []string{"2058 characters, at most 2048 are allowed"}},
		"Combinations": {reason: "A pattern has 1000 combinations.", pattern: `{"a":` + list + `,"$or":[{"b":` + list + `},{"c":[1]}]}`, want: []string{"1056 combinations, at most 1000 are allowed"}},
		"NoList":       {reason: "Values are in lists.", pattern: `{"a":"x","b":[]}`, want: []string{".a: neither an object nor a list", ".b: the list is empty"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Problems(t, tc.pattern)); diff != "" {
				t.Errorf("\n%s\nProblems(%s): -want, +got:\n%s", tc.reason, tc.pattern, diff)
			}
		})
	}
}
