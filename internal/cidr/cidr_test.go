package cidr

import (
	"encoding/binary"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// prefixes compares ranges by their string form.
var prefixes = cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })

func TestDivide(t *testing.T) {
	p := netip.MustParsePrefix
	type want struct {
		layout Layout
		err    string
	}
	cases := map[string]struct {
		reason string
		vpc    netip.Prefix
		want   want
	}{
		"Default": {
			reason: "Half of the range is private; a quarter is public and one for databases.",
			vpc:    p("10.0.0.0/16"),
			want: want{layout: Layout{
				Private:  [MaxZones]netip.Prefix{p("10.0.0.0/19"), p("10.0.32.0/19"), p("10.0.64.0/19"), p("10.0.96.0/19")},
				Public:   [MaxZones]netip.Prefix{p("10.0.128.0/20"), p("10.0.144.0/20"), p("10.0.160.0/20"), p("10.0.176.0/20")},
				Database: [MaxZones]netip.Prefix{p("10.0.192.0/20"), p("10.0.208.0/20"), p("10.0.224.0/20"), p("10.0.240.0/20")},
			}},
		},
		"Smallest": {
			reason: "The smallest range still gives subnets that AWS takes, /28.",
			vpc:    p("192.168.5.0/24"),
			want: want{layout: Layout{
				Private:  [MaxZones]netip.Prefix{p("192.168.5.0/27"), p("192.168.5.32/27"), p("192.168.5.64/27"), p("192.168.5.96/27")},
				Public:   [MaxZones]netip.Prefix{p("192.168.5.128/28"), p("192.168.5.144/28"), p("192.168.5.160/28"), p("192.168.5.176/28")},
				Database: [MaxZones]netip.Prefix{p("192.168.5.192/28"), p("192.168.5.208/28"), p("192.168.5.224/28"), p("192.168.5.240/28")},
			}},
		},
		"Nothing": {
			reason: "No range at all is refused.",
			want:   want{err: `cannot divide "invalid Prefix": it must be an IPv4 CIDR block from /16 to /24 that starts at its network address, such as 10.0.0.0/16`},
		},
		"IPv6": {
			reason: "Subnets are laid out in 32 bits.",
			vpc:    p("fd00::/20"),
			want:   want{err: `cannot divide "fd00::/20": it must be an IPv4 CIDR block from /16 to /24 that starts at its network address, such as 10.0.0.0/16`},
		},
		"TooLarge": {
			reason: "AWS has no larger VPC than /16.",
			vpc:    p("10.0.0.0/15"),
			want:   want{err: `cannot divide "10.0.0.0/15": it must be an IPv4 CIDR block from /16 to /24 that starts at its network address, such as 10.0.0.0/16`},
		},
		"TooSmall": {
			reason: "Subnets would be smaller than AWS's /28.",
			vpc:    p("10.0.0.0/25"),
			want:   want{err: `cannot divide "10.0.0.0/25": it must be an IPv4 CIDR block from /16 to /24 that starts at its network address, such as 10.0.0.0/16`},
		},
		"NotMasked": {
			reason: "AWS would round a range down, and what is observed would differ from what is desired for ever.",
			vpc:    p("10.0.1.0/16"),
			want:   want{err: `cannot divide "10.0.1.0/16": it must be an IPv4 CIDR block from /16 to /24 that starts at its network address, such as 10.0.0.0/16`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := Divide(tc.vpc)
			if diff := cmp.Diff(tc.want.err, text(err)); diff != "" {
				t.Errorf("\n%s\nDivide(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.want.layout, got, prefixes); diff != "" {
				t.Errorf("\n%s\nDivide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestDivideIPv6(t *testing.T) {
	p := netip.MustParsePrefix
	type want struct {
		layout IPv6
		err    string
	}
	cases := map[string]struct {
		reason string
		vpc    netip.Prefix
		want   want
	}{
		"FromAWS": {
			reason: "Each subnet has a /64, told by its last two digits; kinds lie sixteen apart.",
			vpc:    p("2001:db8:1:ab00::/56"),
			want: want{layout: IPv6{
				Private: [MaxZones]netip.Prefix{p("2001:db8:1:ab00::/64"), p("2001:db8:1:ab01::/64"), p("2001:db8:1:ab02::/64"), p("2001:db8:1:ab03::/64")},
				Public:  [MaxZones]netip.Prefix{p("2001:db8:1:ab10::/64"), p("2001:db8:1:ab11::/64"), p("2001:db8:1:ab12::/64"), p("2001:db8:1:ab13::/64")},
			}},
		},
		"Nothing": {
			reason: "No range at all is refused.",
			want:   want{err: `cannot divide "invalid Prefix": it must be an IPv6 /56 CIDR block that starts at its network address, such as 2001:db8:0:100::/56`},
		},
		"IPv4": {
			reason: "Subnets have 64 bits of their own.",
			vpc:    p("10.0.0.0/16"),
			want:   want{err: `cannot divide "10.0.0.0/16": it must be an IPv6 /56 CIDR block that starts at its network address, such as 2001:db8:0:100::/56`},
		},
		"OtherLength": {
			reason: "AWS gives a /56, and the layout is made for it.",
			vpc:    p("2001:db8:1:ab00::/60"),
			want:   want{err: `cannot divide "2001:db8:1:ab00::/60": it must be an IPv6 /56 CIDR block that starts at its network address, such as 2001:db8:0:100::/56`},
		},
		"NotMasked": {
			reason: "A range in the middle of another is none.",
			vpc:    p("2001:db8:1:ab01::/56"),
			want:   want{err: `cannot divide "2001:db8:1:ab01::/56": it must be an IPv6 /56 CIDR block that starts at its network address, such as 2001:db8:0:100::/56`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := DivideIPv6(tc.vpc)
			if diff := cmp.Diff(tc.want.err, text(err)); diff != "" {
				t.Errorf("\n%s\nDivideIPv6(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.want.layout, got, prefixes); diff != "" {
				t.Errorf("\n%s\nDivideIPv6(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// The twelve subnets tile the VPC: together they contain each of its addresses
// exactly once. They do not depend on the number of zones in use, so a zone can be
// added later.
func TestDivideTiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.IntRange(MinBits, MaxBits).Draw(t, "bits")
		address := [4]byte{}
		binary.BigEndian.PutUint32(address[:], rapid.Uint32().Draw(t, "address"))
		vpc := netip.PrefixFrom(netip.AddrFrom4(address), bits).Masked()
		l, err := Divide(vpc)
		if err != nil {
			t.Fatalf("Divide(%s): %v", vpc, err)
		}
		addresses := 0
		var all []netip.Prefix
		for i := range MaxZones {
			for _, subnet := range []struct {
				prefix netip.Prefix
				bits   int
			}{{l.Private[i], bits + 3}, {l.Public[i], bits + 4}, {l.Database[i], bits + 4}} {
				if subnet.prefix.Bits() != subnet.bits || subnet.prefix != subnet.prefix.Masked() {
					t.Errorf("Divide(%s): %s should be a whole /%d", vpc, subnet.prefix, subnet.bits)
				}
				if !vpc.Contains(subnet.prefix.Addr()) {
					t.Errorf("Divide(%s): %s lies outside", vpc, subnet.prefix)
				}
				for _, other := range all {
					if subnet.prefix.Overlaps(other) {
						t.Errorf("Divide(%s): %s and %s overlap", vpc, subnet.prefix, other)
					}
				}
				all = append(all, subnet.prefix)
				addresses += 1 << (32 - subnet.prefix.Bits())
			}
		}
		if want := 1 << (32 - bits); addresses != want {
			t.Errorf("Divide(%s): subnets hold %d of %d addresses", vpc, addresses, want)
		}
		again, _ := Divide(vpc)
		if diff := cmp.Diff(l, again, prefixes); diff != "" {
			t.Errorf("Divide(%s): -first, +second:\n%s", vpc, diff)
		}
	})
}

// The quarters of a range tile it.
func TestQuarter(t *testing.T) {
	p := netip.MustParsePrefix
	got := []netip.Prefix{}
	for i := range MaxZones {
		got = append(got, Quarter(p("100.64.0.0/26"), i))
	}
	want := []netip.Prefix{p("100.64.0.0/28"), p("100.64.0.16/28"), p("100.64.0.32/28"), p("100.64.0.48/28")}
	if diff := cmp.Diff(want, got, prefixes); diff != "" {
		t.Errorf("\nFour zones share a range.\nQuarter(...): -want, +got:\n%s", diff)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestRanges(t *testing.T) {
	got := Ranges([]string{"203.0.113.7", "2001:DB8:0::1", "203.0.113.0/24", "203.0.113.7/32", "2001:db8:0::/48", "payments"})
	want := []string{"203.0.113.7/32", "2001:db8::1/128", "203.0.113.0/24", "2001:db8::/48", "payments"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nAn address is the range of it alone, in the form that AWS gives back, and each is there once.\nRanges(...): -want, +got:\n%s", diff)
	}
}
