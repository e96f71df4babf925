package readiness

import (
	"strings"
	"time"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// usual is how long most kinds take to become ready at most, with all that the
// provider tries again.
const usual = 15 * time.Minute

// usually is the same of kinds that AWS takes longer for, by service and kind.
// What takes longer than this is worth a look.
var usually = map[string]time.Duration{
	"cloudfront/Distribution":  40 * time.Minute,
	"cloudfront/VPCOrigin":     30 * time.Minute,
	"networkfirewall/Firewall": 30 * time.Minute,
	"rds/Cluster":              90 * time.Minute,
	"rds/ClusterInstance":      90 * time.Minute,
	"rds/Instance":             90 * time.Minute,
	"rds/Proxy":                30 * time.Minute,
}

// begun returns since when a resource is not ready: since it was so last, or
// since it was made; zero if it is not there.
func begun(r desired.Resource, observed facts.Observed) time.Time {
	for _, text := range []string{observed.Since(r.Resource, "Ready"), observed.String(r.Resource, "metadata.creationTimestamp")} {
		if at, err := time.Parse(time.RFC3339, text); err == nil { // A text that is no time says nothing.
			return at
		}
	}
	return time.Time{}
}

// earlier returns the earlier of two times, of which the first may be zero.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// late reports whether a resource has taken longer than its kind usually does. What
// waits for a person, such as a domain that is to be proved, is never late.
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

// kindOf returns a resource's service and kind, such as "rds/Instance".
func kindOf(r desired.Resource) string {
	service, _, _ := strings.Cut(r.Object.GetFields()["apiVersion"].GetStringValue(), ".")
	return service + "/" + r.Object.GetFields()["kind"].GetStringValue()
}
