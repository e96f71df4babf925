package settings

import (
	"cmp"
	"fmt"

	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// restore is what the database is made from, nil if it is made empty. What an
// existing one was made from it can never change.
func (s *Settings) restore(spec *v1alpha1.DatabaseRestore, observed facts.Observed) *v1alpha1.DatabaseRestore {
	if !observed.Has(role.Database) {
		return spec
	}
	const point = "spec.forProvider.restoreToPointInTime."
	made := v1alpha1.DatabaseRestore{
		SnapshotIdentifier: observed.String(role.Database, "spec.forProvider.snapshotIdentifier"),
		SourceIdentifier:   observed.String(role.Database, point+"sourceDbInstanceIdentifier"),
		Time:               observed.String(role.Database, point+"restoreTime"),
		Latest:             observed.True(role.Database, point+"useLatestRestorableTime"),
	}
	s.pin("spec.database.restoreFrom", origin(ptr.Deref(spec, v1alpha1.DatabaseRestore{})), origin(made))
	if made == (v1alpha1.DatabaseRestore{}) {
		return nil
	}
	return &made
}

// origin is what a database is made from, in words.
func origin(r v1alpha1.DatabaseRestore) string {
	switch {
	case r.SnapshotIdentifier != "":
		return "snapshot " + r.SnapshotIdentifier
	case r.SourceIdentifier != "":
		return fmt.Sprintf("%s at %s", r.SourceIdentifier, cmp.Or(r.Time, "the latest time"))
	}
	return "nothing"
}

// databaseName is the name of the database within the instance. A restored one
// has that of what it was made from, once it is known; where RDS knows none there
// is the one that it makes in every instance.
func databaseName(restored bool, observed facts.Observed) string {
	if !restored {
		return cmp.Or(observed.String(role.Database, "spec.forProvider.dbName"), "ecommerce")
	}
	name := observed.String(role.Database, "status.atProvider.dbName")
	if name == "" && observed.Ready(role.Database).Known() {
		return "postgres"
	}
	return name
}
