package tiers

import (
	"strings"
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

func TestAppOrigin(t *testing.T) {
	const (
		balancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef"
		spec     = `{"region":"eu-west-1","app":{"loadBalancer":{"arn":"` + balancer + `","domainName":"app.example.com","paths":["/api/*","/cart"]}}}`
		without  = `{"region":"eu-west-1"}`
		stands   = `{"apiVersion":"cloudfront.aws.m.upbound.io/v1beta1","kind":"VPCOrigin","metadata":{"name":"o","annotations":{"crossplane.io/external-name":"vo_1"}},"spec":{"forProvider":{}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`
		uses     = `{"status":{"atProvider":{"origin":[{"originId":"assets"},{"originId":"app","vpcOriginConfig":{"vpcOriginId":"vo_1"}}]}}}`
	)
	origin, older := role.AppOrigin(naming.Hash(balancer)), role.AppOrigin("older")
	ready := map[string]string{
		origin:                     stands,
		role.ResponseHeadersPolicy: `{"metadata":{"annotations":{"crossplane.io/external-name":"headers"}}}`,
		role.WebACL:                `{"status":{"atProvider":{"arn":"arn:acl"}}}`,
		role.Bucket(role.CDNLogsBucket, role.ACL): isReady,
	}
	runTierCases(t, map[string]tierCase{
		"NoneByDefault": {reason: "A shop of files needs no application.", spec: without, role: origin, missing: true},
		"Origin": {
			reason: "CloudFront reaches the load balancer by HTTPS, TLS 1.2 only.",
			spec:   spec,
			role:   origin,
			want: map[string]any{
				"vpcOriginEndpointConfig.arn": balancer, "vpcOriginEndpointConfig.originProtocolPolicy": "https-only",
				"vpcOriginEndpointConfig.originSslProtocols": map[string]any{"items": []any{"TLSv1.2"}, "quantity": float64(1)},
			},
		},
		"DistributionWaits": {
			reason: "CloudFront refuses an origin that is not deployed.",
			spec:   spec,
			role:   role.Distribution,
			waits:  true,
		},
		"Distribution": {
			reason:   "The application's paths are never cached, all others are files.",
			spec:     spec,
			observed: ready,
			role:     role.Distribution,
			want: map[string]any{
				"origin[1].vpcOriginConfig.vpcOriginId": "vo_1", "origin[1].domainName": "app.example.com", "origin[1].originAccessControlIdRef": absent{},
				"orderedCacheBehavior[0].pathPattern": "/api/*", "orderedCacheBehavior[1].pathPattern": "/cart",
				"orderedCacheBehavior[0].cachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "orderedCacheBehavior[0].targetOriginId": "app",
				"orderedCacheBehavior[0].viewerProtocolPolicy": "redirect-to-https", "defaultCacheBehavior.targetOriginId": "assets",
				"defaultRootObject": "index.html",
			},
		},
		"ErrorsArePassedOn": {
			reason:   "Error pages are of the whole distribution: the application's own answers would be replaced, and kept for others.",
			spec:     spec,
			observed: ready,
			role:     role.Distribution,
			want: map[string]any{
				"customErrorResponse[1]": map[string]any{"errorCode": float64(403), "errorCachingMinTtl": float64(0)},
				"customErrorResponse[2]": map[string]any{"errorCode": float64(404), "errorCachingMinTtl": float64(0)},
			},
		},
		"EveryPath": {
			reason:   "An application that answers every path answers / too; CloudFront takes the first pattern that matches.",
			spec:     strings.Replace(spec, `"/api/*","/cart"`, `"/*","/cart","/api/*"`, 1),
			observed: ready,
			role:     role.Distribution,
			want: map[string]any{
				"defaultRootObject": absent{}, "orderedCacheBehavior[0].pathPattern": "/cart", "orderedCacheBehavior[1].pathPattern": "/api/*", "orderedCacheBehavior[2].pathPattern": "/*",
			},
		},
		"StaysWhileInUse": {
			reason:   "CloudFront deletes no origin that its distribution uses.",
			spec:     without,
			observed: map[string]string{older: stands, role.Distribution: uses},
			role:     older,
		},
		"AnotherLoadBalancer": {
			reason:   "CloudFront changes no origin that a distribution uses (terraform-provider-aws 40905): the old one stays until the distribution has left it.",
			spec:     spec,
			observed: map[string]string{older: stands, role.Distribution: uses},
			role:     older,
		},
		"AnotherLoadBalancerIsAnotherOrigin": {
			reason:   "The distribution changes over once the new one is deployed.",
			spec:     spec,
			observed: map[string]string{older: stands, role.Distribution: uses},
			role:     origin,
			want:     map[string]any{"vpcOriginEndpointConfig.arn": balancer, "vpcOriginEndpointConfig.name": prefix + "-app-" + naming.Hash(balancer)},
		},
		"GoesWhenUnused": {
			reason:   "Once it is let go it goes.",
			spec:     without,
			observed: map[string]string{older: stands},
			role:     older,
			missing:  true,
		},
	})
}
