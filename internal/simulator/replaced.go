package simulator

import (
	"fmt"
	"reflect"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Replaced is what a change would need another resource in AWS for, a sentence
// for each field; none if AWS can make the change. The provider refuses such a
// change, because to replace is to delete first.
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

// same is whether two values of a field are equal. Of a reference the name
// counts: how often it is resolved does not.
func same(a, b any) bool {
	x, isReference := a.(map[string]any)
	y, both := b.(map[string]any)
	if isReference && both {
		return x["name"] == y["name"]
	}
	return reflect.DeepEqual(a, b)
}
