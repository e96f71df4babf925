package controltest

import (
	"strings"
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
)

// TestCatalogue verifies that every control can be met, and that it fails if a
// resource or field that it requires is wrong.
func TestCatalogue(t *testing.T) {
	for _, c := range controls.All().Controls() {
		t.Run(c.ID, func(t *testing.T) {
			stack := Meeting(c)
			r := catalogue(c).Evaluate(stack, nil)[0]
			if r.State != controls.StateMet && r.State != controls.StateNotApplicable {
				t.Fatalf("What the control asks for should meet it.\nEvaluate(...): got %s: %v\nof %v", r.State, r.Evidence, stack)
			}
			if broken := Unbroken(c, stack); len(broken) > 0 {
				t.Errorf("A broken control should not be met.\nUnbroken(...): still met with\n%s", strings.Join(broken, "\n"))
			}
		})
	}
}
