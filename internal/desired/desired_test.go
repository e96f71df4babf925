package desired

import (
	"math"
	"strings"
	"testing"

	xpcommon "github.com/crossplane/crossplane-runtime/v2/apis/common"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	sdk "github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/iam"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// setOf returns an empty set of a stack, with observed resources in JSON.
func setOf(s scope.Scope, observed map[string]string) *Set {
	namespace := ""
	if s == scope.Namespaced {
		namespace = "team-a"
	}
	req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{}}}
	for resourceName, object := range observed {
		req.Observed.Resources[resourceName] = &fnv1.Resource{Resource: sdk.MustStructJSON(object)}
	}
	return NewSet(&settings.Settings{
		Identity:       claim.Identity{Composite: "shop", Namespace: namespace, Scope: s},
		Region:         "eu-west-1",
		Stack:          "shop-x",
		Tags:           map[string]string{"team": "a"},
		ProviderConfig: xpcommon.ProviderConfigReference{Kind: "ClusterProviderConfig", Name: "default"},
	}, facts.From(req)).Tier("network")
}

func vpc() *ec2.VPC {
	return &ec2.VPC{Spec: ec2.VPCSpec{ForProvider: ec2.VPCParameters_2{CidrBlock: new("10.0.0.0/16")}}}
}

