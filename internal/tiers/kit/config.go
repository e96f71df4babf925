package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// AwsConfig is AWS Config's service principal.
const AwsConfig = "config.amazonaws.com"

// DeliverConfig allows AWS Config to encrypt its deliveries (AWS documentation,
// "Permissions for the KMS Key for the AWS Config Delivery Channel").
func DeliverConfig(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "DeliverConfig",
		Effect:    policy.Allow,
		Principal: policy.Service(AwsConfig),
		Actions:   []string{"kms:Decrypt", "kms:GenerateDataKey"},
		Resources: []string{"*"},
		Condition: policy.StringEquals("aws:SourceAccount", s.Account.Value),
	}
}

// BucketARNs returns the ARNs of all buckets of the stack.
func BucketARNs(s *settings.Settings) []string {
	var arns []string
	for _, n := range BucketNames(s) {
		arns = append(arns, s.Partition.ARN("s3", "", "", n))
	}
	return arns
}
