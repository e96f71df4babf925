package simulator

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

// Stack simulates the provider for the calls of one stack. It returns the same as
// AWS, but skips resources at rest. Most resources are at rest in most calls.
type Stack struct {
	aws AWS
	// region is the region of the last call.
	region string
	// earlier contains the resources of the last call.
	earlier map[string]result
}

// result is what became of a resource in a call.
type result struct {
	desired, shown *fnv1.Resource
	object         *unstructured.Unstructured
	// rests reports whether the same call would change nothing: this call changed
	// nothing, and the resource follows no other one.
	rests bool
}

// Stack returns a simulation without earlier calls.
func (p AWS) Stack() *Stack { return &Stack{aws: p} }

// Observe returns the same as AWS.Observe. It skips resources of which observed
// contains the result of the last call.
func (s *Stack) Observe(desired, observed map[string]*fnv1.Resource) (map[string]*fnv1.Resource, error) {
	objects, before := map[string]*unstructured.Unstructured{}, map[string]*unstructured.Unstructured{}
	resting := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(desired)) {
		if e, ok := s.earlier[name]; ok && e.rests && e.shown == observed[name] && wire.Equal(e.desired.GetResource(), desired[name].GetResource()) {
			objects[name], resting[name] = e.object, true
			continue
		}
		u, earlier, err := begin(name, desired[name], observed[name])
		if err != nil {
			return nil, err
		}
		if u != nil {
			objects[name], before[name] = u, earlier
		}
	}
	p := s.aws
	if p.Region == "" {
		p.Region = anyRegion(objects)
	}
	if p.Region != s.region && len(resting) > 0 {
		// The partition of resources without a region may differ.
		s.earlier = nil
		return s.Observe(desired, observed)
	}
	p.playAll(objects, resting)
	out, results := make(map[string]*fnv1.Resource, len(objects)), make(map[string]result, len(objects))
	for name, u := range objects {
		shown, same := observed[name], resting[name] || before[name] != nil && equal(before[name].Object, u.Object)
		if !same {
			encoded, err := structpb.NewStruct(u.Object)
			if err != nil {
				return nil, fmt.Errorf(errEncode, name, err)
			}
			shown = &fnv1.Resource{Resource: encoded}
		}
		out[name] = shown
		results[name] = result{desired: desired[name], shown: shown, object: u, rests: same && !follows(u)}
	}
	s.region, s.earlier = p.Region, results
	return out, nil
}

// begin returns a desired object with what AWS has decided about it, and the observed
// object. Both are nil if there is no desired object.
func begin(name string, desired, observed *fnv1.Resource) (*unstructured.Unstructured, *unstructured.Unstructured, error) {
	u, err := decode(desired)
	if err != nil {
		return nil, nil, fmt.Errorf(errDecode, name, err)
	}
	if u == nil {
		return nil, nil, nil
	}
	earlier, err := decode(observed)
	if err != nil {
		return nil, nil, fmt.Errorf(errDecode, name, err)
	}
	if err := keepDecided(u, earlier); err != nil {
		return nil, nil, fmt.Errorf(errKeep, name, err)
	}
	return u, earlier, nil
}

// playAll simulates objects in the order of their references. Like the provider, it
// retries failed objects as long as others succeed. Objects at rest are not
// simulated again.
func (p AWS) playAll(objects map[string]*unstructured.Unstructured, resting map[string]bool) {
	done := map[string]*unstructured.Unstructured{}
	lookup := func(kind schema.GroupKind, name types.NamespacedName) *unstructured.Unstructured {
		return done[key(kind, name)]
	}
	keep := func(u *unstructured.Unstructured) {
		done[key(u.GroupVersionKind().GroupKind(), types.NamespacedName{Namespace: u.GetNamespace(), Name: u.GetName()})] = u
	}
	var waiting []string
	for _, name := range slices.Sorted(maps.Keys(objects)) {
		if resting[name] {
			keep(objects[name])
			continue
		}
		waiting = append(waiting, name)
	}
	for progress := true; progress; {
		var failed []string
		for _, name := range waiting {
			if err := p.Play(objects[name], lookup); err != nil {
				failed = append(failed, name)
				continue
			}
			keep(objects[name])
		}
		progress = len(failed) < len(waiting)
		waiting = failed
	}
}

// equal reports whether two values of objects are equal. It is faster than
// reflect.DeepEqual.
func equal(a, b any) bool {
	switch v := a.(type) {
	case map[string]any:
		w, ok := b.(map[string]any)
		return ok && maps.EqualFunc(v, w, equal)
	case []any:
		w, ok := b.([]any)
		return ok && slices.EqualFunc(v, w, equal)
	case string, int64, float64, bool, nil:
		return a == b
	}
	return reflect.DeepEqual(a, b) // Tables of kinds have other types too.
}

// follows reports whether other objects can change an object: it has a reference
// that is resolved in every reconcile, or that could not be resolved.
func follows(u *unstructured.Unstructured) bool {
	return slices.ContainsFunc(referrers(u), func(r referrer) bool {
		refs, many := r.parent[r.field].([]any)
		if !many {
			refs = []any{r.parent[r.field]}
		}
		return r.parent[r.into] == nil || slices.ContainsFunc(refs, always)
	})
}
