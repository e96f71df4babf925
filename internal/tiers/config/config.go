package config

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	config "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/configservice"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeConfig adds AWS Config rules for the stack and, if the claim enables them,
// recorder, remediation and aggregator.
func composeConfig(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	composeRecorder(s, observed, set)
	for _, r := range configRules(s) {
		composeConfigRule(s, observed, set, r)
	}
	composeConformancePack(s, observed, set)
	composeRemediation(s, observed, set)
	if s.Config.Aggregator {
		set.Add(composed.ConfigAggregator, &config.ConfigurationAggregator{Spec: config.ConfigurationAggregatorSpec{ForProvider: config.ConfigurationAggregatorParameters{
			AccountAggregationSource: &config.AccountAggregationSourceParameters{
				AccountIds: []*string{new(s.Account.Value)},
				AllRegions: new(true),
			},
		}}}, desired.Named(s.Stack), desired.Needs(s.Account))
	}
}

// about is the scope of a rule.
type about int

const (
	// ofStack covers resources with the stack's tag, or those of all stacks.
	ofStack about = iota
	// ofAssets covers only the assets bucket.
	ofAssets
	// ofUploads covers only the bucket of uploads.
	ofUploads
	// ofAccount covers the whole account and region. AWS Config rejects a scope for
	// periodic rules.
	ofAccount
)

// configRule is an AWS managed rule in managed-rules.csv.
type configRule struct {
	id, identifier string
	about          about
	parameters     map[string]string
	// edge reports whether it is in us-east-1, where CDN resources are recorded.
	edge bool
	// unless omits a rule that would report an intended setting.
	unless bool
	// shared reports whether the rule is the same for all stacks of an account, so
	// that the account can have it for all of them.
	shared bool
}

// configRules returns the rules of a stack or an account. Rules for the account also
// exist in stacks without an account, with other names.
func configRules(s *settings.Settings) []configRule {
	rules := stackRules(s)
	if s.IsAccount {
		rules = sharedRules(s)
	}
	if s.Config.AccountRules || s.IsAccount {
		rules = append(rules, accountRules()...)
	}
	if s.Config.EdgeRules {
		rules = append(rules, edgeRules(s)...)
	}
	return slices.DeleteFunc(rules, func(r configRule) bool {
		return r.unless || !offered(r.identifier, s.Region) || s.Shared != nil && ownedByAccount(s, r)
	})
}

// ownedByAccount reports whether the account of a stack has a rule. A rule with a
// remediation stays in the stack, whose role can change only its own buckets.
func ownedByAccount(s *settings.Settings, r configRule) bool {
	remediated := s.Config.Remediation && slices.ContainsFunc(remediations(), func(m remediation) bool { return m.rule == r.id })
	return r.shared && !remediated
}

// stackRules returns the rules for the parts that a stack has.
func stackRules(s *settings.Settings) []configRule {
	return slices.Concat(volumeRules(), bucketRules(s), databaseRules(s), cacheRules(s), searchRules(s), appRules(s), networkRules(s), trailRules(s))
}

// sharedRules returns the rules that are the same for all stacks, whichever parts
// these have.
func sharedRules(s *settings.Settings) []configRule {
	clusters := clusterRules(settings.Database{})
	for i, r := range clusters {
		clusters[i].id = strings.Replace(r.id, "database-", "cluster-", 1)
	}
	all := slices.Concat(volumeRules(), bucketRules(s), instanceRules(settings.Database{}), clusters, nodeRules(&settings.Cache{}),
		domainRules(&settings.Search{}), containerRules(s), balancerRules(), networkRules(s), trailRules(s))
	return slices.DeleteFunc(all, func(r configRule) bool { return !r.shared })
}

func volumeRules() []configRule {
	return []configRule{
		{id: "volumes-encrypted", identifier: "ENCRYPTED_VOLUMES", shared: true},
	}
}

