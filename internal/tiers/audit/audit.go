package audit

import (
	"slices"

	cloudtrail "github.com/upbound/provider-aws/v2/apis/namespaced/cloudtrail/v1beta1"
	logs "github.com/upbound/provider-aws/v2/apis/namespaced/cloudwatchlogs/v1beta1"
	guardduty "github.com/upbound/provider-aws/v2/apis/namespaced/guardduty/v1beta1"
	inspector "github.com/upbound/provider-aws/v2/apis/namespaced/inspector2/v1beta1"
	securityhub "github.com/upbound/provider-aws/v2/apis/namespaced/securityhub/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// cloudTrail is who records.
const cloudTrail = "cloudtrail.amazonaws.com"

// composeAudit adds the trail of all API calls, where it writes to, metrics of
// what should not happen unnoticed, and the account's detectors if the claim
// asks for them.
func composeAudit(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.ComposeKey(s, set, composed.AuditKey, "Audit trail", auditKeyUsers(s))
	kit.ComposeBucket(s, observed, set, auditBucket(s))
	composeAuditLogs(s, set)
	composeAuditTopic(s, observed, set)
	composeTrail(s, observed, set)
	composeAuditMetrics(s, set)
	composeDetectors(s, observed, set)
}

// trailARN is known before the trail is, so that its bucket and its key can name
// it. The bucket's policy must, or CloudTrail refuses to make the trail.
func trailARN(s *settings.Settings) string {
	return s.Partition.ARN("cloudtrail", s.Region, s.Account.Value, "trail/"+s.Names.AuditTrail)
}

// byTrail is the condition that CloudTrail acts for the stack's own trail.
func byTrail(s *settings.Settings) policy.Condition {
	return policy.StringEquals("aws:SourceArn", trailARN(s))
}

// auditKeyUsers lets CloudTrail encrypt the trail's files, and CloudWatch Logs
// its log group. CloudTrail decrypts because the bucket has an S3 Bucket Key
// (AWS documentation, "Configure AWS KMS key policies for CloudTrail").
func auditKeyUsers(s *settings.Settings) []policy.Statement {
	use := func(sid string, condition policy.Condition, actions ...string) policy.Statement {
		return policy.Statement{
			Sid:       sid,
			Effect:    policy.Allow,
			Principal: policy.Service(cloudTrail),
			Actions:   actions,
			Resources: []string{"*"},
			Condition: condition,
		}
	}
	// A trail of all regions has the ARN of the one that it was made in; should
	// CloudTrail ever name another region, the trail is still the same.
	anyRegion := s.Partition.ARN("cloudtrail", "*", s.Account.Value, "trail/"+s.Names.AuditTrail)
	users := []policy.Statement{
		use("EncryptTrail", byTrail(s).And(policy.Condition{"StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": {anyRegion}}}),
			"kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"),
		use("CheckTrailKey", byTrail(s), "kms:Decrypt", "kms:DescribeKey"),
		kit.EncryptLogs(s, s.Region, kit.LogGroupARN(s, s.Names.AuditLogGroup)),
	}
	if s.Audit.Notifications {
		users = append(users, use("AnnounceTrail", byTrail(s), "kms:Decrypt", "kms:GenerateDataKey"))
	}
	return users
}

// auditBucket takes the trail's files (AWS documentation, "Amazon S3 bucket
// policy for CloudTrail").
func auditBucket(s *settings.Settings) kit.Bucket {
	arn := s.Partition.ARN("s3", "", "", s.Names.AuditBucket)
	return kit.Bucket{
		Resource: composed.AuditBucket, Name: s.Names.AuditBucket, Key: composed.AuditKey, LogPrefix: "audit/",
		Needs: []facts.Fact{s.Account},
		Grants: []policy.Statement{
			{
				Sid:       "CheckTrailBucket",
				Effect:    policy.Allow,
				Principal: policy.Service(cloudTrail),
				Actions:   []string{"s3:GetBucketAcl"},
				Resources: []string{arn},
				Condition: byTrail(s),
			},
			{
				Sid:       "WriteTrail",
				Effect:    policy.Allow,
				Principal: policy.Service(cloudTrail),
				Actions:   []string{"s3:PutObject"},
				Resources: []string{arn + "/AWSLogs/" + s.Account.Value + "/*"},
				Condition: policy.Condition{"StringEquals": {"aws:SourceArn": {trailARN(s)}, "s3:x-amz-acl": {"bucket-owner-full-control"}}},
			},
		},
		ExpireDays: s.LogRetentionDays, OldVersionDays: 1,
		LockDays: s.Audit.ObjectLockDays,
	}
}

