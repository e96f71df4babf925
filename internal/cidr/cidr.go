// Package cidr divides ranges of addresses into the subnets of a stack.
package cidr

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
)

// MaxZones is how many zones a layout has room for. It is fixed, so that
// adding a zone moves no subnet.
const MaxZones = 4

// Prefix lengths that a VPC of a stack may have: AWS allows no larger one than
// /16 (AWS documentation, "VPC CIDR blocks"), and subnets of a smaller one than
// /24 would fall below AWS's /28.
const (
	MinBits = 16
	MaxBits = 24
)

// Layout is the subnets of up to four zones: private ones share the first half
// of the range, public ones the third quarter, database ones the last.
type Layout struct {
	Private  [MaxZones]netip.Prefix
	Public   [MaxZones]netip.Prefix
	Database [MaxZones]netip.Prefix
}

// Divide lays out the subnets of a VPC's range. It returns an error for what is
// not a masked IPv4 range of /16 to /24.
func Divide(vpc netip.Prefix) (Layout, error) {
	if !vpc.IsValid() || !vpc.Addr().Is4() || vpc != vpc.Masked() || vpc.Bits() < MinBits || vpc.Bits() > MaxBits {
		return Layout{}, fmt.Errorf("cannot divide %q: it must be an IPv4 range of /%d to /%d that starts at its network address", vpc, MinBits, MaxBits)
	}
	var l Layout
	for i := range MaxZones {
		l.Private[i] = slot(vpc, 3, i)
		l.Public[i] = slot(vpc, 4, 8+i)
		l.Database[i] = slot(vpc, 4, 12+i)
	}
	return l, nil
}

// IPv6Bits is the prefix length of the range that AWS gives a VPC (AWS
// documentation, "VPC CIDR blocks").
const IPv6Bits = 56

// IPv6 is the IPv6 ranges of the subnets of up to four zones. Database subnets
// have none.
type IPv6 struct {
	Private [MaxZones]netip.Prefix
	Public  [MaxZones]netip.Prefix
}

// DivideIPv6 lays out the IPv6 ranges of subnets, each a /64, the only length
// that AWS takes. Kinds of subnets lie sixteen apart. It returns an error for
// what is not a masked /56 of IPv6.
func DivideIPv6(vpc netip.Prefix) (IPv6, error) {
	if !vpc.IsValid() || !vpc.Addr().Is6() || vpc != vpc.Masked() || vpc.Bits() != IPv6Bits {
		return IPv6{}, fmt.Errorf("cannot divide %q: it must be an IPv6 range of /%d that starts at its network address", vpc, IPv6Bits)
	}
	var out IPv6
	for i := range MaxZones {
		out.Private[i] = numbered(vpc, byte(i))
		out.Public[i] = numbered(vpc, byte(0x10+i))
	}
	return out, nil
}

// numbered is the n-th /64 of a /56: n is the last byte of the network.
func numbered(vpc netip.Prefix, n byte) netip.Prefix {
	a := vpc.Addr().As16()
	a[IPv6Bits/8] = n
	return netip.PrefixFrom(netip.AddrFrom16(a), 64)
}

// Quarter is the n-th quarter of a range, counted from 0: one for each zone.
func Quarter(r netip.Prefix, n int) netip.Prefix { return slot(r, 2, n) }

// slot is the n-th of the 2^bits equal parts of a range.
func slot(vpc netip.Prefix, bits, n int) netip.Prefix {
	length := vpc.Bits() + bits
	a := vpc.Addr().As4()
	base := binary.BigEndian.Uint32(a[:])
	binary.BigEndian.PutUint32(a[:], base+uint32(n)<<(32-length)) //nolint:gosec // n is below 16 and length at most 28.
	return netip.PrefixFrom(netip.AddrFrom4(a), length)
}

// Range is an address or a range as AWS gives ranges back: an address is the range
// of it alone, IPv6 in its short form. What is neither is returned as it is.
func Range(text string) string {
	if a, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(a, a.BitLen()).String()
	}
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.String()
	}
	return text
}

// Ranges is addresses and ranges as ranges, each once, in their order.
func Ranges(texts []string) []string {
	var out []string
	for _, t := range texts {
		if r := Range(t); !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}
