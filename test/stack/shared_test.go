package stack

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// TestClaimsAreReadOnly checks that composing changes no claim, because all calls
// for a stack share it.
func TestClaimsAreReadOnly(t *testing.T) {
	for _, example := range stacktest.Examples {
		t.Run(example, func(t *testing.T) {
			req := stacktest.Request(t, example, scope.Namespaced)
			c, err := claim.From(req.GetObserved().GetComposite().GetResource())
			if err != nil {
				t.Fatal(err)
			}
			before := encoded(t, c)
			stacktest.Run(t, req)
			again, err := claim.From(req.GetObserved().GetComposite().GetResource())
			if err != nil {
				t.Fatal(err)
			}
			if again != c {
				t.Fatal("the call did not use this claim")
			}
			if diff := cmp.Diff(before, encoded(t, c)); diff != "" {
				t.Errorf("\nA changed claim would affect later calls.\n-before, +after:\n%s", diff)
			}
		})
	}
}

func encoded(t *testing.T, c *claim.Claim) string {
	t.Helper()
	raw, err := json.Marshal(c) //nolint:musttag // It is only compared.
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
