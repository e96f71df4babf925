package network_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestEgress(t *testing.T) {
	const rules = `{"region":"eu-west-1","network":{"egress":[
		{"description":"Mail relay","port":587,"cidrs":["203.0.113.25"]},
		{"protocol":"UDP","port":123,"prefixListIds":["pl-0a1b2c3d"]},
		{"port":8000,"toPort":8080,"securityGroupIds":["sg-0a1b2c3d"]}]}}`
	rule := func(key string) string { return composed.AppEgressTo(naming.Hash(key)) }
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Address": {
			Reason:   "A port may be called at a single address.",
			Spec:     rules,
			Resource: rule("TCP 587-587 203.0.113.25/32"),
			Want:     map[string]any{"cidrIpv4": "203.0.113.25/32", "ipProtocol": "tcp", "fromPort": float64(587), "toPort": float64(587), "description": "Mail relay", "securityGroupIdRef.name": "shop-app-security-group"},
		},
		"PrefixList": {
			Reason:   "Ranges may be in a list that somebody else keeps.",
			Spec:     rules,
			Resource: rule("UDP 123-123 pl-0a1b2c3d"),
			Want:     map[string]any{"prefixListId": "pl-0a1b2c3d", "ipProtocol": "udp", "fromPort": float64(123), "cidrIpv4": tiertest.Absent{}},
		},
		"Group": {
			Reason:   "So may members of another group.",
			Spec:     rules,
			Resource: rule("TCP 8000-8080 sg-0a1b2c3d"),
			Want:     map[string]any{"referencedSecurityGroupId": "sg-0a1b2c3d", "fromPort": float64(8000), "toPort": float64(8080), "cidrIpv4": tiertest.Absent{}},
		},
		"NamesStay": {
			Reason:   "HTTPS to a range is called as before, and an address as its range.",
			Spec:     `{"region":"eu-west-1","network":{"egress":[{"cidrs":["203.0.113.7"]}]}}`,
			Resource: composed.AppEgress(naming.Hash("203.0.113.7/32")),
			Want:     map[string]any{"cidrIpv4": "203.0.113.7/32"},
		},
		"Existing": {
			Reason:   "A network that exists has these rules too.",
			Spec:     `{"region":"eu-west-1","network":{"existing":{"vpcId":"vpc-0a1b2c3d","databaseSubnetIds":["subnet-00000001","subnet-00000002"],"privateSubnetIds":["subnet-00000003"]},"egress":[{"port":25,"cidrs":["10.1.0.0/16"]}]}}`,
			Resource: rule("TCP 25-25 10.1.0.0/16"),
			Want:     map[string]any{"cidrIpv4": "10.1.0.0/16", "fromPort": float64(25)},
		},
	})
}

// TestEgressPassesACL verifies that the network ACL allows calls of the claim's
// egress rules and their responses.
func TestEgressPassesACL(t *testing.T) {
	type rule struct {
		number     float64
		protocol   string
		ipv4, ipv6 string
		from, to   float64
	}
	const (
		outward = "egress"
		inward  = "ingress"
	)
	cases := map[string]struct {
		reason, spec, direction string
		want                    []rule
	}{
		"Default": {reason: "High ports and HTTPS are open to all.", spec: `{"port":5432,"cidrs":["203.0.113.0/24"]},{"cidrs":["203.0.113.0/24"]}`, direction: outward},
		"Low":     {reason: "A lower port gets a rule.", spec: `{"port":587,"cidrs":["203.0.113.0/24"]}`, direction: outward, want: []rule{{2587, "6", "0.0.0.0/0", "", 587, 587}}},
		"LowIn":   {reason: "Answers of TCP get in already.", spec: `{"port":587,"cidrs":["203.0.113.0/24"]}`, direction: inward},
		"UDP":     {reason: "UDP needs its own.", spec: `{"protocol":"UDP","port":123,"cidrs":["203.0.113.0/24"]}`, direction: outward, want: []rule{{4123, "17", "0.0.0.0/0", "", 123, 123}}},
		"UDPIn": {
			reason: "An ACL knows no connections: answers are let in, but for remote desktop's port (NET-14).", spec: `{"protocol":"UDP","port":123,"cidrs":["203.0.113.0/24"]}`, direction: inward,
			want: []rule{{6000, "17", "0.0.0.0/0", "", 1024, 3388}, {6010, "17", "0.0.0.0/0", "", 3390, 65535}},
		},
		"HighUDP": {reason: "High ports of UDP are opened as those of TCP are.", spec: `{"protocol":"UDP","port":3478,"cidrs":["203.0.113.0/24"]}`, direction: outward, want: []rule{{5024, "17", "0.0.0.0/0", "", 1024, 65535}}},
		"IPv6":    {reason: "IPv6 has rules of its own.", spec: `{"port":25,"cidrs":["2001:db8::/32"]}`, direction: outward, want: []rule{{12025, "6", "", "::/0", 25, 25}}},
		"IPv6In": {
			reason: "Also for answers.", spec: `{"protocol":"UDP","port":53,"cidrs":["2001:db8::/32"]}`, direction: inward,
			want: []rule{{16000, "17", "", "::/0", 1024, 3388}, {16010, "17", "", "::/0", 3390, 65535}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			vpc := map[string]string{composed.VPC: `{"status":{"atProvider":{"ipv6CidrBlock":"2001:db8:1234:1a00::/56"}}}`}
			r := tiertest.Composed(t, `{"region":"eu-west-1","network":{"ipv6":true,"egress":[`+tc.spec+`]}}`, vpc, tiertest.Platform()).Resources[composed.DefaultNetworkACL]
			list, _ := tiertest.Field(t, r, tc.direction).([]any)
			var got []rule
			for _, item := range list {
				f, _ := item.(map[string]any)
				number, _ := f["ruleNo"].(float64)
				if number < 2000 {
					continue
				}
				protocol, _ := f["protocol"].(string)
				ipv4, _ := f["cidrBlock"].(string)
				ipv6, _ := f["ipv6CidrBlock"].(string)
				from, _ := f["fromPort"].(float64)
				to, _ := f["toPort"].(float64)
				got = append(got, rule{number, protocol, ipv4, ipv6, from, to})
			}
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(rule{})); diff != "" {
				t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, tc.direction, diff)
			}
		})
	}
}
