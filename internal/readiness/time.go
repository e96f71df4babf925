package readiness

import (
	"strings"
	"time"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// usual is the maximum time that most kinds take to become ready, including the
// provider's retries.
const usual = 15 * time.Minute

// usually contains the maximum time of slower kinds, by service and kind.
// Investigate resources that take longer.
var usually = map[string]time.Duration{
	"cloudfront/Distribution":  40 * time.Minute,
	"cloudfront/VPCOrigin":     30 * time.Minute,
	"networkfirewall/Firewall": 30 * time.Minute,
	"rds/Cluster":              90 * time.Minute,
	"rds/ClusterInstance":      90 * time.Minute,
	"rds/Instance":             90 * time.Minute,
	"rds/Proxy":                30 * time.Minute,
}

// begun returns the time since which a resource is not ready: its last transition,
// or its creation. It is zero if the resource does not exist.
func begun(r desired.Resource, observed facts.Observed) time.Time {
	for _, text := range []string{observed.Since(r.Resource, "Ready"), observed.String(r.Resource, "metadata.creationTimestamp")} {
		if at, err := time.Parse(time.RFC3339, text); err == nil { // An invalid time is ignored.
			return at
		}
	}
	return time.Time{}
}

// earlier returns the earlier of two times. The first may be zero.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// late reports whether a resource takes longer than is usual for its kind. A
// resource that waits for a user, such as for the validation of a domain, is never
// late.
func late(r desired.Resource, begin time.Time, observed facts.Observed) bool {
	for _, f := range r.Waits {
		if f.Resource == facts.Claim {
			return false
		}
	}
	if len(r.Proofs) > 0 && observed.Ready(r.Resource).Known() {
		return false
	}
	most := usual
	if d, ok := usually[kindOf(r)]; ok {
		most = d
	}
	return observed.Passed(begin.Add(most))
}

// kindOf returns service and kind of a resource, such as "rds/Instance".
func kindOf(r desired.Resource) string {
	service, _, _ := strings.Cut(r.Object.GetFields()["apiVersion"].GetStringValue(), ".")
	return service + "/" + r.Object.GetFields()["kind"].GetStringValue()
}
