package engines

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// Version is a major version of an engine that this release supports.
type Version struct {
	// Version such as "15" or "8.4".
	Version string
	// Family of its parameter groups.
	Family string
	// Warning for users of this version. It may be empty.
	Warning string
}

// The supported versions, with source and date.
//
//go:embed versions.csv
var versionsCSV string

// The minor versions that AWS offers for new databases, from cfn-lint's copy of
// DescribeDBEngineVersions (hack/awsengines).
//
//go:embed listed.csv
var listedCSV string

var versionRows, listedRows = table(versionsCSV), table(listedCSV)

// Versions returns every major version of the engine in the table, oldest first.
func (e Engine) Versions() []Version {
	var out []Version
	for _, row := range versionRows() {
		if row[0] == string(e.Name) {
			out = append(out, Version{Version: row[1], Family: row[2], Warning: row[3]})
		}
	}
	return out
}

// Listed returns the minor versions of a major version that AWS offered for new
// databases at the time of this release.
func (e Engine) Listed(major string) []string {
	for _, row := range listedRows() {
		if row[0] == string(e.Name) && row[1] == major {
			return strings.Fields(row[2])
		}
	}
	return nil
}

// Known returns a version of the table, and whether the table contains it.
func (e Engine) Known(version string) (Version, bool) {
	known := e.Versions()
	i := slices.IndexFunc(known, func(v Version) bool { return v.Version == e.Major(version) })
	if i < 0 {
		return Version{}, false
	}
	return known[i], true
}

// Family returns the parameter group family of a version. AWS uses one pattern for
// all families, so this also works for new versions.
func (e Engine) Family(version string) string {
	if v, ok := e.Known(version); ok {
		return v.Family
	}
	return string(e.Name) + e.Major(version)
}

// FirstVersion returns the oldest supported version.
func (e Engine) FirstVersion() string { return e.Versions()[0].Version }

// Supports returns why a stack cannot use a version. It is empty if it can. A
// version that is newer than the table is accepted, because AWS adds some every
// year.
func (e Engine) Supports(version string) string {
	if e.Older(e.Major(version), e.FirstVersion()) {
		return fmt.Sprintf("%s %s is not supported: use %s, or a minor version of one of these", e.Title, version, strings.Join(e.names(), ", "))
	}
	if between := e.Versions()[len(e.Versions())-1].Version; e.Older(e.Major(version), between) {
		if _, ok := e.Known(version); !ok {
			return fmt.Sprintf("%s has no version %s: use %s, or a minor version of one of these", e.Title, version, strings.Join(e.names(), ", "))
		}
	}
	return ""
}

// Warning returns a warning about a version. It is empty if there is none. A minor
// version that is newer than all listed ones is accepted.
func (e Engine) Warning(version string) string {
	v, ok := e.Known(version)
	if !ok {
		return fmt.Sprintf("this version of the function does not know %s %s and uses the parameter family %s; AWS rejects the database version if it is not available", e.Title, version, e.Family(version))
	}
	listed := e.Listed(v.Version)
	if e.Major(version) != version && !slices.Contains(listed, version) && slices.ContainsFunc(listed, func(l string) bool { return e.Older(version, l) }) {
		return fmt.Sprintf("%s %s was not available for new databases when this version of the function was released: use %s, or one of %s", e.Title, version, v.Version, strings.Join(listed, ", "))
	}
	return v.Warning
}

// names lists the major versions in a sentence.
func (e Engine) names() []string {
	var out []string
	for _, v := range e.Versions() {
		out = append(out, v.Version)
	}
	return out
}
