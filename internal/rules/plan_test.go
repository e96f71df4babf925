package rules

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheckPlan(t *testing.T) {
	named := func(name string) func(fields) {
		return func(o fields) { o["metadata"] = fields{"annotations": fields{"crossplane.io/external-name": name}} }
	}
	cases := map[string]struct {
		kind     string
		fields   fields
		external string
		want     string
	}{
		"Unchecked":            {kind: "ec2/VPC", fields: fields{}},
		"Alarm":                {kind: "cloudwatch/MetricAlarm", fields: fields{"metricName": "CPU", "statistic": "Sum", "metricQuery": []any{"none", fields{"expression": "m1"}}}},
		"AlarmWithout":         {kind: "cloudwatch/MetricAlarm", fields: fields{"metricName": "CPU"}, want: "exactly one of statistic and extendedStatistic must be set"},
		"AlarmBoth":            {kind: "cloudwatch/MetricAlarm", fields: fields{"metricName": "CPU", "statistic": "Sum", "extendedStatistic": "p99"}, want: "exactly one of statistic and extendedStatistic must be set"},
		"AlarmQuery":           {kind: "cloudwatch/MetricAlarm", fields: fields{"metricQuery": []any{fields{"expression": "m1", "metric": fields{}}}}, want: "a metricQuery has both expression and metric"},
		"Recorder":             {kind: "configservice/ConfigurationRecorder", fields: fields{"recordingGroup": fields{"allSupported": true}}},
		"RecorderStrategy":     {kind: "configservice/ConfigurationRecorder", fields: fields{"recordingGroup": fields{"allSupported": true, "recordingStrategy": fields{"useOnly": "INCLUSION_BY_RESOURCE_TYPES"}}}, want: "allSupported requires the recording strategy ALL_SUPPORTED_RESOURCE_TYPES"},
		"RecorderList":         {kind: "configservice/ConfigurationRecorder", fields: fields{"recordingGroup": fields{"allSupported": true, "resourceTypes": []any{"AWS::EC2::VPC"}, "recordingStrategy": fields{"useOnly": "ALL_SUPPORTED_RESOURCE_TYPES"}}}, want: "allSupported cannot be combined with lists of resource types"},
		"RecorderSome":         {kind: "configservice/ConfigurationRecorder", fields: fields{"recordingGroup": fields{"recordingStrategy": fields{"useOnly": "INCLUSION_BY_RESOURCE_TYPES"}}}},
		"Gateway":              {kind: "ec2/NATGateway", fields: fields{"allocationId": "eipalloc-1"}},
		"GatewayPrivate":       {kind: "ec2/NATGateway", fields: fields{"connectivityType": "private", "allocationId": "eipalloc-1"}, want: "a private NAT gateway cannot have Elastic IP addresses"},
		"GatewayCount":         {kind: "ec2/NATGateway", fields: fields{"secondaryPrivateIpAddressCount": int64(1)}, want: "a public NAT gateway cannot have secondaryPrivateIpAddressCount"},
		"Stream":               {kind: "kinesis/Stream", fields: fields{"shardCount": int64(1)}},
		"StreamOnDemand":       {kind: "kinesis/Stream", fields: fields{"shardCount": int64(1), "streamModeDetails": fields{"streamMode": "ON_DEMAND"}}, want: "shardCount must be set if and only if the stream is not ON_DEMAND"},
		"Function":             {kind: "lambda/Function", fields: fields{"handler": "h", "runtime": "python3.13"}},
		"FunctionImage":        {kind: "lambda/Function", fields: fields{"packageType": "Image"}},
		"FunctionWithout":      {kind: "lambda/Function", fields: fields{"handler": "h"}, want: "a function from a Zip archive requires handler and runtime"},
		"Logging":              {kind: "networkfirewall/LoggingConfiguration", fields: fields{"loggingConfiguration": fields{"logDestinationConfig": []any{fields{"logType": "FLOW"}, fields{"logType": "ALERT"}}}}},
		"LoggingTwice":         {kind: "networkfirewall/LoggingConfiguration", fields: fields{"loggingConfiguration": fields{"logDestinationConfig": []any{fields{"logType": "FLOW"}, fields{"logType": "FLOW"}}}}, want: "logType FLOW has more than one destination"},
		"Topic":                {kind: "sns/Topic", external: "shop-alarms"},
		"TopicName":            {kind: "sns/Topic", external: "shop.alarms", want: `invalid name "shop.alarms"`},
		"TopicFIFO":            {kind: "sns/Topic", external: "shop-alarms", fields: fields{"archivePolicy": "{}"}, want: "archivePolicy requires fifoTopic"},
		"Subscription":         {kind: "sns/TopicSubscription", fields: fields{"filterPolicy": "{}", "filterPolicyScope": "MessageBody"}},
		"SubscriptionScope":    {kind: "sns/TopicSubscription", fields: fields{"filterPolicyScope": "MessageBody"}, want: "filterPolicyScope requires filterPolicy"},
		"Queue":                {kind: "sqs/Queue", fields: fields{"name": "shop-dead-letters"}},
		"QueueFIFO":            {kind: "sqs/Queue", fields: fields{"name": "shop.fifo", "fifoQueue": true, "contentBasedDeduplication": true}},
		"QueueName":            {kind: "sqs/Queue", fields: fields{"name": "shop.fifo"}, want: `invalid name "shop.fifo"`},
		"QueueDeduplication":   {kind: "sqs/Queue", fields: fields{"name": "shop", "contentBasedDeduplication": true}, want: "contentBasedDeduplication requires fifoQueue"},
		"QueueNameAFIFOSuffix": {kind: "sqs/Queue", fields: fields{"name": "shop", "fifoQueue": true}, want: `invalid name "shop"`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, CheckPlan(tc.kind, object(tc.fields, named(tc.external)))); diff != "" {
				t.Errorf("\nCustomizeDiff refuses what it refuses in Terraform.\nCheckPlan(...): -want, +got:\n%s", diff)
			}
		})
	}
}

// TestPlans verifies that exactly the rules that are marked as checked are checked.
func TestPlans(t *testing.T) {
	plans, err := Plans()
	if err != nil {
		t.Fatal(err)
	}
	for kind, plan := range plans {
		if _, ok := checks[kind]; ok != plan.Checked || plan.Rule == "" {
			t.Errorf("\nplan.yaml says what the rule is, and whether it is checked.\n%s: checked %v", kind, ok)
		}
	}
}
