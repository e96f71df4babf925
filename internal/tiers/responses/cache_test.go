package responses_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// trailed is the type of API calls in CloudTrail.
const trailed = "AWS API Call via CloudTrail"

// Unsafe changes of the cache are published, but only those of the stack's own
// cache.
func TestCacheEvents(t *testing.T) {
	stack := tiertest.Composed(t, `{"region":"eu-west-1","cache":{}}`, nil, tiertest.Platform())
	got := tiertest.EventPattern(t, stack, "aws.elasticache", trailed)
	want := map[string]any{
		"source": []any{"aws.elasticache"}, "detail-type": []any{trailed},
		"detail": map[string]any{
			"errorCode": []any{map[string]any{"exists": false}}, "eventName": []any{"ModifyReplicationGroup"}, "eventSource": []any{"elasticache.amazonaws.com"},
			"requestParameters": map[string]any{
				"replicationGroupId": []any{tiertest.Prefix + "-cache"},
				"$or": []any{
					map[string]any{"transitEncryptionEnabled": []any{false}},
					map[string]any{"transitEncryptionMode": []any{"preferred"}},
					map[string]any{"authTokenUpdateStrategy": []any{"DELETE"}},
					map[string]any{"userGroupIdsToAdd": []any{map[string]any{"exists": true}}},
				},
			},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	for _, spec := range []string{`{"region":"eu-west-1"}`, `{"region":"eu-west-1","cache":{"serverless":{}}}`} {
		if tiertest.EventPattern(t, tiertest.Composed(t, spec, nil, tiertest.Platform()), "aws.elasticache", trailed) != nil {
			t.Errorf("%s has no nodes to watch", spec)
		}
	}
}
