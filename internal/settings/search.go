package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
)

// SearchPort is the only port of a search domain.
const SearchPort = 443

// Search contains the effective settings of the search domain.
type Search struct {
	// Domain is its name in AWS.
	Domain  string
	Version string

	InstanceType string
	Instances    int
	// Zones is the number of zones of the data nodes, with one subnet each.
	Zones int
	// MasterType is the type of the three dedicated masters. It is empty without
	// them.
	MasterType string
	// AutoTune reports whether the instance type supports Auto-Tune.
	AutoTune bool

	// StorageGiB of each data node, and the performance that is included in its
	// price.
	StorageGiB, IOPS, Throughput int
	// Hour and Minute in UTC at which the daily update window starts.
	Hour, Minute int
	// Protected reports whether the domain is kept when the stack is deleted.
	Protected bool
}

// searchPreset contains the defaults that depend on the size. T3 is for light loads
// (AWS documentation, "Supported instance types in Amazon OpenSearch Service").
type searchPreset struct {
	instanceType string
	storageGiB   int32
}

var searchBySize = map[v1alpha1.Size]searchPreset{
	v1alpha1.SizeSmall:  {"t3.small.search", 10},
	v1alpha1.SizeMedium: {"t3.medium.search", 20},
	v1alpha1.SizeLarge:  {"m6g.large.search", 50},
	v1alpha1.SizeXLarge: {"r6g.xlarge.search", 100},
}

// searchVersions lists AWS's versions of OpenSearch (AWS documentation, "Supported
// versions of Elasticsearch and OpenSearch", as of 2026-11-28).
var searchVersions = []string{
	"1.0", "1.1", "1.2", "1.3", "2.3", "2.5", "2.7", "2.9", "2.11", "2.13", "2.15", "2.17", "2.19", "3.1", "3.3",
}

// lastBefore is the version that a domain needs before an upgrade to a later major
// version, by that major version (AWS documentation, "Upgrading Amazon OpenSearch
// Service domains").
var lastBefore = map[string]string{"2": "1.3", "3": "2.19"}

// maxSearchStorage is the largest volume in GiB of instance types with a lower
// limit than the API's (AWS documentation, "EBS volume size quotas").
var maxSearchStorage = map[string]int{"t3.small.search": 100, "t3.medium.search": 200}

// maxDomainName is the maximum length of a domain's name (OpenSearch Service API
// Reference, "CreateDomain").
const maxDomainName = 28

// search decides the settings of the search domain. It returns nil if there is
// none.
func (d *decision) search(stack string, policy v1alpha1.DeletionPolicy, network Network) (*Search, field.ErrorList) {
	spec := d.claim.Spec.Search
	if spec == nil {
		return nil, nil
	}
	path, preset := field.NewPath("spec", "search"), searchBySize[d.claim.Spec.Size]
	out := &Search{
		Domain:       cmp.Or(d.observed.String(composed.SearchDomain, "spec.forProvider.domainName"), naming.Fit(stack, maxDomainName)),
		InstanceType: cmp.Or(spec.InstanceType, preset.instanceType),
		StorageGiB:   int(ptr.Deref(spec.StorageGiB, preset.storageGiB)),
		Protected:    policy != v1alpha1.DeletionPolicyDelete && ptr.Deref(spec.DeletionProtection, true),
	}
	out.AutoTune = !burstable(out.InstanceType)
	out.IOPS, out.Throughput = searchPerformance(out.StorageGiB)
	hour, minute, _ := strings.Cut(cmp.Or(spec.SoftwareUpdateTime, "22:00"), ":")
	out.Hour, _ = strconv.Atoi(hour)     //nolint:errcheck // The schema validates the format.
	out.Minute, _ = strconv.Atoi(minute) //nolint:errcheck // Likewise.
	version, err := d.searchVersion(path.Child("version"))
	errs := out.nodes(*spec, d.claim.Spec.Environment, path, network)
	if err != nil {
		errs = append(errs, err)
	}
	out.Version = version
	if spec.DedicatedMasters {
		out.MasterType = masterType(out.InstanceType)
	}
	return out, append(errs, out.check(*spec, path)...)
}

