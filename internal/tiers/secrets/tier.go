// Package secrets is the tier of keys and of the application's secrets.
package secrets

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "secrets",
		Title:     "Secrets and keys",
		Condition: "SecretsReady",
		Account:   true,
		Compose:   composeSecrets,
		Report:    reportSecrets,
	}
}
