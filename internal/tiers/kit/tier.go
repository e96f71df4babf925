// Package kit is what tiers share: what a tier is, and the parts that more than
// one of them is made of. It knows no tier.
package kit

import (
	"fmt"

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
	// Title is how documents call the tier.
	Title string
	// Condition that says whether the tier is ready, such as "NetworkReady".
	Condition string
	// Off is why a stack does not have the tier, empty if it has it; nil of a tier that
	// every stack has unless claim or platform switch it off.
	Off func(s *settings.Settings) string
	// Compose adds the tier's resources.
	Compose func(s *settings.Settings, observed facts.Observed, set *desired.Set)
	// Report writes what the tier knows of itself to the status.
	Report func(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus)
}

// Absent is why a stack does not have the tier, empty if it has it.
func (t Tier) Absent(s *settings.Settings) string {
	if why := s.Off[t.Name]; why != "" || t.Off == nil {
		return why
	}
	return t.Off(s)
}

// Validate returns an error that names what a tier lacks.
func (t Tier) Validate() error {
	for _, f := range []struct {
		name    string
		missing bool
	}{
		{"Name", t.Name == ""},
		{"Title", t.Title == ""},
		{"Condition", t.Condition == ""},
		{"Compose", t.Compose == nil},
		{"Report", t.Report == nil},
	} {
		if f.missing {
			return fmt.Errorf("tier %q has no %s", t.Name, f.name)
		}
	}
	return nil
}
