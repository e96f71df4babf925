package facts

import (
	"slices"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
)

// vpc is an observed resource.
const vpc = `{
	"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "VPC",
	"metadata": {"name": "shop-vpc", "annotations": {"crossplane.io/external-name": "vpc-0a1b"}},
	"spec": {"forProvider": {"region": "eu-west-1", "tags": {"a.b/c": "d"}}},
	"status": {
		"atProvider": {"arn": "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0a1b", "id": "vpc-0a1b", "count": 2, "empty": null, "grant": [{"id": "first"}, {"id": "second"}]},
		"conditions": [
			{"type": "Synced", "status": "False", "reason": "ReconcileError", "message": "cannot update"},
			{"type": "Ready", "status": "True", "reason": "Available"}
		]
	}
}`

// observed returns the observed resources of a request from JSON.
func observed(resources map[string]string) Observed {
	req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{}}}
	for resourceName, object := range resources {
		req.Observed.Resources[resourceName] = &fnv1.Resource{Resource: resource.MustStructJSON(object)}
	}
	return From(req)
}

func TestFrom(t *testing.T) {
	cases := map[string]struct {
		reason string
		req    *fnv1.RunFunctionRequest
		want   []string
	}{
		"Nothing": {
			reason: "At first nothing is observed.",
			req:    &fnv1.RunFunctionRequest{},
			want:   []string{},
		},
		"Sorted": {
			reason: "Maps have no order, but roles do.",
			req: &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{
				"vpc":   {Resource: &structpb.Struct{}},
				"eip":   {Resource: &structpb.Struct{}},
				"route": {Resource: &structpb.Struct{}},
			}}},
			want: []string{"eip", "route", "vpc"},
		},
		"WithoutBody": {
			reason: "A resource without body, or none at all, tells nothing, so it does not count as there.",
			req: &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{
				"vpc": {Resource: &structpb.Struct{}},
				"eip": {Ready: fnv1.Ready_READY_TRUE},
				"nat": nil,
			}}},
			want: []string{"vpc"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := From(tc.req)
			if diff := cmp.Diff(tc.want, o.Names()); diff != "" {
				t.Errorf("\n%s\nRoles(): -want, +got:\n%s", tc.reason, diff)
			}
			for resourceName := range tc.req.GetObserved().GetResources() {
				if diff := cmp.Diff(slices.Contains(tc.want, resourceName), o.Has(resourceName)); diff != "" {
					t.Errorf("\n%s\nHas(%q): -want, +got:\n%s", tc.reason, resourceName, diff)
				}
			}
			if o.Has("other") || o.Value("other", "kind") != nil {
				t.Errorf("\n%s\nHas(...), Value(...): there is a resource that was not in the request", tc.reason)
			}
		})
	}
}

