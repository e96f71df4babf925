package aws

import "strings"

// ARN builds an Amazon Resource Name. Region and account are empty for
// services whose ARNs have none, such as S3 (AWS documentation, "Amazon
// Resource Names").
func (p Partition) ARN(service, region, account, resource string) string {
	return strings.Join([]string{"arn", p.Name, service, region, account, resource}, ":")
}

// AccountOf returns the account in an ARN. It is empty if there is none.
func AccountOf(arn string) string {
	if parts := split(arn); parts != nil && IsAccountID(parts[4]) {
		return parts[4]
	}
	return ""
}

// RegionOf returns the region in an ARN. It is empty if there is none.
func RegionOf(arn string) string {
	if parts := split(arn); parts != nil {
		return parts[3]
	}
	return ""
}

// split returns the six parts of an ARN (IAM User Guide, "Identify AWS resources
// with Amazon Resource Names"). It returns nil for other strings.
func split(arn string) []string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return nil
	}
	return parts
}

// IsAccountID reports whether a string is an AWS account ID: 12 digits.
func IsAccountID(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}
