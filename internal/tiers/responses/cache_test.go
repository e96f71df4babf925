package responses_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// Unsafe changes of the cache are published, but only those of the stack's own
// cache.
func TestCacheEvents(t *testing.T) {
	stack := tiertest.Composed(t, `{"region":"eu-west-1","cache":{}}`, nil, tiertest.Platform())
	text, _ := tiertest.Field(t, stack.Resources[composed.EventRule("cache-exposed")], "eventPattern").(string)
	var got map[string]any
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"source": []any{"aws.elasticache"}, "detail-type": []any{"AWS API Call via CloudTrail"},
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
		if _, ok := tiertest.Composed(t, spec, nil, tiertest.Platform()).Resources[composed.EventRule("cache-exposed")]; ok {
			t.Errorf("%s has no nodes to watch", spec)
		}
	}
}
