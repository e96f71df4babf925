package kit

import (
	"cmp"
	"net/http"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/s3"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Bucket contains the settings that differ between the stack's buckets.
type Bucket struct {
	Resource, Name string
	// Key encrypts the objects. Without one, S3's own key does, which a bucket for
	// access logs requires (AWS documentation, "Enabling Amazon S3 server access
	// logging").
	Key string
	// ACL reports whether a service writes with an ACL, as CloudFront's legacy
	// logging does.
	ACL bool
	// LogPrefix is the prefix of the bucket's access logs. It is empty for the
	// bucket that receives them, which would log its own deliveries indefinitely.
	LogPrefix string
	// Logs is the bucket for access logs. It defaults to the stack's.
	Logs string
	// LockDays is the retention under Object Lock. Zero disables it.
	LockDays int
	// Grants contains the allowing statements of the policy, and the facts that
	// they need. Denials of plain HTTP and old TLS versions are added.
	Grants []policy.Statement
	Needs  []facts.Fact
	// ExpireDays is the lifetime of objects, and OldVersionDays that of noncurrent
	// versions.
	ExpireDays, OldVersionDays int
	// Expiry is the ID of the expiration rule. It defaults to "expire-logs".
	Expiry string
	// Taken is the fact that an existing bucket must wait for before it is changed.
	// It is nil for a bucket that the stack creates.
	Taken *facts.Fact
	// Disposable reports whether its objects can be created again. The bucket is
	// then never kept.
	Disposable bool
}

// keep reports whether a bucket is kept when the stack is deleted.
func (b Bucket) keep(s *settings.Settings) bool { return s.Keep.Data && !b.Disposable }

// Watched reports whether an existing bucket is only observed.
func (b Bucket) Watched() bool { return b.Taken != nil && !b.Taken.Known() }

// AssetsBucket returns the assets bucket. Only the stack's distribution can read
// it, so its policy waits for the distribution's ARN.
func AssetsBucket(s *settings.Settings, observed facts.Observed) Bucket {
	b := Bucket{
		Resource: composed.AssetsBucket, Name: s.Names.AssetsBucket, Key: composed.DataKey, LogPrefix: "assets/",
		OldVersionDays: int(s.Assets.NoncurrentVersionDays),
	}
	if e := s.Assets.Existing; e != nil {
		b.Taken = &facts.Fact{Resource: facts.Claim, Path: "spec.assets.existing.policy: Manage"}
		if e.Policy == v1alpha1.ExistingPolicyManage {
			b.Taken.Value = string(e.Policy)
		}
		b.Needs = append(b.Needs, *b.Taken)
	}
	if s.Partition.CloudFront {
		distribution := observed.ARN(composed.Distribution)
		b.Needs = append(b.Needs, distribution)
		b.Grants = ReadByDistribution(s, distribution, b.Name)
	}
	return b
}

// PassesErrors reports whether visitors get S3's own errors. Custom error responses
// apply to the whole distribution, and would also replace an application's
// responses.
func PassesErrors(s *settings.Settings) bool { return s.App.Answers() || RoutesPage(s) != "" }

// RoutesPage returns the page that answers the routes of a single-page application.
// It is empty if there is none.
func RoutesPage(s *settings.Settings) string {
	if n := s.Assets.NotFound; n != nil && n.Status == http.StatusOK {
		return n.Page
	}
	return ""
}

// ReadByDistribution allows the stack's distribution to read a bucket. If visitors
// get S3's own errors, it can also list the bucket, because S3 returns 404 only to
// readers with this permission, and 403 to others. Visitors never get a list,
// because the root object or the application answers "/".
func ReadByDistribution(s *settings.Settings, distribution facts.Fact, bucket string) []policy.Statement {
	read := policy.Statement{
		Sid:       "ReadByDistribution",
		Effect:    policy.Allow,
		Principal: policy.Service("cloudfront.amazonaws.com"),
		Actions:   []string{"s3:GetObject"},
		Resources: []string{s.Partition.ARN("s3", "", "", bucket+"/*")},
		Condition: policy.StringEquals("AWS:SourceArn", distribution.Value),
	}
	if !PassesErrors(s) {
		return []policy.Statement{read}
	}
	list := read
	list.Sid = "TellWhatIsMissing"
	list.Actions = []string{"s3:ListBucket"}
	list.Resources = []string{s.Partition.ARN("s3", "", "", bucket)}
	return []policy.Statement{read, list}
}

// BucketNames returns the names of all buckets in the stack's region.
func BucketNames(s *settings.Settings) []string {
	names := []string{s.Names.LogsBucket}
	if !s.IsAccount {
		names = []string{s.Names.AssetsBucket, s.Names.LogsBucket}
	}
	if s.Uploads != nil {
		names = append(names, s.Names.UploadsBucket)
	}
	if s.Partition.CloudFront && !s.IsAccount {
		names = append(names, s.Names.CDNLogsBucket)
	}
	if s.Audit.Files {
		names = append(names, s.Names.AuditBucket)
	}
	if s.Config.Files {
		names = append(names, s.Names.ConfigBucket)
	}
	if s.On(settings.TierResponses) {
		names = append(names, s.Names.ResponsesBucket)
	}
	if len(s.App.Jobs()) > 0 {
		names = append(names, s.Names.JobsBucket)
	}
	return names
}

// ComposeBucket adds a bucket and all its settings. They are kept with the bucket
// on deletion, so that it does not lose its protection.
func ComposeBucket(s *settings.Settings, observed facts.Observed, set *desired.Set, b Bucket) {
	keep := desired.Keep(b.keep(s))
	of := set.Ref(b.Resource)
	set.Add(b.Resource, &s3.Bucket{Spec: s3.BucketSpec{ForProvider: s3.BucketParameters{
		// AWS refuses to delete a bucket with objects.
		ForceDestroy:      new(!b.keep(s)),
		ObjectLockEnabled: ObjectLock(observed, b),
	}}}, desired.Named(b.Name), keep, desired.Observed(b.Watched()), desired.Before(KeyOf(b)...))
	if b.Taken != nil {
		set = set.After(*b.Taken)
	}
	set.Add(composed.Bucket(b.Resource, composed.PublicAccessBlock), &s3.BucketPublicAccessBlock{Spec: s3.BucketPublicAccessBlockSpec{ForProvider: s3.BucketPublicAccessBlockParameters{
		BucketRef:             of,
		BlockPublicAcls:       new(true),
		BlockPublicPolicy:     new(true),
		IgnorePublicAcls:      new(true),
		RestrictPublicBuckets: new(true),
	}}}, keep)
	set.Add(composed.Bucket(b.Resource, composed.Versioning), &s3.BucketVersioning{Spec: s3.BucketVersioningSpec{ForProvider: s3.BucketVersioningParameters{
		BucketRef:               of,
		VersioningConfiguration: &s3.VersioningConfigurationParameters{Status: new("Enabled")},
	}}}, keep)
	set.Add(composed.Bucket(b.Resource, composed.Notification), &s3.BucketNotification{Spec: s3.BucketNotificationSpec{ForProvider: s3.BucketNotificationParameters{
		BucketRef:   of,
		Eventbridge: new(true),
	}}}, keep)
	set.Add(composed.Bucket(b.Resource, composed.Policy), &s3.BucketPolicy{Spec: s3.BucketPolicySpec{ForProvider: s3.BucketPolicyParameters{
		BucketRef: of,
		Policy:    new(BucketPolicy(s, b).JSON()),
	}}}, desired.Needs(b.Needs...), keep)
	ComposeOwnership(s, observed, set, b)
	ComposeEncryption(s, set, b)
	ComposeLifecycle(s, set, b)
	ComposeObjectLock(s, observed, set, b)
	if b.LogPrefix != "" {
		// S3 rejects a log bucket whose policy does not allow log delivery.
		logs := cmp.Or(b.Logs, composed.LogsBucket)
		set.Add(composed.Bucket(b.Resource, composed.Logging), &s3.BucketLogging{Spec: s3.BucketLoggingSpec{ForProvider: s3.BucketLoggingParameters{
			BucketRef:       of,
			TargetBucketRef: set.Ref(logs),
			TargetPrefix:    new(b.LogPrefix),
		}}}, desired.Needs(observed.Ready(composed.Bucket(logs, composed.Policy))), keep)
	}
}

// BucketPolicy denies plain HTTP and old TLS versions to all principals (AWS
// Security Hub, S3.5), and contains the bucket's grants.
func BucketPolicy(s *settings.Settings, b Bucket) policy.Document {
	arn := s.Partition.ARN("s3", "", "", b.Name)
	objects := []string{arn, arn + "/*"}
	return policy.Document{Statements: append([]policy.Statement{
		policy.DenyPlainHTTP("s3:*", objects...),
		{
			Sid:       "DenyOldTLS",
			Effect:    policy.Deny,
			Principal: policy.Everyone(),
			Actions:   []string{"s3:*"},
			Resources: objects,
			Condition: policy.Condition{"NumericLessThan": {"s3:TlsVersion": {"1.2"}}},
		},
	}, b.Grants...)}
}

// OwnerPreferred is the object ownership that leaves ACLs enabled.
const OwnerPreferred = "BucketOwnerPreferred"

// ComposeOwnership disables ACLs, except if CloudFront needs one: its legacy
// logging writes as a canonical user (AWS documentation, "Permissions required to
// configure standard logging").
func ComposeOwnership(s *settings.Settings, observed facts.Observed, set *desired.Set, b Bucket) {
	ownership := "BucketOwnerEnforced"
	if b.ACL {
		ownership = OwnerPreferred
	}
	set.Add(composed.Bucket(b.Resource, composed.Ownership), &s3.BucketOwnershipControls{Spec: s3.BucketOwnershipControlsSpec{ForProvider: s3.BucketOwnershipControlsParameters{
		BucketRef: set.Ref(b.Resource),
		Rule:      &s3.BucketOwnershipControlsRuleParameters{ObjectOwnership: new(ownership)},
	}}}, desired.Keep(b.keep(s)))
	if !b.ACL {
		return
	}
	owner := CanonicalUser(s, observed, b.Resource)
	grant := func(user string) s3.AccessControlPolicyGrantParameters {
		return s3.AccessControlPolicyGrantParameters{
			Grantee:    &s3.GranteeParameters{Type: new("CanonicalUser"), ID: new(user)},
			Permission: new("FULL_CONTROL"),
		}
	}
	set.Add(composed.Bucket(b.Resource, composed.ACL), &s3.BucketACL{Spec: s3.BucketACLSpec{ForProvider: s3.BucketACLParameters{
		BucketRef: set.Ref(b.Resource),
		AccessControlPolicy: &s3.AccessControlPolicyParameters{
			Owner: &s3.OwnerParameters{ID: new(owner.Value)},
			Grant: []s3.AccessControlPolicyGrantParameters{grant(owner.Value), grant(s.Partition.LogDelivery)},
		},
	}}}, desired.Needs(owner), desired.Keep(b.keep(s)))
}

// CanonicalUser returns the account's ID in ACLs. It is the owner in the observed
// ACL or, before that, the only grantee of a bucket without an ACL. Later, the
// bucket's observed grants are unreliable: the provider moves them to the status,
// where a set of computed objects collapses to the first one, which may be
// CloudFront.
func CanonicalUser(s *settings.Settings, observed facts.Observed, bucket string) facts.Fact {
	named := observed.Fact(composed.Bucket(bucket, composed.ACL), "spec.forProvider.accessControlPolicy.owner.id")
	if named.Known() {
		return named
	}
	for _, b := range []string{bucket, composed.LogsBucket, composed.AssetsBucket} {
		if grantee := observed.Fact(b, "status.atProvider.grant[0].id"); grantee.Known() && grantee.Value != s.Partition.LogDelivery {
			return grantee
		}
	}
	return facts.Fact{Resource: bucket, Path: "status.atProvider.grant[0].id"}
}

// ComposeEncryption sets default encryption. Since April 2026, S3 rejects
// customer-provided keys (SSE-C) in new buckets and returns this as a setting. The
// provider does not compute this field, so an omitted value would be a permanent
// difference (provider-upjet-aws 2055).
func ComposeEncryption(s *settings.Settings, set *desired.Set, b Bucket) {
	encryption := &s3.RuleApplyServerSideEncryptionByDefaultParameters{SseAlgorithm: new("AES256")}
	if b.Key != "" {
		encryption = &s3.RuleApplyServerSideEncryptionByDefaultParameters{SseAlgorithm: new("aws:kms"), KMSMasterKeyIDRef: set.Ref(b.Key)}
	}
	set.Add(composed.Bucket(b.Resource, composed.Encryption), &s3.BucketServerSideEncryptionConfiguration{Spec: s3.BucketServerSideEncryptionConfigurationSpec{ForProvider: s3.BucketServerSideEncryptionConfigurationParameters{
		BucketRef: set.Ref(b.Resource),
		Rule: []s3.BucketServerSideEncryptionConfigurationRuleParameters{{
			ApplyServerSideEncryptionByDefault: encryption,
			BucketKeyEnabled:                   new(b.Key != ""),
			BlockedEncryptionTypes:             []*string{new("SSE-C")},
		}},
	}}}, desired.Keep(b.keep(s)))
}

// UploadDays is the lifetime of incomplete uploads.
const UploadDays = 7

// ComposeLifecycle adds the lifecycle rules.
func ComposeLifecycle(s *settings.Settings, set *desired.Set, b Bucket) {
	everything := []s3.RuleFilterParameters{{Prefix: new("")}}
	rules := []s3.BucketLifecycleConfigurationRuleParameters{
		{
			ID: new("abort-incomplete-uploads"), Status: new("Enabled"), Filter: everything,
			AbortIncompleteMultipartUpload: []s3.AbortIncompleteMultipartUploadParameters{{DaysAfterInitiation: new(float64(UploadDays))}},
		},
		{
			ID: new("expire-noncurrent-versions"), Status: new("Enabled"), Filter: everything,
			NoncurrentVersionExpiration: []s3.RuleNoncurrentVersionExpirationParameters{{NoncurrentDays: new(float64(b.OldVersionDays))}},
		},
	}
	if b.ExpireDays > 0 {
		rules = append(rules, s3.BucketLifecycleConfigurationRuleParameters{
			ID: new(cmp.Or(b.Expiry, "expire-logs")), Status: new("Enabled"), Filter: everything,
			Expiration: []s3.RuleExpirationParameters{{Days: new(float64(b.ExpireDays))}},
		})
	}
	set.Add(composed.Bucket(b.Resource, composed.Lifecycle), &s3.BucketLifecycleConfiguration{Spec: s3.BucketLifecycleConfigurationSpec{ForProvider: s3.BucketLifecycleConfigurationParameters{
		BucketRef: set.Ref(b.Resource),
		Rule:      rules,
	}}}, desired.Keep(b.keep(s)))
}

// ObjectLock reports whether a bucket is created with Object Lock. An existing
// bucket gets it only from its configuration, because the provider would have to
// replace the bucket (Terraform Registry, "aws_s3_bucket").
func ObjectLock(observed facts.Observed, b Bucket) *bool {
	made := observed.ARN(b.Resource).Known()
	if b.LockDays == 0 || made && !observed.True(b.Resource, "status.atProvider.objectLockEnabled") {
		return nil
	}
	return new(true)
}

// ComposeObjectLock sets the default retention of new objects. S3 requires
// versioning first. In governance mode, principals with a special permission can
// correct a mistake. In compliance mode, not even AWS can.
func ComposeObjectLock(s *settings.Settings, observed facts.Observed, set *desired.Set, b Bucket) {
	if b.LockDays == 0 {
		return
	}
	set.Add(composed.Bucket(b.Resource, composed.ObjectLock), &s3.BucketObjectLockConfiguration{Spec: s3.BucketObjectLockConfigurationSpec{ForProvider: s3.BucketObjectLockConfigurationParameters{
		BucketRef:         set.Ref(b.Resource),
		ObjectLockEnabled: new("Enabled"),
		Rule: &s3.BucketObjectLockConfigurationRuleParameters{DefaultRetention: &s3.RuleDefaultRetentionParameters{
			Mode: new("GOVERNANCE"),
			Days: new(float64(b.LockDays)),
		}},
	}}}, desired.Needs(observed.Ready(composed.Bucket(b.Resource, composed.Versioning))), desired.Keep(b.keep(s)))
}

// KeyOf returns the key of a bucket. It is empty if S3's own key encrypts it.
func KeyOf(b Bucket) []string {
	if b.Key == "" {
		return nil
	}
	return []string{b.Key}
}
