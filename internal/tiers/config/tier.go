// Package config is the tier of AWS Config rules for the stack.
package config

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "config",
		Title:     "Configuration rules",
		Condition: "ConfigReady",
		Account:   true,
		Compose:   composeConfig,
		Report:    reportConfig,
	}
}
