package render

import (
	"bytes"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	sdk "github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
)

func TestConditions(t *testing.T) {
	const since = "2024-01-01T00:00:00Z"
	synced := map[string]any{"type": "Synced", "status": "True", "reason": "ReconcileSuccess", "lastTransitionTime": since}
	ready := map[string]any{"type": "Ready", "status": "True", "reason": "Available", "lastTransitionTime": since}
	creating := map[string]any{"type": "Ready", "status": "False", "reason": "Creating", "lastTransitionTime": since}
	yes, no := desires(`{"metadata": {"name": "yes"}}`, true), desires(`{"metadata": {"name": "no"}}`, false)
	message := "so it is"
	cases := map[string]struct {
		reason     string
		resources  map[string]*fnv1.Resource
		said       fnv1.Ready
		conditions []*fnv1.Condition
		want       []any
	}{
		"Functions": {
			reason: "The function's conditions should come first, and what it does not know be unknown.",
			conditions: []*fnv1.Condition{
				{Type: "A", Status: fnv1.Status_STATUS_CONDITION_TRUE, Reason: "Good", Message: &message},
				{Type: "B", Status: fnv1.Status_STATUS_CONDITION_FALSE, Reason: "Bad"},
				{Type: "C", Status: fnv1.Status_STATUS_CONDITION_UNKNOWN, Reason: "Hidden"},
			},
			want: []any{
				map[string]any{"type": "A", "status": "True", "reason": "Good", "message": "so it is", "lastTransitionTime": since},
				map[string]any{"type": "B", "status": "False", "reason": "Bad", "lastTransitionTime": since},
				map[string]any{"type": "C", "status": "Unknown", "reason": "Hidden", "lastTransitionTime": since},
				synced, ready,
			},
		},
		"Crossplanes": {
			reason: "Crossplane's own conditions are not the function's to set.",
			conditions: []*fnv1.Condition{
				{Type: "Ready", Status: fnv1.Status_STATUS_CONDITION_FALSE, Reason: "Bad"},
				{Type: "Synced", Status: fnv1.Status_STATUS_CONDITION_FALSE, Reason: "Bad"},
				{Type: "Healthy", Status: fnv1.Status_STATUS_CONDITION_FALSE, Reason: "Bad"},
			},
			want: []any{synced, ready},
		},
		"AllReady": {
			reason:    "A composite should be ready if all its resources are.",
			resources: map[string]*fnv1.Resource{"a": yes, "b": yes},
			want:      []any{synced, ready},
		},
		"OneUnready": {
			reason:    "A composite should not be ready as long as a resource is not, and name it.",
			resources: map[string]*fnv1.Resource{"a": yes, "b": no, "c": no, "d": no, "e": no},
			want: []any{synced, map[string]any{
				"type": "Ready", "status": "False", "reason": "Creating", "message": "Unready resources: b, c, d, and 1 more", "lastTransitionTime": since,
			}},
		},
		"SaidReady": {
			reason:    "What the function says of the composite should count more than its resources.",
			resources: map[string]*fnv1.Resource{"a": no},
			said:      fnv1.Ready_READY_TRUE,
			want:      []any{synced, ready},
		},
		"SaidUnready": {
			reason:    "So it should when the function waits for what is not there yet.",
			resources: map[string]*fnv1.Resource{"a": yes},
			said:      fnv1.Ready_READY_FALSE,
			want:      []any{synced, creating},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			rsp := &fnv1.RunFunctionResponse{
				Desired:    &fnv1.State{Composite: &fnv1.Resource{Ready: tc.said}, Resources: tc.resources},
				Conditions: tc.conditions,
			}
			s, err := newStack(read(t, `{kind: XSecureEcommerce, metadata: {name: shop}}`), rsp, nil)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]any{"conditions": tc.want}
			if diff := cmp.Diff(want, s.composite.Object["status"]); diff != "" {
				t.Errorf("%s\nnewStack(...): -want status, +got status:\n%s", tc.reason, diff)
			}
		})
	}
}

