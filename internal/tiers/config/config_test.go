package config_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/config"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// configuring returns a spec with fields of spec.guardrails.config.
func configuring(fields string) string {
	return `{"region":"eu-west-1","guardrails":{"config":{` + fields + `}}}`
}

// recording contains the resources that the recorder needs, in the order of their
// creation.
var recording = map[string]string{
	composed.LogsKey:           `{"status":{"atProvider":{"arn":"arn:key:logs"}}}`,
	composed.ConfigServiceRole: `{"status":{` + tiertest.Ready + `}}`,
	composed.ConfigRecorder:    `{"status":{` + tiertest.Ready + `}}`,
	composed.Bucket(composed.ConfigBucket, composed.Policy): `{"status":{` + tiertest.Ready + `}}`,
	composed.ConfigChannel: `{"status":{` + tiertest.Ready + `}}`,
}

// mending contains the resources that a remediation needs.
var mending = map[string]string{
	composed.ConfigRemediationRole:             `{"status":{"atProvider":{"arn":"arn:role:mender"}}}`,
	composed.ConfigRemediationRoleMend:         `{"status":{` + tiertest.Ready + `}}`,
	composed.ConfigRule("buckets-public-read"): `{"status":{` + tiertest.Ready + `}}`,
	composed.ConfigRule("buckets-versioned"):   `{"status":{` + tiertest.Ready + `}}`,
}

