package apis

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// definition is the part of an XRD that becomes a CustomResourceDefinition.
type definition struct {
	Spec struct {
		Names    extv1.CustomResourceDefinitionNames `json:"names"`
		Versions []struct {
			Schema                   extv1.CustomResourceValidation         `json:"schema"`
			AdditionalPrinterColumns []extv1.CustomResourceColumnDefinition `json:"additionalPrinterColumns"`
		} `json:"versions"`
	} `json:"spec"`
}

func read(t *testing.T, raw []byte) definition {
	t.Helper()
	d := definition{}
	if err := yaml.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAPIServerAccepts(t *testing.T) {
	for name, raw := range map[string][]byte{"Claim": ClaimDefinition, "Namespaced": NamespacedDefinition} {
		t.Run(name, func(t *testing.T) {
			d := read(t, raw)
			d.Spec.Names.ListKind = d.Spec.Names.Kind + "List"
			crd := &extv1.CustomResourceDefinition{
				ObjectMeta: metav1.ObjectMeta{Name: d.Spec.Names.Plural + ".platform.secure-ecommerce.dev"},
				Spec: extv1.CustomResourceDefinitionSpec{
					Group: "platform.secure-ecommerce.dev",
					Names: d.Spec.Names,
					Scope: extv1.NamespaceScoped,
					Versions: []extv1.CustomResourceDefinitionVersion{{
						Name: "v1alpha1", Served: true, Storage: true,
						Schema:                   &d.Spec.Versions[0].Schema,
						AdditionalPrinterColumns: d.Spec.Versions[0].AdditionalPrinterColumns,
					}},
				},
				Status: extv1.CustomResourceDefinitionStatus{StoredVersions: []string{"v1alpha1"}},
			}
			extv1.SetDefaults_CustomResourceDefinitionSpec(&crd.Spec)
			internal := &apiextensions.CustomResourceDefinition{}
			if err := extv1.Convert_v1_CustomResourceDefinition_To_apiextensions_CustomResourceDefinition(crd, internal, nil); err != nil {
				t.Fatal(err)
			}
			for _, err := range validation.ValidateCustomResourceDefinition(context.Background(), internal) {
				t.Errorf("\nAn API server must accept the definition, its defaults and the cost of its rules.\n%v", err)
			}
		})
	}
}

func TestGenerationsAgree(t *testing.T) {
	if diff := cmp.Diff(read(t, ClaimDefinition).Spec.Versions, read(t, NamespacedDefinition).Spec.Versions); diff != "" {
		t.Errorf("\nOne manifest serves both generations.\n-claim, +namespaced:\n%s", diff)
	}
}
