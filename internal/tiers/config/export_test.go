package config

import (
	"maps"
	"slices"
)

// RemediationRules returns the rules with a remediation.
func RemediationRules() []string {
	var out []string
	for _, r := range remediations() {
		out = append(out, r.rule)
	}
	return out
}

// PackRules returns the AWS identifiers of the rules in the conformance pack.
func PackRules() []string {
	var out []string
	for _, r := range packRules() {
		out = append(out, r.identifier)
	}
	return out
}

// ManagedRules returns the rules in the table.
func ManagedRules() []string { return slices.Sorted(maps.Keys(managedRules())) }

// Rule is a row of the table.
type Rule struct {
	ByClock         bool
	Lacks, Requires []string
}

// ManagedRule returns a row of the table, if there is one.
func ManagedRule(identifier string) (Rule, bool) {
	r, ok := managedRules()[identifier]
	return Rule{ByClock: r.byClock, Lacks: r.lacks, Requires: r.requires}, ok
}
