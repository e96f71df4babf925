package simulator

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
)

func TestResolve(t *testing.T) {
	// there contains the referenced objects, by kind and name.
	there := map[string]string{
		"Role.iam.aws.upbound.io /role":             `{metadata: {annotations: {crossplane.io/external-name: shop-role}}, status: {atProvider: {arn: some-arn}}}`,
		"Role.iam.aws.upbound.io /new":              `{metadata: {annotations: {crossplane.io/external-name: new-role}}}`,
		"Subnet.ec2.aws.m.upbound.io team-a/a":      `{metadata: {annotations: {crossplane.io/external-name: subnet-a}}}`,
		"Subnet.ec2.aws.m.upbound.io team-a/b":      `{metadata: {annotations: {crossplane.io/external-name: subnet-b}}}`,
		"Key.kms.aws.m.upbound.io team-a/key":       `{status: {atProvider: {arn: key-arn}}}`,
		"DefaultVPC.ec2.aws.m.upbound.io team-a/v":  `{status: {atProvider: {cidrBlock: 10.0.0.0/16}}}`,
		"Role.iam.aws.upbound.io /young":            `{status: {atProvider: {arn: ""}}}`,
		"Bucket.s3.aws.m.upbound.io team-b/foreign": `{metadata: {annotations: {crossplane.io/external-name: foreign}}}`,
	}
	cases := map[string]struct {
		reason string
		kind   string
		spec   string
		want   string
		err    string
	}{
		"Single": {
			reason: "A reference should give the value that the provider takes, here the name.",
			kind:   "{apiVersion: iam.aws.upbound.io/v1beta1, kind: RolePolicyAttachment}",
			spec:   "{roleRef: {name: role}}",
			want:   "{roleRef: {name: role}, role: shop-role}",
		},
		"ARN": {
			reason: "Where an ARN is wanted the provider takes that.",
			kind:   "{apiVersion: ec2.aws.upbound.io/v1beta2, kind: FlowLog}",
			spec:   "{iamRoleArnRef: {name: role}}",
			want:   "{iamRoleArnRef: {name: role}, iamRoleArn: some-arn}",
		},
		"Many": {
			reason: "A list of references should give a list, in its order, in the object's namespace.",
			kind:   "{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: SubnetGroup, metadata: {namespace: team-a}}",
			spec:   "{subnetIdRefs: [{name: b}, {name: a}]}",
			want:   "{subnetIdRefs: [{name: b}, {name: a}], subnetIds: [subnet-b, subnet-a]}",
		},
		"Nested": {
			reason: "References within lists and objects should be resolved where they stand.",
			kind:   "{apiVersion: s3.aws.m.upbound.io/v1beta1, kind: BucketServerSideEncryptionConfiguration, metadata: {namespace: team-a}}",
			spec:   "{rule: [{applyServerSideEncryptionByDefault: {kmsMasterKeyIdRef: {name: key}}}]}",
			want:   "{rule: [{applyServerSideEncryptionByDefault: {kmsMasterKeyIdRef: {name: key}, kmsMasterKeyId: key-arn}}]}",
		},
		"ResolvedAlready": {
			reason: "A value that is there should stay.",
			kind:   "{apiVersion: iam.aws.upbound.io/v1beta1, kind: RolePolicyAttachment}",
			spec:   "{roleRef: {name: new}, role: shop-role}",
			want:   "{roleRef: {name: new}, role: shop-role}",
		},
		"ResolvedAlways": {
			reason: "A reference that is to be resolved always should replace a value.",
			kind:   "{apiVersion: iam.aws.upbound.io/v1beta1, kind: RolePolicyAttachment}",
			spec:   "{roleRef: {name: new, policy: {resolve: Always}}, role: shop-role}",
			want:   "{roleRef: {name: new, policy: {resolve: Always}}, role: new-role}",
		},
		"UnknownField": {
			reason: "A field that the provider does not know as a reference should be left alone.",
			kind:   "{apiVersion: iam.aws.upbound.io/v1beta1, kind: RolePolicyAttachment}",
			spec:   "{otherRef: {name: role}}",
			want:   "{otherRef: {name: role}}",
		},
		"NothingThere": {
			reason: "A reference to another kind's name should not be resolved.",
			kind:   "{apiVersion: iam.aws.upbound.io/v1beta1, kind: RolePolicyAttachment}",
			spec:   "{policyArnRef: {name: role}}",
			want:   "{policyArnRef: {name: role}}",
			err:    `cannot resolve references: spec.forProvider.policyArnRef: iam/Policy "role" does not exist`,
		},
		"NothingInNamespace": {
			reason: "A reference should not reach into another namespace.",
			kind:   "{apiVersion: s3.aws.m.upbound.io/v1beta1, kind: BucketPolicy, metadata: {namespace: team-a}}",
			spec:   "{bucketRef: {name: foreign}}",
			want:   "{bucketRef: {name: foreign}}",
			err:    `cannot resolve references: spec.forProvider.bucketRef: s3/Bucket "foreign" does not exist`,
		},
		"NoValueYet": {
			reason: "A reference to a resource that has no such value yet should say what it waits for, and where it stands.",
			kind:   "{apiVersion: cloudwatchlogs.aws.upbound.io/v1beta1, kind: SubscriptionFilter}",
			spec:   "{roleArnRef: {name: young}}",
			want:   "{roleArnRef: {name: young}}",
			err:    `cannot resolve references: spec.forProvider.roleArnRef: iam/Role "young" has no status.atProvider.arn`,
		},
		"NoValueYetInList": {
			reason: "The path of a reference within a list should have its index.",
			kind:   "{apiVersion: s3.aws.m.upbound.io/v1beta1, kind: BucketServerSideEncryptionConfiguration, metadata: {namespace: team-a}}",
			spec:   "{rule: [{}, {applyServerSideEncryptionByDefault: {kmsMasterKeyIdRef: {name: none}}}]}",
			want:   "{rule: [{}, {applyServerSideEncryptionByDefault: {kmsMasterKeyIdRef: {name: none}}}]}",
			err:    `cannot resolve references: spec.forProvider.rule[1].applyServerSideEncryptionByDefault.kmsMasterKeyIdRef: kms/Key "none" does not exist`,
		},
		"NoReference": {
			reason: "What stands where a reference should, but is none, refers to nothing.",
			kind:   "{apiVersion: iam.aws.upbound.io/v1beta1, kind: RolePolicyAttachment}",
			spec:   "{roleRef: role}",
			want:   "{roleRef: role}",
			err:    `cannot resolve references: spec.forProvider.roleRef: iam/Role "" does not exist`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			lookup := func(kind schema.GroupKind, name types.NamespacedName) *unstructured.Unstructured {
				if manifest, ok := there[kind.String()+" "+name.String()]; ok {
					return read(t, manifest)
				}
				return nil
			}
			u := read(t, tc.kind)
			u.Object["spec"] = map[string]any{"forProvider": read(t, tc.spec).Object}
			message := ""
			if err := resolve(u, lookup); err != nil {
				message = err.Error()
			}
			if diff := cmp.Diff(tc.err, message); diff != "" {
				t.Errorf("%s\nresolve(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			got, _, _ := unstructured.NestedMap(u.Object, "spec", "forProvider")
			if diff := cmp.Diff(read(t, tc.want).Object, got); diff != "" {
				t.Errorf("%s\nresolve(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