func TestString(t *testing.T) {
	cases := map[string]struct {
		reason       string
		resourceName string
		path         string
		want         string
	}{
		"Field":          {reason: "A path leads through objects.", resourceName: "vpc", path: "spec.forProvider.region", want: "eu-west-1"},
		"Annotation":     {reason: "A field with dots stands in brackets.", resourceName: "vpc", path: ExternalName, want: "vpc-0a1b"},
		"Tag":            {reason: "So do the keys of tags.", resourceName: "vpc", path: "spec.forProvider.tags[a.b/c]", want: "d"},
		"Index":          {reason: "Indexes count from zero.", resourceName: "vpc", path: "status.atProvider.grant[1].id", want: "second"},
		"IndexTooLarge":  {reason: "A list may be shorter than hoped for.", resourceName: "vpc", path: "status.atProvider.grant[2].id"},
		"IndexOfObject":  {reason: "An object has no elements.", resourceName: "vpc", path: "status.atProvider[0]"},
		"FieldOfList":    {reason: "A list has no fields.", resourceName: "vpc", path: "status.atProvider.grant.id"},
		"FieldOfText":    {reason: "Nor has a text.", resourceName: "vpc", path: "status.atProvider.arn.id"},
		"Missing":        {reason: "What is not there yet is empty.", resourceName: "vpc", path: "status.atProvider.owner"},
		"MissingParent":  {reason: "So is what would be below it.", resourceName: "vpc", path: "status.atProvider.owner.id"},
		"Null":           {reason: "A null is no text.", resourceName: "vpc", path: "status.atProvider.empty"},
		"Number":         {reason: "Nor is a number.", resourceName: "vpc", path: "status.atProvider.count"},
		"Object":         {reason: "Nor is an object.", resourceName: "vpc", path: "status.atProvider"},
		"OtherResource":  {reason: "A resource that was not observed has no values.", resourceName: "eip", path: "metadata.name"},
		"MalformedPath":  {reason: "A path that is none leads nowhere.", resourceName: "vpc", path: "status["},
		"MalformedIndex": {reason: "Nor does one with a negative index, which is the name of a field.", resourceName: "vpc", path: "status.atProvider.grant[-1].id"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := observed(map[string]string{"vpc": vpc})
			if diff := cmp.Diff(tc.want, o.String(tc.resourceName, tc.path)); diff != "" {
				t.Errorf("\n%s\nString(%q, %q): -want, +got:\n%s", tc.reason, tc.resourceName, tc.path, diff)
			}
			want := Fact{Resource: tc.resourceName, Path: tc.path, Value: tc.want}
			got := o.Fact(tc.resourceName, tc.path)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("\n%s\nFact(%q, %q): -want, +got:\n%s", tc.reason, tc.resourceName, tc.path, diff)
			}
			if diff := cmp.Diff(tc.want != "", got.Known()); diff != "" {
				t.Errorf("\n%s\nKnown(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestFacts(t *testing.T) {
	o := observed(map[string]string{
		"vpc":  vpc,
		"new":  `{"metadata":{"name":"shop-new"}}`,
		"late": `{"status":{"conditions":[{"type":"Ready","status":"False","reason":"Creating"}]}}`,
	})
	cases := map[string]struct {
		reason string
		got    Fact
		want   Fact
	}{
		"ARN": {
			reason: "An ARN is where the provider puts it.",
			got:    o.ARN("vpc"),
			want:   Fact{Resource: "vpc", Path: "status.atProvider.arn", Value: "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0a1b"},
		},
		"ExternalName": {
			reason: "The external name is an annotation.",
			got:    o.ExternalName("vpc"),
			want:   Fact{Resource: "vpc", Path: "metadata.annotations[crossplane.io/external-name]", Value: "vpc-0a1b"},
		},
		"Ready": {
			reason: "Ready is what the provider says.",
			got:    o.Ready("vpc"),
			want:   Fact{Resource: "vpc", Path: "Ready", Value: "True"},
		},
		"NotReady": {
			reason: "Not ready is as good as not known.",
			got:    o.Ready("late"),
			want:   Fact{Resource: "late", Path: "Ready"},
		},
		"NoConditions": {
			reason: "A resource that the provider has not looked at is not ready.",
			got:    o.Ready("new"),
			want:   Fact{Resource: "new", Path: "Ready"},
		},
		"OrOfKnown": {
			reason: "What was observed wins.",
			got:    o.ARN("vpc").Or("arn:other"),
			want:   Fact{Resource: "vpc", Path: "status.atProvider.arn", Value: "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0a1b"},
		},
		"OrOfUnknown": {
			reason: "Otherwise the value is the other one, and the fact still says what it is about.",
			got:    o.ARN("new").Or("arn:other"),
			want:   Fact{Resource: "new", Path: "status.atProvider.arn", Value: "arn:other"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.got); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestTrue(t *testing.T) {
	o := observed(map[string]string{"subscription": `{"status":{"atProvider":{"pending":true,"raw":false,"text":"true"}}}`})
	cases := map[string]struct {
		reason       string
		resourceName string
		field        string
		want         bool
	}{
		"True":          {reason: "True is true.", resourceName: "subscription", field: "pending", want: true},
		"False":         {reason: "False is not.", resourceName: "subscription", field: "raw"},
		"Text":          {reason: "Nor is a text that says so.", resourceName: "subscription", field: "text"},
		"Missing":       {reason: "Nor is what was not observed.", resourceName: "subscription", field: "other"},
		"OtherResource": {reason: "Nor anything of a resource that was not.", resourceName: "topic", field: "pending"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, o.True(tc.resourceName, "status.atProvider."+tc.field)); diff != "" {
				t.Errorf("\n%s\nTrue(%q, %q): -want, +got:\n%s", tc.reason, tc.resourceName, tc.field, diff)
			}
		})
	}
}

func TestStruct(t *testing.T) {
	cases := map[string]struct {
		reason string
		path   string
		want   *structpb.Struct
	}{
		"Object": {
			reason: "An object is returned as it is.",
			path:   "spec.forProvider.tags",
			want:   resource.MustStructJSON(`{"a.b/c":"d"}`),
		},
		"Text": {
			reason: "A text is no object.",
			path:   "spec.forProvider.region",
		},
		"MalformedPath": {
			reason: "A path that is none must not lead to the whole resource.",
			path:   "spec[",
		},
		"Missing": {
			reason: "Nor is what is not there.",
			path:   "spec.initProvider",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, observed(map[string]string{"vpc": vpc}).Struct("vpc", tc.path), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nStruct(%q): -want, +got:\n%s", tc.reason, tc.path, diff)
			}
		})
	}
}

func TestCondition(t *testing.T) {
	cases := map[string]struct {
		reason    string
		object    string
		condition string
		want      Condition
	}{
		"Whole": {
			reason:    "A condition is told with the provider's own words.",
			object:    vpc,
			condition: "Synced",
			want:      Condition{Status: "False", Reason: "ReconcileError", Message: "cannot update"},
		},
		"NotFirst": {
			reason:    "Conditions have no order.",
			object:    vpc,
			condition: "Ready",
			want:      Condition{Status: "True", Reason: "Available"},
		},
		"Missing": {
			reason:    "A condition that was never set is empty.",
			object:    vpc,
			condition: "LastAsyncOperation",
		},
		"NoConditions": {
			reason:    "So it is where there are none.",
			object:    `{}`,
			condition: "Ready",
		},
		"Malformed": {
			reason:    "What is no condition is passed over.",
			object:    `{"status":{"conditions":["Ready",{},{"type":"Ready","status":"True"}]}}`,
			condition: "Ready",
			want:      Condition{Status: "True"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, observed(map[string]string{"vpc": tc.object}).Condition("vpc", tc.condition)); diff != "" {
				t.Errorf("\n%s\nCondition(%q): -want, +got:\n%s", tc.reason, tc.condition, diff)
			}
		})
	}
}

func TestCompositeCondition(t *testing.T) {
	o := From(&fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: resource.MustStructJSON(
		`{"status":{"conditions":[{"type":"Ready","status":"True"},{"type":"NetworkReady","status":"False","reason":"Creating","message":"creating vpc"}]}}`)}}})
	cases := map[string]struct {
		reason string
		kind   string
		want   Condition
	}{
		"There":    {reason: "What was said last can be said again.", kind: "NetworkReady", want: Condition{Status: "False", Reason: "Creating", Message: "creating vpc"}},
		"NotThere": {reason: "What was never said is empty.", kind: "StorageReady"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, o.CompositeCondition(tc.kind)); diff != "" {
				t.Errorf("\n%s\nCompositeCondition(%q): -want, +got:\n%s", tc.reason, tc.kind, diff)
			}
		})
	}
}

func TestReconciled(t *testing.T) {
	cases := map[string]struct {
		reason, object string
		want           bool
	}{
		"Done":    {reason: "The provider has acted on this generation.", object: `{"metadata":{"generation":2},"status":{"conditions":[{"type":"Synced","status":"True","observedGeneration":2}]}}`, want: true},
		"Older":   {reason: "It acted on an earlier one.", object: `{"metadata":{"generation":2},"status":{"conditions":[{"type":"Synced","status":"True","observedGeneration":1}]}}`},
		"Refused": {reason: "AWS has refused it.", object: `{"metadata":{"generation":2},"status":{"conditions":[{"type":"Synced","status":"False","observedGeneration":2}]}}`},
		"Unknown": {reason: "It has not acted at all.", object: `{"metadata":{"generation":2}}`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			observed := From(&fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{"any": {Resource: resource.MustStructJSON(tc.object)}}}})
			if diff := cmp.Diff(tc.want, observed.Reconciled("any")); diff != "" {
				t.Errorf("\n%s\nReconciled(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
