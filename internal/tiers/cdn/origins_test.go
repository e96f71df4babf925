package cdn_test

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestOrigins(t *testing.T) {
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"One": {
			Reason:   "A copy alone changes nothing of how files are served.",
			Spec:     tiertest.Replicated(`{}`),
			Observed: seen(nil),
			Resource: composed.Distribution,
			Want:     map[string]any{"origin[1]": tiertest.Absent{}, "originGroup": tiertest.Absent{}, "defaultCacheBehavior.targetOriginId": "assets"},
		},
		"Failover": {
			Reason:   "When the first region fails the second answers, by signed requests too, and never to what writes (CDN-13).",
			Spec:     tiertest.Replicated(`{"originFailover":true}`),
			Observed: seen(nil),
			Resource: composed.Distribution,
			Want: map[string]any{
				"origin[0].originId": "assets", "origin[1].originId": "assets-replica", "origin[1].domainName": tiertest.Prefix + "-assets-replica.s3.eu-central-1.amazonaws.com",
				"origin[1].originAccessControlIdRef.name": "shop-cdn-origin-access-control", "originGroup[0].originId": "assets-or-replica", "originGroup[1]": tiertest.Absent{},
				"originGroup[0].member":                       []any{map[string]any{"originId": "assets"}, map[string]any{"originId": "assets-replica"}},
				"originGroup[0].failoverCriteria.statusCodes": []any{float64(500), float64(502), float64(503), float64(504)},
				"defaultCacheBehavior.targetOriginId":         "assets-or-replica", "defaultCacheBehavior.allowedMethods": []any{"GET", "HEAD", "OPTIONS"},
			},
		},
	})
}
