package tiers

import (
	"cmp"

	s3 "github.com/upbound/provider-aws/v2/apis/namespaced/s3/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// bucket is what differs between the stack's buckets.
type bucket struct {
	role, name string
	// key encrypts the objects. Without one S3's own key does: S3 delivers access
	// logs to no other (AWS documentation, "Enabling Amazon S3 server access
	// logging").
	key string
	// acl is whether somebody writes by ACL, as CloudFront's logging does.
	acl bool
	// logPrefix begins the names of the bucket's access logs; none for the
	// bucket that takes them, which would log itself for ever.
	logPrefix string
	// logs is the bucket that takes them, the stack's one for that by default.
	logs string
	// lockDays is how long nobody can delete an object; zero not at all.
	lockDays int
	// grants is what the policy allows, beside refusing old TLS, and what must
	// be known to write it.
	grants []policy.Statement
	needs  []facts.Fact
	// expireDays deletes objects, oldVersionDays replaced ones.
	expireDays, oldVersionDays int
	// taken is what must be known before a bucket that was there already is
	// changed; nil for one that the stack makes.
	taken *facts.Fact
	// disposable is whether nobody misses its objects, so that it never stays.
	disposable bool
}

// keep is whether a bucket stays when the stack is deleted.
func (b bucket) keep(s *settings.Settings) bool { return s.Keep.Data && !b.disposable }

// watched is whether a bucket is somebody else's still.
func (b bucket) watched() bool { return b.taken != nil && !b.taken.Known() }

// composeStorage adds the assets bucket and the buckets of its and the CDN's
// access logs.
func composeStorage(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	composeBucket(s, observed, set, assetsBucket(s, observed))
	composeBucket(s, observed, set, logsBucket(s))
	if s.Partition.CloudFront {
		composeBucket(s, observed, set, cdnLogsBucket(s, observed))
	}
	composeReplica(s, observed, set)
}

// assetsBucket can be read by the stack's own distribution only, so its policy
// waits for the distribution's ARN.
func assetsBucket(s *settings.Settings, observed facts.Observed) bucket {
	b := bucket{
		role: role.AssetsBucket, name: s.Names.AssetsBucket, key: role.DataKey, logPrefix: "assets/",
		oldVersionDays: int(s.Claim.Spec.Assets.NoncurrentVersionDays),
	}
	if e := s.Claim.Spec.Assets.Existing; e != nil {
		b.taken = &facts.Fact{Role: facts.Claim, Path: "spec.assets.existing.policy: Manage"}
		if e.Policy == v1alpha1.ExistingPolicyManage {
			b.taken.Value = string(e.Policy)
		}
		b.needs = append(b.needs, *b.taken)
	}
	if s.Partition.CloudFront {
		distribution := observed.ARN(role.Distribution)
		b.needs = append(b.needs, distribution)
		b.grants = readByDistribution(s, distribution, b.name)
	}
	return b
}

// readByDistribution lets the stack's own distribution read a bucket. Beside an
// application it may list it too, because S3 says "not found" to nobody else:
// to others a file that is missing is forbidden. A visitor never gets the list:
// "/" is answered by the root object or by the application.
func readByDistribution(s *settings.Settings, distribution facts.Fact, bucket string) []policy.Statement {
	read := policy.Statement{
		Sid:       "ReadByDistribution",
		Effect:    policy.Allow,
		Principal: policy.Service("cloudfront.amazonaws.com"),
		Actions:   []string{"s3:GetObject"},
		Resources: []string{s.Partition.ARN("s3", "", "", bucket+"/*")},
		Condition: policy.StringEquals("AWS:SourceArn", distribution.Value),
	}
	if s.Claim.Spec.App.LoadBalancer == nil {
		return []policy.Statement{read}
	}
	list := read
	list.Sid = "TellWhatIsMissing"
	list.Actions = []string{"s3:ListBucket"}
	list.Resources = []string{s.Partition.ARN("s3", "", "", bucket)}
	return []policy.Statement{read, list}
}

// logsBucket takes the access logs of the other buckets.
func logsBucket(s *settings.Settings) bucket {
	var sources []string
	for _, name := range bucketNames(s) {
		if name != s.Names.LogsBucket {
			sources = append(sources, name)
		}
	}
	return accessLogsBucket(s, role.LogsBucket, s.Names.LogsBucket, sources...)
}

// accessLogsBucket takes the access logs of buckets of its region: S3 delivers
// to no other (AWS documentation, "Enabling Amazon S3 server access logging").
func accessLogsBucket(s *settings.Settings, r, name string, of ...string) bucket {
	var sources []string
	for _, source := range of {
		sources = append(sources, s.Partition.ARN("s3", "", "", source))
	}
	return bucket{
		role: r, name: name,
		needs: []facts.Fact{s.Account},
		grants: []policy.Statement{{
			Sid:       "WriteAccessLogs",
			Effect:    policy.Allow,
			Principal: policy.Service("logging.s3.amazonaws.com"),
			Actions:   []string{"s3:PutObject"},
			Resources: []string{s.Partition.ARN("s3", "", "", name+"/*")},
			Condition: policy.StringEquals("aws:SourceAccount", s.Account.Value).And(policy.Condition{"ArnLike": {"aws:SourceArn": sources}}),
		}},
		expireDays: s.LogRetentionDays, oldVersionDays: 1,
	}
}

// cdnLogsBucket takes the CDN's logs, whichever service writes them. One that
// had an ACL keeps it: S3 refuses to disable the ACLs of a bucket that grants
// something by one, and never takes one away by itself.
func cdnLogsBucket(s *settings.Settings, observed facts.Observed) bucket {
	b := bucket{
		role: role.CDNLogsBucket, name: s.Names.CDNLogsBucket, key: role.LogsKey, logPrefix: "cdn-logs/",
		expireDays: s.LogRetentionDays, oldVersionDays: 1,
	}
	ownership := observed.String(role.Bucket(b.role, role.Ownership), "spec.forProvider.rule.objectOwnership")
	b.acl = !s.LogsV2() || ownership == ownerPreferred || observed.Has(role.Bucket(b.role, role.ACL))
	if s.LogsV2() {
		b.needs = []facts.Fact{s.Account}
		b.grants = []policy.Statement{deliverCDNLogs(s)}
	}
	return b
}

// bucketNames is the names of all buckets that the stack has in its own region.
func bucketNames(s *settings.Settings) []string {
	names := []string{s.Names.AssetsBucket, s.Names.LogsBucket}
	if s.Partition.CloudFront {
		names = append(names, s.Names.CDNLogsBucket)
	}
	if s.On(settings.TierAudit) {
		names = append(names, s.Names.AuditBucket)
	}
	if s.ConfigRecorder() {
		names = append(names, s.Names.ConfigBucket)
	}
	if s.On(settings.TierResponses) {
		names = append(names, s.Names.ResponsesBucket)
	}
	return names
}

// composeBucket adds a bucket and all its settings. They stay with the bucket
// when the stack is deleted, or a bucket that stays would lose its protection.
func composeBucket(s *settings.Settings, observed facts.Observed, set *desired.Set, b bucket) {
	keep := desired.Keep(b.keep(s))
	of := set.Ref(b.role)
	set.Add(b.role, &s3.Bucket{Spec: s3.BucketSpec{ForProvider: s3.BucketParameters{
		// AWS refuses to delete a bucket with objects in it.
		ForceDestroy:      new(!b.keep(s)),
		ObjectLockEnabled: objectLock(observed, b),
	}}}, desired.Named(b.name), keep, desired.Observed(b.watched()), desired.Before(keyOf(b)...))
	if b.taken != nil {
		set = set.After(*b.taken)
	}
	set.Add(role.Bucket(b.role, role.PublicAccessBlock), &s3.BucketPublicAccessBlock{Spec: s3.BucketPublicAccessBlockSpec{ForProvider: s3.BucketPublicAccessBlockParameters{
		BucketRef:             of,
		BlockPublicAcls:       new(true),
		BlockPublicPolicy:     new(true),
		IgnorePublicAcls:      new(true),
		RestrictPublicBuckets: new(true),
	}}}, keep)
	set.Add(role.Bucket(b.role, role.Versioning), &s3.BucketVersioning{Spec: s3.BucketVersioningSpec{ForProvider: s3.BucketVersioningParameters{
		BucketRef:               of,
		VersioningConfiguration: &s3.VersioningConfigurationParameters{Status: new("Enabled")},
	}}}, keep)
	set.Add(role.Bucket(b.role, role.Notification), &s3.BucketNotification{Spec: s3.BucketNotificationSpec{ForProvider: s3.BucketNotificationParameters{
		BucketRef:   of,
		Eventbridge: new(true),
	}}}, keep)
	set.Add(role.Bucket(b.role, role.Policy), &s3.BucketPolicy{Spec: s3.BucketPolicySpec{ForProvider: s3.BucketPolicyParameters{
		BucketRef: of,
		Policy:    new(bucketPolicy(s, b).JSON()),
	}}}, desired.Needs(b.needs...), keep)
	composeOwnership(s, observed, set, b)
	composeEncryption(s, set, b)
	composeLifecycle(s, set, b)
	composeObjectLock(s, observed, set, b)
	if b.logPrefix != "" {
		// S3 refuses to log to a bucket whose policy does not let it.
		logs := cmp.Or(b.logs, role.LogsBucket)
		set.Add(role.Bucket(b.role, role.Logging), &s3.BucketLogging{Spec: s3.BucketLoggingSpec{ForProvider: s3.BucketLoggingParameters{
			BucketRef:       of,
			TargetBucketRef: set.Ref(logs),
			TargetPrefix:    new(b.logPrefix),
		}}}, desired.Needs(observed.Ready(role.Bucket(logs, role.Policy))), keep)
	}
}

// bucketPolicy refuses plain HTTP and old TLS to everybody (AWS Security Hub,
// S3.5) and allows what the bucket is for.
func bucketPolicy(s *settings.Settings, b bucket) policy.Document {
	arn := s.Partition.ARN("s3", "", "", b.name)
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
	}, b.grants...)}
}

