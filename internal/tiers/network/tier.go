// Package network is the tier of the VPC and its routes.
package network

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "network",
		Title:     "Network",
		Condition: "NetworkReady",
		Compose:   composeNetwork,
		Report:    reportNetwork,
	}
}
