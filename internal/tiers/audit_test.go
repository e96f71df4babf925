package tiers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

const ready = `"conditions":[{"type":"Ready","status":"True"}]`

// standing is what CloudTrail tries out before it makes a trail.
var standing = map[string]string{
	role.AuditKey: `{"status":{"atProvider":{"arn":"arn:key:audit"},` + ready + `}}`,
	role.Bucket(role.AuditBucket, role.Policy): `{"status":{` + ready + `}}`,
	role.AuditLogGroup:                         `{"status":{` + ready + `}}`,
	role.AuditRoleLogs:                         `{"status":{` + ready + `}}`,
	role.TopicPolicy(role.AuditTopic):          `{"status":{` + ready + `}}`,
}

// without is observed resources but one.
func without(all map[string]string, missing string) map[string]string {
	out := map[string]string{}
	for r, object := range all {
		if r != missing {
			out[r] = object
		}
	}
	return out
}

// auditing is a spec with fields of spec.guardrails.audit.
func auditing(fields string) string {
	return `{"region":"eu-west-1","guardrails":{"audit":{` + fields + `}}}`
}

func TestAudit(t *testing.T) {
	runTierCases(t, map[string]tierCase{
		"Trail": {
			reason:   "All regions and global services, reading and writing, encrypted, validated, logged and tagged (AUD-01 to AUD-06, AUD-12).",
			spec:     `{"region":"eu-west-1"}`,
			observed: standing,
			role:     role.AuditTrail,
			want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": prefix + "-trail", "region": "eu-west-1",
				"isMultiRegionTrail": true, "includeGlobalServiceEvents": true, "enableLogging": true, "enableLogFileValidation": true,
				"kmsKeyId": "arn:key:audit", "kmsKeyIdRef": absent{}, "s3BucketNameRef.name": "shop-audit-bucket",
				"cloudWatchLogsGroupArn": "arn:aws:logs:eu-west-1:123456789012:log-group:/" + prefix + "/audit:*", "cloudWatchLogsRoleArnRef.name": "shop-audit-role",
				"eventSelector": []any{map[string]any{
					"readWriteType": "All", "includeManagementEvents": true,
					"dataResource": []any{map[string]any{"type": "AWS::S3::Object", "values": []any{"arn:aws:s3:::" + prefix + "-assets/", "arn:aws:s3:::" + prefix + "-responses/"}}},
				}},
				"insightSelector": absent{}, "snsTopicName": absent{}, "tags.Name": prefix + "-audit-trail",
				// It is no data: what it wrote stays in its bucket.
				stays: false,
			},
		},
		"TrailOfOneRegion": {
			reason:   "A claim may leave other regions and the events of files to others.",
			spec:     auditing(`"multiRegion":false,"dataEvents":false`),
			observed: standing,
			role:     role.AuditTrail,
			want: map[string]any{
				"isMultiRegionTrail": false,
				"eventSelector":      []any{map[string]any{"readWriteType": "All", "includeManagementEvents": true}},
			},
		},
		"TrailOfReplica": {
			reason:   "A copy of a file is as much worth as the file.",
			spec:     `{"region":"eu-west-1","assets":{"replica":{"region":"eu-central-1"}}}`,
			observed: standing,
			role:     role.AuditTrail,
			want: map[string]any{
				"eventSelector[0].dataResource[0].values": []any{"arn:aws:s3:::" + prefix + "-assets/", "arn:aws:s3:::" + prefix + "-assets-replica/", "arn:aws:s3:::" + prefix + "-responses/"},
			},
		},
		"TrailInChina": {
			reason:   "ARNs are of the partition.",
			spec:     `{"region":"cn-north-1"}`,
			observed: standing,
			role:     role.AuditTrail,
			want: map[string]any{
				"cloudWatchLogsGroupArn":                   "arn:aws-cn:logs:cn-north-1:123456789012:log-group:/" + prefix + "/audit:*",
				"eventSelector[0].dataResource[0].values":  []any{"arn:aws-cn:s3:::" + prefix + "-assets/", "arn:aws-cn:s3:::" + prefix + "-responses/"},
				"eventSelector[0].includeManagementEvents": true,
			},
		},
		"Insights": {
			reason:   "Unusual rates of calls and errors are looked for on demand (AUD-11).",
			spec:     auditing(`"insights":true`),
			observed: standing,
			role:     role.AuditTrail,
			want:     map[string]any{"insightSelector": []any{map[string]any{"insightType": "ApiCallRateInsight"}, map[string]any{"insightType": "ApiErrorRateInsight"}}},
		},
		"TrailAnnounces": {
			reason:   "Log files are announced on demand (AUD-10).",
			spec:     auditing(`"notifications":true`),
			observed: standing,
			role:     role.AuditTrail,
			want:     map[string]any{"snsTopicName": prefix + "-audit"},
		},
		"TrailWaitsForTheAccount":      {reason: "Its log group's ARN names the account.", spec: `{"region":"eu-west-1"}`, observed: standing, input: noInput(), role: role.AuditTrail, waits: true},
		"TrailWaitsForTheKey":          {reason: "A reference would give the key's ID, where an ARN is wanted (AUD-04).", spec: `{"region":"eu-west-1"}`, observed: without(standing, role.AuditKey), role: role.AuditTrail, waits: true},
		"TrailWaitsForTheBucketPolicy": {reason: "CloudTrail refuses a bucket that it may not write to.", spec: `{"region":"eu-west-1"}`, observed: without(standing, role.Bucket(role.AuditBucket, role.Policy)), role: role.AuditTrail, waits: true},
		"TrailWaitsForTheLogGroup":     {reason: "CloudTrail refuses a log group that does not exist.", spec: `{"region":"eu-west-1"}`, observed: without(standing, role.AuditLogGroup), role: role.AuditTrail, waits: true},
		"TrailWaitsForTheRole":         {reason: "CloudTrail refuses a role that may not write.", spec: `{"region":"eu-west-1"}`, observed: without(standing, role.AuditRoleLogs), role: role.AuditTrail, waits: true},
		"TrailWaitsForTheTopicPolicy":  {reason: "CloudTrail refuses a topic that it may not publish to.", spec: auditing(`"notifications":true`), observed: without(standing, role.TopicPolicy(role.AuditTopic)), role: role.AuditTrail, waits: true},
		"TrailWaitsForNoTopic":         {reason: "Without announcements there is no topic to wait for.", spec: `{"region":"eu-west-1"}`, observed: without(standing, role.TopicPolicy(role.AuditTopic)), role: role.AuditTrail},
		"NoTrailBesideThePlatforms": {
			reason:  "A second trail costs money and tells nothing new (AUD-01).",
			spec:    `{"region":"eu-west-1"}`,
			input:   &inputv1alpha1.Input{AccountID: account, Existing: inputv1alpha1.Existing{Trail: true}},
			role:    role.AuditTrail,
			missing: true,
		},

		"BucketIsNotPublic": {
			reason: "Nobody reads the account's history from outside (AUD-07).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.AuditBucket, role.PublicAccessBlock),
			want: map[string]any{
				"bucketRef.name": "shop-audit-bucket", "blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": true,
			},
		},
		"BucketIsLogged": {
			reason:   "Who reads the history is in a log of another bucket (AUD-08).",
			spec:     `{"region":"eu-west-1"}`,
			observed: logging(),
			role:     role.Bucket(role.AuditBucket, role.Logging),
			want:     map[string]any{"targetBucketRef.name": "shop-access-logs-bucket", "targetPrefix": "audit/"},
		},
		"BucketIsEncrypted": {
			reason: "With the trail's own key (AUD-04).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.AuditBucket, role.Encryption),
			want:   map[string]any{"rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-audit-key"},
		},
		"BucketExpires": {
			reason: "The history of production is kept for a year (PCI DSS 10.5.1).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.AuditBucket, role.Lifecycle),
			want:   map[string]any{"rule[2].expiration[0].days": float64(365), "rule[1].noncurrentVersionExpiration[0].noncurrentDays": float64(1)},
		},
		"BucketStays": {
			reason: "What happened does not unhappen with the stack.",
			spec:   `{"region":"eu-west-1","deletionPolicy":"Snapshot"}`,
			role:   role.AuditBucket,
			want:   map[string]any{"forceDestroy": false, stays: true},
		},
		"BucketGoes": {
			reason: "Unless the claim says so.",
			spec:   `{"region":"eu-west-1","deletionPolicy":"Delete"}`,
			role:   role.AuditBucket,
			want:   map[string]any{"forceDestroy": true, stays: false},
		},
		"BucketPolicyWaitsForTheAccount": {
			reason: "It names the one trail, which has the account in its ARN (AUD-09).",
			spec:   `{"region":"eu-west-1"}`,
			input:  noInput(),
			role:   role.Bucket(role.AuditBucket, role.Policy),
			waits:  true,
		},
		"BucketPolicyWaitsForNothingElse": {
			reason: "The trail's ARN is known before the trail is.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.Bucket(role.AuditBucket, role.Policy),
		},

		"LogGroup": {
			reason: "Encrypted with the trail's key, kept for a year, deleted with the stack (AUD-14, AUD-15).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.AuditLogGroup,
			want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": "/" + prefix + "/audit", "retentionInDays": float64(365), "kmsKeyIdRef.name": "shop-audit-key",
				"skipDestroy": false, "deletionProtectionEnabled": false, stays: false,
			},
		},
		"LogGroupStays": {
			reason: "On demand it survives the claim (AUD-16).",
			spec:   auditing(`"retainLogs":true`),
			role:   role.AuditLogGroup,
			want:   map[string]any{"skipDestroy": true, "deletionProtectionEnabled": true, stays: true},
		},
		"RoleBounded": {
			reason: "The platform bounds this role too (IAM-19).",
			spec:   `{"region":"eu-west-1"}`,
			input:  &inputv1alpha1.Input{AccountID: account, PermissionsBoundaryARN: "arn:aws:iam::123456789012:policy/boundary"},
			role:   role.AuditRole,
			want:   map[string]any{"permissionsBoundary": "arn:aws:iam::123456789012:policy/boundary", ".metadata.annotations[crossplane.io/external-name]": prefix + "-audit"},
		},

		"NoTopic": {reason: "Announcements are noise to most.", spec: `{"region":"eu-west-1"}`, role: role.AuditTopic, missing: true},
		"Topic": {
			reason: "Encrypted with the trail's key (AUD-10).",
			spec:   auditing(`"notifications":true`),
			role:   role.AuditTopic,
			want:   map[string]any{"kmsMasterKeyId": "alias/" + prefix + "-audit-key", ".metadata.annotations[crossplane.io/external-name]": prefix + "-audit"},
		},
		"TopicPolicyWaitsForTheAccount": {reason: "It names the one trail.", spec: auditing(`"notifications":true`), input: noInput(), role: role.TopicPolicy(role.AuditTopic), waits: true},

		"NoGuardDuty": {reason: "There can be one detector in an account and region.", spec: `{"region":"eu-west-1"}`, role: role.GuardDuty, missing: true},
		"GuardDuty": {
			reason: "Findings come within 15 minutes, about files and malware too (AUD-17, AUD-18).",
			spec:   auditing(`"guardDuty":true`),
			role:   role.GuardDuty,
			want: map[string]any{
				"enable": true, "findingPublishingFrequency": "FIFTEEN_MINUTES", "datasources.s3Logs.enable": true,
				"datasources.malwareProtection.scanEc2InstanceWithFindings.ebsVolumes.enable": true,
			},
		},
		"GuardDutyInChina": {
			reason: "Malware protection may not be offered there.",
			spec:   `{"region":"cn-north-1","guardrails":{"audit":{"guardDuty":true}}}`,
			role:   role.GuardDuty,
			want:   map[string]any{"datasources": map[string]any{"s3Logs": map[string]any{"enable": true}}},
		},
		"NoSecurityHub": {reason: "A landing zone usually has it.", spec: `{"region":"eu-west-1"}`, role: role.SecurityHub, missing: true},
		"SecurityHub": {
			reason: "With the standards that AWS recommends (AUD-20).",
			spec:   auditing(`"securityHub":true`),
			role:   role.SecurityHub,
			want:   map[string]any{"enableDefaultStandards": true, "autoEnableControls": true},
		},
		"StandardWaitsForSecurityHub": {reason: "AWS takes no standard without it.", spec: auditing(`"securityHub":true`), role: role.SecurityHubStandard, waits: true},
		"Standard": {
			reason:   "The Foundational Security Best Practices of the region (AUD-20).",
			spec:     `{"region":"us-gov-west-1","guardrails":{"audit":{"securityHub":true}}}`,
			observed: map[string]string{role.SecurityHub: `{"status":{` + ready + `}}`},
			role:     role.SecurityHubStandard,
			want:     map[string]any{"standardsArn": "arn:aws-us-gov:securityhub:us-gov-west-1::standards/aws-foundational-security-best-practices/v/1.0.0"},
		},
		"NoInspector": {reason: "It is of the account, not of the stack.", spec: `{"region":"eu-west-1"}`, role: role.Inspector, missing: true},
		"Inspector": {
			reason: "Functions' libraries and code are scanned (AUD-21).",
			spec:   auditing(`"inspector":true`),
			role:   role.Inspector,
			want:   map[string]any{"accountIds": []any{account}, "resourceTypes": []any{"LAMBDA", "LAMBDA_CODE"}},
		},
		"InspectorWithoutCode": {
			reason: "Most regions do not scan code.",
			spec:   `{"region":"eu-west-3","guardrails":{"audit":{"inspector":true}}}`,
			role:   role.Inspector,
			want:   map[string]any{"resourceTypes": []any{"LAMBDA"}},
		},
		"InspectorWaitsForTheAccount": {reason: "It names the account.", spec: auditing(`"inspector":true`), input: noInput(), role: role.Inspector, waits: true},
	})
}

