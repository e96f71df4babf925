package apis

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// A Go client that sets only the region sends only the region. The API server, not
// Go's zero values, provides the defaults.
func TestClientSendsWhatItSets(t *testing.T) {
	off := false
	cases := map[string]struct {
		reason string
		spec   v1alpha1.SecureEcommerceSpec
		want   string
	}{
		"Region": {
			reason: "Nothing else has a value that somebody chose.",
			spec:   v1alpha1.SecureEcommerceSpec{Region: "eu-west-1"},
			want:   `{"region":"eu-west-1"}`,
		},
		"Nested": {
			reason: "So it is within what is set.",
			spec:   v1alpha1.SecureEcommerceSpec{Region: "eu-west-1", Network: v1alpha1.NetworkSpec{IPv6: true}, Database: v1alpha1.DatabaseSpec{Aurora: v1alpha1.AuroraSpec{Readers: new(int32(0))}}},
			want:   `{"region":"eu-west-1","network":{"ipv6":true},"database":{"aurora":{"readers":0}}}`,
		},
		"Off": {
			reason: "What is on by default can be switched off.",
			spec:   v1alpha1.SecureEcommerceSpec{Region: "eu-west-1", Guardrails: v1alpha1.GuardrailsSpec{WAF: v1alpha1.WAFSpec{Enabled: &off}}},
			want:   `{"region":"eu-west-1","guardrails":{"waf":{"enabled":false}}}`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := json.Marshal(v1alpha1.SecureEcommerce{
				TypeMeta:   metav1.TypeMeta{APIVersion: v1alpha1.GroupVersion.String(), Kind: v1alpha1.Kind},
				ObjectMeta: metav1.ObjectMeta{Namespace: "team-a", Name: "shop"},
				Spec:       tc.spec,
			})
			if err != nil {
				t.Fatal(err)
			}
			want := `{"kind":"SecureEcommerce","apiVersion":"platform.secure-ecommerce.dev/v1alpha1","metadata":{"name":"shop","namespace":"team-a"},"spec":` + tc.want + `}`
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestAddToScheme(t *testing.T) {
	s := runtime.NewScheme()
	if err := v1alpha1.AddToScheme(s); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"SecureEcommerce", "SecureEcommerceList"} {
		if !s.Recognizes(v1alpha1.GroupVersion.WithKind(kind)) {
			t.Errorf("\nA client can send and list claims.\n%s is not known", kind)
		}
	}
}
