package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// EdgeRegion is where the edge's alarms are, the stack's own region where there
// is no edge.
func EdgeRegion(s *settings.Settings) string {
	if s.Partition.CloudFront {
		return aws.GlobalRegion
	}
	return s.Region
}

// AlarmsTopic is the name of the topic of the alarms.
func AlarmsTopic(s *settings.Settings) string { return s.Stack + "-alarms" }

// EncryptEvents lets EventBridge publish to the topic in a region. Unlike
// CloudWatch, EventBridge names no source to the key of a topic (AWS
// documentation, "Managing Amazon SNS encryption keys and costs"), but SNS names
// the topic, whose own policy names the source.
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
