package database

import (
	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	backup "github.com/upbound/provider-aws/v2/apis/namespaced/backup/v1beta1"
	iam "github.com/upbound/provider-aws/v2/apis/namespaced/iam/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// lockedDays is how long a locked vault keeps every copy, the least that a plan
// can keep one. A lock can never change it.
const lockedDays = 7

// composeBackups adds vaults of further copies of the database, and the plan by
// which they are made. Vaults stay when the claim drops the plan, because they
// hold copies.
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

// composeVault adds a vault. AWS deletes none that holds copies, so it is emptied
// where everything is to be deleted. Without a number of days after which it
// can never be taken away, the lock is one of governance: who may, can.
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

// composeBackupRole adds what AWS Backup runs as, with the policy that AWS keeps
// for it (AWS documentation, "IAM service roles"). AWS Backup is not documented
// to name a source when it takes the role, so there is no condition that could
// stop the copies without a word.
func composeBackupRole(s *settings.Settings, set *desired.Set) {
	kit.AddRole(s, set, composed.BackupRole, s.Stack+"-backup", "Creates additional backups of the database", "backup.amazonaws.com", nil)
	set.Add(composed.BackupRolePolicy, &iam.RolePolicyAttachment{Spec: iam.RolePolicyAttachmentSpec{ForProvider: iam.RolePolicyAttachmentParameters{
		RoleRef:   set.Ref(composed.BackupRole),
		PolicyArn: new(s.Partition.ARN("iam", "", "aws", "policy/service-role/AWSBackupServiceRolePolicyForBackup")),
	}}})
}

// composeBackupPlan adds when copies are made, and of what. A copy of a copy has
// no reference, but the ARN of its vault is known. Copies are snapshots, not a
// continuous backup, which would take the automatic backups over from RDS.
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
		// References are to instances only.
		cluster := observed.ARN(composed.DatabaseCluster)
		selection.Resources, needs = []*string{new(cluster.Value)}, []facts.Fact{cluster}
	} else {
		selection.ResourcesRefs = []xpv1.NamespacedReference{*set.Ref(composed.Database)}
	}
	set.Add(composed.BackupSelection, &backup.Selection{Spec: backup.SelectionSpec{ForProvider: selection}}, desired.Needs(needs...))
}

// Names of vaults have 50 characters at most (AWS Backup API Reference,
// "CreateBackupVault").
func vaultName(s *settings.Settings) string { return s.Stack + "-backups" }

func copyVaultName(s *settings.Settings) string { return s.Stack + "-copies" }
