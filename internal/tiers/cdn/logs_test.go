package cdn_test

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	v2          = `{"region":"eu-west-1","cdn":{"accessLogs":"V2"}}`
	streamARN   = "arn:aws:kinesis:us-east-1:123456789012:stream/cdn"
	realtimeARN = "arn:aws:cloudfront::123456789012:realtime-log-config/cdn"
	edgeKeyARN  = "arn:aws:kms:us-east-1:123456789012:key/edge"
)

// tagsOfStack contains the tags of the stack in CloudFormation's format.
const tagsOfStack = `"Tags":[{"Key":"platform.secure-ecommerce.dev/environment","Value":"production"},` +
	`{"Key":"platform.secure-ecommerce.dev/owner","Value":"team-a/shop"},{"Key":"platform.secure-ecommerce.dev/stack","Value":"STACK"}]`

func TestAccessLogs(t *testing.T) {
	ownership := composed.Bucket(composed.CDNLogsBucket, composed.Ownership)
	delivering := map[string]string{composed.LogDelivery: known("D1", ""), composed.LogSource: known("shop", ""), composed.LogDestination: known("shop", "")}
	ended := maps.Clone(delivering)
	delete(ended, composed.LogDelivery)
	tags := tagsFor(tiertest.Prefix)
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"LegacyByDefault": {
			Reason:   "What AWS Config and scanners look for is the default.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.LogSource,
			Missing:  true,
		},
		"DistributionDoesNotLogTwice": {
			Reason: "With the newer service CloudFront writes nothing by ACL, so nothing waits for one.",
			Spec:   v2,
			Observed: map[string]string{
				composed.ResponseHeadersPolicy: `{"metadata":{"annotations":{"crossplane.io/external-name":"policy-id"}}}`,
				composed.WebACL:                tiertest.HasARN("arn:acl"),
			},
			Resource: composed.Distribution,
			Want:     map[string]any{"loggingConfig": tiertest.Absent{}},
		},
		"NoACL": {
			Reason:   "A new bucket has none (CDN-08).",
			Spec:     v2,
			Resource: ownership,
			Want:     map[string]any{"rule.objectOwnership": "BucketOwnerEnforced"},
		},
		"NoACLIsMade": {
			Reason:   "None is made either.",
			Spec:     v2,
			Resource: composed.Bucket(composed.CDNLogsBucket, composed.ACL),
			Missing:  true,
		},
		"ACLStays": {
			Reason:   "S3 refuses to disable the ACLs of a bucket that grants something by one.",
			Spec:     v2,
			Observed: map[string]string{composed.Bucket(composed.CDNLogsBucket, composed.ACL): tiertest.IsReady},
			Resource: ownership,
			Want:     map[string]any{"rule.objectOwnership": "BucketOwnerPreferred"},
		},
		"ACLStaysWhenItIsNotSeen": {
			Reason:   "An observation can be missing.",
			Spec:     v2,
			Observed: map[string]string{ownership: `{"spec":{"forProvider":{"rule":{"objectOwnership":"BucketOwnerPreferred"}}}}`},
			Resource: composed.Bucket(composed.CDNLogsBucket, composed.ACL),
			Waits:    true,
		},
		"PolicyWaitsForTheAccount": {
			Reason:   "Logs are delivered for this account only.",
			Spec:     v2,
			Input:    tiertest.NoInput(),
			Resource: composed.Bucket(composed.CDNLogsBucket, composed.Policy),
			Waits:    true,
		},
		"SourceWaits": {
			Reason:   "A source names the distribution.",
			Spec:     v2,
			Resource: composed.LogSource,
			Waits:    true,
		},
		"Source": {
			Reason:   "CloudFront's logs come from us-east-1, wherever the stack is (CDN-08).",
			Spec:     v2,
			Observed: map[string]string{composed.Distribution: tiertest.HasARN(tiertest.DistributionARN)},
			Resource: composed.LogSource,
			Want: map[string]any{
				"region": "us-east-1", "typeName": "AWS::Logs::DeliverySource",
				"desiredState": `{"LogType":"ACCESS_LOGS","Name":"` + tiertest.Prefix + `-cdn","ResourceArn":"` + tiertest.DistributionARN + `",` + tags + `}`,
			},
		},
		"DestinationWaitsForThePolicy": {
			Reason:   "AWS would write a policy of its own.",
			Spec:     v2,
			Resource: composed.LogDestination,
			Waits:    true,
		},
		"Destination": {
			Reason:   "Logs stay in the bucket that the legacy ones are in, in the same form.",
			Spec:     v2,
			Observed: map[string]string{composed.Bucket(composed.CDNLogsBucket, composed.Policy): tiertest.IsReady},
			Resource: composed.LogDestination,
			Want: map[string]any{
				"region": "us-east-1", "typeName": "AWS::Logs::DeliveryDestination",
				"desiredState": `{"DestinationResourceArn":"arn:aws:s3:::` + tiertest.Prefix + `-cdn-logs","Name":"` + tiertest.Prefix + `-cdn","OutputFormat":"w3c",` + tags + `}`,
			},
		},
		"DeliveryWaits": {
			Reason:   "A delivery is between two ends.",
			Spec:     v2,
			Observed: map[string]string{composed.LogSource: tiertest.IsReady},
			Resource: composed.LogDelivery,
			Waits:    true,
		},
		"Delivery": {
			Reason:   "Neither cookies nor queries are logged.",
			Spec:     v2,
			Observed: map[string]string{composed.LogSource: tiertest.IsReady, composed.LogDestination: tiertest.IsReady},
			Resource: composed.LogDelivery,
			Want: map[string]any{
				"region": "us-east-1", "typeName": "AWS::Logs::Delivery",
				"desiredState": `{"DeliveryDestinationArn":"arn:aws:logs:us-east-1:123456789012:delivery-destination:` + tiertest.Prefix + `-cdn","DeliverySourceName":"` + tiertest.Prefix + `-cdn",` +
					`"RecordFields":["date","time","x-edge-location","sc-bytes","c-ip","cs-method","cs(Host)","cs-uri-stem","sc-status","cs(User-Agent)","x-edge-result-type","x-edge-request-id",` +
					`"x-host-header","cs-protocol","cs-bytes","time-taken","x-forwarded-for","ssl-protocol","ssl-cipher","x-edge-response-result-type","cs-protocol-version","c-port",` +
					`"time-to-first-byte","x-edge-detailed-result-type","sc-content-type","sc-content-len","sc-range-start","sc-range-end"],` + tags + `}`,
			},
		},
		"DeliveryGoesFirst": {
			Reason:   "Back to the legacy logs: AWS deletes no end of a delivery.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: delivering,
			Resource: composed.LogDelivery,
			Missing:  true,
		},
		"SourceStaysAsLong": {
			Reason:   "So the ends stay as long as it is there.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: delivering,
			Resource: composed.LogSource,
			Want:     map[string]any{".spec": map[string]any{"held": true}},
		},
		"DestinationStaysAsLong": {
			Reason:   "Both of them.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: delivering,
			Resource: composed.LogDestination,
			Want:     map[string]any{".spec": map[string]any{"held": true}},
		},
		"SourceGoesAfterwards": {
			Reason:   "And no longer.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: ended,
			Resource: composed.LogSource,
			Missing:  true,
		},
		"NoneWithoutCloudFront": {
			Reason:   "Where there is no CDN nothing is logged.",
			Spec:     `{"region":"us-gov-west-1"}`,
			Resource: composed.LogDelivery,
			Missing:  true,
		},
	})
}

