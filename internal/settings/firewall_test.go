package settings

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

func TestFirewall(t *testing.T) {
	type want struct {
		firewall *Firewall
		pinned   []string
		err      string
	}
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     want
	}{
		"None": {
			reason: "A firewall costs too much to come by itself.",
			spec:   `{"region":"eu-west-1"}`,
		},
		"Default": {
			reason: "Each zone has a quarter of the range, AWS's smallest subnet.",
			spec:   `{"region":"eu-west-1","network":{"firewall":{}}}`,
			want:   want{firewall: &Firewall{CIDR: prefix("100.64.0.0/26"), Subnets: []netip.Prefix{prefix("100.64.0.0/28"), prefix("100.64.0.16/28")}}},
		},
		"ByHand": {
			reason: "The claim's words count, and a third zone has a subnet.",
			spec:   `{"region":"eu-west-1","network":{"availabilityZones":3,"firewall":{"cidr":"100.65.0.64/26","protected":true},"allowedDomains":[".example.com"]}}`,
			want: want{firewall: &Firewall{
				CIDR: prefix("100.65.0.64/26"), Subnets: []netip.Prefix{prefix("100.65.0.64/28"), prefix("100.65.0.80/28"), prefix("100.65.0.96/28")},
				AllowedDomains: []string{".example.com"}, Protected: true,
			}},
		},
		"RangeStays": {
			reason:   "Subnets cannot move, whatever the claim says now.",
			spec:     `{"region":"eu-west-1","network":{"firewall":{}}}`,
			observed: map[string]string{composed.FirewallCIDR: `{"spec":{"forProvider":{"cidrBlock":"100.70.0.0/26"}}}`},
			want: want{
				firewall: &Firewall{CIDR: prefix("100.70.0.0/26"), Subnets: []netip.Prefix{prefix("100.70.0.0/28"), prefix("100.70.0.16/28")}},
				pinned:   []string{`spec.network.firewall.cidr: the change to "100.64.0.0/26" is not supported; the stack keeps "100.70.0.0/26"`},
			},
		},
		"RangeUnreadable": {
			reason:   "What cannot be read cannot be kept.",
			spec:     `{"region":"eu-west-1","network":{"firewall":{}}}`,
			observed: map[string]string{composed.FirewallCIDR: `{"spec":{"forProvider":{"cidrBlock":"mine"}}}`},
			want:     want{err: `spec.network.firewall.cidr: netip.ParsePrefix("mine"): no '/'`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := want{}
			s, err := decided(t, tc.spec, &inputv1alpha1.Input{}, tc.observed)
			if err != nil {
				got.err = err.Error()
			} else {
				got.firewall, got.pinned = s.Network.Firewall, s.Pinned
			}
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{}), cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
