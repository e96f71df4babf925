package recorded

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// read parses an object in YAML.
func read(t *testing.T, manifest string) *unstructured.Unstructured {
	t.Helper()
	u := &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(manifest), &u.Object); err != nil {
		t.Fatal(err)
	}
	return u
}

// queue is a resource with all kinds of fields.
const queue = `
apiVersion: sqs.aws.m.upbound.io/v1beta1
kind: Queue
metadata:
  name: shop-queue
  namespace: team-a
  creationTimestamp: "2026-11-28T04:35:00Z"
  labels: {crossplane.io/composite: shop}
  annotations:
    crossplane.io/external-name: https://sqs.eu-west-1.amazonaws.com/123456789012/shop-abcdefg2-letters
    crossplane.io/external-create-succeeded: "2026-11-28T04:35:01Z"
    example.org/other: value
spec:
  managementPolicies: [Update, "Observe"]
  forProvider:
    region: eu-west-1
    name: shop-abcdefg2-letters
    kmsMasterKeyIdRef: {name: key}
    kmsMasterKeyId: 02db5329-1618-463e-841d-40e0271d096c
    maxMessageSize: 262144
    policy: '{"a": 1, "b": 2}'
    tags: {team: a}
    rules: [{name: first-rule, ports: [1, 2]}, {name: second-rule, ports: [3, 4]}]
status:
  atProvider:
    id: https://sqs.eu-west-1.amazonaws.com/123456789012/shop-abcdefg2-letters
    arn: arn:aws:sqs:eu-west-1:123456789012:shop-abcdefg2-letters
    name: shop-abcdefg2-letters
    nothing: null
    fifoQueue: false
    empty: ""
    policy: '{"b":2,"a":1}'
    delaySeconds: 0
    tagsAll: {team: a, crossplane-name: shop-queue}
    rules: [{name: second-rule, ports: [3]}]
  conditions:
  - {type: Ready, status: "True", reason: Available, lastTransitionTime: "2026-11-28T04:36:10Z"}
  - {type: Synced, status: "True", reason: ReconcileSuccess, lastTransitionTime: "2026-11-28T04:36:10Z"}
`

// composed is the object that the function composed for it.
const composed = `{spec: {forProvider: {region: eu-west-1, name: shop-abcdefg2-letters, kmsMasterKeyIdRef: {name: key}, policy: p, rules: []}}}`

// recording returns the recording of both.
func recording() Recording {
	return Recording{
		Kind: "sqs/Queue", Stacks: []string{"team-a/shop"}, Objects: 1, Policies: []string{"Observe", "Update"},
		ExternalNames: []string{"https://sqs.${region}.amazonaws.com/<account>/${name}"},
		Annotations:   []string{"crossplane.io/external-create-succeeded", "crossplane.io/external-name"},
		Conditions:    []string{"Ready=True Available", "Synced=True ReconcileSuccess"},
		ReadySeconds:  Range{Least: 70, Most: 70},
		Spec: map[string]Field{
			"region": {Type: "string", Seen: 1}, "name": {Type: "string", Seen: 1}, "policy": {Type: "string", Seen: 1}, "tags": {Type: "map", Seen: 1},
			"kmsMasterKeyIdRef": {Type: "object", Seen: 1}, "kmsMasterKeyIdRef.name": {Type: "string", Seen: 1}, "kmsMasterKeyId": {Type: "string", Seen: 1},
			"rules": {Type: "list", Seen: 1, Items: &Range{2, 2}}, "rules[]": {Type: "object", Seen: 1}, "rules[].name": {Type: "string", Seen: 1},
			"rules[].ports": {Type: "list", Seen: 1, Items: &Range{2, 2}}, "rules[].ports[]": {Type: "number", Seen: 1},
		},
		Late: map[string]Field{"maxMessageSize": {Type: "number", Seen: 1, Values: []string{"262144"}}},
		Status: map[string]Field{
			"id":  {Type: "string", Seen: 1, Values: []string{"${external}"}},
			"arn": {Type: "string", Seen: 1, Values: []string{"arn:aws:sqs:${region}:<account>:${name}"}}, "name": {Type: "string", Seen: 1, Values: []string{Asked}},
			"fifoQueue": {Type: "bool", Seen: 1, Values: []string{"false"}}, "empty": {Type: "string", Seen: 1, Values: []string{""}},
			"policy": {Type: "string", Seen: 1, Values: []string{Asked}}, "delaySeconds": {Type: "number", Seen: 1, Values: []string{"0"}},
			"tagsAll": {Type: "map", Seen: 1}, "rules": {Type: "list", Seen: 1, Items: &Range{1, 1}, Collapsed: 1}, "rules[]": {Type: "object", Seen: 1},
			"rules[].name":  {Type: "string", Seen: 1, Values: []string{Asked}},
			"rules[].ports": {Type: "list", Seen: 1, Items: &Range{1, 1}, Collapsed: 1}, "rules[].ports[]": {Type: "number", Seen: 1, Values: []string{Asked}},
		},
	}
}

