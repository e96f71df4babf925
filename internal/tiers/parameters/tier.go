// Package parameters is the tier of SSM parameters with the stack's locations for
// applications.
package parameters

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "parameters",
		Title:     "Parameters",
		Condition: "ParametersReady",
		Compose:   composeParameters,
		Report:    reportParameters,
	}
}
