package cdn_test

import (
	"strings"
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/cdn"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestUploads(t *testing.T) {
	const (
		spec    = `{"region":"eu-west-1","uploads":{}}`
		without = `{"region":"eu-west-1"}`
		app     = `{"region":"eu-west-1","uploads":{},"app":{"loadBalancer":{"arn":"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"app.example.com","paths":["/*","/uploads/thumbnails/*"]}}}`
	)
	headers := map[string]string{composed.UploadsHeaders: known("uploads-headers", "")}
	balanced := seen(map[string]string{composed.UploadsHeaders: known("uploads-headers", "")})
	balanced[composed.AppOrigin(naming.Hash("arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef"))] = `{"metadata":{"annotations":{"crossplane.io/external-name":"vo_1"}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotAskedFor": {Reason: "A shop without uploads has no path for them.", Spec: without, Observed: seen(nil), Resource: composed.UploadsHeaders, Missing: true},
		"Headers": {
			Reason:   "What a visitor uploads must not act as the shop: it runs nothing, and is downloaded unless the application says otherwise.",
			Spec:     spec,
			Resource: composed.UploadsHeaders,
			Want: map[string]any{
				"securityHeadersConfig.contentSecurityPolicy": map[string]any{"contentSecurityPolicy": "default-src 'none'; style-src 'unsafe-inline'; sandbox", "override": true},
				"securityHeadersConfig.contentTypeOptions":    map[string]any{"override": true},
				"customHeadersConfig.items":                   []any{map[string]any{"header": "Content-Disposition", "value": "attachment", "override": false}},
			},
		},
		"DistributionWaits": {
			Reason:   "Uploads are never served without their headers.",
			Spec:     spec,
			Observed: seen(nil),
			Resource: composed.Distribution,
			Waits:    true,
		},
		"Distribution": {
			Reason:   "Their path is read from their bucket, whose keys begin with it, and cannot be written.",
			Spec:     spec,
			Observed: seen(headers),
			Resource: composed.Distribution,
			Want: map[string]any{
				"origin[1].originId": "uploads", "origin[1].domainName": tiertest.Prefix + "-uploads.s3.eu-west-1.amazonaws.com",
				"origin[1].originAccessControlIdRef.name": "shop-cdn-origin-access-control", "origin[1].originPath": tiertest.Absent{},
				"orderedCacheBehavior[0].pathPattern": "/uploads/*", "orderedCacheBehavior[0].targetOriginId": "uploads",
				"orderedCacheBehavior[0].allowedMethods":          []any{"GET", "HEAD", "OPTIONS"},
				"orderedCacheBehavior[0].responseHeadersPolicyId": "uploads-headers", "orderedCacheBehavior[0].functionAssociation": tiertest.Absent{},
				"orderedCacheBehavior[1]": tiertest.Absent{},
			},
		},
		"BesideAnApp": {
			Reason:   "CloudFront takes the first path that matches, so the more specific one comes first.",
			Spec:     app,
			Observed: balanced,
			Resource: composed.Distribution,
			Want: map[string]any{
				"orderedCacheBehavior[0].pathPattern": "/uploads/thumbnails/*", "orderedCacheBehavior[1].pathPattern": "/uploads/*", "orderedCacheBehavior[2].pathPattern": tiertest.Absent{}, "defaultCacheBehavior.targetOriginId": "app",
			},
		},
		"NoRoutes": {
			Reason:   "A file that is missing is no route of the shop.",
			Spec:     strings.Replace(spec, `"uploads":{}`, `"uploads":{},"assets":{"notFound":{}}`, 1),
			Observed: seen(map[string]string{composed.UploadsHeaders: known("uploads-headers", ""), composed.Routes(cdn.RoutesDigest("/index.html")): tiertest.IsReady}),
			Resource: composed.Distribution,
			Want:     map[string]any{"orderedCacheBehavior[0].functionAssociation": tiertest.Absent{}, "defaultCacheBehavior.functionAssociation[0].eventType": "viewer-request"},
		},
	})
}

func TestFrames(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Deny": {
			Reason:   "No page shows the shop in a frame unless the claim says so.",
			Spec:     `{"region":"eu-west-1","cdn":{"contentSecurityPolicy":{}}}`,
			Resource: composed.ResponseHeadersPolicy,
			Want: map[string]any{
				"securityHeadersConfig.frameOptions.frameOption":                    "DENY",
				"securityHeadersConfig.contentSecurityPolicy.contentSecurityPolicy": "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; upgrade-insecure-requests",
			},
		},
		"SameOrigin": {
			Reason:   "An admin page shows its preview; both headers say the same.",
			Spec:     `{"region":"eu-west-1","cdn":{"frames":"SameOrigin","contentSecurityPolicy":{}}}`,
			Resource: composed.ResponseHeadersPolicy,
			Want: map[string]any{
				"securityHeadersConfig.frameOptions.frameOption":                    "SAMEORIGIN",
				"securityHeadersConfig.contentSecurityPolicy.contentSecurityPolicy": "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'; upgrade-insecure-requests",
			},
		},
		"OwnPolicy": {
			Reason:   "A policy of the claim's own stays as it is.",
			Spec:     `{"region":"eu-west-1","cdn":{"frames":"SameOrigin","contentSecurityPolicy":{"policy":"default-src 'self'; frame-ancestors 'self' https://admin.example.com"}}}`,
			Resource: composed.ResponseHeadersPolicy,
			Want:     map[string]any{"securityHeadersConfig.contentSecurityPolicy.contentSecurityPolicy": "default-src 'self'; frame-ancestors 'self' https://admin.example.com"},
		},
	})
}
