package portal

import (
	"encoding/json"
	"sync"

	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis"
)

// specSchema is the schema of a claim's spec, as the XRD has it: the form is made
// of it, so that no field is ever forgotten.
var specSchema = sync.OnceValue(func() json.RawMessage {
	xrd := struct {
		Spec struct {
			Versions []struct {
				Schema struct {
					OpenAPIV3Schema struct {
						Properties map[string]json.RawMessage `json:"properties"`
					} `json:"openAPIV3Schema"`
				} `json:"schema"`
			} `json:"versions"`
		} `json:"spec"`
	}{}
	_ = yaml.Unmarshal(apis.NamespacedDefinition, &xrd) // It is embedded, and read by every call of the function.
	return xrd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties["spec"]
})
