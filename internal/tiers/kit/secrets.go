package kit

import (
	kms "github.com/upbound/provider-aws/v2/apis/namespaced/kms/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// RecoveryDays is how long a deleted key or secret can be brought back, the
// longest that AWS offers.
const RecoveryDays = 30

// ComposeKey adds a key that rotates every year, and an alias to know it by,
// if the stack has such a key. Its policy names the account, so the key waits for
// that. It stays with what it encrypts; announcements of alarms are gone as soon
// as they are read, and volumes of the account are not the stack's to lock. A key
// that exists is only looked at: others refer to it alike.
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

// KeyName returns what AWS knows a key by before anything of it was observed:
// the alias of the stack's own, the ID of one that exists.
func KeyName(s *settings.Settings, key string) string {
	if existing := s.Keys[key].Existing; existing != "" {
		return existing
	}
	return "alias/" + s.Stack + "-" + key
}

// Administration lets IAM policies of the account decide who manages a key.
// Without it nobody could (AWS documentation, "Default key policy").
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

// EncryptLogs lets CloudWatch Logs of a region use a key for log groups.
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

// AnnounceAlarms lets CloudWatch publish to topics that a key encrypts (AWS
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

// ReadSecretByApp lets the app role read a secret. AWS would turn the role as a
// principal into an ID that its successor does not have.
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
