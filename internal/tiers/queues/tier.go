// Package queues is the tier of queues between parts of the application.
package queues

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "queues",
		Title:     "Queues",
		Condition: "QueuesReady",
		Off:       off,
		Compose:   composeQueues,
		Report:    reportQueues,
	}
}

// off is why a stack has no queues, empty if it has some.
func off(s *settings.Settings) string {
	if len(s.Queues) > 0 {
		return ""
	}
	return "spec.queues is not set"
}
