package settings

import (
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// Backups is the vaults of the database's further copies. What was made stays:
// it holds copies, which the claim may stop making but not throw away.
type Backups struct {
	// Plan is when copies are made; nil if none are.
	Plan *v1alpha1.DatabaseBackupPlan
	// Vault is whether there is one.
	Vault bool
	// CopyRegion is where the vault of copies of copies is; empty if there is none.
	CopyRegion string
	// Locked is whether nobody may delete copies.
	Locked bool
}

// backups decides on vaults.
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
