package access_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// The app role is the only user of the only cache.
func TestCacheOfApp(t *testing.T) {
	for spec, kind := range map[string]string{
		`{"region":"eu-west-1","cache":{"authentication":"IAM"}}`: "replicationgroup",
		`{"region":"eu-west-1","cache":{"serverless":{}}}`:        "serverlesscache",
	} {
		want := map[string]map[string]any{"ConnectToCache": {
			"Sid": "ConnectToCache", "Effect": "Allow", "Action": "elasticache:Connect",
			"Resource": []any{
				"arn:aws:elasticache:eu-west-1:123456789012:" + kind + ":" + tiertest.Prefix + "-cache",
				"arn:aws:elasticache:eu-west-1:123456789012:user:" + tiertest.Prefix + "-app",
			},
		}}
		resources := tiertest.Composed(t, spec, nil, tiertest.Platform()).Resources
		if diff := cmp.Diff(want, tiertest.Statements(t, resources[composed.AppRoleCache], "policy")); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", spec, diff)
		}
		if _, ok := resources[composed.AppRoleCacheSecret]; ok {
			t.Errorf("%s has no password to read", spec)
		}
	}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Password": {Reason: "It may read the password.", Spec: `{"region":"eu-west-1","cache":{}}`, Resource: composed.AppRoleCacheSecret, Waits: true},
		"NoUser":   {Reason: "It is no user then.", Spec: `{"region":"eu-west-1","cache":{}}`, Resource: composed.AppRoleCache, Missing: true},
	})
}
