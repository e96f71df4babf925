package settings

import (
	"cmp"
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// restore returns the source of the database. It is nil if the database is created
// empty. The source of an existing database cannot change.
func (d *decision) restore(e engine) *v1alpha1.DatabaseRestore {
	spec, observed := d.claim.Spec.Database.RestoreFrom, d.observed
	if !observed.Has(e.resourceName) {
		return spec
	}
	const point = "spec.forProvider.restoreToPointInTime."
	var made *v1alpha1.DatabaseRestore
	if snapshot := observed.String(e.resourceName, "spec.forProvider.snapshotIdentifier"); snapshot != "" {
		made = &v1alpha1.DatabaseRestore{Type: v1alpha1.DatabaseRestoreSnapshot, Snapshot: &v1alpha1.DatabaseSnapshot{Identifier: snapshot}}
	}
	if source := observed.String(e.resourceName, point+e.source); source != "" {
		made = &v1alpha1.DatabaseRestore{Type: v1alpha1.DatabaseRestorePointInTime, PointInTime: &v1alpha1.DatabasePointInTime{
			SourceIdentifier: source, Time: observed.String(e.resourceName, point+e.time),
		}}
	}
	d.pin("spec.database.restoreFrom", origin(spec), origin(made))
	return made
}

// checkRestore returns an error for a snapshot that cannot be restored. A cluster
// can be restored from an instance's snapshot, but not the other way round (Amazon
// RDS API Reference, "RestoreDBInstanceFromDBSnapshot").
func checkRestore(e engine, from *v1alpha1.DatabaseRestore) field.ErrorList {
	if e.Aurora || from == nil || from.Snapshot == nil || !strings.Contains(from.Snapshot.Identifier, ":cluster-snapshot:") {
		return nil
	}
	return field.ErrorList{field.Invalid(field.NewPath("spec", "database", "restoreFrom", "snapshot", "identifier"), from.Snapshot.Identifier,
		fmt.Sprintf("is a cluster snapshot, but %s requires an instance snapshot: use an instance snapshot, or set database.engine to an Aurora engine", e.Title))}
}

// origin describes the source of a database.
func origin(r *v1alpha1.DatabaseRestore) string {
	switch {
	case r == nil:
		return "nothing"
	case r.Snapshot != nil:
		return "snapshot " + r.Snapshot.Identifier
	default:
		return fmt.Sprintf("%s at %s", r.PointInTime.SourceIdentifier, cmp.Or(r.PointInTime.Time, "the latest restorable time"))
	}
}
