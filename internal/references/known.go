package references

// reason is a pattern and why it is valid.
type reason struct{ pattern, why string }

// awsAccounts lists the accounts in ARNs of AWS's own resources.
var awsAccounts = []string{"", "aws", "aws-managed"}

// awsARNs lists ARNs that exist in every account.
var awsARNs = []reason{
	{pattern: "arn:*:iam::*:root", why: "the account itself (IAM User Guide, AWS account principals)"},
	{pattern: "arn:*:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole", why: "AWS Managed Policy Reference"},
	{pattern: "arn:*:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup", why: "AWS Managed Policy Reference"},
	{pattern: "arn:*:iam::aws:policy/AWSSupportAccess", why: "AWS Managed Policy Reference"},
	{pattern: "arn:*:events:*:*:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*", why: "the rule that GuardDuty makes (Amazon GuardDuty documentation, Create or update IAM role policy)"},
	{pattern: "arn:*:securityhub:*::standards/aws-foundational-security-best-practices/v/1.0.0", why: "AWS Security Hub documentation, Standards reference"},
	{pattern: "arn:*:ecr:*:*:repository/*", why: "the repository of an image, which the claim names by its host"},
	{pattern: "arn:*:s3:::prod-*-starport-layer-bucket/*", why: "layers of images (Amazon ECR documentation, Minimum Amazon S3 bucket permissions for Amazon ECR)"},
	{pattern: "arn:*:s3:::prod-registry-k8s-io-*/*", why: "layers of images of Kubernetes' own registry (registry.k8s.io documentation)"},
	{pattern: "arn:*:s3:::docker-images-prod/*", why: "layers of images of the Docker Hub (docker/hub-feedback 1318)"},
	{pattern: "arn:*:network-firewall:*:aws-managed:stateful-rulegroup/AbusedLegitMalwareDomainsStrictOrder", why: "AWS Network Firewall documentation, Managed domain lists"},
	{pattern: "arn:*:network-firewall:*:aws-managed:stateful-rulegroup/AbusedLegitBotNetCommandAndControlDomainsStrictOrder", why: "AWS Network Firewall documentation, Managed domain lists"},
	{pattern: "arn:*:network-firewall:*:aws-managed:stateful-rulegroup/BotNetCommandAndControlDomainsStrictOrder", why: "AWS Network Firewall documentation, Managed domain lists"},
	{pattern: "arn:*:network-firewall:*:aws-managed:stateful-rulegroup/MalwareDomainsStrictOrder", why: "AWS Network Firewall documentation, Managed domain lists"},
}

// later lists patterns of resources that are created outside the stack after it.
var later = []struct{ arn, why string }{
	{arn: "arn:${partition}:lambda:${region}:${account}:function:${stack}-*", why: "functions of the application"},
	{arn: "arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/${stack}-*", why: "their log groups"},
	{arn: "arn:${partition}:ecs:${region}:${account}:task/${stack}/*", why: "containers that are started in the stack's cluster"},
	{arn: "arn:${partition}:ecs:${region}:${account}:*", why: "tasks of the application, in any cluster"},
	{arn: "arn:${partition}:ssm:${region}:${account}:automation-execution/*", why: "runs of the runbooks that remediate"},
	{arn: "arn:${partition}:ssm:${region}:${account}:parameter/${stack}", why: "the path above the stack's parameters (AWS Systems Manager documentation, GetParametersByPath)"},
	{arn: "arn:${partition}:eks:${region}:${account}:cluster/*", why: "the cluster of the application's pods"},
}

// awsIDs contains predefined IDs of AWS.
var awsIDs = map[string]string{
	"33f36d7e-f396-46d9-90e0-52428a34d9dc":                             "AllViewerAndCloudFrontHeaders-2022-06 (Amazon CloudFront documentation, Use managed origin request policies)",
	"4135ea2d-6df8-44a3-9df3-4b5a84be39ad":                             "CachingDisabled (Amazon CloudFront documentation, Use managed cache policies)",
	"4cc15a8a-d715-48a4-82b8-cc0b614638fe":                             "UseOriginCacheControlHeaders-QueryStrings (Amazon CloudFront documentation, Use managed cache policies)",
	"658327ea-f89d-4fab-a63d-7e88639e58f6":                             "CachingOptimized (Amazon CloudFront documentation, Use managed cache policies)",
	"b689b0a8-53d0-40ab-baf2-68738e2966ac":                             "AllViewerExceptHostHeader (Amazon CloudFront documentation, Use managed origin request policies)",
	"c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0": "who delivers the logs of distributions (Amazon CloudFront documentation, Permissions required to configure standard logging)",
	"pl-3b927c52":    "CloudFront's addresses in us-east-1 (Amazon VPC documentation, AWS-managed prefix lists)",
	"pl-4fa04526":    "CloudFront's addresses in eu-west-1 (Amazon VPC documentation, AWS-managed prefix lists)",
	"Z2FDTNDATAQYW2": "the zone of CloudFront (Amazon Route 53 API Reference, AliasTarget)",
}