func TestConfig(t *testing.T) {
	recorder := configuring(`"recorder":true`)
	ofStack := map[string]any{"tagKey": settings.TagStack, "tagValue": tiertest.Prefix}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"RuleOfTheStack": {
			Reason:   "A rule that changes trigger looks at the stack's own resources, by their tag (CFG-06).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.ConfigRule("buckets-tls"),
			Want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-buckets-tls", "region": "eu-west-1",
				"source": map[string]any{"owner": "AWS", "sourceIdentifier": "S3_BUCKET_SSL_REQUESTS_ONLY"}, "scope": ofStack, "inputParameters": tiertest.Absent{},
			},
		},
		"RuleByTheClock": {
			Reason:   "Config refuses a scope for rules that the clock alone triggers (CFG-08).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.ConfigRule("flow-logs"),
			Want:     map[string]any{"source.sourceIdentifier": "VPC_FLOW_LOGS_ENABLED", "scope": tiertest.Absent{}},
		},
		"AssetsAreLogged": {
			Reason:   "The bucket that takes access logs has none itself (CFG-06).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.ConfigRule("assets-logged"),
			Want:     map[string]any{"scope": map[string]any{"complianceResourceTypes": []any{"AWS::S3::Bucket"}, "complianceResourceId": tiertest.Prefix + "-assets"}},
		},
		"UploadsAreLogged": {
			Reason:   "So is the bucket of uploads (CFG-06).",
			Spec:     `{"region":"eu-west-1","uploads":{}}`,
			Resource: composed.ConfigRule("uploads-logged"),
			Want:     map[string]any{"scope": map[string]any{"complianceResourceTypes": []any{"AWS::S3::Bucket"}, "complianceResourceId": tiertest.Prefix + "-uploads"}},
		},
		"NoUploads": {Reason: "A rule about what is not there would report nothing.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ConfigRule("uploads-logged"), Missing: true},
		"BackupsAsDecided": {
			Reason:   "Backups are kept as long as the claim wants (CFG-07).",
			Spec:     `{"region":"eu-west-1","database":{"backupRetentionDays":21}}`,
			Resource: composed.ConfigRule("database-backed-up"),
			Want:     map[string]any{"source.sourceIdentifier": "DB_INSTANCE_BACKUP_ENABLED", "inputParameters": `{"backupRetentionPeriod":"21"}`, "scope": ofStack},
		},
		"OneZoneIsWanted":        {Reason: "A rule does not complain about what the claim wants.", Spec: `{"region":"eu-west-1","environment":"staging"}`, Resource: composed.ConfigRule("database-multi-az"), Missing: true},
		"NoProtectionIsWanted":   {Reason: "Nor about a database that is to be deleted.", Spec: `{"region":"eu-west-1","environment":"staging"}`, Resource: composed.ConfigRule("database-protected"), Missing: true},
		"NoMinorUpgradeIsWanted": {Reason: "Nor about a version that is to stay.", Spec: `{"region":"eu-west-1","database":{"version":"15.4"}}`, Resource: composed.ConfigRule("database-minor-upgrades"), Missing: true},
		"OwnTrail": {
			Reason:   "The trail that must be enabled is the stack's own (CFG-11).",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.ConfigRule("trail"),
			Want:     map[string]any{"inputParameters": `{"s3BucketName":"` + tiertest.Prefix + `-audit"}`, "scope": tiertest.Absent{}},
		},
		"PlatformsTrail": {
			Reason:   "Where the platform has a trail, that one will do.",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    &inputv1alpha1.Input{Existing: inputv1alpha1.Existing{Trail: true}},
			Resource: composed.ConfigRule("trail"),
			Want:     map[string]any{"inputParameters": tiertest.Absent{}},
		},
		"RulesWaitForNothing": {Reason: "A landing zone has a recorder; if not, the provider tries again.", Spec: `{"region":"eu-west-1"}`, Input: tiertest.NoInput(), Resource: composed.ConfigRule("ssh-closed")},
		"NoRulesSwitchedOff": {
			Reason:   "A claim may do without, if the platform lets it.",
			Spec:     configuring(`"enabled":false`),
			Input:    &inputv1alpha1.Input{SwitchableGuardrails: []inputv1alpha1.Guardrail{"config"}},
			Resource: composed.ConfigRule("ssh-closed"),
			Missing:  true,
		},
		"NoVolumeRuleInChina": {Reason: "AWS has no such rule there (CFG-05).", Spec: `{"region":"cn-north-1"}`, Resource: composed.ConfigRule("volumes-encrypted"), Missing: true},
		"VolumeRule":          {Reason: "The rule that scanners look for (CFG-05).", Spec: `{"region":"eu-west-1"}`, Resource: composed.ConfigRule("volumes-encrypted"), Want: map[string]any{"source.sourceIdentifier": "ENCRYPTED_VOLUMES"}},

		"NoAccountRules":       {Reason: "The account is not the stack's.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ConfigRule("account-root-keys"), Missing: true},
		"AccountRules":         {Reason: "On demand the account's users are looked at too (CFG-09).", Spec: configuring(`"accountRules":true`), Resource: composed.ConfigRule("account-root-mfa"), Want: map[string]any{"source.sourceIdentifier": "ROOT_ACCOUNT_MFA_ENABLED", "scope": tiertest.Absent{}}},
		"NoRootMFAInGovCloud":  {Reason: "AWS has no such rule there.", Spec: `{"region":"us-gov-west-1","guardrails":{"config":{"accountRules":true}}}`, Resource: composed.ConfigRule("account-root-mfa"), Missing: true},
		"AccountRulesGovCloud": {Reason: "But the others.", Spec: `{"region":"us-gov-west-1","guardrails":{"config":{"accountRules":true}}}`, Resource: composed.ConfigRule("account-root-keys")},

		"NoEdgeRules": {Reason: "They need a recorder in us-east-1.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ConfigRule("cdn-https"), Missing: true},
		"EdgeRules": {
			Reason:   "What is of the edge is recorded in us-east-1 (CFG-10).",
			Spec:     configuring(`"edgeRules":true`),
			Resource: composed.ConfigRule("cdn-origin-access"),
			Want:     map[string]any{"region": "us-east-1", "source.sourceIdentifier": "CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED", "scope": ofStack},
		},
		"NoWAFNoRule": {
			Reason:   "A distribution that is to have no web ACL is not complained about.",
			Spec:     `{"region":"eu-west-1","guardrails":{"waf":{"enabled":false},"config":{"edgeRules":true}}}`,
			Input:    &inputv1alpha1.Input{SwitchableGuardrails: []inputv1alpha1.Guardrail{"waf"}},
			Resource: composed.ConfigRule("cdn-waf"),
			Missing:  true,
		},
		"EdgeRulesAreElsewhere": {Reason: "The stack's recorder is of another region than theirs.", Spec: configuring(`"edgeRules":true,"recorder":true`), Resource: composed.ConfigRule("cdn-waf")},

		"NoRecorder": {Reason: "There can be one in an account and region.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ConfigRecorder, Missing: true},
		"NoSecondRecorder": {
			Reason:   "The platform's word that there is one outweighs a claim.",
			Spec:     recorder,
			Input:    &inputv1alpha1.Input{AccountID: tiertest.Account, Existing: inputv1alpha1.Existing{Recorder: true}},
			Resource: composed.ConfigRecorder,
			Missing:  true,
		},
		"Recorder": {
			Reason:   "All resources, global ones too, as AWS Config's own role (CFG-01, CFG-02).",
			Spec:     recorder,
			Observed: recording,
			Resource: composed.ConfigRecorder,
			Want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix,
				"recordingGroup": map[string]any{"allSupported": true, "includeGlobalResourceTypes": true},
				"roleArn":        "arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
			},
		},
		"RecorderWaitsForItsRole": {Reason: "AWS refuses a role that does not exist.", Spec: recorder, Observed: tiertest.Without(recording, composed.ConfigServiceRole), Resource: composed.ConfigRecorder, Waits: true},
		"ServiceRole": {
			Reason:   "The account's one role is found or made, and left to whoever else uses it (CFG-02).",
			Spec:     recorder,
			Resource: composed.ConfigServiceRole,
			Want: map[string]any{
				"awsServiceName": "config.amazonaws.com", ".spec.managementPolicies": []any{"Observe", "Create"},
				".metadata.annotations[crossplane.io/external-name]": "arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
			},
		},
		"ServiceRoleWaitsForTheAccount": {Reason: "It is found by its ARN.", Spec: recorder, Input: tiertest.NoInput(), Resource: composed.ConfigServiceRole, Waits: true},
		"Channel": {
			Reason:   "Every day, encrypted, into a bucket of its own (CFG-03).",
			Spec:     recorder,
			Observed: recording,
			Resource: composed.ConfigChannel,
			Want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix,
				"s3BucketNameRef.name":                               "shop-config-bucket", "s3KmsKeyArn": "arn:key:logs", "snapshotDeliveryProperties.deliveryFrequency": "TwentyFour_Hours",
			},
		},
		"ChannelWaitsForTheKey":      {Reason: "The channel has no reference to it.", Spec: recorder, Observed: tiertest.Without(recording, composed.LogsKey), Resource: composed.ConfigChannel, Waits: true},
		"ChannelWaitsForTheRecorder": {Reason: "AWS takes no channel before a recorder (CFG-03).", Spec: recorder, Observed: tiertest.Without(recording, composed.ConfigRecorder), Resource: composed.ConfigChannel, Waits: true},
		"ChannelWaitsForThePolicy":   {Reason: "AWS Config tries the bucket out.", Spec: recorder, Observed: tiertest.Without(recording, composed.Bucket(composed.ConfigBucket, composed.Policy)), Resource: composed.ConfigChannel, Waits: true},
		"Status":                     {Reason: "The recorder runs (CFG-01).", Spec: recorder, Observed: recording, Resource: composed.ConfigRecorderStatus, Want: map[string]any{"isEnabled": true, ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix}},
		"StatusWaitsForTheChannel":   {Reason: "No recorder starts without a channel.", Spec: recorder, Observed: tiertest.Without(recording, composed.ConfigChannel), Resource: composed.ConfigRecorderStatus, Waits: true},
		"RulesWaitForTheRecorder":    {Reason: "AWS refuses rules where nothing records.", Spec: recorder, Observed: tiertest.Without(recording, composed.ConfigRecorder), Resource: composed.ConfigRule("ssh-closed"), Waits: true},
		"RulesAfterTheRecorder":      {Reason: "Once it is there, they are.", Spec: recorder, Observed: recording, Resource: composed.ConfigRule("ssh-closed")},
		"BucketOfTheRecorder": {
			Reason:   "Logged and encrypted like all others (STO-18, STO-19).",
			Spec:     recorder,
			Resource: composed.Bucket(composed.ConfigBucket, composed.Encryption),
			Want:     map[string]any{"rule[0].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef.name": "shop-logs-key"},
		},

		"NoAggregator": {Reason: "What all regions say is of interest to few.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ConfigAggregator, Missing: true},
		"Aggregator": {
			Reason:   "It gathers from all regions (CFG-04).",
			Spec:     configuring(`"aggregator":true`),
			Resource: composed.ConfigAggregator,
			Want: map[string]any{
				"accountAggregationSource": map[string]any{"accountIds": []any{tiertest.Account}, "allRegions": true}, ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix,
			},
		},
		"NoPack": {Reason: "A pack is about what is not the stack's, so somebody must ask.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ConformancePack, Missing: true},
		"Pack": {
			Reason:   "Rules about what carries no tag, as a template that AWS reads (CFG-13).",
			Spec:     configuring(`"conformancePack":true`),
			Resource: composed.ConformancePack,
			Want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix, "region": "eu-west-1",
				"templateBody": packOf("KeysNotToBeDeleted", "KMS_CMK_NOT_SCHEDULED_FOR_DELETION", "LogGroupsEncrypted", "CLOUDWATCH_LOG_GROUP_ENCRYPTED",
					"SnapshotsEncrypted", "RDS_SNAPSHOT_ENCRYPTED", "SnapshotsPrivate", "RDS_SNAPSHOTS_PUBLIC_PROHIBITED", "TopicsEncrypted", "SNS_ENCRYPTED_KMS"),
			},
		},
		"PackInMilan": {
			Reason:   "A rule that the region lacks would fail the whole pack.",
			Spec:     `{"region":"eu-south-1","guardrails":{"config":{"conformancePack":true}}}`,
			Resource: composed.ConformancePack,
			Want: map[string]any{"templateBody": packOf("LogGroupsEncrypted", "CLOUDWATCH_LOG_GROUP_ENCRYPTED",
				"SnapshotsEncrypted", "RDS_SNAPSHOT_ENCRYPTED", "TopicsEncrypted", "SNS_ENCRYPTED_KMS")},
		},
		"PackWaitsForTheRecorder":      {Reason: "AWS takes no pack where nothing records.", Spec: configuring(`"recorder":true,"conformancePack":true`), Resource: composed.ConformancePack, Waits: true},
		"PackOfOthersRecorder":         {Reason: "Somebody else's recorder cannot be waited for.", Spec: configuring(`"conformancePack":true`), Resource: composed.ConformancePack},
		"AggregatorWaitsForTheAccount": {Reason: "It names the account.", Spec: configuring(`"aggregator":true`), Input: tiertest.NoInput(), Resource: composed.ConfigAggregator, Waits: true},

		"NoRemediation": {Reason: "Nothing is changed unless the claim wants it.", Spec: `{"region":"eu-west-1"}`, Resource: composed.ConfigRemediation("buckets-public-read"), Missing: true},
		"Remediation": {
			Reason:   "A bucket that is public is closed, a few times, by AWS's own runbook (CFG-12).",
			Spec:     configuring(`"remediation":true`),
			Observed: mending,
			Resource: composed.ConfigRemediation("buckets-public-read"),
			Want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-buckets-public-read",
				"resourceType": "AWS::S3::Bucket", "targetType": "SSM_DOCUMENT", "targetId": "AWS-DisableS3BucketPublicReadWrite",
				"automatic": true, "maximumAutomaticAttempts": float64(5), "retryAttemptSeconds": float64(60),
				"parameter": []any{
					map[string]any{"name": "AutomationAssumeRole", "staticValue": "arn:role:mender"},
					map[string]any{"name": "S3BucketName", "resourceValue": "RESOURCE_ID"},
				},
			},
		},
		"RemediationOfVersions": {
			Reason:   "Versioning is switched on again (CFG-12).",
			Spec:     configuring(`"remediation":true`),
			Observed: mending,
			Resource: composed.ConfigRemediation("buckets-versioned"),
			Want: map[string]any{
				"targetId": "AWS-ConfigureS3BucketVersioning",
				"parameter": []any{
					map[string]any{"name": "AutomationAssumeRole", "staticValue": "arn:role:mender"},
					map[string]any{"name": "BucketName", "resourceValue": "RESOURCE_ID"},
					map[string]any{"name": "VersioningState", "staticValue": "Enabled"},
				},
			},
		},
		"RemediationWaitsForItsRule": {Reason: "AWS knows no remediation without a rule.", Spec: configuring(`"remediation":true`), Observed: tiertest.Without(mending, composed.ConfigRule("buckets-versioned")), Resource: composed.ConfigRemediation("buckets-versioned"), Waits: true},
		"RemediationWaitsForItsRole": {Reason: "Its parameter is the role's ARN.", Spec: configuring(`"remediation":true`), Observed: tiertest.Without(mending, composed.ConfigRemediationRole), Resource: composed.ConfigRemediation("buckets-versioned"), Waits: true},
		"RemediationWaitsForItsMay":  {Reason: "A runbook that may do nothing fails, and AWS gives up after a few times.", Spec: configuring(`"remediation":true`), Observed: tiertest.Without(mending, composed.ConfigRemediationRoleMend), Resource: composed.ConfigRemediation("buckets-versioned"), Waits: true},
	})
}

