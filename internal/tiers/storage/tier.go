// Package storage is the tier of buckets for files and logs.
package storage

import "github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"

// Tier is this tier.
func Tier() kit.Tier {
	return kit.Tier{
		Name:      "storage",
		Title:     "Storage",
		Condition: "StorageReady",
		Account:   true,
		Compose:   composeStorage,
		Report:    reportStorage,
	}
}
