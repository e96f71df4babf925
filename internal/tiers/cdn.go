package tiers

import (
	"cmp"

	acm "github.com/upbound/provider-aws/v2/apis/namespaced/acm/v1beta1"
	cloudfront "github.com/upbound/provider-aws/v2/apis/namespaced/cloudfront/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Policies that AWS keeps, the same in every account (AWS documentation, "Use
// managed cache policies").
const (
	cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6"
	hstsSeconds      = 63072000
)

// composeCDN adds the distribution, the only reader of the assets bucket. In
// partitions without CloudFront there is no CDN tier.
func composeCDN(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.Partition.CloudFront {
		return
	}
	set.Add(role.OriginAccessControl, &cloudfront.OriginAccessControl{Spec: cloudfront.OriginAccessControlSpec{ForProvider: cloudfront.OriginAccessControlParameters{
		Name:                          new(s.Stack + "-assets"),
		Description:                   new("Signs what the distribution reads from the assets bucket"),
		OriginAccessControlOriginType: new("s3"),
		SigningBehavior:               new("always"),
		SigningProtocol:               new("sigv4"),
	}}})
	composeResponseHeaders(s, set)
	composeCertificates(s, observed, set)
	composeSigningKeys(s, observed, set)
	composeRealtimeLogs(s, observed, set)
	composeDistribution(s, observed, set)
	composeLogDelivery(s, observed, set)
	composeMetrics(s, set)
}

// composeResponseHeaders makes browsers stricter. Headers that tell what runs
// behind are removed.
func composeResponseHeaders(s *settings.Settings, set *desired.Set) {
	hsts := s.Claim.Spec.CDN.HSTS
	set.Add(role.ResponseHeadersPolicy, &cloudfront.ResponseHeadersPolicy{Spec: cloudfront.ResponseHeadersPolicySpec{ForProvider: cloudfront.ResponseHeadersPolicyParameters{
		Name:    new(s.Stack + "-security"),
		Comment: new("Security headers of " + s.Stack),
		SecurityHeadersConfig: &cloudfront.SecurityHeadersConfigParameters{
			ContentSecurityPolicy: contentSecurity(s.Claim.Spec.CDN.ContentSecurityPolicy),
			ContentTypeOptions:    &cloudfront.ContentTypeOptionsParameters{Override: new(true)},
			FrameOptions:          &cloudfront.FrameOptionsParameters{FrameOption: new("DENY"), Override: new(true)},
			ReferrerPolicy:        &cloudfront.ReferrerPolicyParameters{ReferrerPolicy: new("strict-origin-when-cross-origin"), Override: new(true)},
			StrictTransportSecurity: &cloudfront.StrictTransportSecurityParameters{
				AccessControlMaxAgeSec: new(float64(hstsSeconds)),
				IncludeSubdomains:      new(hsts.IncludeSubdomains),
				Preload:                new(hsts.Preload),
				Override:               new(true),
			},
		},
		RemoveHeadersConfig: &cloudfront.RemoveHeadersConfigParameters{Items: []cloudfront.RemoveHeadersConfigItemsParameters{
			{Header: new("Server")},
			{Header: new("X-Powered-By")},
		}},
	}}})
}

// contentSecurity is where pages may load from, if the claim says.
func contentSecurity(csp *v1alpha1.ContentSecurityPolicy) *cloudfront.ContentSecurityPolicyParameters {
	if csp == nil {
		return nil
	}
	return &cloudfront.ContentSecurityPolicyParameters{ContentSecurityPolicy: new(csp.Policy), Override: new(true)}
}

// certificateRole is the certificate of the claim's domain, empty if the stack
// needs none of its own.
func certificateRole(s *settings.Settings) string {
	cdn := s.Claim.Spec.CDN
	if cdn.Domain == "" || cdn.CertificateARN != "" {
		return ""
	}
	return role.Certificate(naming.Hash(cdn.Domain))
}

// composeCertificates asks for a certificate of the claim's domain. The one of
// another domain stays as long as the distribution serves it, because ACM
// deletes none in use.
func composeCertificates(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := certificateRole(s)
	if current != "" {
		set.Add(current, &acm.Certificate{Spec: acm.CertificateSpec{ForProvider: acm.CertificateParameters{
			Region:           new(aws.GlobalRegion),
			DomainName:       new(s.Claim.Spec.CDN.Domain),
			ValidationMethod: new("DNS"),
			KeyAlgorithm:     new("RSA_2048"),
			Options:          &acm.OptionsParameters{CertificateTransparencyLoggingPreference: new("ENABLED")},
		}}}, desired.ReadyWhen(issued(observed, current)))
	}
	inUse := observed.String(role.Distribution, "spec.forProvider.viewerCertificate.acmCertificateArn")
	for _, r := range observed.Roles() {
		if role.IsCertificate(r) && r != current && inUse != "" && observed.ARN(r).Value == inUse {
			set.Hold(r)
		}
	}
}

// issued is the fact that the owner of the domain has proved it.
func issued(observed facts.Observed, certificate string) facts.Fact {
	f := facts.Fact{Role: certificate, Path: "status ISSUED"}
	if observed.String(certificate, "status.atProvider.status") == "ISSUED" {
		f.Value = "ISSUED"
	}
	return f
}

// alias is a custom domain that the distribution serves with a certificate.
type alias struct {
	domain, certificate string
}

// servedAlias is the claim's domain once its certificate is issued. Until then
// it is what the distribution serves now, so that a new domain never takes an
// old one off the air; none at first.
func servedAlias(s *settings.Settings, observed facts.Observed) alias {
	cdn := s.Claim.Spec.CDN
	if cdn.Domain == "" {
		return alias{}
	}
	if cdn.CertificateARN != "" {
		return alias{domain: cdn.Domain, certificate: cdn.CertificateARN}
	}
	current := certificateRole(s)
	if arn := observed.ARN(current); issued(observed, current).Known() && arn.Known() {
		return alias{domain: cdn.Domain, certificate: arn.Value}
	}
	return alias{
		domain:      observed.String(role.Distribution, "spec.forProvider.aliases[0]"),
		certificate: observed.String(role.Distribution, "spec.forProvider.viewerCertificate.acmCertificateArn"),
	}
}

// composeDistribution adds the distribution. It waits for the headers policy's
// ID, the web ACL's ARN and the like, which it can refer to in no other way, and
// for the log bucket's ACL, without which CloudFront refuses to be created.
func composeDistribution(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	cdn := s.Claim.Spec.CDN
	headers := observed.ExternalName(role.ResponseHeadersPolicy)
	needs := []facts.Fact{headers}
	d := cloudfront.DistributionParameters{
		Comment:           new(s.Stack),
		Enabled:           new(true),
		HTTPVersion:       new("http2and3"),
		IsIPv6Enabled:     new(true),
		PriceClass:        new(cdn.PriceClass),
		DefaultRootObject: new(cdn.DefaultRootObject),
		Origin:            origins(s, set),
		OriginGroup:       originGroups(s),
		DefaultCacheBehavior: &cloudfront.DefaultCacheBehaviorParameters{
			TargetOriginID:          new(targetOrigin(s)),
			ViewerProtocolPolicy:    new("redirect-to-https"),
			AllowedMethods:          pointers([]string{"GET", "HEAD", "OPTIONS"}),
			CachedMethods:           pointers([]string{"GET", "HEAD"}),
			Compress:                new(true),
			CachePolicyID:           new(cachingOptimized),
			ResponseHeadersPolicyID: new(headers.Value),
		},
		CustomErrorResponse: []cloudfront.CustomErrorResponseParameters{
			// S3 says "forbidden" of a file that is not there to a reader who may not list.
			{ErrorCode: new(float64(403)), ResponseCode: new(float64(404)), ResponsePagePath: new("/404.html"), ErrorCachingMinTTL: new(float64(60))},
			{ErrorCode: new(float64(404)), ResponseCode: new(float64(404)), ResponsePagePath: new("/404.html"), ErrorCachingMinTTL: new(float64(60))},
		},
		Restrictions:      &cloudfront.RestrictionsParameters{GeoRestriction: geoRestriction(cdn.GeoRestriction)},
		ViewerCertificate: &cloudfront.ViewerCertificateParameters{CloudfrontDefaultCertificate: new(true)},
	}
	if !s.LogsV2() {
		d.LoggingConfig = legacyLogging(s)
		needs = append(needs, observed.Ready(role.Bucket(role.CDNLogsBucket, role.ACL)))
	}
	if s.Claim.Spec.CDN.RealtimeLogs != nil {
		config := observed.ARN(role.RealtimeLogs)
		d.DefaultCacheBehavior.RealtimeLogConfigArn = new(config.Value)
		needs = append(needs, config)
	}
	if private := s.Claim.Spec.CDN.PrivateDownloads; private != nil {
		group := observed.ExternalName(role.KeyGroup)
		d.OrderedCacheBehavior = []cloudfront.OrderedCacheBehaviorParameters{privateBehavior(private.PathPattern, group.Value, d.DefaultCacheBehavior)}
		needs = append(needs, group)
	}
	if s.On(settings.TierWAF) {
		acl := observed.ARN(role.WebACL)
		d.WebACLID = new(acl.Value)
		needs = append(needs, acl)
	}
	if a := servedAlias(s, observed); a.domain != "" {
		d.Aliases = pointers([]string{a.domain})
		d.ViewerCertificate = &cloudfront.ViewerCertificateParameters{
			AcmCertificateArn:            new(a.certificate),
			CloudfrontDefaultCertificate: new(false),
			MinimumProtocolVersion:       new("TLSv1.2_2021"),
			SSLSupportMethod:             new("sni-only"),
		}
	}
	set.Add(role.Distribution, &cloudfront.Distribution{Spec: cloudfront.DistributionSpec{ForProvider: d}},
		desired.Needs(needs...))
}

func geoRestriction(g *v1alpha1.GeoRestriction) *cloudfront.GeoRestrictionParameters {
	if g == nil {
		return &cloudfront.GeoRestrictionParameters{RestrictionType: new("none")}
	}
	// CloudFront's own words.
	kind := map[string]string{"allow": "whitelist", "block": "blacklist"}[g.Type]
	return &cloudfront.GeoRestrictionParameters{RestrictionType: new(kind), Locations: pointers(g.Countries)}
}

// servedDomain is what visitors reach the shop by: the custom domain once it is
// served, else CloudFront's own.
func servedDomain(observed facts.Observed) facts.Fact {
	own := observed.Fact(role.Distribution, "status.atProvider.domainName")
	own.Value = cmp.Or(observed.String(role.Distribution, "status.atProvider.aliases[0]"), own.Value)
	return own
}

// reportCDN says how visitors reach the shop, and what is left to do in DNS.
func reportCDN(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	status.CDN.DistributionID = observed.ExternalName(role.Distribution).Value
	status.CDN.DistributionDomain = observed.String(role.Distribution, "status.atProvider.domainName")
	status.CDN.Domain = servedDomain(observed).Value
	status.CDN.RealtimeLogsStreamARN = observed.ARN(role.RealtimeStream).Value
	status.CDN.SigningKeys = signingKeys(s, observed)
	c := certificateRole(s)
	if c == "" || !observed.Has(c) {
		return
	}
	status.CDN.Certificate = &v1alpha1.CertificateStatus{
		ARN:   observed.ARN(c).Value,
		State: observed.String(c, "status.atProvider.status"),
	}
	option := func(field string) string {
		return observed.String(c, "status.atProvider.domainValidationOptions[0]."+field)
	}
	if name := option("resourceRecordName"); name != "" {
		status.CDN.Certificate.ValidationRecord = &v1alpha1.DNSRecord{Name: name, Type: option("resourceRecordType"), Value: option("resourceRecordValue")}
	}
}
