package portal

import (
	"encoding/json"
	"net/http"
	"sync"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

// first lists the fields at the top of the form, in their order. All others are in
// groups below, in the order of the hints in the schema.
var first = []string{
	"metadata.name",
	"metadata.namespace",
	"spec.region",
	"spec.environment",
	"spec.cdn.domain",
	"spec.app.services[0].image",
	"spec.size",
}

// metadata is the part of a claim's metadata that the form shows.
const metadata = `{
	"type": "object",
	"required": ["name", "namespace"],
	"properties": {
		"name": {"type": "string", "title": "Name", "description": "Name of the claim. Cannot be changed after creation.", "example": "shop", "x-ui-order": 1},
		"namespace": {"type": "string", "title": "Namespace", "description": "Namespace of your team. Cannot be changed after creation.", "example": "team-a", "x-ui-order": 2}
	}
}`

// form describes the form to the page.
type form struct {
	First  []string        `json:"first"`
	Schema json.RawMessage `json:"schema"`
}

func (*handler) form(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, form{First: first, Schema: claimSchema()})
}

// claimSchema returns the schema of a claim: the XRD's, so that the form has every
// field. Fields that take a region list those that the function knows, because the
// XRD only has a pattern for them.
var claimSchema = sync.OnceValue(func() json.RawMessage {
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
	raw, err := json.Marshal(map[string]any{
		"type":       "object",
		"properties": map[string]any{"metadata": json.RawMessage(metadata), "spec": spec},
	})
	if err != nil {
		panic(err) // Both parts are JSON.
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

// offerRegions lists the known regions as choices of each field that takes a
// region. Such fields have the pattern of a region.
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
