// Package audit is the tier of the trail, its bucket, key and metrics.
package audit

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "audit",
		Title:     "Audit",
		Condition: "AuditReady",
		Account:   true,
		Compose:   composeAudit,
		Report:    reportAudit,
	}
}
