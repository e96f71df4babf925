// Package eventpattern merges patterns of EventBridge rules. A region has a quota
// of rules, so one rule selects the events of all patterns with the same target.
package eventpattern

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
)

// Pattern is a pattern of a rule. All of its fields must match, each with one of
// its values. Below the key "$or", one of several patterns must match.
type Pattern = map[string]any

// Or is the key of alternatives, which are a []Pattern.
const Or = "$or"

// Limits of a rule. AWS documentation, "Amazon EventBridge quotas" and "Comparison
// operators for use in event patterns".
const (
	// MaxSize is the default quota of characters.
	MaxSize = 2048
	// MaxCombinations is the maximum number of combinations of alternatives.
	MaxCombinations = 1000
)

// JSON returns a pattern as canonical JSON.
func JSON(p Pattern) string {
	b, _ := json.Marshal(p) //nolint:errchkjson // Maps and lists of strings, numbers and booleans always marshal.
	return string(b)
}

// Call returns a pattern for successful calls of a service's API, which CloudTrail
// records. AWS documentation, "AWS service events delivered via AWS CloudTrail".
func Call(service string, detail Pattern, names ...string) Pattern {
	all := Pattern{
		// A failed call changes nothing.
		"errorCode":   []any{map[string]any{"exists": false}},
		"eventName":   names,
		"eventSource": []string{service + ".amazonaws.com"},
	}
	maps.Copy(all, detail)
	return Of("aws."+service, "AWS API Call via CloudTrail", all)
}

// Of returns a pattern for the events of one type.
func Of(source, detailType string, detail Pattern) Pattern {
	return Pattern{"source": []string{source}, "detail-type": []string{detailType}, "detail": detail}
}

// Fits reports whether a rule can have a pattern.
func Fits(p Pattern) bool { return len(JSON(p)) <= MaxSize && Combinations(p) <= MaxCombinations }

// Combinations returns the number of combinations of a pattern's values. AWS does
// not document whether the limit includes the values of a field, so they count.
func Combinations(p Pattern) int {
	product := 1
	for _, v := range p {
		switch v := v.(type) {
		case Pattern:
			product *= Combinations(v)
		case []Pattern:
			sum := 0
			for _, alternative := range v {
				sum += Combinations(alternative)
			}
			product *= sum
		default:
			product *= reflect.ValueOf(v).Len()
		}
	}
	return product
}

// Either returns the pattern of all events that one of the patterns selects. Fields
// that all patterns have in common are outside of the alternatives, which makes the
// pattern shorter.
func Either(patterns ...Pattern) Pattern {
	if len(patterns) == 1 {
		return patterns[0] // EventBridge rejects a single alternative.
	}
	shared := patterns[0]
	for _, p := range patterns[1:] {
		shared = common(shared, p)
	}
	var alternatives []Pattern
	for _, p := range patterns {
		alternative := without(p, shared)
		if len(alternative) == 0 {
			return shared // It includes the events of all others.
		}
		alternatives = append(alternatives, alternative)
	}
	shared[Or] = alternatives
	return shared
}

// common returns the fields that are equal in two patterns. Alternatives are not
// among them, because a pattern has them only once at a level.
func common(a, b Pattern) Pattern {
	out := Pattern{}
	for key, v := range a {
		inner, ok := v.(Pattern)
		other, both := b[key].(Pattern)
		switch {
		case key == Or:
		case ok && both:
			if shared := common(inner, other); len(shared) > 0 {
				out[key] = shared
			}
		case reflect.DeepEqual(v, b[key]):
			out[key] = v
		}
	}
	return out
}

// without returns a pattern without fields that it shares with others.
func without(p, shared Pattern) Pattern {
	out := Pattern{}
	for key, v := range p {
		inner, ok := v.(Pattern)
		part, both := shared[key].(Pattern)
		switch {
		case ok && both:
			if rest := without(inner, part); len(rest) > 0 {
				out[key] = rest
			}
		case shared[key] == nil:
			out[key] = v
		}
	}
	return out
}

// Pack divides events among as few rules as the limits allow. An event belongs to
// the first rule with space for it, so an event at the end of the list moves no
// other event. pattern returns the pattern of a rule for some events.
func Pack[E any](events []E, pattern func([]E) Pattern) [][]E {
	if fit(events, pattern) {
		return [][]E{events}
	}
	var out [][]E
	for _, e := range events {
		i := slices.IndexFunc(out, func(rule []E) bool { return fit(append(slices.Clip(rule), e), pattern) })
		if i < 0 {
			i, out = len(out), append(out, nil)
		}
		out[i] = append(out[i], e)
	}
	return out
}

// Merged returns the pattern of several events.
func Merged[E any](events []E, pattern func(E) Pattern) Pattern {
	var patterns []Pattern
	for _, e := range events {
		patterns = append(patterns, pattern(e))
	}
	return Either(patterns...)
}

// fit reports whether a rule can select all events.
func fit[E any](events []E, pattern func([]E) Pattern) bool {
	return len(events) > 0 && Fits(pattern(events))
}
