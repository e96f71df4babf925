package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/sns"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// DeliveryLogGroup returns the log group of a topic's successful deliveries. Failed
// deliveries have another one below it (AWS documentation, "Amazon SNS message
// delivery status").
func DeliveryLogGroup(s *settings.Settings, region, topic string) string {
	return "sns/" + region + "/" + s.Account.Value + "/" + topic
}

// Failed is SNS's suffix for failed deliveries.
const Failed = "/Failure"

// DeliveryLogGroups returns the ARN pattern of all of them in a region.
func DeliveryLogGroups(s *settings.Settings, region string) string {
	return s.Partition.ARN("logs", region, s.Account.Value, "log-group:"+DeliveryLogGroup(s, region, s.Stack+"-*"))
}

// DeliveryLogs returns the log groups of a topic's deliveries, which SNS would
// otherwise create again.
func DeliveryLogs(s *settings.Settings, topic string) []string {
	if !s.Alarms.DeliveryLogs {
		return nil
	}
	return []string{composed.DeliveryLogGroup(topic), composed.FailureLogGroup(topic)}
}

// ComposeDeliveryRole adds the role with which SNS writes these logs. SNS requires
// permission to create the groups, although they exist. AWS does not document that
// SNS sends aws:SourceAccount when it assumes the role.
func ComposeDeliveryRole(s *settings.Settings, set *desired.Set) {
	if !s.Alarms.DeliveryLogs {
		return
	}
	groups := []string{DeliveryLogGroups(s, s.Region)}
	if region := EdgeRegion(s); region != s.Region {
		groups = append(groups, DeliveryLogGroups(s, region))
	}
	AddRole(s, set, composed.DeliveryRole, s.Stack+"-delivery", "Writes the delivery logs of SNS topics", "sns.amazonaws.com", nil)
	AddRolePolicy(set, composed.DeliveryRoleLogs, composed.DeliveryRole, "logs", []policy.Statement{{
		Sid: "WriteDeliveryLogs", Effect: policy.Allow,
		Actions:   []string{"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"},
		Resources: groups,
	}}, s.Account)
}

// LogDeliveries enables delivery logs of a topic for webhooks, functions and
// queues. E-mail has no logs. The provider keeps the resolved value of a reference,
// so disabling the logs requires an explicit empty value.
func LogDeliveries(s *settings.Settings, observed facts.Observed, set *desired.Set, t Topic, p *sns.TopicParameters) {
	if !s.Alarms.DeliveryLogs {
		if observed.String(t.Resource, "spec.forProvider.httpFailureFeedbackRoleArn") != "" {
			none := new("")
			p.HTTPSuccessFeedbackRoleArn, p.HTTPFailureFeedbackRoleArn = none, none
			p.LambdaSuccessFeedbackRoleArn, p.LambdaFailureFeedbackRoleArn = none, none
			p.SqsSuccessFeedbackRoleArn, p.SqsFailureFeedbackRoleArn = none, none
		}
		return
	}
	writer, all := set.Ref(composed.DeliveryRole), new(float64(100))
	p.HTTPSuccessFeedbackRoleArnRef, p.HTTPFailureFeedbackRoleArnRef, p.HTTPSuccessFeedbackSampleRate = writer, writer, all
	p.LambdaSuccessFeedbackRoleArnRef, p.LambdaFailureFeedbackRoleArnRef, p.LambdaSuccessFeedbackSampleRate = writer, writer, all
	p.SqsSuccessFeedbackRoleArnRef, p.SqsFailureFeedbackRoleArnRef, p.SqsSuccessFeedbackSampleRate = writer, writer, all
	key := composed.LogsKey
	if t.Region != s.Region {
		key = composed.EdgeKey
	}
	name := DeliveryLogGroup(s, t.Region, t.Name)
	ComposeLogGroup(s, set, LogGroup{Resource: composed.DeliveryLogGroup(t.Resource), Name: name, Region: t.Region, Key: key}, s.Account)
	ComposeLogGroup(s, set, LogGroup{Resource: composed.FailureLogGroup(t.Resource), Name: name + Failed, Region: t.Region, Key: key}, s.Account)
}
