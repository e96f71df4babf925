package cdn_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestAppOrigin(t *testing.T) {
	const (
		balancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef"
		spec     = `{"region":"eu-west-1","app":{"loadBalancer":{"arn":"` + balancer + `","domainName":"app.example.com","paths":["/api/*","/cart"]}}}`
		without  = `{"region":"eu-west-1"}`
		stands   = `{"apiVersion":"cloudfront.aws.m.upbound.io/v1beta1","kind":"VPCOrigin","metadata":{"name":"o","annotations":{"crossplane.io/external-name":"vo_1"}},"spec":{"forProvider":{}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`
		uses     = `{"status":{"atProvider":{"origin":[{"originId":"assets"},{"originId":"app","vpcOriginConfig":{"vpcOriginId":"vo_1"}}]}}}`
	)
	origin, older := composed.AppOrigin(naming.Hash(balancer)), composed.AppOrigin("older")
	ready := map[string]string{
		origin:                         stands,
		composed.ResponseHeadersPolicy: `{"metadata":{"annotations":{"crossplane.io/external-name":"headers"}}}`,
		composed.WebACL:                `{"status":{"atProvider":{"arn":"arn:acl"}}}`,
		composed.Bucket(composed.CDNLogsBucket, composed.ACL): tiertest.IsReady,
	}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoneByDefault": {Reason: "A shop of files needs no application.", Spec: without, Resource: origin, Missing: true},
		"Origin": {
			Reason:   "CloudFront reaches the load balancer by HTTPS, TLS 1.2 only.",
			Spec:     spec,
			Resource: origin,
			Want: map[string]any{
				"vpcOriginEndpointConfig.arn": balancer, "vpcOriginEndpointConfig.originProtocolPolicy": "https-only",
				"vpcOriginEndpointConfig.originSslProtocols": map[string]any{"items": []any{"TLSv1.2"}, "quantity": float64(1)},
			},
		},
		"DistributionWaits": {
			Reason:   "CloudFront refuses an origin that is not deployed.",
			Spec:     spec,
			Resource: composed.Distribution,
			Waits:    true,
		},
		"Distribution": {
			Reason:   "The application's paths are never cached, all others are files.",
			Spec:     spec,
			Observed: ready,
			Resource: composed.Distribution,
			Want: map[string]any{
				"origin[1].vpcOriginConfig.vpcOriginId": "vo_1", "origin[1].domainName": "app.example.com", "origin[1].originAccessControlIdRef": tiertest.Absent{},
				"orderedCacheBehavior[0].pathPattern": "/api/*", "orderedCacheBehavior[1].pathPattern": "/cart",
				"orderedCacheBehavior[0].cachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "orderedCacheBehavior[0].targetOriginId": "app",
				"orderedCacheBehavior[0].viewerProtocolPolicy": "redirect-to-https", "defaultCacheBehavior.targetOriginId": "assets",
				"defaultRootObject": "index.html",
			},
		},
		"ErrorsArePassedOn": {
			Reason:   "Error pages are of the whole distribution: the application's own answers would be replaced, and kept for others.",
			Spec:     spec,
			Observed: ready,
			Resource: composed.Distribution,
			Want: map[string]any{
				"customErrorResponse[1]": map[string]any{"errorCode": float64(403), "errorCachingMinTtl": float64(0)},
				"customErrorResponse[2]": map[string]any{"errorCode": float64(404), "errorCachingMinTtl": float64(0)},
			},
		},
		"EveryPath": {
			Reason:   "An application that answers every path answers / too, and has files beside it; CloudFront takes the first pattern that matches.",
			Spec:     strings.Replace(strings.Replace(spec, `"/api/*","/cart"`, `"/*","/cart","/api/*"`, 1), `"app"`, `"assets":{"paths":["/assets/*"]},"app"`, 1),
			Observed: ready,
			Resource: composed.Distribution,
			Want: map[string]any{
				"defaultRootObject": tiertest.Absent{}, "defaultCacheBehavior.targetOriginId": "app",
				"orderedCacheBehavior[0].pathPattern": "/assets/*", "orderedCacheBehavior[0].targetOriginId": "assets",
				"orderedCacheBehavior[1].pathPattern": "/api/*", "orderedCacheBehavior[2].pathPattern": "/cart",
			},
		},
		"StaysWhileInUse": {
			Reason:   "CloudFront deletes no origin that its distribution uses.",
			Spec:     without,
			Observed: map[string]string{older: stands, composed.Distribution: uses},
			Resource: older,
		},
		"AnotherLoadBalancer": {
			Reason:   "CloudFront changes no origin that a distribution uses (terraform-provider-aws 40905): the old one stays until the distribution has left it.",
			Spec:     spec,
			Observed: map[string]string{older: stands, composed.Distribution: uses},
			Resource: older,
		},
		"AnotherLoadBalancerIsAnotherOrigin": {
			Reason:   "The distribution changes over once the new one is deployed.",
			Spec:     spec,
			Observed: map[string]string{older: stands, composed.Distribution: uses},
			Resource: origin,
			Want:     map[string]any{"vpcOriginEndpointConfig.arn": balancer, "vpcOriginEndpointConfig.name": tiertest.Prefix + "-app-" + naming.Hash(balancer)},
		},
		"GoesWhenUnused": {
			Reason:   "Once it is let go it goes.",
			Spec:     without,
			Observed: map[string]string{older: stands, composed.Distribution: `{"status":{"atProvider":{"origin":[{"originId":"assets"}]}}}`},
			Resource: older,
			Missing:  true,
		},
		"StaysWhileNobodyKnows": {
			Reason:   "An observation that is missing takes nothing away.",
			Spec:     without,
			Observed: map[string]string{older: stands},
			Resource: older,
		},
	})
}

