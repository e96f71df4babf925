package references

import "testing"

// TestUnresolvedMetrics checks the metrics of alarms and dashboards.
func TestUnresolvedMetrics(t *testing.T) {
	testUnresolved(t, map[string]unresolvedCase{
		"WrongDimension": {
			reason: "The alarm never rings.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-cpu", forProvider: `{"region":"eu-west-1","namespace":"AWS/RDS","metricName":"CPUUtilization","dimensions":{"DBInstanceIdentifier":"shop"}}`},
			want:   []Finding{{Field: "metricName", Text: "DBInstanceIdentifier shop", Why: "the stack has no database instance with this name"}},
		},
		"DimensionOfAnotherRegion": {
			reason: "The metric is where the queue is.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-letters", forProvider: `{"region":"eu-west-1","namespace":"AWS/SQS","metricName":"ApproximateNumberOfMessagesVisible","dimensions":{"QueueName":"shop-abc-letters"}}`},
			want:   []Finding{{Field: "metricName", Text: "QueueName shop-abc-letters", Why: "the stack has this queue in us-east-1, not in eu-west-1"}},
		},
		"WrongDimensionName": {
			reason: "RDS sends it by other dimensions.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-lag", forProvider: `{"region":"eu-west-1","namespace":"AWS/RDS","metricName":"AuroraReplicaLagMaximum","dimensions":{"DBInstanceIdentifier":"shop-abc-db"}}`},
			want:   []Finding{{Field: "metricName", Text: "AuroraReplicaLagMaximum by DBInstanceIdentifier", Why: "AWS sends this metric with other dimensions"}},
		},
		"UnknownMetric": {
			reason: "RDS does not send it.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-cpu", forProvider: `{"region":"eu-west-1","namespace":"AWS/RDS","metricName":"CpuUtilization","dimensions":{"DBInstanceIdentifier":"shop-abc-db"}}`},
			want:   []Finding{{Field: "metricName", Text: "AWS/RDS CpuUtilization", Why: "AWS does not send this metric"}},
		},
		"MetricOfTheEdge": {
			reason: "CloudFront sends it elsewhere.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-cdn", forProvider: `{"region":"eu-west-1","namespace":"AWS/CloudFront","metricName":"Requests","dimensions":{"DistributionId":"E2ABCDEFGHIJK","Region":"Global"}}`},
			want:   []Finding{{Field: "metricName", Text: "AWS/CloudFront Requests", Why: "AWS sends this metric in us-east-1 only, not in eu-west-1"}},
		},
		"UnfilteredMetric": {
			reason: "No metric filter sends it.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-iam", forProvider: `{"region":"eu-west-1","namespace":"shop-abc/audit","metricName":"IAMChanges"}`},
			want:   []Finding{{Field: "metricName", Text: "shop-abc/audit IAMChanges", Why: "the stack has no metric with this name"}},
		},
		"Graph": {
			reason: "A graph stays empty.",
			args:   args{kind: "cloudwatch/Dashboard", external: "shop-abc", forProvider: `{"dashboardBody":` + quoted(`{"widgets":[{"properties":{"region":"eu-west-1","metrics":[["AWS/Lambda","Errors","FunctionName","shop-abc-none"]]}}]}`) + `}`},
			want: []Finding{
				{Field: "dashboardBody", Text: "FunctionName shop-abc-none", Why: "the stack has no function with this name"},
				{Field: "dashboardBody.widgets[].properties.metrics[][]", Text: "shop-abc-none", Why: "the stack has no resource with this name"},
			},
		},

		"FixedDimension": {
			reason: "CloudFront sends its metrics for the whole world.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-cdn", forProvider: `{"region":"us-east-1","namespace":"AWS/CloudFront","metricName":"Requests","dimensions":{"DistributionId":"E2ABCDEFGHIJK","Region":"Global"}}`},
		},
		"WrongFixedDimension": {
			reason: "Not for one region.",
			args:   args{kind: "cloudwatch/MetricAlarm", external: "shop-abc-cdn", forProvider: `{"region":"us-east-1","namespace":"AWS/CloudFront","metricName":"Requests","dimensions":{"DistributionId":"E2ABCDEFGHIJK","Region":"us-east-1"}}`},
			want:   []Finding{{Field: "metricName", Text: "Region us-east-1", Why: "the dimension is always Global"}},
		},
		"DimensionWithoutValue": {
			reason: "CloudWatch refuses the graph.",
			args:   args{kind: "cloudwatch/Dashboard", external: "shop-abc", forProvider: `{"dashboardBody":` + quoted(`{"widgets":[{"properties":{"region":"eu-west-1","metrics":[["AWS/RDS","CPUUtilization","DBInstanceIdentifier"]]}}]}`) + `}`},
			want:   []Finding{{Field: "dashboardBody", Text: "AWS/RDS CPUUtilization DBInstanceIdentifier", Why: "not a metric with dimensions"}},
		},
	})
}

// TestUnresolvedOrigins checks the origins in a distribution's behaviors.
func TestUnresolvedOrigins(t *testing.T) {
	testUnresolved(t, map[string]unresolvedCase{
		"WrongOrigin": {
			reason: "The behavior has nowhere to go.",
			args:   args{kind: "cloudfront/Distribution", external: "E2ABCDEFGHIJK", forProvider: `{"origin":[{"originId":"assets"}],"defaultCacheBehavior":{"targetOriginId":"replica"}}`},
			want:   []Finding{{Field: "defaultCacheBehavior.targetOriginId", Text: "replica", Why: "the distribution has no origin with this ID"}},
		},
	})
}
