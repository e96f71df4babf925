package tiers

import (
	kms "github.com/upbound/provider-aws/v2/apis/namespaced/kms/v1beta1"
	secretsmanager "github.com/upbound/provider-aws/v2/apis/namespaced/secretsmanager/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// recoveryDays is how long a deleted key or secret can be brought back, the
// longest that AWS offers.
const recoveryDays = 30

// composeSecrets adds a key for each class of data, and the application's own
// secret. Its value is the application's business; none is ever composed.
func composeSecrets(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	composeKey(s, set, role.DataKey, "Data at rest: database and assets", dataKeyUsers(s))
	composeKey(s, set, role.LogsKey, "Log groups", logsKeyUsers(s))
	composeKey(s, set, role.SecretsKey, "Secrets", nil)
	composeKey(s, set, role.EdgeKey, "Logs and alarms of the edge", edgeKeyUsers(s))
	composeKey(s, set, role.ReplicaKey, "Copies of the assets", replicaKeyUsers(s))
	composeKey(s, set, role.BackupCopyKey, "Copies of the database's backups", nil)
	composeAppSecret(s, observed, set)
}

// composeKey adds a key that rotates every year, and an alias to know it by,
// if the stack has such a key. Its policy names the account, so the key waits for
// that. It stays with what it encrypts; announcements of alarms are gone as soon
// as they are read, and volumes of the account are not the stack's to lock. A key
// that exists is only looked at: others refer to it alike.
func composeKey(s *settings.Settings, set *desired.Set, key, description string, users []policy.Statement) {
	k, ok := s.Keys[key]
	if !ok {
		return
	}
	if k.Existing != "" {
		set.Add(key, &kms.Key{Spec: kms.KeySpec{ForProvider: kms.KeyParameters{Region: new(k.Region)}}}, desired.Named(k.Existing), desired.Observed(true))
		return
	}
	keep := desired.Keep(s.Keep.Data && key != role.AlarmsKey || key == role.AccountKey)
	set.Add(key, &kms.Key{Spec: kms.KeySpec{ForProvider: kms.KeyParameters{
		Region:               new(k.Region),
		Description:          new(s.Stack + ": " + description),
		KeyUsage:             new("ENCRYPT_DECRYPT"),
		IsEnabled:            new(true),
		EnableKeyRotation:    new(true),
		RotationPeriodInDays: new(float64(365)),
		DeletionWindowInDays: new(float64(recoveryDays)),
		Policy:               new(policy.Document{Statements: append([]policy.Statement{administration(s)}, users...)}.JSON()),
	}}}, desired.Needs(s.Account), keep)
	set.Add(role.KeyAlias(key), &kms.Alias{Spec: kms.AliasSpec{ForProvider: kms.AliasParameters{
		Region:         new(k.Region),
		TargetKeyIDRef: set.Ref(key),
	}}}, desired.Named(s.Stack+"-"+key), keep)
}

// keyName returns what AWS knows a key by before anything of it was observed:
// the alias of the stack's own, the ID of one that exists.
func keyName(s *settings.Settings, key string) string {
	if existing := s.Keys[key].Existing; existing != "" {
		return existing
	}
	return "alias/" + s.Stack + "-" + key
}

// administration lets IAM policies of the account decide who manages a key.
// Without it nobody could (AWS documentation, "Default key policy").
func administration(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "AccountByIAM",
		Effect:    policy.Allow,
		Principal: policy.Account(s.Partition.ARN("iam", "", s.Account.Value, "root")),
		Actions:   []string{"kms:*"},
		Resources: []string{"*"},
		Condition: policy.StringEquals("kms:CallerAccount", s.Account.Value),
	}
}

// dataKeyUsers lets the distribution read encrypted assets and RDS announce
// events on the encrypted topic. RDS itself encrypts by grants that it makes for
// whoever creates the instance.
func dataKeyUsers(s *settings.Settings) []policy.Statement {
	users := []policy.Statement{{
		Sid:       "PublishDatabaseEvents",
		Effect:    policy.Allow,
		Principal: policy.Service("events.rds.amazonaws.com"),
		Actions:   []string{"kms:Decrypt", "kms:GenerateDataKey"},
		Resources: []string{"*"},
		Condition: policy.StringEquals("aws:SourceAccount", s.Account.Value),
	}}
	if s.Partition.CloudFront {
		users = append(users, decryptByDistribution(s))
	}
	return users
}

