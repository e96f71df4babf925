package kit

import (
	"encoding/json"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// EventBridge is who delivers events.
const EventBridge = "events.amazonaws.com"

// EventPattern is fields of an event as canonical JSON, by which EventBridge selects.
func EventPattern(fields map[string]any) string {
	b, _ := json.Marshal(fields) //nolint:errchkjson // Maps and lists of texts, numbers and booleans always marshal.
	return string(b)
}

// KeepUndelivered lets EventBridge use the key of the queue (AWS documentation,
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

// EdgeEvents is whether that is another region, in which the stack has the
// topic of the edge.
func EdgeEvents(s *settings.Settings) bool {
	return s.Partition.CloudFront && s.Region != aws.GlobalRegion && s.On(settings.TierResponses)
}
