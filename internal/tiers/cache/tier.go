// Package cache is the tier of the cache and its users.
package cache

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "cache",
		Title:     "Cache",
		Condition: "CacheReady",
		Off:       off,
		Compose:   composeCache,
		Report:    reportCache,
	}
}

// off returns why a stack has no cache. It is empty if it has one.
func off(s *settings.Settings) string {
	if s.Cache != nil {
		return ""
	}
	return "spec.cache is not set"
}
