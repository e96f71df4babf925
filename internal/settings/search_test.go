package settings

import (
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// The search domain depends on size, environment and observed resources.
func TestSearch(t *testing.T) {
	path := field.NewPath("spec", "search")
	runs := func(version string) string {
		return `{"spec":{"forProvider":{"domainName":"old","engineVersion":"OpenSearch_` + version + `"}},"status":{"atProvider":{"engineVersion":"OpenSearch_` + version + `"}}}`
	}
	two, three := Network{Zones: make([]Zone, 2)}, Network{Zones: make([]Zone, 3)}
	small := Search{
		Domain: "shop-12345678", Version: "2.19", InstanceType: "t3.small.search", Instances: 2, Zones: 2, StorageGiB: 10, IOPS: 3000, Throughput: 125, Hour: 22, Protected: true,
	}
	with := func(change func(*Search)) *Search {
		out := small
		change(&out)
		return &out
	}
	cases := map[string]struct {
		reason      string
		spec        v1alpha1.SearchSpec
		environment v1alpha1.Environment
		size        v1alpha1.Size
		policy      v1alpha1.DeletionPolicy
		stack       string
		network     Network
		observed    string
		want        *Search
		pinned      []string
		warnings    []string
		refused     field.ErrorList
	}{
		"Default": {reason: "Production has a node in each of two zones.", want: &small},
		"Development": {
			reason: "One node will do, and goes with the stack.", environment: v1alpha1.EnvironmentDevelopment, policy: v1alpha1.DeletionPolicyDelete,
			want: with(func(s *Search) { s.Instances, s.Zones, s.Protected = 1, 1, false }),
		},
		"Unprotected":     {reason: "Who says so in so many words loses it.", spec: v1alpha1.SearchSpec{DeletionProtection: new(false)}, want: with(func(s *Search) { s.Protected = false })},
		"DeleteAnyway":    {reason: "A domain that stays would keep the stack's deletion from its end.", spec: v1alpha1.SearchSpec{DeletionProtection: new(true)}, policy: v1alpha1.DeletionPolicyDelete, want: with(func(s *Search) { s.Protected = false })},
		"OneInProduction": {reason: "One node is in one zone.", spec: v1alpha1.SearchSpec{Instances: new(int32(1))}, want: with(func(s *Search) { s.Instances, s.Zones = 1, 1 })},
		"Large": {
			reason: "A larger one is tuned automatically.", size: v1alpha1.SizeLarge,
			want: with(func(s *Search) { s.InstanceType, s.StorageGiB, s.AutoTune = "m6g.large.search", 50, true }),
		},
		"XLarge": {
			reason: "The largest preset.", size: v1alpha1.SizeXLarge,
			want: with(func(s *Search) { s.InstanceType, s.StorageGiB, s.AutoTune = "r6g.xlarge.search", 100, true }),
		},
		"Medium": {reason: "More of the same.", size: v1alpha1.SizeMedium, want: with(func(s *Search) { s.InstanceType, s.StorageGiB = "t3.medium.search", 20 })},
		"Masters": {
			reason: "They are on the processors of the data nodes, and large storage is faster.",
			spec:   v1alpha1.SearchSpec{InstanceType: "r5.large.search", DedicatedMasters: true, StorageGiB: new(int32(2000)), SoftwareUpdateTime: "03:30"},
			want: with(func(s *Search) {
				s.InstanceType, s.MasterType, s.AutoTune, s.StorageGiB, s.IOPS, s.Throughput, s.Hour, s.Minute = "r5.large.search", "m5.large.search", true, 2000, 6000, 250, 3, 30
			}),
		},
		"MastersOnGraviton": {
			reason: "As above.", spec: v1alpha1.SearchSpec{InstanceType: "or1.large.search", DedicatedMasters: true},
			want: with(func(s *Search) {
				s.InstanceType, s.MasterType, s.AutoTune = "or1.large.search", "m6g.large.search", true
			}),
		},
		"ThreeZones": {reason: "A node in each of three zones.", spec: v1alpha1.SearchSpec{Instances: new(int32(3))}, network: three, want: with(func(s *Search) { s.Instances, s.Zones = 3, 3 })},
		"Attached": {
			reason: "Subnets that exist are zones.", spec: v1alpha1.SearchSpec{Instances: new(int32(6))},
			network: Network{Existing: &v1alpha1.ExistingNetwork{DatabaseSubnetIDs: []string{"a", "b", "c"}}}, want: with(func(s *Search) { s.Instances, s.Zones = 6, 3 }),
		},
		"Uneven": {
			reason: "Three nodes are not spread evenly over two zones.", spec: v1alpha1.SearchSpec{Instances: new(int32(3))},
			refused: field.ErrorList{field.Invalid(path.Child("instances"), 3, "must be a multiple of the number of zones (2): use 2 or 4, or set multiAZ to false")},
		},
		"SmallMasters": {
			reason: "The size says what the schema cannot see.", spec: v1alpha1.SearchSpec{DedicatedMasters: true},
			refused: field.ErrorList{field.Invalid(path.Child("dedicatedMasters"), true, "is not available for instance type t3.small.search: use another instance type, such as m6g.large.search, or remove dedicatedMasters")},
		},
		"SmallStorage": {
			reason: "T3 has little.", spec: v1alpha1.SearchSpec{StorageGiB: new(int32(101))},
			refused: field.ErrorList{field.Invalid(path.Child("storageGiB"), 101, "t3.small.search supports at most 100 GiB: lower storageGiB, or use a larger instanceType")},
		},
		"LongName": {
			reason: "Names of domains are short.", stack: "a-shop-with-quite-a-long-name-12345678", want: with(func(s *Search) { s.Domain = "a-shop-with-quite-a-nkbt57ut" }),
		},
		"NameStays": {reason: "What was observed wins.", observed: runs("2.19"), want: with(func(s *Search) { s.Domain = "old" })},
		"Upgrade":   {reason: "Within a major version there is a way from any.", observed: runs("2.3"), want: with(func(s *Search) { s.Domain = "old" })},
		"NextMajor": {reason: "From the last one before.", spec: v1alpha1.SearchSpec{Version: "3.1"}, observed: runs("2.19"), want: with(func(s *Search) { s.Domain, s.Version = "old", "3.1" })},
		"NoWay": {
			reason: "AWS upgrades to 3 from 2.19 only.", spec: v1alpha1.SearchSpec{Version: "3.1"}, observed: runs("2.11"),
			refused: field.ErrorList{field.Invalid(path.Child("version"), "3.1", "the domain cannot be upgraded directly from 2.11 to 3.1: set version to 2.19, wait until the domain is ready, then set version to 3.1")},
		},
		"Downgrade": {
			reason: "AWS takes nothing back.", observed: runs("3.1"), want: with(func(s *Search) { s.Domain, s.Version = "old", "3.1" }),
			pinned: []string{`spec.search.version: the change to "2.19" is not supported; the stack keeps "3.1"`},
		},
		"NewVersion": {
			reason: "What AWS adds needs no release, but a word.", spec: v1alpha1.SearchSpec{Version: "3.9"}, want: with(func(s *Search) { s.Version = "3.9" }),
			warnings: []string{"spec.search.version: this version of the function does not know OpenSearch 3.9 (known versions: 1.0, 1.1, 1.2, 1.3, 2.3, 2.5, 2.7, 2.9, 2.11, 2.13, 2.15, 2.17, 2.19, 3.1, 3.3); AWS rejects the OpenSearch version if it is not available"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{}}}
			if tc.observed != "" {
				req.Observed.Resources[composed.SearchDomain] = &fnv1.Resource{Resource: resource.MustStructJSON(tc.observed)}
			}
			c := &claim.Claim{Spec: v1alpha1.SecureEcommerceSpec{Environment: v1alpha1.EnvironmentProduction, Size: v1alpha1.SizeSmall, Search: &tc.spec}}
			if tc.environment != "" {
				c.Spec.Environment = tc.environment
			}
			if tc.size != "" {
				c.Spec.Size = tc.size
			}
			policy, stack, network := v1alpha1.DeletionPolicyRetain, "shop-12345678", two
			if tc.policy != "" {
				policy = tc.policy
			}
			if tc.stack != "" {
				stack = tc.stack
			}
			if tc.network.Existing != nil || tc.network.Zones != nil {
				network = tc.network
			}
			d := &decision{claim: c, observed: facts.From(req)}
			got, refused := d.search(stack, policy, network)
			if diff := cmp.Diff(tc.refused, refused); diff != "" {
				t.Fatalf("\n%s\nsearch(...): -want errors, +got:\n%s", tc.reason, diff)
			}
			if len(refused) > 0 {
				return
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nsearch(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.pinned, d.pinned); diff != "" {
				t.Errorf("\n%s\npinned: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.warnings, d.warnings); diff != "" {
				t.Errorf("\n%s\nwarnings: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
