package tiertest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern/patterntest"
)

// EventPattern returns the pattern for the events of one source and type. It is nil
// if no rule selects them.
func EventPattern(t *testing.T, s Stack, source, detailType string) map[string]any {
	t.Helper()
	for _, resourceName := range SortedKeys(s.Resources) {
		if name, _ := composed.OfEventRule(resourceName); composed.EventRule(name) != resourceName {
			continue
		}
		text, _ := Field(t, s.Resources[resourceName], "eventPattern").(string)
		for _, p := range patterntest.Alternatives(t, text) {
			if cmp.Equal(p["source"], any([]any{source})) && cmp.Equal(p["detail-type"], any([]any{detailType})) {
				return p
			}
		}
	}
	return nil
}
