package kit_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestLogGroupsStay(t *testing.T) {
	const retaining = `"guardrails":{"audit":{"retainLogs":true,"notifications":true},"alarms":{"deliveryLogs":true}}`
	cases := map[string]struct {
		reason string
		spec   string
		// want reports whether log groups are kept, and protected whether they have
		// deletion protection.
		want      bool
		protected any
	}{
		"NotAsked":   {reason: "Logs go with what wrote them, but for those of a database that stays.", spec: `{"region":"eu-west-1"}`, protected: false},
		"Retain":     {reason: "All of them survive the claim (AUD-16).", spec: `{"region":"eu-west-1",` + retaining + `}`, want: true, protected: true},
		"Snapshot":   {reason: "Keys stay under Snapshot too.", spec: `{"region":"eu-west-1","deletionPolicy":"Snapshot",` + retaining + `}`, want: true, protected: true},
		"Delete":     {reason: "Where nothing stays, keys do not either, and the deletion must not hang.", spec: `{"region":"eu-west-1","deletionPolicy":"Delete",` + retaining + `}`, protected: false},
		"InGovCloud": {reason: "They stay without a protection that may not be offered.", spec: `{"region":"us-gov-west-1",` + retaining + `}`, want: true, protected: tiertest.Absent{}},
		"TrailOfThePlatform": {
			reason: "The field is about all groups, not about the trail's.",
			spec:   `{"region":"eu-west-1",` + retaining + `}`, want: true, protected: true,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			in := tiertest.Platform()
			if name == "TrailOfThePlatform" {
				in = &inputv1alpha1.Input{AccountID: tiertest.Account, Existing: inputv1alpha1.Existing{Trail: true}}
			}
			groups := 0
			for r, resource := range tiertest.Composed(t, tc.spec, nil, in).Resources {
				if resource.Object == nil || resource.Object.GetFields()["kind"].GetStringValue() != "Group" {
					continue
				}
				groups++
				if diff := cmp.Diff([]any{tc.want, tc.protected}, []any{tiertest.Field(t, resource, "skipDestroy"), tiertest.Field(t, resource, "deletionProtectionEnabled")}); diff != "" {
					t.Errorf("\n%s\n%s: skipDestroy, deletionProtectionEnabled: -want, +got:\n%s", tc.reason, r, diff)
				}
				if _, goes := tiertest.Field(t, resource, ".spec.managementPolicies").(tiertest.Absent); goes && tc.want {
					t.Errorf("\n%s\n%s: what is protected must not be deleted with the stack, or the deletion would hang", tc.reason, r)
				}
			}
			if groups < 4 {
				t.Errorf("\n%s\nwant all log groups, got %d", tc.reason, groups)
			}
		})
	}
}
