package settings

import (
	"testing"

	xpcommon "github.com/crossplane/crossplane-runtime/v2/apis/common"
	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

func TestAccounts(t *testing.T) {
	type want struct {
		account string
		config  xpcommon.ProviderConfigReference
		err     string
	}
	standard := xpcommon.ProviderConfigReference{Kind: "ClusterProviderConfig", Name: "default"}
	accounts := &inputv1alpha1.Input{
		AccountID: "100000000000", ProviderConfigRef: &inputv1alpha1.ProviderConfigReference{Name: "all"},
		Accounts: []inputv1alpha1.Account{
			{Namespaces: []string{"team-a"}, AccountID: "200000000000", ProviderConfigRef: &inputv1alpha1.ProviderConfigReference{Kind: "ProviderConfig", Name: "team-a"}},
			{Regions: []v1alpha1.Region{"eu-west-1"}, Environments: []v1alpha1.Environment{"staging"}, AccountID: "300000000000"},
		},
	}
	cases := map[string]struct {
		reason   string
		spec     string
		input    *inputv1alpha1.Input
		observed map[string]string
		want     want
	}{
		"NobodySays": {
			reason: "The account shows in an ARN later.",
			spec:   `{"region":"eu-west-1"}`,
			input:  &inputv1alpha1.Input{},
			want:   want{config: standard},
		},
		"Shows": {
			reason:   "An ARN says which account it is.",
			spec:     `{"region":"eu-west-1"}`,
			input:    &inputv1alpha1.Input{},
			observed: map[string]string{composed.AppRole: `{"status":{"atProvider":{"arn":"arn:aws:iam::123456789012:role/app"}}}`},
			want:     want{account: "123456789012", config: standard},
		},
		"Fits": {
			reason: "The first account that fits in all respects counts.",
			spec:   `{"region":"eu-west-1","environment":"staging"}`,
			input:  accounts,
			want:   want{account: "300000000000", config: standard},
		},
		"FitsHalf": {
			reason: "One that fits in some respects does not; then it is the one for all.",
			spec:   `{"region":"eu-west-1"}`,
			input:  accounts,
			want:   want{account: "100000000000", config: xpcommon.ProviderConfigReference{Kind: "ClusterProviderConfig", Name: "all"}},
		},
		"ByNamespace": {
			reason: "A team may have an account of its own, with its own credentials.",
			spec:   `{"region":"eu-west-1","claimRef":{"namespace":"team-a","name":"shop"}}`,
			input:  accounts,
			want:   want{account: "200000000000", config: xpcommon.ProviderConfigReference{Kind: "ProviderConfig", Name: "team-a"}},
		},
		"Same": {
			reason:   "What is observed and what the platform says agree.",
			spec:     `{"region":"eu-west-1"}`,
			input:    &inputv1alpha1.Input{AccountID: "123456789012"},
			observed: map[string]string{composed.VPC: `{"status":{"atProvider":{"arn":"arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1"}}}`},
			want:     want{account: "123456789012", config: standard},
		},
		"Moved": {
			reason:   "In another account all would be made again, and what is here forgotten.",
			spec:     `{"region":"eu-west-1","environment":"staging"}`,
			input:    accounts,
			observed: map[string]string{composed.VPC: `{"status":{"atProvider":{"arn":"arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1"}}}`},
			want: want{err: `accounts[1].accountId: "300000000000" is not valid: the stack is in account 123456789012 and cannot be moved: ` +
				`set accountId to 123456789012 in the input, or delete and recreate the stack`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := want{}
			s, err := decided(t, tc.spec, tc.input, tc.observed)
			if err != nil {
				got.err = err.Error()
			} else {
				got.account, got.config = s.Account.Value, s.ProviderConfig
			}
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestPlatformNamesAndTags(t *testing.T) {
	in := &inputv1alpha1.Input{NamePrefix: "acme", Tags: map[string]string{"org": "acme", "team": "platform", TagStack: "mine"}}
	s, err := decided(t, `{"region":"eu-west-1","tags":{"team":"a","shop":"b"}}`, in, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("acme-shop-", s.Stack[:10]); diff != "" {
		t.Errorf("\nA policy of the organisation may go by the beginning of names.\nstack: -want, +got:\n%s", diff)
	}
	want := map[string]string{"org": "acme", "team": "platform", "shop": "b", TagStack: s.Stack, TagEnvironment: "production", TagOwner: "shop"}
	if diff := cmp.Diff(want, s.Tags); diff != "" {
		t.Errorf("\nThe platform's tags count before the claim's, and nobody's before those by which a stack is known.\ntags: -want, +got:\n%s", diff)
	}
	s, err = decided(t, `{"region":"eu-west-1"}`, in, map[string]string{composed.VPC: `{"spec":{"forProvider":{"tags":{"` + TagStack + `":"older"}}}}`})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("older", s.Stack); diff != "" {
		t.Errorf("\nA stack keeps the names it has.\nstack: -want, +got:\n%s", diff)
	}
}
