package settings

import (
	"slices"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// ParameterGroup is the settings of one major version. RDS takes no other ones
// for it.
type ParameterGroup struct {
	// Resource is its name within the stack, Suffix ends its name in AWS.
	Resource, Suffix string
	Family           string
	// Parameters are what it sets.
	Parameters []engines.Parameter
	// Options is the resource of the options that go with it, empty if the engine has
	// none, and Major the version that they are for.
	Options, Major string
}

// parameterGroup is the group of a major version.
func (e engine) parameterGroup(major string) ParameterGroup {
	family := e.Family(major)
	g := ParameterGroup{Resource: e.groups, Family: family, Suffix: resourceSuffix(family), Major: major}
	if family != e.FirstFamily {
		g.Resource += "-" + g.Suffix
	}
	if e.AuditOption {
		g.Options = composed.DatabaseOptionGroup(g.Suffix)
	}
	return g
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
	if e.Older(had, runs) {
		newest = runs
		if e.Major(had) != e.Major(runs) {
			newest = e.Major(runs)
		}
	}
	asked := spec.Version
	if asked == "" {
		asked = e.Default
		if newest != "" {
			asked = e.unasked(newest)
		}
	}
	raised := newest != "" && e.Older(e.Major(newest), e.Major(asked))
	if e.Older(asked, newest) || e.Older(asked, runs) || raised && !spec.AllowMajorVersionUpgrade {
		return d.pin("spec.database.version", asked, newest)
	}
	return asked
}

// unasked is the version of a database that stands and whose claim asks for none:
// its major version, whatever a new one would have.
func (e engine) unasked(newest string) string { return e.Major(newest) }

// checkVersion returns why the engine does not have the version that is asked for,
// and warns of one that is there but should not be taken.
func (d *decision) checkVersion(e engine, version string) field.ErrorList {
	path := field.NewPath("spec", "database", "version")
	if running(d.observed, e.resourceName) == "" {
		if why := e.Supports(version); why != "" {
			return field.ErrorList{field.Invalid(path, version, why)}
		}
	}
	if why := e.Warning(version); why != "" && running(d.observed, e.resourceName) != version {
		d.warn(path, why)
	}
	return nil
}

// engineVersion returns how AWS is asked for a version. An Aurora cluster that runs
// a minor version of a major one that is asked for is asked for just that one:
// a major version alone goes along with every modification, which Aurora
// refuses or takes for an upgrade (terraform-provider-aws 45026). An instance
// of RDS takes it as any of its minor versions.
func (e engine) engineVersion(asked string, observed facts.Observed) string {
	if runs := running(observed, e.resourceName); e.exact && e.Major(asked) == asked && e.Major(runs) == asked {
		return runs
	}
	return asked
}

// upgrades is whether a database still has to be taken to another major version,
// which RDS refuses unless it is told so each time. While nobody knows what the
// database runs it stays as it was.
func upgrades(version string, e engine, observed facts.Observed) bool {
	if runs := running(observed, e.resourceName); runs != "" {
		return e.Major(version) != e.Major(runs)
	}
	return observed.True(e.resourceName, "spec.forProvider.allowMajorVersionUpgrade")
}

// parameterGroups is the group of the version that is asked for, and those that
// exist and that the database may still run with: RDS deletes none in use.
func (d *decision) parameterGroups(e engine, version string) []ParameterGroup {
	majors := []string{e.Major(version)}
	for _, v := range e.Versions() {
		majors = append(majors, v.Version)
	}
	if runs := running(d.observed, e.resourceName); runs != "" {
		majors = append(majors, e.Major(runs))
	}
	slices.SortFunc(majors, func(a, b string) int {
		switch {
		case e.Older(a, b):
			return -1
		case a == b:
			return 0
		}
		return 1
	})
	var out []ParameterGroup
	for _, major := range slices.Compact(majors) {
		g := e.parameterGroup(major)
		if major == e.Major(version) || d.observed.Has(g.Resource) && e.inUse(major, d.observed) {
			g.Parameters = e.ParametersOf(major, d.claim.Spec.Database.PgAudit, d.claim.Spec.Database.Parameters)
			out = append(out, g)
		}
	}
	return out
}

// inUse is whether the database runs a major version, or may.
func (e engine) inUse(major string, observed facts.Observed) bool {
	runs := running(observed, e.resourceName)
	return runs == "" || e.Major(runs) == major
}
