// Package kit is what tiers share: what a tier is, and the parts that more than
// one of them is made of. It knows no tier.
package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Tier describes one part of a stack. All that lists tiers goes by it.
type Tier struct {
	// Name of the tier, such as "network": of its package, its label, its field in
	// status.tiers, and of its controls.
	Name string
	// Condition that says whether the tier is ready, such as "NetworkReady".
	Condition string
	// Compose adds the tier's resources.
	Compose func(s *settings.Settings, observed facts.Observed, set *desired.Set)
	// Report writes what the tier knows of itself to the status.
	Report func(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus)
}
