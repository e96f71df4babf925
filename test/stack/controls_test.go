package stack

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"pgregory.net/rapid"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls/controltest"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// declined lists the controls that an example does not meet because of its claim.
var declined = map[string][]string{
	// Development keeps little, and deletes its data.
	"development": {"AUD-15", "DB-04", "DB-05", "DB-06", "DB-07", "DB-08", "STO-21", "STO-29", "CFG-07", "OBS-23"},
	// The owner of an existing network is responsible.
	"attached": {
		"CFG-08", "DB-24", "NET-01", "NET-02", "NET-03", "NET-14", "NET-15", "NET-16", "NET-17", "NET-18", "NET-26", "NET-27", "NET-29",
		"NET-40", "NET-41", "NET-42", "OBS-23",
	},
	// The same, and the account reports sign-ins and protects the trail.
	"shared": {
		"DB-24", "NET-01", "NET-02", "NET-03", "NET-14", "NET-15", "NET-16", "NET-17", "NET-18", "NET-26", "NET-27", "NET-29",
		"NET-40", "NET-41", "NET-42", "OBS-23", "RSP-17",
	},
	// The stacks protect the policies of their buckets.
	"shared-account": {"RSP-17"},
	// The owner of existing keys is responsible.
	"keys": {"DB-57", "SEC-11", "SEC-12", "SEC-13", "SEC-14", "SEC-16"},
	// A restored database keeps its key and administrator.
	"restored": {"DB-03", "DB-22"},
	// Staging has no standby, and keeps logs for 90 days.
	"three-zones": {"AUD-15", "CFG-07", "DB-04", "DB-06", "STO-21"},
	// Staging, again.
	"spa": {"AUD-15", "CFG-07", "DB-04", "DB-06", "STO-21"},
	// The application answers the root.
	"files":              {"CDN-01"},
	"medusa":             {"CDN-01"},
	"memcached":          {"STO-21", "STO-29", "DB-04", "DB-05", "DB-06", "DB-07", "DB-08", "AUD-15", "CFG-07"},
	"services":           {"CDN-01"},
	"lambda":             {"CDN-01"},
	"magento":            {"CDN-01"},
	"woocommerce":        {"CDN-01"},
	"orders":             {"CDN-01"},
	"shop":               {"CDN-01"},
	"storefront-and-api": {"CDN-01"},
	// Staging again, with the other version of access logs.
	"without-acls": {"AUD-15", "CDN-06", "CDN-07", "CFG-07", "DB-04", "DB-06", "STO-21"},
}

// composedResources returns the resources of a ready example.
func composedResources(rsp *fnv1.RunFunctionResponse) []controls.Resource {
	desired := rsp.GetDesired().GetResources()
	out := make([]controls.Resource, 0, len(desired))
	for _, resourceName := range slices.Sorted(maps.Keys(desired)) {
		out = append(out, controls.Resource{Resource: resourceName, Object: desired[resourceName].GetResource()})
	}
	return out
}

// controlled returns the results of all controls by example and scope, with the
// platform's input.
func controlled(t *testing.T) map[string]controlledStack {
	t.Helper()
	input := stacktest.Input(t, "examples/input.yaml")
	out := map[string]controlledStack{}
	for _, example := range stacktest.Examples {
		for _, s := range stacktest.Scopes {
			req := stacktest.Request(t, example, s)
			var steps []stacktest.Step
			if req.GetInput() == nil {
				req.Input = input
				steps = stacktest.Converge(t, req)
			} else {
				steps = stacktest.Way(t, example, s)
			}
			stack := composedResources(stacktest.Last(steps))
			out[example+"/"+string(s)] = controlledStack{example: example, resources: stack, results: controls.All().Evaluate(stack, controls.ElsewhereOf(strings.HasSuffix(example, "-account"), req.GetRequiredResources() != nil))}
		}
	}
	return out
}

// controlledStack contains the results of all controls for a stack.
type controlledStack struct {
	example   string
	resources []controls.Resource
	results   []controls.Result
}

// TestControls verifies that all examples meet their controls in both scopes, and
// that each control can fail.
func TestControls(t *testing.T) {
	stacks := controlled(t)
	t.Run("Met", func(t *testing.T) { controlsMet(t, stacks) })
	t.Run("CanFail", func(t *testing.T) { controlsCanFail(t, stacks) })
	t.Run("Scopes", func(t *testing.T) { controlsScopes(t, stacks) })
	t.Run("Exceptions", func(t *testing.T) { controlsExceptions(t, stacks) })
}

