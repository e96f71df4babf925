package engines

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// Version is a major version of an engine that this release knows.
type Version struct {
	// Version such as "15" or "8.4".
	Version string
	// Family of its parameter groups.
	Family string
	// Warning is what whoever takes it should know; empty if there is nothing.
	Warning string
}

// The versions that this release knows, with the source and the date of each.
//
//go:embed versions.csv
var versionsCSV string

// The minor versions that AWS offers for new databases, as cfn-lint lists them from
// what AWS answers to DescribeDBEngineVersions (hack/awsengines).
//
//go:embed listed.csv
var listedCSV string

var versionRows, listedRows = table(versionsCSV), table(listedCSV)

// Versions is every major version that this release knows of the engine, oldest
// first.
func (e Engine) Versions() []Version {
	var out []Version
	for _, row := range versionRows() {
		if row[0] == string(e.Name) {
			out = append(out, Version{Version: row[1], Family: row[2], Warning: row[3]})
		}
	}
	return out
}

// Listed is the minor versions of a major one that AWS offered for new databases when
// this release was made.
func (e Engine) Listed(major string) []string {
	for _, row := range listedRows() {
		if row[0] == string(e.Name) && row[1] == major {
			return strings.Fields(row[2])
		}
	}
	return nil
}

// Known is a version that this release knows, and whether it does.
func (e Engine) Known(version string) (Version, bool) {
	known := e.Versions()
	i := slices.IndexFunc(known, func(v Version) bool { return v.Version == e.Major(version) })
	if i < 0 {
		return Version{}, false
	}
	return known[i], true
}

// Family is the family of the parameter groups of a version. AWS has named all of
// them by one pattern, so that one of a version that it adds is known too.
func (e Engine) Family(version string) string {
	if v, ok := e.Known(version); ok {
		return v.Family
	}
	return string(e.Name) + e.Major(version)
}

// FirstVersion is the oldest version that a stack takes.
func (e Engine) FirstVersion() string { return e.Versions()[0].Version }

// Supports returns why a stack cannot have a version, empty if it can. One that is
// newer than this release knows may be there: AWS adds some every year.
func (e Engine) Supports(version string) string {
	if e.Older(e.Major(version), e.FirstVersion()) {
		return fmt.Sprintf("%s %s is not supported: use %s, or an exact minor version of one of them", e.Title, version, strings.Join(e.names(), ", "))
	}
	if between := e.Versions()[len(e.Versions())-1].Version; e.Older(e.Major(version), between) {
		if _, ok := e.Known(version); !ok {
			return fmt.Sprintf("%s has no version %s: use %s, or an exact minor version of one of them", e.Title, version, strings.Join(e.names(), ", "))
		}
	}
	return ""
}

// Warning returns what whoever takes a version should know, empty if there is
// nothing. A minor version that is newer than all listed ones may be there.
func (e Engine) Warning(version string) string {
	v, ok := e.Known(version)
	if !ok {
		return fmt.Sprintf("%s %s is not known to this release, which uses the parameter family %s; AWS rejects the version unless it is available", e.Title, version, e.Family(version))
	}
	listed := e.Listed(v.Version)
	if e.Major(version) != version && !slices.Contains(listed, version) && slices.ContainsFunc(listed, func(l string) bool { return e.Older(version, l) }) {
		return fmt.Sprintf("AWS did not offer %s %s for new databases at the time of this release: use %s, or one of %s", e.Title, version, v.Version, strings.Join(listed, ", "))
	}
	return v.Warning
}

// names is the major versions in words.
func (e Engine) names() []string {
	var out []string
	for _, v := range e.Versions() {
		out = append(out, v.Version)
	}
	return out
}
