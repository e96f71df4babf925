// Package kit contains the definition of a tier, and the parts that several tiers
// share. It does not depend on any tier.
package kit

import (
	"fmt"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Tier describes one part of a stack. All lists of tiers use it.
type Tier struct {
	// Name of the tier, such as "network". Its package, label, field in
	// status.tiers and controls use it.
	Name string
	// Title is the tier's name in documentation.
	Title string
	// Condition is the type of its readiness condition, such as "NetworkReady".
	Condition string
	// Account reports whether an account also has the tier.
	Account bool
	// Off returns why a stack does not have the tier, or an empty string. It is nil
	// for a tier that every stack has unless the claim or the platform disables it.
	Off func(s *settings.Settings) string
	// Compose adds the tier's resources.
	Compose func(s *settings.Settings, observed facts.Observed, set *desired.Set)
	// Report writes the tier's part of the status.
	Report func(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus)
}

// Absent returns why a stack does not have the tier. It is empty if it has it.
func (t Tier) Absent(s *settings.Settings) string {
	if why := s.Off[t.Name]; why != "" || t.Off == nil {
		return why
	}
	return t.Off(s)
}

// Validate returns an error for missing parts of a tier.
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
