package tiertest

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// Everything contains the observed resources that permissions need.
var Everything = map[string]string{
	composed.DataKey:      `{"status":{"atProvider":{"arn":"arn:key:data"}}}`,
	composed.SecretsKey:   `{"status":{"atProvider":{"arn":"arn:key:secrets"}}}`,
	composed.AppSecret:    `{"status":{"atProvider":{"arn":"arn:secret:app"}}}`,
	composed.AppRole:      `{"status":{"atProvider":{"arn":"arn:role:app"}}}`,
	composed.Database:     `{"status":{"atProvider":{"resourceId":"db-ABC","masterUserSecret":[{"secretArn":"arn:secret:db"}]}}}`,
	composed.Distribution: `{"status":{"atProvider":{"arn":"` + DistributionARN + `"}}}`,
}
