package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// deletedUploadDays is how long a deleted upload can be restored. A visitor who
// wants a file deleted may ask for it to be gone within a month (GDPR, article 12).
const deletedUploadDays = 30

// UploadsBucket can be written by the app role only and read by it and by the
// stack's own distribution, so its policy waits for both.
func UploadsBucket(s *settings.Settings, observed facts.Observed) Bucket {
	distribution := observed.ARN(composed.Distribution)
	b := Bucket{
		Resource: composed.UploadsBucket, Name: s.Names.UploadsBucket, Key: composed.DataKey, LogPrefix: "uploads/",
		OldVersionDays: deletedUploadDays, Expiry: "expire-uploads",
		Needs:  []facts.Fact{s.Account, distribution},
		Grants: readUploads(s, distribution),
	}
	if days := s.Uploads.MaxDays; days != nil {
		b.ExpireDays = int(*days)
	}
	writers := []string{AppRoleARN(s)}
	if s.Uploads.Scan {
		// GuardDuty tries its permissions out with an object.
		writers = append(writers, ScanRoleARN(s))
		b.Grants = append(b.Grants, unlessBy("DenyTagsOfOthers", UploadsARN(s)+"/*", []string{ScanRoleARN(s)},
			"s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging", "s3:PutObjectTagging", "s3:PutObjectVersionTagging"))
	}
	b.Grants = append(b.Grants, unlessBy("DenyUploadsOfOthers", UploadsARN(s)+"/*", writers, "s3:PutObject"))
	return b
}

// readUploads lets the distribution read uploads below their path, and if they are
// scanned only those without threats.
func readUploads(s *settings.Settings, distribution facts.Fact) []policy.Statement {
	grants := ReadByDistribution(s, distribution, s.Names.UploadsBucket)
	grants[0].Resources = UploadedObjects(s)
	grants[0].Condition = grants[0].Condition.And(ScannedUploads(s))
	return grants
}

// unlessBy refuses actions on objects to everybody but some roles, whatever other
// policies in the account say.
func unlessBy(sid, objects string, roles []string, actions ...string) policy.Statement {
	return policy.Statement{
		Sid: sid, Effect: policy.Deny, Principal: policy.Everyone(), Actions: actions, Resources: []string{objects},
		Condition: policy.Condition{"ArnNotEquals": {"aws:PrincipalArn": roles}},
	}
}

// ScannedUploads is the condition that an object was scanned and has no threats;
// none if uploads are not scanned (Amazon GuardDuty documentation, "Using tag-based
// access control with Malware Protection for S3").
func ScannedUploads(s *settings.Settings) policy.Condition {
	if !s.Uploads.Scan {
		return policy.Condition{}
	}
	return policy.Condition{"StringEquals": {"s3:ExistingObjectTag/GuardDutyMalwareScanStatus": {"NO_THREATS_FOUND"}}}
}

// UploadedObjects is the ARNs of all objects that the application stores and the
// distribution serves.
func UploadedObjects(s *settings.Settings) []string {
	var out []string
	for _, prefix := range s.Uploads.Prefixes {
		out = append(out, UploadsARN(s)+"/"+prefix+"*")
	}
	return out
}

// UploadsARN is the ARN of the bucket of uploads.
func UploadsARN(s *settings.Settings) string {
	return s.Partition.ARN("s3", "", "", s.Names.UploadsBucket)
}

// ScanRoleARN is the ARN of the role that uploads are scanned as.
func ScanRoleARN(s *settings.Settings) string { return roleARN(s, s.Names.ScanRole) }
