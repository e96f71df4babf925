// Command xrdgen converts the CustomResourceDefinitions that controller-gen
// generates from apis/v1alpha1 to the CompositeResourceDefinitions of both
// Crossplane scopes. The Go types remain the only source of the API.
//
//	xrdgen CRD_DIR APIS_DIR
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

const header = "# Generated from apis/v1alpha1 by `make generate`. Do not edit.\n"

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: xrdgen CRD_DIR APIS_DIR")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

// api is a kind of the API.
type api struct {
	// crd is the file with its CustomResourceDefinition, and definition that with its
	// XRD.
	crd, definition string
	spec            reflect.Type
	// everyday lists the fields that a form shows by default. If it is empty, a form
	// shows all.
	everyday []string
	// secretKeys lists the connection details.
	secretKeys []string
}

// apis lists all kinds.
var apis = []api{
	{
		crd: v1alpha1.Group + "_secureecommerces.yaml", definition: "definition.yaml",
		spec: reflect.TypeFor[v1alpha1.SecureEcommerceSpec](), everyday: everyday,
		secretKeys: []string{"region", "assetsBucket", "uploadsBucket", "cdnDomain", "databaseEndpoint", "databasePort", "databaseName", "databaseSecretArn", "databaseProxyEndpoint", "databaseReadEndpoints", "cacheEndpoint", "cachePort", "cacheReadEndpoint", "cacheReadPort", "cacheSecretArn", "cacheUsername", "searchEndpoint", "appSecretArn", "appRoleArn"},
	},
	{
		crd: v1alpha1.Group + "_secureecommerceaccounts.yaml", definition: "account-definition.yaml",
		spec: reflect.TypeFor[v1alpha1.SecureEcommerceAccountSpec](),
	},
}

func run(crdDir, apisDir string) error {
	for _, a := range apis {
		if err := a.generate(crdDir, apisDir); err != nil {
			return fmt.Errorf("%s: %w", a.crd, err)
		}
	}
	return nil
}

// generate writes the XRDs of both scopes.
func (a api) generate(crdDir, apisDir string) error {
	raw, err := os.ReadFile(filepath.Join(filepath.Clean(crdDir), a.crd))
	if err != nil {
		return err
	}
	crd := &extv1.CustomResourceDefinition{}
	if err := yaml.UnmarshalStrict(raw, crd); err != nil {
		return fmt.Errorf("cannot read CRD: %w", err)
	}
	versions, err := a.versions(crd)
	if err != nil {
		return err
	}
	for dir, xrd := range map[string]map[string]any{
		"claim":      a.claimXRD(crd, versions),
		"namespaced": namespacedXRD(crd, versions),
	} {
		out, err := yaml.Marshal(xrd)
		if err != nil {
			return err
		}
		file := filepath.Join(apisDir, dir, a.definition)
		if err := os.WriteFile(file, append([]byte(header), out...), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// claimXRD returns the API of the cluster scope: a cluster-scoped composite with a
// namespaced claim. With foreground deletion, claim and composite remain visible
// until the last AWS resource is deleted.
func (a api) claimXRD(crd *extv1.CustomResourceDefinition, versions []any) map[string]any {
	names := crd.Spec.Names
	name := "x" + names.Plural + "." + crd.Spec.Group
	spec := map[string]any{
		"group": crd.Spec.Group,
		"names": map[string]any{
			"kind":       "X" + names.Kind,
			"plural":     "x" + names.Plural,
			"singular":   "x" + strings.ToLower(names.Kind),
			"categories": names.Categories,
		},
		"claimNames": map[string]any{
			"kind":       names.Kind,
			"plural":     names.Plural,
			"singular":   names.Singular,
			"categories": names.Categories,
		},
		"defaultCompositeDeletePolicy": "Foreground",
		"defaultCompositionRef":        defaultComposition(name),
		"versions":                     versions,
	}
	if len(a.secretKeys) > 0 {
		spec["connectionSecretKeys"] = a.secretKeys
	}
	return map[string]any{
		"apiVersion": "apiextensions.crossplane.io/v1",
		"kind":       "CompositeResourceDefinition",
		"metadata":   map[string]any{"name": name},
		"spec":       spec,
	}
}

// defaultComposition returns a reference to the Composition in the same directory,
// which has the name of the XRD. Without it, Crossplane chooses any of several
// Compositions for a new stack.
func defaultComposition(xrd string) map[string]any {
	return map[string]any{"name": xrd}
}

// namespacedXRD returns the API of the namespaced scope, whose composite is
// namespaced.
func namespacedXRD(crd *extv1.CustomResourceDefinition, versions []any) map[string]any {
	names := crd.Spec.Names
	name := names.Plural + "." + crd.Spec.Group
	return map[string]any{
		"apiVersion": "apiextensions.crossplane.io/v2",
		"kind":       "CompositeResourceDefinition",
		"metadata":   map[string]any{"name": name},
		"spec": map[string]any{
			"scope": "Namespaced",
			"group": crd.Spec.Group,
			"names": map[string]any{
				"kind":       names.Kind,
				"plural":     names.Plural,
				"singular":   names.Singular,
				"categories": names.Categories,
			},
			"defaultCompositionRef": defaultComposition(name),
			"versions":              versions,
		},
	}
}

func (a api) versions(crd *extv1.CustomResourceDefinition) ([]any, error) {
	out := make([]any, 0, len(crd.Spec.Versions))
	for _, v := range crd.Spec.Versions {
		s := v.Schema.OpenAPIV3Schema.DeepCopy()
		// Crossplane adds these fields.
		for _, p := range []string{"apiVersion", "kind", "metadata"} {
			delete(s.Properties, p)
		}
		delete(s.Properties["status"].Properties, "conditions")
		if err := explain("", s); err != nil {
			return nil, err
		}
		schema, err := hinted(s, a.spec, a.everyday)
		if err != nil {
			return nil, err
		}
		out = append(out, map[string]any{
			"name":                     v.Name,
			"served":                   v.Served,
			"referenceable":            v.Storage,
			"additionalPrinterColumns": v.AdditionalPrinterColumns,
			"schema":                   map[string]any{"openAPIV3Schema": schema},
		})
	}
	return out, nil
}
