package eventpattern_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern/patterntest"
)

// pattern parses a pattern, with alternatives as patterns.
func pattern(t *testing.T, text string) eventpattern.Pattern {
	t.Helper()
	var p eventpattern.Pattern
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		t.Fatal(err)
	}
	return typed(p)
}

func typed(p eventpattern.Pattern) eventpattern.Pattern {
	for key, v := range p {
		switch v := v.(type) {
		case eventpattern.Pattern:
			p[key] = typed(v)
		case []any:
			if key == eventpattern.Or {
				var out []eventpattern.Pattern
				for _, alternative := range v {
					inner, _ := alternative.(eventpattern.Pattern)
					out = append(out, typed(inner))
				}
				p[key] = out
			}
		}
	}
	return p
}

func TestEither(t *testing.T) {
	cases := map[string]struct {
		reason string
		of     []string
		want   string
	}{
		"One":       {reason: "EventBridge rejects a single alternative.", of: []string{`{"source":["a"]}`}, want: `{"source":["a"]}`},
		"Different": {reason: "What differs is an alternative.", of: []string{`{"source":["a"]}`, `{"source":["b"]}`}, want: `{"$or":[{"source":["a"]},{"source":["b"]}]}`},
		"Common": {
			reason: "Common fields are written once, at every depth.",
			of:     []string{`{"detail":{"name":["a"],"error":[{"exists":false}]},"type":["call"]}`, `{"detail":{"name":["b"],"error":[{"exists":false}]},"type":["call"]}`},
			want:   `{"$or":[{"detail":{"name":["a"]}},{"detail":{"name":["b"]}}],"detail":{"error":[{"exists":false}]},"type":["call"]}`,
		},
		"Nested": {
			reason: "Alternatives may contain alternatives.",
			of:     []string{`{"detail":{"$or":[{"a":[1]},{"b":[1]}]}}`, `{"detail":{"$or":[{"a":[1]},{"b":[1]}],"c":[1]}}`},
			want:   `{"$or":[{"detail":{"$or":[{"a":[1]},{"b":[1]}]}},{"detail":{"$or":[{"a":[1]},{"b":[1]}],"c":[1]}}]}`,
		},
		"Wider": {reason: "EventBridge rejects an empty alternative, which selects all events.", of: []string{`{"source":["a"]}`, `{"source":["a"],"type":["b"]}`}, want: `{"source":["a"]}`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var of []eventpattern.Pattern
			for _, text := range tc.of {
				of = append(of, pattern(t, text))
			}
			if diff := cmp.Diff(tc.want, eventpattern.JSON(eventpattern.Either(of...))); diff != "" {
				t.Errorf("\n%s\nEither(...): -want, +got:\n%s", tc.reason, diff)
			}
			var after []string
			for _, p := range of {
				after = append(after, eventpattern.JSON(p))
			}
			for i, text := range tc.of {
				if diff := cmp.Diff(eventpattern.JSON(pattern(t, text)), after[i]); diff != "" {
					t.Errorf("\nA merged pattern stays as it is.\n-before, +after:\n%s", diff)
				}
			}
		})
	}
}

// A merged pattern selects the events that one of the patterns selects. This holds
// for any patterns with some common fields.
func TestEitherSelectsTheSame(t *testing.T) {
	values := []string{"a", "b", "c"}
	field := rapid.SliceOfNDistinct(rapid.SampledFrom(values), 1, 2, rapid.ID[string])
	rapid.Check(t, func(rt *rapid.T) {
		var of []eventpattern.Pattern
		for range rapid.IntRange(1, 4).Draw(rt, "patterns") {
			detail := eventpattern.Pattern{"name": field.Draw(rt, "name")}
			if rapid.Bool().Draw(rt, "nested") {
				detail[eventpattern.Or] = []eventpattern.Pattern{{"x": field.Draw(rt, "x")}, {"y": field.Draw(rt, "y")}}
			}
			p := eventpattern.Pattern{"source": field.Draw(rt, "source"), "detail": detail}
			if rapid.Bool().Draw(rt, "typed") {
				p["detail-type"] = []string{"call"}
			}
			of = append(of, p)
		}
		value := rapid.SampledFrom(values)
		event, err := json.Marshal(map[string]any{
			"source": value.Draw(rt, "event source"), "detail-type": "call",
			"detail": map[string]string{"name": value.Draw(rt, "event name"), "x": value.Draw(rt, "event x"), "y": value.Draw(rt, "event y")},
		})
		if err != nil {
			rt.Fatal(err)
		}
		want := slices.ContainsFunc(of, func(p eventpattern.Pattern) bool { return patterntest.Matches(t, eventpattern.JSON(p), event) })
		merged := eventpattern.JSON(eventpattern.Either(of...))
		if got := patterntest.Matches(t, merged, event); got != want {
			rt.Errorf("%s selects %s: want %t, got %t", merged, event, want, got)
		}
	})
}

func TestCombinations(t *testing.T) {
	cases := map[string]struct {
		reason, pattern string
		want            int
	}{
		"Values":       {reason: "Each value of a field combines with each of another.", pattern: `{"a":[1,2],"b":{"c":[1,2,3]}}`, want: 6},
		"Alternatives": {reason: "Alternatives add up.", pattern: `{"$or":[{"a":[1,2]},{"b":[1]}]}`, want: 3},
		"Nested":       {reason: "They combine with the fields around them.", pattern: `{"a":[1,2],"$or":[{"b":[1]},{"$or":[{"c":[1]},{"d":[1]}],"e":[1,2]}]}`, want: 10},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := eventpattern.Combinations(pattern(t, tc.pattern)); got != tc.want {
				t.Errorf("\n%s\nCombinations(%s): want %d, got %d", tc.reason, tc.pattern, tc.want, got)
			}
		})
	}
}

func TestPack(t *testing.T) {
	long := func(n int) eventpattern.Pattern {
		return eventpattern.Pattern{"name": []string{strings.Repeat("x", n)}}
	}
	many := eventpattern.Pattern{}
	for _, key := range []string{"a", "b"} {
		many[key] = strings.Split(strings.Repeat("x", 30), "")
	}
	cases := map[string]struct {
		reason string
		of     []eventpattern.Pattern
		want   []int
	}{
		"Nothing":      {reason: "No event needs no rule."},
		"One":          {reason: "One rule has space.", of: []eventpattern.Pattern{long(900), long(901)}, want: []int{2}},
		"Characters":   {reason: "A rule has at most 2048 characters. A short pattern fits beside the first one.", of: []eventpattern.Pattern{long(1200), long(1201), long(300)}, want: []int{2, 1}},
		"Combinations": {reason: "A rule has at most 1000 combinations.", of: []eventpattern.Pattern{many, {"c": many["a"], "d": many["b"]}}, want: []int{1, 1}},
		"TooLong":      {reason: "AWS must tell the user.", of: []eventpattern.Pattern{long(3000), long(10)}, want: []int{1, 1}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var got []int
			for _, rule := range eventpattern.Pack(tc.of, func(of []eventpattern.Pattern) eventpattern.Pattern {
				return eventpattern.Either(of...)
			}) {
				got = append(got, len(rule))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nPack(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
