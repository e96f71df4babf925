package database_test

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestBackups(t *testing.T) {
	const copied = `{"region":"eu-west-1","database":{"backupPlan":{"schedule":"cron(0 6 ? * SUN *)","retentionDays":365,"copyRegion":"eu-central-1","locked":true}}}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NoneUnlessAsked": {
			Reason:   "Automatic backups are enough for most.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.BackupVault,
			Missing:  true,
		},
		"Vault": {
			Reason:   "Copies outlive the stack, under the key that they were made with (DB-30).",
			Spec:     copied,
			Resource: composed.BackupVault,
			Want: map[string]any{
				"region": "eu-west-1", "kmsKeyArnRef.name": "shop-data-key", "forceDestroy": false,
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-backups", tiertest.Stays: true,
			},
		},
		"VaultGoesWithEverything": {
			Reason:   "AWS deletes no vault with copies in it, so it is emptied where everything is to go.",
			Spec:     `{"region":"eu-west-1","deletionPolicy":"Delete","database":{"backupPlan":{}}}`,
			Resource: composed.BackupVault,
			Want:     map[string]any{"forceDestroy": true, tiertest.Stays: false},
		},
		"VaultStaysWithoutPlan": {
			Reason:   "It holds copies.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.BackupVault: `{"spec":{"forProvider":{"region":"eu-west-1"}}}`},
			Resource: composed.BackupVault,
			Want:     map[string]any{"kmsKeyArnRef.name": "shop-data-key"},
		},
		"PlanGoes": {
			Reason:   "No more copies are made.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: map[string]string{composed.BackupVault: `{"spec":{"forProvider":{"region":"eu-west-1"}}}`, composed.BackupPlan: `{"spec":{}}`},
			Resource: composed.BackupPlan,
			Missing:  true,
		},
		"Unlocked": {
			Reason:   "A lock must be asked for.",
			Spec:     `{"region":"eu-west-1","database":{"backupPlan":{}}}`,
			Resource: composed.BackupVaultLock,
			Missing:  true,
		},
		"Lock": {
			Reason:   "The lock is one of governance, so that an account can always be left, and stays with the vault.",
			Spec:     copied,
			Resource: composed.BackupVaultLock,
			Want:     map[string]any{"backupVaultNameRef.name": "shop-backup-vault", "minRetentionDays": float64(7), "changeableForDays": tiertest.Absent{}, tiertest.Stays: true},
		},
		"CopyVault": {
			Reason:   "Copies of copies are in the other region, under a key there.",
			Spec:     copied,
			Resource: composed.BackupCopyVault,
			Want: map[string]any{
				"region": "eu-central-1", "kmsKeyArnRef.name": "shop-backup-copy-key", ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-copies",
			},
		},
		"CopyVaultLock": {
			Reason:   "The lock is there too.",
			Spec:     copied,
			Resource: composed.BackupCopyVaultLock,
			Want:     map[string]any{"region": "eu-central-1", "backupVaultNameRef.name": "shop-backup-copy-vault"},
		},
		"CopyKey": {
			Reason:   "A key serves its region only.",
			Spec:     copied,
			Resource: composed.BackupCopyKey,
			Want:     map[string]any{"region": "eu-central-1", tiertest.Stays: true},
		},
		"Plan": {
			Reason:   "The claim says when, and for how long. A continuous backup would take the automatic ones over from RDS.",
			Spec:     copied,
			Resource: composed.BackupPlan,
			Want: map[string]any{
				"name": tiertest.Prefix + "-database", "rule[0].targetVaultNameRef.name": "shop-backup-vault", "rule[0].schedule": "cron(0 6 ? * SUN *)", "rule[0].lifecycle.deleteAfter": float64(365),
				"rule[0].enableContinuousBackup":            false,
				"rule[0].copyAction[0].destinationVaultArn": "arn:aws:backup:eu-central-1:123456789012:backup-vault:" + tiertest.Prefix + "-copies", "rule[0].copyAction[0].lifecycle.deleteAfter": float64(365),
			},
		},
		"PlanWithoutCopies": {
			Reason:   "Nothing leaves the region unasked.",
			Spec:     `{"region":"eu-west-1","database":{"backupPlan":{}}}`,
			Resource: composed.BackupPlan,
			Want:     map[string]any{"rule[0].copyAction": tiertest.Absent{}, "rule[0].lifecycle.deleteAfter": float64(90), "rule[0].schedule": "cron(0 6 * * ? *)"},
		},
		"PlanWaitsForTheAccount": {
			Reason:   "The other region's vault is named by its ARN.",
			Spec:     copied,
			Input:    tiertest.NoInput(),
			Resource: composed.BackupPlan,
			Waits:    true,
		},
		"Selection": {
			Reason:   "The plan is about the database alone.",
			Spec:     copied,
			Resource: composed.BackupSelection,
			Want:     map[string]any{"planIdRef.name": "shop-backup-plan", "iamRoleArnRef.name": "shop-backup-role", "resourcesRefs[0].name": "shop-database", "resourcesRefs[1]": tiertest.Absent{}},
		},
		"RolePolicy": {
			Reason:   "AWS keeps the policy of what AWS Backup runs as, in each partition.",
			Spec:     `{"region":"cn-north-1","database":{"backupPlan":{}}}`,
			Resource: composed.BackupRolePolicy,
			Want:     map[string]any{"policyArn": "arn:aws-cn:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"},
		},
	})
}
