package settings

import (
	"cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// engine is what differs between the engines in what is observed of a database
// and in the names of its settings.
type engine struct {
	name v1alpha1.DatabaseEngine
	// holder is the resource that holds the data, groups that of its parameters.
	resourceName, groups string
	// family begins the parameter groups' family, the major version ends it.
	family string
	// database and username are the fields of both names.
	database, databaseSeen, username string
	// exact is whether AWS has to be asked for the minor version that runs.
	exact bool
	// source and time are fields of a restore to a point in time.
	source, time string
}

var engines = map[v1alpha1.DatabaseEngine]engine{
	v1alpha1.DatabaseEnginePostgres: {
		name: v1alpha1.DatabaseEnginePostgres, resourceName: composed.Database, groups: composed.DatabaseParameterGroup, family: "postgres",
		database: "spec.forProvider.dbName", databaseSeen: "status.atProvider.dbName", username: "spec.forProvider.username",
		source: "sourceDbInstanceIdentifier", time: "restoreTime",
	},
	v1alpha1.DatabaseEngineAurora: {
		name: v1alpha1.DatabaseEngineAurora, resourceName: composed.DatabaseCluster, groups: composed.DatabaseClusterGroup, family: "aurora-postgresql",
		database: "spec.forProvider.databaseName", databaseSeen: "status.atProvider.databaseName", username: "spec.forProvider.masterUsername",
		source: "sourceClusterIdentifier", time: "restoreToTime", exact: true,
	},
}

// engine is the database's engine: that of a database that stands, whatever the
// claim says, as data cannot move to another one in place. Whatever was made for
// it tells which it is.
func (d *decision) engine() engine {
	seen, observed := "", d.observed
	switch {
	case observed.Has(composed.Database), observed.Has(composed.DatabaseParameterGroup):
		seen = string(v1alpha1.DatabaseEnginePostgres)
	case observed.Has(composed.DatabaseCluster), observed.Has(composed.DatabaseClusterGroup), observed.Has(composed.DatabaseInstance(1)):
		seen = string(v1alpha1.DatabaseEngineAurora)
	}
	return engines[v1alpha1.DatabaseEngine(d.pin("spec.database.engine", string(d.claim.Spec.Database.Engine), seen))]
}

// databaseName is the name of the database within. A restored one has that of
// what it was made from, once it is known; where RDS knows none there is the one
// that it makes in every instance.
func (e engine) databaseName(restored bool, observed facts.Observed) string {
	if !restored {
		return cmp.Or(observed.String(e.resourceName, e.database), "ecommerce")
	}
	name := observed.String(e.resourceName, e.databaseSeen)
	if name == "" && observed.Ready(e.resourceName).Known() {
		return "postgres"
	}
	return name
}
