// Package app is the tier of the services that the stack runs.
package app

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "app",
		Title:     "Application",
		Condition: "AppReady",
		Off:       off,
		Compose:   composeApp,
		Report:    reportApp,
	}
}

// off is why a stack runs no services, empty if it does.
func off(s *settings.Settings) string {
	if len(s.App.Services) > 0 {
		return ""
	}
	return "spec.app.services is not set"
}
