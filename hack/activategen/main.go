// Command activategen writes a ManagedResourceActivationPolicy for each scope, with
// exactly the kinds that tiers compose. Use it if Crossplane's own policy, which
// activates everything, is disabled: a control plane then needs about a hundred of
// the provider's kinds instead of a thousand.
//
//	activategen CRD_DIR OUT_DIR
package main

import (
	"bytes"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
)

// groups contains the suffix of the provider's API groups by scope.
var groups = map[string]string{"claim": ".aws.upbound.io", "namespaced": ".aws.m.upbound.io"}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: activategen CRD_DIR OUT_DIR")
	}
	for scope, suffix := range groups {
		if err := run(os.Args[1], suffix, filepath.Join(os.Args[2], scope+".yaml")); err != nil {
			log.Fatal(err)
		}
	}
}

func run(crds, suffix, out string) error {
	var names []string
	for _, kind := range kinds.Names() {
		service, name, _ := strings.Cut(kind, "/")
		definition, err := find(crds, service+suffix, name)
		if err != nil {
			return err
		}
		names = append(names, definition)
	}
	slices.Sort(names)
	policy, err := yaml.Marshal(map[string]any{
		"apiVersion": "apiextensions.crossplane.io/v1alpha1",
		"kind":       "ManagedResourceActivationPolicy",
		"metadata":   map[string]any{"name": "secure-ecommerce"},
		"spec":       map[string]any{"activate": names},
	})
	if err != nil {
		return err
	}
	return os.WriteFile(out, append([]byte("# Generated from the kinds that tiers compose by `make generate`. Do not edit.\n"), policy...), 0o600)
}

// find returns the name of a kind's definition.
func find(crds, group, kind string) (string, error) {
	files, err := filepath.Glob(filepath.Join(crds, group+"_*.yaml"))
	if err != nil {
		return "", err
	}
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Clean(f))
		if err != nil {
			return "", err
		}
		if !bytes.Contains(raw, []byte("\n    kind: "+kind+"\n")) {
			continue // Parsing each of them takes a second.
		}
		crd := &extv1.CustomResourceDefinition{}
		if err := yaml.Unmarshal(raw, crd); err != nil {
			return "", fmt.Errorf("%s: %w", f, err)
		}
		if crd.Spec.Names.Kind == kind {
			return crd.GetName(), nil
		}
	}
	return "", errors.New("the provider has no " + kind + " of " + group)
}
