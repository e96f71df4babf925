package kit

import (
	"encoding/json"
	"maps"
	"slices"

	cloudcontrol "github.com/upbound/provider-aws/v2/apis/namespaced/cloudcontrol/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// AddByCloudControl adds what the provider has no fitting kind for, by the
// properties of its CloudFormation type (AWS CloudFormation Template Reference).
func AddByCloudControl(set *desired.Set, r, region, typeName string, properties map[string]any, opts ...desired.Option) {
	state, _ := json.Marshal(properties) //nolint:errchkjson // Texts and numbers, and lists and maps of them, always marshal.
	set.Add(r, &cloudcontrol.Resource{Spec: cloudcontrol.ResourceSpec{ForProvider: cloudcontrol.ResourceParameters{
		Region:       new(region),
		TypeName:     new(typeName),
		DesiredState: new(string(state)),
	}}}, opts...)
}

// CloudFormationTags is the stack's tags as CloudFormation's types take them.
func CloudFormationTags(s *settings.Settings) []map[string]string {
	var tags []map[string]string
	for _, key := range slices.Sorted(maps.Keys(s.Tags)) {
		tags = append(tags, map[string]string{"Key": key, "Value": s.Tags[key]})
	}
	return tags
}
