// Package waf is the tier of the web application firewall.
package waf

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "waf",
		Title:     "Web application firewall",
		Condition: "WAFReady",
		Compose:   composeWAF,
		Report:    reportWAF,
	}
}
