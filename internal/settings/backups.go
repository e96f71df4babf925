package settings

import (
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// Backups contains the backup vaults of the database. Existing vaults are kept,
// because they hold copies. A claim can stop new copies, but not delete old ones.
type Backups struct {
	// Plan is the schedule of copies. It is nil if there are none.
	Plan *v1alpha1.DatabaseBackupPlan
	// Vault reports whether there is a vault.
	Vault bool
	// CopyRegion is the region of the second vault. It is empty if there is none.
	CopyRegion string
	// Locked reports whether Vault Lock prevents the deletion of copies.
	Locked bool
}

// backups decides the settings of the vaults.
func (d *decision) backups() Backups {
	spec, observed := d.claim.Spec.Database.BackupPlan, d.observed
	asked := ptr.Deref(spec, v1alpha1.DatabaseBackupPlan{})
	there := seen(observed, "spec.forProvider.region", []string{composed.BackupCopyVault, composed.BackupCopyKey, composed.BackupCopyVaultLock})
	if asked.CopyRegion != "" {
		there = d.pin("spec.database.backupPlan.copyRegion", string(asked.CopyRegion), there)
	}
	locked := observed.Has(composed.BackupVaultLock) || observed.Has(composed.BackupCopyVaultLock)
	if spec != nil && locked && !asked.Locked {
		d.pin("spec.database.backupPlan.locked", "false", "true")
	}
	return Backups{Plan: spec, Vault: spec != nil || locked || observed.Has(composed.BackupVault), CopyRegion: there, Locked: locked || asked.Locked}
}
