package kit

import (
	"strings"

	"k8s.io/apimachinery/pkg/api/equality"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudfront"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// hstsSeconds is two years, as browsers' preload lists require.
const hstsSeconds = 63072000

// SharesHeaders reports whether a stack uses the response headers policy of its
// account: if the claim does not change the headers. AWS allows twenty policies in an
// account (AWS documentation, "Quotas on policies", Amazon CloudFront).
func SharesHeaders(s *settings.Settings) bool {
	return s.Shared != nil && s.Shared.HeadersID != "" && equality.Semantic.DeepEqual(securityHeaders(s.CDN), securityHeaders(settings.DefaultCDN()))
}

// SharesUploadsHeaders is like SharesHeaders for the headers of uploads.
func SharesUploadsHeaders(s *settings.Settings) bool {
	return s.Shared != nil && s.Shared.UploadsHeadersID != "" && equality.Semantic.DeepEqual(uploadsSecurityHeaders(s.CDN), uploadsSecurityHeaders(settings.DefaultCDN()))
}

// ComposeHeaders adds the security headers of files.
func ComposeHeaders(s *settings.Settings, set *desired.Set) {
	set.Add(composed.ResponseHeadersPolicy, &cloudfront.ResponseHeadersPolicy{Spec: cloudfront.ResponseHeadersPolicySpec{ForProvider: cloudfront.ResponseHeadersPolicyParameters{
		Name:                  new(s.Stack + "-security"),
		Comment:               new("Security headers of " + s.Stack),
		SecurityHeadersConfig: securityHeaders(s.CDN),
		RemoveHeadersConfig:   removedHeaders(),
	}}})
}

// uploadsSecurity is the Content-Security-Policy of uploads. They share the shop's
// domain, so it isolates them: an uploaded page has its own origin, and neither
// runs scripts nor loads resources (W3C, "Content Security Policy Level 3",
// sandbox). Images, videos and fonts in the shop's pages are not affected.
const uploadsSecurity = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

// ComposeUploadsHeaders adds the headers of uploads. Browsers download them instead
// of showing them, unless the application stores another Content-Disposition.
func ComposeUploadsHeaders(s *settings.Settings, set *desired.Set) {
	set.Add(composed.UploadsHeaders, &cloudfront.ResponseHeadersPolicy{Spec: cloudfront.ResponseHeadersPolicySpec{ForProvider: cloudfront.ResponseHeadersPolicyParameters{
		Name:                  new(s.Stack + "-uploads"),
		Comment:               new("Security headers of uploads to " + s.Stack),
		SecurityHeadersConfig: uploadsSecurityHeaders(s.CDN),
		CustomHeadersConfig: &cloudfront.CustomHeadersConfigParameters{Items: []cloudfront.CustomHeadersConfigItemsParameters{
			{Header: new("Content-Disposition"), Value: new("attachment"), Override: new(false)},
		}},
		RemoveHeadersConfig: removedHeaders(),
	}}})
}

// uploadsSecurityHeaders returns the security headers of uploads.
func uploadsSecurityHeaders(cdn settings.CDN) *cloudfront.SecurityHeadersConfigParameters {
	out := securityHeaders(cdn)
	out.ContentSecurityPolicy = &cloudfront.ContentSecurityPolicyParameters{ContentSecurityPolicy: new(uploadsSecurity), Override: new(true)}
	return out
}

// securityHeaders returns the security headers of every response.
func securityHeaders(cdn settings.CDN) *cloudfront.SecurityHeadersConfigParameters {
	hsts := cdn.HSTS
	// CloudFront's spelling.
	frames := "DENY"
	if cdn.Frames == v1alpha1.FramesSameOrigin {
		frames = "SAMEORIGIN"
	}
	return &cloudfront.SecurityHeadersConfigParameters{
		ContentSecurityPolicy: contentSecurity(cdn),
		ContentTypeOptions:    &cloudfront.ContentTypeOptionsParameters{Override: new(true)},
		FrameOptions:          &cloudfront.FrameOptionsParameters{FrameOption: new(frames), Override: new(true)},
		ReferrerPolicy:        &cloudfront.ReferrerPolicyParameters{ReferrerPolicy: new("strict-origin-when-cross-origin"), Override: new(true)},
		StrictTransportSecurity: &cloudfront.StrictTransportSecurityParameters{
			AccessControlMaxAgeSec: new(float64(hstsSeconds)),
			IncludeSubdomains:      new(hsts.IncludeSubdomains),
			Preload:                new(hsts.Preload),
			Override:               new(true),
		},
	}
}

// removedHeaders returns the headers that would disclose server software.
func removedHeaders() *cloudfront.RemoveHeadersConfigParameters {
	return &cloudfront.RemoveHeadersConfigParameters{Items: []cloudfront.RemoveHeadersConfigItemsParameters{
		{Header: new("Server")},
		{Header: new("X-Powered-By")},
	}}
}

// contentSecurity returns the Content-Security-Policy. By default, it only prevents
// other sites from embedding the shop in a frame. A claim's policy that also
// prevents this needs frames to be denied.
func contentSecurity(cdn settings.CDN) *cloudfront.ContentSecurityPolicyParameters {
	csp := cdn.ContentSecurityPolicy
	if csp == nil {
		return nil
	}
	text := csp.Policy
	if cdn.Frames == v1alpha1.FramesSameOrigin {
		text = strings.Replace(text, "frame-ancestors 'none'", "frame-ancestors 'self'", 1)
	}
	return &cloudfront.ContentSecurityPolicyParameters{ContentSecurityPolicy: new(text), Override: new(true)}
}