// shop returns a stack with all kinds of references.
func shop(t *testing.T) *stack {
	t.Helper()
	rsp := &fnv1.RunFunctionResponse{Desired: &fnv1.State{
		Composite: &fnv1.Resource{Resource: sdk.MustStructJSON(`{"status": {"region": "eu-west-1"}}`), Ready: fnv1.Ready_READY_FALSE},
		Resources: map[string]*fnv1.Resource{
			"vpc":        desires(`{"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "VPC", "metadata": {"name": "shop-vpc"}}`, true),
			"subnet-1":   desires(`{"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "Subnet", "metadata": {"name": "shop-subnet-1"}, "spec": {"forProvider": {"vpcIdRef": {"name": "shop-vpc"}}}}`, true),
			"subnet-2":   desires(`{"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "Subnet", "metadata": {"name": "shop-subnet-2"}, "spec": {"forProvider": {"vpcIdRef": {"name": "shop-vpc"}}}}`, false),
			"address":    desires(`{"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "EIP", "metadata": {"name": "shop-address"}}`, false),
			"nat":        desires(`{"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "NATGateway", "metadata": {"name": "shop-nat"}, "spec": {"forProvider": {"allocationIdRef": {"name": "shop-address"}, "subnetIdRef": {"name": "shop-subnet-1"}}}}`, false),
			"acl":        desires(`{"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "NetworkACL", "metadata": {"name": "shop-acl"}, "spec": {"forProvider": {"subnetIdRefs": [{"name": "shop-subnet-1"}, {"name": "shop-subnet-2"}, {"name": "shop-subnet-1"}], "vpcIdRef": {"name": "shop-vpc"}}}}`, false),
			"key":        desires(`{"apiVersion": "kms.aws.upbound.io/v1beta1", "kind": "Key", "metadata": {"name": "shop-key"}}`, false),
			"bucket":     desires(`{"apiVersion": "s3.aws.upbound.io/v1beta2", "kind": "Bucket", "metadata": {"name": "shop-bucket", "annotations": {"crossplane.io/external-name": "shop-assets"}}}`, false),
			"encryption": desires(`{"apiVersion": "s3.aws.upbound.io/v1beta2", "kind": "BucketServerSideEncryptionConfiguration", "metadata": {"name": "shop-encryption"}, "spec": {"forProvider": {"aRef": {"name": "shop-key"}, "bucketRef": {"name": "shop-bucket"}, "rule": [{"kmsMasterKeyIdRef": {"name": "shop-key"}}]}}}`, false),
			"group-a":    desires(`{"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "SecurityGroup", "metadata": {"name": "shop-group-a"}, "spec": {"forProvider": {"otherRef": {"name": "shop-group-b"}, "selfRef": {"name": "shop-group-a"}, "goneRef": {"name": "gone"}, "oddRef": "text"}}}`, false),
			"group-b":    desires(`{"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "SecurityGroup", "metadata": {"name": "shop-group-b"}, "spec": {"forProvider": {"otherRef": {"name": "shop-group-a"}}}}`, false),
			"group\"b":   desires(`{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "connection"}, "stringData": {"port": "1"}}`, true),
			"group.b":    desires(`{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "more"}}`, true),
		},
	}}
	observed := map[string]*fnv1.Resource{
		"vpc": {Resource: sdk.MustStructJSON(`{"metadata": {"annotations": {"crossplane.io/external-name": "vpc-1"}}}`)},
	}
	s, err := newStack(read(t, `
apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: XSecureEcommerce
metadata:
  name: shop
  labels: {crossplane.io/composite: shop, crossplane.io/claim-name: shop, crossplane.io/claim-namespace: team-a}
spec: {region: eu-west-1}
`), rsp, observed)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

//nolint:dupword // In a diagram, a line can start with the end of the previous one.
func TestOutputs(t *testing.T) {
	cases := map[string]struct {
		reason string
		output string
		want   string
	}{
		"Table": {
			reason: "The table should be sorted by service, and tell the name in AWS once there is one.",
			output: "table",
			want: `GROUP   RESOURCE     KIND                                      NAME              EXTERNAL-NAME   READY
core    group"b      Secret                                    connection        -               True
core    group.b      Secret                                    more              -               True
ec2     acl          NetworkACL                                shop-acl          -               False
ec2     address      EIP                                       shop-address      -               False
ec2     group-a      SecurityGroup                             shop-group-a      -               False
ec2     group-b      SecurityGroup                             shop-group-b      -               False
ec2     nat          NATGateway                                shop-nat          -               False
ec2     subnet-1     Subnet                                    shop-subnet-1     -               True
ec2     subnet-2     Subnet                                    shop-subnet-2     -               False
ec2     vpc          VPC                                       shop-vpc          vpc-1           True
kms     key          Key                                       shop-key          -               False
s3      bucket       Bucket                                    shop-bucket       shop-assets     False
s3      encryption   BucketServerSideEncryptionConfiguration   shop-encryption   -               False
`,
		},
		"Tree": {
			reason: "A resource should hang on what it stands on most, stand once, and name what else it uses. Circles should be cut.",
			output: "tree",
			want: `XSecureEcommerce/shop (4 of 13 ready)
├─ core
│  ├─ group"b Secret ✓
│  └─ group.b Secret ✓
├─ ec2
│  ├─ address EIP
│  ├─ group-b SecurityGroup → group-a
│  │  └─ group-a SecurityGroup
│  └─ vpc VPC vpc-1 ✓
│     ├─ acl NetworkACL → subnet-1, subnet-2
│     ├─ subnet-1 Subnet ✓
│     │  └─ nat NATGateway → address
│     └─ subnet-2 Subnet
├─ kms
│  └─ key Key
└─ s3
   └─ bucket Bucket shop-assets
      └─ encryption BucketServerSideEncryptionConfiguration → key
`,
		},
		"Mermaid": {
			reason: "The diagram should have every resource and every reference once, with IDs and labels that Mermaid takes.",
			output: "mermaid",
			want: `graph LR
  subgraph core
    core_group_b["group#quot;b<br/>Secret"]
    core_group_b_["group.b<br/>Secret"]
  end
  subgraph ec2
    ec2_acl["acl<br/>NetworkACL"]
    ec2_address["address<br/>EIP"]
    ec2_group_a["group-a<br/>SecurityGroup"]
    ec2_group_b["group-b<br/>SecurityGroup"]
    ec2_nat["nat<br/>NATGateway"]
    ec2_subnet_1["subnet-1<br/>Subnet"]
    ec2_subnet_2["subnet-2<br/>Subnet"]
    ec2_vpc["vpc<br/>VPC"]
  end
  subgraph kms
    kms_key["key<br/>Key"]
  end
  subgraph s3
    s3_bucket["bucket<br/>Bucket"]
    s3_encryption["encryption<br/>BucketServerSideEncryptionConfiguration"]
  end
  ec2_acl --> ec2_subnet_1
  ec2_acl --> ec2_subnet_2
  ec2_acl --> ec2_vpc
  s3_encryption --> kms_key
  s3_encryption --> s3_bucket
  ec2_group_a --> ec2_group_b
  ec2_group_b --> ec2_group_a
  ec2_nat --> ec2_address
  ec2_nat --> ec2_subnet_1
  ec2_subnet_1 --> ec2_vpc
  ec2_subnet_2 --> ec2_vpc
`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := outputs[tc.output](&b, shop(t)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, b.String()); diff != "" {
				t.Errorf("%s\n%s: -want, +got:\n%s", tc.reason, tc.output, diff)
			}
		})
	}
}

