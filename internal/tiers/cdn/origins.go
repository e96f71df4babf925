package cdn

import (
	cloudfront "github.com/upbound/provider-aws/v2/apis/namespaced/cloudfront/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Names within the distribution of what it reads from.
const (
	originAssets     = "assets"
	originReplica    = "assets-replica"
	originWithBackup = "assets-or-replica"
)

// failoverCodes is the answers on which CloudFront asks the replica: those by
// which a region fails. A file that is not there is not in the replica either.
var failoverCodes = []float64{500, 502, 503, 504}

// origins is the assets bucket and, if the claim asks for failover, its replica.
func origins(s *settings.Settings, set *desired.Set) []cloudfront.OriginParameters {
	out := []cloudfront.OriginParameters{{
		OriginID:                 new(originAssets),
		DomainName:               new(bucketDomain(s, s.Names.AssetsBucket, s.Region)),
		OriginAccessControlIDRef: set.Ref(composed.OriginAccessControl),
	}}
	if s.CDN.OriginFailover {
		out = append(out, cloudfront.OriginParameters{
			OriginID:                 new(originReplica),
			DomainName:               new(bucketDomain(s, s.Names.ReplicaBucket, s.Assets.ReplicaRegion)),
			OriginAccessControlIDRef: set.Ref(composed.OriginAccessControl),
		})
	}
	return out
}

// originGroups is the pair of both. CloudFront fails over on GET, HEAD and
// OPTIONS, which are all that the distribution takes (AWS documentation,
// "Optimize high availability with CloudFront origin failover").
func originGroups(s *settings.Settings) []cloudfront.OriginGroupParameters {
	if !s.CDN.OriginFailover {
		return nil
	}
	codes := make([]*float64, 0, len(failoverCodes))
	for _, c := range failoverCodes {
		codes = append(codes, &c)
	}
	return []cloudfront.OriginGroupParameters{{
		OriginID:         new(originWithBackup),
		FailoverCriteria: &cloudfront.FailoverCriteriaParameters{StatusCodes: codes},
		Member:           []cloudfront.MemberParameters{{OriginID: new(originAssets)}, {OriginID: new(originReplica)}},
	}}
}

// targetOrigin is what requests are answered from.
func targetOrigin(s *settings.Settings) string {
	if s.CDN.OriginFailover {
		return originWithBackup
	}
	return originAssets
}

// bucketDomain is the regional name of a bucket. The global one would be
// redirected for a day after the bucket's creation.
func bucketDomain(s *settings.Settings, bucket, region string) string {
	return bucket + ".s3." + region + "." + s.Partition.DNSSuffix
}
