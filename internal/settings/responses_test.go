package settings

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
)

func TestResponseModes(t *testing.T) {
	known := inputv1alpha1.Input{ProviderPrincipals: []string{"arn:aws:iam::123456789012:role/crossplane-*"}}
	const ask = " mode Enforce requires providerPrincipals in the platform's input: ask the platform team to set providerPrincipals, or use mode Notify"
	all := func(mode responses.Mode, but map[string]responses.Mode) map[string]responses.Mode {
		out := map[string]responses.Mode{}
		for _, id := range responses.IDs() {
			out[id] = mode
			if m, ok := but[id]; ok {
				out[id] = m
			}
		}
		return out
	}
	cases := map[string]struct {
		reason    string
		region    string
		responses string
		input     inputv1alpha1.Input
		want      map[string]responses.Mode
		// wantInvalid is the error for the claim, wantInput that for the input.
		wantInvalid, wantInput string
	}{
		"NotifyByDefault": {
			reason:    "Who does not know the provider must not undo anything (RSP-23).",
			responses: `{}`,
			want:      all(responses.Notify, nil),
		},
		"EnforceByDefault": {
			reason:    "Where the platform names the provider, the stack defends itself.",
			responses: `{}`, input: known,
			want: all(responses.Enforce, nil),
		},
		"NotifyByClaim": {
			reason:    "A claim may try responses out (RSP-23).",
			responses: `{"mode":"Notify"}`, input: known,
			want: all(responses.Notify, nil),
		},
		"OneResponse": {
			reason:    "The mode of one response counts more than that of all.",
			responses: `{"mode":"Notify","modes":{"trailStopped":"Enforce"}}`, input: known,
			want: all(responses.Notify, map[string]responses.Mode{responses.TrailStopped: responses.Enforce}),
		},
		"OneResponseLess": {
			reason:    "A response may be left out of the default, too.",
			responses: `{"modes":{"databaseExposed":"Notify"}}`, input: known,
			want: all(responses.Enforce, map[string]responses.Mode{responses.DatabaseExposed: responses.Notify}),
		},
		"EnforceWithoutProvider": {
			reason:      "The app team asks for what only the platform can allow, so it is told whom to ask.",
			responses:   `{"mode":"Enforce"}`,
			wantInvalid: "spec.guardrails.responses.mode:" + ask,
		},
		"OneResponseWithoutProvider": {
			reason:      "Nor can a single response enforce.",
			responses:   `{"modes":{"trailStopped":"Enforce","databaseExposed":"Notify"}}`,
			wantInvalid: "spec.guardrails.responses.modes.trailStopped:" + ask,
		},
		"OtherPartition": {
			reason: "The platform's mistake is told as the platform's.",
			region: "cn-north-1", responses: `{}`, input: known,
			wantInput: `providerPrincipals[0]: "arn:aws:iam::123456789012:role/crossplane-*" is not valid: must be the ARN of an IAM role or user, and must include at least part of the name; for example, arn:aws-cn:iam::123456789012:role/crossplane-*`,
		},
		"Off": {
			reason: "What is off has no modes, and no mistakes.",
			region: "cn-north-1", responses: `{"enabled":false}`,
			input: inputv1alpha1.Input{SwitchableGuardrails: []inputv1alpha1.Guardrail{TierResponses}, ProviderPrincipals: known.ProviderPrincipals},
			want:  map[string]responses.Mode{},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			region := tc.region
			if region == "" {
				region = "eu-west-1"
			}
			s, err := decided(t, `{"region":"`+region+`","guardrails":{"responses":`+tc.responses+`}}`, &tc.input, nil)
			if s == nil {
				s = &Settings{}
			}
			if diff := cmp.Diff(tc.want, s.Responses.Modes); diff != "" {
				t.Errorf("\n%s\nResponseModes: -want, +got:\n%s", tc.reason, diff)
			}
			gotInvalid, gotInput := "", ""
			if invalid := (claim.InvalidError{}); errors.As(err, &invalid) {
				gotInvalid = invalid.Error()
			}
			if invalid := (platform.InvalidError{}); errors.As(err, &invalid) {
				gotInput = invalid.Error()
			}
			if diff := cmp.Diff([]string{tc.wantInvalid, tc.wantInput}, []string{gotInvalid, gotInput}); diff != "" {
				t.Errorf("\n%s\nDecide(...): errors of claim and input: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestReserveConcurrency(t *testing.T) {
	for name, unreserved := range map[string]bool{"Reserved": false, "Unreserved": true} {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, `{"region":"eu-west-1"}`, &inputv1alpha1.Input{UnreservedConcurrency: unreserved}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(!unreserved, s.Responses.ReserveConcurrency); diff != "" {
				t.Errorf("\nAccounts with a low limit reserve nothing (RSP-08).\nReserveConcurrency: -want, +got:\n%s", diff)
			}
		})
	}
}

func TestResponsesInVPC(t *testing.T) {
	const inside, outside = `{"spec":{"forProvider":{"vpcConfig":{"subnetIdRefs":[{"name":"a"}]}}}}`, `{"spec":{"forProvider":{"runtime":"python3.13"}}}`
	cases := map[string]struct {
		reason     string
		responses  string
		function   string
		want       bool
		wantPinned []string
	}{
		"NotAsked":     {reason: "By default Lambda's own network will do.", responses: `{}`, function: outside},
		"Asked":        {reason: "The claim may ask for it at any time.", responses: `{"inVpc":true}`, function: outside, want: true},
		"StillAsked":   {reason: "It stays there without a word.", responses: `{"inVpc":true}`, function: inside, want: true},
		"OffWithAll":   {reason: "Where responses are off there is no function.", responses: `{"enabled":false,"inVpc":true}`, function: inside},
		"StaysInside":  {reason: "The provider would keep it there, so the claim is told.", responses: `{}`, function: inside, want: true, wantPinned: []string{`spec.guardrails.responses.inVpc: the change to "false" is not supported; the stack keeps "true"`}},
		"NotYetThere":  {reason: "What was not observed is as the claim says.", responses: `{"inVpc":true}`, want: true},
		"EmptyThere":   {reason: "An empty wish of the provider's is none.", responses: `{}`, function: `{"spec":{"forProvider":{"vpcConfig":{}}}}`},
		"NothingThere": {reason: "Nor is there anything to keep.", responses: `{}`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			observed := map[string]string{}
			if tc.function != "" {
				observed[composed.ResponsesFunction] = tc.function
			}
			s, err := decided(t, `{"region":"eu-west-1","guardrails":{"responses":`+tc.responses+`}}`, &inputv1alpha1.Input{SwitchableGuardrails: []inputv1alpha1.Guardrail{TierResponses}}, observed)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, s.Responses.InVPC); diff != "" {
				t.Errorf("\n%s\nResponsesInVPC: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.wantPinned, s.Pinned); diff != "" {
				t.Errorf("\n%s\nPinned: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