// tagsFor returns the tags of a stack in CloudFormation's format.
func tagsFor(stack string) string {
	return tagsOfStack[:len(tagsOfStack)-len(`STACK"}]`)] + stack + `"}]`
}

func TestAccessLogPolicies(t *testing.T) {
	source := map[string]any{"aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:delivery-source:" + tiertest.Prefix + "-cdn"}
	cases := map[string]struct {
		reason            string
		resourceName, sid string
		want              map[string]any
	}{
		"Bucket": {
			reason:       "The delivery of this distribution's logs writes, below its own prefix (CDN-08).",
			resourceName: composed.Bucket(composed.CDNLogsBucket, composed.Policy), sid: "DeliverCDNLogs",
			want: map[string]any{
				"Sid": "DeliverCDNLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "delivery.logs.amazonaws.com"}, "Action": "s3:PutObject",
				"Resource": "arn:aws:s3:::" + tiertest.Prefix + "-cdn-logs/AWSLogs/123456789012/*",
				"Condition": map[string]any{
					"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account, "s3:x-amz-acl": "bucket-owner-full-control"}, "ArnLike": source,
				},
			},
		},
		"Key": {
			reason:       "And encrypts.",
			resourceName: composed.LogsKey, sid: "DeliverCDNLogsV2",
			want: map[string]any{
				"Sid": "DeliverCDNLogsV2", "Effect": "Allow", "Principal": map[string]any{"Service": "delivery.logs.amazonaws.com"}, "Resource": "*",
				"Action":    []any{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"},
				"Condition": map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account}, "ArnLike": source},
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := tiertest.Statements(t, tiertest.Composed(t, v2, nil, tiertest.Platform()).Resources[tc.resourceName], "policy")[tc.sid]
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, tc.sid, diff)
			}
		})
	}
}

