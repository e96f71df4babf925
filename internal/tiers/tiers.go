// Package tiers lists the parts of a stack. Each is a separate package, which
// composes resources and reports its status. Tiers cannot call each other. They
// refer to each other's resources by reference or by fact, and share code in kit.
package tiers

import (
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/access"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/account"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/alarms"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/app"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/audit"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/cache"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/cdn"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/config"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/database"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/mail"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/network"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/parameters"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/queues"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/search"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/secrets"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/storage"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/waf"
)

// All returns every tier in the order of documentation: along the flow of requests
// and data, followed by guardrails.
func All() []kit.Tier {
	return []kit.Tier{
		network.Tier(),
		waf.Tier(),
		cdn.Tier(),
		storage.Tier(),
		app.Tier(),
		queues.Tier(),
		mail.Tier(),
		database.Tier(),
		cache.Tier(),
		search.Tier(),
		access.Tier(),
		secrets.Tier(),
		audit.Tier(),
		config.Tier(),
		responses.Tier(),
		alarms.Tier(),
		parameters.Tier(),
		account.Tier(),
	}
}

// Of returns the tiers of an account or of a stack.
func Of(account bool) []kit.Tier {
	if !account {
		return All()
	}
	return slices.DeleteFunc(All(), func(t kit.Tier) bool { return !t.Account })
}

// Compose adds the resources of every enabled tier.
func Compose(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	for _, t := range Of(s.IsAccount) {
		if t.Absent(s) == "" {
			t.Compose(s, observed, set.Tier(t.Name))
		}
	}
}
