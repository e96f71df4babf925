// Package alarms is the tier of alarms, their topics and a dashboard.
package alarms

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "alarms",
		Title:     "Alarms",
		Condition: "AlarmsReady",
		Account:   true,
		Compose:   composeAlarms,
		Report:    reportAlarms,
	}
}