// replicaKeyUsers lets the distribution read the copies if it may have to. S3
// itself encrypts them as the replication role.
func replicaKeyUsers(s *settings.Settings) []policy.Statement {
	if !s.Claim.Spec.CDN.OriginFailover {
		return nil
	}
	return []policy.Statement{decryptByDistribution(s)}
}

// decryptByDistribution lets the account's distributions read encrypted files.
func decryptByDistribution(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "ReadAssetsByDistribution",
		Effect:    policy.Allow,
		Principal: policy.Service("cloudfront.amazonaws.com"),
		Actions:   []string{"kms:Decrypt"},
		Resources: []string{"*"},
		// The distribution comes later than the key that its bucket needs;
		// the bucket's policy names the one distribution.
		Condition: policy.Condition{"ArnLike": {"AWS:SourceArn": {s.Partition.ARN("cloudfront", "", s.Account.Value, "distribution/*")}}},
	}
}

// logsKeyUsers lets CloudWatch Logs use the key for the stack's own log groups
// (AWS documentation, "Encrypt log data in CloudWatch Logs using AWS KMS"), and
// CloudFront's log delivery for its bucket ("Configure standard logging"), and
// AWS Config for that of its recorder.
func logsKeyUsers(s *settings.Settings) []policy.Statement {
	var names []string
	if s.Network.Existing == nil {
		names = append(names, s.Names.FlowLogGroup)
	}
	names = append(names, databaseLogGroups(s), lambdaLogGroup(s, "*"))
	if s.Claim.Spec.Database.Proxy != nil {
		names = append(names, proxyLogGroup(s))
	}
	if s.Network.Firewall != nil {
		names = append(names, firewallLogGroup(s))
	}
	groups := []string{}
	for _, prefix := range names {
		groups = append(groups, logGroupARN(s, prefix))
	}
	if s.DeliveryLogs() {
		groups = append(groups, deliveryLogGroups(s, s.Region))
	}
	users := []policy.Statement{encryptLogs(s, s.Region, groups...)}
	if s.Partition.CloudFront {
		bucket := s.Partition.ARN("s3", "", "", s.Names.CDNLogsBucket)
		users = append(users, policy.Statement{
			Sid:       "DeliverCDNLogs",
			Effect:    policy.Allow,
			Principal: policy.Service(logDelivery),
			Actions:   []string{"kms:GenerateDataKey"},
			Resources: []string{"*"},
			// The delivery names no source to KMS, but S3 names the bucket.
			Condition: policy.Condition{"ArnLike": {"kms:EncryptionContext:aws:s3:arn": {bucket, bucket + "/*"}}},
		})
	}
	if s.LogsV2() {
		users = append(users, encryptCDNLogs(s))
	}
	if s.ConfigRecorder() {
		users = append(users, deliverConfig(s))
	}
	return users
}

// encryptCDNLogs lets the newer log delivery use the key for the CDN's logs
// (AWS documentation, "Logs sent to Amazon S3", for permissions of the second
// version).
func encryptCDNLogs(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "DeliverCDNLogsV2",
		Effect:    policy.Allow,
		Principal: policy.Service(logDelivery),
		Actions:   []string{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"},
		Resources: []string{"*"},
		Condition: byLogSource(s),
	}
}

// encryptLogs lets CloudWatch Logs of a region use a key for log groups.
func encryptLogs(s *settings.Settings, region string, groups ...string) policy.Statement {
	return policy.Statement{
		Sid:       "EncryptLogs",
		Effect:    policy.Allow,
		Principal: policy.Service("logs." + region + "." + s.Partition.DNSSuffix),
		Actions:   []string{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"},
		Resources: []string{"*"},
		Condition: policy.Condition{"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
	}
}

// edgeKeyUsers lets CloudWatch in us-east-1 encrypt the web ACL's logs and
// announce the CDN's alarms, and EventBridge announce what happens there: a key
// serves its region only.
func edgeKeyUsers(s *settings.Settings) []policy.Statement {
	groups := []string{s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "log-group:"+wafLogGroup(s))}
	if zone := s.Claim.Spec.CDN.HostedZone; zone != nil && zone.QueryLogs {
		groups = append(groups, s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "log-group:"+queryLogGroup(s)))
	}
	if s.DeliveryLogs() {
		groups = append(groups, deliveryLogGroups(s, aws.GlobalRegion))
	}
	users := []policy.Statement{encryptLogs(s, aws.GlobalRegion, groups...), announceAlarms(s)}
	if edgeEvents(s) {
		users = append(users, encryptEvents(s, aws.GlobalRegion), keepUndelivered(s))
	}
	return users
}

