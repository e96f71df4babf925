package settings

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
)

// ranges returns n different CIDR ranges.
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
				{Description: "Payments", Protocol: "TCP", FromPort: 443, ToPort: 443, CIDR: "203.0.113.0/24"},
				{Description: "Payments", Protocol: "TCP", FromPort: 443, ToPort: 443, CIDR: "2001:db8::/32"},
				{Description: "HTTPS to 198.51.100.0/24, allowed by the claim", Protocol: "TCP", FromPort: 443, ToPort: 443, CIDR: "198.51.100.0/24"},
			}},
		},
		"EachDestination": {
			reason: "Other protocols and ports, groups and lists have rules of their own, and an address is a range.",
			rules: []v1alpha1.EgressRule{
				{Port: 587, CIDRs: []string{"203.0.113.7", "2001:DB8:0::1"}},
				{Protocol: "UDP", Port: 123, PrefixListIDs: []string{"pl-0a1b2c3d"}},
				{Description: "Old shop", Port: 8000, ToPort: new(int32(8080)), SecurityGroupIDs: []string{"sg-0a1b2c3d"}},
				{Port: 8000, ToPort: new(int32(8080)), SecurityGroupIDs: []string{"sg-0a1b2c3e"}},
			},
			want: want{egress: []Egress{
				{Description: "TCP port 587 to 203.0.113.7/32, allowed by the claim", Protocol: "TCP", FromPort: 587, ToPort: 587, CIDR: "203.0.113.7/32"},
				{Description: "TCP port 587 to 2001:db8::1/128, allowed by the claim", Protocol: "TCP", FromPort: 587, ToPort: 587, CIDR: "2001:db8::1/128"},
				{Description: "UDP port 123 to pl-0a1b2c3d, allowed by the claim", Protocol: "UDP", FromPort: 123, ToPort: 123, PrefixList: "pl-0a1b2c3d"},
				{Description: "Old shop", Protocol: "TCP", FromPort: 8000, ToPort: 8080, Group: "sg-0a1b2c3d"},
				{Description: "TCP ports 8000-8080 to sg-0a1b2c3e, allowed by the claim", Protocol: "TCP", FromPort: 8000, ToPort: 8080, Group: "sg-0a1b2c3e"},
			}},
		},
		"SameRangeOnAnotherPort": {
			reason: "That is another rule; an address and the range of it alone are one.",
			rules:  []v1alpha1.EgressRule{{CIDRs: []string{"203.0.113.7"}}, {Port: 80, CIDRs: []string{"203.0.113.7"}}, {CIDRs: []string{"203.0.113.7/32"}}},
			want: want{
				egress: []Egress{
					{Description: "HTTPS to 203.0.113.7/32, allowed by the claim", Protocol: "TCP", FromPort: 443, ToPort: 443, CIDR: "203.0.113.7/32"},
					{Description: "TCP port 80 to 203.0.113.7/32, allowed by the claim", Protocol: "TCP", FromPort: 80, ToPort: 80, CIDR: "203.0.113.7/32"},
				},
				errs: field.ErrorList{field.Duplicate(path.Index(2).Child("cidrs").Index(0), "203.0.113.7/32")},
			},
		},
		"Twice": {
			reason: "AWS refuses a rule that differs from another one in its description only.",
			rules:  []v1alpha1.EgressRule{{Description: "Payments", CIDRs: []string{"203.0.113.0/24"}}, {Description: "Mail", CIDRs: []string{"203.0.113.0/24"}}},
			want: want{
				egress: []Egress{{Description: "Payments", Protocol: "TCP", FromPort: 443, ToPort: 443, CIDR: "203.0.113.0/24"}},
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

// A security group has a limited number of rules, however the claim groups them.
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

func TestOpenPorts(t *testing.T) {
	rule := func(protocol v1alpha1.Protocol, from, to int, cidr string) Egress {
		return Egress{Protocol: protocol, FromPort: from, ToPort: to, CIDR: cidr}
	}
	const ipv4, ipv6 = "203.0.113.0/24", "2001:db8::/32"
	cases := map[string]struct {
		reason string
		rules  []Egress
		ipv6   bool
		want   []Ports
	}{
		"None": {reason: "The network ACL lets HTTPS, HTTP and high ports of TCP out for everybody.", rules: []Egress{rule("TCP", 443, 443, ipv4), rule("TCP", 80, 80, ipv4), rule("TCP", 5432, 6000, ipv4)}},
		"Low": {
			reason: "Lower ports are opened one by one, and only as far as needed.",
			rules:  []Egress{rule("TCP", 993, 2000, ipv4), rule("TCP", 587, 587, ipv4)},
			want:   []Ports{{Protocol: "TCP", From: 587, To: 587}, {Protocol: "TCP", From: 993, To: 1023}},
		},
		"Joined": {
			reason: "Ports that touch or overlap are one rule, of which an ACL has twenty.",
			rules:  []Egress{rule("TCP", 25, 30, ipv4), rule("TCP", 31, 40, ipv4), rule("TCP", 20, 26, "198.51.100.0/24"), rule("TCP", 42, 42, ipv4)},
			want:   []Ports{{Protocol: "TCP", From: 20, To: 40}, {Protocol: "TCP", From: 42, To: 42}},
		},
		"HTTPSOverUDP": {
			reason: "UDP is let out by itself only where a rule says so; 443 is no exception.",
			rules:  []Egress{rule("UDP", 443, 443, ipv4), rule("UDP", 1000, 2000, ipv4)},
			want:   []Ports{{Protocol: "UDP", From: 1024, To: 65535}, {Protocol: "UDP", From: 443, To: 443}, {Protocol: "UDP", From: 1000, To: 1023}},
		},
		"Families": {
			reason: "A range is of one family; who is in a group or a list may be of both.",
			rules:  []Egress{rule("TCP", 25, 25, ipv4), rule("TCP", 53, 53, ipv6), {Protocol: "TCP", FromPort: 22, ToPort: 22, Group: "sg-0a1b2c3d"}},
			ipv6:   true,
			want: []Ports{
				{Protocol: "TCP", From: 22, To: 22},
				{Protocol: "TCP", From: 25, To: 25},
				{Protocol: "TCP", From: 22, To: 22, IPv6: true},
				{Protocol: "TCP", From: 53, To: 53, IPv6: true},
			},
		},
		"OneFamily": {
			reason: "A network without IPv6 opens nothing for it.",
			rules:  []Egress{{Protocol: "TCP", FromPort: 22, ToPort: 22, PrefixList: "pl-0a1b2c3d"}},
			want:   []Ports{{Protocol: "TCP", From: 22, To: 22}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, openPorts(tc.rules, tc.ipv6)); diff != "" {
				t.Errorf("\n%s\nopenPorts(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// A network ACL has a limited number of port ranges, and half as many with IPv6.
func TestMostPorts(t *testing.T) {
	scattered := func(n int) string {
		var rules []string
		for i := range n {
			rules = append(rules, fmt.Sprintf(`{"port":%d,"cidrs":["203.0.113.7"]}`, 100+2*i))
		}
		return strings.Join(rules, ",")
	}
	cases := map[string]struct {
		reason, spec, want string
	}{
		"Fit":      {reason: "Fourteen fit beside the stack's own.", spec: `{"region":"eu-west-1","network":{"egress":[` + scattered(14) + `]}}`},
		"TooMany":  {reason: "AWS refuses the twenty-first rule.", spec: `{"region":"eu-west-1","network":{"egress":[` + scattered(15) + `]}}`, want: "has 15 port ranges below port 1024; use at most 14"},
		"IPv6":     {reason: "IPv6 has as many of its own.", spec: `{"region":"eu-west-1","network":{"ipv6":true,"egress":[` + scattered(9) + `]}}`, want: "use at most 8"},
		"Existing": {reason: "The ACLs of a network that exists are its owner's.", spec: `{"region":"eu-west-1","network":{"existing":{"vpcId":"vpc-0a1b2c3d","databaseSubnetIds":["subnet-00000001","subnet-00000002"],"privateSubnetIds":["subnet-00000003"]},"egress":[` + scattered(15) + `]}}`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := decided(t, tc.spec, &inputv1alpha1.Input{}, nil)
			if tc.want == "" && err != nil || tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("\n%s\nwant error with %q, got %v", tc.reason, tc.want, err)
			}
		})
	}
}
