package simulator

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// subnet returns a subnet with fields of spec.forProvider.
func subnet(forProvider map[string]any) *unstructured.Unstructured {
	return &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "Subnet", "spec": map[string]any{"forProvider": forProvider},
	}}
}

func TestReplaced(t *testing.T) {
	type fields = map[string]any
	cases := map[string]struct {
		reason        string
		before, after fields
		want          []string
	}{
		"Same":       {reason: "No change replaces nothing.", before: fields{"cidrBlock": "10.0.0.0/24"}, after: fields{"cidrBlock": "10.0.0.0/24"}},
		"Changeable": {reason: "What AWS can change is changed in place.", before: fields{"tags": fields{"a": "1"}}, after: fields{"tags": fields{"a": "2"}}},
		"Fixed": {
			reason: "A subnet of another range is another subnet.",
			before: fields{"cidrBlock": "10.0.0.0/24", "region": "eu-west-1"}, after: fields{"cidrBlock": "10.0.1.0/24", "region": "eu-west-2"},
			want: []string{"region: cannot change eu-west-1 to eu-west-2", "cidrBlock: cannot change 10.0.0.0/24 to 10.0.1.0/24"},
		},
		"Unset":  {reason: "A value that the provider resolved or AWS filled in, and nobody asks for, stays.", before: fields{"vpcId": "vpc-1"}, after: fields{}},
		"NewSet": {reason: "A value where none was says what AWS has anyway.", before: fields{}, after: fields{"availabilityZone": "eu-west-1a"}},
		"OtherReference": {
			reason: "A reference to another VPC moves the subnet.",
			before: fields{"vpcId": "vpc-1", "vpcIdRef": fields{"name": "a"}}, after: fields{"vpcIdRef": fields{"name": "b"}},
			want: []string{"vpcIdRef: cannot change map[name:a] to map[name:b]"},
		},
		"SameReference": {
			reason: "How often a reference is resolved is not what it refers to.",
			before: fields{"vpcIdRef": fields{"name": "a"}}, after: fields{"vpcIdRef": fields{"name": "a", "policy": fields{"resolve": "Always"}}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Replaced(subnet(tc.before), subnet(tc.after))); diff != "" {
				t.Errorf("\n%s\nReplaced(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
