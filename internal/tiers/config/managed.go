package config

import (
	_ "embed" // For embed.
	"encoding/csv"
	"slices"
	"strings"
	"sync"
)

// managedRule describes an AWS managed rule.
type managedRule struct {
	// byClock reports whether it is only periodic.
	byClock bool
	// lacks lists the regions without the rule.
	lacks []string
	// requires lists its parameters without a default.
	requires []string
}

// managedTable contains the rules that stacks use: triggers, regions and parameters
// from each rule's page (AWS Config documentation, "List of AWS Config Managed
// Rules"). It matches moto 5.2.1, which rejects what AWS rejects.
//
//go:embed managed-rules.csv
var managedTable string

// managedRules returns the table by rule.
var managedRules = sync.OnceValue(func() map[string]managedRule {
	rows, err := csv.NewReader(strings.NewReader(managedTable)).ReadAll()
	if err != nil {
		panic("managed-rules.csv: " + err.Error()) // The table is embedded, and a test parses it.
	}
	out := map[string]managedRule{}
	for _, row := range rows[1:] {
		out[row[0]] = managedRule{byClock: row[1] == "clock", lacks: strings.Fields(row[2]), requires: strings.Fields(row[3])}
	}
	return out
})

// offered reports whether a region has a rule.
func offered(rule, region string) bool { return !slices.Contains(managedRules()[rule].lacks, region) }
