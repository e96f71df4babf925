package render

import (
	"io"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cost"
)

// printCost prints the estimated monthly cost of a stack.
func printCost(w io.Writer, s *stack) error {
	return estimate(s.resources).Print(w) //nolint:wrapcheck // The caller adds context.
}

func estimate(resources []resource) *cost.Estimate {
	out := make([]cost.Resource, 0, len(resources))
	for _, r := range resources {
		out = append(out, cost.Resource{Resource: r.resourceName, Object: structOf(r.object.Object)})
	}
	return cost.Of(out)
}
