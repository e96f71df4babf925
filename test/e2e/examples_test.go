//go:build e2e

package e2e

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/sets"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// found lists the resources that the examples expect to exist by kind: files and
// keys.
var found = map[string][]string{
	"s3/Bucket": {"old-shop-assets"},
	"kms/Key":   {"0a1b2c3d-0000-4000-8000-000000000001", "0a1b2c3d-0000-4000-8000-000000000002", "0a1b2c3d-0000-4000-8000-000000000003"},
}

// foundSnapshot is the snapshot from which an example is restored.
const foundSnapshot = "rds:shop-2026-01-31-02-05"

// examples checks that the chosen examples become ready with their input. Each scope
// tests every second one; `make aws` tests all examples in both. A checked stack is
// paused to free the machine.
func examples(t *testing.T, c *controlPlane) {
	for kind, names := range found {
		for _, name := range names {
			c.provider.aws.find(kind, name)
		}
	}
	c.provider.aws.findSnapshot(foundSnapshot)
	names, err := chosenExamples()
	if err != nil {
		t.Fatal(err)
	}
	var own []string
	for i, name := range names {
		if (i%2 == 0) == (c.scope == "cluster") {
			own = append(own, name)
		}
	}
	for batch := range slices.Chunk(own, examplesAtOnce) {
		stacks := map[string]*stack{}
		for _, name := range batch {
			stacks[name] = c.applyExample(t, name, focus(t, name))
		}
		for _, name := range batch {
			t.Run(name, func(t *testing.T) {
				s := stacks[name]
				took := s.awaitReady(t)
				t.Logf("%d resources Ready %.1f s after the claim", len(s.resources(t)), took.Seconds())
				whole(t, s)
				reached(t, s)
				s.pause(t, "true")
			})
		}
	}
	t.Run("EveryKind", everyKind)
}

// existedBefore lists the examples that need resources that existed before them.
var existedBefore = []string{"adopted", "attached", "keys", "restored"}

// allExamples reports whether to test all examples, without any change.
func allExamples() bool { return os.Getenv("E2E_EXAMPLES") == "all" }

// focus returns fields that reduce an example to its own tiers. An example that does
// not configure guardrails has the same ones as the stack of the case Ready, unless
// they use what existed before.
func focus(t *testing.T, example string) map[string]any {
	t.Helper()
	spec, _ := readYAML(t, filepath.Join(root, exampleFile(example))).Object["spec"].(map[string]any)
	if _, configured := spec["guardrails"]; configured || allExamples() || slices.Contains(existedBefore, example) {
		return nil
	}
	return lean(nil)
}

// readyKinds contains the kinds of all ready stacks, and the number of scopes whose
// stacks are complete.
var readyKinds = struct {
	sync.Mutex

	all    sets.Set[string]
	scopes int
}{all: sets.New[string]()}

// everyKind checks, in the scope that is last, that each kind that a stack can have
// was in a ready one.
func everyKind(t *testing.T) {
	readyKinds.Lock()
	defer readyKinds.Unlock()
	readyKinds.scopes++
	if readyKinds.scopes < 2 {
		t.Skip("the other scope checks it")
	}
	if missing := sets.New(kinds.Names()...).Difference(readyKinds.all); missing.Len() > 0 {
		t.Errorf("no ready stack has these kinds: %v", sets.List(missing))
	}
}

// chosenExamples returns as few examples as have every kind of all examples, and
// those of existedBefore.
func chosenExamples() ([]string, error) {
	all, err := exampleClaims()
	if err != nil || allExamples() {
		return all, err
	}
	having, err := stacktest.GoldenKinds()
	if err != nil {
		return nil, err
	}
	return covering(all, existedBefore, having), nil
}

// covering adds examples to those that are chosen already, until these have all
// kinds. It always adds the example with the most further kinds.
func covering(all, chosen []string, having map[string]sets.Set[string]) []string {
	chosen, seen := slices.Clone(chosen), sets.New[string]()
	for _, example := range chosen {
		seen = seen.Union(having[example])
	}
	added := func(example string) int { return having[example].Difference(seen).Len() }
	for {
		most := slices.MaxFunc(all, func(a, b string) int { return cmp.Compare(added(a), added(b)) })
		if added(most) == 0 {
			slices.Sort(chosen)
			return chosen
		}
		seen = seen.Union(having[most])
		chosen = append(chosen, most)
	}
}

// examplesAtOnce is the number of concurrent stacks.
const examplesAtOnce = 6

