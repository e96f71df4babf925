package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/kms"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// RecoveryDays is the recovery period of deleted keys and secrets, which is AWS's
// maximum.
const RecoveryDays = 30

// ComposeKey adds a key with yearly rotation and an alias, if the stack has this
// key. Its policy contains the account ID, so the key waits for it. The key is kept
// with the data that it encrypts. The key of alarms is never kept, because messages
// are short-lived. The key of account volumes is always kept. An existing key is
// only observed, so that references are the same.
func ComposeKey(s *settings.Settings, set *desired.Set, key, description string, users []policy.Statement) {
	k, ok := s.Keys[key]
	if !ok {
		return
	}
	if k.Existing != "" {
		set.Add(key, &kms.Key{Spec: kms.KeySpec{ForProvider: kms.KeyParameters{Region: new(k.Region)}}}, desired.Named(k.Existing), desired.Observed(true))
		return
	}
	keep := desired.Keep(s.Keep.Data && key != composed.AlarmsKey || key == composed.AccountKey)
	set.Add(key, &kms.Key{Spec: kms.KeySpec{ForProvider: kms.KeyParameters{
		Region:               new(k.Region),
		Description:          new(s.Stack + ": " + description),
		KeyUsage:             new("ENCRYPT_DECRYPT"),
		IsEnabled:            new(true),
		EnableKeyRotation:    new(true),
		RotationPeriodInDays: new(float64(365)),
		DeletionWindowInDays: new(float64(RecoveryDays)),
		Policy:               new(policy.Document{Statements: append([]policy.Statement{Administration(s)}, users...)}.JSON()),
	}}}, desired.Needs(s.Account), keep)
	set.Add(composed.KeyAlias(key), &kms.Alias{Spec: kms.AliasSpec{ForProvider: kms.AliasParameters{
		Region:         new(k.Region),
		TargetKeyIDRef: set.Ref(key),
	}}}, desired.Named(s.Stack+"-"+key), keep)
}

// KeyName returns a key's identifier that is known before its creation: the alias
// of the stack's own key, or the ID of an existing key.
func KeyName(s *settings.Settings, key string) string {
	if existing := s.Keys[key].Existing; existing != "" {
		return existing
	}
	return "alias/" + s.Stack + "-" + key
}

// Administration allows IAM policies of the account to control the key. Without it,
// the key could not be managed (AWS documentation, "Default key policy").
func Administration(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "AccountByIAM",
		Effect:    policy.Allow,
		Principal: policy.Account(s.Partition.ARN("iam", "", s.Account.Value, "root")),
		Actions:   []string{"kms:*"},
		Resources: []string{"*"},
		Condition: policy.StringEquals("kms:CallerAccount", s.Account.Value),
	}
}

// EncryptLogs allows CloudWatch Logs in a region to use a key for log groups.
func EncryptLogs(s *settings.Settings, region string, groups ...string) policy.Statement {
	return policy.Statement{
		Sid:       "EncryptLogs",
		Effect:    policy.Allow,
		Principal: policy.Service("logs." + region + "." + s.Partition.DNSSuffix),
		Actions:   []string{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"},
		Resources: []string{"*"},
		Condition: policy.Condition{"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
	}
}

// AnnounceAlarms allows CloudWatch to publish to topics that a key encrypts (AWS
// documentation, "Amazon SNS encryption with CloudWatch alarms").
func AnnounceAlarms(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "AnnounceAlarms",
		Effect:    policy.Allow,
		Principal: policy.Service("cloudwatch.amazonaws.com"),
		Actions:   []string{"kms:Decrypt", "kms:GenerateDataKey"},
		Resources: []string{"*"},
		Condition: policy.StringEquals("aws:SourceAccount", s.Account.Value),
	}
}

// ReadSecretByApp allows only the app role to read a secret. A role as principal
// would be converted to an ID, which a new role with the same name does not have.
func ReadSecretByApp(s *settings.Settings, secret facts.Fact) policy.Statement {
	return policy.Statement{
		Sid:       "ReadByApp",
		Effect:    policy.Allow,
		Principal: policy.Account(s.Partition.ARN("iam", "", s.Account.Value, "root")),
		Actions:   []string{"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"},
		Resources: []string{secret.Value},
		Condition: policy.Condition{"ArnEquals": {"aws:PrincipalArn": {AppRoleARN(s)}}, "Bool": {"aws:SecureTransport": {"true"}}},
	}
}
