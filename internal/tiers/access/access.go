package access

import (
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/iam"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeAccess adds the roles of the app tier and of services that act for the
// stack. Each permission is a separate resource, so that it waits only for the
// values that it contains.
func composeAccess(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	composeAppRole(s, observed, set)
	if s.Partition.CloudFront {
		composePublisherRole(s, observed, set)
	}
	if s.Network.Existing == nil {
		composeFlowLogRole(s, set)
	}
	if s.Database.Enabled {
		composeMonitoringRole(s, set)
	}
}

// composeAppRole adds the role of the application.
func composeAppRole(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.AddRoleFor(s, set, composed.AppRole, s.Names.AppRole, "Runs the shop's application", runtimeTrust(s).And(federatedTrust(s.Access.App)))
	kit.AddRolePolicy(set, composed.AppRoleLogs, composed.AppRole, "logs", lambdaLogging(s), s.Account)
	kit.AddRolePolicy(set, composed.AppRoleNetwork, composed.AppRole, "network", []policy.Statement{kit.AttachToVPC()})
	data := observed.ARN(composed.DataKey)
	kit.AddRolePolicy(set, composed.AppRoleAssets, composed.AppRole, "assets", []policy.Statement{
		{Sid: "ReadAssets", Effect: policy.Allow, Actions: []string{"s3:GetObject"}, Resources: []string{kit.AssetsARN(s) + "/*"}},
		{Sid: "DecryptAssets", Effect: policy.Allow, Actions: []string{"kms:Decrypt"}, Resources: []string{data.Value}, Condition: kit.ViaService(s, "s3")},
	}, data)
	composeShell(s, set)
	composeAppFiles(s, observed, set)
	composeAppUploads(s, set, data)
	composeAppQueues(s, set, data)
	composeAppMail(s, set)
	composeAppCache(s, observed, set)
	composeAppRights(s, set)
	app, key := observed.ARN(composed.AppSecret), observed.ARN(composed.SecretsKey)
	kit.AddRolePolicy(set, composed.AppRoleSecrets, composed.AppRole, "secrets", readSecret(s, app, key), app, key)
	if s.Database.Enabled {
		composeAppDatabase(s, observed, set, key)
	}
}

// composeAppDatabase allows the application to read the administrator's password
// and, if supported, to use IAM authentication.
func composeAppDatabase(s *settings.Settings, observed facts.Observed, set *desired.Set, key facts.Fact) {
	secret, instance := kit.DatabaseSecret(s, observed), kit.DatabaseResourceID(s, observed)
	statements := readSecret(s, secret, key)
	if s.Database.IAM {
		statements = append(statements, kit.SignIn(s, instance))
	}
	kit.AddRolePolicy(set, composed.AppRoleDatabase, composed.AppRole, "database", statements, s.Account, secret, instance, key)
}

// composeShell allows users to open a shell in the containers of services for which
// the claim enables it. The agent in the container calls these actions, which do
// not support resources (Service Authorization Reference, "Actions defined by
// Amazon Message Gateway Service").
func composeShell(s *settings.Settings, set *desired.Set) {
	if !slices.ContainsFunc(s.App.Services, func(service settings.Service) bool { return service.Shell }) {
		return
	}
	kit.AddRolePolicy(set, composed.AppRoleShell, composed.AppRole, "shell", []policy.Statement{{
		Sid: "OpenShell", Effect: policy.Allow,
		Actions: []string{
			"ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
		},
		Resources: []string{"*"},
	}})
}

// composeAppUploads allows the application to store uploads, or to sign visitors'
// upload requests. It can see the tag of an object that is not scanned, but not
// read the object.
func composeAppUploads(s *settings.Settings, set *desired.Set, key facts.Fact) {
	if s.Uploads == nil {
		return
	}
	objects := kit.UploadedObjects(s)
	write := []string{"s3:AbortMultipartUpload", "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:PutObject"}
	if s.Uploads.Scan {
		write = append(write, "s3:GetObjectTagging")
	}
	kit.AddRolePolicy(set, composed.AppRoleUploads, composed.AppRole, "uploads", []policy.Statement{
		{Sid: "ListUploads", Effect: policy.Allow, Actions: []string{"s3:ListBucket"}, Resources: []string{kit.UploadsARN(s)}, Condition: listedUploads(s)},
		{Sid: "StoreUploads", Effect: policy.Allow, Actions: write, Resources: objects},
		{Sid: "ReadUploads", Effect: policy.Allow, Actions: []string{"s3:GetObject"}, Resources: objects, Condition: kit.ScannedUploads(s)},
		{Sid: "EncryptUploads", Effect: policy.Allow, Actions: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resources: []string{key.Value}, Condition: kit.ViaService(s, "s3")},
	}, key)
}

// composeAppFiles allows the application to mount the shared directories and to
// write to them.
func composeAppFiles(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.App.FileSystem {
		return
	}
	arn := observed.ARN(composed.FileSystem)
	kit.AddRolePolicy(set, composed.AppRoleFiles, composed.AppRole, "files", []policy.Statement{{
		Sid: "ShareFiles", Effect: policy.Allow, Actions: []string{"elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"}, Resources: []string{arn.Value},
		Condition: policy.Condition{"ArnLike": {"elasticfilesystem:AccessPointArn": {s.Partition.ARN("elasticfilesystem", s.Region, s.Account.Value, "access-point/*")}}},
	}}, s.Account, arn)
}

// composeAppQueues allows the application to send and receive messages. It does
// not include dead-letter queues, which only users inspect.
func composeAppQueues(s *settings.Settings, set *desired.Set, key facts.Fact) {
	if len(s.Queues) == 0 {
		return
	}
	var queues []string
	for _, q := range s.Queues {
		queues = append(queues, kit.QueueARN(s, q.Queue))
	}
	kit.AddRolePolicy(set, composed.AppRoleQueues, composed.AppRole, "queues", []policy.Statement{
		{
			Sid: "UseQueues", Effect: policy.Allow, Resources: queues,
			Actions: []string{"sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage", "sqs:SendMessage"},
		},
		{Sid: "EncryptMessages", Effect: policy.Allow, Actions: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resources: []string{key.Value}, Condition: kit.ViaService(s, "sqs")},
	}, s.Account, key)
}

// composeAppMail allows the application to send mail from the shop's domain.
func composeAppMail(s *settings.Settings, set *desired.Set) {
	if s.Mail == nil {
		return
	}
	kit.AddRolePolicy(set, composed.AppRoleMail, composed.AppRole, "mail", []policy.Statement{{
		Sid: "SendMail", Effect: policy.Allow, Actions: []string{"ses:SendEmail", "ses:SendRawEmail"},
		Resources: []string{kit.MailConfigurationSetARN(s), kit.MailIdentityARN(s)},
		Condition: policy.Condition{"StringLike": {"ses:FromAddress": {"*@" + s.Mail.Domain}}},
	}}, s.Account)
}

// composeAppCache allows the application to connect to the cache: to read the
// cache's password, or to connect as the cache's only user (Amazon ElastiCache documentation,
// "Authenticating with IAM").
func composeAppCache(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if s.Cache.HasPassword() {
		secret, key := kit.CacheSecret(observed), observed.ARN(composed.SecretsKey)
		kit.AddRolePolicy(set, composed.AppRoleCacheSecret, composed.AppRole, "cache-secret", readSecret(s, secret, key), secret, key)
	}
	if s.Cache.HasUsers() {
		kit.AddRolePolicy(set, composed.AppRoleCache, composed.AppRole, "cache", []policy.Statement{{
			Sid: "ConnectToCache", Effect: policy.Allow, Actions: []string{"elasticache:Connect"}, Resources: []string{kit.CacheARN(s), kit.CacheUserARN(s)},
		}}, s.Account)
	}
}

// listedUploads returns a condition that restricts lists to keys that the
// application stores. It is empty if the application stores all keys.
func listedUploads(s *settings.Settings) policy.Condition {
	if s.Uploads.WithoutPath() {
		return policy.Condition{}
	}
	var keys []string
	for _, prefix := range s.Uploads.Prefixes {
		keys = append(keys, prefix+"*")
	}
	return policy.Condition{"StringLike": {"s3:prefix": keys}}
}

// composeAppRights adds the permissions that the claim requests in addition to
// those for the stack itself.
func composeAppRights(s *settings.Settings, set *desired.Set) {
	if rights := settings.AppRights(s.Access, s.Partition, s.Region, s.Account.Value); len(rights) > 0 {
		kit.AddRolePolicy(set, composed.AppRoleRights, composed.AppRole, "rights", rights, s.Account)
	}
	for _, arn := range s.Access.PolicyARNs {
		set.Add(composed.AppRolePolicy(naming.Hash(arn)), &iam.RolePolicyAttachment{Spec: iam.RolePolicyAttachmentSpec{ForProvider: iam.RolePolicyAttachmentParameters{
			RoleRef:   set.Ref(composed.AppRole),
			PolicyArn: new(arn),
		}}})
	}
}

// composePublisherRole adds the role for publishing assets. It is separate, so that
// the shop itself cannot change the files that it serves.
func composePublisherRole(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	kit.AddRoleFor(s, set, composed.PublisherRole, s.Names.PublisherRole, "Publishes assets and refreshes the CDN",
		kit.TrustOf("lambda.amazonaws.com", nil).And(federatedTrust(s.Access.Publisher)))
	kit.AddRolePolicy(set, composed.PublisherRoleLogs, composed.PublisherRole, "logs", lambdaLogging(s), s.Account)
	key := observed.ARN(composed.DataKey)
	kit.AddRolePolicy(set, composed.PublisherRoleAssets, composed.PublisherRole, "assets", []policy.Statement{
		{Sid: "ListAssets", Effect: policy.Allow, Actions: []string{"s3:ListBucket"}, Resources: []string{kit.AssetsARN(s)}},
		{Sid: "PublishAssets", Effect: policy.Allow, Actions: []string{"s3:DeleteObject", "s3:GetObject", "s3:PutObject"}, Resources: []string{kit.AssetsARN(s) + "/*"}},
		{Sid: "EncryptAssets", Effect: policy.Allow, Actions: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resources: []string{key.Value}, Condition: kit.ViaService(s, "s3")},
	}, key)
	distribution := observed.ARN(composed.Distribution)
	kit.AddRolePolicy(set, composed.PublisherRoleCDN, composed.PublisherRole, "cdn", []policy.Statement{{
		Sid: "RefreshCDN", Effect: policy.Allow, Actions: []string{"cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"}, Resources: []string{distribution.Value},
	}}, distribution)
}

// composeFlowLogRole adds the role of VPC flow logs (AWS documentation, "IAM role
// for publishing flow logs to CloudWatch Logs").
func composeFlowLogRole(s *settings.Settings, set *desired.Set) {
	source := kit.From(s, s.Partition.ARN("ec2", s.Region, s.Account.Value, "vpc-flow-log/*"))
	kit.AddRole(s, set, composed.FlowLogRole, s.Names.FlowLogRole, "Writes the VPC's flow logs", "vpc-flow-logs.amazonaws.com", source, s.Account)
	group := kit.LogGroupARN(s, s.Names.FlowLogGroup)
	kit.AddRolePolicy(set, composed.FlowLogRoleLogs, composed.FlowLogRole, "logs", []policy.Statement{{
		Sid: "WriteFlowLogs", Effect: policy.Allow,
		Actions:   []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
		Resources: []string{group, group + ":*"},
	}}, s.Account)
}

// composeMonitoringRole adds the role for Enhanced Monitoring. RDS requires the
// managed policy (AWS documentation, "Setting up and enabling Enhanced
// Monitoring"). The role is kept with the database.
func composeMonitoringRole(s *settings.Settings, set *desired.Set) {
	var instances []string
	for _, identifier := range kit.InstanceIdentifiers(s) {
		instances = append(instances, s.Partition.ARN("rds", s.Region, s.Account.Value, "db:"+identifier))
	}
	source := kit.From(s, instances...)
	kit.AddRole(s, set, composed.MonitoringRole, s.Names.MonitoringRole, "Writes the database's operating system metrics", "monitoring.rds.amazonaws.com", source, s.Account)
	set.Add(composed.MonitoringRolePolicy, &iam.RolePolicyAttachment{Spec: iam.RolePolicyAttachmentSpec{ForProvider: iam.RolePolicyAttachmentParameters{
		RoleRef:   set.Ref(composed.MonitoringRole),
		PolicyArn: new(s.Partition.ARN("iam", "", "aws", "policy/service-role/AmazonRDSEnhancedMonitoringRole")),
	}}}, desired.Keep(s.Keep.Database))
}

// lambdaLogging allows a function to write its logs and traces.
func lambdaLogging(s *settings.Settings) []policy.Statement {
	group := kit.LogGroupARN(s, kit.LambdaLogGroup(s, "*"))
	return []policy.Statement{
		{Sid: "CreateLogGroup", Effect: policy.Allow, Actions: []string{"logs:CreateLogGroup"}, Resources: []string{group}},
		{Sid: "WriteLogs", Effect: policy.Allow, Actions: []string{"logs:CreateLogStream", "logs:PutLogEvents"}, Resources: []string{group + ":*"}},
		kit.WriteTraces(),
	}
}

// readSecret allows a role to read and decrypt one secret.
func readSecret(s *settings.Settings, secret, key facts.Fact) []policy.Statement {
	return []policy.Statement{
		{Sid: "ReadSecret", Effect: policy.Allow, Actions: []string{"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"}, Resources: []string{secret.Value}},
		{Sid: "DecryptSecret", Effect: policy.Allow, Actions: []string{"kms:Decrypt"}, Resources: []string{key.Value}, Condition: kit.ViaService(s, "secretsmanager")},
	}
}

// reportAccess reports the roles.
func reportAccess(_ *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	status.Access.AppRoleARN = observed.ARN(composed.AppRole).Value
	status.Access.PublisherRoleARN = observed.ARN(composed.PublisherRole).Value
}
