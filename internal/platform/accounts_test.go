package platform

import (
	"errors"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
)

func TestAccounts(t *testing.T) {
	type want struct {
		required map[string]*fnv1.ResourceSelector
		awaits   bool
		accounts []Account
		err      error
	}
	all := func(kind string) map[string]*fnv1.ResourceSelector {
		return map[string]*fnv1.ResourceSelector{"accounts": {
			ApiVersion: "platform.secure-ecommerce.dev/v1alpha1", Kind: kind, Match: &fnv1.ResourceSelector_MatchLabels{MatchLabels: &fnv1.MatchLabels{}},
		}}
	}
	environment := map[string]*fnv1.ResourceSelector{
		"accounts": all("SecureEcommerceAccount")["accounts"],
		"environment/eu": {
			ApiVersion: "apiextensions.crossplane.io/v1beta1", Kind: "EnvironmentConfig", Match: &fnv1.ResourceSelector_MatchName{MatchName: "eu"},
		},
	}
	declared := resource.MustStructJSON(`{"existing":{"account":true}}`)
	cases := map[string]struct {
		reason   string
		kind     string
		input    *structpb.Struct
		context  *structpb.Struct
		required map[string]*fnv1.Resources
		want     want
	}{
		"Undeclared": {reason: "Without accounts, a call needs no second one.", kind: "SecureEcommerce", input: resource.MustStructJSON(`{"existing":{"trail":true}}`)},
		"Namespaced": {
			reason: "A stack of the namespaced scope uses an account of its scope.", kind: "SecureEcommerce", input: declared,
			want: want{required: all("SecureEcommerceAccount"), awaits: true, err: ErrAccountsAwaited},
		},
		"Cluster": {
			reason: "Crossplane reads the composite of an account, not its claim.", kind: "XSecureEcommerce", input: declared,
			want: want{required: all("XSecureEcommerceAccount"), awaits: true, err: ErrAccountsAwaited},
		},
		"AccountItself": {reason: "An account uses none, although it can have the same input.", kind: "XSecureEcommerceAccount", input: declared},
		"Environment": {
			reason: "An EnvironmentConfig can declare accounts once it is known.", kind: "SecureEcommerce",
			input: resource.MustStructJSON(`{"environment":{"name":"eu"}}`), required: handedOver(`{"secureEcommerce":{"existing":{"account":true}}}`),
			want: want{required: environment, awaits: true, err: ErrAccountsAwaited},
		},
		"Context": {
			reason: "So can the pipeline's environment.", kind: "SecureEcommerce",
			input:   resource.MustStructJSON(`{"environment":{"fromContext":true,"field":"shops"}}`),
			context: resource.MustStructJSON(`{"apiextensions.crossplane.io/environment":{"shops":{"existing":{"account":true}}}}`),
			want:    want{required: all("SecureEcommerceAccount"), awaits: true, err: ErrAccountsAwaited},
		},
		"InputWins": {
			reason: "A field of the input overrides the environment's.", kind: "SecureEcommerce",
			input: resource.MustStructJSON(`{"existing":{},"environment":{"fromContext":true}}`), context: resource.MustStructJSON(`{"apiextensions.crossplane.io/environment":{"secureEcommerce":{"existing":{"account":true}}}}`),
		},
		"None": {
			reason: "There need not be an account.", kind: "SecureEcommerce", input: declared, required: map[string]*fnv1.Resources{"accounts": {}},
			want: want{required: all("SecureEcommerceAccount")},
		},
		"Provided": {
			reason: "All that stacks need of an account is in its status; a new one has none.", kind: "SecureEcommerce", input: declared,
			required: map[string]*fnv1.Resources{"accounts": {Items: []*fnv1.Resource{
				{Resource: resource.MustStructJSON(`{"metadata":{"name":"new"},"spec":{"region":"eu-west-1"}}`)},
				{Resource: resource.MustStructJSON(`{"metadata":{"namespace":"platform","name":"shops"},"spec":{"region":"eu-west-1"},"status":{"accountId":"123456789012",
					"audit":{"trailArn":"arn:trail"},"config":{"recorder":"shops"},"cdn":{"responseHeadersPolicyId":"h","uploadsHeadersPolicyId":"u"},
					"conditions":[{"type":"Synced","status":"True"},{"type":"Ready","status":"True"}]}}`)},
			}}},
			want: want{required: all("SecureEcommerceAccount"), accounts: []Account{
				{Name: "new", Region: "eu-west-1"},
				{Name: "platform/shops", Region: "eu-west-1", AccountID: "123456789012", Ready: true, TrailARN: "arn:trail", Recorder: "shops", HeadersID: "h", UploadsHeadersID: "u"},
			}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req := &fnv1.RunFunctionRequest{
				Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: resource.MustStructJSON(`{"kind":"` + tc.kind + `"}`)}},
				Input:    tc.input, Context: tc.context, RequiredResources: tc.required,
			}
			accounts, err := Accounts(req)
			if !errors.Is(err, tc.want.err) {
				t.Errorf("\n%s\nAccounts(...): want error %v, got %v", tc.reason, tc.want.err, err)
			}
			if diff := cmp.Diff(tc.want.accounts, accounts); diff != "" {
				t.Errorf("\n%s\nAccounts(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.want.required, Requirements(req).GetResources(), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nRequirements(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.want.awaits, Awaits(req)); diff != "" {
				t.Errorf("\n%s\nAwaits(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
