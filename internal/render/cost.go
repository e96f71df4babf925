package render

import (
	"io"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cost"
)

// printCost prints what a stack is estimated to cost a month.
func printCost(w io.Writer, s *stack) error {
	return estimate(s.resources).Print(w) //nolint:wrapcheck // The caller says what failed.
}

func estimate(resources []resource) *cost.Estimate {
	out := make([]cost.Resource, 0, len(resources))
	for _, r := range resources {
		object, _ := structpb.NewStruct(r.object.Object) // What was JSON fits.
		out = append(out, cost.Resource{Role: r.role, Object: object})
	}
	return cost.Of(out)
}
