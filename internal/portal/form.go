package portal

import (
	"encoding/json"
	"sync"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

// specSchema is the schema of a claim's spec, as the XRD has it: the form is made
// of it, so that no field is ever forgotten. Regions, of which the XRD has a pattern
// only, are those that the function knows.
var specSchema = sync.OnceValue(func() json.RawMessage {
	xrd := struct {
		Spec struct {
			Versions []struct {
				Schema struct {
					OpenAPIV3Schema struct {
						Properties map[string]map[string]any `json:"properties"`
					} `json:"openAPIV3Schema"`
				} `json:"schema"`
			} `json:"versions"`
		} `json:"spec"`
	}{}
	if err := yaml.Unmarshal(apis.NamespacedDefinition, &xrd); err != nil {
		panic(err) // It is embedded, and read by every call of the function.
	}
	spec := xrd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties["spec"]
	rules, _, err := unstructured.NestedSlice(spec, "properties", "region", "x-kubernetes-validations")
	if err != nil {
		panic(err) // As above.
	}
	offerRegions(spec, format(rules))
	raw, err := json.Marshal(spec)
	if err != nil {
		panic(err) // It was read as JSON a moment ago.
	}
	return raw
})

// format returns the pattern that rules check, empty if they check none.
func format(rules any) string {
	all, _ := rules.([]any) // Only fields with rules have any.
	for _, r := range all {
		rule, _ := r.(map[string]any)
		expression, _ := rule["rule"].(string)
		if f, ok := schema.FormatOfRule(expression); ok {
			return f.Pattern
		}
	}
	return ""
}

// offerRegions has the fields of a schema that take a region offer those that the
// function knows. They are known by their pattern.
func offerRegions(of map[string]any, pattern string) {
	if format(of["x-kubernetes-validations"]) == pattern {
		of["enum"] = aws.Regions()
	}
	properties, _ := of["properties"].(map[string]any) // Only objects have any.
	for _, p := range properties {
		if field, ok := p.(map[string]any); ok {
			offerRegions(field, pattern)
		}
	}
}
