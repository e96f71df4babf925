// Package mail is the tier of the shop's mail.
package mail

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "mail",
		Title:     "Mail",
		Condition: "MailReady",
		Off:       off,
		Compose:   composeMail,
		Report:    reportMail,
	}
}

// off returns why a stack sends no mail. It is empty if it does.
func off(s *settings.Settings) string {
	if s.Mail != nil {
		return ""
	}
	return "spec.mail is not set"
}