func bucketRules(s *settings.Settings) []configRule {
	return []configRule{
		{id: "buckets-public-read", identifier: "S3_BUCKET_PUBLIC_READ_PROHIBITED", shared: true},
		{id: "buckets-public-write", identifier: "S3_BUCKET_PUBLIC_WRITE_PROHIBITED", shared: true},
		{id: "buckets-public-access-block", identifier: "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", shared: true},
		{id: "buckets-tls", identifier: "S3_BUCKET_SSL_REQUESTS_ONLY", shared: true},
		{id: "buckets-encrypted", identifier: "S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED", shared: true},
		{id: "buckets-versioned", identifier: "S3_BUCKET_VERSIONING_ENABLED", shared: true},
		// The bucket for access logs has none itself.
		{id: "assets-logged", identifier: "S3_BUCKET_LOGGING_ENABLED", about: ofAssets},
		{id: "uploads-logged", identifier: "S3_BUCKET_LOGGING_ENABLED", about: ofUploads, unless: s.Uploads == nil},
	}
}

func databaseRules(s *settings.Settings) []configRule {
	if !s.Database.Enabled {
		return nil
	}
	if s.Database.Aurora != nil {
		return clusterRules(s.Database)
	}
	return instanceRules(s.Database)
}

// instanceRules returns the rules for an RDS instance.
func instanceRules(d settings.Database) []configRule {
	return []configRule{
		{id: "database-private", identifier: "RDS_INSTANCE_PUBLIC_ACCESS_CHECK", shared: true},
		{id: "database-encrypted", identifier: "RDS_STORAGE_ENCRYPTED", shared: true},
		{id: "database-backed-up", identifier: "DB_INSTANCE_BACKUP_ENABLED", parameters: map[string]string{"backupRetentionPeriod": strconv.Itoa(d.BackupDays)}},
		{id: "database-multi-az", identifier: "RDS_MULTI_AZ_SUPPORT", unless: !d.MultiAZ},
		{id: "database-protected", identifier: "RDS_INSTANCE_DELETION_PROTECTION_ENABLED", unless: !d.DeletionProtection},
		{id: "database-minor-upgrades", identifier: "RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED", unless: !d.MinorUpgrades},
	}
}

// clusterRules returns the rules for an Aurora cluster and its instances.
func clusterRules(d settings.Database) []configRule {
	return []configRule{
		{id: "database-private", identifier: "RDS_INSTANCE_PUBLIC_ACCESS_CHECK", shared: true},
		{id: "database-encrypted", identifier: "RDS_CLUSTER_ENCRYPTED_AT_REST", shared: true},
		{id: "database-iam", identifier: "RDS_CLUSTER_IAM_AUTHENTICATION_ENABLED", shared: true},
		{id: "database-multi-az", identifier: "RDS_CLUSTER_MULTI_AZ_ENABLED", unless: !d.MultiAZ},
		{id: "database-protected", identifier: "RDS_CLUSTER_DELETION_PROTECTION_ENABLED", unless: !d.DeletionProtection},
		{id: "database-minor-upgrades", identifier: "RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED", unless: !d.MinorUpgrades},
	}
}

// searchRules returns the rules for the search domain.
func searchRules(s *settings.Settings) []configRule {
	if s.Search == nil {
		return nil
	}
	return domainRules(s.Search)
}

// domainRules returns the rules for an OpenSearch domain.
func domainRules(d *settings.Search) []configRule {
	return []configRule{
		{id: "search-private", identifier: "OPENSEARCH_IN_VPC_ONLY", shared: true},
		{id: "search-encrypted", identifier: "OPENSEARCH_ENCRYPTED_AT_REST", shared: true},
		{id: "search-node-encryption", identifier: "OPENSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK", shared: true},
		{id: "search-https", identifier: "OPENSEARCH_HTTPS_REQUIRED", shared: true},
		{id: "search-access-control", identifier: "OPENSEARCH_ACCESS_CONTROL_ENABLED", shared: true},
		{id: "search-logged", identifier: "OPENSEARCH_LOGS_TO_CLOUDWATCH", shared: true},
		{id: "search-audited", identifier: "OPENSEARCH_AUDIT_LOGGING_ENABLED", shared: true},
		{id: "search-updated", identifier: "OPENSEARCH_UPDATE_CHECK", shared: true},
		{id: "search-nodes", identifier: "OPENSEARCH_DATA_NODE_FAULT_TOLERANCE", unless: d.Instances < 3 || d.Zones < 2},
		{id: "search-masters", identifier: "OPENSEARCH_PRIMARY_NODE_FAULT_TOLERANCE", unless: d.MasterType == ""},
	}
}

