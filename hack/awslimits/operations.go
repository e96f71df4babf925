package main

// operation is the API call that makes a resource of a kind.
type operation struct {
	// call is the service as botocore names it and the operation.
	call string
	// within is the member that the kind's fields are below, if they are not the
	// operation's own; a list of one is passed through.
	within string
	// external is the member that takes the external name.
	external string
	// members are the members of fields that are named otherwise, by the field's
	// path; an empty one has no counterpart.
	members map[string]string
}

// operations are the calls of all kinds. A kind that is not made by a call of
// its own, or whose call's model says nothing, has none.
var operations = map[string]operation{
	"accessanalyzer/Analyzer":  {call: "accessanalyzer CreateAnalyzer", external: "analyzerName"},
	"account/AlternateContact": {call: "account PutAlternateContact"},
	"acm/Certificate":          {call: "acm RequestCertificate"},

	"backup/Plan":                   {call: "backup CreateBackupPlan", within: "BackupPlan", members: map[string]string{"name": "BackupPlanName", "rule[].schedule": "ScheduleExpression", "rule[].startWindow": "StartWindowMinutes", "rule[].completionWindow": "CompletionWindowMinutes", "rule[].targetVaultName": "TargetBackupVaultName", "rule[].copyAction[].destinationVaultArn": "DestinationBackupVaultArn"}},
	"backup/Selection":              {call: "backup CreateBackupSelection", within: "BackupSelection", members: map[string]string{"name": "SelectionName"}},
	"backup/Vault":                  {call: "backup CreateBackupVault", external: "BackupVaultName", members: map[string]string{"kmsKeyArn": "EncryptionKeyArn"}},
	"backup/VaultLockConfiguration": {call: "backup PutBackupVaultLockConfiguration"},

	"cloudcontrol/Resource": {call: "cloudcontrol CreateResource"},

	"cloudfront/Distribution": {call: "cloudfront CreateDistribution", within: "DistributionConfig", members: map[string]string{
		"customErrorResponse": "CustomErrorResponses", "loggingConfig": "Logging", "orderedCacheBehavior": "CacheBehaviors",
	}},
	"cloudfront/KeyGroup":               {call: "cloudfront CreateKeyGroup", within: "KeyGroupConfig"},
	"cloudfront/MonitoringSubscription": {call: "cloudfront CreateMonitoringSubscription"},
	"cloudfront/OriginAccessControl":    {call: "cloudfront CreateOriginAccessControl", within: "OriginAccessControlConfig", members: map[string]string{"originAccessControlOriginType": "OriginAccessControlOriginType"}},
	"cloudfront/RealtimeLogConfig":      {call: "cloudfront CreateRealtimeLogConfig"},
	"cloudfront/ResponseHeadersPolicy":  {call: "cloudfront CreateResponseHeadersPolicy", within: "ResponseHeadersPolicyConfig"},
	"cloudfront/VPCOrigin":              {call: "cloudfront CreateVpcOrigin"},

	"cloudtrail/Trail": {call: "cloudtrail CreateTrail", external: "Name", members: map[string]string{"enableLogFileValidation": "EnableLogFileValidation"}},

	"cloudwatch/CompositeAlarm": {call: "cloudwatch PutCompositeAlarm", external: "AlarmName"},
	"cloudwatch/Dashboard":      {call: "cloudwatch PutDashboard", external: "DashboardName"},
	"cloudwatch/MetricAlarm":    {call: "cloudwatch PutMetricAlarm", external: "AlarmName", members: map[string]string{"metricQuery": "Metrics"}},

	"cloudwatchevents/Rule":   {call: "events PutRule", external: "Name"},
	"cloudwatchevents/Target": {call: "events PutTargets", within: "Targets", members: map[string]string{"targetId": "Id"}},

	"cloudwatchlogs/Group":          {call: "logs CreateLogGroup", external: "logGroupName"},
	"cloudwatchlogs/MetricFilter":   {call: "logs PutMetricFilter", external: "filterName", members: map[string]string{"pattern": "filterPattern", "metricTransformation": "metricTransformations", "metricTransformation.name": "metricName", "metricTransformation.namespace": "metricNamespace", "metricTransformation.value": "metricValue"}},
	"cloudwatchlogs/ResourcePolicy": {call: "logs PutResourcePolicy", external: "policyName"},

	"configservice/AWSConfigurationRecorderStatus": {call: "config StartConfigurationRecorder", external: "ConfigurationRecorderName"},
	"configservice/ConfigRule":                     {call: "config PutConfigRule", within: "ConfigRule", external: "ConfigRuleName"},
	"configservice/ConfigurationAggregator":        {call: "config PutConfigurationAggregator", external: "ConfigurationAggregatorName", members: map[string]string{"accountAggregationSource": "AccountAggregationSources"}},
	"configservice/ConfigurationRecorder":          {call: "config PutConfigurationRecorder", within: "ConfigurationRecorder", external: "name"},
	"configservice/ConformancePack":                {call: "config PutConformancePack", external: "ConformancePackName"},
	"configservice/DeliveryChannel":                {call: "config PutDeliveryChannel", within: "DeliveryChannel", external: "name"},
	"configservice/RemediationConfiguration":       {call: "config PutRemediationConfigurations", within: "RemediationConfigurations"},

	"ec2/DefaultNetworkACL":                   {call: "ec2 CreateNetworkAclEntry"},
	"ec2/DefaultRouteTable":                   {call: "ec2 CreateRoute"},
	"ec2/DefaultSecurityGroup":                {call: "ec2 AuthorizeSecurityGroupIngress"},
	"ec2/EBSDefaultKMSKey":                    {call: "ec2 ModifyEbsDefaultKmsKeyId"},
	"ec2/EBSEncryptionByDefault":              {call: "ec2 EnableEbsEncryptionByDefault"},
	"ec2/EIP":                                 {call: "ec2 AllocateAddress"},
	"ec2/EgressOnlyInternetGateway":           {call: "ec2 CreateEgressOnlyInternetGateway"},
	"ec2/FlowLog":                             {call: "ec2 CreateFlowLogs"},
	"ec2/InternetGateway":                     {call: "ec2 CreateInternetGateway"},
	"ec2/NATGateway":                          {call: "ec2 CreateNatGateway"},
	"ec2/NetworkACL":                          {call: "ec2 CreateNetworkAcl"},
	"ec2/NetworkACLRule":                      {call: "ec2 CreateNetworkAclEntry"},
	"ec2/Route":                               {call: "ec2 CreateRoute"},
	"ec2/RouteTable":                          {call: "ec2 CreateRouteTable"},
	"ec2/RouteTableAssociation":               {call: "ec2 AssociateRouteTable"},
	"ec2/SecurityGroup":                       {call: "ec2 CreateSecurityGroup", members: map[string]string{"name": "GroupName"}},
	"ec2/SecurityGroupEgressRule":             {call: "ec2 AuthorizeSecurityGroupEgress"},
	"ec2/SecurityGroupIngressRule":            {call: "ec2 AuthorizeSecurityGroupIngress"},
	"ec2/Subnet":                              {call: "ec2 CreateSubnet"},
	"ec2/VPC":                                 {call: "ec2 CreateVpc"},
	"ec2/VPCEndpoint":                         {call: "ec2 CreateVpcEndpoint"},
	"ec2/VPCEndpointRouteTableAssociation":    {call: "ec2 ModifyVpcEndpoint"},
	"ec2/VPCEndpointSecurityGroupAssociation": {call: "ec2 ModifyVpcEndpoint"},
	"ec2/VPCEndpointSubnetAssociation":        {call: "ec2 ModifyVpcEndpoint"},
	"ec2/VPCIPv4CidrBlockAssociation":         {call: "ec2 AssociateVpcCidrBlock"},

	"guardduty/Detector": {call: "guardduty CreateDetector"},

	"iam/AccountPasswordPolicy": {call: "iam UpdateAccountPasswordPolicy"},
	"iam/Role":                  {call: "iam CreateRole", external: "RoleName", members: map[string]string{"assumeRolePolicy": "AssumeRolePolicyDocument"}},
	"iam/RolePolicy":            {call: "iam PutRolePolicy", external: "PolicyName", members: map[string]string{"policy": "PolicyDocument", "role": "RoleName"}},
	"iam/RolePolicyAttachment":  {call: "iam AttachRolePolicy", members: map[string]string{"role": "RoleName"}},
	"iam/ServiceLinkedRole":     {call: "iam CreateServiceLinkedRole"},

	"inspector2/Enabler": {call: "inspector2 Enable"},

	"kinesis/Stream": {call: "kinesis CreateStream", external: "StreamName"},

	"kms/Alias": {call: "kms CreateAlias"},
	"kms/Key":   {call: "kms CreateKey"},

	"lambda/CodeSigningConfig":         {call: "lambda CreateCodeSigningConfig", members: map[string]string{"policies": "CodeSigningPolicies"}},
	"lambda/Function":                  {call: "lambda CreateFunction", external: "FunctionName"},
	"lambda/FunctionEventInvokeConfig": {call: "lambda PutFunctionEventInvokeConfig"},
	"lambda/Permission":                {call: "lambda AddPermission"},

	"macie2/Account": {call: "macie2 EnableMacie"},

	"networkfirewall/Firewall":             {call: "network-firewall CreateFirewall", members: map[string]string{"name": "FirewallName", "subnetMapping": "SubnetMappings"}},
	"networkfirewall/FirewallPolicy":       {call: "network-firewall CreateFirewallPolicy", external: "FirewallPolicyName", members: map[string]string{"firewallPolicy.statefulRuleGroupReference": "StatefulRuleGroupReferences", "firewallPolicy.statelessRuleGroupReference": "StatelessRuleGroupReferences"}},
	"networkfirewall/LoggingConfiguration": {call: "network-firewall UpdateLoggingConfiguration"},
	"networkfirewall/RuleGroup":            {call: "network-firewall CreateRuleGroup", external: "RuleGroupName"},

	"rds/Cluster":                 {call: "rds CreateDBCluster", external: "DBClusterIdentifier", members: map[string]string{"dbClusterParameterGroupName": "DBClusterParameterGroupName"}},
	"rds/ClusterInstance":         {call: "rds CreateDBInstance", external: "DBInstanceIdentifier"},
	"rds/ClusterParameterGroup":   {call: "rds CreateDBClusterParameterGroup", external: "DBClusterParameterGroupName", members: map[string]string{"family": "DBParameterGroupFamily"}},
	"rds/EventSubscription":       {call: "rds CreateEventSubscription", external: "SubscriptionName", members: map[string]string{"snsTopic": "SnsTopicArn"}},
	"rds/Instance":                {call: "rds CreateDBInstance", members: map[string]string{"identifier": "DBInstanceIdentifier", "username": "MasterUsername"}},
	"rds/ParameterGroup":          {call: "rds CreateDBParameterGroup", external: "DBParameterGroupName", members: map[string]string{"family": "DBParameterGroupFamily"}},
	"rds/Proxy":                   {call: "rds CreateDBProxy", external: "DBProxyName"},
	"rds/ProxyDefaultTargetGroup": {call: "rds ModifyDBProxyTargetGroup"},
	"rds/ProxyTarget":             {call: "rds RegisterDBProxyTargets"},
	"rds/SubnetGroup":             {call: "rds CreateDBSubnetGroup", external: "DBSubnetGroupName"},

	"route53/HostedZoneDNSSEC": {call: "route53 EnableHostedZoneDNSSEC"},
	"route53/QueryLog":         {call: "route53 CreateQueryLoggingConfig", members: map[string]string{"zoneId": "HostedZoneId", "cloudwatchLogGroupArn": "CloudWatchLogsLogGroupArn"}},
	"route53/Record":           {call: "route53 ChangeResourceRecordSets", within: "ChangeBatch.Changes.ResourceRecordSet"},
	"route53/Zone":             {call: "route53 CreateHostedZone"},

	"s3/Bucket":                                  {call: "s3 CreateBucket", external: "Bucket"},
	"s3/BucketACL":                               {call: "s3 PutBucketAcl"},
	"s3/BucketLifecycleConfiguration":            {call: "s3 PutBucketLifecycleConfiguration", members: map[string]string{"rule": "LifecycleConfiguration.Rules", "rule[].transition": "Transitions"}},
	"s3/BucketLogging":                           {call: "s3 PutBucketLogging", within: "BucketLoggingStatus.LoggingEnabled"},
	"s3/BucketNotification":                      {call: "s3 PutBucketNotificationConfiguration", within: "NotificationConfiguration"},
	"s3/BucketObjectLockConfiguration":           {call: "s3 PutObjectLockConfiguration", within: "ObjectLockConfiguration"},
	"s3/BucketOwnershipControls":                 {call: "s3 PutBucketOwnershipControls", within: "OwnershipControls"},
	"s3/BucketPolicy":                            {call: "s3 PutBucketPolicy"},
	"s3/BucketPublicAccessBlock":                 {call: "s3 PutPublicAccessBlock"},
	"s3/BucketReplicationConfiguration":          {call: "s3 PutBucketReplication", within: "ReplicationConfiguration"},
	"s3/BucketServerSideEncryptionConfiguration": {call: "s3 PutBucketEncryption", within: "ServerSideEncryptionConfiguration"},
	"s3/BucketVersioning":                        {call: "s3 PutBucketVersioning"},
	"s3/Object":                                  {call: "s3 PutObject"},
	"s3control/AccountPublicAccessBlock":         {call: "s3control PutPublicAccessBlock"},

	"secretsmanager/Secret":         {call: "secretsmanager CreateSecret"},
	"secretsmanager/SecretPolicy":   {call: "secretsmanager PutResourcePolicy", members: map[string]string{"policy": "ResourcePolicy", "secretArn": "SecretId"}},
	"secretsmanager/SecretRotation": {call: "secretsmanager RotateSecret"},

	"securityhub/Account":               {call: "securityhub EnableSecurityHub"},
	"securityhub/StandardsSubscription": {call: "securityhub BatchEnableStandards", within: "StandardsSubscriptionRequests"},

	"signer/SigningJob":     {call: "signer StartSigningJob"},
	"signer/SigningProfile": {call: "signer PutSigningProfile", external: "profileName"},

	"sns/Topic":             {call: "sns CreateTopic", external: "Name"},
	"sns/TopicPolicy":       {call: "sns SetTopicAttributes"},
	"sns/TopicSubscription": {call: "sns Subscribe"},
	"sqs/Queue":             {call: "sqs CreateQueue", members: map[string]string{"name": "QueueName"}},
	"sqs/QueuePolicy":       {call: "sqs SetQueueAttributes"},

	"ssm/Parameter":      {call: "ssm PutParameter", external: "Name"},
	"ssm/ServiceSetting": {call: "ssm UpdateServiceSetting"},

	"wafv2/IPSet":                      {call: "wafv2 CreateIPSet"},
	"wafv2/WebACL":                     {call: "wafv2 CreateWebACL"},
	"wafv2/WebACLLoggingConfiguration": {call: "wafv2 PutLoggingConfiguration", within: "LoggingConfiguration"},
}
