package cdn

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// addByCloudControl adds something of the edge that the provider has no fitting
// kind for.
func addByCloudControl(set *desired.Set, r, typeName string, properties map[string]any, opts ...desired.Option) {
	kit.AddByCloudControl(set, r, aws.GlobalRegion, typeName, properties, opts...)
}