// cacheRules returns the rules for caches with nodes. They are periodic, so they
// cover all caches of the account and region. AWS Config does not support
// serverless caches.
func cacheRules(s *settings.Settings) []configRule {
	if s.Cache == nil || s.Cache.Serverless != nil {
		return nil
	}
	return nodeRules(s.Cache)
}

// nodeRules returns the rules for a cache with nodes.
func nodeRules(c *settings.Cache) []configRule {
	rules := []configRule{{id: "cache-subnets", identifier: "ELASTICACHE_SUBNET_GROUP_CHECK", about: ofAccount, shared: true}}
	if c.Memcached() {
		return rules
	}
	return append(
		rules,
		configRule{id: "cache-backed-up", identifier: "ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK", about: ofAccount, parameters: map[string]string{"snapshotRetentionPeriod": strconv.Itoa(c.BackupDays)}},
		configRule{id: "cache-encrypted", identifier: "ELASTICACHE_REPL_GRP_ENCRYPTED_AT_REST", about: ofAccount, shared: true},
		configRule{id: "cache-tls", identifier: "ELASTICACHE_REPL_GRP_ENCRYPTED_IN_TRANSIT", about: ofAccount, shared: true},
		configRule{id: "cache-minor-upgrades", identifier: "ELASTICACHE_AUTO_MINOR_VERSION_UPGRADE_CHECK", about: ofAccount, shared: true},
		configRule{id: "cache-failover", identifier: "ELASTICACHE_REPL_GRP_AUTO_FAILOVER_ENABLED", about: ofAccount, unless: !c.MultiAZ},
		configRule{id: "cache-users", identifier: "ELASTICACHE_RBAC_AUTH_ENABLED", about: ofAccount, unless: !c.HasUsers()},
	)
}

// appRules returns the rules for the stack's services.
func appRules(s *settings.Settings) []configRule {
	if len(s.App.Containers()) == 0 {
		return nil
	}
	rules := containerRules(s)
	if len(s.App.Balanced()) > 0 {
		rules = append(rules, balancerRules()...)
	}
	return rules
}

// containerRules returns the rules for containers.
func containerRules(s *settings.Settings) []configRule {
	is := func(unwanted func(settings.Container) bool) bool {
		return slices.ContainsFunc(s.App.TaskContainers(), unwanted)
	}
	return []configRule{
		{id: "containers-unprivileged", identifier: "ECS_CONTAINERS_NONPRIVILEGED", shared: true},
		{id: "containers-read-only", identifier: "ECS_CONTAINERS_READONLY_ACCESS", unless: is(func(c settings.Container) bool {
			return c.RootFilesystem == v1alpha1.RootFilesystemWritable
		})},
		{id: "containers-logged", identifier: "ECS_TASK_DEFINITION_LOG_CONFIGURATION", shared: true},
		{id: "containers-apart", identifier: "ECS_TASK_DEFINITION_PID_MODE_CHECK", shared: true},
		{id: "containers-current", identifier: "ECS_FARGATE_LATEST_PLATFORM_VERSION", shared: true},
		{id: "containers-measured", identifier: "ECS_CONTAINER_INSIGHTS_ENABLED", shared: true},
	}
}

// balancerRules returns the rules for load balancers.
func balancerRules() []configRule {
	return []configRule{
		{id: "load-balancer-logged", identifier: "ELB_LOGGING_ENABLED", shared: true},
		{id: "load-balancer-headers", identifier: "ALB_HTTP_DROP_INVALID_HEADER_ENABLED", shared: true},
		{id: "load-balancer-desync", identifier: "ALB_DESYNC_MODE_CHECK", parameters: map[string]string{"desyncMode": "defensive,strictest"}, shared: true},
	}
}

