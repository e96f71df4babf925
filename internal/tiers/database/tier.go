// Package database is the tier of the database, its proxy and its backups.
package database

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "database",
		Title:     "Database",
		Condition: "DatabaseReady",
		Row:       kit.RowCore,
		Compose:   composeDatabase,
		Report:    reportDatabase,
	}
}
