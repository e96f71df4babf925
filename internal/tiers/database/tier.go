// Package database is the tier of the database, its proxy and its backups.
package database

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "database",
		Title:     "Database",
		Condition: "DatabaseReady",
		Off:       off,
		Compose:   composeDatabase,
		Report:    reportDatabase,
	}
}

// off returns why a stack has no database. It is empty if it has one.
func off(s *settings.Settings) string {
	if s.Database.Enabled {
		return ""
	}
	return "disabled by spec.database.enabled"
}
