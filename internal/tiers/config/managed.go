package config

import (
	_ "embed" // The table.
	"encoding/csv"
	"slices"
	"strings"
	"sync"
)

// managedRule is what AWS says of a rule that it keeps.
type managedRule struct {
	// byClock is whether it is evaluated by the clock alone.
	byClock bool
	// lacks are the regions that do not have it.
	lacks []string
	// requires are its parameters that have no default.
	requires []string
}

// managedTable is the rules that stacks use: the triggers, regions and
// parameters on each rule's page (AWS Config documentation, "List of AWS Config
// Managed Rules"), as of moto 5.2.1, which refuses what AWS refuses.
//
//go:embed managed-rules.csv
var managedTable string

// managedRules is the table by rule.
var managedRules = sync.OnceValue(func() map[string]managedRule {
	rows, err := csv.NewReader(strings.NewReader(managedTable)).ReadAll()
	if err != nil {
		panic("managed-rules.csv: " + err.Error()) // It is part of the program, and a test reads it.
	}
	out := map[string]managedRule{}
	for _, row := range rows[1:] {
		out[row[0]] = managedRule{byClock: row[1] == "clock", lacks: strings.Fields(row[2]), requires: strings.Fields(row[3])}
	}
	return out
})

// offered is whether a region has a rule.
func offered(rule, region string) bool { return !slices.Contains(managedRules()[rule].lacks, region) }
