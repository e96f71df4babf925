package cdn

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudfront"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/kinesis"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// accessLogFields lists the logged fields of a request (AWS documentation,
// "Standard logging reference"). It omits cookies and query strings, which can
// contain sessions and the signatures of private downloads.
var accessLogFields = []string{
	"date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status", "cs(User-Agent)",
	"x-edge-result-type", "x-edge-request-id", "x-host-header", "cs-protocol", "cs-bytes", "time-taken", "x-forwarded-for",
	"ssl-protocol", "ssl-cipher", "x-edge-response-result-type", "cs-protocol-version", "c-port", "time-to-first-byte",
	"x-edge-detailed-result-type", "sc-content-type", "sc-content-len", "sc-range-start", "sc-range-end",
}

// realtimeLogFields lists the same fields for real-time logs, in their fixed order
// (AWS documentation, "Use real-time logs").
var realtimeLogFields = []string{
	"timestamp", "c-ip", "time-to-first-byte", "sc-status", "sc-bytes", "cs-method", "cs-protocol", "cs-host", "cs-uri-stem", "cs-bytes",
	"x-edge-location", "x-edge-request-id", "x-host-header", "time-taken", "cs-protocol-version", "c-ip-version", "cs-user-agent",
	"x-forwarded-for", "ssl-protocol", "ssl-cipher", "x-edge-result-type", "sc-content-type", "sc-content-len", "sc-range-start",
	"sc-range-end", "c-port", "x-edge-detailed-result-type", "c-country", "cache-behavior-path-pattern",
}

// legacyLogging enables standard logging (legacy), which writes with the bucket's
// ACL.
func legacyLogging(s *settings.Settings) *cloudfront.LoggingConfigParameters {
	return &cloudfront.LoggingConfigParameters{
		Bucket:         new(s.Names.CDNLogsBucket + ".s3." + s.Partition.DNSSuffix),
		Prefix:         new("distribution/"),
		IncludeCookies: new(false),
	}
}

// composeLogDelivery adds standard logging (v2) through CloudWatch Logs, which
// CloudFront supports only in us-east-1 (AWS documentation, "Configure standard
// logging (v2)"). The bucket's policy comes first, because AWS would otherwise add
// its own. Source and destination are deleted after the delivery, because AWS does
// not delete them while it exists.
func composeLogDelivery(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.CDN.LogsV2 {
		for _, end := range []string{composed.LogSource, composed.LogDestination} {
			if observed.Has(composed.LogDelivery) && observed.Has(end) {
				set.Hold(end)
			}
		}
		return
	}
	distribution := observed.ARN(composed.Distribution)
	kit.AddByCloudControl(set, composed.LogSource, aws.GlobalRegion, "AWS::Logs::DeliverySource", map[string]any{
		"Name":        kit.LogName(s),
		"LogType":     "ACCESS_LOGS",
		"ResourceArn": distribution.Value,
		"Tags":        kit.CloudFormationTags(s),
	}, desired.Needs(distribution))
	kit.AddByCloudControl(set, composed.LogDestination, aws.GlobalRegion, "AWS::Logs::DeliveryDestination", map[string]any{
		"Name":                   kit.LogName(s),
		"DestinationResourceArn": s.Partition.ARN("s3", "", "", s.Names.CDNLogsBucket),
		"OutputFormat":           "w3c",
		"Tags":                   kit.CloudFormationTags(s),
	}, desired.Needs(observed.Ready(composed.Bucket(composed.CDNLogsBucket, composed.Policy))))
	kit.AddByCloudControl(set, composed.LogDelivery, aws.GlobalRegion, "AWS::Logs::Delivery", map[string]any{
		"DeliverySourceName":     kit.LogName(s),
		"DeliveryDestinationArn": s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "delivery-destination:"+kit.LogName(s)),
		"RecordFields":           accessLogFields,
		"Tags":                   kit.CloudFormationTags(s),
	}, desired.Needs(s.Account, observed.Ready(composed.LogSource), observed.Ready(composed.LogDestination)))
}

