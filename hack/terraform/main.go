// Command terraform converts a rendered stack to Terraform, for scanners that
// support no other language. Each managed resource becomes a Terraform resource.
// References become expressions, which scanners follow.
//
//	terraform SCHEMA STREAM    print a rendered stack of the namespaced scope
//
// SCHEMA is the Terraform provider's schema from the provider module. It
// distinguishes blocks from attributes. The output is HCL, because Terraform's JSON
// does not: scanners without the schema, such as Trivy, would ignore all blocks.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

const roleAnnotation = "crossplane.io/composition-resource-name"

// identifier matches a valid name of a Terraform resource.
var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: terraform SCHEMA STREAM")
	}
	out, err := run(os.Args[1], os.Args[2])
	if err == nil {
		_, err = os.Stdout.Write(out)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func run(schemaFile, streamFile string) ([]byte, error) {
	schemas, err := readSchemas(schemaFile)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", schemaFile, err)
	}
	region, composed, err := readStream(streamFile)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", streamFile, err)
	}
	out, err := converted(schemas, region, composed)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", streamFile, err)
	}
	return out, nil
}

// readStream returns the composed resources of a YAML stream by name, and the
// region of its composite.
func readStream(file string) (region string, composed map[string]*unstructured.Unstructured, err error) { //nolint:nonamedreturns // The composite has no resource name.
	raw, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return "", nil, err
	}
	composed = map[string]*unstructured.Unstructured{}
	d := utilyaml.NewYAMLOrJSONDecoder(bytes.NewReader(raw), len(raw))
	for {
		u := &unstructured.Unstructured{}
		if err := d.Decode(&u.Object); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return "", nil, err
		}
		if resourceName := u.GetAnnotations()[roleAnnotation]; resourceName != "" {
			// Resources of Kubernetes and Crossplane are not in AWS.
			if scope.IsManaged(u.GetAPIVersion()) {
				composed[resourceName] = u
			}
			continue
		}
		if region, _, err = unstructured.NestedString(u.Object, "spec", "region"); err != nil {
			return "", nil, err
		}
	}
	if region == "" || len(composed) == 0 {
		return "", nil, errors.New("the input must contain a composite with a region, and composed resources")
	}
	return region, composed, nil
}

// converted returns a stack as a Terraform file.
func converted(schemas map[string]block, region string, composed map[string]*unstructured.Unstructured) ([]byte, error) {
	resources := map[string]*resource{}
	byName := map[string]*resource{}
	for _, resourceName := range slices.Sorted(maps.Keys(composed)) {
		if !identifier.MatchString(resourceName) {
			return nil, fmt.Errorf("role %q is not a valid name for a Terraform resource", resourceName)
		}
		r, err := newResource(schemas, resourceName, composed[resourceName])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", resourceName, err)
		}
		resources[resourceName] = r
		byName[key(r.object.GroupVersionKind().GroupKind(), r.object.GetName())] = r
	}
	lookup := func(kind schema.GroupKind, name types.NamespacedName) *unstructured.Unstructured {
		if r := byName[key(kind, name.Name)]; r != nil {
			return r.referred()
		}
		return nil
	}
	file := hclwrite.NewEmptyFile()
	file.Body().AppendNewBlock("provider", []string{"aws"}).Body().SetAttributeValue("region", cty.StringVal(region))
	for _, resourceName := range slices.Sorted(maps.Keys(resources)) {
		r := resources[resourceName]
		arguments, err := r.arguments(lookup)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", resourceName, err)
		}
		file.Body().AppendNewline()
		if err := write(file.Body().AppendNewBlock("resource", []string{r.kind, resourceName}).Body(), r.schema, arguments); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", resourceName, r.kind, err)
		}
	}
	return file.Bytes(), nil
}

func key(kind schema.GroupKind, name string) string { return kind.String() + " " + name }

// arguments returns the resource's arguments in Terraform, with references instead
// of the values that they resolve to.
func (r *resource) arguments(lookup simulator.Lookup) (map[string]any, error) {
	u := r.object.DeepCopy()
	forProvider, _, err := unstructured.NestedFieldNoCopy(u.Object, "spec", "forProvider")
	if err != nil {
		return nil, err
	}
	dropResolved(forProvider)
	if err := (simulator.AWS{}).Play(u, lookup); err != nil {
		return nil, err
	}
	out, err := parameters(u)
	if err != nil {
		return nil, err
	}
	if r.identifier != "" {
		out[r.identifier] = meta.GetExternalName(u)
	}
	for name, a := range r.schema.Attributes {
		if a.Required && !a.Sensitive && out[name] == nil {
			return nil, fmt.Errorf("%s requires the argument %s, which neither a parameter nor the external name provides", r.kind, name)
		}
	}
	return out, nil
}

// dropResolved removes values next to the references that resolve to them. The
// function repeats such values within lists, because the provider's lists are
// atomic.
func dropResolved(value any) {
	switch v := value.(type) {
	case map[string]any:
		for field, item := range v {
			dropResolved(item)
			if target, ok := cutReference(field); ok {
				delete(v, target)
			}
		}
	case []any:
		for _, item := range v {
			dropResolved(item)
		}
	}
}
