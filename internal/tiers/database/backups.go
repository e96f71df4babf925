package database

import (
	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/backup"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/iam"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// lockedDays is the minimum retention of copies in a locked vault, which is the
// lowest retention of a plan. It can never change.
const lockedDays = 7

// composeBackups adds vaults for additional copies of the database, and the backup
// plan. Vaults are kept when the claim removes the plan, because they hold copies.
func composeBackups(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if s.Backups.Vault {
		composeVault(s, set, composed.BackupVault, composed.BackupVaultLock, composed.DataKey, vaultName(s))
	}
	if s.Backups.CopyRegion != "" {
		composeVault(s, set.In(s.Backups.CopyRegion), composed.BackupCopyVault, composed.BackupCopyVaultLock, composed.BackupCopyKey, copyVaultName(s))
	}
	if s.Backups.Plan != nil {
		composeBackupRole(s, set)
		composeBackupPlan(s, observed, set)
	}
}

// composeVault adds a vault. AWS does not delete a vault with copies, so it is
// emptied first if nothing is kept. The lock is in governance mode, because it has
// no grace period: principals with the permission can remove it.
func composeVault(s *settings.Settings, set *desired.Set, vault, lock, key, name string) {
	keep := desired.Keep(s.Keep.Data)
	set.Add(vault, &backup.Vault{Spec: backup.VaultSpec{ForProvider: backup.VaultParameters{
		KMSKeyArnRef: set.Ref(key),
		ForceDestroy: new(!s.Keep.Data),
	}}}, desired.Named(name), keep, desired.Before(key))
	if s.Backups.Locked {
		set.Add(lock, &backup.VaultLockConfiguration{Spec: backup.VaultLockConfigurationSpec{ForProvider: backup.VaultLockConfigurationParameters{
			BackupVaultNameRef: set.Ref(vault),
			MinRetentionDays:   new(float64(lockedDays)),
		}}}, keep)
	}
}

// composeBackupRole adds the role of AWS Backup with its managed policy (AWS
// documentation, "IAM service roles"). AWS does not document that AWS Backup sends
// aws:SourceAccount when it assumes the role. A condition could therefore stop the
// copies silently.
func composeBackupRole(s *settings.Settings, set *desired.Set) {
	kit.AddRole(s, set, composed.BackupRole, s.Stack+"-backup", "Creates additional backups of the database", "backup.amazonaws.com", nil)
	set.Add(composed.BackupRolePolicy, &iam.RolePolicyAttachment{Spec: iam.RolePolicyAttachmentSpec{ForProvider: iam.RolePolicyAttachmentParameters{
		RoleRef:   set.Ref(composed.BackupRole),
		PolicyArn: new(s.Partition.ARN("iam", "", "aws", "policy/service-role/AWSBackupServiceRolePolicyForBackup")),
	}}})
}

// composeBackupPlan adds the schedule and the resources of copies. The vault of the
// second copy has no reference, but its ARN is known. Copies are snapshots instead
// of continuous backups, with which AWS Backup would manage RDS's automatic
// backups.
func composeBackupPlan(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	asked := s.Backups.Plan
	rule := backup.RuleParameters{
		RuleName:               new("database"),
		TargetVaultNameRef:     set.Ref(composed.BackupVault),
		Schedule:               new(asked.Schedule),
		EnableContinuousBackup: new(false),
		// In minutes.
		StartWindow:      new(float64(60)),
		CompletionWindow: new(float64(1440)),
		Lifecycle:        &backup.RuleLifecycleParameters{DeleteAfter: new(float64(asked.RetentionDays))},
	}
	if asked.CopyRegion != "" {
		rule.CopyAction = []backup.CopyActionParameters{{
			DestinationVaultArn: new(s.Partition.ARN("backup", s.Backups.CopyRegion, s.Account.Value, "backup-vault:"+copyVaultName(s))),
			Lifecycle:           &backup.LifecycleParameters{DeleteAfter: new(float64(asked.RetentionDays))},
		}}
	}
	set.Add(composed.BackupPlan, &backup.Plan{Spec: backup.PlanSpec{ForProvider: backup.PlanParameters{
		Name: new(s.Stack + "-database"),
		Rule: []backup.RuleParameters{rule},
	}}}, desired.Needs(s.Account), desired.Before(composed.BackupVault, composed.BackupCopyVault))
	selection := backup.SelectionParameters{Name: new("database"), PlanIDRef: set.Ref(composed.BackupPlan), IAMRoleArnRef: set.Ref(composed.BackupRole)}
	var needs []facts.Fact
	if s.Database.Aurora != nil {
		// References only support instances.
		cluster := observed.ARN(composed.DatabaseCluster)
		selection.Resources, needs = []*string{new(cluster.Value)}, []facts.Fact{cluster}
	} else {
		selection.ResourcesRefs = []xpv1.NamespacedReference{*set.Ref(composed.Database)}
	}
	set.Add(composed.BackupSelection, &backup.Selection{Spec: backup.SelectionSpec{ForProvider: selection}}, desired.Needs(needs...))
}

// The maximum length of a vault's name is 50 (AWS Backup API Reference,
// "CreateBackupVault").
func vaultName(s *settings.Settings) string { return s.Stack + "-backups" }

func copyVaultName(s *settings.Settings) string { return s.Stack + "-copies" }
