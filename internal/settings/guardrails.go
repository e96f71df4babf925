package settings

import (
	"reflect"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
)

// Names of the guardrail tiers.
const (
	TierWAF        = "waf"
	TierAudit      = "audit"
	TierConfig     = "config"
	TierParameters = "parameters"
	TierAlarms     = "alarms"
	TierResponses  = "responses"
	TierAccount    = "account"
)

// on is a switch that is on unless it is set to false.
func on(enabled *bool) bool { return ptr.Deref(enabled, true) }

// switches is whether a claim has each guardrail on, in the order of the API: each
// field of its guardrails is a tier of that name, which has a field Enabled.
func switches(g v1alpha1.GuardrailsSpec) []guardrail {
	all := reflect.ValueOf(g)
	out := make([]guardrail, 0, all.NumField())
	for i := range all.NumField() {
		name, _, _ := strings.Cut(all.Type().Field(i).Tag.Get("json"), ",")
		enabled, _ := all.Field(i).FieldByName("Enabled").Interface().(*bool) // The types of all guardrails have it.
		out = append(out, guardrail{tier: name, on: on(enabled)})
	}
	return out
}

// guardrail is whether a tier that watches over the stack is on.
type guardrail struct {
	tier string
	on   bool
}

// accountSettings is the names of the settings of the account that a claim asks
// for, in the order of the API.
func accountSettings(a v1alpha1.AccountSpec) []string {
	var out []string
	for _, setting := range []struct {
		name  string
		asked bool
	}{
		{"publicAccessBlock", a.PublicAccessBlock},
		{"ebsEncryption", a.EBSEncryption},
		{"passwordPolicy", a.PasswordPolicy},
		{"accessAnalyzer", a.AccessAnalyzer},
		{"macie", a.Macie},
		{"supportRole", a.SupportRole != nil},
		{"securityContact", a.SecurityContact != nil},
		{"blockPublicDocuments", a.BlockPublicDocuments},
		{"automationLogs", a.AutomationLogs},
	} {
		if setting.asked {
			out = append(out, setting.name)
		}
	}
	return out
}

// On is whether the stack has a tier.
func (s *Settings) On(tier string) bool { return s.Off[tier] == "" }

// Config is what AWS Config watches.
type Config struct {
	v1alpha1.ConfigSpec

	// Recorder is whether the stack composes AWS Config's recorder: there can be one
	// in an account and region only, so the claim must ask for it.
	Recorder bool
	// EdgeRules is whether rules watch the edge, where there is one.
	EdgeRules bool
}

// Alarms is what rings, and whom it tells.
type Alarms struct {
	v1alpha1.AlarmsSpec

	// DeliveryLogs is whether deliveries of the stack's topics are logged.
	DeliveryLogs bool
	Thresholds   Thresholds
}

// guardrails is the tiers that are off and why, or an error for each one that
// the claim may not switch off, and for each setting of the account that it may
// not make. With a trail of the account's the stack needs none.
func guardrails(spec v1alpha1.SecureEcommerceSpec, in *inputv1alpha1.Input) (map[string]string, field.ErrorList) {
	off := map[string]string{}
	var errs field.ErrorList
	for _, s := range switches(spec.Guardrails) {
		switch {
		case s.on:
		case slices.Contains(in.SwitchableGuardrails, inputv1alpha1.Guardrail(s.tier)):
			off[s.tier] = "disabled by spec.guardrails." + s.tier + ".enabled"
		default:
			errs = append(errs, field.Forbidden(field.NewPath("spec", "guardrails", s.tier, "enabled"),
				"the platform does not allow claims to disable it: the input's switchableGuardrails lacks "+s.tier))
		}
	}
	asked := accountSettings(spec.Account)
	if len(asked) == 0 {
		off[TierAccount] = "spec." + TierAccount + " is not set"
	}
	if !in.AccountSettings {
		for _, name := range asked {
			errs = append(errs, field.Forbidden(field.NewPath("spec", TierAccount, name),
				"the platform does not allow account settings: its input does not set accountSettings to true"))
		}
	}
	if in.Existing.Trail && off[TierAudit] == "" {
		off[TierAudit] = "the platform declares an existing trail"
	}
	if off[TierAudit] != "" && !in.Existing.Trail && off[TierResponses] == "" {
		errs = append(errs, field.Forbidden(field.NewPath("spec", "guardrails", TierAudit, "enabled"),
			"responses require an audit trail: enable audit, or disable responses"))
	}
	return off, errs
}
