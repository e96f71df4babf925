package tiers

import (
	"slices"
	"strings"

	cloudtrail "github.com/upbound/provider-aws/v2/apis/namespaced/cloudtrail/v1beta1"
	logs "github.com/upbound/provider-aws/v2/apis/namespaced/cloudwatchlogs/v1beta1"
	guardduty "github.com/upbound/provider-aws/v2/apis/namespaced/guardduty/v1beta1"
	inspector "github.com/upbound/provider-aws/v2/apis/namespaced/inspector2/v1beta1"
	securityhub "github.com/upbound/provider-aws/v2/apis/namespaced/securityhub/v1beta1"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// cloudTrail is who records.
const cloudTrail = "cloudtrail.amazonaws.com"

// composeAudit adds the trail of all API calls, where it writes to, metrics of
// what should not happen unnoticed, and the account's detectors if the claim
// asks for them.
func composeAudit(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	composeKey(s, set, role.AuditKey, "Audit trail", auditKeyUsers(s))
	composeBucket(s, observed, set, auditBucket(s))
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
		encryptLogs(s, s.Region, logGroupARN(s, s.Names.AuditLogGroup)),
	}
	if s.Claim.Spec.Guardrails.Audit.Notifications {
		users = append(users, use("AnnounceTrail", byTrail(s), "kms:Decrypt", "kms:GenerateDataKey"))
	}
	return users
}

