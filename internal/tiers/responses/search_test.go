package responses_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// Changes of the search domain are published, but only those of the stack's own
// domain.
func TestSearchEvents(t *testing.T) {
	stack := tiertest.Composed(t, `{"region":"eu-west-1","search":{}}`, nil, tiertest.Platform())
	text, _ := tiertest.Field(t, stack.Resources[composed.EventRule("search-changed")], "eventPattern").(string)
	var got map[string]any
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"source": []any{"aws.es"}, "detail-type": []any{"AWS API Call via CloudTrail"},
		"detail": map[string]any{
			"errorCode": []any{map[string]any{"exists": false}}, "eventName": []any{"AuthorizeVpcEndpointAccess", "DeleteDomain", "UpdateDomainConfig"},
			"eventSource": []any{"es.amazonaws.com"}, "requestParameters": map[string]any{"domainName": []any{tiertest.Prefix}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\neventPattern: -want, +got:\n%s", diff)
	}
}
