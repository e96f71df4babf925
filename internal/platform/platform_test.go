package platform

import (
	"fmt"
	"math"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	quantity "k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	claim "github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
)

// principals returns n different roles.
func principals(n int) []string {
	out := make([]string, 0, n)
	for i := range n {
		out = append(out, fmt.Sprintf("arn:aws:iam::123456789012:role/%d", i))
	}
	return out
}

// handedOver returns an EnvironmentConfig as Crossplane provides it.
func handedOver(data string) map[string]*fnv1.Resources {
	return map[string]*fnv1.Resources{"environment/eu": {Items: []*fnv1.Resource{{
		Resource: resource.MustStructJSON(`{"apiVersion":"apiextensions.crossplane.io/v1beta1","kind":"EnvironmentConfig","metadata":{"name":"eu"},"data":` + data + `}`),
	}}}}
}

func TestRequirements(t *testing.T) {
	cases := map[string]struct {
		reason string
		input  *structpb.Struct
		want   *fnv1.Requirements
	}{
		"NoInput":     {reason: "A platform that says nothing needs nothing."},
		"FromContext": {reason: "Crossplane hands the context over by itself.", input: resource.MustStructJSON(`{"environment":{"fromContext":true}}`)},
		"ByName": {
			reason: "One EnvironmentConfig, by its name.",
			input:  resource.MustStructJSON(`{"environment":{"name":"eu"}}`),
			want: &fnv1.Requirements{Resources: map[string]*fnv1.ResourceSelector{"environment/eu": {
				ApiVersion: "apiextensions.crossplane.io/v1beta1", Kind: "EnvironmentConfig", Match: &fnv1.ResourceSelector_MatchName{MatchName: "eu"},
			}}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Requirements(&fnv1.RunFunctionRequest{Input: tc.input}), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nRequirements(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestInput(t *testing.T) {
	const head = `"apiVersion":"fn.platform.secure-ecommerce.dev/v1alpha1","kind":"Input"`
	meta := metav1.TypeMeta{APIVersion: "fn.platform.secure-ecommerce.dev/v1alpha1", Kind: "Input"}
	cases := map[string]struct {
		reason string
		input  *structpb.Struct
		// context and required are other parts of the request.
		context  *structpb.Struct
		required map[string]*fnv1.Resources
		want     *v1alpha1.Input
		// wantErr is a prefix of the error's text.
		wantFrom string
		wantErr  string
	}{
		"None": {
			reason: "A Composition without input is a platform without wishes.",
			want:   &v1alpha1.Input{},
		},
		"Empty": {
			reason: "An input may leave everything out.",
			input:  resource.MustStructJSON(`{` + head + `}`),
			want:   &v1alpha1.Input{TypeMeta: meta},
		},
		"Defaults": {
			reason: "A provider config is a cluster-wide one named default unless the input says otherwise.",
			input:  resource.MustStructJSON(`{` + head + `,"accountId":"123456789012","providerConfigRef":{}}`),
			want: &v1alpha1.Input{
				TypeMeta: meta, AccountID: "123456789012",
				ProviderConfigRef: &v1alpha1.ProviderConfigReference{Kind: "ClusterProviderConfig", Name: "default"},
			},
		},
		"Guardrails": {
			reason: "A platform says what may be switched off, what the account has, and who changes AWS for Crossplane.",
			input: resource.MustStructJSON(`{` + head + `,"switchableGuardrails":["audit","waf"],"existing":{"trail":true,"recorder":true},
				"providerPrincipals":["arn:aws:iam::123456789012:role/crossplane-*","arn:aws-cn:iam::*:user/provider"]}`),
			want: &v1alpha1.Input{
				TypeMeta: meta, SwitchableGuardrails: []v1alpha1.Guardrail{"audit", "waf"}, Existing: v1alpha1.Existing{Trail: true, Recorder: true},
				ProviderPrincipals: []string{"arn:aws:iam::123456789012:role/crossplane-*", "arn:aws-cn:iam::*:user/provider"},
			},
		},
		"Allowed": {
			reason: "A platform says what claims may ask for, and where stacks live.",
			input: resource.MustStructJSON(`{` + head + `,"limits":{"regions":["eu-west-1"],"environments":["staging"],"sizes":["small"],"instanceClasses":["db.t4g.*"],
				"deletionPolicies":["Retain"],"minBackupRetentionDays":14,"maxServerlessCapacity":16,"mandatoryTags":[{"key":"cost-center","pattern":"[0-9]{4}"}]},"namePrefix":"acme","tags":{"org":"acme"},
				"accounts":[{"regions":["eu-west-1"],"environments":["staging"],"namespaces":["a"],"accountId":"210987654321","providerConfigRef":{"name":"staging"}}]}`),
			want: &v1alpha1.Input{
				TypeMeta: meta, NamePrefix: "acme", Tags: map[string]string{"org": "acme"},
				Limits: v1alpha1.Limits{
					Regions: []claim.Region{"eu-west-1"}, Environments: []claim.Environment{"staging"}, Sizes: []claim.Size{"small"}, InstanceClasses: []string{"db.t4g.*"},
					DeletionPolicies: []claim.DeletionPolicy{"Retain"}, MinBackupRetentionDays: 14, MaxServerlessCapacity: new(quantity.MustParse("16")), MandatoryTags: []v1alpha1.MandatoryTag{{Key: "cost-center", Pattern: "[0-9]{4}"}},
				},
				Accounts: []v1alpha1.Account{{
					Regions: []claim.Region{"eu-west-1"}, Environments: []claim.Environment{"staging"}, Namespaces: []string{"a"}, AccountID: "210987654321",
					ProviderConfigRef: &v1alpha1.ProviderConfigReference{Kind: "ClusterProviderConfig", Name: "staging"},
				}},
			},
		},
		"Keys": {
			reason: "A platform says whose keys encrypt, for some or for all classes of data.",
			input: resource.MustStructJSON(`{` + head + `,"kms":{"mode":"Existing","keys":[{"arn":"arn:aws:kms:eu-west-1:123456789012:key/mrk-1a2b","classes":["Data","Logs"]},
				{"arn":"arn:aws-cn:kms:cn-north-1:123456789012:key/1a2b-3c"}]}}`),
			want: &v1alpha1.Input{TypeMeta: meta, KMS: v1alpha1.KMS{Mode: v1alpha1.KMSModeExisting, Keys: []v1alpha1.ExistingKey{
				{ARN: "arn:aws:kms:eu-west-1:123456789012:key/mrk-1a2b", Classes: []v1alpha1.KeyClass{v1alpha1.KeyClassData, v1alpha1.KeyClassLogs}},
				{ARN: "arn:aws-cn:kms:cn-north-1:123456789012:key/1a2b-3c"},
			}}},
		},
		"KeysByDefault": {
			reason: "Stacks make their keys unless the platform has some.",
			input:  resource.MustStructJSON(`{` + head + `,"kms":{}}`),
			want:   &v1alpha1.Input{TypeMeta: meta, KMS: v1alpha1.KMS{Mode: v1alpha1.KMSModePerClass}},
		},
		"KeysWithoutMode": {
			reason:  "Keys that would not be used are a mistake.",
			input:   resource.MustStructJSON(`{` + head + `,"kms":{"keys":[{"arn":"arn:aws:kms:eu-west-1:123456789012:key/1"}]}}`),
			wantErr: `kms.keys: keys requires mode Existing, and mode Existing requires keys: set both, or remove both`,
		},
		"ModeWithoutKeys": {
			reason:  "No stack could be made with keys that nobody names.",
			input:   resource.MustStructJSON(`{` + head + `,"kms":{"mode":"Existing"}}`),
			wantErr: `kms.keys: keys requires mode Existing, and mode Existing requires keys: set both, or remove both`,
		},
		"ModeUnknown": {
			reason:  "One key for everything would let whoever may read logs read the database.",
			input:   resource.MustStructJSON(`{` + head + `,"kms":{"mode":"Single"}}`),
			wantErr: `kms.mode: "Single" is not supported; use PerClass or Existing`,
		},
		"KeyByAlias": {
			reason:  "Policies know keys by their own ARN.",
			input:   resource.MustStructJSON(`{` + head + `,"kms":{"mode":"Existing","keys":[{"arn":"arn:aws:kms:eu-west-1:123456789012:alias/shop"}]}}`),
			wantErr: `kms.keys[0].arn: "arn:aws:kms:eu-west-1:123456789012:alias/shop" is not valid: must be `,
		},
		"KeyClassUnknown": {
			reason:  "A class that no stack has is a slip.",
			input:   resource.MustStructJSON(`{` + head + `,"kms":{"mode":"Existing","keys":[{"arn":"arn:aws:kms:eu-west-1:123456789012:key/1","classes":["Database"]}]}}`),
			wantErr: `kms.keys[0].classes[0]: "Database" is not supported; use Data, Logs, Secrets, Edge, Replica, Backups, Audit, Alarms or Account`,
		},
		"EnvironmentConfig": {
			reason:   "What the input leaves out comes from the EnvironmentConfig, and what stands in both counts in the input.",
			input:    resource.MustStructJSON(`{` + head + `,"accountId":"123456789012","environment":{"name":"eu"}}`),
			required: handedOver(`{"secureEcommerce":{"accountId":"210987654321","namePrefix":"acme","limits":{"sizes":["small"]}},"other":1}`),
			want: &v1alpha1.Input{
				TypeMeta: meta, AccountID: "123456789012", NamePrefix: "acme", Environment: &v1alpha1.EnvironmentSource{Name: "eu", Field: "secureEcommerce"},
				Limits: v1alpha1.Limits{Sizes: []claim.Size{"small"}},
			},
			wantFrom: `EnvironmentConfig "eu"`,
		},
		"EnvironmentHasNothing": {
			reason:   "An environment need not say anything about these stacks.",
			input:    resource.MustStructJSON(`{` + head + `,"limits":{"sizes":["large"]},"environment":{"name":"eu","field":"shops"}}`),
			required: handedOver(`{}`),
			want: &v1alpha1.Input{
				TypeMeta: meta, Limits: v1alpha1.Limits{Sizes: []claim.Size{"large"}}, Environment: &v1alpha1.EnvironmentSource{Name: "eu", Field: "shops"},
			},
			wantFrom: "the function's input",
		},
		"PipelineEnvironment": {
			reason:  "An earlier function may have put the environment together.",
			input:   resource.MustStructJSON(`{` + head + `,"environment":{"fromContext":true}}`),
			context: resource.MustStructJSON(`{"apiextensions.crossplane.io/environment":{"apiVersion":"internal.crossplane.io/v1alpha1","kind":"Environment","secureEcommerce":{"limits":{"regions":["eu-west-1"]}}}}`),
			want: &v1alpha1.Input{
				TypeMeta: meta, Environment: &v1alpha1.EnvironmentSource{FromContext: true, Field: "secureEcommerce"},
				Limits: v1alpha1.Limits{Regions: []claim.Region{"eu-west-1"}},
			},
			wantFrom: "the pipeline's environment",
		},
		"NoPipelineEnvironment": {
			reason:  "Guardrails that nobody hands over must not be taken for none.",
			input:   resource.MustStructJSON(`{` + head + `,"environment":{"fromContext":true}}`),
			wantErr: `environment.fromContext: "apiextensions.crossplane.io/environment" was not found`,
		},
		"EnvironmentConfigAwaited": {
			reason:  "Crossplane hands an EnvironmentConfig over once it is asked.",
			input:   resource.MustStructJSON(`{` + head + `,"environment":{"name":"eu"}}`),
			wantErr: `the EnvironmentConfig named in environment.name was not passed to the function`,
		},
		"OtherEnvironmentConfig": {
			reason:   "Core 2.4 hands over what was required before the input changed: one that is not there, or that allows something else.",
			input:    resource.MustStructJSON(`{` + head + `,"environment":{"name":"eu"}}`),
			required: map[string]*fnv1.Resources{"environment/us": {}},
			wantErr:  `the EnvironmentConfig named in environment.name was not passed to the function`,
		},
		"NoSuchEnvironmentConfig": {
			reason:   "One that is not there must not be taken for an empty one.",
			input:    resource.MustStructJSON(`{` + head + `,"environment":{"name":"eu"}}`),
			required: map[string]*fnv1.Resources{"environment/eu": {}},
			wantErr:  `environment.name: "eu" was not found`,
		},
		"EnvironmentConfigInvalid": {
			reason:   "A mistake in an EnvironmentConfig is told as one.",
			input:    resource.MustStructJSON(`{` + head + `,"environment":{"name":"eu"}}`),
			required: handedOver(`{"secureEcommerce":{"accountID":"123456789012"}}`),
			wantErr:  `EnvironmentConfig "eu": accountID: unknown field`,
		},
		"EnvironmentTwice": {
			reason:  "The same fields from two sources would contradict each other.",
			input:   resource.MustStructJSON(`{` + head + `,"environment":{"name":"eu","fromContext":true}}`),
			wantErr: `environment: set either name, or fromContext to true`,
		},
		"EnvironmentNot": {
			reason:  "A source that is none is a mistake.",
			input:   resource.MustStructJSON(`{` + head + `,"environment":{"fromContext":false}}`),
			wantErr: `environment: set either name, or fromContext to true`,
		},
		"PrefixUnfit": {
			reason:  "RDS takes no name with two hyphens in a row.",
			input:   resource.MustStructJSON(`{` + head + `,"namePrefix":"acme--eu"}`),
			wantErr: `namePrefix: "acme--eu" is not valid: must start with a lowercase letter, contain only `,
		},
		"InstanceClassUnfit": {
			reason:  "A star at the beginning would allow more than it seems to.",
			input:   resource.MustStructJSON(`{` + head + `,"limits":{"instanceClasses":["*.micro"]}}`),
			wantErr: `limits.instanceClasses[0]: "*.micro" is not valid: must be `,
		},
		"NoMoney": {
			reason:  "A limit of nothing would refuse every claim.",
			input:   resource.MustStructJSON(`{` + head + `,"limits":{"maxMonthlyCostUSD":0}}`),
			wantErr: `limits.maxMonthlyCostUSD: 0 is not valid; use a value from 1 to 100000000`,
		},
		"GuardrailUnknown": {
			reason:  "What can be switched off is listed; the database is not.",
			input:   resource.MustStructJSON(`{` + head + `,"switchableGuardrails":["database"]}`),
			wantErr: `switchableGuardrails[0]: "database" is not supported; use waf, audit, config, parameters, alarms or responses`,
		},
		"GuardrailTwice": {
			reason:  "To say it twice is a mistake.",
			input:   resource.MustStructJSON(`{` + head + `,"switchableGuardrails":["waf","waf"]}`),
			wantErr: `switchableGuardrails[1]: "waf" is listed more than once; remove the duplicate`,
		},
		"ExistingUnknown": {
			reason:  "What an account can have already is known.",
			input:   resource.MustStructJSON(`{` + head + `,"existing":{"trails":true}}`),
			wantErr: `existing.trails: unknown field`,
		},
		"ExistingByName": {
			reason:  "Which trail it is does not matter, only that there is one.",
			input:   resource.MustStructJSON(`{` + head + `,"existing":{"trail":"organisation"}}`),
			wantErr: `existing.trail: "organisation" is not true or false: write trail: true or trail: false`,
		},
		"PrincipalIsEverybody": {
			reason:  "Responses that trust everybody respond to nobody.",
			input:   resource.MustStructJSON(`{` + head + `,"providerPrincipals":["arn:aws:iam::123456789012:role/*"]}`),
			wantErr: `providerPrincipals[0]: "arn:aws:iam::123456789012:role/*" is not valid: must be `,
		},
		"PrincipalIsSession": {
			reason:  "The name of a session is its caller's to choose, so only roles and users count.",
			input:   resource.MustStructJSON(`{` + head + `,"providerPrincipals":["arn:aws:sts::123456789012:assumed-role/crossplane/session"]}`),
			wantErr: `providerPrincipals[0]: "arn:aws:sts::123456789012:assumed-role/crossplane/session" is not valid: must be `,
		},
		"PrincipalTwice": {
			reason:  "To say it twice is a mistake.",
			input:   resource.MustStructJSON(`{` + head + `,"providerPrincipals":["arn:aws:iam::123456789012:role/a","arn:aws:iam::123456789012:role/a"]}`),
			wantErr: `providerPrincipals[1]: "arn:aws:iam::123456789012:role/a" is listed more than once; remove the duplicate`,
		},
		"PrincipalTooLong": {
			reason:  "No ARN of a role is that long.",
			input:   resource.MustStructJSON(`{` + head + `,"providerPrincipals":["arn:aws:iam::123456789012:role/` + strings.Repeat("a", 482) + `"]}`),
			wantErr: `providerPrincipals[0]: has 513 characters; use at most 512`,
		},
		"PrincipalsTooMany": {
			reason:  "They must fit into the environment of a Lambda function.",
			input:   resource.MustStructJSON(`{` + head + `,"providerPrincipals":["` + strings.Join(principals(11), `","`) + `"]}`),
			wantErr: `providerPrincipals: has 11 entries; use at most 10`,
		},
		"UnknownField": {
			reason:  "A typing error in a guardrail must not go unnoticed.",
			input:   resource.MustStructJSON(`{` + head + `,"acountId":"123456789012"}`),
			wantErr: `acountId: unknown field`,
		},
		"BadValue": {
			reason:  "A value is refused by the schema that is shipped in the package.",
			input:   resource.MustStructJSON(`{` + head + `,"permissionsBoundaryArn":"boundary"}`),
			wantErr: `permissionsBoundaryArn: "boundary" is not valid: must be `,
		},
		"OtherKind": {
			reason:  "The input of another function is a mistake in the Composition, and its fields are not ours to judge.",
			input:   resource.MustStructJSON(`{"apiVersion":"pt.fn.crossplane.io/v1beta1","kind":"Resources","resources":[]}`),
			wantErr: `apiVersion: "pt.fn.crossplane.io/v1beta1" is not supported; use fn.platform.secure-ecommerce.dev/v1alpha1` + "\n" + `kind: "Resources" is not supported; use Input`,
		},
		"OtherInput": {
			reason:  "Other functions call theirs Input too.",
			input:   resource.MustStructJSON(`{"apiVersion":"extra-resources.fn.crossplane.io/v1beta1","kind":"Input"}`),
			wantErr: `apiVersion: "extra-resources.fn.crossplane.io/v1beta1" is not supported; use fn.platform.secure-ecommerce.dev/v1alpha1`,
		},
		"NoKind": {
			reason:  "What does not say what it is may be anything.",
			input:   resource.MustStructJSON(`{"accountId":"123456789012"}`),
			wantErr: `apiVersion: "<nil>" is not supported; use fn.platform.secure-ecommerce.dev/v1alpha1` + "\n" + `kind: "<nil>" is not supported; use Input`,
		},
		"NotJSON": {
			reason:  "A number that JSON does not have cannot be read.",
			input:   &structpb.Struct{Fields: map[string]*structpb.Value{"accountId": structpb.NewNumberValue(math.NaN())}},
			wantErr: `cannot read input: `,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, from, err := Input(&fnv1.RunFunctionRequest{Input: tc.input, Context: tc.context, RequiredResources: tc.required})
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nInput(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.wantFrom, from); err == nil && tc.wantFrom != "" && diff != "" {
				t.Errorf("\n%s\nInput(...): where limits come from: -want, +got:\n%s", tc.reason, diff)
			}
			if (err == nil) != (tc.wantErr == "") || err != nil && !strings.HasPrefix(err.Error(), tc.wantErr) {
				t.Errorf("\n%s\nInput(...): want error %q, got %v", tc.reason, tc.wantErr, err)
			}
		})
	}
}