func networkRules(s *settings.Settings) []configRule {
	rules := []configRule{
		{id: "ssh-closed", identifier: "INCOMING_SSH_DISABLED", shared: true},
		// No ports are authorized, because the stack opens none to the internet.
		{id: "open-ports", identifier: "VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS", shared: true},
	}
	if s.Network.Existing != nil {
		return rules // The owner is responsible for the rest.
	}
	return append(rules,
		configRule{id: "default-security-group-closed", identifier: "VPC_DEFAULT_SECURITY_GROUP_CLOSED", shared: true},
		configRule{id: "flow-logs", identifier: "VPC_FLOW_LOGS_ENABLED", about: ofAccount, shared: true})
}

func trailRules(s *settings.Settings) []configRule {
	own := map[string]string{"s3BucketName": s.Names.AuditBucket}
	if !s.Audit.Trail {
		own = nil // The platform's trail is sufficient.
	}
	return []configRule{
		{id: "trail", identifier: "CLOUD_TRAIL_ENABLED", about: ofAccount, parameters: own, shared: true},
		{id: "trail-encrypted", identifier: "CLOUD_TRAIL_ENCRYPTION_ENABLED", about: ofAccount, shared: true},
		{id: "trail-validated", identifier: "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED", about: ofAccount, shared: true},
		{id: "keys-rotated", identifier: "CMK_BACKING_KEY_ROTATION_ENABLED", about: ofAccount, shared: true},
		{id: "secrets-rotated", identifier: "SECRETSMANAGER_ROTATION_ENABLED_CHECK", shared: true},
	}
}

// accountRules returns the rules for the account's users.
func accountRules() []configRule {
	return []configRule{
		{id: "account-admin-policies", identifier: "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS", about: ofAccount},
		{id: "account-root-keys", identifier: "IAM_ROOT_ACCESS_KEY_CHECK", about: ofAccount},
		{id: "account-root-mfa", identifier: "ROOT_ACCOUNT_MFA_ENABLED", about: ofAccount},
		// The rule's default parameters match CIS and PCI DSS.
		{id: "account-password-policy", identifier: "IAM_PASSWORD_POLICY", about: ofAccount},
	}
}

func edgeRules(s *settings.Settings) []configRule {
	return []configRule{
		{id: "cdn-waf", identifier: "CLOUDFRONT_ASSOCIATED_WITH_WAF", edge: true, unless: !s.On(settings.TierWAF)},
		{id: "cdn-https", identifier: "CLOUDFRONT_VIEWER_POLICY_HTTPS", edge: true},
		{id: "cdn-origin-access", identifier: "CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED", edge: true},
	}
}

// configRuleName returns a name that is unique in the account, because other stacks
// have the same rules.
func configRuleName(s *settings.Settings, id string) string { return s.Stack + "-" + id }

// composeConfigRule adds a rule. AWS Config rejects rules in a region without a
// recorder, so rules wait for the stack's own recorder. With another recorder, the
// provider retries.
func composeConfigRule(s *settings.Settings, observed facts.Observed, set *desired.Set, r configRule) {
	p := config.ConfigRuleParameters{
		Region: new(s.Region),
		Source: &config.SourceParameters{Owner: new("AWS"), SourceIdentifier: new(r.identifier)},
	}
	if r.edge {
		p.Region = new(aws.GlobalRegion)
	}
	if len(r.parameters) > 0 {
		b, _ := json.Marshal(r.parameters) //nolint:errchkjson // A map of strings always marshals, with sorted keys.
		p.InputParameters = new(string(b))
	}
	var needs []facts.Fact
	switch r.about {
	case ofStack:
		p.Scope = &config.ScopeParameters{TagKey: new(settings.TagStack)}
		if !s.IsAccount {
			p.Scope.TagValue = new(s.Stack)
		}
	case ofAssets:
		p.Scope = oneBucket(s.Names.AssetsBucket)
	case ofUploads:
		p.Scope = oneBucket(s.Names.UploadsBucket)
	case ofAccount:
	}
	if s.Config.Recorder && *p.Region == s.Region {
		needs = append(needs, observed.Ready(composed.ConfigRecorder))
	}
	set.Add(composed.ConfigRule(r.id), &config.ConfigRule{Spec: config.ConfigRuleSpec{ForProvider: p}}, desired.Named(configRuleName(s, r.id)), desired.Needs(needs...))
}

