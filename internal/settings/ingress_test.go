package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

func TestIngress(t *testing.T) {
	type want struct {
		callers []Ingress
		errs    field.ErrorList
	}
	cases := map[string]struct {
		reason string
		rules  []v1alpha1.IngressRule
		want   want
	}{
		"None": {reason: "By default nobody else gets in."},
		"EachCaller": {
			reason: "AWS has a rule for each range and each group; the database has one port.",
			rules: []v1alpha1.IngressRule{
				{To: "App", Description: "Office", Port: new(int32(8080)), ToPort: new(int32(8081)), CIDRs: []string{"10.0.0.0/8", "172.16.0.0/12"}},
				{To: "Database", Description: "Analysts", SecurityGroupIDs: []string{"sg-1"}},
			},
			want: want{callers: []Ingress{
				{To: "App", Description: "Office", FromPort: 8080, ToPort: 8081, CIDR: "10.0.0.0/8"},
				{To: "App", Description: "Office", FromPort: 8080, ToPort: 8081, CIDR: "172.16.0.0/12"},
				{To: "Database", Description: "Analysts", FromPort: 5433, ToPort: 5433, Group: "sg-1"},
			}},
		},
		"Twice": {
			reason: "AWS refuses a rule that differs from another one in its description only, and a port alone is a range of one.",
			rules: []v1alpha1.IngressRule{
				{To: "App", Description: "Office", Port: new(int32(443)), CIDRs: []string{"10.0.0.0/8"}, SecurityGroupIDs: []string{"sg-1"}},
				{To: "App", Description: "Bureau", Port: new(int32(443)), ToPort: new(int32(443)), CIDRs: []string{"10.0.0.0/8"}, SecurityGroupIDs: []string{"sg-1"}},
			},
			want: want{
				callers: []Ingress{
					{To: "App", Description: "Office", FromPort: 443, ToPort: 443, CIDR: "10.0.0.0/8"},
					{To: "App", Description: "Office", FromPort: 443, ToPort: 443, Group: "sg-1"},
				},
				errs: field.ErrorList{
					field.Duplicate(field.NewPath("spec", "network", "ingress").Index(1).Child("cidrs").Index(0), "10.0.0.0/8"),
					field.Duplicate(field.NewPath("spec", "network", "ingress").Index(1).Child("securityGroupIds").Index(0), "sg-1"),
				},
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			callers, errs := ingress(tc.rules, 5433)
			if diff := cmp.Diff(tc.want, want{callers: callers, errs: errs}, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\ningress(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
