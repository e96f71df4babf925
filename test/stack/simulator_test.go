package stack

import (
	"maps"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// TestRestingIsUnchanged verifies that the simulator skips only resources that it
// would not change: without earlier calls, it returns the same.
func TestRestingIsUnchanged(t *testing.T) { //nolint:tparallel // The first parallel test composes the stacks for all.
	for _, s := range stacktest.Scopes {
		// Their resources wait for each other, and follow each other's values.
		for _, example := range []string{"edge", "services", "production"} {
			steps := stacktest.Way(t, example, s)
			t.Run(example+"/"+string(s), func(t *testing.T) {
				t.Parallel()
				for i, st := range steps {
					got := st.Request.GetObserved().GetResources() // The last response changes nothing.
					if i+1 < len(steps) {
						got = steps[i+1].Request.GetObserved().GetResources()
					}
					want, err := simulator.AWS{}.Observe(st.Response.GetDesired().GetResources(), st.Request.GetObserved().GetResources())
					if err != nil {
						t.Fatal(err)
					}
					if !maps.EqualFunc(want, got, func(a, b *fnv1.Resource) bool { return a == b || proto.Equal(a, b) }) { // cmp is a hundred times slower if there is no difference.
						t.Errorf("\nA resource at rest should not depend on earlier calls.\nstep %d, Observe(...): -want, +got:\n%s", i, cmp.Diff(want, got, protocmp.Transform()))
					}
				}
			})
		}
	}
}
