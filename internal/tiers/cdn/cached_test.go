package cdn_test

import (
	"maps"
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/cdn"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestCachePolicies(t *testing.T) {
	const (
		image    = `"image":"123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1"`
		plain    = `{"region":"eu-west-1","app":{"services":[{` + image + `}]}}`
		own      = `{"region":"eu-west-1","app":{"services":[{"cachedPaths":["/static/*"],` + image + `}]}}`
		shared   = `{"region":"eu-west-1","app":{"services":[{"cachedPaths":["/static/*"],"cachedPathsCookies":"None",` + image + `}]}}`
		function = `{"region":"eu-west-1","app":{"services":[{"runtime":"Lambda","paths":["/*"],"cachedPaths":["/static/*"],` + image + `}]}}`
		known    = `{"metadata":{"annotations":{"crossplane.io/external-name":"policy-1"}}}`
		uses     = `{"status":{"atProvider":{"origin":[{"originId":"app"}],"orderedCacheBehavior":[{"cachePolicyId":"policy-1"}]}}}`
		left     = `{"status":{"atProvider":{"origin":[{"originId":"app"}]}}}`
		origin   = `{"metadata":{"annotations":{"crossplane.io/external-name":"vo_1"}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`
		key      = "parametersInCacheKeyAndForwardedToOrigin."
	)
	r := composed.CachePolicy("shared")
	ready := map[string]string{
		kit.AppOrigin(kit.HTTP):                               origin,
		composed.AppLoadBalancer:                              `{"status":{"atProvider":{"dnsName":"internal-shop.elb.amazonaws.com"}}}`,
		composed.ResponseHeadersPolicy:                        `{"metadata":{"annotations":{"crossplane.io/external-name":"headers"}}}`,
		composed.WebACL:                                       `{"status":{"atProvider":{"arn":"arn:acl"}}}`,
		composed.Bucket(composed.CDNLogsBucket, composed.ACL): tiertest.IsReady,
	}
	withPolicy := maps.Clone(ready)
	withPolicy[r] = known
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"AWSOwn": {Reason: "One of AWS's keeps answers for each cookie apart.", Spec: own, Resource: r, Missing: true},
		"Shared": {
			Reason: "No cookie is in the key; nothing is kept that does not say how long.", Spec: shared, Resource: r,
			Want: map[string]any{key + "cookiesConfig.cookieBehavior": "none", key + "headersConfig.headers.items": []any{"CloudFront-Forwarded-Proto", "Host", "Origin"}, key + "queryStringsConfig.queryStringBehavior": "all", "defaultTtl": float64(0)},
		},
		"Function": {
			Reason: "A function URL is called by its own host, so that is not in the key.", Spec: function, Resource: composed.CachePolicy("function"),
			Want: map[string]any{key + "cookiesConfig.cookieBehavior": "all", key + "headersConfig.headers.items": []any{"CloudFront-Forwarded-Proto", "Origin"}},
		},
		"DistributionWaits": {Reason: "A policy is named by its ID.", Spec: shared, Observed: ready, Resource: composed.Distribution, Waits: true},
		"Distribution": {
			Reason: "The service gets what is in the key and no cookie.", Spec: shared, Observed: withPolicy, Resource: composed.Distribution,
			Want: map[string]any{"orderedCacheBehavior[0].pathPattern": "/static/*", "orderedCacheBehavior[0].cachePolicyId": "policy-1", "orderedCacheBehavior[0].originRequestPolicyId": tiertest.Absent{}},
		},
		"StaysWhileInUse":       {Reason: "CloudFront deletes none in use.", Spec: plain, Observed: map[string]string{r: known, composed.Distribution: uses}, Resource: r},
		"StaysWhileNobodyKnows": {Reason: "An observation that is missing takes nothing away.", Spec: plain, Observed: map[string]string{r: known}, Resource: r},
		"Goes":                  {Reason: "The distribution has left it.", Spec: plain, Observed: map[string]string{r: known, composed.Distribution: left}, Resource: r, Missing: true},
	})
}

func TestUploadsKeys(t *testing.T) {
	const (
		without = `{"region":"eu-west-1","uploads":{"path":"/media/*","keys":"WithoutPath"}}`
		with    = `{"region":"eu-west-1","uploads":{"path":"/media/*","additionalPaths":["/thumbnail/*"]}}`
	)
	r := composed.UploadsKeys(cdn.KeysDigest("/media/*"))
	ready := map[string]string{
		composed.ResponseHeadersPolicy:                        `{"metadata":{"annotations":{"crossplane.io/external-name":"headers"}}}`,
		composed.UploadsHeaders:                               `{"metadata":{"annotations":{"crossplane.io/external-name":"uploads-headers"}}}`,
		composed.WebACL:                                       `{"status":{"atProvider":{"arn":"arn:acl"}}}`,
		composed.Bucket(composed.CDNLogsBucket, composed.ACL): tiertest.IsReady,
	}
	withFunction := maps.Clone(ready)
	withFunction[r] = tiertest.IsReady
	name := "function/" + tiertest.Prefix + "-uploads-" + cdn.KeysDigest("/media/*")
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Function":     {Reason: "It takes the path off.", Spec: without, Resource: r, Want: map[string]any{"typeName": "AWS::CloudFront::Function", "region": "us-east-1"}},
		"NoFunction":   {Reason: "A key with its path needs none.", Spec: with, Resource: r, Missing: true},
		"Waits":        {Reason: "CloudFront takes a function that is published only.", Spec: without, Observed: ready, Resource: composed.Distribution, Waits: true},
		"Distribution": {Reason: "The path calls it.", Spec: without, Observed: withFunction, Resource: composed.Distribution, Want: map[string]any{"orderedCacheBehavior[0].functionAssociation[0].functionArn": "arn:aws:cloudfront::123456789012:" + name}},
		"MorePaths": {
			Reason: "Each path is served from the bucket.", Spec: with, Observed: ready, Resource: composed.Distribution,
			Want: map[string]any{"orderedCacheBehavior[0].pathPattern": "/thumbnail/*", "orderedCacheBehavior[0].targetOriginId": "uploads", "orderedCacheBehavior[1].pathPattern": "/media/*", "orderedCacheBehavior[1].functionAssociation": tiertest.Absent{}},
		},
		"Stays": {
			Reason: "The distribution still calls it.", Spec: with, Resource: r,
			Observed: map[string]string{r: tiertest.IsReady, composed.Distribution: `{"status":{"atProvider":{"origin":[{"originId":"uploads"}],"orderedCacheBehavior":[{"functionAssociation":[{"functionArn":"arn:` + name + `"}]}]}}}`},
		},
		"Goes": {Reason: "It has left it.", Spec: with, Resource: r, Missing: true, Observed: map[string]string{r: tiertest.IsReady, composed.Distribution: `{"status":{"atProvider":{"origin":[{"originId":"uploads"}]}}}`}},
	})
}
