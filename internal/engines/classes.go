package engines

import (
	_ "embed"
	"slices"
	"strings"
)

// The instance classes in each region, from cfn-lint's copy of
// DescribeOrderableDBInstanceOptions (hack/awsengines). All sizes of a family are
// available in its regions.
//
//go:embed classes.csv
var classesCSV string

var classRows = table(classesCSV)

// everywhere means all regions.
const everywhere = "all"

// Offered reports whether AWS offers an instance class for the engine in a region.
// It reports true for unknown classes and regions.
func (e Engine) Offered(class, region string) bool {
	_, name, _ := strings.Cut(class, ".")
	family, size, _ := strings.Cut(name, ".")
	sized := true
	for _, row := range classRows() {
		if row[1] != family || !slices.Contains(strings.Fields(row[0]), string(e.Name)) {
			continue
		}
		if slices.Contains(strings.Fields(row[2]), size) {
			return row[3] == everywhere || slices.Contains(strings.Fields(row[3]), region) || !regional(region)
		}
		sized = false // The family lacks this size.
	}
	return sized
}

// regional reports whether the table contains a region.
func regional(region string) bool {
	return slices.ContainsFunc(classRows(), func(row []string) bool { return row[0] == "regions" && slices.Contains(strings.Fields(row[3]), region) })
}