// oneBucket returns the scope of a rule for one bucket.
func oneBucket(name string) *config.ScopeParameters {
	return &config.ScopeParameters{ComplianceResourceTypes: kit.Pointers([]string{bucketType}), ComplianceResourceID: new(name)}
}

// composeRecorder adds the recorder, if the claim enables it. AWS requires the
// order recorder, delivery channel, start. All have the stack's name. With the
// usual name "default", they would silently replace those of a landing zone. With
// another name, AWS rejects a second recorder.
func composeRecorder(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if s.Config.Files {
		kit.ComposeBucket(s, observed, set, configBucket(s))
	}
	if !s.Config.Recorder {
		return
	}
	// AWS Config's service-linked role (AWS Security Hub, Config.1).
	service := kit.ComposeServiceLinkedRole(s, set, composed.ConfigServiceRole, kit.AwsConfig, "AWSServiceRoleForConfig")
	set.Add(composed.ConfigRecorder, &config.ConfigurationRecorder{Spec: config.ConfigurationRecorderSpec{ForProvider: config.ConfigurationRecorderParameters{
		RoleArn: new(service),
		RecordingGroup: &config.RecordingGroupParameters{
			AllSupported:               new(true),
			IncludeGlobalResourceTypes: new(true),
		},
	}}}, desired.Named(s.Stack), desired.Needs(s.Account, observed.Ready(composed.ConfigServiceRole)))
	key := observed.ARN(composed.LogsKey)
	set.Add(composed.ConfigChannel, &config.DeliveryChannel{Spec: config.DeliveryChannelSpec{ForProvider: config.DeliveryChannelParameters{
		S3BucketNameRef:            set.Ref(composed.ConfigBucket),
		S3KMSKeyArn:                new(key.Value),
		SnapshotDeliveryProperties: &config.SnapshotDeliveryPropertiesParameters{DeliveryFrequency: new("TwentyFour_Hours")},
	}}}, desired.Named(s.Stack), desired.Needs(key, observed.Ready(composed.ConfigRecorder), observed.Ready(composed.Bucket(composed.ConfigBucket, composed.Policy))),
		desired.Before(composed.ConfigBucket))
	set.Add(composed.ConfigRecorderStatus, &config.AWSConfigurationRecorderStatus{Spec: config.AWSConfigurationRecorderStatusSpec{ForProvider: config.AWSConfigurationRecorderStatusParameters{
		IsEnabled: new(true),
	}}}, desired.Named(s.Stack), desired.Needs(observed.Ready(composed.ConfigChannel)))
}

// configBucket returns the bucket for the history of the account's resources. It is
// not the trail's bucket, because a platform may have its own trail (AWS
// documentation, "Permissions for the Amazon S3 Bucket for the AWS Config Delivery
// Channel").
func configBucket(s *settings.Settings) kit.Bucket {
	arn := s.Partition.ARN("s3", "", "", s.Names.ConfigBucket)
	account := policy.StringEquals("aws:SourceAccount", s.Account.Value)
	return kit.Bucket{
		Resource: composed.ConfigBucket, Name: s.Names.ConfigBucket, Key: composed.LogsKey, LogPrefix: "config/",
		Needs: []facts.Fact{s.Account},
		Grants: []policy.Statement{
			{
				Sid:       "CheckConfigBucket",
				Effect:    policy.Allow,
				Principal: policy.Service(kit.AwsConfig),
				Actions:   []string{"s3:GetBucketAcl", "s3:ListBucket"},
				Resources: []string{arn},
				Condition: account,
			},
			{
				Sid:       "DeliverConfig",
				Effect:    policy.Allow,
				Principal: policy.Service(kit.AwsConfig),
				Actions:   []string{"s3:PutObject"},
				Resources: []string{arn + "/AWSLogs/" + s.Account.Value + "/Config/*"},
				Condition: policy.Condition{"StringEquals": {"aws:SourceAccount": {s.Account.Value}, "s3:x-amz-acl": {"bucket-owner-full-control"}}},
			},
		},
		ExpireDays: s.LogRetentionDays, OldVersionDays: 1,
	}
}

