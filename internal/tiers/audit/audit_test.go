package audit_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// standing contains the resources that CloudTrail validates.
var standing = map[string]string{
	composed.AuditKey: `{"status":{"atProvider":{"arn":"arn:key:audit"},` + tiertest.Ready + `}}`,
	composed.Bucket(composed.AuditBucket, composed.Policy): `{"status":{` + tiertest.Ready + `}}`,
	composed.AuditLogGroup:                                 `{"status":{` + tiertest.Ready + `}}`,
	composed.AuditRoleLogs:                                 `{"status":{` + tiertest.Ready + `}}`,
	composed.TopicPolicy(composed.AuditTopic):              `{"status":{` + tiertest.Ready + `}}`,
}

// auditing returns a spec with fields of spec.guardrails.audit.
func auditing(fields string) string {
	return `{"region":"eu-west-1","guardrails":{"audit":{` + fields + `}}}`
}

func TestAudit(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Trail": {
			Reason:   "All regions and global services, reading and writing, encrypted, validated, logged and tagged (AUD-01 to AUD-06, AUD-12).",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: standing,
			Resource: composed.AuditTrail,
			Want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-trail", "region": "eu-west-1",
				"isMultiRegionTrail": true, "includeGlobalServiceEvents": true, "enableLogging": true, "enableLogFileValidation": true,
				"kmsKeyId": "arn:key:audit", "kmsKeyIdRef": tiertest.Absent{}, "s3BucketNameRef.name": "shop-audit-bucket",
				"cloudWatchLogsGroupArn": "arn:aws:logs:eu-west-1:123456789012:log-group:/" + tiertest.Prefix + "/audit:*", "cloudWatchLogsRoleArnRef.name": "shop-audit-role",
				"eventSelector": []any{map[string]any{
					"readWriteType": "All", "includeManagementEvents": true,
					"dataResource": []any{map[string]any{"type": "AWS::S3::Object", "values": []any{"arn:aws:s3:::" + tiertest.Prefix + "-assets/", "arn:aws:s3:::" + tiertest.Prefix + "-responses/"}}},
				}},
				"insightSelector": tiertest.Absent{}, "snsTopicName": tiertest.Absent{}, "tags.Name": tiertest.Prefix + "-audit-trail",
				// It holds no data. Its log files stay in their bucket.
				tiertest.Stays: false,
			},
		},
		"TrailOfOneRegion": {
			Reason:   "A claim may leave other regions and the events of files to others.",
			Spec:     auditing(`"multiRegion":false,"dataEvents":false`),
			Observed: standing,
			Resource: composed.AuditTrail,
			Want: map[string]any{
				"isMultiRegionTrail": false,
				"eventSelector":      []any{map[string]any{"readWriteType": "All", "includeManagementEvents": true}},
			},
		},
		"TrailOfReplica": {
			Reason:   "A copy of a file is as much worth as the file.",
			Spec:     `{"region":"eu-west-1","assets":{"replica":{"region":"eu-central-1"}}}`,
			Observed: standing,
			Resource: composed.AuditTrail,
			Want: map[string]any{
				"eventSelector[0].dataResource[0].values": []any{"arn:aws:s3:::" + tiertest.Prefix + "-assets/", "arn:aws:s3:::" + tiertest.Prefix + "-assets-replica/", "arn:aws:s3:::" + tiertest.Prefix + "-responses/"},
			},
		},
		"TrailOfUploads": {
			Reason:   "Visitors' files are theirs: who reads one is recorded.",
			Spec:     `{"region":"eu-west-1","uploads":{}}`,
			Observed: standing,
			Resource: composed.AuditTrail,
			Want: map[string]any{
				"eventSelector[0].dataResource[0].values": []any{"arn:aws:s3:::" + tiertest.Prefix + "-assets/", "arn:aws:s3:::" + tiertest.Prefix + "-uploads/", "arn:aws:s3:::" + tiertest.Prefix + "-responses/"},
			},
		},
		"TrailInChina": {
			Reason:   "ARNs are of the partition.",
			Spec:     `{"region":"cn-north-1"}`,
			Observed: standing,
			Resource: composed.AuditTrail,
			Want: map[string]any{
				"cloudWatchLogsGroupArn":                   "arn:aws-cn:logs:cn-north-1:123456789012:log-group:/" + tiertest.Prefix + "/audit:*",
				"eventSelector[0].dataResource[0].values":  []any{"arn:aws-cn:s3:::" + tiertest.Prefix + "-assets/", "arn:aws-cn:s3:::" + tiertest.Prefix + "-responses/"},
				"eventSelector[0].includeManagementEvents": true,
			},
		},
		"Insights": {
			Reason:   "Unusual rates of calls and errors are looked for on demand (AUD-11).",
			Spec:     auditing(`"insights":true`),
			Observed: standing,
			Resource: composed.AuditTrail,
			Want:     map[string]any{"insightSelector": []any{map[string]any{"insightType": "ApiCallRateInsight"}, map[string]any{"insightType": "ApiErrorRateInsight"}}},
		},
		"TrailAnnounces": {
			Reason:   "Log files are announced on demand (AUD-10).",
			Spec:     auditing(`"notifications":true`),
			Observed: standing,
			Resource: composed.AuditTrail,
			Want:     map[string]any{"snsTopicName": tiertest.Prefix + "-audit"},
		},
		"TrailWaitsForTheAccount":      {Reason: "Its log group's ARN names the account.", Spec: `{"region":"eu-west-1"}`, Observed: standing, Input: tiertest.NoInput(), Resource: composed.AuditTrail, Waits: true},
		"TrailWaitsForTheKey":          {Reason: "A reference would give the key's ID, where an ARN is wanted (AUD-04).", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Without(standing, composed.AuditKey), Resource: composed.AuditTrail, Waits: true},
		"TrailWaitsForTheBucketPolicy": {Reason: "CloudTrail refuses a bucket that it may not write to.", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Without(standing, composed.Bucket(composed.AuditBucket, composed.Policy)), Resource: composed.AuditTrail, Waits: true},
		"TrailWaitsForTheLogGroup":     {Reason: "CloudTrail refuses a log group that does not exist.", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Without(standing, composed.AuditLogGroup), Resource: composed.AuditTrail, Waits: true},
		"TrailWaitsForTheRole":         {Reason: "CloudTrail refuses a role that may not write.", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Without(standing, composed.AuditRoleLogs), Resource: composed.AuditTrail, Waits: true},
		"TrailWaitsForTheTopicPolicy":  {Reason: "CloudTrail refuses a topic that it may not publish to.", Spec: auditing(`"notifications":true`), Observed: tiertest.Without(standing, composed.TopicPolicy(composed.AuditTopic)), Resource: composed.AuditTrail, Waits: true},
		"TrailWaitsForNoTopic":         {Reason: "Without announcements there is no topic to wait for.", Spec: `{"region":"eu-west-1"}`, Observed: tiertest.Without(standing, composed.TopicPolicy(composed.AuditTopic)), Resource: composed.AuditTrail},
		"NoTrailBesideThePlatforms": {
			Reason:   "A second trail costs money and tells nothing new (AUD-01).",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    &inputv1alpha1.Input{AccountID: tiertest.Account, Existing: inputv1alpha1.Existing{Trail: true}},
			Resource: composed.AuditTrail,
			Missing:  true,
		},

		"BucketIsNotPublic": {
			Reason:   "Nobody reads the account's history from outside (AUD-07).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.AuditBucket, composed.PublicAccessBlock),
			Want: map[string]any{
				"bucketRef.name": "shop-audit-bucket", "blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": true,
			},
		},
		"BucketIsLogged": {
			Reason:   "Who reads the history is in a log of another bucket (AUD-08).",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: tiertest.Logging(),
			Resource: composed.Bucket(composed.AuditBucket, composed.Logging),
			Want:     map[string]any{"targetBucketRef.name": "shop-access-logs-bucket", "targetPrefix": "audit/"},
		},
		"BucketIsEncrypted": {
			Reason:   "With the trail's own key (AUD-04).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.AuditBucket, composed.Encryption),
			Want:     map[string]any{"rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-audit-key"},
		},
		"BucketExpires": {
			Reason:   "The history of production is kept for a year (PCI DSS 10.5.1).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.AuditBucket, composed.Lifecycle),
			Want:     map[string]any{"rule[2].expiration[0].days": float64(365), "rule[1].noncurrentVersionExpiration[0].noncurrentDays": float64(1)},
		},
		"BucketStays": {
			Reason:   "What happened does not unhappen with the stack.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Snapshot"}`,
			Resource: composed.AuditBucket,
			Want:     map[string]any{"forceDestroy": false, tiertest.Stays: true},
		},
		"BucketGoes": {
			Reason:   "Unless the claim says so.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Delete"}`,
			Resource: composed.AuditBucket,
			Want:     map[string]any{"forceDestroy": true, tiertest.Stays: false},
		},
		"BucketPolicyWaitsForTheAccount": {
			Reason:   "It names the one trail, which has the account in its ARN (AUD-09).",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    tiertest.NoInput(),
			Resource: composed.Bucket(composed.AuditBucket, composed.Policy),
			Waits:    true,
		},
		"BucketPolicyWaitsForNothingElse": {
			Reason:   "The trail's ARN is known before the trail is.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.Bucket(composed.AuditBucket, composed.Policy),
		},

		"LogGroup": {
			Reason:   "Encrypted with the trail's key, kept for a year, deleted with the stack (AUD-14, AUD-15).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.AuditLogGroup,
			Want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": "/" + tiertest.Prefix + "/audit", "retentionInDays": float64(365), "kmsKeyIdRef.name": "shop-audit-key",
				"skipDestroy": false, "deletionProtectionEnabled": false, tiertest.Stays: false,
			},
		},
		"LogGroupStays": {
			Reason:   "On demand it survives the claim (AUD-16).",
			Spec:     auditing(`"retainLogs":true`),
			Resource: composed.AuditLogGroup,
			Want:     map[string]any{"skipDestroy": true, "deletionProtectionEnabled": true, tiertest.Stays: true},
		},
		"RoleBounded": {
			Reason:   "The platform bounds this role too (IAM-19).",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    &inputv1alpha1.Input{AccountID: tiertest.Account, PermissionsBoundaryARN: "arn:aws:iam::123456789012:policy/boundary"},
			Resource: composed.AuditRole,
			Want:     map[string]any{"permissionsBoundary": "arn:aws:iam::123456789012:policy/boundary", ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-audit"},
		},

		"NoTopic": {Reason: "Announcements are noise to most.", Spec: `{"region":"eu-west-1"}`, Resource: composed.AuditTopic, Missing: true},
		"Topic": {
			Reason:   "Encrypted with the trail's key (AUD-10).",
			Spec:     auditing(`"notifications":true`),
			Resource: composed.AuditTopic,
			Want:     map[string]any{"kmsMasterKeyId": "alias/" + tiertest.Prefix + "-audit-key", ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-audit"},
		},
		"TopicPolicyWaitsForTheAccount": {Reason: "It names the one trail.", Spec: auditing(`"notifications":true`), Input: tiertest.NoInput(), Resource: composed.TopicPolicy(composed.AuditTopic), Waits: true},

		"NoGuardDuty": {Reason: "There can be one detector in an account and region.", Spec: `{"region":"eu-west-1"}`, Resource: composed.GuardDuty, Missing: true},
		"GuardDuty": {
			Reason:   "Findings come within 15 minutes, about files and malware too (AUD-17, AUD-18).",
			Spec:     auditing(`"guardDuty":true`),
			Resource: composed.GuardDuty,
			Want: map[string]any{
				"enable": true, "findingPublishingFrequency": "FIFTEEN_MINUTES", "datasources.s3Logs.enable": true,
				"datasources.malwareProtection.scanEc2InstanceWithFindings.ebsVolumes.enable": true,
			},
		},
		"GuardDutyInChina": {
			Reason:   "Malware protection may not be offered there.",
			Spec:     `{"region":"cn-north-1","guardrails":{"audit":{"guardDuty":true}}}`,
			Resource: composed.GuardDuty,
			Want:     map[string]any{"datasources": map[string]any{"s3Logs": map[string]any{"enable": true}}},
		},
		"NoSecurityHub": {Reason: "A landing zone usually has it.", Spec: `{"region":"eu-west-1"}`, Resource: composed.SecurityHub, Missing: true},
		"SecurityHub": {
			Reason:   "With the standards that AWS recommends (AUD-20).",
			Spec:     auditing(`"securityHub":true`),
			Resource: composed.SecurityHub,
			Want:     map[string]any{"enableDefaultStandards": true, "autoEnableControls": true},
		},
		"StandardWaitsForSecurityHub": {Reason: "AWS takes no standard without it.", Spec: auditing(`"securityHub":true`), Resource: composed.SecurityHubStandard, Waits: true},
		"Standard": {
			Reason:   "The Foundational Security Best Practices of the region (AUD-20).",
			Spec:     `{"region":"us-gov-west-1","guardrails":{"audit":{"securityHub":true}}}`,
			Observed: map[string]string{composed.SecurityHub: `{"status":{` + tiertest.Ready + `}}`},
			Resource: composed.SecurityHubStandard,
			Want:     map[string]any{"standardsArn": "arn:aws-us-gov:securityhub:us-gov-west-1::standards/aws-foundational-security-best-practices/v/1.0.0"},
		},
		"NoInspector": {Reason: "It is of the account, not of the stack.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Inspector, Missing: true},
		"Inspector": {
			Reason:   "Functions' libraries and code are scanned (AUD-21).",
			Spec:     auditing(`"inspector":true`),
			Resource: composed.Inspector,
			Want:     map[string]any{"accountIds": []any{tiertest.Account}, "resourceTypes": []any{"LAMBDA", "LAMBDA_CODE"}},
		},
		"InspectorWithoutCode": {
			Reason:   "Most regions do not scan code.",
			Spec:     `{"region":"eu-west-3","guardrails":{"audit":{"inspector":true}}}`,
			Resource: composed.Inspector,
			Want:     map[string]any{"resourceTypes": []any{"LAMBDA"}},
		},
		"InspectorWaitsForTheAccount": {Reason: "It names the account.", Spec: auditing(`"inspector":true`), Input: tiertest.NoInput(), Resource: composed.Inspector, Waits: true},
	})
}

