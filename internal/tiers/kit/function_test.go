package kit_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

func TestFunctionName(t *testing.T) {
	stack := strings.Repeat("a", 40)
	cases := map[string]struct {
		reason  string
		service v1alpha1.Service
		want    string
	}{
		"Image":   {reason: "Names are whole where they fit.", service: v1alpha1.Service{Name: "web"}, want: stack + "-image-web"},
		"Package": {reason: "A package is another function.", service: v1alpha1.Service{Name: "web", Package: &v1alpha1.Package{}}, want: stack + "-package-web"},
		"Longest": {
			reason:  "Lambda takes 64 characters, and the role's permissions want the stack's name in front.",
			service: v1alpha1.Service{Name: "recommendations-ai-2", Package: &v1alpha1.Package{}},
			want:    stack + "-package-recomm-",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := kit.FunctionName(&settings.Settings{Stack: stack}, settings.Service{Service: tc.service})
			if !strings.HasPrefix(got, tc.want) || len(got) > 64 {
				t.Errorf("\n%s\nFunctionName(...): want %s, got %s", tc.reason, tc.want, got)
			}
		})
	}
}

func TestServesFromHost(t *testing.T) {
	if diff := cmp.Diff(false, kit.ServesFromHost(facts.Observed{}, facts.Fact{})); diff != "" {
		t.Errorf("\nNobody calls what has no address.\nServesFromHost(...): -want, +got:\n%s", diff)
	}
}