// nodes decides the number of data nodes and zones. AWS requires one subnet for
// each zone, and an even distribution of nodes.
func (s *Search) nodes(spec v1alpha1.SearchSpec, environment v1alpha1.Environment, path *field.Path, network Network) field.ErrorList {
	multiAZ := ptr.Deref(spec.MultiAZ, byEnvironment[environment].multiAZ && ptr.Deref(spec.Instances, 2) > 1)
	s.Zones = 1
	if !multiAZ {
		s.Instances = int(ptr.Deref(spec.Instances, 1))
		return nil
	}
	s.Instances = int(ptr.Deref(spec.Instances, 2))
	zones := len(network.Zones)
	if network.Existing != nil {
		zones = len(network.Existing.DatabaseSubnetIDs)
	}
	switch {
	case s.Instances%3 == 0 && zones >= 3:
		s.Zones = 3
	case s.Instances%2 == 0:
		s.Zones = 2
	default:
		s.Zones = 2
		return field.ErrorList{field.Invalid(path.Child("instances"), s.Instances, fmt.Sprintf(
			"must be a multiple of the number of zones (%d): use %d or %d, or set multiAZ to false", zones, s.Instances-1, s.Instances+1))}
	}
	return nil
}

// check returns errors for settings that AWS would reject.
func (s *Search) check(spec v1alpha1.SearchSpec, path *field.Path) field.ErrorList {
	var errs field.ErrorList
	if spec.DedicatedMasters && burstable(s.InstanceType) {
		errs = append(errs, field.Invalid(path.Child("dedicatedMasters"), true,
			fmt.Sprintf("is not available for instance type %s: use another instance type, such as m6g.large.search, or remove dedicatedMasters", s.InstanceType)))
	}
	if limit := maxSearchStorage[s.InstanceType]; limit > 0 && s.StorageGiB > limit {
		errs = append(errs, field.Invalid(path.Child("storageGiB"), s.StorageGiB, fmt.Sprintf("%s supports at most %d GiB: lower storageGiB, or use a larger instanceType", s.InstanceType, limit)))
	}
	return errs
}

// searchVersion returns the version. AWS does not downgrade, and some upgrades need
// an intermediate version.
func (d *decision) searchVersion(path *field.Path) (string, *field.Error) {
	asked := cmp.Or(d.claim.Spec.Search.Version, "2.19")
	has := d.observed.String(composed.SearchDomain, "status.atProvider.engineVersion")
	runs := strings.TrimPrefix(cmp.Or(has, d.observed.String(composed.SearchDomain, "spec.forProvider.engineVersion")), enginePrefix)
	if runs != "" && engines.Compare(asked, runs) < 0 {
		return d.pin(path.String(), asked, runs), nil
	}
	if last := lastBefore[majorOf(asked)]; runs != "" && majorOf(runs) != majorOf(asked) && runs != last {
		return "", field.Invalid(path, asked, fmt.Sprintf("the domain cannot be upgraded directly from %s to %s: set version to %s, wait until the domain is ready, then set version to %s", runs, asked, last, asked))
	}
	if !slices.Contains(searchVersions, asked) {
		d.warn(path, fmt.Sprintf("this version of the function does not know OpenSearch %s (known versions: %s); AWS rejects the OpenSearch version if it is not available", asked, strings.Join(searchVersions, ", ")))
	}
	return asked, nil
}

// enginePrefix is the prefix of versions in the AWS API.
const enginePrefix = "OpenSearch_"

// EngineVersion returns the version in the AWS API.
func (s *Search) EngineVersion() string { return enginePrefix + s.Version }

// burstable reports whether an instance type is T2 or T3.
func burstable(instanceType string) bool { return strings.HasPrefix(instanceType, "t") }

// masterType returns the type of dedicated masters for the maximum number of nodes,
// with the processor architecture of the data nodes (AWS documentation, "Dedicated
// master nodes in Amazon OpenSearch Service").
func masterType(instanceType string) string {
	family, _, _ := strings.Cut(instanceType, ".")
	if strings.ContainsAny(family[min(1, len(family)):], "g") || strings.HasPrefix(family, "o") {
		return "m6g.large.search"
	}
	return "m5.large.search"
}

// searchPerformance returns IOPS and throughput in MiB/s that gp3 storage includes
// without extra charge (Amazon OpenSearch Service pricing).
func searchPerformance(storageGiB int) (int, int) {
	iops, throughput := 3000, 125
	if storageGiB > 1024 {
		iops = storageGiB * 3
	}
	if storageGiB > 170 {
		throughput = 250
	}
	return iops, throughput
}
