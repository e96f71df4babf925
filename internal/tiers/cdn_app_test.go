package tiers

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

func TestAppOrigin(t *testing.T) {
	const (
		balancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef"
		spec     = `{"region":"eu-west-1","cdn":{"app":{"loadBalancerArn":"` + balancer + `","domainName":"app.example.com","pathPatterns":["/api/*","/cart"]}}}`
		without  = `{"region":"eu-west-1"}`
		stands   = `{"apiVersion":"cloudfront.aws.m.upbound.io/v1beta1","kind":"VPCOrigin","metadata":{"name":"o","annotations":{"crossplane.io/external-name":"vo_1"}},"spec":{"forProvider":{}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`
		uses     = `{"status":{"atProvider":{"origin":[{"originId":"assets"},{"originId":"app","vpcOriginConfig":{"vpcOriginId":"vo_1"}}]}}}`
	)
	ready := map[string]string{
		role.AppOrigin:             stands,
		role.ResponseHeadersPolicy: `{"metadata":{"annotations":{"crossplane.io/external-name":"headers"}}}`,
		role.WebACL:                `{"status":{"atProvider":{"arn":"arn:acl"}}}`,
		role.Bucket(role.CDNLogsBucket, role.ACL): isReady,
	}
	runTierCases(t, map[string]tierCase{
		"NoneByDefault": {reason: "A shop of files needs no application.", spec: without, role: role.AppOrigin, missing: true},
		"Origin": {
			reason: "CloudFront reaches the load balancer by HTTPS, TLS 1.2 only.",
			spec:   spec,
			role:   role.AppOrigin,
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
				"orderedCacheBehavior[0].viewerProtocolPolicy": "https-only", "defaultCacheBehavior.targetOriginId": "assets",
			},
		},
		"StaysWhileInUse": {
			reason:   "CloudFront deletes no origin that its distribution uses.",
			spec:     without,
			observed: map[string]string{role.AppOrigin: stands, role.Distribution: uses},
			role:     role.AppOrigin,
		},
		"GoesWhenUnused": {
			reason:   "Once it is let go it goes.",
			spec:     without,
			observed: map[string]string{role.AppOrigin: stands},
			role:     role.AppOrigin,
			missing:  true,
		},
	})
}
