package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// deletedUploadDays is the time in which a deleted upload can be restored. Visitors
// can require that their data is deleted within a month (GDPR, article 12).
const deletedUploadDays = 30

// UploadsBucket returns the bucket of uploads. Only the app role can write to it,
// and only the app role and the stack's distribution can read it, so its policy
// waits for both.
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
		// GuardDuty validates its permissions with a test object.
		writers = append(writers, ScanRoleARN(s))
		b.Grants = append(b.Grants, unlessBy("DenyTagsOfOthers", UploadsARN(s)+"/*", []string{ScanRoleARN(s)},
			"s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging", "s3:PutObjectTagging", "s3:PutObjectVersionTagging"))
	}
	b.Grants = append(b.Grants, unlessBy("DenyUploadsOfOthers", UploadsARN(s)+"/*", writers, "s3:PutObject"))
	return b
}

// readUploads allows the distribution to read uploads below their path. If uploads
// are scanned, it allows only those without threats.
func readUploads(s *settings.Settings, distribution facts.Fact) []policy.Statement {
	grants := ReadByDistribution(s, distribution, s.Names.UploadsBucket)
	grants[0].Resources = UploadedObjects(s)
	grants[0].Condition = grants[0].Condition.And(ScannedUploads(s))
	return grants
}

// unlessBy denies actions on objects to all principals except some roles, whatever
// other policies of the account allow.
func unlessBy(sid, objects string, roles []string, actions ...string) policy.Statement {
	return policy.Statement{
		Sid: sid, Effect: policy.Deny, Principal: policy.Everyone(), Actions: actions, Resources: []string{objects},
		Condition: policy.Condition{"ArnNotEquals": {"aws:PrincipalArn": roles}},
	}
}

// ScannedUploads returns a condition that an object was scanned and has no threats.
// It is empty if uploads are not scanned (Amazon GuardDuty documentation, "Using
// tag-based access control with Malware Protection for S3").
func ScannedUploads(s *settings.Settings) policy.Condition {
	if !s.Uploads.Scan {
		return policy.Condition{}
	}
	return policy.Condition{"StringEquals": {"s3:ExistingObjectTag/GuardDutyMalwareScanStatus": {"NO_THREATS_FOUND"}}}
}

// UploadedObjects returns the ARN patterns of all objects that the application
// stores and the distribution serves.
func UploadedObjects(s *settings.Settings) []string {
	var out []string
	for _, prefix := range s.Uploads.Prefixes {
		out = append(out, UploadsARN(s)+"/"+prefix+"*")
	}
	return out
}

// UploadsARN returns the ARN of the bucket of uploads.
func UploadsARN(s *settings.Settings) string {
	return s.Partition.ARN("s3", "", "", s.Names.UploadsBucket)
}

// ScanRoleARN returns the ARN of the role that scans uploads.
func ScanRoleARN(s *settings.Settings) string { return roleARN(s, s.Names.ScanRole) }
