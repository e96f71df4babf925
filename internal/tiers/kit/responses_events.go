package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// EventBridge is EventBridge's service principal.
const EventBridge = "events.amazonaws.com"

// KeepUndelivered allows EventBridge to use the queue's key (AWS documentation,
// "Amazon SQS key management").
func KeepUndelivered(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "KeepUndeliveredEvents",
		Effect:    policy.Allow,
		Principal: policy.Service(EventBridge),
		Actions:   []string{"kms:Decrypt", "kms:GenerateDataKey"},
		Resources: []string{"*"},
		Condition: policy.StringEquals("aws:SourceAccount", s.Account.Value),
	}
}

// EdgeEvents reports whether the edge's events are in another region, in which the
// stack has a topic for the edge.
func EdgeEvents(s *settings.Settings) bool {
	return s.Partition.CloudFront && s.Region != aws.GlobalRegion && s.On(settings.TierResponses)
}
