package aws

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis"
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
			want:   Partition{Name: "aws-us-gov", DNSSuffix: "amazonaws.com"},
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

// Every region has zones in order, none twice, and the two that any stack needs.
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

// enum is the values that the API takes for a field.
type enum struct {
	Enum []string `json:"enum"`
}

// The API refuses an unknown region with the list of known ones; both lists
// must be the same.
func TestRegionsAgreeWithAPI(t *testing.T) {
	xrd := struct {
		Spec struct {
			Versions []struct {
				Schema struct {
					OpenAPIV3Schema struct {
						Properties struct {
							Spec struct {
								Properties struct {
									Region enum `json:"region"`
									Assets struct {
										Properties struct {
											Replica struct {
												Properties struct {
													Region enum `json:"region"`
												} `json:"properties"`
											} `json:"replica"`
										} `json:"properties"`
									} `json:"assets"`
								} `json:"properties"`
							} `json:"spec"`
						} `json:"properties"`
					} `json:"openAPIV3Schema"`
				} `json:"schema"`
			} `json:"versions"`
		} `json:"spec"`
	}{}
	if err := yaml.Unmarshal(apis.ClaimDefinition, &xrd); err != nil {
		t.Fatal(err)
	}
	for _, v := range xrd.Spec.Versions {
		spec := v.Schema.OpenAPIV3Schema.Properties.Spec.Properties
		if diff := cmp.Diff(Regions(), spec.Region.Enum); diff != "" {
			t.Errorf("Regions of the API: -want, +got:\n%s", diff)
		}
		if diff := cmp.Diff(Regions(), spec.Assets.Properties.Replica.Properties.Region.Enum); diff != "" {
			t.Errorf("Regions of a replica: -want, +got:\n%s", diff)
		}
	}
}

// The API refuses more zones than a region has, so that an app team learns it
// when it applies the claim. It must refuse no fewer, and allow no more, than
// the table has.
func TestZonesAgreeWithAPI(t *testing.T) {
	s := claim.Schema()
	for _, region := range Regions() {
		for count := 2; count <= 4; count++ {
			object := map[string]any{"spec": map[string]any{
				"region":  region,
				"network": map[string]any{"availabilityZones": int64(count)},
			}}
			s.Default(object)
			errs := s.Validate(object)
			if allowed, has := len(errs) == 0, len(Zones(region)) >= count; allowed != has {
				t.Errorf("%d zones in %s: the API allows it: %t, the region has them: %t", count, region, allowed, has)
			}
			for _, e := range errs {
				if diff := cmp.Diff(field.NewPath("spec", "network", "availabilityZones").String(), e.Field); diff != "" {
					t.Errorf("%d zones in %s: field: -want, +got:\n%s", count, region, diff)
				}
			}
		}
	}
}

func TestGlobalRegion(t *testing.T) {
	if diff := cmp.Diff("us-east-1", GlobalRegion); diff != "" {
		t.Errorf("\nCloudFront takes certificates and web ACLs from northern Virginia only.\nGlobalRegion: -want, +got:\n%s", diff)
	}
}

// All regions but these are in AWS proper.
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