// reached checks that the existing references lead requests from the distribution
// to the application, if there is one.
func reached(t *testing.T, s *stack) {
	t.Helper()
	resources := s.resources(t)
	if !slices.ContainsFunc(resources, func(u *unstructured.Unstructured) bool { return serviceKind(u) == "ecs/Service" }) {
		return
	}
	image, err := stacktest.AnsweredBy(resources, "/")
	if err != nil {
		t.Errorf("a request to / ends on its way: %v", err)
	}
	t.Logf("/ is answered by %q", image)
}

// applyExample creates the claim of an example with its input. extra contains
// additional fields of its spec.
func (c *controlPlane) applyExample(t *testing.T, name string, extra map[string]any) *stack {
	t.Helper()
	claim := readYAML(t, filepath.Join(root, exampleFile(name)))
	spec, _ := c.asFound(claim.Object["spec"]).(map[string]any)
	c.compose(t, spec, c.compositionFor(t, name, nil))
	maps.Copy(spec, extra)
	return c.apply(t, claim.GetNamespace(), claim.GetName(), spec)
}

// compositionFor returns the name of a Composition with an example's input and
// further fields, and creates it. Without an input, it is the default one. It sets all
// fields at once: the core can give the revisions of two quick changes the same
// number, and then a stack may use either.
func (c *controlPlane) compositionFor(t *testing.T, example string, fields map[string]any) string {
	t.Helper()
	file := filepath.Join(root, exampleFile(example+"-input"))
	if _, err := os.Stat(file); err != nil {
		return c.comp
	}
	composition := readYAML(t, filepath.Join(root, "apis", c.apiScope.dir, "composition.yaml"))
	name := example + "." + group
	if _, err := c.client.Resource(comps).Get(t.Context(), name, metav1.GetOptions{}); err == nil {
		return name // An earlier case created it.
	}
	composition.SetName(name)
	pipeline, _, _ := unstructured.NestedSlice(composition.Object, "spec", "pipeline")
	step, _ := pipeline[0].(map[string]any)
	input, _ := c.asFound(readYAML(t, file).Object).(map[string]any)
	maps.Copy(input, c.input)
	maps.Copy(input, fields)
	step["input"] = input
	if err := unstructured.SetNestedSlice(composition.Object, pipeline, "spec", "pipeline"); err != nil {
		t.Fatal(err)
	}
	c.create(t, comps, "", composition)
	return name
}

// asFound replaces the names of existing resources in a value.
func (c *controlPlane) asFound(value any) any {
	names := slices.Sorted(maps.Keys(c.found))
	return changed(value, nil, func(text string) string {
		for _, name := range names {
			text = strings.ReplaceAll(text, name, c.found[name])
		}
		return text
	})
}

// changed copies a value without some fields and with changed strings. Both
// functions may be nil.
func changed(value any, leftOut func(name string) bool, text func(string) string) any {
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, item := range v {
			if leftOut == nil || !leftOut(name) {
				out[name] = changed(item, leftOut, text)
			}
		}
		return out
	case []any:
		out := make([]any, 0, len(v))
		for _, item := range v {
			out = append(out, changed(item, leftOut, text))
		}
		return out
	case string:
		if text != nil {
			return text(v)
		}
	}
	return value
}

// compose sets the Composition in a claim's spec.
func (c *controlPlane) compose(t *testing.T, spec map[string]any, composition string) {
	t.Helper()
	if err := unstructured.SetNestedField(spec, composition, c.compositionPath()...); err != nil {
		t.Fatal(err)
	}
}

// composition returns the name of the Composition that a stack uses.
func (s *stack) composition(t *testing.T) string {
	t.Helper()
	name, _, _ := unstructured.NestedString(s.get(t).Object, append([]string{"spec"}, s.c.compositionPath()...)...)
	return name
}

// compositionPath is the path of the Composition's name in the spec of a stack.
func (c *controlPlane) compositionPath() []string {
	if c.scope == "namespaced" {
		return []string{"crossplane", "compositionRef", "name"}
	}
	return []string{"compositionRef", "name"}
}

// find records that a resource existed before all stacks.
func (a *aws) find(kind, external string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.things[types.UID(kind+" "+external)] = &thing{kind: kind, external: external, names: []string{external}, spec: map[string]any{}, retained: true}
}

// findSnapshot records that a database snapshot existed before all stacks.
func (a *aws) findSnapshot(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.taken[types.NamespacedName{}] = append(a.taken[types.NamespacedName{}], name)
}
