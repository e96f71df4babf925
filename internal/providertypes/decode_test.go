package providertypes

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func TestDecode(t *testing.T) {
	cases := map[string]struct {
		reason string
		object map[string]any
		want   string
		err    string
	}{
		"Managed": {
			reason: "An object should be the provider's own type.",
			object: map[string]any{
				"apiVersion": "ec2.aws.m.upbound.io/v1beta1", "kind": "VPC", "metadata": map[string]any{"name": "shop-vpc"},
				"spec": map[string]any{"forProvider": map[string]any{"region": "eu-west-1"}},
			},
			want: "*v1beta1.VPC shop-vpc",
		},
		"Unknown": {
			reason: "A kind that no tier composes should be named.",
			object: map[string]any{"apiVersion": "v1", "kind": "Pod"},
			err:    "no tier composes kind Pod in API version v1",
		},
		"Invalid": {
			reason: "A field of another type should be refused.",
			object: map[string]any{"apiVersion": "ec2.aws.m.upbound.io/v1beta1", "kind": "VPC", "metadata": map[string]any{"name": "shop-vpc"}, "spec": "none"},
			err:    "cannot decode VPC shop-vpc: json: cannot unmarshal string into Go struct field VPC.spec of type v1beta1.VPCSpec",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			mg, err := Decode(&unstructured.Unstructured{Object: tc.object})
			message := ""
			if err != nil {
				message = err.Error()
			}
			if diff := cmp.Diff(tc.err, message); diff != "" {
				t.Fatalf("\n%s\nDecode(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			if err != nil {
				return
			}
			if diff := cmp.Diff(tc.want, fmt.Sprintf("%T %s", mg, mg.GetName())); diff != "" {
				t.Errorf("\n%s\nDecode(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