// ownerPreferred is the ownership of objects that leaves ACLs on.
const ownerPreferred = "BucketOwnerPreferred"

// composeOwnership disables ACLs, except where CloudFront needs one: its
// standard logging writes as a canonical user of its own (AWS documentation,
// "Permissions required to configure standard logging").
func composeOwnership(s *settings.Settings, observed facts.Observed, set *desired.Set, b bucket) {
	ownership := "BucketOwnerEnforced"
	if b.acl {
		ownership = ownerPreferred
	}
	set.Add(role.Bucket(b.role, role.Ownership), &s3.BucketOwnershipControls{Spec: s3.BucketOwnershipControlsSpec{ForProvider: s3.BucketOwnershipControlsParameters{
		BucketRef: set.Ref(b.role),
		Rule:      &s3.BucketOwnershipControlsRuleParameters{ObjectOwnership: new(ownership)},
	}}}, desired.Keep(b.keep(s)))
	if !b.acl {
		return
	}
	owner := canonicalUser(s, observed, b.role)
	grant := func(user string) s3.AccessControlPolicyGrantParameters {
		return s3.AccessControlPolicyGrantParameters{
			Grantee:    &s3.GranteeParameters{Type: new("CanonicalUser"), ID: new(user)},
			Permission: new("FULL_CONTROL"),
		}
	}
	set.Add(role.Bucket(b.role, role.ACL), &s3.BucketACL{Spec: s3.BucketACLSpec{ForProvider: s3.BucketACLParameters{
		BucketRef: set.Ref(b.role),
		AccessControlPolicy: &s3.AccessControlPolicyParameters{
			Owner: &s3.OwnerParameters{ID: new(owner.Value)},
			Grant: []s3.AccessControlPolicyGrantParameters{grant(owner.Value), grant(s.Partition.LogDelivery)},
		},
	}}}, desired.Needs(owner), desired.Keep(b.keep(s)))
}

