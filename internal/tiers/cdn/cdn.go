package cdn

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudfront"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// AWS's managed policies, which are the same in every account (AWS documentation,
// "Use managed cache policies").
const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6"

// composeCDN adds the distribution, the only reader of the assets bucket.
// Partitions without CloudFront have no CDN tier.
func composeCDN(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.Partition.CloudFront {
		return
	}
	set.Add(composed.OriginAccessControl, &cloudfront.OriginAccessControl{Spec: cloudfront.OriginAccessControlSpec{ForProvider: cloudfront.OriginAccessControlParameters{
		Name:                          new(s.Stack + "-assets"),
		Description:                   new("Signs requests of the distribution to the assets bucket"),
		OriginAccessControlOriginType: new("s3"),
		SigningBehavior:               new("always"),
		SigningProtocol:               new("sigv4"),
	}}})
	kit.FilesHeaders().Compose(s, set)
	if s.Uploads != nil {
		kit.UploadsHeaders().Compose(s, set)
	}
	composeUploadsKeys(s, observed, set)
	composeRoutes(s, observed, set)
	composeCertificates(s, observed, set)
	composeHostedZone(s, observed, set)
	composeRecords(s, observed, set)
	composeSigningKeys(s, observed, set)
	composeRealtimeLogs(s, observed, set)
	composeAppOrigin(s, observed, set)
	composeFunctionsAccess(s, observed, set)
	composeCachePolicies(s, observed, set)
	composeDistribution(s, observed, set)
	composeLogDelivery(s, observed, set)
	composeMetrics(s, set)
}

// composeDistribution adds the distribution. It waits for values without a
// reference, such as the headers policy's ID and the web ACL's ARN, and for the log
// bucket's ACL, without which CloudFront rejects the distribution.
func composeDistribution(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	cdn := s.CDN
	headers := kit.FilesHeaders().ID(s, observed)
	needs := []facts.Fact{headers}
	d := cloudfront.DistributionParameters{
		Comment:       new(s.Stack),
		Enabled:       new(true),
		HTTPVersion:   new("http2and3"),
		IsIPv6Enabled: new(true),
		// AWS does not return this field. It is for the provider only.
		WaitForDeployment: new(true),
		PriceClass:        new(string(cdn.PriceClass)),
		DefaultRootObject: rootObject(s),
		Origin:            origins(s, set),
		OriginGroup:       originGroups(s),
		DefaultCacheBehavior: &cloudfront.DefaultCacheBehaviorParameters{
			TargetOriginID:          new(targetOrigin(s)),
			ViewerProtocolPolicy:    new("redirect-to-https"),
			AllowedMethods:          kit.Pointers([]string{"GET", "HEAD", "OPTIONS"}),
			CachedMethods:           kit.Pointers([]string{"GET", "HEAD"}),
			Compress:                new(true),
			CachePolicyID:           new(cachingOptimized),
			ResponseHeadersPolicyID: new(headers.Value),
		},
		CustomErrorResponse: errorResponses(s),
		Restrictions:        &cloudfront.RestrictionsParameters{GeoRestriction: geoRestriction(cdn.GeoRestriction)},
		ViewerCertificate:   &cloudfront.ViewerCertificateParameters{CloudfrontDefaultCertificate: new(true)},
	}
	if !s.CDN.LogsV2 {
		d.LoggingConfig = legacyLogging(s)
		needs = append(needs, observed.Ready(composed.Bucket(composed.CDNLogsBucket, composed.ACL)))
	}
	if s.CDN.RealtimeLogs != nil {
		config := observed.ARN(composed.RealtimeLogs)
		d.DefaultCacheBehavior.RealtimeLogConfigArn = new(config.Value)
		needs = append(needs, config)
	}
	if private := s.CDN.PrivateDownloads; private != nil {
		group := observed.ExternalName(composed.KeyGroup)
		d.OrderedCacheBehavior = []cloudfront.OrderedCacheBehaviorParameters{privateBehavior(private.PathPattern, group.Value, d.DefaultCacheBehavior)}
		needs = append(needs, group)
	}
	// More specific paths must come first.
	var behaviors []cloudfront.OrderedCacheBehaviorParameters
	if u := s.Uploads; u != nil {
		id := kit.UploadsHeaders().ID(s, observed)
		d.Origin = append(d.Origin, uploadsOrigin(s, set))
		finds, known := findUploads(s, observed)
		for _, path := range u.Paths {
			behaviors = append(behaviors, uploadsBehavior(path, id.Value, finds, d.DefaultCacheBehavior))
		}
		needs = append(append(needs, id), known...)
	}
	// The behaviors above are copies of the files' behavior, whose routes apply
	// only to files.
	routes, known := answerRoutes(s, observed)
	d.DefaultCacheBehavior.FunctionAssociation = routes
	needs = append(needs, known...)
	if application := upstreams(s, observed, set); len(application) > 0 {
		paths, known := serve(s, observed, &d, application)
		behaviors, needs = append(behaviors, paths...), append(needs, known...)
		for _, u := range application {
			needs = append(needs, u.needs...)
		}
	}
	d.OrderedCacheBehavior = append(d.OrderedCacheBehavior, mostSpecificFirst(behaviors)...)
	if s.On(settings.TierWAF) {
		acl := observed.ARN(composed.WebACL)
		d.WebACLID = new(acl.Value)
		needs = append(needs, acl)
	}
	if a := servedAlias(s, observed); len(a.domains) > 0 {
		d.Aliases = kit.Pointers(a.domains)
		d.ViewerCertificate = &cloudfront.ViewerCertificateParameters{
			AcmCertificateArn:            new(a.certificate),
			CloudfrontDefaultCertificate: new(false),
			MinimumProtocolVersion:       new("TLSv1.2_2021"),
			SSLSupportMethod:             new("sni-only"),
		}
	}
	set.Add(composed.Distribution, &cloudfront.Distribution{Spec: cloudfront.DistributionSpec{ForProvider: d}},
		desired.Needs(needs...), desired.Before(bucketsRead(s)...))
}