// composeAuditLogs adds the log group that metrics are made of, and what
// CloudTrail writes to it as (AWS documentation, "Role policy document for
// CloudTrail to use CloudWatch Logs for monitoring"). CloudTrail names no source
// when it assumes the role, and takes only roles and groups of the trail's own
// account.
func composeAuditLogs(s *settings.Settings, set *desired.Set) {
	kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: composed.AuditLogGroup, Name: s.Names.AuditLogGroup, Region: s.Region, Key: composed.AuditKey})
	kit.AddRole(s, set, composed.AuditRole, s.Stack+"-audit", "Writes the audit trail's log group", cloudTrail, nil)
	// CloudTrail's own name of the one stream that it writes.
	stream := kit.LogGroupARN(s, s.Names.AuditLogGroup) + ":log-stream:" + s.Account.Value + "_CloudTrail_" + s.Region + "*"
	kit.AddRolePolicy(set, composed.AuditRoleLogs, composed.AuditRole, "logs", []policy.Statement{{
		Sid: "WriteTrail", Effect: policy.Allow, Actions: []string{"logs:CreateLogStream", "logs:PutLogEvents"}, Resources: []string{stream},
	}}, s.Account)
}

// auditTopic is the name of the topic that log files are announced on.
func auditTopic(s *settings.Settings) string { return s.Stack + "-audit" }

// composeAuditTopic adds that topic, if the claim asks for it (AWS
// documentation, "Amazon SNS topic policy for CloudTrail").
func composeAuditTopic(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.Audit.Notifications {
		return
	}
	kit.ComposeTopic(s, observed, set, kit.Topic{
		Resource: composed.AuditTopic, Name: auditTopic(s), Display: "Audit trail", Region: s.Region, Key: composed.AuditKey,
		Publishers: []kit.Publisher{{Sid: "AnnounceTrail", Service: cloudTrail, Condition: byTrail(s)}},
	})
}

// composeTrail adds the trail. CloudTrail tries out bucket, key, log group and
// topic before it makes a trail, so the trail waits until they and what lets
// CloudTrail in are there.
func composeTrail(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	audit := s.Audit
	key := observed.ARN(composed.AuditKey)
	needs := []facts.Fact{
		s.Account, key,
		observed.Ready(composed.Bucket(composed.AuditBucket, composed.Policy)), observed.Ready(composed.AuditLogGroup), observed.Ready(composed.AuditRoleLogs),
	}
	events := cloudtrail.EventSelectorParameters{ReadWriteType: new("All"), IncludeManagementEvents: new(true)}
	if audit.DataEvents {
		events.DataResource = []cloudtrail.DataResourceParameters{{Type: new("AWS::S3::Object"), Values: kit.Pointers(recordedObjects(s))}}
	}
	trail := cloudtrail.TrailParameters{
		S3BucketNameRef: set.Ref(composed.AuditBucket),
		// A reference would give the key's ID.
		KMSKeyID: new(key.Value),
		// CloudTrail wants the group's ARN with the streams, which no reference gives.
		CloudWatchLogsGroupArn:   new(kit.LogGroupARN(s, s.Names.AuditLogGroup) + ":*"),
		CloudWatchLogsRoleArnRef: set.Ref(composed.AuditRole),
		IsMultiRegionTrail:       new(audit.MultiRegion),
		// Of IAM, CloudFront and the like.
		IncludeGlobalServiceEvents: new(true),
		EnableLogging:              new(true),
		EnableLogFileValidation:    new(true),
		EventSelector:              []cloudtrail.EventSelectorParameters{events},
	}
	if audit.Insights {
		trail.InsightSelector = []cloudtrail.InsightSelectorParameters{{InsightType: new("ApiCallRateInsight")}, {InsightType: new("ApiErrorRateInsight")}}
	}
	if audit.Notifications {
		trail.SnsTopicName = new(auditTopic(s))
		needs = append(needs, observed.Ready(composed.TopicPolicy(composed.AuditTopic)))
	}
	set.Add(composed.AuditTrail, &cloudtrail.Trail{Spec: cloudtrail.TrailSpec{ForProvider: trail}}, desired.Named(s.Names.AuditTrail), desired.Needs(needs...),
		desired.Before(composed.AuditBucket, composed.AuditLogGroup, composed.AuditKey))
}