// canonicalUser returns the account's ID in ACLs. It is the owner that the ACL
// has named before; until then, the one grantee of a bucket without an ACL. A
// bucket's own grants do not show it later: the provider moves them to the
// status, where a set of computed objects collapses to the first one, which may
// be CloudFront.
func canonicalUser(s *settings.Settings, observed facts.Observed, bucket string) facts.Fact {
	named := observed.Fact(role.Bucket(bucket, role.ACL), "spec.forProvider.accessControlPolicy.owner.id")
	if named.Known() {
		return named
	}
	for _, b := range []string{bucket, role.LogsBucket, role.AssetsBucket} {
		if grantee := observed.Fact(b, "status.atProvider.grant[0].id"); grantee.Known() && grantee.Value != s.Partition.LogDelivery {
			return grantee
		}
	}
	return facts.Fact{Role: bucket, Path: "status.atProvider.grant[0].id"}
}

// composeEncryption encrypts what is written. Since April 2026 S3 refuses keys
// that a caller brings along (SSE-C) in new buckets and answers so; the provider
// computes nothing there, so the answer would be a difference for good
// (provider-upjet-aws 2055).
func composeEncryption(s *settings.Settings, set *desired.Set, b bucket) {
	encryption := &s3.RuleApplyServerSideEncryptionByDefaultParameters{SseAlgorithm: new("AES256")}
	if b.key != "" {
		encryption = &s3.RuleApplyServerSideEncryptionByDefaultParameters{SseAlgorithm: new("aws:kms"), KMSMasterKeyIDRef: set.Ref(b.key)}
	}
	set.Add(role.Bucket(b.role, role.Encryption), &s3.BucketServerSideEncryptionConfiguration{Spec: s3.BucketServerSideEncryptionConfigurationSpec{ForProvider: s3.BucketServerSideEncryptionConfigurationParameters{
		BucketRef: set.Ref(b.role),
		Rule: []s3.BucketServerSideEncryptionConfigurationRuleParameters{{
			ApplyServerSideEncryptionByDefault: encryption,
			BucketKeyEnabled:                   new(b.key != ""),
			BlockedEncryptionTypes:             []*string{new("SSE-C")},
		}},
	}}}, desired.Keep(b.keep(s)))
}