func TestConfigRules(t *testing.T) {
	identifiers := func(spec string) []string {
		out := []string{}
		for r, resource := range tiertest.Composed(t, spec, nil, tiertest.Platform()).Resources {
			if composed.IsConfigRule(r) {
				id, _ := tiertest.Field(t, resource, "source.sourceIdentifier").(string)
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

// Each remediation needs a rule that a minimal stack has.
func TestRemediationsHaveRules(t *testing.T) {
	s := tiertest.Composed(t, configuring(`"remediation":true`), nil, tiertest.Platform())
	for _, r := range config.RemediationRules() {
		if _, ok := s.Resources[composed.ConfigRule(r)]; !ok {
			t.Errorf("\nA remediation without a rule waits for ever.\n%s is no rule", r)
		}
	}
}

func TestConfigPolicies(t *testing.T) {
	service := map[string]any{"Service": "config.amazonaws.com"}
	forAccount := map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account}}
	bucket := "arn:aws:s3:::" + tiertest.Prefix + "-config"
	s := tiertest.Composed(t, configuring(`"recorder":true,"remediation":true`), nil, tiertest.Platform())
	china := tiertest.Composed(t, `{"region":"cn-north-1","guardrails":{"config":{"remediation":true}}}`, nil, &inputv1alpha1.Input{AccountID: tiertest.Account, Existing: inputv1alpha1.Existing{Trail: true}})
	policies := tiertest.Statements(t, s.Resources[composed.Bucket(composed.ConfigBucket, composed.Policy)], "policy")
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
				"Condition": map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account, "s3:x-amz-acl": "bucket-owner-full-control"}},
			},
		},
		"Key": {
			reason: "AWS Config of the account encrypts what it delivers (CFG-03).",
			got:    tiertest.Statements(t, s.Resources[composed.LogsKey], "policy")["DeliverConfig"],
			want: map[string]any{
				"Sid": "DeliverConfig", "Effect": "Allow", "Principal": service, "Action": []any{"kms:Decrypt", "kms:GenerateDataKey"}, "Resource": "*", "Condition": forAccount,
			},
		},
		"AccessLogs": {
			reason: "S3 delivers the access logs of this bucket too (STO-20).",
			got:    tiertest.Statements(t, s.Resources[composed.Bucket(composed.LogsBucket, composed.Policy)], "policy")["WriteAccessLogs"]["Condition"],
			want: map[string]any{
				"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account},
				"ArnLike":      map[string]any{"aws:SourceArn": []any{"arn:aws:s3:::" + tiertest.Prefix + "-assets", "arn:aws:s3:::" + tiertest.Prefix + "-cdn-logs", "arn:aws:s3:::" + tiertest.Prefix + "-audit", bucket, "arn:aws:s3:::" + tiertest.Prefix + "-responses"}},
			},
		},
		"Trust": {
			reason: "Systems Manager runs runbooks of this account and region only.",
			got:    tiertest.Statements(t, s.Resources[composed.ConfigRemediationRole], "assumeRolePolicy"),
			want: map[string]map[string]any{"": {
				"Effect": "Allow", "Principal": map[string]any{"Service": "ssm.amazonaws.com"}, "Action": "sts:AssumeRole",
				"Condition": map[string]any{
					"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account}, "ArnLike": map[string]any{"aws:SourceArn": "arn:aws:ssm:eu-west-1:123456789012:automation-execution/*"},
				},
			}},
		},
		"Mending": {
			reason: "Runbooks close and version the stack's own buckets, and do nothing else (CFG-12).",
			got:    tiertest.Statements(t, s.Resources[composed.ConfigRemediationRoleMend], "policy"),
			want: map[string]map[string]any{"MendBuckets": {
				"Sid": "MendBuckets", "Effect": "Allow",
				"Action":   []any{"s3:GetBucketPublicAccessBlock", "s3:GetBucketVersioning", "s3:PutBucketPublicAccessBlock", "s3:PutBucketVersioning"},
				"Resource": []any{"arn:aws:s3:::" + tiertest.Prefix + "-assets", "arn:aws:s3:::" + tiertest.Prefix + "-access-logs", "arn:aws:s3:::" + tiertest.Prefix + "-cdn-logs", "arn:aws:s3:::" + tiertest.Prefix + "-audit", bucket, "arn:aws:s3:::" + tiertest.Prefix + "-responses"},
			}},
		},
		"MendingInChina": {
			reason: "Buckets that the stack does not have are not named.",
			got:    tiertest.Statements(t, china.Resources[composed.ConfigRemediationRoleMend], "policy")["MendBuckets"]["Resource"],
			want:   []any{"arn:aws-cn:s3:::" + tiertest.Prefix + "-assets", "arn:aws-cn:s3:::" + tiertest.Prefix + "-access-logs", "arn:aws-cn:s3:::" + tiertest.Prefix + "-responses"},
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
			observed: map[string]string{composed.ConfigRule("ssh-closed"): `{"status":{"conditions":[{"type":"Ready","status":"False"}]}}`, composed.VPC: `{"status":{` + tiertest.Ready + `}}`},
		},
		"Some": {
			reason: "A security team sees how many there are, and who records.",
			observed: map[string]string{
				composed.ConfigRule("ssh-closed"): `{"status":{` + tiertest.Ready + `}}`, composed.ConfigRule("trail"): `{"status":{` + tiertest.Ready + `}}`,
				composed.ConfigRecorder: `{"metadata":{"annotations":{"crossplane.io/external-name":"shop-recorder"}}}`,
			},
			want: v1alpha1.ConfigStatus{Rules: 2, Recorder: "shop-recorder"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, `{"region":"eu-west-1"}`, tc.observed, tiertest.Platform()).Status.Config); diff != "" {
				t.Errorf("\n%s\nconfig: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// packOf returns the template of rules, each with its name and AWS identifier.
func packOf(rules ...string) string {
	var b strings.Builder
	b.WriteString("Resources:\n")
	for i := 0; i < len(rules); i += 2 {
		b.WriteString("  " + rules[i] + ":\n    Type: AWS::Config::ConfigRule\n    Properties:\n      ConfigRuleName: " + rules[i] +
			"\n      Source:\n        Owner: AWS\n        SourceIdentifier: " + rules[i+1] + "\n")
	}
	return b.String()
}
