package tiers

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// configuring is a spec with fields of spec.guardrails.config.
func configuring(fields string) string {
	return `{"region":"eu-west-1","guardrails":{"config":{` + fields + `}}}`
}

// recording is what AWS Config's recorder stands on, in the order that it comes
// about.
var recording = map[string]string{
	role.LogsKey:           `{"status":{"atProvider":{"arn":"arn:key:logs"}}}`,
	role.ConfigServiceRole: `{"status":{` + ready + `}}`,
	role.ConfigRecorder:    `{"status":{` + ready + `}}`,
	role.Bucket(role.ConfigBucket, role.Policy): `{"status":{` + ready + `}}`,
	role.ConfigChannel:                          `{"status":{` + ready + `}}`,
}

// mending is what a remediation stands on.
var mending = map[string]string{
	role.ConfigRemediationRole:             `{"status":{"atProvider":{"arn":"arn:role:mender"}}}`,
	role.ConfigRemediationRoleMend:         `{"status":{` + ready + `}}`,
	role.ConfigRule("buckets-public-read"): `{"status":{` + ready + `}}`,
	role.ConfigRule("buckets-versioned"):   `{"status":{` + ready + `}}`,
}

func TestConfig(t *testing.T) {
	recorder := configuring(`"recorder":true`)
	ofStack := map[string]any{"tagKey": settings.TagStack, "tagValue": prefix}
	runTierCases(t, map[string]tierCase{
		"RuleOfTheStack": {
			reason: "A rule that changes trigger looks at the stack's own resources, by their tag (CFG-06).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.ConfigRule("buckets-tls"),
			want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": prefix + "-buckets-tls", "region": "eu-west-1",
				"source": map[string]any{"owner": "AWS", "sourceIdentifier": "S3_BUCKET_SSL_REQUESTS_ONLY"}, "scope": ofStack, "inputParameters": absent{},
			},
		},
		"RuleByTheClock": {
			reason: "Config refuses a scope for rules that the clock alone triggers (CFG-08).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.ConfigRule("flow-logs"),
			want:   map[string]any{"source.sourceIdentifier": "VPC_FLOW_LOGS_ENABLED", "scope": absent{}},
		},
		"AssetsAreLogged": {
			reason: "The bucket that takes access logs has none itself (CFG-06).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.ConfigRule("assets-logged"),
			want:   map[string]any{"scope": map[string]any{"complianceResourceTypes": []any{"AWS::S3::Bucket"}, "complianceResourceId": prefix + "-assets"}},
		},
		"BackupsAsDecided": {
			reason: "Backups are kept as long as the claim wants (CFG-07).",
			spec:   `{"region":"eu-west-1","database":{"backupRetentionDays":21}}`,
			role:   role.ConfigRule("database-backed-up"),
			want:   map[string]any{"source.sourceIdentifier": "DB_INSTANCE_BACKUP_ENABLED", "inputParameters": `{"backupRetentionPeriod":"21"}`, "scope": ofStack},
		},
		"OneZoneIsWanted":        {reason: "A rule does not complain about what the claim wants.", spec: `{"region":"eu-west-1","environment":"staging"}`, role: role.ConfigRule("database-multi-az"), missing: true},
		"NoProtectionIsWanted":   {reason: "Nor about a database that is to be deleted.", spec: `{"region":"eu-west-1","environment":"staging"}`, role: role.ConfigRule("database-protected"), missing: true},
		"NoMinorUpgradeIsWanted": {reason: "Nor about a version that is to stay.", spec: `{"region":"eu-west-1","database":{"version":"15.4"}}`, role: role.ConfigRule("database-minor-upgrades"), missing: true},
		"OwnTrail": {
			reason: "The trail that must be enabled is the stack's own (CFG-11).",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.ConfigRule("trail"),
			want:   map[string]any{"inputParameters": `{"s3BucketName":"` + prefix + `-audit"}`, "scope": absent{}},
		},
		"PlatformsTrail": {
			reason: "Where the platform has a trail, that one will do.",
			spec:   `{"region":"eu-west-1"}`,
			input:  &inputv1alpha1.Input{Existing: inputv1alpha1.Existing{Trail: true}},
			role:   role.ConfigRule("trail"),
			want:   map[string]any{"inputParameters": absent{}},
		},
		"RulesWaitForNothing": {reason: "A landing zone has a recorder; if not, the provider tries again.", spec: `{"region":"eu-west-1"}`, input: noInput(), role: role.ConfigRule("ssh-closed")},
		"NoRulesSwitchedOff": {
			reason:  "A claim may do without, if the platform lets it.",
			spec:    configuring(`"enabled":false`),
			input:   &inputv1alpha1.Input{SwitchableGuardrails: []inputv1alpha1.Guardrail{"config"}},
			role:    role.ConfigRule("ssh-closed"),
			missing: true,
		},
		"NoVolumeRuleInChina": {reason: "AWS has no such rule there (CFG-05).", spec: `{"region":"cn-north-1"}`, role: role.ConfigRule("volumes-encrypted"), missing: true},
		"VolumeRule":          {reason: "The rule that scanners look for (CFG-05).", spec: `{"region":"eu-west-1"}`, role: role.ConfigRule("volumes-encrypted"), want: map[string]any{"source.sourceIdentifier": "ENCRYPTED_VOLUMES"}},

		"NoAccountRules":       {reason: "The account is not the stack's.", spec: `{"region":"eu-west-1"}`, role: role.ConfigRule("account-root-keys"), missing: true},
		"AccountRules":         {reason: "On demand the account's users are looked at too (CFG-09).", spec: configuring(`"accountRules":true`), role: role.ConfigRule("account-root-mfa"), want: map[string]any{"source.sourceIdentifier": "ROOT_ACCOUNT_MFA_ENABLED", "scope": absent{}}},
		"NoRootMFAInGovCloud":  {reason: "AWS has no such rule there.", spec: `{"region":"us-gov-west-1","guardrails":{"config":{"accountRules":true}}}`, role: role.ConfigRule("account-root-mfa"), missing: true},
		"AccountRulesGovCloud": {reason: "But the others.", spec: `{"region":"us-gov-west-1","guardrails":{"config":{"accountRules":true}}}`, role: role.ConfigRule("account-root-keys")},

		"NoEdgeRules": {reason: "They need a recorder in us-east-1.", spec: `{"region":"eu-west-1"}`, role: role.ConfigRule("cdn-https"), missing: true},
		"EdgeRules": {
			reason: "What is of the edge is recorded in us-east-1 (CFG-10).",
			spec:   configuring(`"edgeRules":true`),
			role:   role.ConfigRule("cdn-origin-access"),
			want:   map[string]any{"region": "us-east-1", "source.sourceIdentifier": "CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED", "scope": ofStack},
		},
		"NoWAFNoRule": {
			reason:  "A distribution that is to have no web ACL is not complained about.",
			spec:    `{"region":"eu-west-1","guardrails":{"waf":{"enabled":false},"config":{"edgeRules":true}}}`,
			input:   &inputv1alpha1.Input{SwitchableGuardrails: []inputv1alpha1.Guardrail{"waf"}},
			role:    role.ConfigRule("cdn-waf"),
			missing: true,
		},
		"EdgeRulesAreElsewhere": {reason: "The stack's recorder is of another region than theirs.", spec: configuring(`"edgeRules":true,"recorder":true`), role: role.ConfigRule("cdn-waf")},

		"NoRecorder": {reason: "There can be one in an account and region.", spec: `{"region":"eu-west-1"}`, role: role.ConfigRecorder, missing: true},
		"NoSecondRecorder": {
			reason:  "The platform's word that there is one outweighs a claim.",
			spec:    recorder,
			input:   &inputv1alpha1.Input{AccountID: account, Existing: inputv1alpha1.Existing{Recorder: true}},
			role:    role.ConfigRecorder,
			missing: true,
		},
		"Recorder": {
			reason:   "All resources, global ones too, as AWS Config's own role (CFG-01, CFG-02).",
			spec:     recorder,
			observed: recording,
			role:     role.ConfigRecorder,
			want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": prefix,
				"recordingGroup": map[string]any{"allSupported": true, "includeGlobalResourceTypes": true},
				"roleArn":        "arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
			},
		},
		"RecorderWaitsForItsRole": {reason: "AWS refuses a role that does not exist.", spec: recorder, observed: without(recording, role.ConfigServiceRole), role: role.ConfigRecorder, waits: true},
		"ServiceRole": {
			reason: "The account's one role is found or made, and left to whoever else uses it (CFG-02).",
			spec:   recorder,
			role:   role.ConfigServiceRole,
			want: map[string]any{
				"awsServiceName": "config.amazonaws.com", ".spec.managementPolicies": []any{"Observe", "Create"},
				".metadata.annotations[crossplane.io/external-name]": "arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
			},
		},
		"ServiceRoleWaitsForTheAccount": {reason: "It is found by its ARN.", spec: recorder, input: noInput(), role: role.ConfigServiceRole, waits: true},
		"Channel": {
			reason:   "Every day, encrypted, into a bucket of its own (CFG-03).",
			spec:     recorder,
			observed: recording,
			role:     role.ConfigChannel,
			want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": prefix,
				"s3BucketNameRef.name":                               "shop-config-bucket", "s3KmsKeyArn": "arn:key:logs", "snapshotDeliveryProperties.deliveryFrequency": "TwentyFour_Hours",
			},
		},
		"ChannelWaitsForTheKey":      {reason: "The channel has no reference to it.", spec: recorder, observed: without(recording, role.LogsKey), role: role.ConfigChannel, waits: true},
		"ChannelWaitsForTheRecorder": {reason: "AWS takes no channel before a recorder (CFG-03).", spec: recorder, observed: without(recording, role.ConfigRecorder), role: role.ConfigChannel, waits: true},
		"ChannelWaitsForThePolicy":   {reason: "AWS Config tries the bucket out.", spec: recorder, observed: without(recording, role.Bucket(role.ConfigBucket, role.Policy)), role: role.ConfigChannel, waits: true},
		"Status":                     {reason: "The recorder runs (CFG-01).", spec: recorder, observed: recording, role: role.ConfigRecorderStatus, want: map[string]any{"isEnabled": true, ".metadata.annotations[crossplane.io/external-name]": prefix}},
		"StatusWaitsForTheChannel":   {reason: "No recorder starts without a channel.", spec: recorder, observed: without(recording, role.ConfigChannel), role: role.ConfigRecorderStatus, waits: true},
		"RulesWaitForTheRecorder":    {reason: "AWS refuses rules where nothing records.", spec: recorder, observed: without(recording, role.ConfigRecorder), role: role.ConfigRule("ssh-closed"), waits: true},
		"RulesAfterTheRecorder":      {reason: "Once it is there, they are.", spec: recorder, observed: recording, role: role.ConfigRule("ssh-closed")},
		"BucketOfTheRecorder": {
			reason: "Logged and encrypted like all others (STO-18, STO-19).",
			spec:   recorder,
			role:   role.Bucket(role.ConfigBucket, role.Encryption),
			want:   map[string]any{"rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-logs-key"},
		},

		"NoAggregator": {reason: "What all regions say is of interest to few.", spec: `{"region":"eu-west-1"}`, role: role.ConfigAggregator, missing: true},
		"Aggregator": {
			reason: "It gathers from all regions (CFG-04).",
			spec:   configuring(`"aggregator":true`),
			role:   role.ConfigAggregator,
			want: map[string]any{
				"accountAggregationSource": map[string]any{"accountIds": []any{account}, "allRegions": true}, ".metadata.annotations[crossplane.io/external-name]": prefix,
			},
		},
		"NoPack": {reason: "A pack is about what is not the stack's, so somebody must ask.", spec: `{"region":"eu-west-1"}`, role: role.ConformancePack, missing: true},
		"Pack": {
			reason: "Rules about what carries no tag, as a template that AWS reads (CFG-13).",
			spec:   configuring(`"conformancePack":true`),
			role:   role.ConformancePack,
			want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": prefix, "region": "eu-west-1",
				"templateBody": packOf("KeysNotToBeDeleted", "KMS_CMK_NOT_SCHEDULED_FOR_DELETION", "LogGroupsEncrypted", "CLOUDWATCH_LOG_GROUP_ENCRYPTED",
					"SnapshotsEncrypted", "RDS_SNAPSHOT_ENCRYPTED", "SnapshotsPrivate", "RDS_SNAPSHOTS_PUBLIC_PROHIBITED", "TopicsEncrypted", "SNS_ENCRYPTED_KMS"),
			},
		},
		"PackInMilan": {
			reason: "A rule that the region lacks would fail the whole pack.",
			spec:   `{"region":"eu-south-1","guardrails":{"config":{"conformancePack":true}}}`,
			role:   role.ConformancePack,
			want: map[string]any{"templateBody": packOf("LogGroupsEncrypted", "CLOUDWATCH_LOG_GROUP_ENCRYPTED",
				"SnapshotsEncrypted", "RDS_SNAPSHOT_ENCRYPTED", "TopicsEncrypted", "SNS_ENCRYPTED_KMS")},
		},
		"PackWaitsForTheRecorder":      {reason: "AWS takes no pack where nothing records.", spec: configuring(`"recorder":true,"conformancePack":true`), role: role.ConformancePack, waits: true},
		"PackOfOthersRecorder":         {reason: "Somebody else's recorder cannot be waited for.", spec: configuring(`"conformancePack":true`), role: role.ConformancePack},
		"AggregatorWaitsForTheAccount": {reason: "It names the account.", spec: configuring(`"aggregator":true`), input: noInput(), role: role.ConfigAggregator, waits: true},

		"NoRemediation": {reason: "Nothing is changed unless the claim wants it.", spec: `{"region":"eu-west-1"}`, role: role.ConfigRemediation("buckets-public-read"), missing: true},
		"Remediation": {
			reason:   "A bucket that is public is closed, a few times, by AWS's own runbook (CFG-12).",
			spec:     configuring(`"remediation":true`),
			observed: mending,
			role:     role.ConfigRemediation("buckets-public-read"),
			want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": prefix + "-buckets-public-read",
				"resourceType": "AWS::S3::Bucket", "targetType": "SSM_DOCUMENT", "targetId": "AWS-DisableS3BucketPublicReadWrite",
				"automatic": true, "maximumAutomaticAttempts": float64(5), "retryAttemptSeconds": float64(60),
				"parameter": []any{
					map[string]any{"name": "AutomationAssumeRole", "staticValue": "arn:role:mender"},
					map[string]any{"name": "S3BucketName", "resourceValue": "RESOURCE_ID"},
				},
			},
		},
		"RemediationOfVersions": {
			reason:   "Versioning is switched on again (CFG-12).",
			spec:     configuring(`"remediation":true`),
			observed: mending,
			role:     role.ConfigRemediation("buckets-versioned"),
			want: map[string]any{
				"targetId": "AWS-ConfigureS3BucketVersioning",
				"parameter": []any{
					map[string]any{"name": "AutomationAssumeRole", "staticValue": "arn:role:mender"},
					map[string]any{"name": "BucketName", "resourceValue": "RESOURCE_ID"},
					map[string]any{"name": "VersioningState", "staticValue": "Enabled"},
				},
			},
		},
		"RemediationWaitsForItsRule": {reason: "AWS knows no remediation without a rule.", spec: configuring(`"remediation":true`), observed: without(mending, role.ConfigRule("buckets-versioned")), role: role.ConfigRemediation("buckets-versioned"), waits: true},
		"RemediationWaitsForItsRole": {reason: "Its parameter is the role's ARN.", spec: configuring(`"remediation":true`), observed: without(mending, role.ConfigRemediationRole), role: role.ConfigRemediation("buckets-versioned"), waits: true},
		"RemediationWaitsForItsMay":  {reason: "A runbook that may do nothing fails, and AWS gives up after a few times.", spec: configuring(`"remediation":true`), observed: without(mending, role.ConfigRemediationRoleMend), role: role.ConfigRemediation("buckets-versioned"), waits: true},
	})
}

