// Package search is the tier of the search domain.
package search

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "search",
		Title:     "Search",
		Condition: "SearchReady",
		Off:       off,
		Compose:   composeSearch,
		Report:    reportSearch,
	}
}

// off returns why a stack has no search domain. It is empty if it has one.
func off(s *settings.Settings) string {
	if s.Search != nil {
		return ""
	}
	return "spec.search is not set"
}