// controlsMet verifies that examples meet all controls except those that their
// claims decline, and that the example of each opt-in meets it.
func controlsMet(t *testing.T, stacks map[string]controlledStack) {
	t.Helper()
	for name, stack := range stacks {
		t.Run(name, func(t *testing.T) {
			var notMet, missed []string
			for _, r := range stack.results {
				if r.State == controls.StateNotMet {
					notMet = append(notMet, r.ID)
				}
				if r.Control.Example == stack.example && r.State != controls.StateMet {
					missed = append(missed, r.ID)
				}
			}
			slices.Sort(notMet)
			want := slices.Sorted(slices.Values(declined[stack.example]))
			if diff := cmp.Diff(want, notMet); diff != "" {
				t.Errorf("\nOnly controls that are declined should not be met.\nnot met: -want, +got:\n%s", diff)
			}
			if diff := cmp.Diff([]string(nil), missed); diff != "" {
				t.Errorf("\nAn example should take the opt-ins that name it.\nnot taken: -want, +got:\n%s", diff)
			}
		})
	}
}

// controlsCanFail breaks each field that meets a control, and verifies that the
// control fails. One scope is sufficient, because controlsScopes compares both.
func controlsCanFail(t *testing.T, stacks map[string]controlledStack) {
	t.Helper()
	for _, example := range stacktest.Examples {
		stack := stacks[example+"/"+string(scope.Namespaced)]
		t.Run(example, func(t *testing.T) {
			t.Parallel()
			for _, r := range stack.results {
				if r.State != controls.StateMet && r.State != controls.StateNotApplicable {
					continue
				}
				if unbroken := controltest.Unbroken(*r.Control, stack.resources); len(unbroken) > 0 {
					t.Errorf("\n%s: a broken control should not be met.\nUnbroken(...): still met with\n%s", r.ID, strings.Join(unbroken, "\n"))
				}
			}
		})
	}
}

// controlsScopes verifies that results do not depend on the scope.
func controlsScopes(t *testing.T, stacks map[string]controlledStack) {
	t.Helper()
	states := func(name string) map[string]controls.State {
		out := map[string]controls.State{}
		for _, r := range stacks[name].results {
			out[r.ID] = r.State
		}
		return out
	}
	for _, example := range stacktest.Examples {
		if diff := cmp.Diff(states(example+"/"+string(stacktest.Scopes[0])), states(example+"/"+string(stacktest.Scopes[1]))); diff != "" {
			t.Errorf("\nBoth scopes of %s should meet the same controls.\n-%s, +%s:\n%s", example, stacktest.Scopes[0], stacktest.Scopes[1], diff)
		}
	}
}

// controlsExceptions verifies that each exception occurs in an example.
func controlsExceptions(t *testing.T, stacks map[string]controlledStack) {
	t.Helper()
	left := map[string][]string{}
	for _, stack := range stacks {
		for _, r := range stack.results {
			left[r.ID] = append(left[r.ID], r.Accepted...)
		}
	}
	for _, c := range controls.All().Controls() {
		for _, a := range c.Accepted {
			about := func(resourceName string) bool {
				ok, err := path.Match(a.Resource, resourceName)
				return ok && err == nil
			}
			if !slices.ContainsFunc(left[c.ID], about) {
				t.Errorf("\n%s: an exception should be about a resource.\nnone is left out as %s: %s", c.ID, a.Resource, a.Reason)
			}
		}
	}
}

// TestControlsTotals verifies that totals equal the evaluated results, for any
// resources in any order.
func TestControlsTotals(t *testing.T) {
	all := composedResources(stacktest.Last(stacktest.Converge(t, stacktest.Request(t, "claim", stacktest.Scopes[0]))))
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.Permutation(all).Draw(t, "resources")
		some = some[:rapid.IntRange(0, len(some)).Draw(t, "how many")]
		results := controls.All().Evaluate(some, nil)
		want := controls.Totals{}
		for _, r := range results {
			want[r.State]++
		}
		if diff := cmp.Diff(want, controls.All().Totals(some, nil)); diff != "" {
			t.Fatalf("\nTotals(...): -want, +got:\n%s", diff)
		}
		slices.SortFunc(some, func(a, b controls.Resource) int { return strings.Compare(a.Resource, b.Resource) })
		sorted := controls.All().Evaluate(some, nil)
		for i := range results {
			if diff := cmp.Diff(sorted[i].Evidence, results[i].Evidence); diff != "" {
				t.Fatalf("\nThe order of resources should not matter.\n%s: -sorted, +got:\n%s", results[i].ID, diff)
			}
		}
	})
}

