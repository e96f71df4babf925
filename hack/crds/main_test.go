package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.s3.aws.upbound.io
spec:
  group: s3.aws.upbound.io
  names:
    kind: Thing
  versions:
  - additionalPrinterColumns:
    - jsonPath: .status
      name: READY
    name: v1beta1
    schema:
      openAPIV3Schema:
        properties:
          name:
            type: string
    served: false
    storage: false
  - name: v1beta2
    served: true
    storage: true
`

func TestRun(t *testing.T) {
	for name, tc := range map[string]struct {
		reason    string
		resources string
		want      string
		copied    bool
	}{
		"Served": {
			reason:    "The CRD of a kind in use is copied.",
			resources: "apiVersion: s3.aws.upbound.io/v1beta2\nkind: Thing\n",
			copied:    true,
		},
		"NotServed": {
			reason:    "The API server refuses a version that is not served.",
			resources: "apiVersion: s3.aws.upbound.io/v1beta1\nkind: Thing\n",
			want:      "s3.aws.upbound.io Thing: the provider serves version v1beta2, not v1beta1",
		},
		"NoKind": {
			reason:    "A kind may be gone in another version of the provider.",
			resources: "apiVersion: s3.aws.upbound.io/v1beta2\nkind: Thin\n",
			want:      "s3.aws.upbound.io: the provider has no kind Thin",
		},
		"Both": {
			reason:    "All that is wrong is reported at once.",
			resources: "apiVersion: s3.aws.upbound.io/v1beta1\nkind: Thing\n---\napiVersion: rds.aws.upbound.io/v1beta1\nkind: Thing\n",
			want:      "rds.aws.upbound.io: the provider has no kind Thing\ns3.aws.upbound.io Thing: the provider serves version v1beta2, not v1beta1",
		},
		"Nothing": {
			reason:    "A check of nothing proves nothing.",
			resources: "apiVersion: v1\nkind: Secret\n",
			want:      "no resources of the AWS provider",
		},
	} {
		t.Run(name, func(t *testing.T) {
			crds, out, resources := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "stack.yaml")
			file := "s3.aws.upbound.io_things.yaml"
			for path, content := range map[string]string{filepath.Join(crds, file): definition, resources: tc.resources} {
				if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got := ""
			if err := run(crds, out, []string{resources}); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nerror: -want, +got:\n%s", tc.reason, diff)
			}
			_, err := os.Stat(filepath.Join(out, file))
			if diff := cmp.Diff(tc.copied, err == nil); diff != "" {
				t.Errorf("\n%s\ncopied: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