// composeRealtimeLogs adds real-time logs. All resources are in us-east-1, as the
// edge's key is. CloudFront validates the role when the configuration is created. A
// configuration that is no longer requested is kept while the distribution uses it.
func composeRealtimeLogs(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	logs := s.CDN.RealtimeLogs
	if logs == nil {
		used := observed.String(composed.Distribution, "status.atProvider.defaultCacheBehavior.realtimeLogConfigArn")
		if used != "" && observed.ARN(composed.RealtimeLogs).Value == used {
			set.Hold(composed.RealtimeLogs)
		}
		return
	}
	set.Add(composed.RealtimeStream, &kinesis.Stream{Spec: kinesis.StreamSpec{ForProvider: kinesis.StreamParameters{
		Region:            new(aws.GlobalRegion),
		StreamModeDetails: &kinesis.StreamModeDetailsParameters{StreamMode: new("ON_DEMAND")},
		EncryptionType:    new("KMS"),
		KMSKeyIDRef:       set.Ref(composed.EdgeKey),
		// One week (AWS Security Hub, Kinesis.3).
		RetentionPeriod: new(float64(168)),
		// Otherwise, AWS refuses to delete a stream with consumers.
		EnforceConsumerDeletion: new(true),
	}}}, desired.Named(kit.LogName(s)), desired.Before(composed.EdgeKey))
	composeRealtimeRole(s, observed, set)
	set.Add(composed.RealtimeLogs, &cloudfront.RealtimeLogConfig{Spec: cloudfront.RealtimeLogConfigSpec{ForProvider: cloudfront.RealtimeLogConfigParameters{
		Name:         new(kit.LogName(s)),
		SamplingRate: new(float64(logs.SamplingPercent)),
		Fields:       kit.Pointers(realtimeLogFields),
		Endpoint: &cloudfront.EndpointParameters{
			StreamType: new("Kinesis"),
			KinesisStreamConfig: &cloudfront.KinesisStreamConfigParameters{
				RoleArnRef:   set.Ref(composed.RealtimeRole),
				StreamArnRef: set.Ref(composed.RealtimeStream),
			},
		},
	}}}, desired.Needs(observed.Ready(composed.RealtimeRoleStream)))
}

// composeRealtimeRole adds CloudFront's role for the stream (AWS documentation,
// "Use real-time logs"). AWS does not document that CloudFront sends
// aws:SourceAccount when it assumes the role. A condition could therefore stop the
// logs.
func composeRealtimeRole(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.AddRole(s, set, composed.RealtimeRole, s.Stack+"-cdn-logs", "Writes the CDN's real-time logs", "cloudfront.amazonaws.com", nil)
	stream, key := observed.ARN(composed.RealtimeStream), observed.ARN(composed.EdgeKey)
	kit.AddRolePolicy(set, composed.RealtimeRoleStream, composed.RealtimeRole, "stream", []policy.Statement{
		{
			Sid: "WriteLogs", Effect: policy.Allow,
			Actions:   []string{"kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"},
			Resources: []string{stream.Value},
		},
		{Sid: "EncryptLogs", Effect: policy.Allow, Actions: []string{"kms:GenerateDataKey"}, Resources: []string{key.Value}, Condition: kit.ViaServiceIn(s, "kinesis", aws.GlobalRegion)},
	}, stream, key)
}

// composeMetrics adds the distribution's additional metrics, if the claim enables
// them.
func composeMetrics(s *settings.Settings, set *desired.Set) {
	if !s.CDN.AdditionalMetrics {
		return
	}
	set.Add(composed.Metrics, &cloudfront.MonitoringSubscription{Spec: cloudfront.MonitoringSubscriptionSpec{ForProvider: cloudfront.MonitoringSubscriptionParameters{
		DistributionIDRef: set.Ref(composed.Distribution),
		MonitoringSubscription: &cloudfront.MonitoringSubscriptionMonitoringSubscriptionParameters{
			RealtimeMetricsSubscriptionConfig: &cloudfront.RealtimeMetricsSubscriptionConfigParameters{RealtimeMetricsSubscriptionStatus: new("Enabled")},
		},
	}}})
}
