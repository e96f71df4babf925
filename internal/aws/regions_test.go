package aws

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
)

func TestPartitionOf(t *testing.T) {
	cases := map[string]struct {
		reason string
		region string
		want   Partition
	}{
		"Commercial": {
			reason: "Most regions are in AWS proper, whose CloudFront logs as the user that its documentation names.",
			region: "eu-west-1",
			want: Partition{
				Name: "aws", DNSSuffix: "amazonaws.com", CloudFront: true,
				LogDelivery: "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
				CodeSigning: true, Macie: true, Contacts: true, ConformancePacks: true, EndpointServices: true,
			},
		},
		"UnitedStates": {
			reason: "Not all of the United States is GovCloud.",
			region: "us-east-1",
			want:   Commercial,
		},
		"China": {
			reason: "China has names of its own, and a CloudFront that cannot serve the stack.",
			region: "cn-northwest-1",
			want:   Partition{Name: "aws-cn", DNSSuffix: "amazonaws.com.cn"},
		},
		"GovCloud": {
			reason: "GovCloud has ARNs of its own, but no CloudFront.",
			region: "us-gov-west-1",
			want:   Partition{Name: "aws-us-gov", DNSSuffix: "amazonaws.com", ConformancePacks: true, EndpointServices: true},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, PartitionOf(tc.region)); diff != "" {
				t.Errorf("\n%s\nPartitionOf(%q): -want, +got:\n%s", tc.reason, tc.region, diff)
			}
		})
	}
}

func TestZones(t *testing.T) {
	cases := map[string]struct {
		reason string
		region string
		want   []string
	}{
		"Usual": {
			reason: "A zone is its region and a letter.",
			region: "eu-west-1",
			want:   []string{"eu-west-1a", "eu-west-1b", "eu-west-1c"},
		},
		"Closed": {
			reason: "New accounts are not offered ap-northeast-1b.",
			region: "ap-northeast-1",
			want:   []string{"ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"},
		},
		"Unknown": {
			reason: "An unknown region has no zones.",
			region: "eu-west-9",
			want:   []string{},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Zones(tc.region)); diff != "" {
				t.Errorf("\n%s\nZones(%q): -want, +got:\n%s", tc.reason, tc.region, diff)
			}
		})
	}
}

// Every region has distinct zones in alphabetical order, and at least the two that
// a stack needs.
func TestZonesOfEveryRegion(t *testing.T) {
	for _, region := range Regions() {
		zones := Zones(region)
		if len(zones) < 2 {
			t.Errorf("Zones(%q): %v has no room for a stack", region, zones)
		}
		if !slices.IsSorted(zones) || len(slices.Compact(slices.Clone(zones))) != len(zones) {
			t.Errorf("Zones(%q): %v are not in order, or one is there twice", region, zones)
		}
	}
}

// The API validates only the format of regions, so that AWS can add some. All known
// regions match it.
func TestRegionsHaveTheFormOfTheAPI(t *testing.T) {
	s := claim.Schema()
	for _, region := range Regions() {
		object := map[string]any{"spec": map[string]any{"region": region}}
		s.Default(object)
		if errs := s.Validate(object); len(errs) > 0 {
			t.Errorf("%s: %v", region, errs)
		}
	}
}

func TestGlobalRegion(t *testing.T) {
	if diff := cmp.Diff("us-east-1", GlobalRegion); diff != "" {
		t.Errorf("\nCloudFront takes certificates and web ACLs from northern Virginia only.\nGlobalRegion: -want, +got:\n%s", diff)
	}
}

// All other regions are in the partition aws.
func TestPartitionsOfRegions(t *testing.T) {
	got := map[string][]string{}
	for _, region := range Regions() {
		if name := PartitionOf(region).Name; name != Commercial.Name {
			got[name] = append(got[name], region)
		}
	}
	want := map[string][]string{
		"aws-cn":     {"cn-north-1", "cn-northwest-1"},
		"aws-us-gov": {"us-gov-east-1", "us-gov-west-1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("PartitionOf(...): -want, +got:\n%s", diff)
	}
}
