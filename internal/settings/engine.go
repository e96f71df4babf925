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

// engine is the engine of the database, and where what is observed of it is.
type engine struct {
	engines.Engine
	holder
}

// holder is what differs between an instance and a cluster in what is observed of a
// database and in the names of its settings.
type holder struct {
	// resourceName holds the data, groups is its parameters.
	resourceName, groups string
	// database and username are the fields of both names.
	database, databaseSeen, username string
	// exact is whether AWS has to be asked for the minor version that runs.
	exact bool
	// source and time are fields of a restore to a point in time.
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

// engine is the database's engine: that of a database that stands, whatever the
// claim says, as data cannot move to another one in place.
func (d *decision) engine() engine {
	asked := cmp.Or(d.claim.Spec.Database.Engine, v1alpha1.DatabaseEnginePostgres)
	e := engines.Of(v1alpha1.DatabaseEngine(d.pin("spec.database.engine", string(asked), engineSeen(d.observed, asked))))
	if e.Aurora {
		return engine{Engine: e, holder: clusterHolder}
	}
	return engine{Engine: e, holder: instanceHolder}
}

// engineSeen is the engine of the database that stands, empty if none does. Whatever
// was made for it tells which it is: the database itself, one of its instances, or
// the family of its parameters. Where none of them is told, the kind of what is there
// leaves the engine that the claim asks for if it is of that kind.
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

// engineHasGroup is whether a group of parameters of an engine is there.
func engineHasGroup(e engine, observed facts.Observed) bool {
	for _, v := range e.Versions() {
		if observed.Has(e.parameterGroup(v.Version).Resource) {
			return true
		}
	}
	return false
}

// databaseName is the name of the database within. A restored one has that of
// what it was made from, once it is known; where RDS knows none there is the one
// that it makes in every instance of PostgreSQL.
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

// hasDatabase is whether the stack has a database: one that stands stays.
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

// resourceSuffix is a family as a part of the names of resources and of groups: RDS
// takes no dots there (Amazon RDS API Reference, "CreateDBParameterGroup").
func resourceSuffix(family string) string { return strings.ReplaceAll(family, ".", "-") }
