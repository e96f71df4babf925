package settings

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// ranges is n different ranges.
func ranges(from, n int) []string {
	out := make([]string, 0, n)
	for i := range n {
		out = append(out, fmt.Sprintf("203.0.113.%d/32", from+i))
	}
	return out
}

func TestEgress(t *testing.T) {
	type want struct {
		egress []Egress
		errs   field.ErrorList
	}
	path := field.NewPath("spec", "network", "egress")
	cases := map[string]struct {
		reason string
		rules  []v1alpha1.EgressRule
		want   want
	}{
		"None": {reason: "By default the app tier calls nobody elsewhere."},
		"EachRange": {
			reason: "AWS has a rule for each range, which says why if the claim does.",
			rules:  []v1alpha1.EgressRule{{Description: "Payments", CIDRs: []string{"203.0.113.0/24", "2001:db8::/32"}}, {CIDRs: []string{"198.51.100.0/24"}}},
			want: want{egress: []Egress{
				{Description: "Payments", CIDR: "203.0.113.0/24"},
				{Description: "Payments", CIDR: "2001:db8::/32"},
				{Description: "HTTPS to 198.51.100.0/24, asked for by the claim", CIDR: "198.51.100.0/24"},
			}},
		},
		"Twice": {
			reason: "AWS refuses a rule that differs from another one in its description only.",
			rules:  []v1alpha1.EgressRule{{Description: "Payments", CIDRs: []string{"203.0.113.0/24"}}, {Description: "Mail", CIDRs: []string{"203.0.113.0/24"}}},
			want: want{
				egress: []Egress{{Description: "Payments", CIDR: "203.0.113.0/24"}},
				errs:   field.ErrorList{field.Duplicate(path.Index(1).Child("cidrs").Index(0), "203.0.113.0/24")},
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, errs := egress(tc.rules)
			if diff := cmp.Diff(tc.want, want{egress: got, errs: errs}, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\negress(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// A security group has room for so many rules, however the claim writes them.
func TestMostRules(t *testing.T) {
	path := field.NewPath("spec", "network")
	if _, errs := egress([]v1alpha1.EgressRule{{CIDRs: ranges(0, 20)}, {CIDRs: ranges(20, 20)}, {CIDRs: ranges(40, 10)}}); len(errs) > 0 {
		t.Errorf("\nFifty ranges fit.\ngot %v", errs)
	}
	_, errs := egress([]v1alpha1.EgressRule{{CIDRs: ranges(0, 20)}, {CIDRs: ranges(20, 20)}, {CIDRs: ranges(40, 11)}})
	if diff := cmp.Diff(field.ErrorList{field.TooMany(path.Child("egress"), 51, 50)}, errs); diff != "" {
		t.Errorf("\nMore do not.\n-want, +got:\n%s", diff)
	}
	var rules []v1alpha1.IngressRule
	for _, to := range []v1alpha1.IngressTarget{"App", "Database"} {
		for i := range 5 {
			rules = append(rules, v1alpha1.IngressRule{To: to, Port: new(int32(80)), CIDRs: ranges(10*i, 10)})
		}
	}
	if _, errs := ingress(rules, 5433); len(errs) > 0 {
		t.Errorf("\nEach group has room of its own.\ngot %v", errs)
	}
	_, errs = ingress(append(rules, v1alpha1.IngressRule{To: "App", Port: new(int32(80)), CIDRs: ranges(50, 1)}), 5433)
	if diff := cmp.Diff(field.ErrorList{field.TooMany(path.Child("ingress"), 51, 50)}, errs); diff != "" {
		t.Errorf("\nMore do not.\n-want, +got:\n%s", diff)
	}
}
