package portal

import (
	"encoding/json"
	"sync"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
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
	pattern, _, err := unstructured.NestedString(spec, "properties", "region", "pattern")
	if err != nil {
		panic(err) // As above.
	}
	offerRegions(spec, pattern)
	raw, err := json.Marshal(spec)
	if err != nil {
		panic(err) // It was read as JSON a moment ago.
	}
	return raw
})

// offerRegions has the fields of a schema that take a region offer those that the
// function knows. They are known by their pattern.
func offerRegions(schema map[string]any, pattern string) {
	if schema["pattern"] == pattern {
		schema["enum"] = aws.Regions()
	}
	properties, _ := schema["properties"].(map[string]any) // Only objects have any.
	for _, p := range properties {
		if field, ok := p.(map[string]any); ok {
			offerRegions(field, pattern)
		}
	}
}