// bucketType is AWS Config's type of buckets.
const bucketType = "AWS::S3::Bucket"

// remediation fixes a noncompliant bucket with an AWS runbook (AWS Systems Manager
// Automation runbook reference).
type remediation struct {
	// rule is the ID of the rule.
	rule string
	// runbook, and its parameter for the bucket's name.
	runbook, bucket string
	// parameters are the runbook's other parameters.
	parameters map[string]string
}

// remediations returns the remediations. They only restore settings that the stack
// sets itself, so that Crossplane agrees, and that no running shop needs to change.
// Encryption, policies, groups and databases are left to Crossplane: the runbooks
// would use another key or replace a policy.
func remediations() []remediation {
	const blockPublicAccess = "AWS-DisableS3BucketPublicReadWrite"
	return []remediation{
		{rule: "buckets-public-read", runbook: blockPublicAccess, bucket: "S3BucketName"},
		{rule: "buckets-public-write", runbook: blockPublicAccess, bucket: "S3BucketName"},
		{rule: "buckets-public-access-block", runbook: blockPublicAccess, bucket: "S3BucketName"},
		{rule: "buckets-versioned", runbook: "AWS-ConfigureS3BucketVersioning", bucket: "BucketName", parameters: map[string]string{"VersioningState": "Enabled"}},
	}
}

// composeRemediation adds the remediations and the role of their runbooks, if the
// claim enables them.
func composeRemediation(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.Config.Remediation {
		return
	}
	source := kit.From(s, s.Partition.ARN("ssm", s.Region, s.Account.Value, "automation-execution/*"))
	kit.AddRole(s, set, composed.ConfigRemediationRole, s.Stack+"-config-remediation", "Remediates findings of Config rules", "ssm.amazonaws.com", source, s.Account)
	kit.AddRolePolicy(set, composed.ConfigRemediationRoleMend, composed.ConfigRemediationRole, "mend", []policy.Statement{{
		Sid: "MendBuckets", Effect: policy.Allow,
		Actions:   []string{"s3:GetBucketPublicAccessBlock", "s3:GetBucketVersioning", "s3:PutBucketPublicAccessBlock", "s3:PutBucketVersioning"},
		Resources: kit.BucketARNs(s),
	}})
	mender := observed.ARN(composed.ConfigRemediationRole)
	for _, r := range remediations() {
		// Sorted by name, as AWS returns them.
		parameters := []config.ParameterParameters{
			{Name: new("AutomationAssumeRole"), StaticValue: new(mender.Value)},
			{Name: new(r.bucket), ResourceValue: new("RESOURCE_ID")},
		}
		for _, name := range slices.Sorted(maps.Keys(r.parameters)) {
			parameters = append(parameters, config.ParameterParameters{Name: new(name), StaticValue: new(r.parameters[name])})
		}
		set.Add(composed.ConfigRemediation(r.rule), &config.RemediationConfiguration{Spec: config.RemediationConfigurationSpec{ForProvider: config.RemediationConfigurationParameters{
			ResourceType:             new(bucketType),
			TargetType:               new("SSM_DOCUMENT"),
			TargetID:                 new(r.runbook),
			Automatic:                new(true),
			MaximumAutomaticAttempts: new(float64(5)),
			RetryAttemptSeconds:      new(float64(60)),
			Parameter:                parameters,
		}}}, desired.Named(configRuleName(s, r.rule)), desired.Needs(mender, observed.Ready(composed.ConfigRule(r.rule)), observed.Ready(composed.ConfigRemediationRoleMend)))
	}
}

// reportConfig reports the number of rules.
func reportConfig(_ *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	for _, r := range observed.Names() {
		if composed.IsConfigRule(r) && observed.Ready(r).Known() {
			status.Config.Rules++
		}
	}
	status.Config.Recorder = observed.ExternalName(composed.ConfigRecorder).Value
}
