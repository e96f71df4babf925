// Package references checks every name in a stack: ARNs, aliases, IDs, hosts,
// regions, accounts, and names of log groups, buckets and alarms. AWS accepts some
// names that do not exist: a topic with an unknown alias is created, and an alarm
// can watch a metric that is never published. The failure is then silent. Only
// tests use this package.
package references

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Resource is a composed resource, with its desired and its observed object.
type Resource struct {
	Resource          string
	Desired, Observed map[string]any
}

// Finding is a name that does not resolve.
type Finding struct {
	Resource, Field, Text, Why string
}

// String returns the finding in one line.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %q: %s", f.Resource, f.Field, f.Text, f.Why)
}

// Unresolved returns the names in all desired resources that do not exist in the
// stack, in the given objects or in AWS. The given objects are claim and input.
func Unresolved(resources []Resource, given ...map[string]any) []Finding {
	h := newHave(resources, given)
	var out []Finding
	for _, r := range resources {
		for _, t := range textsOf(r) {
			out = append(out, h.check(t)...)
		}
		out = append(out, h.checkMetrics(r)...)
		out = append(out, checkOrigins(r)...)
	}
	slices.SortFunc(out, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.Resource, b.Resource), strings.Compare(a.Field, b.Field), strings.Compare(a.Text, b.Text), strings.Compare(a.Why, b.Why))
	})
	return slices.Compact(out)
}

// check checks all names in a text.
func (h *have) check(t text) []Finding {
	var out []Finding
	report := func(name, why string) {
		if why != "" {
			out = append(out, Finding{Resource: t.resourceName, Field: t.field(), Text: name, Why: why})
		}
	}
	if why := unread[t.kind+" "+t.field()]; why != "" {
		return nil
	}
	if isReference(t.path) {
		if !t.isKey {
			report(t.value, h.reference(t.value))
		}
		return out
	}
	if !t.isKey {
		report(t.value, h.named(t))
	}
	rest := t.value
	for _, look := range []struct {
		words interface{ find(text string) []string }
		up    func(t text, word string) string
		// whole reports whether the word includes other words, which are not
		// checked separately.
		whole bool
		// inside reports whether the word is checked even inside such a word.
		inside bool
	}{
		{words: arns, whole: true, up: func(_ text, word string) string { return h.arn(word) }},
		{words: hosts, whole: true, up: h.host},
		{words: aliases, whole: true, up: h.alias},
		{words: ids, up: func(_ text, word string) string { return h.id(word) }},
		{words: regions, inside: true, up: func(_ text, word string) string { return h.region(word) }},
		{words: accounts, inside: true, up: func(_ text, word string) string { return h.account(word) }},
		{words: h.words, up: h.word},
	} {
		in := rest
		if look.inside {
			in = t.value
		}
		for _, word := range look.words.find(in) {
			report(word, look.up(t, word))
			if look.whole {
				rest = strings.ReplaceAll(rest, word, " ")
			}
		}
	}
	return out
}
