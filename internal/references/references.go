// Package references looks up every name in the text of a stack: ARNs, aliases of
// keys, IDs, hosts, regions, accounts, and names of log groups, buckets, alarms
// and the like. AWS accepts a name that nothing has: the topic is made with an
// alias that does not exist, the alarm watches a metric that is never sent, and
// only later nothing happens. Only tests use this package.
package references

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Resource is a composed resource: what the function asks for, and what it sees
// of it.
type Resource struct {
	Resource          string
	Desired, Observed map[string]any
}

// Finding is a name that does not resolve.
type Finding struct {
	Resource, Field, Text, Why string
}

// String is the finding in one line.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %q: %s", f.Resource, f.Field, f.Text, f.Why)
}

// Unresolved returns the names in all desired resources that no resource has,
// neither claim nor input gives, and that are not AWS's own. The given values
// are claim and input.
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

// check looks up all names in a text.
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
		// whole reports whether what is inside of the word is looked up with it.
		whole bool
		// inside reports whether the word is looked up inside of such ones all the same.
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
