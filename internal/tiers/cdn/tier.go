// Package cdn is the tier of the distribution, its domains and its logs.
package cdn

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "cdn",
		Title:     "CDN",
		Condition: "CDNReady",
		Compose:   composeCDN,
		Report:    reportCDN,
	}
}
