package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

const (
	functionName = "function-secure-ecommerce"
	// source is the repository of all packages.
	source = "github.com/secure-ecommerce/function-secure-ecommerce"
	// minimumProvider is the oldest version of the AWS provider that can create all
	// composed resources. The function is built with the types of v2.5.0, which
	// never creates security group rules and bucket lifecycles, and updates Lambda
	// functions indefinitely (crossplane-contrib/provider-upjet-aws 2003, 2041,
	// 2054, 2085; docs/compatibility.md).
	minimumProvider = "v2.6.0"
	// providerVersions is the range of provider versions that a configuration
	// accepts, up to the next major version.
	providerVersions = ">=" + minimumProvider + ", <v3.0.0"
	// leastCore is the first Crossplane version with activation policies and the
	// usages that stacks need.
	leastCore = ">=v2.0.0-0"
)

// compositions is the number of Compositions in a scope: for stacks and for accounts.
const compositions = 2

// scopes lists both scopes of the API, by the directory of their XRD.
var scopes = []string{"claim", "namespaced"}

func configurationName(scope string) string {
	return "configuration-secure-ecommerce-" + scope
}

// functionDefinition returns the function's package.yaml, with the schema of its
// input.
func functionDefinition(root string) ([]byte, error) {
	inputs, err := filepath.Glob(filepath.Join(root, "package", "input", "*.yaml"))
	if err != nil {
		return nil, err
	}
	return joined(append([]string{filepath.Join(root, "package", "crossplane.yaml")}, inputs...))
}

// configurationDefinition returns a configuration's package.yaml: its dependencies,
// the XRD, the Composition and the activated kinds.
func configurationDefinition(o options, scope string) ([]byte, error) {
	meta, err := configurationMeta(o, scope)
	if err != nil {
		return nil, err
	}
	api := filepath.Join(o.root, "apis", scope)
	rest, err := joined([]string{
		filepath.Join(api, "definition.yaml"), filepath.Join(api, "composition.yaml"),
		filepath.Join(api, "account-definition.yaml"), filepath.Join(api, "account-composition.yaml"),
		activation(o.root, scope),
	})
	if err != nil {
		return nil, err
	}
	reference := "functionRef:\n        name: "
	if n := bytes.Count(rest, []byte(reference+functionName+"\n")); n != compositions {
		return nil, fmt.Errorf("the Compositions for scope %s refer to %s %d times instead of %d", scope, functionName, n, compositions)
	}
	rest = bytes.ReplaceAll(rest, []byte(reference+functionName), []byte(reference+dependencyName(o.registry+"/"+functionName)))
	return slices.Concat(meta, []byte("---\n"), rest), nil
}

// dependencyName returns the name of a package that Crossplane installs as a
// dependency: its path in the registry as a DNS label.
func dependencyName(repository string) string {
	_, path, _ := strings.Cut(repository, "/")
	name := strings.NewReplacer("/", "-", ".", "-", "_", "").Replace(path)
	return strings.Trim(name[:min(len(name), 63)], "-")
}

func activation(root, scope string) string {
	return filepath.Join(root, "package", "activation", scope+".yaml")
}

// dependency is a package that a configuration needs (Crossplane documentation,
// "Configuration packages").
type dependency struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Package    string `json:"package"`
	Version    string `json:"version"`
}

func configurationMeta(o options, scope string) ([]byte, error) {
	services, err := services(activation(o.root, scope))
	if err != nil {
		return nil, err
	}
	const pkg = "pkg.crossplane.io/v1"
	needs := []dependency{{pkg, "Function", o.registry + "/" + functionName, ">=" + o.version}}
	for _, service := range services {
		needs = append(needs, dependency{pkg, "Provider", o.providers + "/provider-aws-" + service, providerVersions})
	}
	return yaml.Marshal(map[string]any{
		"apiVersion": "meta.pkg.crossplane.io/v1",
		"kind":       "Configuration",
		"metadata": map[string]any{"name": configurationName(scope), "annotations": map[string]string{
			"meta.crossplane.io/maintainer":  "The function-secure-ecommerce authors",
			"meta.crossplane.io/source":      source,
			"meta.crossplane.io/license":     "Apache-2.0",
			"meta.crossplane.io/description": "Offers SecureEcommerce, a secure multi-tier e-commerce stack on AWS, and SecureEcommerceAccount, what its stacks share (" + scope + " scope).",
		}},
		"spec": map[string]any{"crossplane": map[string]any{"version": leastCore}, "dependsOn": needs},
	})
}

// services returns the AWS services of the kinds in an activation policy, sorted.
// Each service has its own provider package.
func services(policy string) ([]string, error) {
	raw, err := os.ReadFile(policy)
	if err != nil {
		return nil, err
	}
	p := struct {
		Spec struct {
			Activate []string `json:"activate"`
		} `json:"spec"`
	}{}
	if err := yaml.Unmarshal(raw, &p); err != nil {
		return nil, fmt.Errorf("%s: %w", policy, err)
	}
	var out []string
	for _, kind := range p.Spec.Activate {
		_, group, _ := strings.Cut(kind, ".")
		service, _, _ := strings.Cut(group, ".")
		out = append(out, service)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// joined joins YAML files into one stream.
func joined(paths []string) ([]byte, error) {
	var documents [][]byte
	for _, p := range paths {
		raw, err := os.ReadFile(p)
		if err != nil {
			return nil, err
		}
		documents = append(documents, bytes.TrimPrefix(raw, []byte("---\n")))
	}
	return bytes.Join(documents, []byte("---\n")), nil
}

// labels returns the labels of an image (OCI image specification, annotations).
func labels(name, version string) map[string]string {
	return map[string]string{
		"org.opencontainers.image.title":    name,
		"org.opencontainers.image.version":  version,
		"org.opencontainers.image.source":   "https://" + source,
		"org.opencontainers.image.licenses": "Apache-2.0",
	}
}
