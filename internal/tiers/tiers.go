// Package tiers composes the parts of a stack. Each tier has a file of its own,
// always in the same order: what it composes, then what it reports. No tier
// calls another; what one needs from another goes by reference or by fact.
package tiers

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Tier is one part of a stack.
type Tier struct {
	// Name of the tier, such as "network".
	Name string
	// Condition that says whether the tier is ready, such as "NetworkReady".
	Condition string
	// Compose adds the tier's resources.
	Compose func(s *settings.Settings, observed facts.Observed, set *desired.Set)
	// Report writes what the tier knows of itself to the status.
	Report func(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus)
}

// All is every tier in the order that data flows.
func All() []Tier {
	return []Tier{
		{Name: "secrets", Condition: "SecretsReady", Compose: composeSecrets, Report: reportSecrets},
		{Name: "network", Condition: "NetworkReady", Compose: composeNetwork, Report: reportNetwork},
		{Name: "storage", Condition: "StorageReady", Compose: composeStorage, Report: reportStorage},
		{Name: "database", Condition: "DatabaseReady", Compose: composeDatabase, Report: reportDatabase},
		{Name: "waf", Condition: "WAFReady", Compose: composeWAF, Report: reportWAF},
		{Name: "cdn", Condition: "CDNReady", Compose: composeCDN, Report: reportCDN},
		{Name: "access", Condition: "AccessReady", Compose: composeAccess, Report: reportAccess},
		{Name: "audit", Condition: "AuditReady", Compose: composeAudit, Report: reportAudit},
		{Name: "config", Condition: "ConfigReady", Compose: composeConfig, Report: reportConfig},
		{Name: "parameters", Condition: "ParametersReady", Compose: composeParameters, Report: reportParameters},
		{Name: "alarms", Condition: "AlarmsReady", Compose: composeAlarms, Report: reportAlarms},
		{Name: "responses", Condition: "ResponsesReady", Compose: composeResponses, Report: reportResponses},
		{Name: "account", Condition: "AccountReady", Compose: composeAccount, Report: reportAccount},
	}
}

// Compose adds the resources of every tier that is not switched off.
func Compose(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	for _, t := range All() {
		if s.On(t.Name) {
			t.Compose(s, observed, set.Tier(t.Name))
		}
	}
}
