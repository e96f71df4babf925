package settings

import (
	"cmp"
	"strings"

	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// engine is the database engine and the location of its observed values.
type engine struct {
	engines.Engine
	holder
}

// holder describes how an instance and a cluster differ in observed fields and in
// the names of their settings.
type holder struct {
	// resourceName is the resource that holds the data, and groups that of its
	// parameter groups.
	resourceName, groups string
	// database and username are the fields for both names.
	database, databaseSeen, username string
	// exact reports whether requests to AWS must name the running minor version.
	exact bool
	// source and time are the fields of a point-in-time restore.
	source, time string
}

var (
	instanceHolder = holder{
		resourceName: composed.Database, groups: composed.DatabaseParameterGroup,
		database: "spec.forProvider.dbName", databaseSeen: "status.atProvider.dbName", username: "spec.forProvider.username",
		source: "sourceDbInstanceIdentifier", time: "restoreTime",
	}
	clusterHolder = holder{
		resourceName: composed.DatabaseCluster, groups: composed.DatabaseClusterGroup,
		database: "spec.forProvider.databaseName", databaseSeen: "status.atProvider.databaseName", username: "spec.forProvider.masterUsername",
		source: "sourceClusterIdentifier", time: "restoreToTime", exact: true,
	}
)

// engine returns the database's engine. An existing database keeps its engine,
// because data cannot be migrated in place.
func (d *decision) engine() engine {
	asked := cmp.Or(d.claim.Spec.Database.Engine, v1alpha1.DatabaseEnginePostgres)
	e := engines.Of(v1alpha1.DatabaseEngine(d.pin("spec.database.engine", string(asked), engineSeen(d.observed, asked))))
	if e.Aurora {
		return engine{Engine: e, holder: clusterHolder}
	}
	return engine{Engine: e, holder: instanceHolder}
}

// engineSeen returns the engine of an existing database. It is empty without one.
// Any observed resource can reveal it: the database, an instance, or a parameter
// group's family. If none does, the existing kind decides whether the claim's
// engine is possible.
func engineSeen(observed facts.Observed, asked v1alpha1.DatabaseEngine) string {
	for _, r := range []string{composed.Database, composed.DatabaseCluster, composed.DatabaseInstance(1)} {
		if name := observed.String(r, "spec.forProvider.engine"); name != "" {
			return name
		}
	}
	for _, h := range []holder{instanceHolder, clusterHolder} {
		for _, e := range engines.All() {
			if e.Aurora == h.exact && engineHasGroup(engine{Engine: e, holder: h}, observed) {
				return string(e.Name)
			}
		}
	}
	instance := observed.Has(composed.Database)
	cluster := observed.Has(composed.DatabaseCluster) || observed.Has(composed.DatabaseInstance(1))
	switch aurora := engines.Of(asked).Aurora; {
	case !instance && !cluster, cluster && aurora, instance && !aurora:
		return ""
	case cluster:
		return string(v1alpha1.DatabaseEngineAuroraPostgreSQL)
	default:
		return string(v1alpha1.DatabaseEnginePostgres)
	}
}

// engineHasGroup reports whether an engine's parameter group is observed.
func engineHasGroup(e engine, observed facts.Observed) bool {
	for _, v := range e.Versions() {
		if observed.Has(e.parameterGroup(v.Version).Resource) {
			return true
		}
	}
	return false
}

// databaseName returns the name of the initial database. A restored database has
// that of its source, once observed. If RDS reports none, it is the default
// database of PostgreSQL.
func (e engine) databaseName(restored bool, observed facts.Observed) string {
	if !restored {
		return cmp.Or(observed.String(e.resourceName, e.database), "ecommerce")
	}
	name := observed.String(e.resourceName, e.databaseSeen)
	if name == "" && !e.MySQL && observed.Ready(e.resourceName).Known() {
		return "postgres"
	}
	return name
}

// hasDatabase reports whether the stack has a database. An existing one is kept.
func (d *decision) hasDatabase() bool {
	asked := ptr.Deref(d.claim.Spec.Database.Enabled, true)
	if asked {
		return true
	}
	stands := d.observed.Has(composed.Database) || d.observed.Has(composed.DatabaseCluster)
	if stands {
		d.pin("spec.database.enabled", "false", "true")
	}
	return stands
}

// resourceSuffix returns a family as a part of resource and group names. RDS does
// not allow dots in them (Amazon RDS API Reference, "CreateDBParameterGroup").
func resourceSuffix(family string) string { return strings.ReplaceAll(family, ".", "-") }
