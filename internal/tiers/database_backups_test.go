package tiers

import (
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

func TestBackups(t *testing.T) {
	const copied = `{"region":"eu-west-1","database":{"backupPlan":{"schedule":"cron(0 6 ? * SUN *)","retentionDays":365,"copyRegion":"eu-central-1","locked":true}}}`
	runTierCases(t, map[string]tierCase{
		"NoneUnlessAsked": {
			reason:  "Automatic backups are enough for most.",
			spec:    `{"region":"eu-west-1"}`,
			role:    role.BackupVault,
			missing: true,
		},
		"Vault": {
			reason: "Copies outlive the stack, under the key that they were made with (DB-30).",
			spec:   copied,
			role:   role.BackupVault,
			want: map[string]any{
				"region": "eu-west-1", "kmsKeyArnRef.name": "shop-data-key", "forceDestroy": false,
				".metadata.annotations[crossplane.io/external-name]": prefix + "-backups", stays: true,
			},
		},
		"VaultGoesWithEverything": {
			reason: "AWS deletes no vault with copies in it, so it is emptied where everything is to go.",
			spec:   `{"region":"eu-west-1","deletionPolicy":"Delete","database":{"backupPlan":{}}}`,
			role:   role.BackupVault,
			want:   map[string]any{"forceDestroy": true, stays: false},
		},
		"VaultStaysWithoutPlan": {
			reason:   "It holds copies.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{role.BackupVault: `{"spec":{"forProvider":{"region":"eu-west-1"}}}`},
			role:     role.BackupVault,
			want:     map[string]any{"kmsKeyArnRef.name": "shop-data-key"},
		},
		"PlanGoes": {
			reason:   "No more copies are made.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{role.BackupVault: `{"spec":{"forProvider":{"region":"eu-west-1"}}}`, role.BackupPlan: `{"spec":{}}`},
			role:     role.BackupPlan,
			missing:  true,
		},
		"Unlocked": {
			reason:  "A lock must be asked for.",
			spec:    `{"region":"eu-west-1","database":{"backupPlan":{}}}`,
			role:    role.BackupVaultLock,
			missing: true,
		},
		"Lock": {
			reason: "The lock is one of governance, so that an account can always be left, and stays with the vault.",
			spec:   copied,
			role:   role.BackupVaultLock,
			want:   map[string]any{"backupVaultNameRef.name": "shop-backup-vault", "minRetentionDays": float64(7), "changeableForDays": absent{}, stays: true},
		},
		"CopyVault": {
			reason: "Copies of copies are in the other region, under a key there.",
			spec:   copied,
			role:   role.BackupCopyVault,
			want: map[string]any{
				"region": "eu-central-1", "kmsKeyArnRef.name": "shop-backup-copy-key", ".metadata.annotations[crossplane.io/external-name]": prefix + "-copies",
			},
		},
		"CopyVaultLock": {
			reason: "The lock is there too.",
			spec:   copied,
			role:   role.BackupCopyVaultLock,
			want:   map[string]any{"region": "eu-central-1", "backupVaultNameRef.name": "shop-backup-copy-vault"},
		},
		"CopyKey": {
			reason: "A key serves its region only.",
			spec:   copied,
			role:   role.BackupCopyKey,
			want:   map[string]any{"region": "eu-central-1", stays: true},
		},
		"Plan": {
			reason: "The claim says when, and for how long. A continuous backup would take the automatic ones over from RDS.",
			spec:   copied,
			role:   role.BackupPlan,
			want: map[string]any{
				"name": prefix + "-database", "rule[0].targetVaultNameRef.name": "shop-backup-vault", "rule[0].schedule": "cron(0 6 ? * SUN *)", "rule[0].lifecycle.deleteAfter": float64(365),
				"rule[0].enableContinuousBackup":            false,
				"rule[0].copyAction[0].destinationVaultArn": "arn:aws:backup:eu-central-1:123456789012:backup-vault:" + prefix + "-copies", "rule[0].copyAction[0].lifecycle.deleteAfter": float64(365),
			},
		},
		"PlanWithoutCopies": {
			reason: "Nothing leaves the region unasked.",
			spec:   `{"region":"eu-west-1","database":{"backupPlan":{}}}`,
			role:   role.BackupPlan,
			want:   map[string]any{"rule[0].copyAction": absent{}, "rule[0].lifecycle.deleteAfter": float64(90), "rule[0].schedule": "cron(0 6 * * ? *)"},
		},
		"PlanWaitsForTheAccount": {
			reason: "The other region's vault is named by its ARN.",
			spec:   copied,
			input:  noInput(),
			role:   role.BackupPlan,
			waits:  true,
		},
		"Selection": {
			reason: "The plan is about the database alone.",
			spec:   copied,
			role:   role.BackupSelection,
			want:   map[string]any{"planIdRef.name": "shop-backup-plan", "iamRoleArnRef.name": "shop-backup-role", "resourcesRefs[0].name": "shop-database", "resourcesRefs[1]": absent{}},
		},
		"RolePolicy": {
			reason: "AWS keeps the policy of what AWS Backup runs as, in each partition.",
			spec:   `{"region":"cn-north-1","database":{"backupPlan":{}}}`,
			role:   role.BackupRolePolicy,
			want:   map[string]any{"policyArn": "arn:aws-cn:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"},
		},
	})
}