func TestConfigRules(t *testing.T) {
	identifiers := func(spec string) []string {
		out := []string{}
		for r, resource := range composed(t, spec, nil, platform()).resources {
			if role.IsConfigRule(r) {
				id, _ := field(t, resource, "source.sourceIdentifier").(string)
				out = append(out, id)
			}
		}
		return slices.Sorted(slices.Values(out))
	}
	bare := []string{
		"CLOUD_TRAIL_ENABLED", "CLOUD_TRAIL_ENCRYPTION_ENABLED", "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED", "CMK_BACKING_KEY_ROTATION_ENABLED",
		"DB_INSTANCE_BACKUP_ENABLED", "ENCRYPTED_VOLUMES", "INCOMING_SSH_DISABLED", "RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED",
		"RDS_INSTANCE_DELETION_PROTECTION_ENABLED", "RDS_INSTANCE_PUBLIC_ACCESS_CHECK", "RDS_MULTI_AZ_SUPPORT", "RDS_STORAGE_ENCRYPTED",
		"S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", "S3_BUCKET_LOGGING_ENABLED", "S3_BUCKET_PUBLIC_READ_PROHIBITED", "S3_BUCKET_PUBLIC_WRITE_PROHIBITED",
		"S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED", "S3_BUCKET_SSL_REQUESTS_ONLY", "S3_BUCKET_VERSIONING_ENABLED", "SECRETSMANAGER_ROTATION_ENABLED_CHECK",
		"VPC_DEFAULT_SECURITY_GROUP_CLOSED", "VPC_FLOW_LOGS_ENABLED", "VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS",
	}
	more := append(slices.Clone(bare),
		"CLOUDFRONT_ASSOCIATED_WITH_WAF", "CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED", "CLOUDFRONT_VIEWER_POLICY_HTTPS",
		"IAM_PASSWORD_POLICY", "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS", "IAM_ROOT_ACCESS_KEY_CHECK", "ROOT_ACCOUNT_MFA_ENABLED")
	slices.Sort(more)
	cases := map[string]struct {
		reason string
		spec   string
		want   []string
	}{
		"Bare": {reason: "All that a stack of production must be (CFG-05 to CFG-08, CFG-11).", spec: `{"region":"eu-west-1"}`, want: bare},
		"All":  {reason: "And on demand the account and the edge (CFG-09, CFG-10).", spec: configuring(`"accountRules":true,"edgeRules":true`), want: more},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, identifiers(tc.spec)); diff != "" {
				t.Errorf("\n%s\nidentifiers: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// A remediation stands on a rule, so each must be one of a bare stack's.
func TestRemediationsHaveRules(t *testing.T) {
	s := composed(t, configuring(`"remediation":true`), nil, platform())
	for _, r := range remediations() {
		if _, ok := s.resources[role.ConfigRule(r.rule)]; !ok {
			t.Errorf("\nA remediation without a rule waits for ever.\n%s is no rule", r.rule)
		}
	}
}

func TestConfigPolicies(t *testing.T) {
	service := map[string]any{"Service": "config.amazonaws.com"}
	forAccount := map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": account}}
	bucket := "arn:aws:s3:::" + prefix + "-config"
	s := composed(t, configuring(`"recorder":true,"remediation":true`), nil, platform())
	china := composed(t, `{"region":"cn-north-1","guardrails":{"config":{"remediation":true}}}`, nil, &inputv1alpha1.Input{AccountID: account, Existing: inputv1alpha1.Existing{Trail: true}})
	policies := statements(t, s.resources[role.Bucket(role.ConfigBucket, role.Policy)], "policy")
	cases := map[string]struct {
		reason    string
		got, want any
	}{
		"BucketIsChecked": {
			reason: "AWS Config of the account looks at the bucket (CFG-03).",
			got:    policies["CheckConfigBucket"],
			want: map[string]any{
				"Sid": "CheckConfigBucket", "Effect": "Allow", "Principal": service, "Action": []any{"s3:GetBucketAcl", "s3:ListBucket"}, "Resource": bucket, "Condition": forAccount,
			},
		},
		"BucketIsWritten": {
			reason: "And writes the account's history, for the bucket's owner (CFG-03).",
			got:    policies["DeliverConfig"],
			want: map[string]any{
				"Sid": "DeliverConfig", "Effect": "Allow", "Principal": service, "Action": "s3:PutObject", "Resource": bucket + "/AWSLogs/123456789012/Config/*",
				"Condition": map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": account, "s3:x-amz-acl": "bucket-owner-full-control"}},
			},
		},
		"Key": {
			reason: "AWS Config of the account encrypts what it delivers (CFG-03).",
			got:    statements(t, s.resources[role.LogsKey], "policy")["DeliverConfig"],
			want: map[string]any{
				"Sid": "DeliverConfig", "Effect": "Allow", "Principal": service, "Action": []any{"kms:Decrypt", "kms:GenerateDataKey"}, "Resource": "*", "Condition": forAccount,
			},
		},
		"AccessLogs": {
			reason: "S3 delivers the access logs of this bucket too (STO-20).",
			got:    statements(t, s.resources[role.Bucket(role.LogsBucket, role.Policy)], "policy")["WriteAccessLogs"]["Condition"],
			want: map[string]any{
				"StringEquals": map[string]any{"aws:SourceAccount": account},
				"ArnLike":      map[string]any{"aws:SourceArn": []any{"arn:aws:s3:::" + prefix + "-assets", "arn:aws:s3:::" + prefix + "-cdn-logs", "arn:aws:s3:::" + prefix + "-audit", bucket, "arn:aws:s3:::" + prefix + "-responses"}},
			},
		},
		"Trust": {
			reason: "Systems Manager runs runbooks of this account and region only.",
			got:    statements(t, s.resources[role.ConfigRemediationRole], "assumeRolePolicy"),
			want: map[string]map[string]any{"": {
				"Effect": "Allow", "Principal": map[string]any{"Service": "ssm.amazonaws.com"}, "Action": "sts:AssumeRole",
				"Condition": map[string]any{
					"StringEquals": map[string]any{"aws:SourceAccount": account}, "ArnLike": map[string]any{"aws:SourceArn": "arn:aws:ssm:eu-west-1:123456789012:automation-execution/*"},
				},
			}},
		},
		"Mending": {
			reason: "Runbooks close and version the stack's own buckets, and do nothing else (CFG-12).",
			got:    statements(t, s.resources[role.ConfigRemediationRoleMend], "policy"),
			want: map[string]map[string]any{"MendBuckets": {
				"Sid": "MendBuckets", "Effect": "Allow",
				"Action":   []any{"s3:GetBucketPublicAccessBlock", "s3:GetBucketVersioning", "s3:PutBucketPublicAccessBlock", "s3:PutBucketVersioning"},
				"Resource": []any{"arn:aws:s3:::" + prefix + "-assets", "arn:aws:s3:::" + prefix + "-access-logs", "arn:aws:s3:::" + prefix + "-cdn-logs", "arn:aws:s3:::" + prefix + "-audit", bucket, "arn:aws:s3:::" + prefix + "-responses"},
			}},
		},
		"MendingInChina": {
			reason: "Buckets that the stack does not have are not named.",
			got:    statements(t, china.resources[role.ConfigRemediationRoleMend], "policy")["MendBuckets"]["Resource"],
			want:   []any{"arn:aws-cn:s3:::" + prefix + "-assets", "arn:aws-cn:s3:::" + prefix + "-access-logs", "arn:aws-cn:s3:::" + prefix + "-responses"},
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

func TestConfigStatus(t *testing.T) {
	cases := map[string]struct {
		reason   string
		observed map[string]string
		want     v1alpha1.ConfigStatus
	}{
		"None": {
			reason:   "A rule that AWS refused looks after nothing.",
			observed: map[string]string{role.ConfigRule("ssh-closed"): `{"status":{"conditions":[{"type":"Ready","status":"False"}]}}`, role.VPC: `{"status":{` + ready + `}}`},
		},
		"Some": {
			reason: "A security team sees how many there are, and who records.",
			observed: map[string]string{
				role.ConfigRule("ssh-closed"): `{"status":{` + ready + `}}`, role.ConfigRule("trail"): `{"status":{` + ready + `}}`,
				role.ConfigRecorder: `{"metadata":{"annotations":{"crossplane.io/external-name":"shop-recorder"}}}`,
			},
			want: v1alpha1.ConfigStatus{Rules: 2, Recorder: "shop-recorder"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, composed(t, `{"region":"eu-west-1"}`, tc.observed, platform()).status.Config); diff != "" {
				t.Errorf("\n%s\nconfig: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// packOf is the template of rules, each as its name and what it is called by AWS.
func packOf(rules ...string) string {
	var b strings.Builder
	b.WriteString("Resources:\n")
	for i := 0; i < len(rules); i += 2 {
		b.WriteString("  " + rules[i] + ":\n    Type: AWS::Config::ConfigRule\n    Properties:\n      ConfigRuleName: " + rules[i] +
			"\n      Source:\n        Owner: AWS\n        SourceIdentifier: " + rules[i+1] + "\n")
	}
	return b.String()
}
