package storage

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/s3"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeUploads adds the bucket for uploads and its malware scan, if the claim
// requests them.
func composeUploads(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if s.Uploads == nil {
		return
	}
	kit.ComposeBucket(s, observed, set, kit.UploadsBucket(s, observed))
	composeCORS(s, observed, set)
	if s.Uploads.Scan {
		composeScan(s, observed, set)
	}
}

// composeCORS allows the shop's pages to upload with presigned requests. A shop
// without a domain has CloudFront's domain.
func composeCORS(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	origins := s.Uploads.CORSOrigins
	var needs []facts.Fact
	if len(origins) == 0 {
		domain := observed.Fact(composed.Distribution, "status.atProvider.domainName")
		origins, needs = []string{"https://" + domain.Value}, []facts.Fact{domain}
	}
	set.Add(composed.Bucket(composed.UploadsBucket, composed.CORS), &s3.BucketCorsConfiguration{Spec: s3.BucketCorsConfigurationSpec{ForProvider: s3.BucketCorsConfigurationParameters{
		BucketRef: set.Ref(composed.UploadsBucket),
		CorsRule: []s3.BucketCorsConfigurationCorsRuleParameters{{
			ID:             new("uploads"),
			AllowedOrigins: kit.Pointers(origins),
			AllowedMethods: kit.Pointers([]string{"GET", "HEAD", "POST", "PUT"}),
			// The application decides which headers are signed.
			AllowedHeaders: kit.Pointers([]string{"*"}),
			// Clients need it to complete multipart uploads.
			ExposeHeaders: kit.Pointers([]string{"ETag"}),
			MaxAgeSeconds: new(float64(3600)),
		}},
	}}}, desired.Needs(needs...), desired.Keep(s.Keep.Data))
}

// composeScan adds the malware scan, which tags uploads with its result (Amazon
// GuardDuty documentation, "Malware Protection for S3"). GuardDuty validates its
// role when the plan is created, and uses it to remove its rule when the plan is
// deleted.
func composeScan(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	const service = "malware-protection-plan.guardduty.amazonaws.com"
	kit.AddRole(s, set, composed.ScanRole, s.Names.ScanRole, "Scans uploads for malware", service, nil)
	key := observed.ARN(composed.DataKey)
	kit.AddRolePolicy(set, composed.ScanRolePolicy, composed.ScanRole, "scan", scanUploads(s, key, service), s.Account, key)
	role := observed.ARN(composed.ScanRole)
	kit.AddByCloudControl(set, composed.ScanPlan, s.Region, "AWS::GuardDuty::MalwareProtectionPlan", map[string]any{
		"Role":              role.Value,
		"ProtectedResource": map[string]any{"S3Bucket": map[string]any{"BucketName": s.Names.UploadsBucket}},
		"Actions":           map[string]any{"Tagging": map[string]any{"Status": "ENABLED"}},
		"Tags":              kit.CloudFormationTags(s),
	}, desired.Needs(role, observed.Ready(composed.ScanRolePolicy),
		// The policy must allow the role to write its test object. The stack
		// manages the event notifications that the plan enables.
		observed.Ready(composed.Bucket(composed.UploadsBucket, composed.Policy)), observed.Ready(composed.Bucket(composed.UploadsBucket, composed.Notification))),
		desired.Before(composed.ScanRole, composed.ScanRolePolicy, composed.UploadsBucket))
}

// scanUploads returns GuardDuty's required permissions (Amazon GuardDuty
// documentation, "Create or update IAM role policy").
func scanUploads(s *settings.Settings, key facts.Fact, service string) []policy.Statement {
	bucket := kit.UploadsARN(s)
	rule := s.Partition.ARN("events", s.Region, s.Account.Value, "rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*")
	return []policy.Statement{
		{
			Sid: "ManageRule", Effect: policy.Allow, Actions: []string{"events:DeleteRule", "events:PutRule", "events:PutTargets", "events:RemoveTargets"},
			Resources: []string{rule}, Condition: policy.StringEquals("events:ManagedBy", service),
		},
		{Sid: "ReadRule", Effect: policy.Allow, Actions: []string{"events:DescribeRule", "events:ListTargetsByRule"}, Resources: []string{rule}},
		{
			Sid: "TagResults", Effect: policy.Allow,
			Actions:   []string{"s3:GetObjectTagging", "s3:GetObjectVersionTagging", "s3:PutObjectTagging", "s3:PutObjectVersionTagging"},
			Resources: []string{bucket + "/*"},
		},
		{Sid: "EnableEvents", Effect: policy.Allow, Actions: []string{"s3:GetBucketNotification", "s3:PutBucketNotification"}, Resources: []string{bucket}},
		{Sid: "TryPermissions", Effect: policy.Allow, Actions: []string{"s3:PutObject"}, Resources: []string{bucket + "/malware-protection-resource-validation-object"}},
		{Sid: "CheckOwner", Effect: policy.Allow, Actions: []string{"s3:ListBucket"}, Resources: []string{bucket}},
		{Sid: "ReadUploads", Effect: policy.Allow, Actions: []string{"s3:GetObject", "s3:GetObjectVersion"}, Resources: []string{bucket + "/*"}},
		{Sid: "DecryptUploads", Effect: policy.Allow, Actions: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resources: []string{key.Value}, Condition: kit.ViaService(s, "s3")},
	}
}
