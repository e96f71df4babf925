// Package cidr divides address ranges into the subnets of a stack.
package cidr

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
)

// MaxZones is the number of zones in a layout. It is fixed, so that an additional
// zone moves no subnet.
const MaxZones = 4

// Valid prefix lengths of a stack's VPC. AWS's maximum size is /16 (AWS
// documentation, "VPC CIDR blocks"). With less than /24, subnets would be smaller
// than AWS's minimum of /28.
const (
	MinBits = 16
	MaxBits = 24
)

// Layout contains the subnets of up to four zones. Private subnets share the first
// half of the range, public ones the third quarter, and database subnets the last
// quarter.
type Layout struct {
	Private  [MaxZones]netip.Prefix
	Public   [MaxZones]netip.Prefix
	Database [MaxZones]netip.Prefix
}

// Divide returns the subnets of a VPC's range. It returns an error unless the range
// is a masked IPv4 range of /16 to /24.
func Divide(vpc netip.Prefix) (Layout, error) {
	if !vpc.IsValid() || !vpc.Addr().Is4() || vpc != vpc.Masked() || vpc.Bits() < MinBits || vpc.Bits() > MaxBits {
		return Layout{}, fmt.Errorf("cannot divide %q: it must be an IPv4 CIDR block from /%d to /%d that starts at its network address, such as 10.0.0.0/16", vpc, MinBits, MaxBits)
	}
	var l Layout
	for i := range MaxZones {
		l.Private[i] = slot(vpc, 3, i)
		l.Public[i] = slot(vpc, 4, 8+i)
		l.Database[i] = slot(vpc, 4, 12+i)
	}
	return l, nil
}

// IPv6Bits is the prefix length of the range that AWS assigns to a VPC (AWS
// documentation, "VPC CIDR blocks").
const IPv6Bits = 56

// IPv6 contains the IPv6 ranges of the subnets of up to four zones. Database
// subnets have none.
type IPv6 struct {
	Private [MaxZones]netip.Prefix
	Public  [MaxZones]netip.Prefix
}

// DivideIPv6 returns the IPv6 ranges of subnets. Each is a /64, the only size that
// AWS accepts. The ranges of each kind of subnet start sixteen apart. It returns an
// error unless the range is a masked IPv6 /56.
func DivideIPv6(vpc netip.Prefix) (IPv6, error) {
	if !vpc.IsValid() || !vpc.Addr().Is6() || vpc != vpc.Masked() || vpc.Bits() != IPv6Bits {
		return IPv6{}, fmt.Errorf("cannot divide %q: it must be an IPv6 /%d CIDR block that starts at its network address, such as 2001:db8:0:100::/56", vpc, IPv6Bits)
	}
	var out IPv6
	for i := range MaxZones {
		out.Private[i] = numbered(vpc, byte(i))
		out.Public[i] = numbered(vpc, byte(0x10+i))
	}
	return out, nil
}

// numbered returns the n-th /64 of a /56. n is the last byte of the network.
func numbered(vpc netip.Prefix, n byte) netip.Prefix {
	a := vpc.Addr().As16()
	a[IPv6Bits/8] = n
	return netip.PrefixFrom(netip.AddrFrom16(a), 64)
}

// Quarter returns the n-th quarter of a range, counted from 0.
func Quarter(r netip.Prefix, n int) netip.Prefix { return slot(r, 2, n) }

// slot returns the n-th of 2^bits equal parts of a range.
func slot(vpc netip.Prefix, bits, n int) netip.Prefix {
	length := vpc.Bits() + bits
	a := vpc.Addr().As4()
	base := binary.BigEndian.Uint32(a[:])
	binary.BigEndian.PutUint32(a[:], base+uint32(n)<<(32-length)) //nolint:gosec // n is below 16 and length at most 28.
	return netip.PrefixFrom(netip.AddrFrom4(a), length)
}

// Range converts an address or a range to AWS's notation: an address becomes the
// range that contains only it, and IPv6 gets its short form. It returns other
// strings unchanged.
func Range(text string) string {
	if a, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(a, a.BitLen()).String()
	}
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.String()
	}
	return text
}

// Ranges converts addresses and ranges to AWS's notation, without duplicates and in
// the same order.
func Ranges(texts []string) []string {
	var out []string
	for _, t := range texts {
		if r := Range(t); !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}
