package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// LogDelivery is who delivers logs of other services.
const LogDelivery = "delivery.logs.amazonaws.com"

// LogName is the name of both ends of the delivery of the CDN's logs.
func LogName(s *settings.Settings) string { return s.Stack + "-cdn" }

// ByLogSource is the condition that logs of the stack's own distribution are
// delivered.
func ByLogSource(s *settings.Settings) policy.Condition {
	source := s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "delivery-source:"+LogName(s))
	return From(s, source)
}

// DeliverCDNLogs lets the delivery write to the bucket of CDN logs, below the
// prefix that it always uses.
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
