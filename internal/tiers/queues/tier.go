// Package queues is the tier of the application's queues.
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

// off returns why a stack has no queues. It is empty if it has some.
func off(s *settings.Settings) string {
	if len(s.Queues) > 0 {
		return ""
	}
	return "spec.queues is not set"
}
