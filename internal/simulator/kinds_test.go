package simulator

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

// TestKindsAreTheProviders verifies that the provider has every kind in the table,
// that templates use existing fields, and that the provider's CRDs accept the
// simulated objects, in both scopes.
func TestKindsAreTheProviders(t *testing.T) {
	found := map[string]bool{}
	for _, file := range definitions(t) {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// The start of a definition is enough to decide whether it must be parsed.
		_, kindName, _ := strings.Cut(string(raw[:min(len(raw), 4096)]), "\n    kind: ")
		kindName, _, _ = strings.Cut(kindName, "\n")
		service, _, _ := strings.Cut(filepath.Base(file), ".")
		k, ok := kinds.Of(service + "/" + kindName)
		if !ok {
			continue
		}
		scope := "cluster"
		if strings.Contains(file, namespacedSuffix) {
			scope = "namespaced"
		}
		found[service+"/"+kindName+" "+scope] = true
		t.Run(service+"/"+kindName+"/"+scope, func(t *testing.T) { testKind(t, k, raw) })
	}
	for _, name := range kinds.Names() {
		for _, scope := range []string{"cluster", "namespaced"} {
			if !found[name+" "+scope] {
				t.Errorf("the provider has no %s kind %s", scope, name)
			}
		}
	}
}

// definitions returns the CRD files of all services in the table.
func definitions(t *testing.T) []string {
	t.Helper()
	services := map[string]bool{}
	for _, name := range kinds.Names() {
		service, _, _ := strings.Cut(name, "/")
		services[service] = true
	}
	var files []string
	for service := range services {
		for _, suffix := range []string{clusterSuffix, namespacedSuffix} {
			some, err := filepath.Glob(filepath.Join(providerDir(t), "package", "crds", service+suffix+"_*.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, some...)
		}
	}
	slices.Sort(files)
	return files
}

func testKind(t *testing.T, k kinds.Kind, raw []byte) {
	t.Helper()
	crd := extv1.CustomResourceDefinition{}
	if err := yaml.Unmarshal(raw, &crd); err != nil {
		t.Fatal(err)
	}
	newest := crd.Spec.Versions[len(crd.Spec.Versions)-1]
	properties := newest.Schema.OpenAPIV3Schema.Properties["spec"].Properties["forProvider"].Properties
	for field := range fieldsIn(k) {
		if _, ok := properties[field]; !ok {
			t.Errorf("a template names the field %s, which the kind does not have", field)
		}
	}
	u := &unstructured.Unstructured{Object: map[string]any{"spec": map[string]any{"forProvider": sample(properties)}}}
	u.SetAPIVersion(crd.Spec.Group + "/" + newest.Name)
	u.SetKind(crd.Spec.Names.Kind)
	u.SetName("shop-sample")
	if err := (AWS{}).Play(u, nowhere); err != nil {
		t.Fatal(err)
	}
	s, err := schema.FromDefinition(raw, newest.Name)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range s.Validate(u.Object) {
		if strings.HasPrefix(err.Field, "status") {
			t.Errorf("the provider's CRD refuses %v", err)
		}
	}
}

// sample returns a value for every simple field, for use in templates.
func sample(properties map[string]extv1.JSONSchemaProps) map[string]any {
	out := map[string]any{}
	for name, p := range properties {
		switch p.Type {
		case "string":
			out[name] = "some-" + name
		case "number":
			out[name] = int64(5)
		case "boolean":
			out[name] = true
		}
	}
	if _, ok := properties["vpcEndpointType"]; ok {
		out["vpcEndpointType"] = "Gateway"
	}
	return out
}

// fieldsIn returns the fields of spec.forProvider in a kind's templates.
func fieldsIn(k kinds.Kind) map[string]bool {
	words := map[string]bool{}
	collect := func(text string) {
		os.Expand(text, func(word string) string {
			word, _, _ = strings.Cut(word, "|")
			if function, argument, ok := strings.Cut(word, ":"); ok {
				if word = argument; slices.Contains([]string{"digits", "hex", "upper", "lower"}, function) {
					_, word, _ = strings.Cut(argument, ":")
				}
			}
			words[word] = true
			return ""
		})
	}
	var walk func(value any)
	walk = func(value any) {
		switch v := value.(type) {
		case string:
			collect(v)
		case kinds.List:
			for _, item := range v {
				walk(item)
			}
		case kinds.Fields:
			for _, item := range v {
				walk(item)
			}
		case kinds.Afterwards:
			walk(v.Value)
		case kinds.Where:
			words[v.Field] = true
			walk(v.Then)
		}
	}
	walk(k.Shows)
	walk(k.LateInitialized)
	walk(kinds.List{k.ExternalName, k.ID, k.ARN})
	for _, word := range []string{"", "partition", "dnsSuffix", "account", "object", "external", "id", "uuid", "certificate", "wafScope", "proxyTarget", "standard", "dollar"} {
		delete(words, word)
	}
	if k.ARN != "" {
		delete(words, "arn")
	}
	return words
}
