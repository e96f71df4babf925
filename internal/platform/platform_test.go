package platform

import (
	"math"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
)

func TestInput(t *testing.T) {
	const head = `"apiVersion":"fn.platform.secure-ecommerce.dev/v1alpha1","kind":"Input"`
	meta := metav1.TypeMeta{APIVersion: "fn.platform.secure-ecommerce.dev/v1alpha1", Kind: "Input"}
	cases := map[string]struct {
		reason string
		input  *structpb.Struct
		want   *v1alpha1.Input
		// wantErr is the beginning of the error's text.
		wantErr string
	}{
		"None": {
			reason: "A Composition without input is a platform without wishes.",
			want:   &v1alpha1.Input{},
		},
		"Empty": {
			reason: "An input may leave everything out.",
			input:  resource.MustStructJSON(`{` + head + `}`),
			want:   &v1alpha1.Input{TypeMeta: meta},
		},
		"Defaults": {
			reason: "A provider config is a cluster-wide one named default unless the input says otherwise.",
			input:  resource.MustStructJSON(`{` + head + `,"accountId":"123456789012","providerConfigRef":{}}`),
			want: &v1alpha1.Input{
				TypeMeta: meta, AccountID: "123456789012",
				ProviderConfigRef: &v1alpha1.ProviderConfigReference{Kind: "ClusterProviderConfig", Name: "default"},
			},
		},
		"UnknownField": {
			reason:  "A typing error in a guardrail must not go unnoticed.",
			input:   resource.MustStructJSON(`{` + head + `,"acountId":"123456789012"}`),
			wantErr: `acountId: Invalid value: unknown field`,
		},
		"BadValue": {
			reason:  "A value is refused by the schema that is shipped in the package.",
			input:   resource.MustStructJSON(`{` + head + `,"permissionsBoundaryArn":"boundary"}`),
			wantErr: `permissionsBoundaryArn: Invalid value: "boundary": permissionsBoundaryArn in body should match '^arn:aws`,
		},
		"OtherKind": {
			reason:  "The input of another function is a mistake in the Composition, and its fields are not ours to judge.",
			input:   resource.MustStructJSON(`{"apiVersion":"pt.fn.crossplane.io/v1beta1","kind":"Resources","resources":[]}`),
			wantErr: `[apiVersion: Unsupported value: "pt.fn.crossplane.io/v1beta1": supported values: "fn.platform.secure-ecommerce.dev/v1alpha1", kind: Unsupported value: "Resources": supported values: "Input"]`,
		},
		"OtherInput": {
			reason:  "Other functions call theirs Input too.",
			input:   resource.MustStructJSON(`{"apiVersion":"extra-resources.fn.crossplane.io/v1beta1","kind":"Input"}`),
			wantErr: `apiVersion: Unsupported value: "extra-resources.fn.crossplane.io/v1beta1": supported values: "fn.platform.secure-ecommerce.dev/v1alpha1"`,
		},
		"NoKind": {
			reason:  "What does not say what it is may be anything.",
			input:   resource.MustStructJSON(`{"accountId":"123456789012"}`),
			wantErr: `[apiVersion: Unsupported value: null: supported values: "fn.platform.secure-ecommerce.dev/v1alpha1", kind: Unsupported value: null: supported values: "Input"]`,
		},
		"NotJSON": {
			reason:  "A number that JSON does not have cannot be read.",
			input:   &structpb.Struct{Fields: map[string]*structpb.Value{"accountId": structpb.NewNumberValue(math.NaN())}},
			wantErr: `cannot read input: `,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := Input(&fnv1.RunFunctionRequest{Input: tc.input})
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nInput(...): -want, +got:\n%s", tc.reason, diff)
			}
			if (err == nil) != (tc.wantErr == "") || err != nil && !strings.HasPrefix(err.Error(), tc.wantErr) {
				t.Errorf("\n%s\nInput(...): want error %q, got %v", tc.reason, tc.wantErr, err)
			}
		})
	}
}
