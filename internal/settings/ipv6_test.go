package settings

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

func TestIPv6(t *testing.T) {
	const asked = `{"region":"eu-west-1","network":{"ipv6":true}}`
	given := func(value string) string {
		return `{"spec":{"forProvider":{"assignGeneratedIpv6CidrBlock":true}},"status":{"atProvider":{"ipv6CidrBlock":"` + value + `"}}}`
	}
	known := func(value string) facts.Fact {
		return facts.Fact{Resource: composed.VPC, Path: "status.atProvider.ipv6CidrBlock", Value: value}
	}
	const vpc = "2001:db8:1:ab00::/56"
	type want struct {
		on     bool
		cidr   facts.Fact
		awaits []facts.Fact
		zones  []netip.Prefix
		pinned []string
		err    string
	}
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     want
	}{
		"None": {
			reason: "A network has IPv4 only unless the claim asks for more.",
			spec:   `{"region":"eu-west-1"}`,
			want:   want{zones: []netip.Prefix{{}, {}, {}, {}}},
		},
		"NotGivenYet": {
			reason: "Only AWS knows the range.",
			spec:   asked,
			want:   want{on: true, cidr: known(""), awaits: []facts.Fact{known("")}, zones: []netip.Prefix{{}, {}, {}, {}}},
		},
		"Given": {
			reason:   "Each subnet that reaches the internet has a part of it.",
			spec:     asked,
			observed: map[string]string{composed.VPC: given(vpc)},
			want: want{on: true, cidr: known(vpc), awaits: []facts.Fact{known(vpc)}, zones: []netip.Prefix{
				prefix("2001:db8:1:ab10::/64"), prefix("2001:db8:1:ab00::/64"), prefix("2001:db8:1:ab11::/64"), prefix("2001:db8:1:ab01::/64"),
			}},
		},
		"SubnetsStay": {
			reason:   "A subnet keeps the range that it has, whatever the layout says.",
			spec:     asked,
			observed: map[string]string{composed.VPC: given(vpc), composed.PublicSubnet(2): `{"spec":{"forProvider":{"ipv6CidrBlock":"2001:db8:1:abff::/64"}}}`},
			want: want{on: true, cidr: known(vpc), awaits: []facts.Fact{known(vpc)}, zones: []netip.Prefix{
				prefix("2001:db8:1:ab10::/64"), prefix("2001:db8:1:ab00::/64"), prefix("2001:db8:1:abff::/64"), prefix("2001:db8:1:ab01::/64"),
			}},
		},
		"Stays": {
			reason:   "A claim that does not say it any more, past the API server, takes no addresses away.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{composed.VPC: given("")},
			want: want{
				on: true, cidr: known(""), awaits: []facts.Fact{known("")}, zones: []netip.Prefix{{}, {}, {}, {}},
				pinned: []string{`spec.network.ipv6: the change to "false" is not supported; the stack keeps "true"`},
			},
		},
		"Unreadable": {
			reason:   "What cannot be read cannot be divided.",
			spec:     asked,
			observed: map[string]string{composed.VPC: given("mine")},
			want:     want{err: `status.atProvider.ipv6CidrBlock of vpc: netip.ParsePrefix("mine"): no '/'`},
		},
		"OfAnotherLength": {
			reason:   "AWS gives a /56; anything else is said and not guessed.",
			spec:     asked,
			observed: map[string]string{composed.VPC: given("2001:db8::/48")},
			want:     want{err: `status.atProvider.ipv6CidrBlock of vpc: cannot divide "2001:db8::/48": it must be an IPv6 /56 CIDR block that starts at its network address, such as 2001:db8:0:100::/56`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := want{}
			s, err := decided(t, tc.spec, &inputv1alpha1.Input{}, tc.observed)
			if err != nil {
				got.err = err.Error()
			} else {
				got.on, got.cidr, got.awaits, got.pinned = s.Network.IPv6, s.Network.IPv6CIDR, s.Network.AwaitIPv6(), s.Pinned
				for _, z := range s.Network.Zones {
					got.zones = append(got.zones, z.PublicIPv6, z.PrivateIPv6)
				}
			}
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{}), cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