func TestServicesOrigin(t *testing.T) {
	const (
		web     = `{"region":"eu-west-1","app":{"services":[{"image":"shop:1"}]}}`
		domain  = `{"region":"eu-west-1","cdn":{"domain":"shop.example.com"},"app":{"services":[{"image":"shop:1"}]}}`
		stands  = `{"metadata":{"annotations":{"crossplane.io/external-name":"vo_1"}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`
		another = `{"metadata":{"annotations":{"crossplane.io/external-name":"vo_2"}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`
		uses    = `{"status":{"atProvider":{"origin":[{"originId":"app","vpcOriginConfig":{"vpcOriginId":"vo_1"}}]}}}`
	)
	http, https := kit.AppOrigin(kit.HTTP), kit.AppOrigin(kit.HTTPS)
	certificate := composed.AppCertificate(naming.Hash("shop.example.com"))
	issued := `{"status":{"atProvider":{"arn":"arn:certificate","status":"ISSUED"}}}`
	ready := map[string]string{
		http:                           stands,
		composed.AppLoadBalancer:       `{"status":{"atProvider":{"dnsName":"internal-shop.elb.amazonaws.com"}}}`,
		composed.ResponseHeadersPolicy: `{"metadata":{"annotations":{"crossplane.io/external-name":"headers"}}}`,
		composed.WebACL:                `{"status":{"atProvider":{"arn":"arn:acl"}}}`,
		composed.Bucket(composed.CDNLogsBucket, composed.ACL): tiertest.IsReady,
	}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Origin": {
			Reason: "The origin refers to the load balancer, and waits until that listens.", Spec: web, Resource: http, Waits: true,
		},
		"OriginByHTTP": {
			Reason: "No certificate is of a name of CloudFront's.", Spec: web, Resource: http,
			Observed: map[string]string{composed.AppListener("http"): tiertest.IsReady},
			Want: map[string]any{
				"vpcOriginEndpointConfig.arnRef.name": "shop-app-load-balancer", "vpcOriginEndpointConfig.originProtocolPolicy": "http-only",
			},
		},
		"OriginByHTTPS": {
			Reason: "A certificate of the shop's domain that is issued.", Spec: domain, Resource: https,
			Observed: map[string]string{certificate: issued, composed.AppListener("https"): tiertest.IsReady},
			Want:     map[string]any{"vpcOriginEndpointConfig.originProtocolPolicy": "https-only"},
		},
		"OriginUntilIssued": {
			Reason: "A shop does not wait for its domain.", Spec: domain, Resource: http, Waits: true,
			Observed: map[string]string{certificate: `{"status":{"atProvider":{"arn":"arn:certificate","status":"PENDING_VALIDATION"}}}`},
		},
		"OtherProtocolStays": {
			Reason: "The distribution still reads by HTTP.", Spec: domain, Resource: http,
			Observed: map[string]string{certificate: issued, http: stands, composed.Distribution: uses},
		},
		"OtherProtocolGoes": {
			Reason: "The distribution has left it.", Spec: domain, Resource: http, Missing: true,
			Observed: map[string]string{certificate: issued, http: another, https: stands, composed.Distribution: uses},
		},
		"Distribution": {
			Reason: "The service is the default behavior: all methods, cookies, query strings and the host pass, nothing is kept, / is no file.", Spec: web, Resource: composed.Distribution,
			Observed: ready,
			Want: map[string]any{
				"origin[1].domainName": "internal-shop.elb.amazonaws.com", "origin[1].vpcOriginConfig.vpcOriginId": "vo_1",
				"defaultCacheBehavior.targetOriginId": "app", "defaultCacheBehavior.cachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
				"defaultCacheBehavior.originRequestPolicyId": "33f36d7e-f396-46d9-90e0-52428a34d9dc", "defaultCacheBehavior.viewerProtocolPolicy": "redirect-to-https",
				"defaultCacheBehavior.allowedMethods": []any{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"},
				// This includes the shop's own /assets/*.
				"defaultRootObject": tiertest.Absent{}, "orderedCacheBehavior": tiertest.Absent{},
				"customErrorResponse[2]": map[string]any{"errorCode": float64(404), "errorCachingMinTtl": float64(0)},
			},
		},
		"CachedPath": {
			Reason: "What the claim says may be kept is kept as its Cache-Control says.", Spec: strings.Replace(web, `"image"`, `"cachedPaths":["/catalog/*"],"image"`, 1), Resource: composed.Distribution,
			Observed: ready,
			Want: map[string]any{
				"orderedCacheBehavior[0].pathPattern": "/catalog/*", "orderedCacheBehavior[0].cachePolicyId": "4cc15a8a-d715-48a4-82b8-cc0b614638fe", "orderedCacheBehavior[0].targetOriginId": "app",
				"defaultCacheBehavior.cachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
			},
		},
		"SlowAnswers": {
			Reason: "CloudFront waits for the slowest service behind the load balancer, which is one origin.", Resource: composed.Distribution, Observed: ready,
			Spec: `{"region":"eu-west-1","app":{"services":[{"name":"shop","image":"a","paths":["/*"]},{"name":"export","image":"b","paths":["/export/*"],"timeoutSeconds":120}]}}`,
			Want: map[string]any{"origin[1].vpcOriginConfig.originReadTimeout": float64(120)},
		},
		"CachedByOneHost": {
			Reason: "A path is served in one way for all hosts: it is kept only if all services that answer it agree.", Resource: composed.Distribution,
			Observed: func() map[string]string { out := maps.Clone(ready); out[https] = stands; return out }(),
			Spec:     `{"region":"eu-west-1","cdn":{"domain":"shop.example.com","additionalDomains":["b.example.com"]},"app":{"services":[{"name":"a","image":"a","paths":["/*"],"cachedPaths":["/c","/d"]},{"name":"b","image":"b","hosts":["b.example.com"],"paths":["/*","/c"],"cachedPaths":["/d"]}]}}`,
			Want: map[string]any{
				"orderedCacheBehavior[0].pathPattern": "/c", "orderedCacheBehavior[0].cachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
				"orderedCacheBehavior[1].pathPattern": "/d", "orderedCacheBehavior[1].cachePolicyId": "4cc15a8a-d715-48a4-82b8-cc0b614638fe", "orderedCacheBehavior[2]": tiertest.Absent{},
			},
		},
		"DistributionWaits": {
			Reason: "The load balancer's name is made up by AWS.", Spec: web, Resource: composed.Distribution, Waits: true,
			Observed: func() map[string]string { out := maps.Clone(ready); delete(out, composed.AppLoadBalancer); return out }(),
		},
	})
}
