package cdn

import (
	cloudfront "github.com/upbound/provider-aws/v2/apis/namespaced/cloudfront/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// originUploads is the bucket of uploads within the distribution.
const originUploads = "uploads"

// uploadsSecurity keeps what visitors uploaded from acting as the shop, whose name
// it is served under: a page has an origin of its own, runs no script and loads
// nothing (W3C, "Content Security Policy Level 3", sandbox). Images, films and
// fonts within the shop's pages are not affected.
const uploadsSecurity = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

// composeUploadsHeaders adds the headers that browsers get with uploads. They are
// downloaded, not shown, unless the application stored another Content-Disposition
// with them.
func composeUploadsHeaders(s *settings.Settings, set *desired.Set) {
	if s.Uploads == nil {
		return
	}
	security := securityHeaders(s)
	security.ContentSecurityPolicy = &cloudfront.ContentSecurityPolicyParameters{ContentSecurityPolicy: new(uploadsSecurity), Override: new(true)}
	set.Add(composed.UploadsHeaders, &cloudfront.ResponseHeadersPolicy{Spec: cloudfront.ResponseHeadersPolicySpec{ForProvider: cloudfront.ResponseHeadersPolicyParameters{
		Name:                  new(s.Stack + "-uploads"),
		Comment:               new("Security headers of uploads to " + s.Stack),
		SecurityHeadersConfig: security,
		CustomHeadersConfig: &cloudfront.CustomHeadersConfigParameters{Items: []cloudfront.CustomHeadersConfigItemsParameters{
			{Header: new("Content-Disposition"), Value: new("attachment"), Override: new(false)},
		}},
		RemoveHeadersConfig: removedHeaders(),
	}}})
}

// uploadsOrigin is what the distribution reads uploads from.
func uploadsOrigin(s *settings.Settings, set *desired.Set) cloudfront.OriginParameters {
	return cloudfront.OriginParameters{
		OriginID:                 new(originUploads),
		DomainName:               new(bucketDomain(s, s.Names.UploadsBucket, s.Region)),
		OriginAccessControlIDRef: set.Ref(composed.OriginAccessControl),
	}
}

// uploadsBehavior is how uploads are served: like files, with headers of their own.
func uploadsBehavior(path, headers string, files *cloudfront.DefaultCacheBehaviorParameters) cloudfront.OrderedCacheBehaviorParameters {
	out := filesBehavior(path, files)
	out.TargetOriginID, out.ResponseHeadersPolicyID = new(originUploads), new(headers)
	return out
}
