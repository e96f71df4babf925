// Package responses is the tier that reverts or reports unsafe changes.
package responses

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "responses",
		Title:     "Responses",
		Condition: "ResponsesReady",
		Account:   true,
		Compose:   composeResponses,
		Report:    reportResponses,
	}
}
