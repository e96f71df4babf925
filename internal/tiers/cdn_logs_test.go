package tiers

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

const (
	v2          = `{"region":"eu-west-1","cdn":{"accessLogs":"V2"}}`
	streamARN   = "arn:aws:kinesis:us-east-1:123456789012:stream/cdn"
	realtimeARN = "arn:aws:cloudfront::123456789012:realtime-log-config/cdn"
	edgeKeyARN  = "arn:aws:kms:us-east-1:123456789012:key/edge"
)

// tagsOfStack is the tags of the stack in tests as CloudFormation takes them.
const tagsOfStack = `"Tags":[{"Key":"platform.secure-ecommerce.dev/environment","Value":"production"},` +
	`{"Key":"platform.secure-ecommerce.dev/owner","Value":"team-a/shop"},{"Key":"platform.secure-ecommerce.dev/stack","Value":"STACK"}]`

func TestAccessLogs(t *testing.T) {
	ownership := role.Bucket(role.CDNLogsBucket, role.Ownership)
	delivering := map[string]string{role.LogDelivery: known("D1", ""), role.LogSource: known("shop", ""), role.LogDestination: known("shop", "")}
	ended := maps.Clone(delivering)
	delete(ended, role.LogDelivery)
	tags := tagsFor(prefix)
	runTierCases(t, map[string]tierCase{
		"LegacyByDefault": {
			reason:  "What AWS Config and scanners look for is the default.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.LogSource,
			missing: true,
		},
		"DistributionDoesNotLogTwice": {
			reason: "With the newer service CloudFront writes nothing by ACL, so nothing waits for one.",
			spec:   v2,
			observed: map[string]string{
				role.ResponseHeadersPolicy: `{"metadata":{"annotations":{"crossplane.io/external-name":"policy-id"}}}`,
				role.WebACL:                hasARN("arn:acl"),
			},
			role: role.Distribution,
			want: map[string]any{"loggingConfig": absent{}},
		},
		"NoACL": {
			reason: "A new bucket has none (CDN-08).",
			spec:   v2,
			role:   ownership,
			want:   map[string]any{"rule.objectOwnership": "BucketOwnerEnforced"},
		},
		"NoACLIsMade": {
			reason:  "None is made either.",
			spec:    v2,
			role:    role.Bucket(role.CDNLogsBucket, role.ACL),
			missing: true,
		},
		"ACLStays": {
			reason:   "S3 refuses to disable the ACLs of a bucket that grants something by one.",
			spec:     v2,
			observed: map[string]string{role.Bucket(role.CDNLogsBucket, role.ACL): isReady},
			role:     ownership,
			want:     map[string]any{"rule.objectOwnership": "BucketOwnerPreferred"},
		},
		"ACLStaysWhenItIsNotSeen": {
			reason:   "An observation can be missing.",
			spec:     v2,
			observed: map[string]string{ownership: `{"spec":{"forProvider":{"rule":{"objectOwnership":"BucketOwnerPreferred"}}}}`},
			role:     role.Bucket(role.CDNLogsBucket, role.ACL),
			waits:    true,
		},
		"PolicyWaitsForTheAccount": {
			reason: "Logs are delivered for this account only.",
			spec:   v2,
			input:  noInput(),
			role:   role.Bucket(role.CDNLogsBucket, role.Policy),
			waits:  true,
		},
		"SourceWaits": {
			reason: "A source names the distribution.",
			spec:   v2,
			role:   role.LogSource,
			waits:  true,
		},
		"Source": {
			reason:   "CloudFront's logs come from us-east-1, wherever the stack is (CDN-08).",
			spec:     v2,
			observed: map[string]string{role.Distribution: hasARN(distributionARN)},
			role:     role.LogSource,
			want: map[string]any{
				"region": "us-east-1", "typeName": "AWS::Logs::DeliverySource",
				"desiredState": `{"LogType":"ACCESS_LOGS","Name":"` + prefix + `-cdn","ResourceArn":"` + distributionARN + `",` + tags + `}`,
			},
		},
		"DestinationWaitsForThePolicy": {
			reason: "AWS would write a policy of its own.",
			spec:   v2,
			role:   role.LogDestination,
			waits:  true,
		},
		"Destination": {
			reason:   "Logs stay in the bucket that the legacy ones are in, in the same form.",
			spec:     v2,
			observed: map[string]string{role.Bucket(role.CDNLogsBucket, role.Policy): isReady},
			role:     role.LogDestination,
			want: map[string]any{
				"region": "us-east-1", "typeName": "AWS::Logs::DeliveryDestination",
				"desiredState": `{"DestinationResourceArn":"arn:aws:s3:::` + prefix + `-cdn-logs","Name":"` + prefix + `-cdn","OutputFormat":"w3c",` + tags + `}`,
			},
		},
		"DeliveryWaits": {
			reason:   "A delivery is between two ends.",
			spec:     v2,
			observed: map[string]string{role.LogSource: isReady},
			role:     role.LogDelivery,
			waits:    true,
		},
		"Delivery": {
			reason:   "Neither cookies nor queries are logged.",
			spec:     v2,
			observed: map[string]string{role.LogSource: isReady, role.LogDestination: isReady},
			role:     role.LogDelivery,
			want: map[string]any{
				"region": "us-east-1", "typeName": "AWS::Logs::Delivery",
				"desiredState": `{"DeliveryDestinationArn":"arn:aws:logs:us-east-1:123456789012:delivery-destination:` + prefix + `-cdn","DeliverySourceName":"` + prefix + `-cdn",` +
					`"RecordFields":["date","time","x-edge-location","sc-bytes","c-ip","cs-method","cs(Host)","cs-uri-stem","sc-status","cs(User-Agent)","x-edge-result-type","x-edge-request-id",` +
					`"x-host-header","cs-protocol","cs-bytes","time-taken","x-forwarded-for","ssl-protocol","ssl-cipher","x-edge-response-result-type","cs-protocol-version","c-port",` +
					`"time-to-first-byte","x-edge-detailed-result-type","sc-content-type","sc-content-len","sc-range-start","sc-range-end"],` + tags + `}`,
			},
		},
		"DeliveryGoesFirst": {
			reason:   "Back to the legacy logs: AWS deletes no end of a delivery.",
			spec:     `{"region":"eu-west-1"}`,
			observed: delivering,
			role:     role.LogDelivery,
			missing:  true,
		},
		"SourceStaysAsLong": {
			reason:   "So the ends stay as long as it is there.",
			spec:     `{"region":"eu-west-1"}`,
			observed: delivering,
			role:     role.LogSource,
			want:     map[string]any{".spec": map[string]any{"held": true}},
		},
		"DestinationStaysAsLong": {
			reason:   "Both of them.",
			spec:     `{"region":"eu-west-1"}`,
			observed: delivering,
			role:     role.LogDestination,
			want:     map[string]any{".spec": map[string]any{"held": true}},
		},
		"SourceGoesAfterwards": {
			reason:   "And no longer.",
			spec:     `{"region":"eu-west-1"}`,
			observed: ended,
			role:     role.LogSource,
			missing:  true,
		},
		"NoneWithoutCloudFront": {
			reason:  "Where there is no CDN nothing is logged.",
			spec:    `{"region":"us-gov-west-1"}`,
			role:    role.LogDelivery,
			missing: true,
		},
	})
}

