package kit

import (
	"strings"

	"k8s.io/apimachinery/pkg/api/equality"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudfront"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// hstsSeconds is two years, as browsers' preload lists require.
const hstsSeconds = 63072000

// Headers is a response headers policy, which a stack has itself or shares with its
// account.
type Headers struct {
	resource, name, comment string
	// security returns the security headers.
	security func(settings.CDN) *cloudfront.SecurityHeadersConfigParameters
	custom   *cloudfront.CustomHeadersConfigParameters
	// ofAccount returns the ID of the account's policy.
	ofAccount func(*settings.Settings) string
}

// FilesHeaders returns the headers of files.
func FilesHeaders() Headers {
	return Headers{
		resource: composed.ResponseHeadersPolicy, name: "security", comment: "Security headers of ", security: securityHeaders,
		ofAccount: func(s *settings.Settings) string { return s.Shared.HeadersID },
	}
}

// UploadsHeaders returns the headers of uploads. Browsers download them instead of
// showing them, unless the application stores another Content-Disposition.
func UploadsHeaders() Headers {
	return Headers{
		resource: composed.UploadsHeaders, name: "uploads", comment: "Security headers of uploads to ", security: uploadsSecurityHeaders,
		custom: &cloudfront.CustomHeadersConfigParameters{Items: []cloudfront.CustomHeadersConfigItemsParameters{
			{Header: new("Content-Disposition"), Value: new("attachment"), Override: new(false)},
		}},
		ofAccount: func(s *settings.Settings) string { return s.Shared.UploadsHeadersID },
	}
}

// shared returns the ID of the account's policy. It is empty if the stack has its own,
// because its claim changes the headers, or because it has no account. AWS allows
// twenty policies in an account (AWS documentation, "Quotas on policies", Amazon
// CloudFront).
func (h Headers) shared(s *settings.Settings) string {
	if s.Shared == nil || !equality.Semantic.DeepEqual(h.security(s.CDN), h.security(settings.DefaultCDN())) {
		return ""
	}
	return h.ofAccount(s)
}

// Compose adds the policy, unless the stack shares the account's.
func (h Headers) Compose(s *settings.Settings, set *desired.Set) {
	if h.shared(s) != "" {
		return
	}
	set.Add(h.resource, &cloudfront.ResponseHeadersPolicy{Spec: cloudfront.ResponseHeadersPolicySpec{ForProvider: cloudfront.ResponseHeadersPolicyParameters{
		Name:                  new(s.Stack + "-" + h.name),
		Comment:               new(h.comment + s.Stack),
		SecurityHeadersConfig: h.security(s.CDN),
		CustomHeadersConfig:   h.custom,
		RemoveHeadersConfig:   removedHeaders(),
	}}})
}

// ID returns the ID of the policy that a distribution uses.
func (h Headers) ID(s *settings.Settings, observed facts.Observed) facts.Fact {
	id := observed.ExternalName(h.resource)
	if shared := h.shared(s); shared != "" {
		id.Value = shared
	}
	return id
}

// uploadsSecurity is the Content-Security-Policy of uploads. They share the shop's
// domain, so it isolates them: an uploaded page has its own origin, and neither
// runs scripts nor loads resources (W3C, "Content Security Policy Level 3",
// sandbox). Images, videos and fonts in the shop's pages are not affected.
const uploadsSecurity = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

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
