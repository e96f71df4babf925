package storage

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeStorage adds the assets bucket, and the buckets for its access logs and
// the CDN's. An account has only the bucket for access logs.
func composeStorage(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.ComposeBucket(s, observed, set, logsBucket(s))
	if s.IsAccount {
		return
	}
	kit.ComposeBucket(s, observed, set, kit.AssetsBucket(s, observed))
	if s.Partition.CloudFront {
		kit.ComposeBucket(s, observed, set, cdnLogsBucket(s, observed))
	}
	composeReplica(s, observed, set)
	composeUploads(s, observed, set)
	composeFiles(s, observed, set)
}

// logsBucket returns the bucket for access logs of the other buckets.
func logsBucket(s *settings.Settings) kit.Bucket {
	var sources []string
	for _, name := range kit.BucketNames(s) {
		if name != s.Names.LogsBucket {
			sources = append(sources, name)
		}
	}
	b := accessLogsBucket(s, composed.LogsBucket, s.Names.LogsBucket, sources...)
	if len(s.App.Balanced()) > 0 {
		b.Grants = append(b.Grants, takeLoadBalancerLogs(s))
	}
	return b
}

// takeLoadBalancerLogs allows the stack's load balancer to write access logs (AWS
// documentation, "Enable access logs for your Application Load Balancer").
func takeLoadBalancerLogs(s *settings.Settings) policy.Statement {
	balancer := s.Partition.ARN("elasticloadbalancing", s.Region, s.Account.Value, "loadbalancer/app/"+kit.LoadBalancerName(s)+"/*")
	return policy.Statement{
		Sid:       "WriteLoadBalancerLogs",
		Effect:    policy.Allow,
		Principal: policy.Service("logdelivery.elasticloadbalancing.amazonaws.com"),
		Actions:   []string{"s3:PutObject"},
		Resources: []string{s.Partition.ARN("s3", "", "", s.Names.LogsBucket+"/"+kit.LoadBalancerLogs+"/AWSLogs/"+s.Account.Value+"/*")},
		Condition: kit.From(s, balancer),
	}
}

// accessLogsBucket returns a bucket for access logs of buckets in the same region,
// which S3 requires (AWS documentation, "Enabling Amazon S3 server access
// logging").
func accessLogsBucket(s *settings.Settings, r, name string, of ...string) kit.Bucket {
	var sources []string
	for _, source := range of {
		sources = append(sources, s.Partition.ARN("s3", "", "", source))
	}
	return kit.Bucket{
		Resource: r, Name: name,
		Needs: []facts.Fact{s.Account},
		Grants: []policy.Statement{{
			Sid:       "WriteAccessLogs",
			Effect:    policy.Allow,
			Principal: policy.Service("logging.s3.amazonaws.com"),
			Actions:   []string{"s3:PutObject"},
			Resources: []string{s.Partition.ARN("s3", "", "", name+"/*")},
			Condition: kit.From(s, sources...),
		}},
		ExpireDays: s.LogRetentionDays, OldVersionDays: 1,
	}
}

// cdnLogsBucket returns the bucket for the CDN's logs of either version. A bucket
// with an ACL keeps it: S3 refuses to disable ACLs while one contains grants, and
// never removes grants itself.
func cdnLogsBucket(s *settings.Settings, observed facts.Observed) kit.Bucket {
	b := kit.Bucket{
		Resource: composed.CDNLogsBucket, Name: s.Names.CDNLogsBucket, Key: composed.LogsKey, LogPrefix: "cdn-logs/",
		ExpireDays: s.LogRetentionDays, OldVersionDays: 1,
	}
	ownership := observed.String(composed.Bucket(b.Resource, composed.Ownership), "spec.forProvider.rule.objectOwnership")
	b.ACL = !s.CDN.LogsV2 || ownership == kit.OwnerPreferred || observed.Has(composed.Bucket(b.Resource, composed.ACL))
	if s.CDN.LogsV2 {
		b.Needs = []facts.Fact{s.Account}
		b.Grants = []policy.Statement{kit.DeliverCDNLogs(s)}
	}
	return b
}

// reportStorage reports the assets bucket.
func reportStorage(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	if observed.Has(composed.AssetsBucket) {
		status.Assets.Bucket = s.Names.AssetsBucket
		status.Assets.ARN = s.Partition.ARN("s3", "", "", s.Names.AssetsBucket)
	}
	if s.Uploads != nil && observed.Has(composed.UploadsBucket) {
		status.Uploads = v1alpha1.UploadsStatus{Bucket: s.Names.UploadsBucket, ARN: kit.UploadsARN(s), KeyPrefix: s.Uploads.Prefixes[0]}
	}
	if observed.Has(composed.ReplicaBucket) {
		status.Assets.ReplicaBucket = s.Names.ReplicaBucket
	}
}