// tagsFor is the tags of a stack as CloudFormation takes them.
func tagsFor(stack string) string {
	return tagsOfStack[:len(tagsOfStack)-len(`STACK"}]`)] + stack + `"}]`
}

func TestAccessLogPolicies(t *testing.T) {
	source := map[string]any{"aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:delivery-source:" + prefix + "-cdn"}
	cases := map[string]struct {
		reason    string
		role, sid string
		want      map[string]any
	}{
		"Bucket": {
			reason: "The delivery of this distribution's logs writes, below its own prefix (CDN-08).",
			role:   role.Bucket(role.CDNLogsBucket, role.Policy), sid: "DeliverCDNLogs",
			want: map[string]any{
				"Sid": "DeliverCDNLogs", "Effect": "Allow", "Principal": map[string]any{"Service": "delivery.logs.amazonaws.com"}, "Action": "s3:PutObject",
				"Resource": "arn:aws:s3:::" + prefix + "-cdn-logs/AWSLogs/123456789012/*",
				"Condition": map[string]any{
					"StringEquals": map[string]any{"aws:SourceAccount": account, "s3:x-amz-acl": "bucket-owner-full-control"}, "ArnLike": source,
				},
			},
		},
		"Key": {
			reason: "And encrypts.",
			role:   role.LogsKey, sid: "DeliverCDNLogsV2",
			want: map[string]any{
				"Sid": "DeliverCDNLogsV2", "Effect": "Allow", "Principal": map[string]any{"Service": "delivery.logs.amazonaws.com"}, "Resource": "*",
				"Action":    []any{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"},
				"Condition": map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": account}, "ArnLike": source},
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := statements(t, composed(t, v2, nil, platform()).resources[tc.role], "policy")[tc.sid]
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, tc.sid, diff)
			}
		})
	}
}

