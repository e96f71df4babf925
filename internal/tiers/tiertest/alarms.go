package tiertest

import (
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Switchable returns an input that allows claims to disable every guardrail.
func Switchable() *inputv1alpha1.Input {
	return &inputv1alpha1.Input{AccountID: Account, SwitchableGuardrails: []inputv1alpha1.Guardrail{
		settings.TierWAF, settings.TierAudit, settings.TierConfig, settings.TierParameters, settings.TierAlarms, settings.TierResponses,
	}}
}
