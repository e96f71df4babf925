package tiertest

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// Everything is observed values that permissions name.
var Everything = map[string]string{
	role.DataKey:      `{"status":{"atProvider":{"arn":"arn:key:data"}}}`,
	role.SecretsKey:   `{"status":{"atProvider":{"arn":"arn:key:secrets"}}}`,
	role.AppSecret:    `{"status":{"atProvider":{"arn":"arn:secret:app"}}}`,
	role.AppRole:      `{"status":{"atProvider":{"arn":"arn:role:app"}}}`,
	role.Database:     `{"status":{"atProvider":{"resourceId":"db-ABC","masterUserSecret":[{"secretArn":"arn:secret:db"}]}}}`,
	role.Distribution: `{"status":{"atProvider":{"arn":"` + DistributionARN + `"}}}`,
}
