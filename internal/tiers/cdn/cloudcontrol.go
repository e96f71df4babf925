package cdn

import (
	"encoding/json"

	cloudcontrol "github.com/upbound/provider-aws/v2/apis/namespaced/cloudcontrol/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
)

// addByCloudControl adds something of the edge that the provider has no fitting
// kind for, by the properties of its CloudFormation type (AWS CloudFormation
// Template Reference).
func addByCloudControl(set *desired.Set, r, typeName string, properties map[string]any, opts ...desired.Option) {
	state, _ := json.Marshal(properties) //nolint:errchkjson // Texts, and lists and maps of them, always marshal.
	set.Add(r, &cloudcontrol.Resource{Spec: cloudcontrol.ResourceSpec{ForProvider: cloudcontrol.ResourceParameters{
		Region:       new(aws.GlobalRegion),
		TypeName:     new(typeName),
		DesiredState: new(string(state)),
	}}}, opts...)
}
