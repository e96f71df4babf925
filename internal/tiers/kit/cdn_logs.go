package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// LogDelivery is the service principal of log delivery.
const LogDelivery = "delivery.logs.amazonaws.com"

// LogName returns the name of source and destination of the CDN's log delivery.
func LogName(s *settings.Settings) string { return s.Stack + "-cdn" }

// ByLogSource returns a condition that logs come from the stack's own distribution.
func ByLogSource(s *settings.Settings) policy.Condition {
	source := s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "delivery-source:"+LogName(s))
	return From(s, source)
}

// DeliverCDNLogs allows log delivery to write to the bucket of CDN logs, below its
// fixed prefix.
func DeliverCDNLogs(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "DeliverCDNLogs",
		Effect:    policy.Allow,
		Principal: policy.Service(LogDelivery),
		Actions:   []string{"s3:PutObject"},
		Resources: []string{s.Partition.ARN("s3", "", "", s.Names.CDNLogsBucket+"/AWSLogs/"+s.Account.Value+"/*")},
		Condition: ByLogSource(s).And(policy.Condition{"StringEquals": {"s3:x-amz-acl": {"bucket-owner-full-control"}}}),
	}
}
