package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// EdgeRegion returns the region of the edge's alarms. Without an edge, it is the
// stack's region.
func EdgeRegion(s *settings.Settings) string {
	if s.Partition.CloudFront {
		return aws.GlobalRegion
	}
	return s.Region
}

// AlarmsTopic returns the name of the topic for alarms.
func AlarmsTopic(s *settings.Settings) string { return s.Stack + "-alarms" }

// EncryptEvents allows EventBridge to publish to the encrypted topic in a region.
// Unlike CloudWatch, EventBridge sends no source to the key (AWS documentation,
// "Managing Amazon SNS encryption keys and costs"). The condition therefore names
// the topic, and the topic's policy names the source.
func EncryptEvents(s *settings.Settings, region string) policy.Statement {
	return policy.Statement{
		Sid:       "AnnounceEvents",
		Effect:    policy.Allow,
		Principal: policy.Service(EventBridge),
		Actions:   []string{"kms:Decrypt", "kms:GenerateDataKey"},
		Resources: []string{"*"},
		Condition: policy.StringEquals("kms:EncryptionContext:aws:sns:topicArn", TopicARN(s, region, AlarmsTopic(s))),
	}
}
