package responses_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// Changes of the search domain are published, but only those of the stack's own
// domain.
func TestSearchEvents(t *testing.T) {
	stack := tiertest.Composed(t, `{"region":"eu-west-1","search":{}}`, nil, tiertest.Platform())
	want := map[string]any{
		"source": []any{"aws.es"}, "detail-type": []any{trailed},
		"detail": map[string]any{
			"errorCode": []any{map[string]any{"exists": false}}, "eventName": []any{"AuthorizeVpcEndpointAccess", "DeleteDomain", "UpdateDomainConfig"},
			"eventSource": []any{"es.amazonaws.com"}, "requestParameters": map[string]any{"domainName": []any{tiertest.Prefix}},
		},
	}
	if diff := cmp.Diff(want, tiertest.EventPattern(t, stack, "aws.es", trailed)); diff != "" {
		t.Errorf("\neventPattern: -want, +got:\n%s", diff)
	}
}