// announceAlarms lets CloudWatch publish to topics that a key encrypts (AWS
// documentation, "Amazon SNS encryption with CloudWatch alarms").
func announceAlarms(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "AnnounceAlarms",
		Effect:    policy.Allow,
		Principal: policy.Service("cloudwatch.amazonaws.com"),
		Actions:   []string{"kms:Decrypt", "kms:GenerateDataKey"},
		Resources: []string{"*"},
		Condition: policy.StringEquals("aws:SourceAccount", s.Account.Value),
	}
}

// composeAppSecret adds the application's secret. Only the app role may read
// it, whatever other policies in the account say.
func composeAppSecret(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	keep := desired.Keep(s.Keep.Data)
	set.Add(role.AppSecret, &secretsmanager.Secret{Spec: secretsmanager.SecretSpec{ForProvider: secretsmanager.SecretParameters{
		Name:                 new(s.Stack + "/app"),
		Description:          new("Secrets of the application, such as the keys of its payment provider"),
		KMSKeyIDRef:          set.Ref(role.SecretsKey),
		RecoveryWindowInDays: new(float64(recoveryDays)),
	}}}, keep, desired.Before(role.SecretsKey))
	secret := observed.ARN(role.AppSecret)
	app := s.Partition.ARN("iam", "", s.Account.Value, "role"+rolePath+s.Names.AppRole)
	set.Add(role.AppSecretPolicy, &secretsmanager.SecretPolicy{Spec: secretsmanager.SecretPolicySpec{ForProvider: secretsmanager.SecretPolicyParameters{
		SecretArnRef:      set.Ref(role.AppSecret),
		BlockPublicPolicy: new(true),
		Policy: new(policy.Document{Statements: []policy.Statement{{
			Sid:    "ReadByApp",
			Effect: policy.Allow,
			// AWS would turn the role into an ID that its successor does not have.
			Principal: policy.Account(s.Partition.ARN("iam", "", s.Account.Value, "root")),
			Actions:   []string{"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"},
			Resources: []string{secret.Value},
			Condition: policy.Condition{"ArnEquals": {"aws:PrincipalArn": {app}}, "Bool": {"aws:SecureTransport": {"true"}}},
		}}}.JSON()),
	}}}, desired.Needs(secret, s.Account), keep)
	rotation := s.Claim.Spec.Secrets.AppRotation
	if rotation == nil {
		return
	}
	set.Add(role.AppSecretRotation, &secretsmanager.SecretRotation{Spec: secretsmanager.SecretRotationSpec{ForProvider: secretsmanager.SecretRotationParameters{
		SecretIDRef:       set.Ref(role.AppSecret),
		RotationLambdaArn: new(rotation.LambdaARN),
		// Terraform's default, and AWS's. AWS does not show it, so that the provider would
		// rotate the secret again and again where it did not happen to fill it in.
		RotateImmediately: new(true),
		RotationRules:     &secretsmanager.RotationRulesParameters{AutomaticallyAfterDays: new(float64(rotation.Days))},
	}}}, keep)
}

// reportSecrets says where secrets are and which keys encrypt.
func reportSecrets(_ *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	status.Secrets = v1alpha1.SecretsStatus{
		AppSecretARN:  observed.ARN(role.AppSecret).Value,
		DataKeyARN:    observed.ARN(role.DataKey).Value,
		LogsKeyARN:    observed.ARN(role.LogsKey).Value,
		SecretsKeyARN: observed.ARN(role.SecretsKey).Value,
	}
}
