package settings

import (
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
)

func TestShared(t *testing.T) {
	type want struct {
		// account is the account whose guardrails the stack uses.
		account        string
		audit          bool
		files          bool
		recorder       bool
		recorderBucket bool
		err            string
	}
	ready := platform.Account{Name: "platform/shops", Region: "eu-west-1", AccountID: "123456789012", Ready: true, TrailARN: "arn:trail"}
	creating, elsewhere, unknown, recording := ready, ready, ready, ready
	creating.Ready, creating.AccountID = false, ""
	elsewhere.Region = "eu-central-1"
	unknown.AccountID = "210987654321"
	recording.Recorder = "shops"
	own := map[string]string{"audit-bucket": `{"metadata":{"name":"a"}}`, "config-bucket": `{"metadata":{"name":"c"}}`}
	cases := map[string]struct {
		reason   string
		platform inputv1alpha1.Existing
		accounts []platform.Account
		// used is the account in the status.
		used     string
		observed map[string]string
		want     want
	}{
		"NotDeclared": {
			reason: "A platform that declares no account gives each stack its own guardrails.", accounts: []platform.Account{ready},
			want: want{audit: true, files: true, recorder: true, recorderBucket: true},
		},
		"NoAccount": {
			reason: "Without an account in its region, a stack has its own guardrails.", platform: inputv1alpha1.Existing{Account: true}, accounts: []platform.Account{elsewhere, unknown},
			want: want{audit: true, files: true, recorder: true, recorderBucket: true},
		},
		"Ready": {
			reason: "A new stack uses the account's trail, and keeps the recorder that the account lacks.", platform: inputv1alpha1.Existing{Account: true}, accounts: []platform.Account{elsewhere, ready},
			want: want{account: "platform/shops", recorder: true, recorderBucket: true},
		},
		"Recording": {
			reason: "AWS allows one recorder: it is the account's.", platform: inputv1alpha1.Existing{Account: true}, accounts: []platform.Account{recording},
			want: want{account: "platform/shops"},
		},
		"NewAwaitsAccount": {
			reason: "A new stack must not create a trail that the account replaces minutes later.", platform: inputv1alpha1.Existing{Account: true}, accounts: []platform.Account{creating},
			want: want{err: "existing.account: the SecureEcommerceAccount platform/shops, whose guardrails new stacks use, is not ready yet: see its conditions"},
		},
		"StackAwaitsAccount": {
			reason: "A stack keeps its own trail until the account's records.", platform: inputv1alpha1.Existing{Account: true}, accounts: []platform.Account{creating}, observed: own,
			want: want{audit: true, files: true, recorder: true, recorderBucket: true},
		},
		"HandsOver": {
			reason: "The files of the trail and the recorder stay in the stack.", platform: inputv1alpha1.Existing{Account: true}, accounts: []platform.Account{recording}, observed: own,
			want: want{account: "platform/shops", files: true, recorderBucket: true},
		},
		"NeverBack": {
			reason: "An account that is not ready for a moment must not create a second trail.", platform: inputv1alpha1.Existing{Account: true}, accounts: []platform.Account{creating}, used: "platform/shops", observed: own,
			want: want{account: "platform/shops", files: true, recorder: true, recorderBucket: true},
		},
		"Gone": {
			reason: "Without the account, the stack would be without a trail and without a reason: it does not change.", platform: inputv1alpha1.Existing{Account: true}, used: "platform/shops", observed: own,
			want: want{err: "existing.account: the SecureEcommerceAccount platform/shops, whose guardrails the stack uses, no longer exists for region eu-west-1: create it again; until then, the stack does not change"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{}, Composite: &fnv1.Resource{
				Resource: resource.MustStructJSON(`{"status":{"sharedAccount":"` + tc.used + `"}}`),
			}}}
			for name, object := range tc.observed {
				req.Observed.Resources[name] = &fnv1.Resource{Resource: resource.MustStructJSON(object)}
			}
			c := asked(t, `{"region":"eu-west-1","guardrails":{"config":{"recorder":true}}}`)
			s, err := Decide(c, &inputv1alpha1.Input{AccountID: "123456789012", Existing: tc.platform}, tc.accounts, facts.From(req))
			got := want{}
			if err != nil {
				got.err = err.Error()
			} else {
				got = want{audit: s.Audit.Trail, files: s.Audit.Files, recorder: s.Config.Recorder, recorderBucket: s.Config.Files}
				if s.Shared != nil {
					got.account = s.Shared.Name
				}
			}
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