func TestOf(t *testing.T) {
	if diff := cmp.Diff(recording(), Of(read(t, queue), read(t, composed))); diff != "" {
		t.Errorf("\nA recording has the form of names, the shape of fields, and what was filled in.\nOf(...): -want, +got:\n%s", diff)
	}
}

func TestOfManagedFields(t *testing.T) {
	u := read(t, queue)
	managed := func(operation, fields string) any {
		return map[string]any{"operation": operation, "fieldsType": "FieldsV1", "fieldsV1": read(t, fields).Object}
	}
	_ = unstructured.SetNestedSlice(u.Object, []any{
		managed("Update", `{"f:spec": {"f:forProvider": {"f:maxMessageSize": {}}}}`),
		managed("Apply", `{"f:spec": {"f:forProvider": {"f:name": {}, "f:region": {}, "f:rules": {}}}}`),
	}, "metadata", "managedFields")
	got := Of(u, &unstructured.Unstructured{})
	if diff := cmp.Diff([]string{"maxMessageSize", "policy"}, union(keys(got.Late), nil)); diff != "" {
		t.Errorf("\nWhat Crossplane applied is known from the API server, where it says so.\nLate: -want, +got:\n%s", diff)
	}
}

func keys(fields map[string]Field) []string {
	var out []string
	for path := range fields {
		out = append(out, path)
	}
	return out
}

func TestReady(t *testing.T) {
	cases := map[string]struct {
		reason string
		object string
		want   bool
	}{
		"Ready":     {reason: "A resource that is ready and in sync is worth recording.", object: queue, want: true},
		"NotReady":  {reason: "One that is not ready is not.", object: `{status: {conditions: [{type: Synced, status: "True"}]}}`},
		"NotSynced": {reason: "Nor is one that the provider cannot update.", object: `{status: {conditions: [{type: Ready, status: "True"}, {type: Synced, status: "False"}]}}`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := Ready(read(t, tc.object)); got != tc.want {
				t.Errorf("\n%s\nReady(...): want %v, got %v", tc.reason, tc.want, got)
			}
		})
	}
}

func TestKindOf(t *testing.T) {
	cases := map[string]struct {
		reason string
		object string
		want   string
		ours   bool
	}{
		"Namespaced": {reason: "A namespaced kind should be named by its service.", object: `{apiVersion: ec2.aws.m.upbound.io/v1beta1, kind: VPC}`, want: "ec2/VPC", ours: true},
		"Cluster":    {reason: "The cluster-scoped one should have the same name.", object: `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC}`, want: "ec2/VPC", ours: true},
		"Other":      {reason: "A kind of others is not recorded.", object: `{apiVersion: v1, kind: Secret}`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, ours := KindOf(read(t, tc.object))
			if got != tc.want || ours != tc.ours {
				t.Errorf("\n%s\nKindOf(...): want %q, %v, got %q, %v", tc.reason, tc.want, tc.ours, got, ours)
			}
		})
	}
}

func TestOfClaim(t *testing.T) {
	got := Of(read(t, `
apiVersion: cloudwatch.aws.upbound.io/v1beta1
kind: Dashboard
metadata:
  labels: {crossplane.io/composite: shop-x7k2f, crossplane.io/claim-name: shop, crossplane.io/claim-namespace: team-a}
status: {atProvider: {text: "shop-x7k2f shop shop-abcdefg2"}}`), &unstructured.Unstructured{})
	if diff := cmp.Diff([]string{"team-a/shop"}, got.Stacks); diff != "" {
		t.Errorf("\nThe stack of a claim is known by the claim, whose name does not change.\nStacks: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"<stack> <stack> <stack>"}, got.Status["text"].Values); diff != "" {
		t.Errorf("\nBoth names are the stack's.\nValues: -want, +got:\n%s", diff)
	}
}

func TestOfLetters(t *testing.T) {
	got := Of(read(t, `
apiVersion: cloudfront.aws.upbound.io/v1beta2
kind: Distribution
metadata: {annotations: {crossplane.io/external-name: EABCDEFGHIJKLM}}
status: {atProvider: {id: EABCDEFGHIJKLM, arn: "distribution/EABCDEFGHIJKLM"}}`), &unstructured.Unstructured{})
	if diff := cmp.Diff([]string{"distribution/${external}"}, got.Status["arn"].Values); diff != "" {
		t.Errorf("\nA name that AWS makes up is no word, even if it has letters only.\nValues: -want, +got:\n%s", diff)
	}
}

func TestOfYoung(t *testing.T) {
	got := Of(read(t, `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {annotations: {crossplane.io/external-name: shop}}}`), read(t, `{metadata: {annotations: {crossplane.io/external-name: shop}}}`))
	if diff := cmp.Diff([]string{Composed}, got.ExternalNames); diff != "" {
		t.Errorf("\nA name that the function gave is its own.\nExternalNames: -want, +got:\n%s", diff)
	}
	if got.ReadySeconds != (Range{}) {
		t.Errorf("\nA resource without times took none.\ngot %v", got.ReadySeconds)
	}
}