// recordedObjects is the objects whose every access is recorded: what visitors
// are served, and the code that may change the stack. Logs are left out: whoever
// reads them reads each one.
func recordedObjects(s *settings.Settings) []string {
	objects := []string{kit.AssetsARN(s) + "/"}
	if s.Uploads != nil {
		objects = append(objects, kit.UploadsARN(s)+"/")
	}
	if s.Assets.ReplicaRegion != "" {
		objects = append(objects, s.Partition.ARN("s3", "", "", s.Names.ReplicaBucket)+"/")
	}
	if s.On(settings.TierResponses) {
		objects = append(objects, s.Partition.ARN("s3", "", "", s.Names.ResponsesBucket)+"/")
	}
	if len(s.App.Jobs()) > 0 {
		objects = append(objects, s.Partition.ARN("s3", "", "", s.Names.JobsBucket)+"/")
	}
	return objects
}

// composeAuditMetrics adds the metrics. Those of IAM and other global services
// have events only if the trail records all regions.
func composeAuditMetrics(s *settings.Settings, set *desired.Set) {
	for _, m := range kit.AuditMetrics() {
		set.Add(composed.AuditMetric(m.ID), &logs.MetricFilter{Spec: logs.MetricFilterSpec{ForProvider: logs.MetricFilterParameters{
			LogGroupNameRef: set.Ref(composed.AuditLogGroup),
			Pattern:         new(m.Pattern),
			MetricTransformation: &logs.MetricTransformationParameters{
				Namespace:    new(kit.AuditNamespace(s)),
				Name:         new(m.Name),
				Value:        new("1"),
				DefaultValue: new("0"),
			},
		}}}, desired.Named(m.ID))
	}
}

// codeScanRegions is where Inspector scans functions' own code, not only the
// libraries in them (Amazon Inspector documentation, "Regions and endpoints").
var codeScanRegions = []string{
	"ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "us-east-1", "us-east-2", "us-west-2",
}

// composeDetectors adds what an account and region can have one of, each only if
// the claim asks for it.
func composeDetectors(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	audit := s.Audit
	if audit.GuardDuty {
		sources := &guardduty.DatasourcesParameters{S3Logs: &guardduty.S3LogsParameters{Enable: new(true)}}
		// Malware protection is not known to be offered elsewhere (AWS Config
		// documentation, "guardduty-malware-protection-enabled").
		if s.Partition == aws.Commercial {
			sources.MalwareProtection = &guardduty.MalwareProtectionParameters{ScanEC2InstanceWithFindings: &guardduty.ScanEC2InstanceWithFindingsParameters{
				EBSVolumes: &guardduty.EBSVolumesParameters{Enable: new(true)},
			}}
		}
		set.Add(composed.GuardDuty, &guardduty.Detector{Spec: guardduty.DetectorSpec{ForProvider: guardduty.DetectorParameters{
			Enable:                     new(true),
			FindingPublishingFrequency: new("FIFTEEN_MINUTES"),
			Datasources:                sources,
		}}})
	}
	if audit.SecurityHub {
		set.Add(composed.SecurityHub, &securityhub.Account{Spec: securityhub.AccountSpec{ForProvider: securityhub.AccountParameters{
			EnableDefaultStandards: new(true),
			AutoEnableControls:     new(true),
		}}})
		set.Add(composed.SecurityHubStandard, &securityhub.StandardsSubscription{Spec: securityhub.StandardsSubscriptionSpec{ForProvider: securityhub.StandardsSubscriptionParameters{
			StandardsArn: new(s.Partition.ARN("securityhub", s.Region, "", "standards/aws-foundational-security-best-practices/v/1.0.0")),
		}}}, desired.Needs(observed.Ready(composed.SecurityHub)))
	}
	if audit.Inspector {
		scans := []string{"LAMBDA"}
		if slices.Contains(codeScanRegions, s.Region) {
			scans = append(scans, "LAMBDA_CODE")
		}
		set.Add(composed.Inspector, &inspector.Enabler{Spec: inspector.EnablerSpec{ForProvider: inspector.EnablerParameters{
			AccountIds:    []*string{new(s.Account.Value)},
			ResourceTypes: kit.Pointers(scans),
		}}}, desired.Needs(s.Account))
	}
}

// reportAudit says where to look up who did what.
func reportAudit(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	status.Audit.TrailARN = observed.ARN(composed.AuditTrail).Value
	if observed.Has(composed.AuditBucket) {
		status.Audit.Bucket = s.Names.AuditBucket
	}
	if observed.Has(composed.AuditLogGroup) {
		status.Audit.LogGroup = s.Names.AuditLogGroup
	}
}