func TestPrintYAML(t *testing.T) {
	rsp := &fnv1.RunFunctionResponse{Desired: &fnv1.State{
		Composite: &fnv1.Resource{Resource: sdk.MustStructJSON(`{"status": {"database": {"port": 5433}}}`)},
		Resources: map[string]*fnv1.Resource{
			"b": desires(`{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "shop-b"}}`, true),
			"a": desires(`{"apiVersion": "s3.aws.upbound.io/v1beta2", "kind": "Bucket", "metadata": {"name": "shop-a", "annotations": {"crossplane.io/external-name": "shop"}, "labels": {"team": "a"}}, "spec": {"forProvider": {"days": 3650000, "ratio": 0.5}}}`, true),
		},
	}}
	xr := read(t, `
apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: XSecureEcommerce
metadata:
  name: shop
  labels: {crossplane.io/composite: shop, crossplane.io/claim-name: shop, crossplane.io/claim-namespace: team-a}
spec: {region: eu-west-1}
status: {region: old}
`)
	const want = `---
apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: XSecureEcommerce
metadata:
  labels:
    crossplane.io/claim-name: shop
    crossplane.io/claim-namespace: team-a
    crossplane.io/composite: shop
  name: shop
spec:
  region: eu-west-1
status:
  conditions:
  - lastTransitionTime: "2024-01-01T00:00:00Z"
    reason: ReconcileSuccess
    status: "True"
    type: Synced
  - lastTransitionTime: "2024-01-01T00:00:00Z"
    reason: Available
    status: "True"
    type: Ready
  database:
    port: 5433
---
apiVersion: s3.aws.upbound.io/v1beta2
kind: Bucket
metadata:
  annotations:
    crossplane.io/composition-resource-name: a
    crossplane.io/external-name: shop
  labels:
    crossplane.io/claim-name: shop
    crossplane.io/claim-namespace: team-a
    crossplane.io/composite: shop
    team: a
  name: shop-a
spec:
  forProvider:
    days: 3650000
    ratio: 0.5
---
apiVersion: v1
kind: Secret
metadata:
  annotations:
    crossplane.io/composition-resource-name: b
  labels:
    crossplane.io/claim-name: shop
    crossplane.io/claim-namespace: team-a
    crossplane.io/composite: shop
  name: shop-b
`
	s, err := newStack(xr, rsp, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := printYAML(&b, s); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("The stream should have the composite first, then all resources by role, with the marks that Crossplane gives them and whole numbers as such.\nprintYAML(...): -want, +got:\n%s", diff)
	}
}
