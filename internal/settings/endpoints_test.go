package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

func TestCheckEndpoints(t *testing.T) {
	path := field.NewPath("spec", "network", "interfaceEndpoints")
	const taken = "must be the name of an AWS service: an endpoint with this name would conflict with another resource in the stack"
	cases := map[string]struct {
		reason   string
		services []string
		want     field.ErrorList
	}{
		"Apart": {reason: "Services of AWS are never called alike.", services: []string{"ecr.api", "ecr.dkr", "ssm", "ssm-contacts", "bedrock-runtime"}},
		"DotAndHyphen": {
			reason:   "Both would be one resource.",
			services: []string{"ecr.api", "ecr-api"},
			want:     field.ErrorList{field.Invalid(path.Index(1), "ecr-api", taken)},
		},
		"Subnet": {
			reason:   "The endpoint's resources are called by it, too.",
			services: []string{"kms", "kms-subnet-4"},
			want:     field.ErrorList{field.Invalid(path.Index(1), "kms-subnet-4", taken)},
		},
		"Own": {
			reason:   "Other resources of the stack are there already.",
			services: []string{"security-group", "ingress-app", "ingress-nodes-1"},
			want: field.ErrorList{
				field.Invalid(path.Index(0), "security-group", taken), field.Invalid(path.Index(1), "ingress-app", taken), field.Invalid(path.Index(2), "ingress-nodes-1", taken),
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, checkEndpoints(tc.services)); diff != "" {
				t.Errorf("\n%s\ncheckEndpoints(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
