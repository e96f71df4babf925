package readiness

import (
	"regexp"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// callIDs is the IDs that AWS gives each call. They differ at every attempt, so
// a condition that held them would change for ever without news (AWS SDK for Go
// v2, "Handling errors").
var callIDs = regexp.MustCompile(`(?i)[,;]?\s*\b(request ?id|host ?id)\b:\s*[^\s,;)]*`)

// Problem is the provider's own words about what it cannot do with a resource,
// empty if there is nothing. They are the same at every attempt that fails for
// the same reason.
func Problem(role string, observed facts.Observed) string {
	for _, c := range []facts.Condition{observed.Condition(role, "Synced"), observed.Condition(role, "LastAsyncOperation")} {
		if c.Status == "False" && c.Message != "" {
			return c.Reason + ": " + strings.TrimSpace(callIDs.ReplaceAllString(c.Message, ""))
		}
	}
	return ""
}