// bucketsRead returns the buckets that the distribution reads and its log bucket.
// Without them, CloudFront refuses to disable the distribution, which is required
// before its deletion (terraform-provider-aws 43609).
func bucketsRead(s *settings.Settings) []string {
	out := []string{composed.AssetsBucket, composed.CDNLogsBucket}
	if s.CDN.OriginFailover {
		out = append(out, composed.ReplicaBucket)
	}
	if s.Uploads != nil {
		out = append(out, composed.UploadsBucket)
	}
	return out
}

// rootObject returns the default root object. It is nil if the application answers
// "/".
func rootObject(s *settings.Settings) *string {
	if s.App.AnswersAll() {
		return nil
	}
	return new(s.CDN.DefaultRootObject)
}

// errorResponses returns the custom error responses. They apply to the whole
// distribution, and would also replace an application's responses. If there is an
// application or a single-page application, errors are therefore passed on, and not
// cached.
func errorResponses(s *settings.Settings) []cloudfront.CustomErrorResponseParameters {
	var out []cloudfront.CustomErrorResponseParameters
	if !kit.PassesErrors(s) {
		page := "/404.html"
		if n := s.Assets.NotFound; n != nil {
			page = n.Page
		}
		// S3 returns 403 for a missing file if the reader must not list the bucket.
		for _, code := range []float64{403, 404} {
			out = append(out, cloudfront.CustomErrorResponseParameters{
				ErrorCode: new(code), ResponseCode: new(float64(404)), ResponsePagePath: new(page), ErrorCachingMinTTL: new(float64(60)),
			})
		}
		return out
	}
	for _, code := range []float64{400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504} {
		out = append(out, cloudfront.CustomErrorResponseParameters{ErrorCode: new(code), ErrorCachingMinTTL: new(float64(0))})
	}
	return out
}

func geoRestriction(g *v1alpha1.GeoRestriction) *cloudfront.GeoRestrictionParameters {
	if g == nil {
		return &cloudfront.GeoRestrictionParameters{RestrictionType: new("none")}
	}
	// CloudFront's spelling.
	kind := map[v1alpha1.GeoRestrictionType]string{v1alpha1.GeoRestrictionAllow: "whitelist", v1alpha1.GeoRestrictionBlock: "blacklist"}[g.Type]
	return &cloudfront.GeoRestrictionParameters{RestrictionType: new(kind), Locations: kit.Pointers(g.Countries)}
}

// reportCDN reports the shop's addresses, and the DNS records that users must
// create.
func reportCDN(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	status.CDN.DistributionID = observed.ExternalName(composed.Distribution).Value
	status.CDN.DistributionDomain = observed.String(composed.Distribution, "status.atProvider.domainName")
	status.CDN.Domain = kit.ServedDomain(s, observed).Value
	status.CDN.RealtimeLogsStreamARN = observed.ARN(composed.RealtimeStream).Value
	status.CDN.SigningKeys = signingKeys(s, observed)
	status.CDN.Certificate = reportCertificate(s, observed)
	status.CDN.HostedZone = reportHostedZone(s, observed)
}
