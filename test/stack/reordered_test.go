package stack

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// inOrder lists fields in which the order matters, such as a container's command.
var inOrder = []string{"command", "entryPoint"}

// reversed reverses all lists in a value, and returns the number of those with more
// than one item.
func reversed(v *structpb.Value) int {
	count := 0
	for name, field := range v.GetStructValue().GetFields() {
		if !slices.Contains(inOrder, name) {
			count += reversed(field)
		}
	}
	items := v.GetListValue().GetValues()
	for _, item := range items {
		count += reversed(item)
	}
	if len(items) > 1 {
		slices.Reverse(items)
		count++
	}
	return count
}

// TestReordered verifies that the order of lists in a claim does not replace
// resources of a ready stack. AWS cannot move a subnet, and returns most lists in
// arbitrary order.
func TestReordered(t *testing.T) {
	lists := 0
	for _, example := range stacktest.Examples {
		t.Run(example, func(t *testing.T) {
			steps := stacktest.Way(t, example, scope.Namespaced)
			state := steps[len(steps)-1].Request.GetObserved()
			req := proto.CloneOf(steps[len(steps)-1].Request)
			turned := reversed(req.GetObserved().GetComposite().GetResource().GetFields()["spec"])
			if turned == 0 {
				t.Skip("the claim has no list of several items")
			}
			lists += turned
			rsp := stacktest.Run(t, req)
			kept(t, state, rsp)
			if diff := cmp.Diff(slices.Sorted(maps.Keys(state.GetResources())), slices.Sorted(maps.Keys(rsp.GetDesired().GetResources()))); diff != "" {
				t.Errorf("\nAnother order makes nothing new.\nresources: -before, +after:\n%s", diff)
			}
		})
	}
	if lists < 10 {
		t.Errorf("\nThe examples have lists enough to tell.\n%d lists of several items", lists)
	}
}
