package stack

import (
	"slices"
	"strconv"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// BenchmarkControlTotals measures the cost of the status in each call: for the
// largest example, and for a stack twice as large.
func BenchmarkControlTotals(b *testing.B) {
	t := &testing.T{} // For the helpers.
	stack := composedResources(stacktest.Last(stacktest.Converge(t, stacktest.Request(t, "production", scope.Cluster))))
	twice := slices.Clone(stack)
	for _, r := range stack {
		twice = append(twice, controls.Resource{Resource: r.Resource + "-2", Object: proto.CloneOf(r.Object)})
	}
	for _, s := range [][]controls.Resource{stack, twice} {
		b.Run(strconv.Itoa(len(s)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				controls.All().Totals(s, nil)
			}
		})
	}
}
