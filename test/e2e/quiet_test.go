//go:build e2e

package e2e

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// quiet checks that a stack that is ready comes to rest: nobody changes a
// managed resource or the composite for a while any more. Otherwise the core and
// the provider take turns to set a field as each of them wants it, and wake each
// other up for ever.
//
// The composite's conditions are left out. After an edit the core writes them
// twice in each reconcile, first as it read them and then as they are, and is
// woken up by the first of its writes to read what that wrote; it stops when it
// happens to read the second, which can take it half a minute. That the function
// says the same as long as the facts are the same is TestComesToRest.
func quiet(t *testing.T, s *stack, rest time.Duration) {
	t.Helper()
	before := s.byName(t)
	changed := map[string]string{}
	last := time.Now()
	for begin := last; time.Since(last) < rest; time.Sleep(50 * time.Millisecond) {
		now := s.byName(t)
		for resourceName, u := range now {
			if b := before[resourceName]; b != nil && b.GetResourceVersion() != u.GetResourceVersion() {
				d := difference(b, u)
				if resourceName == composite && d == "" {
					continue
				}
				changed[resourceName], last = d, time.Now()
			}
		}
		before = now
		if time.Since(begin) > rest+30*time.Second {
			for _, resourceName := range slices.Sorted(maps.Keys(changed)) {
				t.Errorf("%s changes again and again although the stack is ready; last:\n%s", resourceName, changed[resourceName])
			}
			return
		}
	}
}

// composite is the composite among the resources by name.
const composite = "(composite)"

// byName is the managed resources of a stack by name, and the composite.
func (s *stack) byName(t *testing.T) map[string]*unstructured.Unstructured {
	t.Helper()
	xr := s.getComposite(t)
	unstructured.RemoveNestedField(xr.Object, "status", "conditions")
	out := map[string]*unstructured.Unstructured{composite: xr}
	for _, u := range s.resources(t) {
		out[nameOf(u)] = u
	}
	return out
}

// difference is the fields in which two objects differ.
func difference(a, b *unstructured.Unstructured) string {
	before, after := flat(a.Object), flat(b.Object)
	var out []string
	for k, v := range before {
		if after[k] != v {
			out = append(out, fmt.Sprintf("  %s: %s -> %s", k, v, after[k]))
		}
	}
	for k, v := range after {
		if _, ok := before[k]; !ok {
			out = append(out, fmt.Sprintf("  %s: (none) -> %s", k, v))
		}
	}
	sort.Strings(out)
	return strings.Join(out, "\n")
}

// flat is the values of an object by path.
func flat(object map[string]any) map[string]string {
	out := map[string]string{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, item := range v {
				if k != "managedFields" && k != "resourceVersion" {
					walk(path+"."+k, item)
				}
			}
		case []any:
			for i, item := range v {
				key := strconv.Itoa(i)
				if m, _ := item.(map[string]any); m["type"] != nil && m["status"] != nil {
					key = fmt.Sprint(m["type"]) // A condition.
				}
				walk(path+"["+key+"]", item)
			}
		default:
			out[strings.TrimPrefix(path, ".")] = fmt.Sprintf("%#v", v)
		}
	}
	walk("", object)
	return out
}
