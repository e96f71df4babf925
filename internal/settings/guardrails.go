package settings

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
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

// on returns the value of a switch that defaults to true.
func on(enabled *bool) bool { return ptr.Deref(enabled, true) }

// switches returns the state of each guardrail, in the order of the API. Each field
// of the guardrails is a tier with a field Enabled.
func switches(g v1alpha1.GuardrailsSpec) []guardrail {
	all := reflect.ValueOf(g)
	out := make([]guardrail, 0, all.NumField())
	for i := range all.NumField() {
		name, _, _ := strings.Cut(all.Type().Field(i).Tag.Get("json"), ",")
		enabled, _ := all.Field(i).FieldByName("Enabled").Interface().(*bool) // All guardrail types have this field.
		out = append(out, guardrail{tier: name, on: on(enabled)})
	}
	return out
}

// guardrail is a guardrail tier and whether it is on.
type guardrail struct {
	tier string
	on   bool
}

// accountSettings returns the names of the account settings that a claim sets, in
// the order of the API.
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

// On reports whether the stack has a tier.
func (s *Settings) On(tier string) bool { return s.Off[tier] == "" }

// Config contains the effective settings of AWS Config.
type Config struct {
	v1alpha1.ConfigSpec

	// Recorder reports whether the stack composes the AWS Config recorder. An
	// account can have only one in each region, so the claim must request it.
	Recorder bool
	// Files reports whether the stack has the bucket for the recorder's files. It stays
	// when the account takes over the recorder.
	Files bool
	// EdgeRules reports whether rules check the edge.
	EdgeRules bool
}

// Alarms contains the effective settings of alarms and topics.
type Alarms struct {
	v1alpha1.AlarmsSpec

	// DeliveryLogs reports whether topics log message delivery.
	DeliveryLogs bool
	Thresholds   Thresholds
}

// guardrails returns the tiers that are off and why. It returns an error for each
// tier that the claim must not switch off, and for each account setting that it
// must not make. If the account has a trail, the stack needs none. An account belongs
// to the platform team, which can decide everything.
func guardrails(c *claim.Claim, in *inputv1alpha1.Input) (map[string]string, field.ErrorList) {
	spec := c.Spec
	off := map[string]string{}
	var errs field.ErrorList
	for _, s := range switches(spec.Guardrails) {
		switch {
		case s.on:
		case c.IsAccount || slices.Contains(in.SwitchableGuardrails, inputv1alpha1.Guardrail(s.tier)):
			off[s.tier] = "disabled by spec.guardrails." + s.tier + ".enabled"
		default:
			errs = append(errs, field.Forbidden(field.NewPath("spec", "guardrails", s.tier, "enabled"),
				fmt.Sprintf("must not be false, because the platform's input does not list %s in switchableGuardrails: remove the enabled field", s.tier)))
		}
	}
	asked := accountSettings(spec.Account)
	if len(asked) == 0 && !c.IsAccount {
		off[TierAccount] = "spec." + TierAccount + " is not set"
	}
	if !in.AccountSettings && !c.IsAccount {
		for _, name := range asked {
			errs = append(errs, field.Forbidden(field.NewPath("spec", TierAccount, name),
				"is not allowed, because the platform's input does not set accountSettings to true: remove this field"))
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