// TestControlsExamples verifies that the example of each opt-in exists.
func TestControlsExamples(t *testing.T) {
	for _, c := range controls.All().Controls() {
		if c.Example != "" && !slices.Contains(stacktest.Examples, c.Example) {
			t.Errorf("%s: use one of %v, got %q", c.ID, stacktest.Examples, c.Example)
		}
	}
}

// TestControlsFields verifies that all kinds and fields in the catalog exist in the
// provider, because a misspelled one would be absent in every stack.
func TestControlsFields(t *testing.T) {
	dir, err := stacktest.CRDs()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]*extv1.JSONSchemaProps{}
	for _, c := range controls.All().Controls() {
		for field := range fieldsOf(c.Checks, "") {
			schema, ok := kinds[field.kind]
			if !ok {
				schema = forProvider(t, dir, field.kind)
				kinds[field.kind] = schema
			}
			if schema == nil {
				t.Errorf("%s: the provider has no kind %s", c.ID, field.kind)
				continue
			}
			if path, err := controls.ParsePath(field.path); err == nil && !path.Root && !has(*schema, path.Names) {
				t.Errorf("%s: %s has no field %s", c.ID, field.kind, field.path)
			}
		}
	}
}

// kindField is a field of a kind.
type kindField struct{ kind, path string }

// fieldsOf returns all fields in checks, and each kind without fields.
func fieldsOf(checks []controls.Check, above string) map[kindField]bool {
	out := map[kindField]bool{}
	for _, c := range checks {
		kind := c.Every + c.Each + c.Some + c.None
		out[kindField{kind: kind}] = true
		for _, asked := range []map[string]any{c.Where, c.Has} {
			for path, expected := range asked {
				out[kindField{kind, path}] = true
				maps.Copy(out, itemFields(kind, path, expected))
			}
		}
		if c.By != "" {
			out[kindField{kind, c.By}] = true
		}
		if c.Behind != "" {
			out[kindField{above, c.Behind}] = true
		}
		for theirs, ours := range c.Same {
			out[kindField{kind, theirs}] = true
			out[kindField{above, ours}] = true
		}
		maps.Copy(out, fieldsOf(c.With, kind))
		maps.Copy(out, fieldsOf(c.Else, above))
	}
	return out
}

// itemFields returns the fields of list items in an expectation.
func itemFields(kind, path string, expected any) map[kindField]bool {
	out := map[kindField]bool{}
	words, _ := expected.(map[string]any)
	for _, word := range []string{"every", "some", "none"} {
		fields, _ := words[word].(map[string]any)
		for name, expected := range fields {
			if name == "." {
				continue
			}
			out[kindField{kind, path + "." + name}] = true
			maps.Copy(out, itemFields(kind, path+"."+name, expected))
		}
	}
	return out
}

// forProvider returns the schema of a kind's spec.forProvider. It is nil if there
// is none.
func forProvider(t *testing.T, dir, kind string) *extv1.JSONSchemaProps {
	t.Helper()
	service, name, _ := strings.Cut(kind, "/")
	files, err := filepath.Glob(filepath.Join(dir, service+".aws.m.upbound.io_*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(raw), "\n    kind: "+name+"\n") {
			continue
		}
		crd := extv1.CustomResourceDefinition{}
		if err := yaml.Unmarshal(raw, &crd); err != nil {
			t.Fatal(err)
		}
		versions := crd.Spec.Versions
		found := versions[len(versions)-1].Schema.OpenAPIV3Schema.Properties["spec"].Properties["forProvider"]
		return &found
	}
	return nil
}

// has reports whether a schema has a field. A string or a map accepts all fields,
// because the catalog also accesses JSON strings.
func has(schema extv1.JSONSchemaProps, names []string) bool {
	for _, name := range names {
		for schema.Items != nil {
			schema = *schema.Items.Schema
		}
		if schema.Type == "string" || schema.AdditionalProperties != nil {
			return true
		}
		next, ok := schema.Properties[name]
		if !ok {
			return false
		}
		schema = next
	}
	return true
}