// auditBucket takes the trail's files (AWS documentation, "Amazon S3 bucket
// policy for CloudTrail").
func auditBucket(s *settings.Settings) bucket {
	arn := s.Partition.ARN("s3", "", "", s.Names.AuditBucket)
	return bucket{
		role: role.AuditBucket, name: s.Names.AuditBucket, key: role.AuditKey, logPrefix: "audit/",
		needs: []facts.Fact{s.Account},
		grants: []policy.Statement{
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
		expireDays: s.LogRetentionDays, oldVersionDays: 1,
		lockDays: s.ObjectLockDays,
	}
}

// composeAuditLogs adds the log group that metrics are made of, and what
// CloudTrail writes to it as (AWS documentation, "Role policy document for
// CloudTrail to use CloudWatch Logs for monitoring"). CloudTrail names no source
// when it assumes the role, and takes only roles and groups of the trail's own
// account.
func composeAuditLogs(s *settings.Settings, set *desired.Set) {
	composeLogGroup(s, set, logGroup{role: role.AuditLogGroup, name: s.Names.AuditLogGroup, region: s.Region, key: role.AuditKey})
	addRole(s, set, role.AuditRole, s.Stack+"-audit", "Writes the audit trail's log group", cloudTrail, nil)
	// CloudTrail's own name of the one stream that it writes.
	stream := logGroupARN(s, s.Names.AuditLogGroup) + ":log-stream:" + s.Account.Value + "_CloudTrail_" + s.Region + "*"
	addRolePolicy(set, role.AuditRoleLogs, role.AuditRole, "logs", []policy.Statement{{
		Sid: "WriteTrail", Effect: policy.Allow, Actions: []string{"logs:CreateLogStream", "logs:PutLogEvents"}, Resources: []string{stream},
	}}, s.Account)
}

// auditTopic is the name of the topic that log files are announced on.
func auditTopic(s *settings.Settings) string { return s.Stack + "-audit" }

// composeAuditTopic adds that topic, if the claim asks for it (AWS
// documentation, "Amazon SNS topic policy for CloudTrail").
func composeAuditTopic(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.Claim.Spec.Guardrails.Audit.Notifications {
		return
	}
	composeTopic(s, observed, set, topic{
		role: role.AuditTopic, name: auditTopic(s), display: "Audit trail", region: s.Region, key: role.AuditKey,
		publishers: []publisher{{sid: "AnnounceTrail", service: cloudTrail, condition: byTrail(s)}},
	})
}

// composeTrail adds the trail. CloudTrail tries out bucket, key, log group and
// topic before it makes a trail, so the trail waits until they and what lets
// CloudTrail in are there.
func composeTrail(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	audit := s.Claim.Spec.Guardrails.Audit
	key := observed.ARN(role.AuditKey)
	needs := []facts.Fact{
		s.Account, key,
		observed.Ready(role.Bucket(role.AuditBucket, role.Policy)), observed.Ready(role.AuditLogGroup), observed.Ready(role.AuditRoleLogs),
	}
	events := cloudtrail.EventSelectorParameters{ReadWriteType: new("All"), IncludeManagementEvents: new(true)}
	if ptr.Deref(audit.DataEvents, true) {
		events.DataResource = []cloudtrail.DataResourceParameters{{Type: new("AWS::S3::Object"), Values: pointers(recordedObjects(s))}}
	}
	trail := cloudtrail.TrailParameters{
		S3BucketNameRef: set.Ref(role.AuditBucket),
		// A reference would give the key's ID.
		KMSKeyID: new(key.Value),
		// CloudTrail wants the group's ARN with the streams, which no reference gives.
		CloudWatchLogsGroupArn:   new(logGroupARN(s, s.Names.AuditLogGroup) + ":*"),
		CloudWatchLogsRoleArnRef: set.Ref(role.AuditRole),
		IsMultiRegionTrail:       new(ptr.Deref(audit.MultiRegion, true)),
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
		needs = append(needs, observed.Ready(role.TopicPolicy(role.AuditTopic)))
	}
	set.Add(role.AuditTrail, &cloudtrail.Trail{Spec: cloudtrail.TrailSpec{ForProvider: trail}}, desired.Named(s.Names.AuditTrail), desired.Needs(needs...),
		desired.Before(role.AuditBucket, role.AuditLogGroup, role.AuditKey))
}

// recordedObjects is the objects whose every access is recorded: what visitors
// are served, and the code that may change the stack. Logs are left out: whoever
// reads them reads each one.
func recordedObjects(s *settings.Settings) []string {
	objects := []string{assetsARN(s) + "/"}
	if s.ReplicaRegion != "" {
		objects = append(objects, s.Partition.ARN("s3", "", "", s.Names.ReplicaBucket)+"/")
	}
	if s.On(settings.TierResponses) {
		objects = append(objects, s.Partition.ARN("s3", "", "", s.Names.ResponsesBucket)+"/")
	}
	return objects
}

// auditMetric counts one kind of event.
type auditMetric struct {
	// id is its name within the stack, name that of the metric.
	id, name string
	// control is the control of AWS Security Hub that wants it. CIS has one more.
	control string
	// description is what its alarm says.
	description string
	// pattern selects the events. Security Hub compares it letter by letter (AWS
	// Security Hub, "CloudWatch controls").
	pattern string
}

// auditMetrics is what the CIS AWS Foundations Benchmark wants to be alarmed
// about (v3.0, 4.1 to 4.15).
func auditMetrics() []auditMetric {
	return []auditMetric{
		{id: "root-account-usage", name: "RootAccountUsage", control: "CloudWatch.1", description: "The account's root user was used (CIS 4.3).", pattern: `{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}`},
		{id: "unauthorized-api-calls", name: "UnauthorizedAPICalls", control: "CloudWatch.2", description: "Somebody made calls that they may not make (CIS 4.1).", pattern: `{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}`},
		{id: "console-sign-in-without-mfa", name: "ConsoleSignInWithoutMFA", control: "CloudWatch.3", description: "Somebody signed in to the console without a second factor (CIS 4.2).", pattern: `{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }`},
		{id: "iam-policy-changes", name: "IAMPolicyChanges", control: "CloudWatch.4", description: "IAM policies changed (CIS 4.4).", pattern: callsOf("iam",
			"DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy", "PutUserPolicy", "CreatePolicy", "DeletePolicy",
			"CreatePolicyVersion", "DeletePolicyVersion", "AttachRolePolicy", "DetachRolePolicy", "AttachUserPolicy", "DetachUserPolicy", "AttachGroupPolicy", "DetachGroupPolicy")},
		{id: "cloudtrail-configuration-changes", name: "CloudTrailConfigurationChanges", control: "CloudWatch.5", description: "CloudTrail's configuration changed (CIS 4.5).", pattern: calls("CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging")},
		{id: "console-authentication-failures", name: "ConsoleAuthenticationFailures", control: "CloudWatch.6", description: "Signing in to the console failed (CIS 4.6).", pattern: `{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}`},
		{id: "disable-or-delete-cmk", name: "DisableOrDeleteCMK", control: "CloudWatch.7", description: "A key was disabled or scheduled for deletion (CIS 4.7).", pattern: callsOf("kms", "DisableKey", "ScheduleKeyDeletion")},
		{id: "s3-bucket-policy-changes", name: "S3BucketPolicyChanges", control: "CloudWatch.8", description: "A bucket's policy or settings changed (CIS 4.8).", pattern: callsOf("s3",
			"PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication", "DeleteBucketPolicy", "DeleteBucketCors",
			"DeleteBucketLifecycle", "DeleteBucketReplication")},
		{id: "config-changes", name: "ConfigChanges", control: "CloudWatch.9", description: "AWS Config's configuration changed (CIS 4.9).", pattern: callsOf("config",
			"StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder")},
		{id: "security-group-changes", name: "SecurityGroupChanges", control: "CloudWatch.10", description: "Security groups changed (CIS 4.10).", pattern: calls(
			"AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress", "CreateSecurityGroup", "DeleteSecurityGroup")},
		{id: "network-acl-changes", name: "NetworkACLChanges", control: "CloudWatch.11", description: "Network ACLs changed (CIS 4.11).", pattern: calls(
			"CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry", "ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation")},
		{id: "network-gateway-changes", name: "NetworkGatewayChanges", control: "CloudWatch.12", description: "Network gateways changed (CIS 4.12).", pattern: calls(
			"CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway", "DeleteInternetGateway", "DetachInternetGateway")},
		{id: "route-table-changes", name: "RouteTableChanges", control: "CloudWatch.13", description: "Route tables changed (CIS 4.13).", pattern: callsOf("ec2",
			"CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable", "DeleteRoute", "DisassociateRouteTable")},
		{id: "vpc-changes", name: "VPCChanges", control: "CloudWatch.14", description: "VPCs changed (CIS 4.14).", pattern: calls(
			"CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection", "CreateVpcPeeringConnection", "DeleteVpcPeeringConnection",
			"RejectVpcPeeringConnection", "AttachClassicLinkVpc", "DetachClassicLinkVpc", "DisableVpcClassicLink", "EnableVpcClassicLink")},
		{id: "organization-changes", name: "OrganizationChanges", description: "The organisation changed (CIS 4.15). Shows in its management account only.", pattern: callsOf("organizations",
			"AcceptHandshake", "AttachPolicy", "CreateAccount", "CreateOrganizationalUnit", "CreatePolicy", "DeclineHandshake", "DeleteOrganization",
			"DeleteOrganizationalUnit", "DeletePolicy", "DetachPolicy", "DisablePolicyType", "EnablePolicyType", "InviteAccountToOrganization", "LeaveOrganization",
			"MoveAccount", "RemoveAccountFromOrganization", "UpdatePolicy", "UpdateOrganizationalUnit")},
	}
}

// calls is the pattern of events of any of the calls.
func calls(names ...string) string { return "{" + anyCall(names) + "}" }

// callsOf is the pattern of events of any of the calls to one service.
func callsOf(service string, names ...string) string {
	return "{($.eventSource=" + service + ".amazonaws.com) && (" + anyCall(names) + ")}"
}

func anyCall(names []string) string {
	return "($.eventName=" + strings.Join(names, ") || ($.eventName=") + ")"
}

// auditNamespace is where the metrics are.
func auditNamespace(s *settings.Settings) string { return s.Stack + "/audit" }

// composeAuditMetrics adds the metrics. Those of IAM and other global services
// have events only if the trail records all regions.
func composeAuditMetrics(s *settings.Settings, set *desired.Set) {
	for _, m := range auditMetrics() {
		set.Add(role.AuditMetric(m.id), &logs.MetricFilter{Spec: logs.MetricFilterSpec{ForProvider: logs.MetricFilterParameters{
			LogGroupNameRef: set.Ref(role.AuditLogGroup),
			Pattern:         new(m.pattern),
			MetricTransformation: &logs.MetricTransformationParameters{
				Namespace:    new(auditNamespace(s)),
				Name:         new(m.name),
				Value:        new("1"),
				DefaultValue: new("0"),
			},
		}}}, desired.Named(m.id))
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
	audit := s.Claim.Spec.Guardrails.Audit
	if audit.GuardDuty {
		sources := &guardduty.DatasourcesParameters{S3Logs: &guardduty.S3LogsParameters{Enable: new(true)}}
		// Malware protection is not known to be offered elsewhere (AWS Config
		// documentation, "guardduty-malware-protection-enabled").
		if s.Partition == aws.Commercial {
			sources.MalwareProtection = &guardduty.MalwareProtectionParameters{ScanEC2InstanceWithFindings: &guardduty.ScanEC2InstanceWithFindingsParameters{
				EBSVolumes: &guardduty.EBSVolumesParameters{Enable: new(true)},
			}}
		}
		set.Add(role.GuardDuty, &guardduty.Detector{Spec: guardduty.DetectorSpec{ForProvider: guardduty.DetectorParameters{
			Enable:                     new(true),
			FindingPublishingFrequency: new("FIFTEEN_MINUTES"),
			Datasources:                sources,
		}}})
	}
	if audit.SecurityHub {
		set.Add(role.SecurityHub, &securityhub.Account{Spec: securityhub.AccountSpec{ForProvider: securityhub.AccountParameters{
			EnableDefaultStandards: new(true),
			AutoEnableControls:     new(true),
		}}})
		set.Add(role.SecurityHubStandard, &securityhub.StandardsSubscription{Spec: securityhub.StandardsSubscriptionSpec{ForProvider: securityhub.StandardsSubscriptionParameters{
			StandardsArn: new(s.Partition.ARN("securityhub", s.Region, "", "standards/aws-foundational-security-best-practices/v/1.0.0")),
		}}}, desired.Needs(observed.Ready(role.SecurityHub)))
	}
	if audit.Inspector {
		scans := []string{"LAMBDA"}
		if slices.Contains(codeScanRegions, s.Region) {
			scans = append(scans, "LAMBDA_CODE")
		}
		set.Add(role.Inspector, &inspector.Enabler{Spec: inspector.EnablerSpec{ForProvider: inspector.EnablerParameters{
			AccountIds:    []*string{new(s.Account.Value)},
			ResourceTypes: pointers(scans),
		}}}, desired.Needs(s.Account))
	}
}

// reportAudit says where to look up who did what.
func reportAudit(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	status.Audit.TrailARN = observed.ARN(role.AuditTrail).Value
	if observed.Has(role.AuditBucket) {
		status.Audit.Bucket = s.Names.AuditBucket
	}
	if observed.Has(role.AuditLogGroup) {
		status.Audit.LogGroup = s.Names.AuditLogGroup
	}
}