func TestRealtimeLogs(t *testing.T) {
	spec := `{"region":"eu-west-1","cdn":{"realtimeLogs":{"samplingPercent":5}}}`
	logging := `"defaultCacheBehavior":{"realtimeLogConfigArn":"` + realtimeARN + `"}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotAskedFor": {
			Reason:   "A stream is charged by the hour.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.RealtimeStream,
			Missing:  true,
		},
		"Stream": {
			Reason:   "It is encrypted by the key of the edge, grows by itself and keeps a week.",
			Spec:     spec,
			Resource: composed.RealtimeStream,
			Want: map[string]any{
				"region": "us-east-1", "streamModeDetails.streamMode": "ON_DEMAND", "encryptionType": "KMS", "kmsKeyIdRef.name": "shop-edge-key", "retentionPeriod": float64(168),
				"enforceConsumerDeletion": true, ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-cdn",
			},
		},
		"PermissionWaits": {
			Reason:   "The permission names stream and key.",
			Spec:     spec,
			Resource: composed.RealtimeRoleStream,
			Waits:    true,
		},
		"ConfigWaitsForThePermission": {
			Reason:   "CloudFront tries out its role.",
			Spec:     spec,
			Resource: composed.RealtimeLogs,
			Waits:    true,
		},
		"Config": {
			Reason:   "As many requests as the claim says, and of them no cookies, headers, queries or referrers (CDN-30).",
			Spec:     spec,
			Observed: map[string]string{composed.RealtimeRoleStream: tiertest.IsReady},
			Resource: composed.RealtimeLogs,
			Want: map[string]any{
				"name": tiertest.Prefix + "-cdn", "samplingRate": float64(5), "endpoint.streamType": "Kinesis", "endpoint.kinesisStreamConfig.roleArnRef.name": "shop-cdn-realtime-role",
				"endpoint.kinesisStreamConfig.streamArnRef.name": "shop-cdn-realtime-stream",
				"fields": []any{
					"timestamp", "c-ip", "time-to-first-byte", "sc-status", "sc-bytes", "cs-method", "cs-protocol", "cs-host", "cs-uri-stem", "cs-bytes", "x-edge-location", "x-edge-request-id",
					"x-host-header", "time-taken", "cs-protocol-version", "c-ip-version", "cs-user-agent", "x-forwarded-for", "ssl-protocol", "ssl-cipher", "x-edge-result-type", "sc-content-type",
					"sc-content-len", "sc-range-start", "sc-range-end", "c-port", "x-edge-detailed-result-type", "c-country", "cache-behavior-path-pattern",
				},
			},
		},
		"DistributionWaits": {
			Reason:   "The distribution names the configuration by its ARN.",
			Spec:     spec,
			Observed: seen(nil),
			Resource: composed.Distribution,
			Waits:    true,
		},
		"Distribution": {
			Reason: "All of its files are logged, private ones too.",
			Spec: `{"region":"eu-west-1","cdn":{"realtimeLogs":{},"privateDownloads":{"publicKeys":["-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqoM9n2T4qzXzGIK/XhNhTVzEgUbG` +
				`\nOBMzfSW/QaqSG2vHWuzosZA7kD76bd/2fKtxwb8eZTwC8hlUPfmk8k3tbg==\n-----END PUBLIC KEY-----\n"]}}}`,
			Observed: seen(map[string]string{composed.RealtimeLogs: tiertest.HasARN(realtimeARN), composed.KeyGroup: known("group", "")}),
			Resource: composed.Distribution,
			Want:     map[string]any{"defaultCacheBehavior.realtimeLogConfigArn": realtimeARN, "orderedCacheBehavior[0].realtimeLogConfigArn": realtimeARN},
		},
		"ConfigStaysInUse": {
			Reason:   "CloudFront deletes no configuration that a distribution uses.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.Distribution: known("E1", logging), composed.RealtimeLogs: known(realtimeARN, `"arn":"`+realtimeARN+`"`)},
			Resource: composed.RealtimeLogs,
			Want:     map[string]any{".spec": map[string]any{"held": true}},
		},
		"ConfigGoesAfterwards": {
			Reason:   "Afterwards it goes.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.Distribution: known("E1", ""), composed.RealtimeLogs: known(realtimeARN, `"arn":"`+realtimeARN+`"`)},
			Resource: composed.RealtimeLogs,
			Missing:  true,
		},
	})
}

func TestRealtimeRole(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1","cdn":{"realtimeLogs":{}}}`, map[string]string{composed.RealtimeStream: tiertest.HasARN(streamARN), composed.EdgeKey: tiertest.HasARN(edgeKeyARN)}, tiertest.Platform())
	want := map[string]map[string]any{
		"WriteLogs": {
			"Sid": "WriteLogs", "Effect": "Allow", "Resource": streamARN,
			"Action": []any{"kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"},
		},
		"EncryptLogs": {
			"Sid": "EncryptLogs", "Effect": "Allow", "Action": "kms:GenerateDataKey", "Resource": edgeKeyARN,
			"Condition": map[string]any{"StringEquals": map[string]any{"kms:ViaService": "kinesis.us-east-1.amazonaws.com"}},
		},
	}
	if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[composed.RealtimeRoleStream], "policy")); diff != "" {
		t.Errorf("\nCloudFront writes to one stream and encrypts with its key, no more.\npolicy: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(streamARN, s.Status.CDN.RealtimeLogsStreamARN); diff != "" {
		t.Errorf("\nWho reads the stream must know it.\nrealtimeLogsStreamArn: -want, +got:\n%s", diff)
	}
}

func TestMetrics(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotAskedFor": {
			Reason:   "They are charged for.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Metrics,
			Missing:  true,
		},
		"Metrics": {
			Reason:   "Errors by code and the origin's latency show (CDN-29).",
			Spec:     `{"region":"eu-west-1","cdn":{"additionalMetrics":true}}`,
			Resource: composed.Metrics,
			Want:     map[string]any{"distributionIdRef.name": "shop-cdn-distribution", "monitoringSubscription.realtimeMetricsSubscriptionConfig.realtimeMetricsSubscriptionStatus": "Enabled"},
		},
	})
}