func TestRealtimeLogs(t *testing.T) {
	spec := `{"region":"eu-west-1","cdn":{"realtimeLogs":{"samplingPercent":5}}}`
	logging := `"defaultCacheBehavior":{"realtimeLogConfigArn":"` + realtimeARN + `"}`
	runTierCases(t, map[string]tierCase{
		"NotAskedFor": {
			reason:  "A stream is charged by the hour.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.RealtimeStream,
			missing: true,
		},
		"Stream": {
			reason: "It is encrypted by the key of the edge, grows by itself and keeps a week.",
			spec:   spec,
			role:   role.RealtimeStream,
			want: map[string]any{
				"region": "us-east-1", "streamModeDetails.streamMode": "ON_DEMAND", "encryptionType": "KMS", "kmsKeyIdRef.name": "shop-edge-key", "retentionPeriod": float64(168),
				"enforceConsumerDeletion": true, ".metadata.annotations[crossplane.io/external-name]": prefix + "-cdn",
			},
		},
		"PermissionWaits": {
			reason: "The permission names stream and key.",
			spec:   spec,
			role:   role.RealtimeRoleStream,
			waits:  true,
		},
		"ConfigWaitsForThePermission": {
			reason: "CloudFront tries out its role.",
			spec:   spec,
			role:   role.RealtimeLogs,
			waits:  true,
		},
		"Config": {
			reason:   "As many requests as the claim says, and of them no cookies, headers, queries or referrers (CDN-30).",
			spec:     spec,
			observed: map[string]string{role.RealtimeRoleStream: isReady},
			role:     role.RealtimeLogs,
			want: map[string]any{
				"name": prefix + "-cdn", "samplingRate": float64(5), "endpoint.streamType": "Kinesis", "endpoint.kinesisStreamConfig.roleArnRef.name": "shop-cdn-realtime-role",
				"endpoint.kinesisStreamConfig.streamArnRef.name": "shop-cdn-realtime-stream",
				"fields": []any{
					"timestamp", "c-ip", "time-to-first-byte", "sc-status", "sc-bytes", "cs-method", "cs-protocol", "cs-host", "cs-uri-stem", "cs-bytes", "x-edge-location", "x-edge-request-id",
					"x-host-header", "time-taken", "cs-protocol-version", "c-ip-version", "cs-user-agent", "x-forwarded-for", "ssl-protocol", "ssl-cipher", "x-edge-result-type", "sc-content-type",
					"sc-content-len", "sc-range-start", "sc-range-end", "c-port", "x-edge-detailed-result-type", "c-country", "cache-behavior-path-pattern",
				},
			},
		},
		"DistributionWaits": {
			reason:   "The distribution names the configuration by its ARN.",
			spec:     spec,
			observed: seen(nil),
			role:     role.Distribution,
			waits:    true,
		},
		"Distribution": {
			reason: "All of its files are logged, private ones too.",
			spec: `{"region":"eu-west-1","cdn":{"realtimeLogs":{},"privateDownloads":{"publicKeys":["-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqoM9n2T4qzXzGIK/XhNhTVzEgUbG` +
				`\nOBMzfSW/QaqSG2vHWuzosZA7kD76bd/2fKtxwb8eZTwC8hlUPfmk8k3tbg==\n-----END PUBLIC KEY-----\n"]}}}`,
			observed: seen(map[string]string{role.RealtimeLogs: hasARN(realtimeARN), role.KeyGroup: known("group", "")}),
			role:     role.Distribution,
			want:     map[string]any{"defaultCacheBehavior.realtimeLogConfigArn": realtimeARN, "orderedCacheBehavior[0].realtimeLogConfigArn": realtimeARN},
		},
		"ConfigStaysInUse": {
			reason:   "CloudFront deletes no configuration that a distribution uses.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{role.Distribution: known("E1", logging), role.RealtimeLogs: known(realtimeARN, `"arn":"`+realtimeARN+`"`)},
			role:     role.RealtimeLogs,
			want:     map[string]any{".spec": map[string]any{"held": true}},
		},
		"ConfigGoesAfterwards": {
			reason:   "Afterwards it goes.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{role.Distribution: known("E1", ""), role.RealtimeLogs: known(realtimeARN, `"arn":"`+realtimeARN+`"`)},
			role:     role.RealtimeLogs,
			missing:  true,
		},
	})
}

func TestRealtimeRole(t *testing.T) {
	s := composed(t, `{"region":"eu-west-1","cdn":{"realtimeLogs":{}}}`, map[string]string{role.RealtimeStream: hasARN(streamARN), role.EdgeKey: hasARN(edgeKeyARN)}, platform())
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
	if diff := cmp.Diff(want, statements(t, s.resources[role.RealtimeRoleStream], "policy")); diff != "" {
		t.Errorf("\nCloudFront writes to one stream and encrypts with its key, no more.\npolicy: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(streamARN, s.status.CDN.RealtimeLogsStreamARN); diff != "" {
		t.Errorf("\nWho reads the stream must know it.\nrealtimeLogsStreamArn: -want, +got:\n%s", diff)
	}
}

func TestMetrics(t *testing.T) {
	runTierCases(t, map[string]tierCase{
		"NotAskedFor": {
			reason:  "They are charged for.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.Metrics,
			missing: true,
		},
		"Metrics": {
			reason: "Errors by code and the origin's latency show (CDN-29).",
			spec:   `{"region":"eu-west-1","cdn":{"additionalMetrics":true}}`,
			role:   role.Metrics,
			want:   map[string]any{"distributionIdRef.name": "shop-cdn-distribution", "monitoringSubscription.realtimeMetricsSubscriptionConfig.realtimeMetricsSubscriptionStatus": "Enabled"},
		},
	})
}
