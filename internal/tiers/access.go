package tiers

import (
	iam "github.com/upbound/provider-aws/v2/apis/namespaced/iam/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// rolePath groups the roles of all stacks in an account, so that a platform can
// write one policy about them.
const rolePath = "/secure-ecommerce/"

// DatabaseAppUser is the database user that the app role may sign in as by IAM.
const DatabaseAppUser = "ecommerce_app"

// composeAccess adds the roles of the app tier and of the services that act for
// the stack. Each permission is a resource of its own, so that it waits for
// nothing but the values that it names.
func composeAccess(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	composeAppRole(s, observed, set)
	if s.Partition.CloudFront {
		composePublisherRole(s, observed, set)
	}
	if s.Network.Existing == nil {
		composeFlowLogRole(s, set)
	}
	composeMonitoringRole(s, set)
}

// composeAppRole adds what the application runs as.
func composeAppRole(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	addRoleFor(s, set, role.AppRole, s.Names.AppRole, "Runs the shop's application", runtimeTrust(s).and(federatedTrust(s.Claim.Spec.Access.App)))
	addRolePolicy(set, role.AppRoleLogs, role.AppRole, "logs", lambdaLogging(s), s.Account)
	addRolePolicy(set, role.AppRoleNetwork, role.AppRole, "network", []policy.Statement{attachToVPC()})
	data := observed.ARN(role.DataKey)
	addRolePolicy(set, role.AppRoleAssets, role.AppRole, "assets", []policy.Statement{
		{Sid: "ReadAssets", Effect: policy.Allow, Actions: []string{"s3:GetObject"}, Resources: []string{assetsARN(s) + "/*"}},
		{Sid: "DecryptAssets", Effect: policy.Allow, Actions: []string{"kms:Decrypt"}, Resources: []string{data.Value}, Condition: viaService(s, "s3")},
	}, data)
	app, key := observed.ARN(role.AppSecret), observed.ARN(role.SecretsKey)
	addRolePolicy(set, role.AppRoleSecrets, role.AppRole, "secrets", readSecret(s, app, key), app, key)
	database, instance := databaseSecret(s, observed), databaseResourceID(s, observed)
	addRolePolicy(set, role.AppRoleDatabase, role.AppRole, "database", append(readSecret(s, database, key), signIn(s, instance)), s.Account, database, instance, key)
}

// attachToVPC lets Lambda attach a function to a VPC. Lambda checks these actions
// without naming a resource (AWS documentation, "Giving Lambda functions access
// to resources in an Amazon VPC").
func attachToVPC() policy.Statement {
	return policy.Statement{
		Sid:    "AttachToVPC",
		Effect: policy.Allow,
		Actions: []string{
			"ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
			"ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
		},
		Resources: []string{"*"},
	}
}

// composePublisherRole adds what a publishing function uploads assets as, so
// that the shop itself cannot change what it serves.
func composePublisherRole(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	addRoleFor(s, set, role.PublisherRole, s.Names.PublisherRole, "Publishes assets and refreshes the CDN",
		trustOf("lambda.amazonaws.com", nil).and(federatedTrust(s.Claim.Spec.Access.Publisher)))
	addRolePolicy(set, role.PublisherRoleLogs, role.PublisherRole, "logs", lambdaLogging(s), s.Account)
	key := observed.ARN(role.DataKey)
	addRolePolicy(set, role.PublisherRoleAssets, role.PublisherRole, "assets", []policy.Statement{
		{Sid: "ListAssets", Effect: policy.Allow, Actions: []string{"s3:ListBucket"}, Resources: []string{assetsARN(s)}},
		{Sid: "PublishAssets", Effect: policy.Allow, Actions: []string{"s3:DeleteObject", "s3:GetObject", "s3:PutObject"}, Resources: []string{assetsARN(s) + "/*"}},
		{Sid: "EncryptAssets", Effect: policy.Allow, Actions: []string{"kms:Decrypt", "kms:GenerateDataKey"}, Resources: []string{key.Value}, Condition: viaService(s, "s3")},
	}, key)
	distribution := observed.ARN(role.Distribution)
	addRolePolicy(set, role.PublisherRoleCDN, role.PublisherRole, "cdn", []policy.Statement{{
		Sid: "RefreshCDN", Effect: policy.Allow, Actions: []string{"cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"}, Resources: []string{distribution.Value},
	}}, distribution)
}

// composeFlowLogRole adds what VPC flow logs write as (AWS documentation, "IAM
// role for publishing flow logs to CloudWatch Logs").
func composeFlowLogRole(s *settings.Settings, set *desired.Set) {
	source := policy.StringEquals("aws:SourceAccount", s.Account.Value).And(policy.Condition{
		"ArnLike": {"aws:SourceArn": {s.Partition.ARN("ec2", s.Region, s.Account.Value, "vpc-flow-log/*")}},
	})
	addRole(s, set, role.FlowLogRole, s.Names.FlowLogRole, "Writes the VPC's flow logs", "vpc-flow-logs.amazonaws.com", source, s.Account)
	group := logGroupARN(s, s.Names.FlowLogGroup)
	addRolePolicy(set, role.FlowLogRoleLogs, role.FlowLogRole, "logs", []policy.Statement{{
		Sid: "WriteFlowLogs", Effect: policy.Allow,
		Actions:   []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
		Resources: []string{group, group + ":*"},
	}}, s.Account)
}

// composeMonitoringRole adds what RDS writes the operating system's metrics as.
// RDS looks for the policy that AWS keeps for it (AWS documentation, "Setting
// up and enabling Enhanced Monitoring"). It stays with the database.
func composeMonitoringRole(s *settings.Settings, set *desired.Set) {
	var instances []string
	for _, identifier := range instanceIdentifiers(s) {
		instances = append(instances, s.Partition.ARN("rds", s.Region, s.Account.Value, "db:"+identifier))
	}
	source := policy.StringEquals("aws:SourceAccount", s.Account.Value).And(policy.Condition{"ArnLike": {"aws:SourceArn": instances}})
	addRole(s, set, role.MonitoringRole, s.Names.MonitoringRole, "Writes the database's operating system metrics", "monitoring.rds.amazonaws.com", source, s.Account)
	set.Add(role.MonitoringRolePolicy, &iam.RolePolicyAttachment{Spec: iam.RolePolicyAttachmentSpec{ForProvider: iam.RolePolicyAttachmentParameters{
		RoleRef:   set.Ref(role.MonitoringRole),
		PolicyArn: new(s.Partition.ARN("iam", "", "aws", "policy/service-role/AmazonRDSEnhancedMonitoringRole")),
	}}}, desired.Keep(s.Keep.Database))
}

// instanceIdentifiers is the names of all instances that the database has.
func instanceIdentifiers(s *settings.Settings) []string {
	if s.Database.Aurora == nil {
		return []string{s.Names.Database}
	}
	var out []string
	for _, i := range s.Database.Aurora.Instances {
		out = append(out, i.Identifier)
	}
	return out
}

// addRole adds a role that one service may assume, under a condition where the
// service says for whom it acts.
func addRole(s *settings.Settings, set *desired.Set, r, name, description, service string, condition policy.Condition, needs ...facts.Fact) {
	addRoleFor(s, set, r, name, description, trustOf(service, condition, needs...))
}

// addRoleFor adds a role for those who are trusted with it.
func addRoleFor(s *settings.Settings, set *desired.Set, r, name, description string, who trust) {
	set.Add(r, newRole(s, description, who), desired.Named(name), desired.Needs(who.needs...), desired.Keep(s.Keep.Database && r == role.MonitoringRole))
}

// newRole is a role within the platform's boundary, if it has one, for those who
// are trusted with it.
func newRole(s *settings.Settings, description string, who trust) *iam.Role {
	p := iam.RoleParameters{
		Description:        new(description),
		Path:               new(rolePath),
		MaxSessionDuration: new(float64(3600)),
		AssumeRolePolicy:   new(policy.Document{Statements: who.statements}.JSON()),
		// Roles are handed out: a policy that others attached would hold their
		// deletion up.
		ForceDetachPolicies: new(true),
	}
	if s.PermissionsBoundary != "" {
		p.PermissionsBoundary = new(s.PermissionsBoundary)
	}
	return &iam.Role{Spec: iam.RoleSpec{ForProvider: p}}
}

// addRolePolicy adds an inline policy to a role.
func addRolePolicy(set *desired.Set, r, of, name string, statements []policy.Statement, needs ...facts.Fact) {
	set.Add(r, &iam.RolePolicy{Spec: iam.RolePolicySpec{ForProvider: iam.RolePolicyParameters{
		RoleRef: set.Ref(of),
		Policy:  new(policy.Document{Statements: statements}.JSON()),
	}}}, desired.Named(name), desired.Needs(needs...))
}

// lambdaLogging lets a function write its logs and traces.
func lambdaLogging(s *settings.Settings) []policy.Statement {
	group := logGroupARN(s, lambdaLogGroup(s, "*"))
	return []policy.Statement{
		{Sid: "CreateLogGroup", Effect: policy.Allow, Actions: []string{"logs:CreateLogGroup"}, Resources: []string{group}},
		{Sid: "WriteLogs", Effect: policy.Allow, Actions: []string{"logs:CreateLogStream", "logs:PutLogEvents"}, Resources: []string{group + ":*"}},
		writeTraces(),
	}
}

// writeTraces lets a function write its traces. X-Ray knows no resources
// (Service Authorization Reference, "Actions defined by AWS X-Ray").
func writeTraces() policy.Statement {
	return policy.Statement{Sid: "WriteTraces", Effect: policy.Allow, Actions: []string{"xray:PutTelemetryRecords", "xray:PutTraceSegments"}, Resources: []string{"*"}}
}

// readSecret lets a role read one secret and decrypt it.
func readSecret(s *settings.Settings, secret, key facts.Fact) []policy.Statement {
	return []policy.Statement{
		{Sid: "ReadSecret", Effect: policy.Allow, Actions: []string{"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"}, Resources: []string{secret.Value}},
		{Sid: "DecryptSecret", Effect: policy.Allow, Actions: []string{"kms:Decrypt"}, Resources: []string{key.Value}, Condition: viaService(s, "secretsmanager")},
	}
}

// viaService allows a key to be used through one service only.
func viaService(s *settings.Settings, service string) policy.Condition {
	return viaServiceIn(s, service, s.Region)
}

// viaServiceIn is the same of a service in another region.
func viaServiceIn(s *settings.Settings, service, region string) policy.Condition {
	return policy.StringEquals("kms:ViaService", service+"."+region+"."+s.Partition.DNSSuffix)
}

func assetsARN(s *settings.Settings) string {
	return s.Partition.ARN("s3", "", "", s.Names.AssetsBucket)
}

// reportAccess says which roles to run as.
func reportAccess(_ *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	status.Access.AppRoleARN = observed.ARN(role.AppRole).Value
	status.Access.PublisherRoleARN = observed.ARN(role.PublisherRole).Value
}
