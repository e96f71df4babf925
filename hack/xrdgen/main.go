// Command xrdgen converts the CustomResourceDefinition that controller-gen
// generates from apis/v1alpha1 to the CompositeResourceDefinitions of both
// Crossplane scopes. The Go types remain the only source of the API.
//
//	xrdgen CRD_FILE APIS_DIR
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"
)

const header = "# Generated from apis/v1alpha1 by `make generate`. Do not edit.\n"

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: xrdgen CRD_FILE APIS_DIR")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(crdFile, apisDir string) error {
	raw, err := os.ReadFile(filepath.Clean(crdFile))
	if err != nil {
		return err
	}
	crd := &extv1.CustomResourceDefinition{}
	if err := yaml.UnmarshalStrict(raw, crd); err != nil {
		return fmt.Errorf("cannot read CRD: %w", err)
	}
	versions, err := versions(crd)
	if err != nil {
		return err
	}
	for dir, xrd := range map[string]map[string]any{
		"claim":      claimXRD(crd, versions),
		"namespaced": namespacedXRD(crd, versions),
	} {
		out, err := yaml.Marshal(xrd)
		if err != nil {
			return err
		}
		file := filepath.Join(apisDir, dir, "definition.yaml")
		if err := os.WriteFile(file, append([]byte(header), out...), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// claimXRD returns the API of the cluster scope: a cluster-scoped composite with a
// namespaced claim. With foreground deletion, claim and composite remain visible
// until the last AWS resource is deleted.
func claimXRD(crd *extv1.CustomResourceDefinition, versions []any) map[string]any {
	names := crd.Spec.Names
	return map[string]any{
		"apiVersion": "apiextensions.crossplane.io/v1",
		"kind":       "CompositeResourceDefinition",
		"metadata":   map[string]any{"name": "x" + names.Plural + "." + crd.Spec.Group},
		"spec": map[string]any{
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
			"connectionSecretKeys":         []string{"region", "assetsBucket", "uploadsBucket", "cdnDomain", "databaseEndpoint", "databasePort", "databaseName", "databaseSecretArn", "databaseProxyEndpoint", "databaseReadEndpoints", "cacheEndpoint", "cachePort", "cacheReadEndpoint", "cacheReadPort", "cacheSecretArn", "cacheUsername", "searchEndpoint", "appSecretArn", "appRoleArn"},
			"defaultCompositeDeletePolicy": "Foreground",
			"versions":                     versions,
		},
	}
}

// namespacedXRD returns the API of the namespaced scope, whose composite is
// namespaced.
func namespacedXRD(crd *extv1.CustomResourceDefinition, versions []any) map[string]any {
	names := crd.Spec.Names
	return map[string]any{
		"apiVersion": "apiextensions.crossplane.io/v2",
		"kind":       "CompositeResourceDefinition",
		"metadata":   map[string]any{"name": names.Plural + "." + crd.Spec.Group},
		"spec": map[string]any{
			"scope": "Namespaced",
			"group": crd.Spec.Group,
			"names": map[string]any{
				"kind":       names.Kind,
				"plural":     names.Plural,
				"singular":   names.Singular,
				"categories": names.Categories,
			},
			"versions": versions,
		},
	}
}

func versions(crd *extv1.CustomResourceDefinition) ([]any, error) {
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
		schema, err := hinted(s)
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
