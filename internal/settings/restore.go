package settings

import (
	"cmp"
	"fmt"

	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// restore is what the database is made from, nil if it is made empty. What an
// existing one was made from it can never change.
func (s *Settings) restore(spec *v1alpha1.DatabaseRestore, e engine, observed facts.Observed) *v1alpha1.DatabaseRestore {
	if !observed.Has(e.role) {
		return spec
	}
	const point = "spec.forProvider.restoreToPointInTime."
	made := v1alpha1.DatabaseRestore{
		SnapshotIdentifier: observed.String(e.role, "spec.forProvider.snapshotIdentifier"),
		SourceIdentifier:   observed.String(e.role, point+e.source),
		Time:               observed.String(e.role, point+e.time),
		Latest:             observed.True(e.role, point+"useLatestRestorableTime"),
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
