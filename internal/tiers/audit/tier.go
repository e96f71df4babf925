// Package audit is the tier of the trail, its bucket, key and metrics.
package audit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "audit",
		Title:     "Audit",
		Condition: "AuditReady",
		Account:   true,
		Off:       off,
		Compose:   composeAudit,
		Report:    reportAudit,
	}
}

// off returns why a stack has no resources for its audit trail. It is empty if it has
// some.
func off(s *settings.Settings) string {
	a := s.Audit
	if a.Files || a.GuardDuty || a.SecurityHub || a.Inspector || s.Shared == nil {
		return ""
	}
	return "the trail belongs to the SecureEcommerceAccount " + s.Shared.Name
}
