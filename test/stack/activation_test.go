package stack

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// TestActivation verifies that the activation policies contain exactly the kinds in
// the examples. A missing kind blocks a stack, and an additional one wastes
// resources of the control plane.
func TestActivation(t *testing.T) {
	composed := map[scope.Scope]map[string]bool{scope.Cluster: {}, scope.Namespaced: {}}
	for name, steps := range stacktest.Ways(t) {
		s := scope.Scope(name[strings.LastIndex(name, "/")+1:])
		for _, st := range steps {
			for _, r := range st.Response.GetDesired().GetResources() {
				fields := r.GetResource().GetFields() // Decoding every resource of every step is slow.
				if version := fields["apiVersion"].GetStringValue(); scope.IsManaged(version) {
					group, _, _ := strings.Cut(version, "/")
					composed[s][group+" "+fields["kind"].GetStringValue()] = true
				}
			}
		}
	}
	for file, s := range map[string]scope.Scope{"claim.yaml": scope.Cluster, "namespaced.yaml": scope.Namespaced} {
		raw, err := os.ReadFile(filepath.Join("package", "activation", file))
		if err != nil {
			t.Fatal(err)
		}
		policy := struct {
			Spec struct {
				Activate []string `json:"activate"`
			} `json:"spec"`
		}{}
		if err := yaml.Unmarshal(raw, &policy); err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, name := range policy.Spec.Activate {
			got[kindDefinedBy(t, name)] = true
		}
		if diff := cmp.Diff(composed[s], got); diff != "" {
			t.Errorf("\nEvery kind that is composed is activated, and no other.\n%s: -want, +got:\n%s", file, diff)
		}
	}
}

// kindDefinedBy returns group and kind of a CRD, such as "rds.aws.upbound.io
// Instance" for instances.rds.aws.upbound.io.
func kindDefinedBy(t *testing.T, definition string) string {
	t.Helper()
	dir, err := stacktest.CRDs()
	if err != nil {
		t.Fatal(err)
	}
	plural, group, _ := strings.Cut(definition, ".")
	raw, err := os.ReadFile(filepath.Join(dir, group+"_"+plural+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(raw), "\n    kind: ")
	if !found {
		t.Fatalf("%s names no kind", definition)
	}
	kind, _, _ := strings.Cut(after, "\n")
	return group + " " + kind
}