func TestAdd(t *testing.T) {
	unknown := facts.Fact{Resource: "key", Path: "arn"}
	type want struct {
		object string
		waits  []facts.Fact
		proofs []facts.Fact
	}
	tags := `"tags":{"team":"a","Name":"shop-x-thing"}`
	labels := `"labels":{"platform.secure-ecommerce.dev/tier":"network"}`
	cases := map[string]struct {
		reason   string
		scope    scope.Scope
		observed string
		resource models.Managed
		options  []Option
		want     want
	}{
		"WhatAllResourcesShare": {
			reason:   "Name, namespace, provider config, region and tags need no word of the tier.",
			scope:    scope.Namespaced,
			resource: vpc(),
			want: want{object: `{"apiVersion":"ec2.aws.m.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-thing",` + labels + `,"namespace":"team-a"},
				"spec":{"forProvider":{"cidrBlock":"10.0.0.0/16","region":"eu-west-1",` + tags + `},"providerConfigRef":{"kind":"ClusterProviderConfig","name":"default"}}}`},
		},
		"ClusterScope": {
			reason:   "The other scope has neither namespace nor kind of provider config.",
			scope:    scope.Cluster,
			resource: vpc(),
			options:  []Option{Keep(true)},
			want: want{object: `{"apiVersion":"ec2.aws.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-thing",` + labels + `},
				"spec":{"deletionPolicy":"Orphan","managementPolicies":["Observe","Create","Update","LateInitialize"],"forProvider":{"cidrBlock":"10.0.0.0/16","region":"eu-west-1",` + tags + `},"providerConfigRef":{"name":"default"}}}`},
		},
		"OwnRegion": {
			reason:   "A tier may put a resource elsewhere.",
			scope:    scope.Namespaced,
			resource: &ec2.EIP{Spec: ec2.EIPSpec{ForProvider: ec2.EIPParameters{Region: new("us-east-1")}}},
			options:  []Option{Keep(false)},
			want: want{object: `{"apiVersion":"ec2.aws.m.upbound.io/v1beta1","kind":"EIP","metadata":{"name":"shop-thing",` + labels + `,"namespace":"team-a"},
				"spec":{"forProvider":{"region":"us-east-1",` + tags + `},"providerConfigRef":{"kind":"ClusterProviderConfig","name":"default"}}}`},
		},
		"OwnTags": {
			reason:   "A tier may say all tags of a resource that takes few.",
			scope:    scope.Namespaced,
			resource: &ec2.EIP{Spec: ec2.EIPSpec{ForProvider: ec2.EIPParameters{Tags: map[string]*string{"stack": new("shop-x")}}}},
			options:  []Option{Keep(false)},
			want: want{object: `{"apiVersion":"ec2.aws.m.upbound.io/v1beta1","kind":"EIP","metadata":{"name":"shop-thing",` + labels + `,"namespace":"team-a"},
				"spec":{"forProvider":{"region":"eu-west-1","tags":{"stack":"shop-x"}},"providerConfigRef":{"kind":"ClusterProviderConfig","name":"default"}}}`},
		},
		"NoRegionNoTags": {
			reason:   "Kinds without region and tags get none.",
			scope:    scope.Namespaced,
			resource: &iam.RolePolicy{},
			options:  []Option{Named("logs"), Keep(true)},
			want: want{object: `{"apiVersion":"iam.aws.m.upbound.io/v1beta1","kind":"RolePolicy","metadata":{"name":"shop-thing",` + labels + `,"namespace":"team-a","annotations":{"crossplane.io/external-name":"logs"}},
				"spec":{"forProvider":{},"managementPolicies":["Observe","Create","Update"],"providerConfigRef":{"kind":"ClusterProviderConfig","name":"default"}}}`},
		},
		"SharedWithTheAccount": {
			reason:   "What others use too is made if it is missing, and otherwise left alone.",
			scope:    scope.Cluster,
			resource: &iam.RolePolicy{},
			options:  []Option{Named("logs"), Shared()},
			want: want{object: `{"apiVersion":"iam.aws.upbound.io/v1beta1","kind":"RolePolicy","metadata":{"name":"shop-thing",` + labels + `,"annotations":{"crossplane.io/external-name":"logs"}},
				"spec":{"forProvider":{},"managementPolicies":["Observe","Create"],"providerConfigRef":{"name":"default"}}}`},
		},
		"OnlyWatched": {
			reason:   "What is somebody else's still is looked at, and stays.",
			scope:    scope.Cluster,
			resource: &iam.RolePolicy{},
			options:  []Option{Named("logs"), Keep(true), Observed(true)},
			want: want{object: `{"apiVersion":"iam.aws.upbound.io/v1beta1","kind":"RolePolicy","metadata":{"name":"shop-thing",` + labels + `,"annotations":{"crossplane.io/external-name":"logs"}},
				"spec":{"forProvider":{},"managementPolicies":["Observe"],"providerConfigRef":{"name":"default"}}}`},
		},
		"ObservedNamesWin": {
			reason:   "Neither the object's name nor the name in AWS ever changes.",
			scope:    scope.Namespaced,
			observed: `{"metadata":{"name":"older","annotations":{"crossplane.io/external-name":"older-in-aws"}}}`,
			resource: &iam.RolePolicy{},
			options:  []Option{Named("logs")},
			want: want{object: `{"apiVersion":"iam.aws.m.upbound.io/v1beta1","kind":"RolePolicy","metadata":{"name":"older",` + labels + `,"namespace":"team-a","annotations":{"crossplane.io/external-name":"older-in-aws"}},
				"spec":{"forProvider":{},"managementPolicies":["Observe","Create","Update","Delete"],"providerConfigRef":{"kind":"ClusterProviderConfig","name":"default"}}}`},
		},
		"ProviderMadeNamesAreTheProviders": {
			reason:   "A name that the provider made is not ours to repeat. Once it is known, nothing is late-initialised any more.",
			scope:    scope.Namespaced,
			observed: `{"metadata":{"name":"shop-thing","annotations":{"crossplane.io/external-name":"vpc-1"}}}`,
			resource: vpc(),
			want: want{object: `{"apiVersion":"ec2.aws.m.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-thing",` + labels + `,"namespace":"team-a"},
				"spec":{"forProvider":{"cidrBlock":"10.0.0.0/16","region":"eu-west-1",` + tags + `},"managementPolicies":["Observe","Create","Update","Delete"],"providerConfigRef":{"kind":"ClusterProviderConfig","name":"default"}}}`},
		},
		"ProviderMadeNamesOfWhatStays": {
			reason:   "Made once more while the stack is being deleted, it must find what stayed in AWS.",
			scope:    scope.Namespaced,
			observed: `{"metadata":{"name":"shop-thing","annotations":{"crossplane.io/external-name":"vpc-1"}}}`,
			resource: &iam.RolePolicy{},
			options:  []Option{Keep(true)},
			want: want{object: `{"apiVersion":"iam.aws.m.upbound.io/v1beta1","kind":"RolePolicy","metadata":{"name":"shop-thing",` + labels + `,"namespace":"team-a","annotations":{"crossplane.io/external-name":"vpc-1"}},
				"spec":{"forProvider":{},"managementPolicies":["Observe","Create","Update"],"providerConfigRef":{"kind":"ClusterProviderConfig","name":"default"}}}`},
		},
		"Waits": {
			reason:   "A resource that waits and does not exist is not desired yet.",
			scope:    scope.Cluster,
			resource: vpc(),
			options:  []Option{Needs(facts.Fact{Resource: "a", Path: "b", Value: "known"}, unknown)},
			want:     want{waits: []facts.Fact{unknown}},
		},
		"WaitsButExists": {
			reason: "A resource that waits but exists stays as it is; of its status and machinery nothing is ours.",
			scope:  scope.Cluster,
			observed: `{"apiVersion":"ec2.aws.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-thing","uid":"1","annotations":{"crossplane.io/external-name":"vpc-1","other":"x"}},
				"spec":{"forProvider":{"cidrBlock":"10.9.0.0/16"}},"status":{"atProvider":{"id":"vpc-1"}}}`,
			resource: vpc(),
			options:  []Option{Needs(unknown)},
			want: want{waits: []facts.Fact{unknown}, object: `{"apiVersion":"ec2.aws.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-thing",` + labels + `,"annotations":{"crossplane.io/external-name":"vpc-1"}},
				"spec":{"forProvider":{"cidrBlock":"10.9.0.0/16"}}}`},
		},
		"Proofs": {
			reason:   "What must be known before it counts as ready is passed on.",
			scope:    scope.Cluster,
			resource: vpc(),
			options:  []Option{ReadyWhen(unknown)},
			want: want{proofs: []facts.Fact{unknown}, object: `{"apiVersion":"ec2.aws.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"shop-thing",` + labels + `},
				"spec":{"forProvider":{"cidrBlock":"10.0.0.0/16","region":"eu-west-1",` + tags + `},"providerConfigRef":{"name":"default"}}}`},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			observed := map[string]string{}
			if tc.observed != "" {
				observed["thing"] = tc.observed
			}
			set := setOf(tc.scope, observed)
			set.Add("thing", tc.resource, tc.options...)
			got, err := set.Resources()
			if err != nil {
				t.Fatalf("\n%s\nResources(): %v", tc.reason, err)
			}
			var object map[string]any
			if tc.want.object != "" {
				object = sdk.MustStructJSON(tc.want.object).AsMap()
			}
			if diff := cmp.Diff(object, got[0].Object.AsMap(), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("\n%s\nobject: -want, +got:\n%s", tc.reason, diff)
			}
			want := Resource{Resource: "thing", Tier: "network", Waits: tc.want.waits, Proofs: tc.want.proofs}
			if diff := cmp.Diff(want, got[0], cmpopts.IgnoreFields(Resource{}, "Object")); diff != "" {
				t.Errorf("\n%s\nresource: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestIn(t *testing.T) {
	set := setOf(scope.Cluster, nil)
	there := set.In("eu-central-1").Tier("storage")
	there.Add("there", vpc())
	set.Add("here", vpc())
	resources, err := set.Resources()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range resources {
		parameters := r.Object.GetFields()["spec"].GetStructValue().GetFields()["forProvider"].GetStructValue().GetFields()
		got[r.Resource] = r.Tier + " " + parameters["region"].GetStringValue()
	}
	if diff := cmp.Diff(map[string]string{"here": "network eu-west-1", "there": "storage eu-central-1"}, got); diff != "" {
		t.Errorf("\nOnly what is added there is in the other region.\nIn(...): -want, +got:\n%s", diff)
	}
}

func TestHold(t *testing.T) {
	set := setOf(scope.Cluster, map[string]string{"old": `{"kind":"Certificate","apiVersion":"acm.aws.upbound.io/v1beta2","metadata":{"name":"shop-old"},"spec":{"forProvider":{"region":"us-east-1"}}}`})
	set.Hold("old")
	got, err := set.Resources()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"kind": "Certificate", "apiVersion": "acm.aws.upbound.io/v1beta2", "metadata": map[string]any{"name": "shop-old", "labels": map[string]any{LabelTier: "network"}}, "spec": map[string]any{"forProvider": map[string]any{"region": "us-east-1"}}}
	if diff := cmp.Diff(want, got[0].Object.AsMap()); diff != "" {
		t.Errorf("\nWhat another resource still uses stays as it is.\nHold(...): -want, +got:\n%s", diff)
	}
}

func TestResources(t *testing.T) {
	cases := map[string]struct {
		reason string
		add    func(*Set)
		want   []string
		// wantErr is a prefix of the error's text.
		wantErr string
	}{
		"Sorted": {
			reason: "The order of adding does not show.",
			add: func(s *Set) {
				s.Tier("b").Add("second", vpc())
				s.Tier("a").Add("first", vpc())
			},
			want: []string{"first", "second"},
		},
		"Twice": {
			reason: "Two resources with one name would replace each other from call to call.",
			add: func(s *Set) {
				s.Add("vpc", vpc())
				s.Add("vpc", vpc())
			},
			want:    []string{"vpc", "vpc"},
			wantErr: "two resources have the name vpc",
		},
		"UnknownKind": {
			reason:  "A kind whose group was not made known to the scope adapter cannot be written.",
			add:     func(s *Set) { s.Add("table", &table{}) },
			want:    []string{"table"},
			wantErr: "cannot encode table: *desired.table is not a managed resource",
		},
		"NotJSON": {
			reason: "A number that JSON does not have cannot be written.",
			add: func(s *Set) {
				s.Add("vpc", &ec2.VPC{Spec: ec2.VPCSpec{ForProvider: ec2.VPCParameters_2{IPv4NetmaskLength: new(math.NaN())}}})
			},
			want:    []string{"vpc"},
			wantErr: "cannot encode vpc: cannot encode *ec2.VPC",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			set := setOf(scope.Cluster, nil)
			tc.add(set)
			resources, err := set.Resources()
			var got []string
			for _, r := range resources {
				got = append(got, r.Resource)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nResources(): -want, +got:\n%s", tc.reason, diff)
			}
			if (err == nil) != (tc.wantErr == "") || err != nil && !strings.HasPrefix(err.Error(), tc.wantErr) {
				t.Errorf("\n%s\nResources(): want error %q, got %v", tc.reason, tc.wantErr, err)
			}
		})
	}
}

// TestPlanned verifies that a stack shows all of its resources before they can be
// created.
func TestPlanned(t *testing.T) {
	set := setOf(scope.Cluster, map[string]string{"kept": `{"apiVersion":"ec2.aws.upbound.io/v1beta1","kind":"VPC","metadata":{"name":"kept"},"spec":{"forProvider":{"cidrBlock":"10.9.0.0/16"}}}`})
	waits := Needs(facts.Fact{Resource: "key", Path: "arn"})
	set.Add("made", vpc())
	set.Add("waits", vpc(), waits)
	set.Add("kept", vpc(), waits)
	cidrs := func(resources []Resource, err error) map[string]string {
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, r := range resources {
			spec := r.Object.GetFields()["spec"].GetStructValue().GetFields()["forProvider"].GetStructValue().GetFields()
			out[r.Resource] = spec["cidrBlock"].GetStringValue()
		}
		return out
	}
	want := map[string]string{"made": "10.0.0.0/16", "waits": "10.0.0.0/16", "kept": "10.0.0.0/16"}
	if diff := cmp.Diff(want, cidrs(set.Planned())); diff != "" {
		t.Errorf("\nWhat waits is planned as it will be.\nPlanned(): -want, +got:\n%s", diff)
	}
	want["waits"], want["kept"] = "", "10.9.0.0/16"
	if diff := cmp.Diff(want, cidrs(set.Resources())); diff != "" {
		t.Errorf("\nUntil then it is as it was.\nResources(): -want, +got:\n%s", diff)
	}
}

func TestReferences(t *testing.T) {
	set := setOf(scope.Cluster, map[string]string{"older": `{"metadata":{"name":"named-otherwise"}}`})
	if diff := cmp.Diff("shop-vpc", set.Ref("vpc").Name); diff != "" {
		t.Errorf("\nA reference is by the name that the resource gets.\nRef(...): -want, +got:\n%s", diff)
	}
	if set.Ref("vpc").Policy != nil {
		t.Error("\nWhat never changes is resolved once.\nRef(...): has a policy")
	}
	if diff := cmp.Diff("named-otherwise", set.Ref("older").Name); diff != "" {
		t.Errorf("\nA reference is by the name that the resource has.\nRef(...): -want, +got:\n%s", diff)
	}
	live := set.LiveRefs("a", "b")
	if diff := cmp.Diff([]string{"shop-a", "shop-b"}, []string{live[0].Name, live[1].Name}); diff != "" {
		t.Errorf("\nReferences keep their order.\nLiveRefs(...): -want, +got:\n%s", diff)
	}
	if !live[0].Policy.IsResolvePolicyAlways() {
		t.Error("\nWhat an edit may exchange is resolved every time, or the provider keeps the first one.\nLiveRefs(...): no policy")
	}
}

// table is a managed resource of an unknown kind.
type table struct{ ec2.VPC }
