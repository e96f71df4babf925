package tiertest

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
)

// Prefix is the prefix of all AWS names of the stack in tests.
var Prefix = "shop-" + naming.Hash("team-a", "shop")

// DistributionARN is the ARN of an observed distribution.
const DistributionARN = "arn:aws:cloudfront::123456789012:distribution/E1"

// Logging returns a bucket for access logs whose policy is ready.
func Logging() map[string]string {
	return map[string]string{composed.Bucket(composed.LogsBucket, composed.Policy): IsReady}
}
