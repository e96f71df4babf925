package desired

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/iam"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

func TestAccountInUse(t *testing.T) {
	cases := map[string]struct {
		reason string
		scope  scope.Scope
		shared string
		want   string
	}{
		"Namespaced": {
			reason: "The account is in the platform team's namespace, and the usage in the stack's.",
			scope:  scope.Namespaced,
			shared: "platform/shops",
			want: `{"apiVersion":"protection.crossplane.io/v1beta1","kind":"Usage","metadata":{"name":"shop-account-in-use","namespace":"team-a"},"spec":{
				"of":{"apiVersion":"platform.secure-ecommerce.dev/v1alpha1","kind":"SecureEcommerceAccount","resourceRef":{"name":"shops","namespace":"platform"}},
				"by":{"apiVersion":"s3.aws.m.upbound.io/v1beta1","kind":"Bucket","resourceRef":{"name":"shop-logs"}}}}`,
		},
		"Cluster": {
			reason: "There, the function knows the composite of the account.",
			scope:  scope.Cluster,
			shared: "shops-x7k2p",
			want: `{"apiVersion":"protection.crossplane.io/v1beta1","kind":"ClusterUsage","metadata":{"name":"shop-account-in-use"},"spec":{
				"of":{"apiVersion":"platform.secure-ecommerce.dev/v1alpha1","kind":"XSecureEcommerceAccount","resourceRef":{"name":"shops-x7k2p"}},
				"by":{"apiVersion":"s3.aws.m.upbound.io/v1beta1","kind":"Bucket","resourceRef":{"name":"shop-logs"}}}}`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := setOf(tc.scope, nil).settings
			s.Shared = &platform.Account{Name: tc.shared}
			bucket, err := structpb.NewStruct(parse(t, `{"apiVersion":"s3.aws.m.upbound.io/v1beta1","kind":"Bucket","metadata":{"name":"shop-logs"}}`))
			if err != nil {
				t.Fatal(err)
			}
			got := accountInUse(s, &Resource{Object: bucket})
			if diff := cmp.Diff(parse(t, tc.want), got.Object.AsMap()); diff != "" {
				t.Errorf("\n%s\naccountInUse(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestBefore(t *testing.T) {
	const labels = `"labels":{"platform.secure-ecommerce.dev/tier":"network"}`
	const usage = "group-used-by-writer"
	usageOf := func(version, kind, metadata, group string) map[string]any {
		return parse(t, `{"apiVersion":"protection.crossplane.io/v1beta1","kind":"`+kind+`","metadata":{"name":"shop-`+usage+`",`+labels+metadata+`},"spec":{
			"of":{"apiVersion":"`+group+`","kind":"VPC","resourceRef":{"name":"shop-group"}},
			"by":{"apiVersion":"`+version+`","kind":"RolePolicy","resourceRef":{"name":"shop-writer"}},"replayDeletion":true}}`)
	}
	cases := map[string]struct {
		reason string
		scope  scope.Scope
		keep   bool
		want   map[string]any
	}{
		"Namespaced": {
			reason: "Crossplane deletes what is used once its user is gone.",
			scope:  scope.Namespaced,
			want:   usageOf("iam.aws.m.upbound.io/v1beta1", "Usage", `,"namespace":"team-a"`, "ec2.aws.m.upbound.io/v1beta1"),
		},
		"Cluster": {
			reason: "Cluster-scoped resources have usages of their own.",
			scope:  scope.Cluster,
			want:   usageOf("iam.aws.upbound.io/v1beta1", "ClusterUsage", ``, "ec2.aws.upbound.io/v1beta1"),
		},
		"WhatStays": {
			reason: "What stays in AWS waits for nobody.",
			scope:  scope.Namespaced,
			keep:   true,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			set := setOf(tc.scope, nil)
			set.Add("group", vpc(), Keep(tc.keep))
			set.Add("writer", &iam.RolePolicy{}, Before("group", "not composed"))
			got, err := set.Resources()
			if err != nil {
				t.Fatalf("\n%s\nResources(): %v", tc.reason, err)
			}
			var object map[string]any
			for _, r := range got {
				if r.Resource == usage {
					object = r.Object.AsMap()
				}
			}
			if diff := cmp.Diff(tc.want, object); diff != "" {
				t.Errorf("\n%s\nusage: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestReleased(t *testing.T) {
	const (
		group  = `{"metadata":{"name":"shop-group","labels":{"platform.secure-ecommerce.dev/tier":"network"}},"spec":{"forProvider":{}}}`
		writer = `{"metadata":{"name":"shop-writer"},"spec":{"forProvider":{}}}`
		usedBy = `{"metadata":{"name":"usage"},"spec":{"by":{"kind":"RolePolicy"},"of":{"kind":"Group"},"replayDeletion":true}}`
		unused = `{"metadata":{"name":"usage"},"spec":{"reason":"no longer used by writer","of":{"kind":"Group"},"replayDeletion":true}}`
	)
	usage := composed.Usage("group", "writer")
	type held map[string]map[string]any
	cases := map[string]struct {
		reason   string
		observed map[string]string
		// stays reports whether the user is still desired.
		stays bool
		want  held
	}{
		"BothGo": {
			reason:   "The user goes first.",
			observed: map[string]string{"group": group, "writer": writer, usage: usedBy},
			want:     held{"group": nil, usage: parse(t, `{"by":{"kind":"RolePolicy"},"of":{"kind":"Group"},"replayDeletion":true}`)},
		},
		"UserIsGone": {
			reason:   "Then the usage.",
			observed: map[string]string{"group": group, usage: usedBy},
			want:     held{"group": nil},
		},
		"UsageIsGone": {
			reason:   "Then what was used.",
			observed: map[string]string{"group": group},
			want:     held{},
		},
		"BothAreGone": {
			reason:   "What neither is there of needs no order.",
			observed: map[string]string{usage: usedBy},
			want:     held{},
		},
		"UserStays": {
			reason:   "A usage would wait for its user for good.",
			observed: map[string]string{"group": group, "writer": writer, usage: usedBy},
			stays:    true,
			want:     held{"group": nil, usage: parse(t, `{"reason":"no longer used by writer","of":{"kind":"Group"},"replayDeletion":true}`), "writer": nil},
		},
		"UserIsOut": {
			reason:   "Once the user is taken out the usage can go.",
			observed: map[string]string{"group": group, "writer": writer, usage: unused},
			stays:    true,
			want:     held{"group": nil, "writer": nil},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			set := setOf(scope.Namespaced, tc.observed)
			if tc.stays {
				set.Add("writer", &ec2.EIP{})
			}
			resources, err := set.Resources()
			if err != nil {
				t.Fatalf("\n%s\nResources(): %v", tc.reason, err)
			}
			got := held{}
			for _, r := range resources {
				got[r.Resource] = nil
				if composed.IsUsage(r.Resource) {
					got[r.Resource], _ = r.Object.AsMap()["spec"].(map[string]any)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nheld: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// parse parses an object.
func parse(t *testing.T, object string) map[string]any {
	t.Helper()
	out := map[string]any{}
	if err := json.Unmarshal([]byte(object), &out); err != nil {
		t.Fatal(err)
	}
	return out
}
