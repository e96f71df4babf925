package settings

import (
	"cmp"
	"errors"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
)

// notAllowed returns the message for a forbidden account setting.
func notAllowed(name string) string {
	return "spec.account." + name + ": is not allowed, because the platform's input does not set accountSettings to true: remove this field"
}

func TestGuardrails(t *testing.T) {
	all := []inputv1alpha1.Guardrail{TierWAF, TierAudit, TierConfig, TierParameters, TierAlarms, TierResponses}
	const existing = "the platform declares an existing trail"
	by := func(tier string) string { return "disabled by spec.guardrails." + tier + ".enabled" }
	cases := map[string]struct {
		reason     string
		guardrails string
		account    string
		input      inputv1alpha1.Input
		want       map[string]string
		wantErr    string
	}{
		"AllOn": {
			reason:     "A claim that says nothing has every guardrail.",
			guardrails: `{}`,
			want:       map[string]string{},
		},
		"Switchable": {
			reason:     "What the platform allows to be switched off is off, and the status says by what.",
			guardrails: `{"waf":{"enabled":false},"config":{"enabled":false}}`,
			input:      inputv1alpha1.Input{SwitchableGuardrails: []inputv1alpha1.Guardrail{TierConfig, TierWAF}},
			want:       map[string]string{TierWAF: by(TierWAF), TierConfig: by(TierConfig)},
		},
		"AllOff": {
			reason:     "A platform may let a claim switch off all of them.",
			guardrails: `{"waf":{"enabled":false},"audit":{"enabled":false},"config":{"enabled":false},"parameters":{"enabled":false},"alarms":{"enabled":false},"responses":{"enabled":false}}`,
			input:      inputv1alpha1.Input{SwitchableGuardrails: all},
			want: map[string]string{
				TierWAF: by(TierWAF), TierAudit: by(TierAudit), TierConfig: by(TierConfig), TierParameters: by(TierParameters), TierAlarms: by(TierAlarms), TierResponses: by(TierResponses),
			},
		},
		"NotSwitchable": {
			reason:     "Without the platform's word a guardrail stays, and all that were to go are named.",
			guardrails: `{"waf":{"enabled":false},"parameters":{"enabled":false}}`,
			input:      inputv1alpha1.Input{SwitchableGuardrails: []inputv1alpha1.Guardrail{TierAudit}},
			wantErr: `spec.guardrails.waf.enabled: must not be false, because the platform's input does not list waf in switchableGuardrails: remove the enabled field` + "\n" +
				`spec.guardrails.parameters.enabled: must not be false, because the platform's input does not list parameters in switchableGuardrails: remove the enabled field`,
		},
		"ExistingTrail": {
			reason:     "With a trail of the account's the stack needs none, and responses hear from that one.",
			guardrails: `{}`,
			input:      inputv1alpha1.Input{Existing: inputv1alpha1.Existing{Trail: true}},
			want:       map[string]string{TierAudit: existing},
		},
		"ExistingTrailAndSwitchedOff": {
			reason:     "What the claim said is told first.",
			guardrails: `{"audit":{"enabled":false}}`,
			input:      inputv1alpha1.Input{SwitchableGuardrails: all, Existing: inputv1alpha1.Existing{Trail: true}},
			want:       map[string]string{TierAudit: by(TierAudit)},
		},
		"ResponsesWithoutTrail": {
			reason:     "Without any trail responses would wait for events that never come.",
			guardrails: `{"audit":{"enabled":false}}`,
			input:      inputv1alpha1.Input{SwitchableGuardrails: all},
			wantErr:    `spec.guardrails.audit.enabled: responses require an audit trail: enable audit, or disable responses`,
		},
		"AccountAllowed": {
			reason:     "What the platform allows is a tier like any other.",
			guardrails: `{}`, account: `{"macie":true}`,
			input: inputv1alpha1.Input{AccountSettings: true},
			want:  map[string]string{TierAccount: ""},
		},
		"AccountNotAllowed": {
			reason:     "A landing zone's settings are not a claim's to make, and all that were to be are named.",
			guardrails: `{}`, account: `{"publicAccessBlock":true,"ebsEncryption":true,"passwordPolicy":true,"accessAnalyzer":true,"macie":true,"supportRole":{"principals":["arn:aws:iam::123456789012:role/a"]},` +
				`"securityContact":{"name":"a","title":"b","email":"a@example.com","phone":"1"},"blockPublicDocuments":true,"automationLogs":true}`,
			wantErr: strings.Join([]string{
				notAllowed("publicAccessBlock"), notAllowed("ebsEncryption"), notAllowed("passwordPolicy"), notAllowed("accessAnalyzer"), notAllowed("macie"),
				notAllowed("supportRole"), notAllowed("securityContact"), notAllowed("blockPublicDocuments"), notAllowed("automationLogs"),
			}, "\n"),
		},
		"NeitherTrailNorResponses": {
			reason:     "Who has no responses needs no trail for them.",
			guardrails: `{"audit":{"enabled":false},"responses":{"enabled":false}}`,
			input:      inputv1alpha1.Input{SwitchableGuardrails: all},
			want:       map[string]string{TierAudit: by(TierAudit), TierResponses: by(TierResponses)},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, `{"region":"eu-west-1","guardrails":`+tc.guardrails+`,"account":`+cmp.Or(tc.account, `{}`)+`}`, &tc.input, nil)
			if err != nil {
				if diff := gocmp.Diff(tc.wantErr, err.Error()); diff != "" {
					t.Errorf("\n%s\nDecide(...): -want error, +got error:\n%s", tc.reason, diff)
				}
				if !errors.As(err, &claim.InvalidError{}) {
					t.Errorf("\n%s\nDecide(...): what an app team can mend must be told as theirs, got %T", tc.reason, err)
				}
				return
			}
			if diff := gocmp.Diff("", tc.wantErr); diff != "" {
				t.Fatalf("\n%s\nDecide(...): -got error, +want error:\n%s", tc.reason, diff)
			}
			if _, asked := tc.want[TierAccount]; !asked {
				tc.want[TierAccount] = "spec.account is not set"
			}
			if tc.want[TierAccount] == "" {
				delete(tc.want, TierAccount)
			}
			if diff := gocmp.Diff(tc.want, s.Off); diff != "" {
				t.Errorf("\n%s\nOff: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestPlatformsFactsReachTheTiers(t *testing.T) {
	in := &inputv1alpha1.Input{Existing: inputv1alpha1.Existing{Trail: true, Recorder: true}, ProviderPrincipals: []string{"arn:aws:iam::123456789012:role/crossplane"}}
	s, err := decided(t, `{"region":"eu-west-1"}`, in, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff([]any{in.Existing, in.ProviderPrincipals}, []any{s.Existing, s.Responses.ProviderPrincipals}); diff != "" {
		t.Errorf("\nTiers read what the platform says from the settings.\n-want, +got:\n%s", diff)
	}
}

func TestDeliveryLogs(t *testing.T) {
	for spec, want := range map[string]bool{
		`{}`:                                    false,
		`{"deliveryLogs":true}`:                 true,
		`{"enabled":false,"deliveryLogs":true}`: false,
	} {
		in := &inputv1alpha1.Input{SwitchableGuardrails: []inputv1alpha1.Guardrail{TierAlarms, TierResponses}}
		s, err := decided(t, `{"region":"eu-west-1","guardrails":{"responses":{"enabled":false},"alarms":`+spec+`}}`, in, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(want, s.Alarms.DeliveryLogs); diff != "" {
			t.Errorf("\nThe role that writes these logs is the alarms'.\n%s: -want, +got:\n%s", spec, diff)
		}
	}
}