// uploadDays is how long an upload may stay unfinished.
const uploadDays = 7

func composeLifecycle(s *settings.Settings, set *desired.Set, b bucket) {
	everything := []s3.RuleFilterParameters{{Prefix: new("")}}
	rules := []s3.BucketLifecycleConfigurationRuleParameters{
		{
			ID: new("abort-incomplete-uploads"), Status: new("Enabled"), Filter: everything,
			AbortIncompleteMultipartUpload: []s3.AbortIncompleteMultipartUploadParameters{{DaysAfterInitiation: new(float64(uploadDays))}},
		},
		{
			ID: new("expire-noncurrent-versions"), Status: new("Enabled"), Filter: everything,
			NoncurrentVersionExpiration: []s3.RuleNoncurrentVersionExpirationParameters{{NoncurrentDays: new(float64(b.oldVersionDays))}},
		},
	}
	if b.expireDays > 0 {
		rules = append(rules, s3.BucketLifecycleConfigurationRuleParameters{
			ID: new("expire-logs"), Status: new("Enabled"), Filter: everything,
			Expiration: []s3.RuleExpirationParameters{{Days: new(float64(b.expireDays))}},
		})
	}
	set.Add(role.Bucket(b.role, role.Lifecycle), &s3.BucketLifecycleConfiguration{Spec: s3.BucketLifecycleConfigurationSpec{ForProvider: s3.BucketLifecycleConfigurationParameters{
		BucketRef: set.Ref(b.role),
		Rule:      rules,
	}}}, desired.Keep(b.keep(s)))
}

// objectLock is whether a bucket is made with Object Lock. One that was made
// without gets it by its configuration alone: the provider would have to make
// another bucket (Terraform Registry, "aws_s3_bucket").
func objectLock(observed facts.Observed, b bucket) *bool {
	made := observed.ARN(b.role).Known()
	if b.lockDays == 0 || made && !observed.True(b.role, "status.atProvider.objectLockEnabled") {
		return nil
	}
	return new(true)
}

// composeObjectLock locks new objects if the bucket is to. S3 wants versions
// first. In governance mode whoever has the permission to bypass it can correct
// a mistake; in compliance mode not even AWS can.
func composeObjectLock(s *settings.Settings, observed facts.Observed, set *desired.Set, b bucket) {
	if b.lockDays == 0 {
		return
	}
	set.Add(role.Bucket(b.role, role.ObjectLock), &s3.BucketObjectLockConfiguration{Spec: s3.BucketObjectLockConfigurationSpec{ForProvider: s3.BucketObjectLockConfigurationParameters{
		BucketRef:         set.Ref(b.role),
		ObjectLockEnabled: new("Enabled"),
		Rule: &s3.BucketObjectLockConfigurationRuleParameters{DefaultRetention: &s3.RuleDefaultRetentionParameters{
			Mode: new("GOVERNANCE"),
			Days: new(float64(b.lockDays)),
		}},
	}}}, desired.Needs(observed.Ready(role.Bucket(b.role, role.Versioning))), desired.Keep(b.keep(s)))
}

// reportStorage says where files are uploaded to.
func reportStorage(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	if observed.Has(role.AssetsBucket) {
		status.Assets.Bucket = s.Names.AssetsBucket
		status.Assets.ARN = s.Partition.ARN("s3", "", "", s.Names.AssetsBucket)
	}
	if observed.Has(role.ReplicaBucket) {
		status.Assets.ReplicaBucket = s.Names.ReplicaBucket
	}
}

// keyOf returns the key that encrypts a bucket, none where S3's own does.
func keyOf(b bucket) []string {
	if b.key == "" {
		return nil
	}
	return []string{b.key}
}
