// Package naming creates names that are readable, deterministic and within the
// limits of Kubernetes and AWS.
package naming

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
)

// MaxObject is the maximum length of a Kubernetes object's name (Kubernetes
// documentation, "Object Names and IDs", DNS subdomain names).
const MaxObject = 253

// hashLength is the length of a hash. With five bits per character, 40 bits
// distinguish the resources of a stack, and its stack from others.
const hashLength = 8

// Hash returns a short, stable digest of its parts. Every AWS name can contain its
// characters. Different lists of parts differ, even if their concatenation is the
// same.
func Hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:hashLength]
}

// Fit returns name if it is within the limit. Otherwise, it returns a prefix of the
// name and a hash of the whole name.
func Fit(name string, limit int) string {
	if len(name) <= limit {
		return name
	}
	return strings.TrimRight(name[:limit-hashLength-1], "-.") + "-" + Hash(name)
}

// Nth returns the name of one of several similar things: the name itself for the
// first, and <name>-<number> for the others.
func Nth(name string, number int) string {
	if number == 1 {
		return name
	}
	return name + "-" + strconv.Itoa(number)
}

// Object returns the Kubernetes name of a composed resource: <composite>-<name>,
// shortened with a hash if it is too long.
func Object(composite, resourceName string) string {
	return Fit(composite+"-"+resourceName, MaxObject)
}

// Stack converts a composite's name, which is any valid Kubernetes name, to the
// prefix of all AWS names of the stack. It contains lower-case letters, digits and
// single hyphens, starts with a letter, is unique through its suffix, and is within
// the limit. RDS identifiers have the strictest rules: they start with a letter,
// and contain neither two consecutive hyphens nor one at the end (AWS
// documentation, "CreateDBInstance").
func Stack(composite, unique string, limit int) string {
	var b strings.Builder
	for _, r := range strings.ToLower(composite) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9' && b.Len() > 0:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	base := unreserved(b.String())
	if room := limit - len(unique) - 1; len(base) > room {
		base = base[:room]
	}
	base = strings.TrimRight(base, "-")
	if base == "" {
		base = "s"
	}
	return base + "-" + unique
}

// reserved lists prefixes that AWS reserves. Security groups: "sg-" (Amazon EC2 API
// Reference, "CreateSecurityGroup"). Parameters: "aws" and "ssm" (AWS Systems
// Manager API Reference, "PutParameter"). Service roles: "aws". Buckets: "amzn" and
// "sthree" (Amazon S3 User Guide, "General purpose bucket naming rules"). Load
// balancers: "internal-" (Elastic Load Balancing API Reference,
// "CreateLoadBalancer"). Services use "rds" and "amazon" themselves.
var reserved = []string{"amazon", "amzn", "aws", "internal-", "rds", "sg-", "ssm", "sthree"}

// unreserved returns a prefix that no AWS service reserves.
func unreserved(base string) string {
	for _, r := range reserved {
		if strings.HasPrefix(base+"-", r) {
			return "s-" + base
		}
	}
	return base
}
