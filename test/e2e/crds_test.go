//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// providerCRDs contains, by scope, the provider's CRDs of all kinds that a
// stack can have. They are read once, because all control planes of a scope use
// the same ones without a change.
var providerCRDs = map[scope.Scope]func() ([]*unstructured.Unstructured, error){
	scope.Namespaced: sync.OnceValues(func() ([]*unstructured.Unstructured, error) { return readCRDs(scope.Namespaced) }),
	scope.Cluster:    sync.OnceValues(func() ([]*unstructured.Unstructured, error) { return readCRDs(scope.Cluster) }),
}

// readCRDs returns the provider's CRDs of all kinds that a stack can have, in
// the composed version only, because several versions would need the provider's
// conversion webhook.
func readCRDs(in scope.Scope) ([]*unstructured.Unstructured, error) {
	dir, err := moduleDir(root, "github.com/upbound/provider-aws/v2")
	if err != nil {
		return nil, err
	}
	var out []*unstructured.Unstructured
	for _, gvk := range composedKinds(in) {
		u, err := providerCRD(filepath.Join(dir, "package", "crds"), gvk)
		if err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, nil
}

// composedKinds returns the kinds that a stack can have.
func composedKinds(in scope.Scope) []schema.GroupVersionKind {
	var out []schema.GroupVersionKind
	for _, name := range kinds.Names() {
		out = append(out, in.GroupVersionKind(name))
	}
	return out
}

// exampleClaims returns the names of the examples that are claims, sorted.
func exampleClaims() ([]string, error) {
	files, err := filepath.Glob(filepath.Join(root, exampleFile("*")))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, f := range files {
		u, err := loadYAML(f)
		if err != nil {
			return nil, err
		}
		if u.GetKind() == "SecureEcommerce" {
			out = append(out, strings.TrimSuffix(filepath.Base(f), ".yaml"))
		}
	}
	return out, nil
}

// exampleFile returns the file of an example.
func exampleFile(name string) string { return filepath.Join("examples", name+".yaml") }

func providerCRD(dir string, gvk schema.GroupVersionKind) (*unstructured.Unstructured, error) {
	files, err := filepath.Glob(filepath.Join(dir, gvk.Group+"_*.yaml"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		if !bytes.Contains(raw, []byte("\n    kind: "+gvk.Kind+"\n")) {
			continue
		}
		u, err := parseYAML(raw)
		if err != nil {
			return nil, err
		}
		versions, _, _ := unstructured.NestedSlice(u.Object, "spec", "versions")
		for _, v := range versions {
			version, _ := v.(map[string]any)
			if version["name"] != gvk.Version {
				continue
			}
			version["served"], version["storage"] = true, true
			unstructured.RemoveNestedField(u.Object, "spec", "conversion")
			return u, unstructured.SetNestedSlice(u.Object, []any{version}, "spec", "versions")
		}
		return nil, fmt.Errorf("the provider has no version %s of %s", gvk.Version, gvk.GroupKind())
	}
	return nil, fmt.Errorf("the provider has no kind %s", gvk.GroupKind())
}

// moduleDir returns the source directory of a module in a go.mod.
func moduleDir(dir, module string) (string, error) {
	out, err := run(dir, "go", "list", "-m", "-f", "{{.Dir}}", module)
	return strings.TrimSpace(string(out)), err
}

// run runs a command in a directory and returns its output.
func run(dir, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, stderr.String())
	}
	return out, nil
}
