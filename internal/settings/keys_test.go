package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

func TestKeys(t *testing.T) {
	const (
		ireland  = "arn:aws:kms:eu-west-1:123456789012:key/ireland"
		virginia = "arn:aws:kms:us-east-1:123456789012:key/virginia"
		// small has as few classes of data as possible.
		small = `{"region":"cn-north-1","guardrails":{"audit":{"enabled":false},"alarms":{"enabled":false},"responses":{"enabled":false}}}`
		china = "arn:aws-cn:kms:cn-north-1:123456789012:key/china"
	)
	input := func(account string, keys ...inputv1alpha1.ExistingKey) *inputv1alpha1.Input {
		in := &inputv1alpha1.Input{AccountID: account, SwitchableGuardrails: []inputv1alpha1.Guardrail{"audit", "alarms", "responses"}, AccountSettings: true}
		if len(keys) > 0 {
			in.KMS = inputv1alpha1.KMS{Mode: inputv1alpha1.KMSModeExisting, Keys: keys}
		}
		return in
	}
	watched := `{"metadata":{"annotations":{"crossplane.io/external-name":"watched"}},"spec":{"managementPolicies":["Observe"]}}`
	own := `{"metadata":{"annotations":{"crossplane.io/external-name":"own"}},"spec":{"managementPolicies":["Observe","Create","Update","LateInitialize"]}}`
	type want struct {
		keys map[string]Key
		err  string
	}
	cases := map[string]struct {
		reason   string
		spec     string
		input    *inputv1alpha1.Input
		observed map[string]string
		want     want
	}{
		"Fewest": {
			reason: "A stack has a key for each class of data that it has, and no other.",
			spec:   small,
			input:  input(""),
			want:   want{keys: map[string]Key{composed.DataKey: {Region: "cn-north-1"}, composed.LogsKey: {Region: "cn-north-1"}, composed.SecretsKey: {Region: "cn-north-1"}}},
		},
		"Most": {
			reason: "Copies have a key where they are, and the edge has one in its only region.",
			spec:   `{"region":"eu-west-1","assets":{"replica":{"region":"eu-central-1"}},"database":{"backupPlan":{"copyRegion":"eu-north-1"}},"account":{"automationLogs":true}}`,
			input:  input(""),
			want: want{keys: map[string]Key{
				composed.DataKey: {Region: "eu-west-1"}, composed.LogsKey: {Region: "eu-west-1"}, composed.SecretsKey: {Region: "eu-west-1"}, composed.EdgeKey: {Region: "us-east-1"},
				composed.ReplicaKey: {Region: "eu-central-1"}, composed.BackupCopyKey: {Region: "eu-north-1"}, composed.AuditKey: {Region: "eu-west-1"}, composed.AlarmsKey: {Region: "eu-west-1"},
				composed.AccountKey: {Region: "eu-west-1"},
			}},
		},
		"OneForAll": {
			reason: "A key without classes is for all data of its region.",
			spec:   `{"region":"eu-west-1"}`,
			input:  input("123456789012", inputv1alpha1.ExistingKey{ARN: ireland}, inputv1alpha1.ExistingKey{ARN: virginia}),
			want: want{keys: map[string]Key{
				composed.DataKey: {Region: "eu-west-1", Existing: "ireland"}, composed.LogsKey: {Region: "eu-west-1", Existing: "ireland"}, composed.SecretsKey: {Region: "eu-west-1", Existing: "ireland"},
				composed.EdgeKey: {Region: "us-east-1", Existing: "virginia"}, composed.AuditKey: {Region: "eu-west-1", Existing: "ireland"}, composed.AlarmsKey: {Region: "eu-west-1", Existing: "ireland"},
			}},
		},
		"ByClass": {
			reason: "The first one that fits counts, so that the exception comes before the rule.",
			spec:   small,
			input: input("", inputv1alpha1.ExistingKey{ARN: "arn:aws-cn:kms:cn-north-1:123456789012:key/logs", Classes: []inputv1alpha1.KeyClass{inputv1alpha1.KeyClassLogs}},
				inputv1alpha1.ExistingKey{ARN: china}),
			want: want{keys: map[string]Key{
				composed.DataKey: {Region: "cn-north-1", Existing: "china"}, composed.LogsKey: {Region: "cn-north-1", Existing: "logs"}, composed.SecretsKey: {Region: "cn-north-1", Existing: "china"},
			}},
		},
		"NoneThatFits": {
			reason: "A key of another region or class is not taken, and a stack that may make none is refused.",
			spec:   small,
			input: input("", inputv1alpha1.ExistingKey{ARN: ireland},
				inputv1alpha1.ExistingKey{ARN: china, Classes: []inputv1alpha1.KeyClass{inputv1alpha1.KeyClassData, inputv1alpha1.KeyClassSecrets}}),
			want: want{err: `kms.keys: must contain a key of class Logs for the stack's account in region cn-north-1, because the platform does not allow new keys (kms.mode Existing): ask the platform team to add a key`},
		},
		"OfAnotherAccount": {
			reason: "The provider cannot look at a key of another account.",
			spec:   small,
			input: input("210987654321", inputv1alpha1.ExistingKey{ARN: china}, inputv1alpha1.ExistingKey{
				ARN: "arn:aws-cn:kms:cn-north-1:210987654321:key/ours", Classes: []inputv1alpha1.KeyClass{inputv1alpha1.KeyClassData, inputv1alpha1.KeyClassLogs},
			}),
			want: want{err: `kms.keys: must contain a key of class Secrets for the stack's account in region cn-north-1, because the platform does not allow new keys (kms.mode Existing): ask the platform team to add a key`},
		},
		"OwnStays": {
			reason:   "What is encrypted with the stack's own key stays so when the platform brings keys: the key itself or its alias tells it.",
			spec:     small,
			input:    input("", inputv1alpha1.ExistingKey{ARN: china}),
			observed: map[string]string{composed.DataKey: own, composed.KeyAlias(composed.LogsKey): `{"spec":{}}`},
			want:     want{keys: map[string]Key{composed.DataKey: {Region: "cn-north-1"}, composed.LogsKey: {Region: "cn-north-1"}, composed.SecretsKey: {Region: "cn-north-1", Existing: "china"}}},
		},
		"WatchedStays": {
			reason:   "A key of the platform's does not become the stack's when the platform names another, or none: the stack would set its policy.",
			spec:     small,
			input:    input(""),
			observed: map[string]string{composed.DataKey: watched},
			want:     want{keys: map[string]Key{composed.DataKey: {Region: "cn-north-1", Existing: "watched"}, composed.LogsKey: {Region: "cn-north-1"}, composed.SecretsKey: {Region: "cn-north-1"}}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := want{}
			s, err := decided(t, tc.spec, tc.input, tc.observed)
			if err != nil {
				got.err = err.Error()
			} else {
				got.keys = s.Keys
			}
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
