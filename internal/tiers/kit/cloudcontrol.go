package kit

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudcontrol"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// AddByCloudControl adds a resource for which the provider has no suitable kind,
// with the properties of its CloudFormation type (AWS CloudFormation Template
// Reference).
func AddByCloudControl(set *desired.Set, r, region, typeName string, properties map[string]any, opts ...desired.Option) {
	state, _ := json.Marshal(properties) //nolint:errchkjson // Strings, numbers, lists and maps always marshal.
	set.Add(r, &cloudcontrol.Resource{Spec: cloudcontrol.ResourceSpec{ForProvider: cloudcontrol.ResourceParameters{
		Region:       new(region),
		TypeName:     new(typeName),
		DesiredState: new(string(state)),
	}}}, opts...)
}

// CloudFormationTags returns the stack's tags in CloudFormation's format.
func CloudFormationTags(s *settings.Settings) []map[string]string {
	var tags []map[string]string
	for _, key := range slices.Sorted(maps.Keys(s.Tags)) {
		tags = append(tags, map[string]string{"Key": key, "Value": s.Tags[key]})
	}
	return tags
}
