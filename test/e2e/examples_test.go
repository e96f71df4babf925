//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
)

// found is what the examples expect to be in AWS by kind: files and keys that were
// there before the stacks.
var found = map[string][]string{
	"s3/Bucket": {"old-shop-assets"},
	"kms/Key":   {"0a1b2c3d-0000-4000-8000-000000000001", "0a1b2c3d-0000-4000-8000-000000000002", "0a1b2c3d-0000-4000-8000-000000000003"},
}

// foundSnapshot is the snapshot that an example is made from.
const foundSnapshot = "rds:shop-2026-01-31-02-05"

// examples checks that each example of the repository gets to Ready as it is in its
// file, and with the platform's input that goes with it.
func examples(t *testing.T, c *controlPlane) {
	for kind, names := range found {
		for _, name := range names {
			c.provider.aws.find(kind, name)
		}
	}
	c.provider.aws.findSnapshot(foundSnapshot)
	files, err := filepath.Glob(filepath.Join(root, "examples", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(f string) bool { return readYAML(t, f).GetKind() != "SecureEcommerce" })
	for _, file := range files {
		example := strings.TrimSuffix(file, ".yaml")
		t.Run(filepath.Base(example), func(t *testing.T) {
			claim := readYAML(t, file)
			spec, _, _ := unstructured.NestedMap(claim.Object, "spec")
			c.compose(t, spec, c.compositionFor(t, example))
			s := c.apply(t, claim.GetNamespace(), claim.GetName(), spec)
			took := s.awaitReady(t)
			t.Logf("%d resources Ready %.1f s after the claim", len(s.resources(t)), took.Seconds())
			whole(t, s)
		})
	}
}

// compositionFor is the name of a Composition with the input that an example has
// beside it, which is made; the usual one if it has none.
func (c *controlPlane) compositionFor(t *testing.T, example string) string {
	t.Helper()
	file := example + "-input.yaml"
	if _, err := os.Stat(file); err != nil {
		return c.comp
	}
	composition := readYAML(t, filepath.Join(root, "apis", c.generation.dir, "composition.yaml"))
	name := filepath.Base(example) + "." + group
	composition.SetName(name)
	pipeline, _, _ := unstructured.NestedSlice(composition.Object, "spec", "pipeline")
	step, _ := pipeline[0].(map[string]any)
	step["input"] = readYAML(t, file).Object
	if err := unstructured.SetNestedSlice(composition.Object, pipeline, "spec", "pipeline"); err != nil {
		t.Fatal(err)
	}
	c.create(t, comps, "", composition)
	return name
}

// compose makes a claim's spec ask for a Composition.
func (c *controlPlane) compose(t *testing.T, spec map[string]any, composition string) {
	t.Helper()
	path := []string{"compositionRef", "name"}
	if c.scope == "namespaced" {
		path = append([]string{"crossplane"}, path...)
	}
	if err := unstructured.SetNestedField(spec, composition, path...); err != nil {
		t.Fatal(err)
	}
}

// find records that a resource was there before all stacks.
func (a *aws) find(kind, external string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.things[types.UID(kind+" "+external)] = &thing{kind: kind, external: external, names: []string{external}, spec: map[string]any{}, retained: true}
}

// findSnapshot records that a snapshot of a database was there before all stacks.
func (a *aws) findSnapshot(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.taken[types.NamespacedName{}] = append(a.taken[types.NamespacedName{}], name)
}
