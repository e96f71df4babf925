package tiers

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

func TestOrigins(t *testing.T) {
	runTierCases(t, map[string]tierCase{
		"One": {
			reason:   "A copy alone changes nothing of how files are served.",
			spec:     replicated(`{}`),
			observed: seen(nil),
			role:     role.Distribution,
			want:     map[string]any{"origin[1]": absent{}, "originGroup": absent{}, "defaultCacheBehavior.targetOriginId": "assets"},
		},
		"Failover": {
			reason:   "When the first region fails the second answers, by signed requests too, and never to what writes (CDN-13).",
			spec:     replicated(`{"originFailover":true}`),
			observed: seen(nil),
			role:     role.Distribution,
			want: map[string]any{
				"origin[0].originId": "assets", "origin[1].originId": "assets-replica", "origin[1].domainName": prefix + "-assets-replica.s3.eu-central-1.amazonaws.com",
				"origin[1].originAccessControlIdRef.name": "shop-cdn-origin-access-control", "originGroup[0].originId": "assets-or-replica", "originGroup[1]": absent{},
				"originGroup[0].member":                       []any{map[string]any{"originId": "assets"}, map[string]any{"originId": "assets-replica"}},
				"originGroup[0].failoverCriteria.statusCodes": []any{float64(500), float64(502), float64(503), float64(504)},
				"defaultCacheBehavior.targetOriginId":         "assets-or-replica", "defaultCacheBehavior.allowedMethods": []any{"GET", "HEAD", "OPTIONS"},
			},
		},
	})
}
