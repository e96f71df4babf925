package settings

import (
	"slices"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// ParameterGroup is the parameter group of a major version. RDS does not accept
// that of another one.
type ParameterGroup struct {
	// Resource is its name within the stack. Suffix is the suffix of its AWS name.
	Resource, Suffix string
	Family           string
	// Parameters contains its values.
	Parameters []engines.Parameter
	// Options is the resource of its option group. It is empty if the engine has
	// none. Major is the version of both groups.
	Options, Major string
}

// parameterGroup returns the parameter group of a major version.
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

// running returns the observed version of an instance or a cluster. It is empty if
// unknown.
func running(observed facts.Observed, instance string) string {
	return observed.String(instance, "status.atProvider.engineVersionActual")
}

// version returns the version of the database. RDS does not downgrade, and a major
// upgrade needs the claim's explicit confirmation.
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

// unasked returns the version of an existing database if the claim sets none: its
// major version, whatever the default of new databases is.
func (e engine) unasked(newest string) string { return e.Major(newest) }

// checkVersion returns an error for a version that the engine does not have, and
// warns about a version that should not be used.
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

// engineVersion returns the version for the AWS API. For an Aurora cluster, it is
// the running minor version if that matches. The provider sends the version with
// every modification, and Aurora rejects a major version or takes it for an upgrade
// (terraform-provider-aws 45026). For an RDS instance, a major version matches all
// of its minor versions.
func (e engine) engineVersion(asked string, observed facts.Observed) string {
	if runs := running(observed, e.resourceName); e.exact && e.Major(asked) == asked && e.Major(runs) == asked {
		return runs
	}
	return asked
}

// upgrades reports whether the database needs a major upgrade, which must be
// allowed explicitly in each RDS request. While the running version is unknown, the
// observed value is kept.
func upgrades(version string, e engine, observed facts.Observed) bool {
	if runs := running(observed, e.resourceName); runs != "" {
		return e.Major(version) != e.Major(runs)
	}
	return observed.True(e.resourceName, "spec.forProvider.allowMajorVersionUpgrade")
}

// parameterGroups returns the parameter group of the requested version, and
// existing ones that the database may still use. RDS does not delete a group in
// use.
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

// inUse reports whether the database runs a major version, or might run it.
func (e engine) inUse(major string, observed facts.Observed) bool {
	runs := running(observed, e.resourceName)
	return runs == "" || e.Major(runs) == major
}
