// Package aws contains facts about AWS that the function cannot query: regions,
// their zones, and their partitions with the features that these lack.
package aws

import (
	"slices"
	"strings"
)

// Partition is a part of AWS with its own accounts, ARNs and endpoints (AWS
// documentation, "Partitions").
type Partition struct {
	// Name is the second part of an ARN, such as "aws-cn".
	Name string
	// DNSSuffix is the suffix of its endpoints and of some service principals.
	DNSSuffix string
	// CloudFront reports whether the partition can create the stack's
	// distributions. China has a separate service, with other certificates and a
	// license for each domain. GovCloud has none.
	CloudFront bool
	// LogDelivery is the canonical user ID with which CloudFront writes access
	// logs.
	LogDelivery string
	// CodeSigning reports whether AWS Signer can sign Lambda functions.
	CodeSigning bool
	// Macie reports whether Macie is available.
	Macie bool
	// Contacts reports whether accounts have alternate contacts.
	Contacts bool
	// ConformancePacks reports whether AWS Config has conformance packs.
	ConformancePacks bool
	// EndpointServices reports whether the names of all interface endpoints have
	// the same format. In China, the format depends on the service.
	EndpointServices bool
}

// The supported partitions.
var (
	Commercial = Partition{
		Name: "aws", DNSSuffix: "amazonaws.com",
		CloudFront: true, LogDelivery: "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
		CodeSigning: true, Macie: true, Contacts: true, ConformancePacks: true, EndpointServices: true,
	}
	China    = Partition{Name: "aws-cn", DNSSuffix: "amazonaws.com.cn"}
	GovCloud = Partition{Name: "aws-us-gov", DNSSuffix: "amazonaws.com", ConformancePacks: true, EndpointServices: true}
)

// PartitionOf returns the partition of a region.
func PartitionOf(region string) Partition {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return China
	case strings.HasPrefix(region, "us-gov-"):
		return GovCloud
	default:
		return Commercial
	}
}

// GlobalRegion is the region of certificates and web ACLs for edge services such as
// CloudFront.
const GlobalRegion = "us-east-1"

// zoneLetters lists the zones of each region that AWS offers to new accounts, in
// the order of use. It omits zones that are closed to new accounts, such as
// ap-northeast-1b (AWS documentation, "AWS Availability Zones").
var zoneLetters = map[string]string{
	"af-south-1":     "abc",
	"ap-east-1":      "abc",
	"ap-northeast-1": "acd",
	"ap-northeast-2": "abcd",
	"ap-northeast-3": "abc",
	"ap-south-1":     "abc",
	"ap-south-2":     "abc",
	"ap-southeast-1": "abc",
	"ap-southeast-2": "abc",
	"ap-southeast-3": "abc",
	"ap-southeast-4": "abc",
	"ap-southeast-5": "abc",
	"ap-southeast-7": "abc",
	"ca-central-1":   "abd",
	"ca-west-1":      "abc",
	"cn-north-1":     "abd",
	"cn-northwest-1": "abc",
	"eu-central-1":   "abc",
	"eu-central-2":   "abc",
	"eu-north-1":     "abc",
	"eu-south-1":     "abc",
	"eu-south-2":     "abc",
	"eu-west-1":      "abc",
	"eu-west-2":      "abc",
	"eu-west-3":      "abc",
	"il-central-1":   "abc",
	"me-central-1":   "abc",
	"me-south-1":     "abc",
	"mx-central-1":   "abc",
	"sa-east-1":      "abc",
	"us-east-1":      "abcdf",
	"us-east-2":      "abc",
	"us-gov-east-1":  "abc",
	"us-gov-west-1":  "abc",
	"us-west-1":      "ac",
	"us-west-2":      "abcd",
}

// optIn lists the regions that an account must enable: those that AWS added after
// March 2019 (AWS documentation, "Specify which AWS Regions your account can use").
var optIn = []string{
	"af-south-1", "ap-east-1", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-7", "ca-west-1",
	"eu-central-2", "eu-south-1", "eu-south-2", "il-central-1", "me-central-1", "me-south-1", "mx-central-1",
}

// OptIn reports whether an account must enable a region before it can use it.
// CloudFront does not deliver legacy access logs to buckets in such a region (AWS
// documentation, "Choose an Amazon S3 bucket for your standard logs").
func OptIn(region string) bool { return slices.Contains(optIn, region) }

// Regions returns the names of all known regions, sorted.
func Regions() []string {
	out := make([]string, 0, len(zoneLetters))
	for r := range zoneLetters {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}

// Zones returns the names of a region's availability zones in the order of use. It
// is empty for an unknown region.
func Zones(region string) []string {
	out := make([]string, 0, len(zoneLetters[region]))
	for _, letter := range zoneLetters[region] {
		out = append(out, region+string(letter))
	}
	return out
}
