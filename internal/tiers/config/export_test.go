package config

import (
	"maps"
	"slices"
)

// RemediationRules is the rules that remediations stand on.
func RemediationRules() []string {
	var out []string
	for _, r := range remediations() {
		out = append(out, r.rule)
	}
	return out
}

// PackRules are the rules of the conformance pack, as AWS calls them.
func PackRules() []string {
	var out []string
	for _, r := range packRules() {
		out = append(out, r.identifier)
	}
	return out
}

// ManagedRules are the rules that the table has.
func ManagedRules() []string { return slices.Sorted(maps.Keys(managedRules())) }

// Rule is a row of the table.
type Rule struct {
	ByClock         bool
	Lacks, Requires []string
}

// ManagedRule returns a row of the table, if it has it.
func ManagedRule(identifier string) (Rule, bool) {
	r, ok := managedRules()[identifier]
	return Rule{ByClock: r.byClock, Lacks: r.lacks, Requires: r.requires}, ok
}
