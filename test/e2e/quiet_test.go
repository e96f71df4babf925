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

// quiet checks that a ready stack comes to rest: no managed resource and no
// composite changes for some time. Otherwise, the core and the provider alternate
// in setting a field, and trigger each other indefinitely.
//
// It ignores the composite's conditions. After an edit, the core writes them twice
// in each reconcile, with the old and the new values, and its first write triggers
// the next reconcile. This can take half a minute. TestComesToRest verifies that
// the function itself returns stable conditions.
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

// composite is the key of the composite among the resources.
const composite = "(composite)"

// byName returns the managed resources of a stack by name, and the composite.
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

// difference returns the fields in which two objects differ.
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

// flat returns the values of an object by path.
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
