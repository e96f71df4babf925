// Package naming makes names that are readable, deterministic and within the
// limits of Kubernetes and AWS.
package naming

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// MaxObject is the most characters of a Kubernetes object's name (Kubernetes
// documentation, "Object Names and IDs", DNS subdomain names).
const MaxObject = 253

// hashLength keeps five bits a character: 40 bits tell a stack's own resources
// apart, and its stacks from those of others.
const hashLength = 8

// Hash is a short, stable digest of its parts in characters that every AWS name
// takes. Different lists of parts differ, also where their concatenation is
// the same.
func Hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:hashLength]
}

// Fit returns name if it has at most limit characters; otherwise its beginning
// and a hash of the whole of it.
func Fit(name string, limit int) string {
	if len(name) <= limit {
		return name
	}
	return strings.TrimRight(name[:limit-hashLength-1], "-.") + "-" + Hash(name)
}

// Object is the Kubernetes name of a composed resource: <composite>-<name>, cut
// with a hash where it would be too long.
func Object(composite, resourceName string) string {
	return Fit(composite+"-"+resourceName, MaxObject)
}

// Stack turns the name of a composite, any valid Kubernetes name, into what all
// AWS names of the stack begin with: lower-case letters, digits and single
// hyphens, a letter first, unique by the suffix, at most limit characters.
// RDS identifiers are the strictest: a letter first, no two hyphens in a row,
// none at the end (AWS documentation, "CreateDBInstance").
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

// reserved is how names must not begin in AWS: "sg-" those of security groups
// (Amazon EC2 API Reference, "CreateSecurityGroup"), "aws" and "ssm" those of
// parameters (AWS Systems Manager API Reference, "PutParameter"), "aws" those of
// service roles, "amzn" and "sthree" those of buckets (Amazon S3 User Guide,
// "General purpose bucket naming rules"), "internal-" those of load balancers
// (Elastic Load Balancing API Reference, "CreateLoadBalancer"), "rds" and
// "amazon" what services name themselves.
var reserved = []string{"amazon", "amzn", "aws", "internal-", "rds", "sg-", "ssm", "sthree"}

// unreserved returns a beginning that no service of AWS reserves.
func unreserved(base string) string {
	for _, r := range reserved {
		if strings.HasPrefix(base+"-", r) {
			return "s-" + base
		}
	}
	return base
}
