package apis

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
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
		t.Errorf("\nOne manifest serves both scopes.\n-claim, +namespaced:\n%s", diff)
	}
}

// Without a default, Crossplane chooses any Composition for a new stack as soon as
// there are several, for example while a new version is tested on some stacks.
func TestDefaultComposition(t *testing.T) {
	for _, prefix := range []string{"claim/", "claim/account-", "namespaced/", "namespaced/account-"} {
		t.Run(prefix, func(t *testing.T) {
			xrd, composition := struct {
				Spec struct {
					DefaultCompositionRef metav1.ObjectMeta `json:"defaultCompositionRef"`
				} `json:"spec"`
			}{}, metav1.PartialObjectMetadata{}
			for file, into := range map[string]any{"definition.yaml": &xrd, "composition.yaml": &composition} {
				raw, err := os.ReadFile(prefix + file)
				if err != nil {
					t.Fatal(err)
				}
				if err := yaml.Unmarshal(raw, into); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(composition.Name, xrd.Spec.DefaultCompositionRef.Name); diff != "" {
				t.Errorf("\nThe default is the Composition of the same package.\n-want, +got:\n%s", diff)
			}
		})
	}
}

// field is the part of a field's schema that forms read.
type field struct {
	Type       string           `json:"type"`
	Properties map[string]field `json:"properties"`
	Items      *field           `json:"items"`
	Required   []string         `json:"required"`
	Default    any              `json:"default"`
	Example    any              `json:"example"`
	Pattern    string           `json:"pattern"`
	Rules      []rule           `json:"x-kubernetes-validations"`
	Order      int              `json:"x-ui-order"`
	Advanced   bool             `json:"x-ui-advanced"`
	Hidden     bool             `json:"x-ui-hidden"`
}

func TestHints(t *testing.T) {
	for name, raw := range map[string][]byte{"Claim": ClaimDefinition, "Namespaced": NamespacedDefinition} {
		t.Run(name, func(t *testing.T) {
			xrd := struct {
				Spec struct {
					Versions []struct {
						Schema struct {
							OpenAPIV3Schema field `json:"openAPIV3Schema"`
						} `json:"schema"`
					} `json:"versions"`
				} `json:"spec"`
			}{}
			if err := yaml.Unmarshal(raw, &xrd); err != nil {
				t.Fatal(err)
			}
			spec := xrd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties["spec"]
			checkHints(t, "spec", spec)
			checkSamples(t, "spec", spec)
		})
	}
}

// checkHints checks the form of an object: kubernetes-ingestor 4.0.0 cannot omit a
// part with required fields, and creates one with defaults.
func checkHints(t *testing.T, path string, of field) {
	t.Helper()
	orders := map[int]string{}
	for name, f := range of.Properties {
		at := path + "." + name
		if other, taken := orders[f.Order]; taken || f.Order == 0 {
			t.Errorf("%s: every field has a place of its own in a form, got %d, which %q has too", at, f.Order, other)
		}
		orders[f.Order] = name
		optional := f.Type == "object" && len(f.Properties) > 0 && f.Default == nil
		if optional && len(f.Required) > 0 && !f.Hidden {
			t.Errorf("%s: a form that shows an optional part asks everybody for %v", at, f.Required)
		}
		for inner, p := range f.Properties {
			if optional && p.Default != nil && !f.Hidden && !f.Advanced {
				t.Errorf("%s: a form that shows it to everybody orders it with the default of %s", at, inner)
			}
		}
		checkHints(t, at, f)
		if f.Items != nil {
			checkHints(t, at+"[]", *f.Items)
		}
	}
}

// rule is a CEL rule.
type rule struct {
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// checkSamples checks that no field has a pattern, of which an API server reports
// only the regular expression, and that examples and defaults have the format of
// their field.
func checkSamples(t *testing.T, path string, of field, samples ...any) {
	t.Helper()
	if of.Pattern != "" {
		t.Errorf("%s: a pattern has no message in an API server: describe it in internal/schema/formats.go", path)
	}
	for _, r := range of.Rules {
		f, ok := schema.FormatOfRule(r.Rule)
		if !ok {
			continue
		}
		if diff := cmp.Diff(f.Message(), r.Message); diff != "" {
			t.Errorf("%s: a format has its own message: -want, +got:\n%s", path, diff)
		}
		pattern := regexp.MustCompile(f.Pattern)
		for _, s := range append(samples, of.Example, of.Default) {
			if text, ok := s.(string); ok && !pattern.MatchString(text) {
				t.Errorf("%s: %q is an example or a default but does not match %s", path, text, f.Pattern)
			}
		}
	}
	for name, f := range of.Properties {
		checkSamples(t, path+"."+name, f)
	}
	if of.Items != nil {
		example, _ := of.Example.([]any)
		defaults, _ := of.Default.([]any)
		checkSamples(t, path+"[]", *of.Items, slices.Concat(example, defaults)...)
	}
}

func TestHintsStayInDefinition(t *testing.T) {
	// Crossplane decodes the schema into this type, and writes it to the
	// CustomResourceDefinition.
	got, err := yaml.Marshal(read(t, NamespacedDefinition))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(got, []byte("x-ui-")) {
		t.Error("an API server refuses a CustomResourceDefinition with hints for forms, so none must be in what the core makes of the definition")
	}
	if !bytes.Contains(NamespacedDefinition, []byte("x-ui-order")) {
		t.Error("forms find no hints in the definition")
	}
}
