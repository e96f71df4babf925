package simulator

import (
	"fmt"
	"reflect"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Replaced returns a sentence for each changed field that AWS can only change by
// replacing the resource. It is empty if AWS can make the change. The provider
// refuses such changes, because a replacement starts with a deletion.
func Replaced(before, after *unstructured.Unstructured) []string {
	was, _ := valueAt(before, "spec", "forProvider").(map[string]any)
	is, _ := valueAt(after, "spec", "forProvider").(map[string]any)
	var out []string
	for _, field := range append([]string{"region"}, kindOf(before).Immutable...) {
		for _, f := range []string{field, field + "Ref"} {
			if is[f] != nil && was[f] != nil && !same(was[f], is[f]) {
				out = append(out, fmt.Sprintf("%s: cannot change %v to %v", f, was[f], is[f]))
			}
		}
	}
	return out
}

// same reports whether two values of a field are equal. References are compared by
// name, ignoring their policy.
func same(a, b any) bool {
	x, isReference := a.(map[string]any)
	y, both := b.(map[string]any)
	if isReference && both {
		return x["name"] == y["name"]
	}
	return reflect.DeepEqual(a, b)
}
