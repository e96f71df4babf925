package references

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUnresolvedTexts checks references, documents and values of parameters.
func TestUnresolvedTexts(t *testing.T) {
	testUnresolved(t, map[string]unresolvedCase{
		"WrongReference": {
			reason: "The provider waits for it indefinitely.",
			args:   args{kind: "s3/BucketVersioning", external: "shop-abc-assets", forProvider: `{"region":"eu-west-1","bucketRef":{"name":"shop-none"}}`},
			want:   []Finding{{Field: "bucketRef.name", Text: "shop-none", Why: "the stack has no Kubernetes object with this name"}},
		},
		"WrongMember": {
			reason: "A name in free text is one of the stack's too.",
			args:   args{kind: "ssm/Parameter", external: "/shop-abc/topic", forProvider: `{"region":"eu-west-1","insecureValue":"shop-abc-news"}`},
			want:   []Finding{{Field: "insecureValue.topic", Text: "shop-abc-news", Why: "the stack has no resource with this name"}},
		},

		"References": {reason: "Each of a list names an object.", args: args{kind: "lambda/Function", external: "shop-abc-app", forProvider: `{"region":"eu-west-1","vpcConfig":{"securityGroupIdRefs":[{"name":"shop-vpc"}]}}`}},
		"WrongReferences": {
			reason: "The provider waits for each of a list.",
			args:   args{kind: "lambda/Function", external: "shop-abc-app", forProvider: `{"region":"eu-west-1","vpcConfig":{"securityGroupIdRefs":[{"name":"shop-vpc"},{"name":"shop-none"}]}}`},
			want:   []Finding{{Field: "vpcConfig.securityGroupIdRefs[].name", Text: "shop-none", Why: "the stack has no Kubernetes object with this name"}},
		},
		"BrokenDocument": {
			reason: "What only begins like a document is read as text.",
			args:   args{kind: "ssm/Parameter", external: "/shop-abc/topic", forProvider: `{"region":"eu-west-1","insecureValue":"{\"topic\": shop-abc-news"}`},
			want:   []Finding{{Field: "insecureValue.topic", Text: "shop-abc-news", Why: "the stack has no resource with this name"}},
		},
		"Archive": {reason: "Its bytes are no words.", args: args{kind: "s3/Object", forProvider: `{"region":"eu-west-1","key":"shop-abc-x","contentBase64":"K2ABCDEFGHIJKX"}`}},
	})
}

// TestUnresolvedOtherKinds checks objects outside AWS.
func TestUnresolvedOtherKinds(t *testing.T) {
	const composite = `{"apiVersion":"platform.secure-ecommerce.dev/v1alpha1","kind":"XSecureEcommerce","metadata":{"name":"shop"},`
	const usage = `{"apiVersion":"protection.crossplane.io/v1beta1","kind":"Usage","metadata":{"name":"shop-usage"},`
	cases := map[string]struct {
		reason string
		object string
		want   []Finding
	}{
		"Status": {reason: "It names what the stack has.", object: composite + `"status":{"assets":{"bucket":"shop-abc-assets"}}}`},
		"WrongStatus": {
			reason: "Users read it.",
			object: composite + `"status":{"assets":{"bucket":"shop-abc-none"}}}`,
			want: []Finding{
				{Field: "assets.bucket", Text: "shop-abc-none", Why: "the stack has no bucket with this name"},
				{Field: "assets.bucket", Text: "shop-abc-none", Why: "the stack has no resource with this name"},
			},
		},
		"StatusOfAnotherRegion": {
			reason: "What has no region is where the stack is.",
			object: composite + `"status":{"alarms":{"topicName":"shop-abc-alarms","queueName":"shop-abc-letters"}}}`,
			want:   []Finding{{Field: "alarms.queueName", Text: "shop-abc-letters", Why: "the stack has this queue in us-east-1, not in eu-west-1"}},
		},
		"Spec":  {reason: "Its spec is the user's, who may name anything.", object: composite + `"spec":{"bucket":"shop-abc-none"}}`},
		"Usage": {reason: "All of its spec is read.", object: usage + `"spec":{"of":{"kind":"VPC","resourceRef":{"name":"shop-vpc"}}}}`},
		"WrongUsage": {
			reason: "It protects nothing.",
			object: usage + `"spec":{"of":{"kind":"VPC","resourceRef":{"name":"shop-none"}}}}`,
			want:   []Finding{{Field: "of.resourceRef.name", Text: "shop-none", Why: "the stack has no Kubernetes object with this name"}},
		},
		"UsageOfTheComposite": {
			reason: "No composed resource is called as the composite is.",
			object: usage + `"spec":{"by":{"resourceRef":{"name":"shop"}}}}`,
			want:   []Finding{{Field: "by.resourceRef.name", Text: "shop", Why: "the stack has no Kubernetes object with this name"}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			resources := append(stack(t), Resource{Resource: "composite", Desired: manifest(t, composite+`"status":{}}`)}, Resource{Resource: "one", Desired: manifest(t, tc.object)})
			if diff := cmp.Diff(of("one", tc.want), Unresolved(resources, given()...)); diff != "" {
				t.Errorf("\n%s\nUnresolved(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestTextPath(t *testing.T) {
	type names struct{ Field, Key, Operator string }
	cases := map[string]struct {
		reason string
		path   []string
		want   names
	}{
		"Key":           {reason: "The last key is the text's.", path: []string{"scope", "tagKey"}, want: names{Field: "scope.tagKey", Key: "tagKey"}},
		"List":          {reason: "Items have the key of their list.", path: []string{"policy", "Statement", "[]", "Resource", "[]"}, want: names{Field: "policy.Statement[].Resource[]", Key: "Resource"}},
		"Operator":      {reason: "What an operator compares with has the key that it compares.", path: []string{"eventPattern", "name", "[]", "prefix"}, want: names{Field: "eventPattern.name[].prefix", Key: "name", Operator: "prefix"}},
		"Operators":     {reason: "One operator may be inside of another, and is then the last.", path: []string{"eventPattern", "name", "[]", "anything-but", "suffix"}, want: names{Field: "eventPattern.name[].anything-but.suffix", Key: "name", Operator: "suffix"}},
		"OperatorAlone": {reason: "A field that is called as an operator is has no other key.", path: []string{"prefix"}, want: names{Field: "prefix", Operator: "prefix"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			at := text{path: tc.path}
			if diff := cmp.Diff(tc.want, names{Field: at.field(), Key: at.key(), Operator: at.operator()}); diff != "" {
				t.Errorf("\n%s\ntext{path: %q}: -want, +got:\n%s", tc.reason, tc.path, diff)
			}
		})
	}
}
