// Package app is the tier of the stack's services.
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

// off returns why a stack has no services. It is empty if it has some.
func off(s *settings.Settings) string {
	if len(s.App.Services) > 0 {
		return ""
	}
	return "spec.app.services is not set"
}