func TestTrailNameIsKept(t *testing.T) {
	observed := map[string]string{role.AuditTrail: `{"metadata":{"annotations":{"crossplane.io/external-name":"older"}}}`}
	s := composed(t, `{"region":"eu-west-1"}`, observed, platform())
	got := statements(t, s.resources[role.Bucket(role.AuditBucket, role.Policy)], "policy")["WriteTrail"]["Condition"]
	want := map[string]any{"StringEquals": map[string]any{
		"aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:123456789012:trail/older", "s3:x-amz-acl": "bucket-owner-full-control",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nA trail that was observed under another name is the one that writes.\ncondition: -want, +got:\n%s", diff)
	}
}

func TestAuditPolicies(t *testing.T) {
	const trail = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/"
	name := prefix + "-trail"
	bucket, topic := "arn:aws:s3:::"+prefix+"-audit", "arn:aws:sns:eu-west-1:123456789012:"+prefix+"-audit"
	group := "arn:aws:logs:eu-west-1:123456789012:log-group:/" + prefix + "/audit"
	service := map[string]any{"Service": "cloudtrail.amazonaws.com"}
	source := map[string]any{"StringEquals": map[string]any{"aws:SourceArn": trail + name}}
	statement := func(sid string, action, on any, condition map[string]any) map[string]any {
		return map[string]any{"Sid": sid, "Effect": "Allow", "Principal": service, "Action": action, "Resource": on, "Condition": condition}
	}
	s := composed(t, auditing(`"notifications":true`), nil, platform())
	silent := composed(t, `{"region":"eu-west-1"}`, nil, platform())
	key := statements(t, s.resources[role.AuditKey], "policy")
	cases := map[string]struct {
		reason    string
		got, want any
	}{
		"KeyEncrypts": {
			reason: "The stack's own trail encrypts, whichever region CloudTrail names it in (AUD-04).",
			got:    key["EncryptTrail"],
			want: statement("EncryptTrail", []any{"kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"}, "*", map[string]any{
				"StringEquals": map[string]any{"aws:SourceArn": trail + name},
				"StringLike":   map[string]any{"kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:123456789012:trail/" + name},
			}),
		},
		"KeyIsChecked": {
			reason: "CloudTrail looks at the key, and decrypts for the bucket key.",
			got:    key["CheckTrailKey"],
			want:   statement("CheckTrailKey", []any{"kms:Decrypt", "kms:DescribeKey"}, "*", source),
		},
		"KeyAnnounces": {
			reason: "The topic is encrypted with it too (AUD-10).",
			got:    key["AnnounceTrail"],
			want:   statement("AnnounceTrail", []any{"kms:Decrypt", "kms:GenerateDataKey"}, "*", source),
		},
		"KeyAnnouncesNothing": {
			reason: "No permission without a use.",
			got:    statements(t, silent.resources[role.AuditKey], "policy")["AnnounceTrail"],
			want:   map[string]any(nil),
		},
		"KeyOfLogs": {
			reason: "CloudWatch Logs encrypts the trail's group and no other (AUD-14).",
			got:    key["EncryptLogs"]["Condition"],
			want:   map[string]any{"ArnLike": map[string]any{"kms:EncryptionContext:aws:logs:arn": group}},
		},
		"BucketIsChecked": {
			reason: "CloudTrail looks at the bucket (AUD-09).",
			got:    statements(t, s.resources[role.Bucket(role.AuditBucket, role.Policy)], "policy")["CheckTrailBucket"],
			want:   statement("CheckTrailBucket", "s3:GetBucketAcl", bucket, source),
		},
		"BucketIsWritten": {
			reason: "The stack's own trail writes the account's files, and gives them to the bucket's owner (AUD-09).",
			got:    statements(t, s.resources[role.Bucket(role.AuditBucket, role.Policy)], "policy")["WriteTrail"],
			want: statement("WriteTrail", "s3:PutObject", bucket+"/AWSLogs/123456789012/*", map[string]any{
				"StringEquals": map[string]any{"aws:SourceArn": trail + name, "s3:x-amz-acl": "bucket-owner-full-control"},
			}),
		},
		"Topic": {
			reason: "The stack's own trail publishes, encrypted on the way (AUD-10).",
			got:    statements(t, s.resources[role.TopicPolicy(role.AuditTopic)], "policy"),
			want: map[string]map[string]any{
				"AnnounceTrail": statement("AnnounceTrail", "sns:Publish", topic, source),
				"DenyPlainHTTP": {
					"Sid": "DenyPlainHTTP", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": topic,
					"Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
				},
			},
		},
		"Trust": {
			reason: "CloudTrail names no source when it assumes the role.",
			got:    statements(t, s.resources[role.AuditRole], "assumeRolePolicy"),
			want:   map[string]map[string]any{"": {"Effect": "Allow", "Principal": service, "Action": "sts:AssumeRole"}},
		},
		"Role": {
			reason: "The trail's stream in its own group, and nothing else (AUD-06).",
			got:    statements(t, s.resources[role.AuditRoleLogs], "policy"),
			want: map[string]map[string]any{"WriteTrail": {
				"Sid": "WriteTrail", "Effect": "Allow", "Action": []any{"logs:CreateLogStream", "logs:PutLogEvents"},
				"Resource": group + ":log-stream:123456789012_CloudTrail_eu-west-1*",
			}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.got); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestAuditMetrics(t *testing.T) {
	s := composed(t, `{"region":"eu-west-1"}`, nil, platform())
	controls := map[string]bool{}
	for _, m := range auditMetrics() {
		controls[m.control] = true
		t.Run(m.id, func(t *testing.T) {
			r := s.resources[role.AuditMetric(m.id)]
			want := map[string]any{"namespace": prefix + "/audit", "name": m.name, "value": "1", "defaultValue": "0"}
			if diff := cmp.Diff(want, field(t, r, "metricTransformation")); diff != "" {
				t.Errorf("\nEach event counts, and silence is none (%s).\ntransformation: -want, +got:\n%s", m.control, diff)
			}
			if diff := cmp.Diff("shop-audit-log-group", field(t, r, "logGroupNameRef.name")); diff != "" {
				t.Errorf("\nEvents are in the trail's log group (%s).\ngroup: -want, +got:\n%s", m.control, diff)
			}
			if len(m.pattern) > 1024 {
				t.Errorf("\nCloudWatch Logs takes patterns of 1024 characters (%s).\n%d: %s", m.control, len(m.pattern), m.pattern)
			}
		})
	}
	if diff := cmp.Diff(15, len(controls)); diff != "" {
		t.Errorf("\nCloudWatch.1 to CloudWatch.14, and CIS 4.15 beside them.\ncontrols: -want, +got:\n%s", diff)
	}
}

func TestAuditPatterns(t *testing.T) {
	cases := map[string]struct {
		reason string
		want   string
	}{
		"root-account-usage": {
			reason: "Not what AWS does in the root user's name (CloudWatch.1).",
			want:   `{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}`,
		},
		"disable-or-delete-cmk": {
			reason: "Calls of one service (CloudWatch.7).",
			want:   `{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}`,
		},
		"cloudtrail-configuration-changes": {
			reason: "Calls by name alone (CloudWatch.5).",
			want:   `{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StartLogging) || ($.eventName=StopLogging)}`,
		},
	}
	s := composed(t, `{"region":"eu-west-1"}`, nil, platform())
	for id, tc := range cases {
		t.Run(id, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, field(t, s.resources[role.AuditMetric(id)], "pattern")); diff != "" {
				t.Errorf("\n%s\npattern: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestAuditStatus(t *testing.T) {
	cases := map[string]struct {
		reason   string
		observed map[string]string
		want     v1alpha1.AuditStatus
	}{
		"NotThere": {reason: "What does not exist is not named."},
		"There": {
			reason: "A security team needs to know where to look.",
			observed: map[string]string{
				role.AuditTrail: `{"status":{"atProvider":{"arn":"arn:trail"}}}`, role.AuditBucket: `{}`, role.AuditLogGroup: `{}`,
			},
			want: v1alpha1.AuditStatus{TrailARN: "arn:trail", Bucket: prefix + "-audit", LogGroup: "/" + prefix + "/audit"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, composed(t, `{"region":"eu-west-1"}`, tc.observed, platform()).status.Audit); diff != "" {
				t.Errorf("\n%s\naudit: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
