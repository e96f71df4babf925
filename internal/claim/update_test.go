package claim

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

func TestUpdate(t *testing.T) {
	composite := func(region string) map[string]any {
		object := map[string]any{
			"apiVersion": "platform.secure-ecommerce.dev/v1alpha1",
			"kind":       "XSecureEcommerce",
			"metadata":   map[string]any{"name": "shop"},
			"spec":       map[string]any{"region": region, "claimRef": map[string]any{"name": "shop"}},
		}
		Schema().Default(object)
		return object
	}
	cases := map[string]struct {
		reason string
		before map[string]any
		after  map[string]any
		want   []string
	}{
		"Same":   {reason: "Fields of Crossplane are not part of the schema.", before: composite("eu-west-1"), after: composite("eu-west-1")},
		"Region": {reason: "A region is immutable.", before: composite("eu-west-1"), after: composite("eu-west-2"), want: []string{"spec.region: region cannot be changed: create a new stack in the other region"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, e := range Update(tc.after, tc.before) {
				got = append(got, schema.Text(e))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nUpdate(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
