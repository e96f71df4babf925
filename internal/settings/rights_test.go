package settings

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

func TestRights(t *testing.T) {
	var statements []string
	for i := range 10 {
		statements = append(statements, fmt.Sprintf(`{"actions":["s3:GetObject"],"resources":["arn:aws:s3:::%d-%s"]}`, i, strings.Repeat("a", 400)))
	}
	cases := map[string]struct {
		reason string
		spec   string
		want   string
	}{
		"None": {reason: "An application needs no more than the stack.", spec: `{"region":"eu-west-1"}`},
		"Few":  {reason: "A policy has room for some.", spec: `{"region":"eu-west-1","access":{"statements":[` + strings.Join(statements[:8], ",") + `]}}`},
		"Many": {
			reason: "IAM counts the characters of all inline policies of a role.",
			spec:   `{"region":"eu-west-1","access":{"statements":[` + strings.Join(statements, ",") + `]}}`,
			want:   `spec.access.statements: statements and resources result in an IAM policy of 4758 characters, but the maximum for a role is 4000: remove some of them, or attach a managed policy with policyArns`,
		},
		"KeyElsewhere": {
			reason: "A key is of one region, as what it encrypts.",
			spec:   `{"region":"eu-west-1","access":{"kmsKeyArns":["arn:aws:kms:us-east-1:123456789012:key/1"]}}`,
			want:   `spec.access.kmsKeyArns[0]: "arn:aws:kms:us-east-1:123456789012:key/1" is not valid: must be in the stack's region (eu-west-1), like the secrets and parameters that the key encrypts`,
		},
		"OtherPartition": {
			reason: "ARNs of another partition are of nobody there.",
			spec:   `{"region":"cn-north-1","access":{"policyArns":["arn:aws:iam::aws:policy/a"],"statements":[{"actions":["s3:GetObject"],"resources":["*","arn:aws:s3:::a"]}]}}`,
			want: `spec.access.policyArns[0]: "arn:aws:iam::aws:policy/a" is not valid: must start with arn:aws-cn:, because the stack's region is in partition aws-cn` + "\n" +
				`spec.access.statements[0].resources[1]: "arn:aws:s3:::a" is not valid: must start with arn:aws-cn:, because the stack's region is in partition aws-cn`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := decided(t, tc.spec, &inputv1alpha1.Input{}, nil)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want error, +got error:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestUploadsStay(t *testing.T) {
	s, err := decided(t, `{"region":"eu-west-1"}`, &inputv1alpha1.Input{}, map[string]string{composed.UploadsBucket: `{}`})
	if err != nil {
		t.Fatal(err)
	}
	if s.Uploads == nil || s.Uploads.Prefixes[0] != "uploads/" {
		t.Errorf("\nA bucket with visitors' files stays, with the default path.\nUploads: %+v", s.Uploads)
	}
	if diff := cmp.Diff([]string{"spec.uploads: the bucket contains visitors' files, so the stack keeps the bucket"}, s.Pinned); diff != "" {
		t.Errorf("\nThe claim is told.\nPinned: -want, +got:\n%s", diff)
	}
}
