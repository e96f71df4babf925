package audit

import (
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudtrail"
	logs "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudwatchlogs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/guardduty"
	inspector "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/inspector2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/securityhub"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// cloudTrail is CloudTrail's service principal.
const cloudTrail = "cloudtrail.amazonaws.com"

// composeAudit adds the trail with its bucket and log group, metrics of security
// events, and the account's detectors if the claim enables them. Bucket and log group
// stay if the account has taken over the trail.
func composeAudit(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if s.Audit.Files {
		kit.ComposeKey(s, set, composed.AuditKey, "Audit trail", auditKeyUsers(s))
		kit.ComposeBucket(s, observed, set, auditBucket(s))
		kit.ComposeLogGroup(s, set, kit.LogGroup{Resource: composed.AuditLogGroup, Name: s.Names.AuditLogGroup, Region: s.Region, Key: composed.AuditKey})
	}
	if s.Audit.Trail {
		composeAuditRole(s, set)
		composeAuditTopic(s, observed, set)
		composeTrail(s, observed, set)
		composeAuditMetrics(s, set)
	}
	composeDetectors(s, observed, set)
}

// trailARN returns the ARN of the trail before it exists. The bucket's policy must
// contain it, because CloudTrail checks the policy before it creates the trail. The
// key's policy contains it too.
func trailARN(s *settings.Settings) string {
	return s.Partition.ARN("cloudtrail", s.Region, s.Account.Value, "trail/"+s.Names.AuditTrail)
}

// byTrail returns a condition that CloudTrail acts for the stack's trail.
func byTrail(s *settings.Settings) policy.Condition {
	return policy.StringEquals("aws:SourceArn", trailARN(s))
}

// auditKeyUsers allows CloudTrail to encrypt the trail's files, and CloudWatch Logs
// to encrypt its log group. CloudTrail also needs to decrypt, because the bucket
// has an S3 Bucket Key (AWS documentation, "Configure AWS KMS key policies for
// CloudTrail").
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
	// A trail of all regions has an ARN in its home region. The wildcard also
	// covers another region, should CloudTrail ever use it.
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

// auditBucket returns the bucket for the trail's files (AWS documentation, "Amazon
// S3 bucket policy for CloudTrail").
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

// composeAuditRole adds CloudTrail's role for the log group of metrics (AWS
// documentation, "Role policy document for CloudTrail to use CloudWatch Logs for
// monitoring"). CloudTrail sends no source when it assumes the role, and only accepts
// roles and groups of the trail's own account.
func composeAuditRole(s *settings.Settings, set *desired.Set) {
	kit.AddRole(s, set, composed.AuditRole, s.Stack+"-audit", "Writes the audit trail's log group", cloudTrail, nil)
	// CloudTrail's name of its log stream.
	stream := kit.LogGroupARN(s, s.Names.AuditLogGroup) + ":log-stream:" + s.Account.Value + "_CloudTrail_" + s.Region + "*"
	kit.AddRolePolicy(set, composed.AuditRoleLogs, composed.AuditRole, "logs", []policy.Statement{{
		Sid: "WriteTrail", Effect: policy.Allow, Actions: []string{"logs:CreateLogStream", "logs:PutLogEvents"}, Resources: []string{stream},
	}}, s.Account)
}

// auditTopic returns the name of the topic for new log files.
func auditTopic(s *settings.Settings) string { return s.Stack + "-audit" }

// composeAuditTopic adds the topic for new log files, if the claim enables it (AWS
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

// composeTrail adds the trail. CloudTrail validates bucket, key, log group and
// topic when it creates a trail, so the trail waits for them and for their
// policies.
func composeTrail(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	audit := s.Audit
	key := observed.ARN(composed.AuditKey)
	needs := []facts.Fact{
		s.Account, key,
		observed.Ready(composed.Bucket(composed.AuditBucket, composed.Policy)), observed.Ready(composed.AuditLogGroup), observed.Ready(composed.AuditRoleLogs),
	}
	trail := cloudtrail.TrailParameters{
		S3BucketNameRef: set.Ref(composed.AuditBucket),
		// A reference would resolve to the key's ID.
		KMSKeyID: new(key.Value),
		// CloudTrail requires the group's ARN with a suffix for streams, which no
		// reference provides.
		CloudWatchLogsGroupArn:   new(kit.LogGroupARN(s, s.Names.AuditLogGroup) + ":*"),
		CloudWatchLogsRoleArnRef: set.Ref(composed.AuditRole),
		IsMultiRegionTrail:       new(audit.MultiRegion),
		// Events of IAM, CloudFront and other global services.
		IncludeGlobalServiceEvents: new(true),
		EnableLogging:              new(true),
		EnableLogFileValidation:    new(true),
	}
	selectEvents(s, &trail)
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

// selectEvents selects all management events and, if the claim enables them, data
// events. A stack selects its own objects. An account selects those of all buckets but
// its own for logs, because each delivered log file would cause another event (AWS
// documentation, "Logging data events"). Both forms cannot be combined.
func selectEvents(s *settings.Settings, trail *cloudtrail.TrailParameters) {
	if s.IsAccount && s.Audit.DataEvents {
		equals := func(field string, values ...string) cloudtrail.FieldSelectorParameters {
			return cloudtrail.FieldSelectorParameters{Field: new(field), Equals: kit.Pointers(values)}
		}
		trail.AdvancedEventSelector = []cloudtrail.AdvancedEventSelectorParameters{
			{Name: new("Management events"), FieldSelector: []cloudtrail.FieldSelectorParameters{equals("eventCategory", "Management")}},
			{Name: new("Objects of stacks"), FieldSelector: []cloudtrail.FieldSelectorParameters{
				equals("eventCategory", "Data"),
				equals("resources.type", "AWS::S3::Object"),
				{Field: new("resources.ARN"), NotStartsWith: kit.Pointers(logBuckets(s))},
			}},
		}
		return
	}
	events := cloudtrail.EventSelectorParameters{ReadWriteType: new("All"), IncludeManagementEvents: new(true)}
	if s.Audit.DataEvents {
		events.DataResource = []cloudtrail.DataResourceParameters{{Type: new("AWS::S3::Object"), Values: kit.Pointers(recordedObjects(s))}}
	}
	trail.EventSelector = []cloudtrail.EventSelectorParameters{events}
}

// logBuckets returns the ARNs of the account's buckets to which AWS delivers logs.
func logBuckets(s *settings.Settings) []string {
	names := []string{s.Names.LogsBucket, s.Names.AuditBucket}
	if s.Config.Files {
		names = append(names, s.Names.ConfigBucket)
	}
	var arns []string
	for _, name := range names {
		arns = append(arns, s.Partition.ARN("s3", "", "", name+"/"))
	}
	return arns
}

// recordedObjects returns the objects for which the trail records every access:
// those that visitors get, and code that may change the stack. It omits logs,
// because log analysis reads every object.
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

// composeAuditMetrics adds the metrics. Events of IAM and other global services
// exist only if the trail covers all regions.
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

// codeScanRegions lists the regions in which Inspector scans functions' own code,
// not only their libraries (Amazon Inspector documentation, "Regions and
// endpoints").
var codeScanRegions = []string{
	"ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "us-east-1", "us-east-2", "us-west-2",
}

// composeDetectors adds services that an account has only once in a region, if the
// claim enables them.
func composeDetectors(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	audit := s.Audit
	if audit.GuardDuty {
		sources := &guardduty.DatasourcesParameters{S3Logs: &guardduty.S3LogsParameters{Enable: new(true)}}
		// Malware protection may not be available in other partitions (AWS Config
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

// reportAudit reports the location of audit logs: of the stack, or of its account.
func reportAudit(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	status.Audit.TrailARN = observed.ARN(composed.AuditTrail).Value
	if s.Shared != nil {
		status.Audit.TrailARN = s.Shared.TrailARN
	}
	if observed.Has(composed.AuditBucket) {
		status.Audit.Bucket = s.Names.AuditBucket
	}
	if observed.Has(composed.AuditLogGroup) {
		status.Audit.LogGroup = s.Names.AuditLogGroup
	}
}
