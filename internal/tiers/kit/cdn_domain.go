package kit

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Texts returns a list of strings of an observed resource.
func Texts(observed facts.Observed, r, path string) []string {
	var out []string
	for i := 0; ; i++ {
		value := observed.String(r, fmt.Sprintf("%s[%d]", path, i))
		if value == "" {
			return out
		}
		out = append(out, value)
	}
}

// ServedDomain returns the shop's address: the custom domain once it is served, and
// CloudFront's own until then.
func ServedDomain(s *settings.Settings, observed facts.Observed) facts.Fact {
	own := observed.Fact(composed.Distribution, "status.atProvider.domainName")
	served := Texts(observed, composed.Distribution, "status.atProvider.aliases")
	// AWS returns them in arbitrary order.
	if domain := s.CDN.Domain; slices.Contains(served, domain) {
		served = []string{domain}
	}
	own.Value = cmp.Or(cmp.Or(served...), own.Value)
	return own
}
