// Package account is the tier of account-wide settings.
package account

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "account",
		Title:     "Account",
		Condition: "AccountReady",
		Account:   true,
		Compose:   composeAccount,
		Report:    reportAccount,
	}
}
