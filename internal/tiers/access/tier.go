// Package access is the tier of the roles of the application and of its publisher.
package access

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "access",
		Title:     "Access",
		Condition: "AccessReady",
		Compose:   composeAccess,
		Report:    reportAccess,
	}
}
