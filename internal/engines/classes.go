package engines

import (
	_ "embed"
	"slices"
	"strings"
)

// The instance classes that AWS has, by region, as cfn-lint lists them from what AWS
// answers to DescribeOrderableDBInstanceOptions (hack/awsengines). A family is in a
// region with all of its sizes.
//
//go:embed classes.csv
var classesCSV string

var classRows = table(classesCSV)

// everywhere is the regions of a family that all of them have.
const everywhere = "all"

// Offered is whether AWS has an instance class for the engine in a region; classes
// and regions that the table does not know it may have.
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
		sized = false // The family has no such size.
	}
	return sized
}

// regional is whether the table knows a region.
func regional(region string) bool {
	return slices.ContainsFunc(classRows(), func(row []string) bool { return row[0] == "regions" && slices.Contains(strings.Fields(row[3]), region) })
}