func TestTrailNameIsKept(t *testing.T) {
	observed := map[string]string{composed.AuditTrail: `{"metadata":{"annotations":{"crossplane.io/external-name":"older"}}}`}
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, observed, tiertest.Platform())
	got := tiertest.Statements(t, s.Resources[composed.Bucket(composed.AuditBucket, composed.Policy)], "policy")["WriteTrail"]["Condition"]
	want := map[string]any{"StringEquals": map[string]any{
		"aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:123456789012:trail/older", "s3:x-amz-acl": "bucket-owner-full-control",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nA trail that was observed under another name is the one that writes.\ncondition: -want, +got:\n%s", diff)
	}
}

func TestAuditPolicies(t *testing.T) {
	const trail = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/"
	name := tiertest.Prefix + "-trail"
	bucket, topic := "arn:aws:s3:::"+tiertest.Prefix+"-audit", "arn:aws:sns:eu-west-1:123456789012:"+tiertest.Prefix+"-audit"
	group := "arn:aws:logs:eu-west-1:123456789012:log-group:/" + tiertest.Prefix + "/audit"
	service := map[string]any{"Service": "cloudtrail.amazonaws.com"}
	source := map[string]any{"StringEquals": map[string]any{"aws:SourceArn": trail + name}}
	statement := func(sid string, action, on any, condition map[string]any) map[string]any {
		return map[string]any{"Sid": sid, "Effect": "Allow", "Principal": service, "Action": action, "Resource": on, "Condition": condition}
	}
	s := tiertest.Composed(t, auditing(`"notifications":true`), nil, tiertest.Platform())
	silent := tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform())
	key := tiertest.Statements(t, s.Resources[composed.AuditKey], "policy")
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
			got:    tiertest.Statements(t, silent.Resources[composed.AuditKey], "policy")["AnnounceTrail"],
			want:   map[string]any(nil),
		},
		"KeyOfLogs": {
			reason: "CloudWatch Logs encrypts the trail's group and no other (AUD-14).",
			got:    key["EncryptLogs"]["Condition"],
			want:   map[string]any{"ArnLike": map[string]any{"kms:EncryptionContext:aws:logs:arn": group}},
		},
		"BucketIsChecked": {
			reason: "CloudTrail looks at the bucket (AUD-09).",
			got:    tiertest.Statements(t, s.Resources[composed.Bucket(composed.AuditBucket, composed.Policy)], "policy")["CheckTrailBucket"],
			want:   statement("CheckTrailBucket", "s3:GetBucketAcl", bucket, source),
		},
		"BucketIsWritten": {
			reason: "The stack's own trail writes the account's files, and gives them to the bucket's owner (AUD-09).",
			got:    tiertest.Statements(t, s.Resources[composed.Bucket(composed.AuditBucket, composed.Policy)], "policy")["WriteTrail"],
			want: statement("WriteTrail", "s3:PutObject", bucket+"/AWSLogs/123456789012/*", map[string]any{
				"StringEquals": map[string]any{"aws:SourceArn": trail + name, "s3:x-amz-acl": "bucket-owner-full-control"},
			}),
		},
		"Topic": {
			reason: "The stack's own trail publishes, encrypted on the way (AUD-10).",
			got:    tiertest.Statements(t, s.Resources[composed.TopicPolicy(composed.AuditTopic)], "policy"),
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
			got:    tiertest.Statements(t, s.Resources[composed.AuditRole], "assumeRolePolicy"),
			want:   map[string]map[string]any{"": {"Effect": "Allow", "Principal": service, "Action": "sts:AssumeRole"}},
		},
		"Role": {
			reason: "The trail's stream in its own group, and nothing else (AUD-06).",
			got:    tiertest.Statements(t, s.Resources[composed.AuditRoleLogs], "policy"),
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
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform())
	controls := map[string]bool{}
	for _, m := range kit.AuditMetrics() {
		controls[m.Control] = true
		t.Run(m.ID, func(t *testing.T) {
			r := s.Resources[composed.AuditMetric(m.ID)]
			want := map[string]any{"namespace": tiertest.Prefix + "/audit", "name": m.Name, "value": "1", "defaultValue": "0"}
			if diff := cmp.Diff(want, tiertest.Field(t, r, "metricTransformation")); diff != "" {
				t.Errorf("\nEach event counts, and silence is none (%s).\ntransformation: -want, +got:\n%s", m.Control, diff)
			}
			if diff := cmp.Diff("shop-audit-log-group", tiertest.Field(t, r, "logGroupNameRef.name")); diff != "" {
				t.Errorf("\nEvents are in the trail's log group (%s).\ngroup: -want, +got:\n%s", m.Control, diff)
			}
			if len(m.Pattern) > 1024 {
				t.Errorf("\nCloudWatch Logs takes patterns of 1024 characters (%s).\n%d: %s", m.Control, len(m.Pattern), m.Pattern)
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
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform())
	for id, tc := range cases {
		t.Run(id, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Field(t, s.Resources[composed.AuditMetric(id)], "pattern")); diff != "" {
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
				composed.AuditTrail: `{"status":{"atProvider":{"arn":"arn:trail"}}}`, composed.AuditBucket: `{}`, composed.AuditLogGroup: `{}`,
			},
			want: v1alpha1.AuditStatus{TrailARN: "arn:trail", Bucket: tiertest.Prefix + "-audit", LogGroup: "/" + tiertest.Prefix + "/audit"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, `{"region":"eu-west-1"}`, tc.observed, tiertest.Platform()).Status.Audit); diff != "" {
				t.Errorf("\n%s\naudit: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
