package cdn

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudfront"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Names of origins in the distribution.
const (
	originAssets     = "assets"
	originReplica    = "assets-replica"
	originWithBackup = "assets-or-replica"
)

// failoverCodes lists the status codes for which CloudFront fails over to the
// replica: those of a failing region. A missing file is missing in the replica too.
var failoverCodes = []float64{500, 502, 503, 504}

// origins returns the assets bucket and, with failover, its replica.
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

// originGroups returns the group of both. CloudFront fails over for GET, HEAD and
// OPTIONS, which are the only methods for files (AWS documentation, "Optimize high
// availability with CloudFront origin failover").
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

// targetOrigin returns the origin or origin group for files.
func targetOrigin(s *settings.Settings) string {
	if s.CDN.OriginFailover {
		return originWithBackup
	}
	return originAssets
}

// bucketDomain returns the regional domain name of a bucket. S3 redirects requests
// to the global one for a day after the bucket's creation.
func bucketDomain(s *settings.Settings, bucket, region string) string {
	return bucket + ".s3." + region + "." + s.Partition.DNSSuffix
}
