package player

import (
	"math"
	"slices"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/yaml"
)

// read is an object in YAML.
func read(t *testing.T, manifest string) *unstructured.Unstructured {
	t.Helper()
	u := &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(manifest), &u.Object); err != nil {
		t.Fatal(err)
	}
	return u
}

// nowhere is a cluster without other objects.
func nowhere(schema.GroupKind, types.NamespacedName) *unstructured.Unstructured { return nil }

func TestPlay(t *testing.T) {
	cases := map[string]struct {
		reason string
		player Player
		object string
		want   string
	}{
		"NamespacedVPC": {
			reason: "A resource should be what was asked for, known to AWS by an ID of its kind's form, and ready.",
			object: `{apiVersion: ec2.aws.m.upbound.io/v1beta1, kind: VPC, metadata: {name: shop-vpc, namespace: team-a}, spec: {forProvider: {region: eu-west-1, cidrBlock: 10.0.0.0/16}}}`,
			want: `
apiVersion: ec2.aws.m.upbound.io/v1beta1
kind: VPC
metadata:
  name: shop-vpc
  namespace: team-a
  uid: b39b3f5e-9aef-4fc9-83c3-4ae7f2e27e14
  annotations: {crossplane.io/external-name: vpc-b39b3f5e9aef4fc9f}
spec: {forProvider: {region: eu-west-1, cidrBlock: 10.0.0.0/16}}
status:
  atProvider:
    arn: arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-b39b3f5e9aef4fc9f
    cidrBlock: 10.0.0.0/16
    defaultNetworkAclId: acl-00000000000000000
    id: vpc-b39b3f5e9aef4fc9f
  conditions:
  - {type: Ready, status: "True", reason: Available, lastTransitionTime: "2024-01-01T00:00:00Z"}
  - {type: Synced, status: "True", reason: ReconcileSuccess, lastTransitionTime: "2024-01-01T00:00:00Z"}
`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := read(t, tc.object)
			if err := tc.player.Play(got, nowhere); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(read(t, tc.want), got); diff != "" {
				t.Errorf("%s\nPlay(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

var _ = []any{math.NaN, slices.Sort[[]int], strings.Cut, fnv1.Ready_READY_TRUE, resource.AsStruct, protocmp.Transform, structpb.NewStruct}
