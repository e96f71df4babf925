package secrets

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/secretsmanager"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeSecrets adds a key for each class of data, and the application's own
// secret. The application sets its value, which is never composed.
func composeSecrets(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.ComposeKey(s, set, composed.DataKey, "Data at rest: database and assets", dataKeyUsers(s))
	kit.ComposeKey(s, set, composed.LogsKey, "Log groups", logsKeyUsers(s))
	kit.ComposeKey(s, set, composed.SecretsKey, "Secrets", nil)
	kit.ComposeKey(s, set, composed.EdgeKey, "Logs and alarms of the edge", edgeKeyUsers(s))
	kit.ComposeKey(s, set, composed.ReplicaKey, "Copies of the assets", replicaKeyUsers(s))
	kit.ComposeKey(s, set, composed.BackupCopyKey, "Copies of the database's backups", nil)
	if !s.IsAccount {
		composeAppSecret(s, observed, set)
	}
}

// dataKeyUsers allows the distribution to read encrypted assets, and RDS to publish
// events to the encrypted topic. RDS encrypts data with grants for the creator of
// the instance.
func dataKeyUsers(s *settings.Settings) []policy.Statement {
	var users []policy.Statement
	if s.Database.Enabled && s.Shared == nil {
		users = append(users, kit.EncryptDatabaseEvents(s))
	}
	if s.Partition.CloudFront {
		users = append(users, decryptByDistribution(s))
	}
	if s.Mail != nil {
		users = append(users, kit.EncryptMailEvents(s))
	}
	return users
}

// replicaKeyUsers allows the distribution to read the replica, if failover is
// enabled. S3 encrypts it with the replication role.
func replicaKeyUsers(s *settings.Settings) []policy.Statement {
	if !s.CDN.OriginFailover {
		return nil
	}
	return []policy.Statement{decryptByDistribution(s)}
}

// decryptByDistribution allows the account's distributions to read encrypted files.
func decryptByDistribution(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "ReadAssetsByDistribution",
		Effect:    policy.Allow,
		Principal: policy.Service("cloudfront.amazonaws.com"),
		Actions:   []string{"kms:Decrypt"},
		Resources: []string{"*"},
		// The key exists before the distribution. The bucket's policy names the
		// distribution.
		Condition: policy.Condition{"ArnLike": {"AWS:SourceArn": {s.Partition.ARN("cloudfront", "", s.Account.Value, "distribution/*")}}},
	}
}

// logsKeyUsers allows CloudWatch Logs to use the key for the stack's log groups
// (AWS documentation, "Encrypt log data in CloudWatch Logs using AWS KMS"). It also
// allows CloudFront's log delivery ("Configure standard logging") and AWS Config to
// use it for their buckets.
func logsKeyUsers(s *settings.Settings) []policy.Statement {
	var names []string
	if s.Network.Existing == nil && !s.IsAccount {
		names = append(names, s.Names.FlowLogGroup)
	}
	if s.Database.Enabled {
		names = append(names, kit.DatabaseLogGroups(s))
	}
	names = append(names, kit.LambdaLogGroup(s, "*"))
	if s.Database.Proxy != nil {
		names = append(names, kit.ProxyLogGroup(s))
	}
	if s.Network.Firewall != nil {
		names = append(names, kit.FirewallLogGroup(s))
	}
	if len(s.App.Containers()) > 0 {
		names = append(names, kit.AppLogGroup(s, "*"))
	}
	if s.Search != nil {
		names = append(names, kit.SearchLogGroup(s, "*"))
	}
	if s.Cache.Replicated() {
		names = append(names, kit.CacheLogGroup(s, "*"))
	}
	groups := []string{}
	for _, prefix := range names {
		groups = append(groups, kit.LogGroupARN(s, prefix))
	}
	if s.Alarms.DeliveryLogs {
		groups = append(groups, kit.DeliveryLogGroups(s, s.Region))
	}
	users := []policy.Statement{kit.EncryptLogs(s, s.Region, groups...)}
	if s.Partition.CloudFront && !s.IsAccount {
		bucket := s.Partition.ARN("s3", "", "", s.Names.CDNLogsBucket)
		users = append(users, policy.Statement{
			Sid:       "DeliverCDNLogs",
			Effect:    policy.Allow,
			Principal: policy.Service(kit.LogDelivery),
			Actions:   []string{"kms:GenerateDataKey"},
			Resources: []string{"*"},
			// Log delivery sends no source to KMS, but S3 sends the bucket.
			Condition: policy.Condition{"ArnLike": {"kms:EncryptionContext:aws:s3:arn": {bucket, bucket + "/*"}}},
		})
	}
	if s.CDN.LogsV2 {
		users = append(users, encryptCDNLogs(s))
	}
	if s.Config.Files {
		users = append(users, kit.DeliverConfig(s))
	}
	return users
}

