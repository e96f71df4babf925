package cdn_test

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestFunctionOrigins(t *testing.T) {
	const (
		image   = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1"
		alone   = `{"region":"eu-west-1","app":{"services":[{"name":"web","runtime":"Lambda","image":"` + image + `","timeoutSeconds":45}]}}`
		beside  = `{"region":"eu-west-1","app":{"services":[{"name":"api","image":"` + image + `","paths":["/api/*"]},{"name":"web","runtime":"Lambda","image":"` + image + `","paths":["/*"]},{"name":"quotes","runtime":"Lambda","image":"` + image + `","paths":["/quotes"]}]}}`
		without = `{"region":"eu-west-1"}`
		access  = `{"apiVersion":"cloudfront.aws.m.upbound.io/v1beta1","kind":"OriginAccessControl","metadata":{"name":"a","annotations":{"crossplane.io/external-name":"EOAC"}},"spec":{"forProvider":{}}}`
		signs   = `{"status":{"atProvider":{"origin":[{"originId":"assets","originAccessControlId":"ES3"},{"originId":"function-web","originAccessControlId":"EOAC"}]}}}`
		left    = `{"status":{"atProvider":{"origin":[{"originId":"assets","originAccessControlId":"ES3"}]}}}`
	)
	url := func(service, host string) map[string]string {
		return map[string]string{composed.AppFunctionURL("image", service): `{"status":{"atProvider":{"functionUrl":"https://` + host + `/"}}}`}
	}
	all := seen(url("web", "web.lambda-url.eu-west-1.on.aws"))
	all[composed.AppFunctionURL("image", "quotes")] = `{"status":{"atProvider":{"functionUrl":"https://quotes.lambda-url.eu-west-1.on.aws/"}}}`
	all[composed.AppOrigin("pkwtttif")] = `{"metadata":{"annotations":{"crossplane.io/external-name":"vo_1"}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`
	all[composed.AppLoadBalancer] = `{"status":{"atProvider":{"dnsName":"internal-shop.eu-west-1.elb.amazonaws.com"}}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Access": {
			Reason:   "What the distribution asks of functions is signed (CDN-28).",
			Spec:     alone,
			Resource: composed.AppFunctionsAccess,
			Want:     map[string]any{"originAccessControlOriginType": "lambda", "signingBehavior": "always", "signingProtocol": "sigv4", "name": tiertest.Prefix + "-functions"},
		},
		"Waits": {Reason: "The address is AWS's to make.", Spec: alone, Observed: seen(nil), Resource: composed.Distribution, Waits: true},
		"Default": {
			Reason:   "A function that answers everything answers /, called by its own host, as long as it may take.",
			Spec:     alone,
			Observed: seen(url("web", "web.lambda-url.eu-west-1.on.aws")),
			Resource: composed.Distribution,
			Want: map[string]any{
				"origin[1].originId": "function-web", "origin[1].domainName": "web.lambda-url.eu-west-1.on.aws", "origin[1].originAccessControlIdRef.name": "shop-cdn-functions-access-control",
				"origin[1].customOriginConfig.originProtocolPolicy": "https-only", "origin[1].customOriginConfig.originReadTimeout": float64(45), "origin[1].vpcOriginConfig": tiertest.Absent{},
				"defaultRootObject": tiertest.Absent{}, "defaultCacheBehavior.targetOriginId": "function-web", "defaultCacheBehavior.cachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
				"defaultCacheBehavior.originRequestPolicyId": "b689b0a8-53d0-40ab-baf2-68738e2966ac",
				"orderedCacheBehavior":                       tiertest.Absent{},
			},
		},
		"BesideContainers": {
			Reason:   "Each service is an origin of its own or behind the load balancer; the most specific path is tried first.",
			Spec:     beside,
			Observed: all,
			Resource: composed.Distribution,
			Want: map[string]any{
				"origin[1].originId": "app", "origin[2].originId": "function-quotes", "origin[3].originId": "function-web",
				"defaultCacheBehavior.targetOriginId": "function-web",
				"orderedCacheBehavior[0].pathPattern": "/quotes", "orderedCacheBehavior[1].pathPattern": "/api/*",
				"orderedCacheBehavior[0].targetOriginId": "function-quotes", "orderedCacheBehavior[1].targetOriginId": "app",
				"orderedCacheBehavior[1].originRequestPolicyId": "33f36d7e-f396-46d9-90e0-52428a34d9dc",
			},
		},
		"NoAccess":           {Reason: "Without functions nothing signs for them.", Spec: without, Resource: composed.AppFunctionsAccess, Missing: true},
		"AccessStaysInUse":   {Reason: "CloudFront deletes none that a distribution uses.", Spec: without, Observed: map[string]string{composed.AppFunctionsAccess: access, composed.Distribution: signs}, Resource: composed.AppFunctionsAccess},
		"AccessGoes":         {Reason: "Once it is let go it goes.", Spec: without, Observed: map[string]string{composed.AppFunctionsAccess: access, composed.Distribution: left}, Resource: composed.AppFunctionsAccess, Missing: true},
		"AccessNeverCreated": {Reason: "What AWS never made nothing uses.", Spec: without, Observed: map[string]string{composed.AppFunctionsAccess: `{}`, composed.Distribution: left}, Resource: composed.AppFunctionsAccess, Missing: true},
	})
}