// principals contains service principals without amazonaws.com, and their
// documentation. REGION matches the stack's regions.
var principals = map[string]string{
	"backup":                            "AWS Backup, IAM service roles",
	"cloudfront":                        "Amazon CloudFront, Restrict access to an Amazon S3 origin",
	"cloudtrail":                        "AWS CloudTrail, Amazon S3 bucket policy for CloudTrail",
	"cloudwatch":                        "Amazon SNS, Example cases for Amazon SNS access control",
	"config":                            "AWS Config, Permissions for the Amazon S3 Bucket for the AWS Config Delivery Channel",
	"delivery.logs":                     "Amazon CloudWatch Logs, Enable logging from AWS services",
	"dnssec-route53":                    "Amazon Route 53, Working with customer managed keys for DNSSEC",
	"ecs-tasks":                         "Amazon ECS, Amazon ECS task IAM role",
	"es":                                "Amazon OpenSearch Service, Monitoring OpenSearch logs with Amazon CloudWatch Logs",
	"events":                            "Amazon EventBridge, Using resource-based policies for Amazon EventBridge",
	"events.rds":                        "Amazon RDS, Granting permissions to publish notifications to an Amazon SNS topic",
	"lambda":                            "AWS Lambda, Defining Lambda function permissions with an execution role",
	"logdelivery.elasticloadbalancing":  "Elastic Load Balancing, Enable access logs for your Application Load Balancer",
	"logging.s3":                        "Amazon S3, Enabling Amazon S3 server access logging",
	"logs.REGION":                       "Amazon CloudWatch Logs, Encrypt log data in CloudWatch Logs using AWS KMS",
	"malware-protection-plan.guardduty": "Amazon GuardDuty, Create or update IAM role policy",
	"monitoring.rds":                    "Amazon RDS, Setting up and enabling Enhanced Monitoring",
	"opensearchservice":                 "Amazon OpenSearch Service, Using service-linked roles for Amazon OpenSearch Service",
	"pods.eks":                          "Amazon EKS, Create IAM role with trust policy required by EKS Pod Identity",
	"rds":                               "Amazon RDS, Setting up database credentials for RDS Proxy",
	"route53":                           "Amazon Route 53, Public DNS query logging",
	"s3":                                "Amazon S3, Setting up permissions for live replication",
	"ses":                               "Amazon SES, Set up an Amazon SNS event destination",
	"sns":                               "Amazon SNS, Amazon SNS message delivery status",
	"ssm":                               "AWS Systems Manager, Setting up Automation",
	"sts":                               "IAM, Create an OpenID Connect identity provider (the audience)",
	"vpc-flow-logs":                     "Amazon VPC, IAM role for publishing flow logs to CloudWatch Logs",
}

// eventSources contains sources of events without amazonaws.com (AWS CloudTrail
// documentation, "AWS service topics for CloudTrail").
var eventSources = map[string]string{
	"cloudtrail": "AWS CloudTrail", "config": "AWS Config", "ec2": "Amazon EC2", "ecs": "Amazon ECS", "elasticache": "Amazon ElastiCache", "es": "Amazon OpenSearch Service", "iam": "IAM", "kms": "AWS KMS",
	"organizations": "AWS Organizations", "rds": "Amazon RDS", "s3": "Amazon S3",
	"sqs": "Amazon SQS",
}

// endpoints contains services by the names of their endpoints, which kms:ViaService
// also uses (AWS General Reference, "Service endpoints and quotas"; AWS PrivateLink
// documentation, "AWS services that integrate with AWS PrivateLink").
var endpoints = map[string]string{
	"api.ecr": "Amazon ECR", "cloudtrail": "AWS CloudTrail", "dkr.ecr": "Amazon ECR", "ec2": "Amazon EC2", "ecr.api": "Amazon ECR",
	"ecr.dkr": "Amazon ECR", "email": "Amazon SES", "email-smtp": "Amazon SES", "eks": "Amazon EKS", "eks-auth": "Amazon EKS", "kinesis": "Amazon Kinesis", "kms": "AWS KMS",
	"lambda": "AWS Lambda", "logs": "Amazon CloudWatch Logs", "rds": "Amazon RDS", "s3": "Amazon S3", "secretsmanager": "AWS Secrets Manager",
	"sns": "Amazon SNS", "sqs": "Amazon SQS", "ssm": "AWS Systems Manager", "ssm-contacts": "Incident Manager", "ssm-incidents": "Incident Manager",
	"sts": "AWS STS",
}

// ruleSources contains sources in event patterns. Amazon EventBridge documentation,
// "Events from AWS services".
var ruleSources = []string{
	"aws.cloudtrail", "aws.ec2", "aws.ecs", "aws.elasticache", "aws.es", "aws.guardduty", "aws.iam", "aws.rds", "aws.s3", "aws.secretsmanager", "aws.securityhub", "aws.signin",
	"aws.sqs",
}

