package simulator

import (
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func TestLateInitialize(t *testing.T) {
	const address = `apiVersion: ec2.aws.m.upbound.io/v1beta1, kind: EIP`
	cases := map[string]struct {
		reason string
		object string
		want   map[string]any
	}{
		"AllPolicies": {
			reason: "What nobody asked for should be filled in if the provider may do everything.",
			object: `{apiVersion: sqs.aws.m.upbound.io/v1beta1, kind: Queue, metadata: {name: a}, spec: {managementPolicies: ["*"], forProvider: {region: eu-west-1, name: q, maxMessageSize: 1024}}}`,
			want:   map[string]any{"region": "eu-west-1", "name": "q", "maxMessageSize": float64(1024), "visibilityTimeoutSeconds": int64(30), "kmsDataKeyReusePeriodSeconds": int64(300)},
		},
		"OwnPolicy": {
			reason: "The policy of its own should do as well.",
			object: `{apiVersion: kms.aws.m.upbound.io/v1beta1, kind: Key, metadata: {name: a}, spec: {managementPolicies: [Observe, LateInitialize], forProvider: {region: eu-west-1}}}`,
			want:   map[string]any{"region": "eu-west-1", "customerMasterKeySpec": "SYMMETRIC_DEFAULT"},
		},
		"Forbidden": {
			reason: "Nothing should be filled in if the policies do not allow it.",
			object: `{apiVersion: kms.aws.m.upbound.io/v1beta1, kind: Key, metadata: {name: a}, spec: {managementPolicies: [Observe, Create, Update, Delete], forProvider: {region: eu-west-1}}}`,
			want:   map[string]any{"region": "eu-west-1"},
		},
		"NotYet": {
			reason: "What AWS knows later than the name should not be there with the name.",
			object: `{` + address + `, metadata: {name: a}, spec: {forProvider: {region: eu-west-1}}}`,
			want:   map[string]any{"region": "eu-west-1"},
		},
		"Restored": {
			reason: "What a database has of the one that it was made from should be filled in.",
			object: `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, metadata: {name: a}, spec: {forProvider: {region: eu-west-1, engine: postgres, engineVersion: "16", iops: 3000, storageThroughput: 125, optionGroupName: "default:postgres-16", snapshotIdentifier: some-snapshot}}}`,
			want: map[string]any{
				"region": "eu-west-1", "engine": "postgres", "engineVersion": "16", "iops": float64(3000), "storageThroughput": float64(125), "optionGroupName": "default:postgres-16", "snapshotIdentifier": "some-snapshot",
				"backupTarget": "region", "databaseInsightsMode": "standard", "engineLifecycleSupport": "open-source-rds-extended-support", "licenseModel": "general-public-license", "networkType": "IPV4",
				"kmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/" + uuid("rds/Instance//a"), "username": "shop",
			},
		},
		"Afterwards": {
			reason: "What AWS knows later should be filled in once the resource has a name.",
			object: `{` + address + `, metadata: {name: a, annotations: {crossplane.io/external-name: eipalloc-1}}, spec: {forProvider: {region: eu-west-1}}}`,
			want:   map[string]any{"region": "eu-west-1", "networkInterface": "eni-" + object{external: "eipalloc-1"}.word("hex:17:id")},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			u := read(t, tc.object)
			if err := (AWS{}).Play(u, nowhere); err != nil {
				t.Fatal(err)
			}
			got, _, _ := unstructured.NestedMap(u.Object, "spec", "forProvider")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nPlay(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestKeepLate verifies that late-initialized fields are kept unless the function
// sets them, because Crossplane does not own them.
func TestKeepLate(t *testing.T) {
	resource := func(manifest string) map[string]*fnv1.Resource {
		s, err := structpb.NewStruct(read(t, manifest).Object)
		if err != nil {
			t.Fatal(err)
		}
		return map[string]*fnv1.Resource{"key": {Resource: s}}
	}
	const key = `apiVersion: kms.aws.m.upbound.io/v1beta1, kind: Key, metadata: {name: a}`
	earlier := resource(`{` + key + `, spec: {forProvider: {region: eu-west-1, customerMasterKeySpec: RSA_2048, description: gone}}}`)
	cases := map[string]struct {
		reason  string
		desired string
		want    map[string]any
	}{
		"Kept": {
			reason:  "A late-initialised value should stay when the policy is gone; what Crossplane applied once should not.",
			desired: `{` + key + `, spec: {managementPolicies: [Observe], forProvider: {region: eu-west-1}}}`,
			want:    map[string]any{"region": "eu-west-1", "customerMasterKeySpec": "RSA_2048"},
		},
		"Composed": {
			reason:  "A value that the function composes should win.",
			desired: `{` + key + `, spec: {managementPolicies: [Observe], forProvider: {region: eu-west-1, customerMasterKeySpec: HMAC_256}}}`,
			want:    map[string]any{"region": "eu-west-1", "customerMasterKeySpec": "HMAC_256"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			observed, err := AWS{}.Observe(resource(tc.desired), earlier)
			if err != nil {
				t.Fatal(err)
			}
			got, _, _ := unstructured.NestedMap(observed["key"].GetResource().AsMap(), "spec", "forProvider")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nObserve(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
