package kinds

var backupService = Service{Name: "backup", Kinds: map[string]Kind{
	"Plan": {
		ExternalName: "${uuid}", ARN: "backup:${region}:${account}:backup-plan:${id}", Shows: Fields{"version": "${upper:48}"},
		Immutable: []string{"name"},
		InUse:     InUse{Code: "InvalidRequestException", By: []User{{Kind: "backup/Selection"}}},
		Cost:      Free,
		Call:      Call{Operation: "backup CreateBackupPlan", Within: "BackupPlan", Members: map[string]string{"name": "BackupPlanName", "rule[].schedule": "ScheduleExpression", "rule[].startWindow": "StartWindowMinutes", "rule[].completionWindow": "CompletionWindowMinutes", "rule[].targetVaultName": "TargetBackupVaultName", "rule[].copyAction[].destinationVaultArn": "DestinationBackupVaultArn"}},
		Called:    Called{Class: "other", At: "name"},
	},
	"Selection": {
		LateInitialized: Fields{"condition": List{Fields{}}}, ExternalName: "${uuid}",
		Immutable: []string{"planId", "name", "iamRoleArn", "resources", "resourcesRefs", "condition"},
		Cost:      Free,
		Call:      Call{Operation: "backup CreateBackupSelection", Within: "BackupSelection", Members: map[string]string{"name": "SelectionName"}},
		FilledIn: map[string]Decision{
			"condition":    "harmless: an empty condition selects nothing else; seen in recordings as [{}].",
			"notResources": "harmless: AWS shows none.",
		},
	},
	"Vault": {
		ARN: "backup:${region}:${account}:backup-vault:${id}", Shows: Fields{"recoveryPoints": int64(0)},
		Immutable: []string{"kmsKeyArn"},
		Cost:      ByUsage,
		Usage:     "backups per GiB, and copies to another region",
		Data:      "its backups",
		Call:      Call{Operation: "backup CreateBackupVault", ExternalName: "BackupVaultName", Members: map[string]string{"kmsKeyArn": "EncryptionKeyArn"}},
		Called:    Called{Class: "backup vault"},
	},
	"VaultLockConfiguration": {
		ExternalName: "${backupVaultName}",
		Immutable:    []string{"backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"},
		Cost:         Free,
		Call:         Call{Operation: "backup PutBackupVaultLockConfiguration"},
	},
}}
