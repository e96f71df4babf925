package settings

import (
	"strconv"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// majors are the major versions of PostgreSQL that a database can have.
var majors = []string{"15", "16", "17"}

// firstMajor had no rival when its parameter group was named.
const firstMajor = "15"

// ParameterGroup is the settings of one major version. RDS takes no other ones
// for it.
type ParameterGroup struct {
	Resource, Family string
}

func (e engine) parameterGroup(major string) ParameterGroup {
	g := ParameterGroup{Resource: e.groups, Family: e.family + major}
	if major != firstMajor {
		g.Resource += "-" + g.Family
	}
	return g
}

// Major is the major version of one such as "15.4".
func Major(version string) string {
	major, _, _ := strings.Cut(version, ".")
	return major
}

// running is the version that an instance or a cluster runs, empty if it is not known.
func running(observed facts.Observed, instance string) string {
	return observed.String(instance, "status.atProvider.engineVersionActual")
}

// version is what the database shall run. RDS takes no version back, and a major
// one is raised only where the claim says so in so many words.
func (d *decision) version(e engine) string {
	spec, observed := d.claim.Spec.Database, d.observed
	had, runs := observed.String(e.resourceName, "spec.forProvider.engineVersion"), running(observed, e.resourceName)
	newest := had
	if older(had, runs) {
		newest = runs
		if Major(had) != Major(runs) {
			newest = Major(runs)
		}
	}
	raised := newest != "" && Major(spec.Version) > Major(newest)
	if older(spec.Version, newest) || older(spec.Version, runs) || raised && !spec.AllowMajorVersionUpgrade {
		return d.pin("spec.database.version", spec.Version, newest)
	}
	return spec.Version
}

// version returns how AWS is asked for a version. An Aurora cluster that runs a
// minor version of a major one that is asked for is asked for just that one:
// a major version alone goes along with every modification, which Aurora
// refuses or takes for an upgrade (terraform-provider-aws 45026). An instance
// of RDS takes it as any of its minor versions.
func (e engine) version(asked string, observed facts.Observed) string {
	if runs := running(observed, e.resourceName); e.exact && Major(asked) == asked && Major(runs) == asked {
		return runs
	}
	return asked
}

// older is whether a version is surely below another one. A major version alone
// may be any of its minor ones.
func older(a, b string) bool {
	if Major(a) != Major(b) {
		return Major(a) < Major(b)
	}
	_, x, _ := strings.Cut(a, ".")
	_, y, _ := strings.Cut(b, ".")
	if x == "" || y == "" {
		return false
	}
	m, _ := strconv.Atoi(x) //nolint:errcheck // The schema, or RDS, has seen to the form.
	n, _ := strconv.Atoi(y) //nolint:errcheck // As above.
	return m < n
}

// upgrades is whether a database still has to be taken to another major version,
// which RDS refuses unless it is told so each time. While nobody knows what the
// database runs it stays as it was.
func upgrades(version string, e engine, observed facts.Observed) bool {
	if runs := running(observed, e.resourceName); runs != "" {
		return Major(version) != Major(runs)
	}
	return observed.True(e.resourceName, "spec.forProvider.allowMajorVersionUpgrade")
}

// parameterGroups is the group of the version that is asked for, and those that
// exist and that the database may still run with: RDS deletes none in use.
func (e engine) parameterGroups(version string, observed facts.Observed) []ParameterGroup {
	var out []ParameterGroup
	for _, major := range majors {
		g := e.parameterGroup(major)
		if major == Major(version) || observed.Has(g.Resource) && e.inUse(major, observed) {
			out = append(out, g)
		}
	}
	return out
}

// inUse is whether the database runs a major version, or may.
func (e engine) inUse(major string, observed facts.Observed) bool {
	runs := running(observed, e.resourceName)
	return runs == "" || Major(runs) == major
}