// encryptCDNLogs allows log delivery (v2) to use the key for the CDN's logs (AWS
// documentation, "Logs sent to Amazon S3", permissions of the second version).
func encryptCDNLogs(s *settings.Settings) policy.Statement {
	return policy.Statement{
		Sid:       "DeliverCDNLogsV2",
		Effect:    policy.Allow,
		Principal: policy.Service(kit.LogDelivery),
		Actions:   []string{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"},
		Resources: []string{"*"},
		Condition: kit.ByLogSource(s),
	}
}

// edgeKeyUsers allows CloudWatch in us-east-1 to encrypt the web ACL's logs and to
// publish the CDN's alarms, and EventBridge to publish events there. A key serves
// only its own region.
func edgeKeyUsers(s *settings.Settings) []policy.Statement {
	var groups []string
	if !s.IsAccount {
		groups = append(groups, s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "log-group:"+kit.WafLogGroup(s)))
	}
	if zone := kit.ManagedZone(s); zone != nil && zone.QueryLogs {
		groups = append(groups, s.Partition.ARN("logs", aws.GlobalRegion, s.Account.Value, "log-group:"+kit.QueryLogGroup(s)))
	}
	if s.Alarms.DeliveryLogs {
		groups = append(groups, kit.DeliveryLogGroups(s, aws.GlobalRegion))
	}
	users := []policy.Statement{kit.AnnounceAlarms(s)}
	if len(groups) > 0 {
		users = []policy.Statement{kit.EncryptLogs(s, aws.GlobalRegion, groups...), kit.AnnounceAlarms(s)}
	}
	if kit.EdgeEvents(s) {
		users = append(users, kit.EncryptEvents(s, aws.GlobalRegion), kit.KeepUndelivered(s))
	}
	return users
}

// composeAppSecret adds the application's secret. Only the app role can read it,
// whatever other policies of the account allow.
func composeAppSecret(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	keep := desired.Keep(s.Keep.Data)
	set.Add(composed.AppSecret, &secretsmanager.Secret{Spec: secretsmanager.SecretSpec{ForProvider: secretsmanager.SecretParameters{
		Name:                 new(s.Stack + "/app"),
		Description:          new("Secrets of the application, such as the keys of its payment provider"),
		KMSKeyIDRef:          set.Ref(composed.SecretsKey),
		RecoveryWindowInDays: new(float64(kit.RecoveryDays)),
	}}}, keep, desired.Before(composed.SecretsKey))
	secret := observed.ARN(composed.AppSecret)
	set.Add(composed.AppSecretPolicy, &secretsmanager.SecretPolicy{Spec: secretsmanager.SecretPolicySpec{ForProvider: secretsmanager.SecretPolicyParameters{
		SecretArnRef:      set.Ref(composed.AppSecret),
		BlockPublicPolicy: new(true),
		Policy:            new(policy.Document{Statements: []policy.Statement{kit.ReadSecretByApp(s, secret)}}.JSON()),
	}}}, desired.Needs(secret, s.Account), keep)
	rotation := s.Secrets.AppRotation
	if rotation == nil {
		return
	}
	set.Add(composed.AppSecretRotation, &secretsmanager.SecretRotation{Spec: secretsmanager.SecretRotationSpec{ForProvider: secretsmanager.SecretRotationParameters{
		SecretIDRef:       set.Ref(composed.AppSecret),
		RotationLambdaArn: new(rotation.LambdaARN),
		// The default of Terraform and AWS. AWS does not return it, so without late
		// initialization the provider would rotate the secret in every reconcile.
		RotateImmediately: new(true),
		RotationRules:     &secretsmanager.RotationRulesParameters{AutomaticallyAfterDays: new(float64(rotation.IntervalDays))},
	}}}, keep)
}

// reportSecrets reports secrets and keys.
func reportSecrets(_ *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	status.Secrets = v1alpha1.SecretsStatus{
		AppSecretARN:  observed.ARN(composed.AppSecret).Value,
		DataKeyARN:    observed.ARN(composed.DataKey).Value,
		LogsKeyARN:    observed.ARN(composed.LogsKey).Value,
		SecretsKeyARN: observed.ARN(composed.SecretsKey).Value,
	}
}