// awsNames contains AWS's names for a field.
var awsNames = map[string][]string{
	// AWS Systems Manager Automation runbook reference.
	"configservice/RemediationConfiguration targetId": {"AWS-ConfigureS3BucketVersioning", "AWS-DisableS3BucketPublicReadWrite"},
	// Amazon EventBridge documentation, "Event buses".
	"cloudwatchevents/Rule eventBusName":                {"default"},
	"cloudwatchevents/Target eventBusName":              {"default"},
	"cloudwatchevents/Rule eventPattern.source[]":       ruleSources,
	"cloudwatchevents/Rule eventPattern.$or[].source[]": ruleSources,
	// AWS Systems Manager Automation actions reference, "aws:executeAwsApi".
	"ssm/Document content.mainSteps[].inputs.Service": {"ecs"},
	// Amazon RDS User Guide, "Using SSL/TLS to encrypt a connection to a DB instance".
	"rds/ClusterInstance caCertIdentifier": {"rds-ca-rsa2048-g1"},
	"rds/Instance caCertIdentifier":        {"rds-ca-rsa2048-g1"},
	// Amazon RDS User Guide, "Working with option groups".
	"rds/Instance optionGroupName": {"default:postgres-15", "default:postgres-16", "default:postgres-17", "default:postgres-18"},
	// Amazon RDS API Reference, "RegisterDBProxyTargets".
	"rds/ProxyTarget targetGroupName": {"default"},
	// AWS Systems Manager API Reference, "UpdateServiceSetting".
	"ssm/ServiceSetting settingId": {
		"/ssm/automation/customer-script-log-destination", "/ssm/automation/customer-script-log-group-name",
		"/ssm/documents/console/public-sharing-permission",
	},
	// AWS WAF documentation, "AWS Managed Rules rule groups list".
	"wafv2/WebACL ruleJson[].Statement.ManagedRuleGroupStatement.Name": {
		"AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesAnonymousIpList", "AWSManagedRulesBotControlRuleSet",
		"AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesSQLiRuleSet",
	},
}

// paths contains fields whose values have a leading slash, but are neither log
// groups nor parameters.
var paths = map[string]string{
	"cloudfront/Distribution customErrorResponse[].responsePagePath":                  "an object that the application publishes",
	"cloudfront/Distribution orderedCacheBehavior[].pathPattern":                      "a path of the shop",
	"ecs/TaskDefinition containerDefinitions[].linuxParameters.tmpfs[].containerPath": "a path in the container",
	"ecs/TaskDefinition containerDefinitions[].mountPoints[].containerPath":           "a path in the container",
	"ecs/TaskDefinition volume[].efsVolumeConfiguration.rootDirectory":                "all that the access point shows",
	"efs/AccessPoint rootDirectory.path":                                              "a path on the file system",
	"elbv2/LBListenerRule condition[].pathPattern.values[]":                           "a path of the shop",
	"elbv2/LBTargetGroup healthCheck.path":                                            "a path of the application",
	"iam/Role path":                                                                   "it groups roles",
	"account/AlternateContact " + externalName:                                        "its type, after an account that is not said",
}

// ownNames contains fields with the name that a resource creates.
var ownNames = map[string]string{
	"appautoscaling/Target resourceId":                        "the service, after its cluster",
	"cloudcontrol/Resource desiredState.PublicKeyConfig.Name": "the key",
	"cloudcontrol/Resource desiredState.Name":                 "the delivery source or destination, the signing key, or the function of routes",
	"cloudfront/OriginAccessControl name":                     "the control",
	"cloudfront/VPCOrigin vpcOriginEndpointConfig.name":       "the origin",
	"kms/Alias " + externalName:                               "the alias, which others name with alias/ before it",
	"elasticache/ReplicationGroup finalSnapshotIdentifier":    "the snapshot that its deletion leaves",
	"opensearch/DomainPolicy " + externalName:                 "the domain, behind what Terraform puts before it",
	"rds/Cluster finalSnapshotIdentifier":                     "the snapshot that its deletion leaves",
	"rds/Instance finalSnapshotIdentifier":                    "the snapshot that its deletion leaves",
}

// madeAt contains fields for generated or given values.
var madeAt = map[string]string{
	"lambda/Function s3Key":                               "the object, or what the signing job made of it",
	"route53/Record alias.name":                           "the host of the distribution",
	"route53/Record name":                                 "the domain, or what ACM wants to see",
	"route53/Record records[]":                            "what ACM wants to see",
	"s3/BucketACL accessControlPolicy.grant[].grantee.id": "the owner, or who delivers logs",
	"s3/BucketACL accessControlPolicy.owner.id":           "the owner",
	"signer/SigningJob source.s3.version":                 "the version of the object",
}

// unread contains fields without names.
var unread = map[string]string{
	"s3/Object contentBase64": "an archive; its code takes names from the environment",
}
