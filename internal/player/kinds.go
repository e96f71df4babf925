package player

import (
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// kind is how AWS names the resources of a kind, and what it says of them
// beside what was asked for. All texts are templates, see object.
type kind struct {
	// external is the external name that the provider gives a resource that has
	// none yet: by default its Kubernetes name.
	external string
	// id is status.atProvider.id, by default the external name.
	id string
	// arn is the ARN after the partition. Kinds without one show none.
	arn string
	// also is more of status.atProvider.
	also fields
	// late is what the provider also fills into spec.forProvider.
	late fields
}

// fields is an object, list a list of such or of values.
type (
	fields map[string]any
	list   []any
)

// where is a value that only resources have whose field has the given value.
type where struct {
	field string
	is    any
	then  any
}

// afterwards is a value that AWS knows only some time after it made the resource.
type afterwards struct{ value any }

// each is a list with an item for each one of a list that was asked for, whose
// templates are about that one: its fields or, if it has none, its value.
type each struct {
	of   string
	item fields
}

// validation is what ACM wants to see in DNS for a domain.
func validation(domain string) fields {
	return fields{
		"domainName":          "${" + domain + "}",
		"resourceRecordName":  "_${hex:32:" + domain + "}.${" + domain + "}.",
		"resourceRecordType":  "CNAME",
		"resourceRecordValue": "_${hex:32:" + domain + "}.hkmpvcwbhw.acm-validations.aws.",
	}
}

// kindOf is the entry of an object's kind. Kinds that the table does not have
// are named by their Kubernetes name.
func kindOf(u *unstructured.Unstructured) kind {
	if k, ok := kinds[serviceKind(u)]; ok {
		return k
	}
	gvk := u.GroupVersionKind()
	return kind{arn: stem(gvk.Group) + ":${region}:${account}:" + strings.ToLower(gvk.Kind) + "/${id}"}
}

// kinds is what the table knows, by service and kind. Names follow the
// provider's configuration of external names, ARNs AWS's Service Authorization
// Reference.
var kinds = map[string]kind{
	"accessanalyzer/Analyzer":  {arn: "access-analyzer:${region}:${account}:analyzer/${id}"},
	"account/AlternateContact": {external: "${accountId}/${alternateContactType}"},

	"acm/Certificate": {
		external: "${arn}",
		arn:      "acm:${region}:${account}:certificate/${uuid}",
		also: fields{
			"status":                  "${certificate}",
			"type":                    "AMAZON_ISSUED",
			"domainValidationOptions": list{validation("domainName"), each{of: "subjectAlternativeNames", item: validation("value")}},
		},
	},

	"backup/Plan":                   {external: "${uuid}", arn: "backup:${region}:${account}:backup-plan:${id}", also: fields{"version": "${upper:48}"}},
	"backup/Selection":              {late: fields{"condition": list{fields{}}}, external: "${uuid}"},
	"backup/VaultLockConfiguration": {external: "${backupVaultName}"},
	"backup/Vault":                  {arn: "backup:${region}:${account}:backup-vault:${id}", also: fields{"recoveryPoints": int64(0)}},

	// An ID as CloudFront gives public keys.
	"cloudcontrol/Resource": {external: "K${upper:13}"},

	"cloudfront/CachePolicy":            {external: "${uuid}", arn: "cloudfront::${account}:cache-policy/${id}", also: fields{"etag": "E${upper:12}"}},
	"cloudfront/Function":               {arn: "cloudfront::${account}:function/${id}", also: fields{"etag": "E${upper:12}", "liveStageEtag": "E${upper:12}", "status": "DEPLOYED"}},
	"cloudfront/OriginAccessControl":    {external: "E${upper:13}", arn: "cloudfront::${account}:origin-access-control/${id}", also: fields{"etag": "E${upper:12}"}},
	"cloudfront/OriginRequestPolicy":    {external: "${uuid}", arn: "cloudfront::${account}:origin-request-policy/${id}", also: fields{"etag": "E${upper:12}"}},
	"cloudfront/ResponseHeadersPolicy":  {external: "${uuid}", arn: "cloudfront::${account}:response-headers-policy/${id}", also: fields{"etag": "E${upper:12}"}},
	"cloudfront/VPCOrigin":              {external: "vo_${upper:22}", arn: "cloudfront::${account}:vpcorigin/${id}", also: fields{"etag": "E${upper:12}"}},
	"cloudfront/MonitoringSubscription": {external: "${distributionId}"},
	"cloudfront/KeyGroup":               {external: "${uuid}", also: fields{"etag": "E${upper:12}"}},
	"cloudfront/RealtimeLogConfig":      {external: "${arn}", arn: "cloudfront::${account}:realtime-log-config/${name}"},
	"cloudfront/Distribution": {
		late:     fields{"waitForDeployment": true},
		external: "E${upper:13}",
		arn:      "cloudfront::${account}:distribution/${id}",
		also: fields{
			"domainName":   "d${lower:13}.cloudfront.net",
			"etag":         "E${upper:12}",
			"hostedZoneId": "Z2FDTNDATAQYW2",
			"status":       "Deployed",
		},
	},

	"cloudtrail/Trail": {id: "${arn}", arn: "cloudtrail:${region}:${account}:trail/${external}", also: fields{"homeRegion": "${region}"}},

	"cloudwatch/CompositeAlarm": {arn: "cloudwatch:${region}:${account}:alarm:${id}"},
	"cloudwatch/Dashboard":      {also: fields{"dashboardArn": "arn:${partition}:cloudwatch::${account}:dashboard/${id}"}},
	"cloudwatch/MetricAlarm":    {arn: "cloudwatch:${region}:${account}:alarm:${id}"},

	"cloudwatchevents/Bus":    {arn: "events:${region}:${account}:event-bus/${id}"},
	"cloudwatchevents/Rule":   {late: fields{"isEnabled": true}, arn: "events:${region}:${account}:rule/${external}"},
	"cloudwatchevents/Target": {external: "${rule}-${targetId|terraform}"},

	"cloudwatchlogs/Group":              {late: fields{"logGroupClass": "STANDARD"}, arn: "logs:${region}:${account}:log-group:${id}"},
	"cloudwatchlogs/MetricFilter":       {},
	"cloudwatchlogs/ResourcePolicy":     {},
	"cloudwatchlogs/SubscriptionFilter": {external: "cwlsf-${hex:10}"},

	"configservice/AWSConfigurationRecorderStatus": {},
	"configservice/ConfigRule":                     {arn: "config:${region}:${account}:config-rule/config-rule-${hex:6}", also: fields{"ruleId": "config-rule-${hex:6}"}},
	"configservice/ConfigurationAggregator":        {arn: "config:${region}:${account}:config-aggregator/config-aggregator-${lower:8}"},
	"configservice/ConfigurationRecorder":          {},
	"configservice/ConformancePack":                {arn: "config:${region}:${account}:conformance-pack/${id}/conformance-pack-${lower:9}"},
	"configservice/DeliveryChannel":                {},
	"configservice/RemediationConfiguration":       {arn: "config:${region}:${account}:remediation-configuration/${id}/${uuid}"},

	"ec2/DefaultNetworkACL": {external: "${defaultNetworkAclId}", arn: "ec2:${region}:${account}:network-acl/${id}", also: fields{"ownerId": "${account}"}},
	"ec2/DefaultRouteTable": {external: "${defaultRouteTableId}", arn: "ec2:${region}:${account}:route-table/${id}", also: fields{"ownerId": "${account}"}},
	"ec2/DefaultSecurityGroup": {
		// The same as that of its VPC.
		external: "sg-${hex:17:vpcId}",
		arn:      "ec2:${region}:${account}:security-group/${id}",
		also:     fields{"name": "default", "description": "default VPC security group", "ownerId": "${account}"},
	},
	"ec2/EgressOnlyInternetGateway": {external: "eigw-${hex:17}"},
	"ec2/EBSDefaultKMSKey":          {external: "${keyArn}"},
	"ec2/EBSEncryptionByDefault":    {external: "terraform-${hex:26}"},
	"ec2/EIP": {
		late:     fields{"networkInterface": afterwards{"eni-${hex:17:id}"}},
		external: "eipalloc-${hex:17}",
		arn:      "ec2:${region}:${account}:elastic-ip/${id}",
		also:     fields{"allocationId": "${id}", "publicIp": "${ip:id}"},
	},
	"ec2/FlowLog":         {external: "fl-${hex:17}", arn: "ec2:${region}:${account}:vpc-flow-log/${id}"},
	"ec2/InternetGateway": {external: "igw-${hex:17}", arn: "ec2:${region}:${account}:internet-gateway/${id}", also: fields{"ownerId": "${account}"}},
	"ec2/NATGateway": {
		late:     fields{"vpcId": "vpc-${hex:17:subnetId}"},
		external: "nat-${hex:17}",
		// That of its address.
		also: fields{"publicIp": "${ip:allocationId}", "networkInterfaceId": "eni-${hex:17}", "associationId": "eipassoc-${hex:17}"},
	},
	"ec2/NetworkACL":               {external: "acl-${hex:17}", arn: "ec2:${region}:${account}:network-acl/${id}", also: fields{"ownerId": "${account}"}},
	"ec2/NetworkACLRule":           {external: "nacl-${hex:10}"},
	"ec2/Route":                    {external: "r-${routeTableId}${hex:10}", also: fields{"origin": "CreateRoute", "state": "active"}},
	"ec2/RouteTable":               {external: "rtb-${hex:17}", arn: "ec2:${region}:${account}:route-table/${id}", also: fields{"ownerId": "${account}"}},
	"ec2/RouteTableAssociation":    {external: "rtbassoc-${hex:17}"},
	"ec2/SecurityGroup":            {external: "sg-${hex:17}", arn: "ec2:${region}:${account}:security-group/${id}", also: fields{"ownerId": "${account}"}},
	"ec2/SecurityGroupEgressRule":  {external: "sgr-${hex:17}", arn: "ec2:${region}:${account}:security-group-rule/${id}", also: fields{"securityGroupRuleId": "${id}"}},
	"ec2/SecurityGroupIngressRule": {external: "sgr-${hex:17}", arn: "ec2:${region}:${account}:security-group-rule/${id}", also: fields{"securityGroupRuleId": "${id}"}},
	"ec2/Subnet":                   {late: fields{"privateDnsHostnameTypeOnLaunch": "ip-name"}, external: "subnet-${hex:17}", arn: "ec2:${region}:${account}:subnet/${id}", also: fields{"ownerId": "${account}"}},
	"ec2/VPC": {
		external: "vpc-${hex:17}",
		arn:      "ec2:${region}:${account}:vpc/${id}",
		also: fields{
			"defaultNetworkAclId":    "acl-${hex:17:id}",
			"defaultRouteTableId":    "rtb-${hex:17:id}",
			"defaultSecurityGroupId": "sg-${hex:17:id}",
			"ipv6CidrBlock":          where{field: "assignGeneratedIpv6CidrBlock", is: true, then: "2001:db8:${hex:4}:${hex:2}00::/56"},
			"dhcpOptionsId":          "dopt-${hex:17:region}",
			"mainRouteTableId":       "rtb-${hex:17:id}",
			"ownerId":                "${account}",
		},
	},
	"ec2/VPCIPv4CidrBlockAssociation": {external: "vpc-cidr-assoc-${hex:17}"},
	"ec2/VPCEndpoint": {
		external: "vpce-${hex:17}",
		arn:      "ec2:${region}:${account}:vpc-endpoint/${id}",
		also: fields{
			"ownerId":      "${account}",
			"state":        "available",
			"prefixListId": where{field: "vpcEndpointType", is: "Gateway", then: "pl-${hex:8:serviceName}"},
		},
	},
	"ec2/VPCEndpointRouteTableAssociation":    {external: "a-${vpcEndpointId}${hex:10}"},
	"ec2/VPCEndpointSecurityGroupAssociation": {external: "a-${vpcEndpointId}${hex:10}"},
	"ec2/VPCEndpointSubnetAssociation":        {external: "a-${vpcEndpointId}${hex:10}"},

	"guardduty/Detector": {external: "${hex:32}", arn: "guardduty:${region}:${account}:detector/${id}", also: fields{"accountId": "${account}"}},

	"iam/AccountPasswordPolicy": {external: "iam-account-password-policy", also: fields{"expirePasswords": true}},
	"iam/InstanceProfile":       {arn: "iam::${account}:instance-profile${path|/}${id}", also: fields{"uniqueId": "AIPA${upper:17}"}},
	"iam/Policy":                {id: "${arn}", arn: "iam::${account}:policy${path|/}${external}", also: fields{"policyId": "ANPA${upper:17}"}},
	"iam/Role":                  {arn: "iam::${account}:role${path|/}${id}", also: fields{"uniqueId": "AROA${upper:17}"}},
	"iam/RolePolicy":            {id: "${role}:${external}"},
	"iam/RolePolicyAttachment":  {external: "${role}/${policyArn}"},
	"iam/ServiceLinkedRole":     {external: "arn:${partition}:iam::${account}:role/aws-service-role/${awsServiceName}/AWSServiceRole", also: fields{"arn": "${external}", "uniqueId": "AROA${upper:17}"}},

	"inspector2/Enabler": {external: "${joined:accountIds}-${joined:resourceTypes}"},

	"kinesis/Stream": {id: "${arn}", arn: "kinesis:${region}:${account}:stream/${external}"},

	"kms/Alias": {id: "alias/${external}", arn: "kms:${region}:${account}:alias/${external}", also: fields{"targetKeyArn": "arn:${partition}:kms:${region}:${account}:key/${targetKeyId}"}},
	"kms/Key":   {late: fields{"customerMasterKeySpec": "SYMMETRIC_DEFAULT"}, external: "${uuid}", arn: "kms:${region}:${account}:key/${id}", also: fields{"keyId": "${id}"}},

	"lambda/CodeSigningConfig":  {external: "${arn}", arn: "lambda:${region}:${account}:code-signing-config:csc-${hex:17}", also: fields{"configId": "csc-${hex:17}"}},
	"lambda/EventSourceMapping": {external: "${uuid}", arn: "lambda:${region}:${account}:event-source-mapping:${id}", also: fields{"state": "Enabled", "uuid": "${uuid}"}},
	"lambda/Function": {
		late: fields{"ephemeralStorage": fields{"size": int64(512)}},
		arn:  "lambda:${region}:${account}:function:${id}",
		also: fields{
			"invokeArn":    "arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations",
			"qualifiedArn": "${arn}:${dollar}LATEST",
			"version":      "${dollar}LATEST",
			// AWS computes it of whatever it is given.
			"codeSha256": "${sourceCodeHash|47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=}",
		},
	},
	"lambda/FunctionEventInvokeConfig": {external: "${functionName}"},
	"lambda/Permission":                {external: "terraform-${hex:26}"},

	"networkfirewall/Firewall": {
		external: "${arn}",
		arn:      "network-firewall:${region}:${account}:firewall/${name}",
		also: fields{"firewallStatus": list{fields{"syncStates": each{of: "subnetMapping", item: fields{
			"attachment": list{fields{"endpointId": "vpce-${hex:17:subnetId}", "subnetId": "${subnetId}"}},
		}}}}},
	},
	"networkfirewall/FirewallPolicy":       {id: "${arn}", arn: "network-firewall:${region}:${account}:firewall-policy/${external}", also: fields{"updateToken": "${uuid}"}},
	"networkfirewall/LoggingConfiguration": {external: "${firewallArn}"},
	"networkfirewall/RuleGroup":            {id: "${arn}", arn: "network-firewall:${region}:${account}:stateful-rulegroup/${external}", also: fields{"updateToken": "${uuid}"}},
	"macie2/Account":                       {external: "${account}", also: fields{"serviceRole": "arn:${partition}:iam::${account}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie"}},

	"rds/Cluster": {
		late: fields{"availabilityZones": list{"${region}a", "${region}b", "${region}c"}, "networkType": "IPV4"},
		arn:  "rds:${region}:${account}:cluster:${id}",
		also: fields{
			"clusterResourceId":   "cluster-${upper:26}",
			"databaseName":        "${databaseName|restored}",
			"endpoint":            "${id}.cluster-c${lower:11}.${region}.rds.${dnsSuffix}",
			"readerEndpoint":      "${id}.cluster-ro-c${lower:11}.${region}.rds.${dnsSuffix}",
			"engineVersionActual": "${minor:engineVersion}",
			"hostedZoneId":        "Z${upper:13:region}",
			"masterUserSecret": where{field: "manageMasterUserPassword", is: true, then: list{fields{
				"kmsKeyId":     "${keyARN:masterUserSecretKmsKeyId}",
				"secretArn":    "arn:${partition}:secretsmanager:${region}:${account}:secret:rds!cluster-${uuid}-${hex:6}",
				"secretStatus": "active",
			}}},
		},
	},
	"rds/ClusterInstance": {
		arn: "rds:${region}:${account}:db:${id}",
		also: fields{
			"dbiResourceId": "db-${upper:26}",
			"endpoint":      "${id}.c${lower:11}.${region}.rds.${dnsSuffix}",
		},
	},
	"rds/ClusterParameterGroup": {arn: "rds:${region}:${account}:cluster-pg:${id}"},
	"rds/EventSubscription":     {arn: "rds:${region}:${account}:es:${id}", also: fields{"customerAwsId": "${account}"}},
	"rds/Instance": {
		late: fields{
			"backupTarget": "region", "databaseInsightsMode": "standard", "engineLifecycleSupport": "open-source-rds-extended-support", "iops": int64(3000), "licenseModel": "general-public-license", "networkType": "IPV4", "optionGroupName": "default:${engine}-${major:engineVersion}", "storageThroughput": int64(125),
			// Those of what a restored instance was made from.
			"kmsKeyId": "arn:${partition}:kms:${region}:${account}:key/${uuid}", "username": "shop",
		},
		external: "db-${upper:26}",
		arn:      "rds:${region}:${account}:db:${identifier}",
		also: fields{
			"address":             "${identifier}.c${lower:11}.${region}.rds.${dnsSuffix}",
			"endpoint":            "${identifier}.c${lower:11}.${region}.rds.${dnsSuffix}:${port|5432}",
			"dbName":              "${dbName|restored}",
			"engineVersionActual": "${minor:engineVersion}",
			"hostedZoneId":        "Z${upper:13:region}",
			"resourceId":          "${id}",
			"status":              "available",
			"masterUserSecret": where{field: "manageMasterUserPassword", is: true, then: list{fields{
				"kmsKeyId":     "${keyARN:masterUserSecretKmsKeyId}",
				"secretArn":    "arn:${partition}:secretsmanager:${region}:${account}:secret:rds!db-${uuid}-${hex:6}",
				"secretStatus": "active",
			}}},
		},
	},
	"rds/OptionGroup":    {arn: "rds:${region}:${account}:og:${id}"},
	"rds/ParameterGroup": {arn: "rds:${region}:${account}:pg:${id}"},
	"rds/Proxy": {
		arn:  "rds:${region}:${account}:db-proxy:prx-${lower:17}",
		also: fields{"endpoint": "${id}.proxy-c${lower:11}.${region}.rds.${dnsSuffix}"},
	},
	"rds/ProxyDefaultTargetGroup": {external: "${dbProxyName}", arn: "rds:${region}:${account}:target-group:prx-tg-${lower:17}", also: fields{"name": "default"}},
	"rds/ProxyTarget":             {external: "${dbProxyName}/${targetGroupName}/${proxyTarget}"},
	"rds/SubnetGroup":             {arn: "rds:${region}:${account}:subgrp:${id}", also: fields{"supportedNetworkTypes": list{"IPV4"}}},

	"route53/HostedZoneDNSSEC": {external: "${hostedZoneId}"},
	"route53/QueryLog":         {external: "${uuid}", arn: "route53:::queryloggingconfig/${id}"},
	"route53/Record":           {external: "${zoneId}_${name}_${type}", also: fields{"fqdn": "${name}"}},
	"route53/Zone": {
		external: "Z${upper:20}",
		arn:      "route53:::hostedzone/${id}",
		also: fields{
			"nameServers":       list{"ns-2048.awsdns-64.com", "ns-2049.awsdns-65.net", "ns-2050.awsdns-66.org", "ns-2051.awsdns-67.co.uk"},
			"primaryNameServer": "ns-2048.awsdns-64.com",
			"zoneId":            "${id}",
		},
	},

	"s3/Bucket": {
		arn: "s3:::${id}",
		also: fields{
			"bucketDomainName":         "${id}.s3.${dnsSuffix}",
			"bucketRegion":             "${region}",
			"bucketRegionalDomainName": "${id}.s3.${region}.${dnsSuffix}",
			// The account's canonical user.
			"grant":        list{fields{"id": "${hex:64:account}", "permissions": list{"FULL_CONTROL"}, "type": "CanonicalUser"}},
			"hostedZoneId": "Z${upper:13:region}",
		},
	},
	"s3/BucketACL":                               {external: "${bucket}"},
	"s3/BucketCorsConfiguration":                 {external: "${bucket}"},
	"s3/BucketLifecycleConfiguration":            {late: fields{"transitionDefaultMinimumObjectSize": "all_storage_classes_128K"}, external: "${bucket}"},
	"s3/BucketLogging":                           {external: "${bucket}"},
	"s3/BucketNotification":                      {external: "${bucket}"},
	"s3/BucketObjectLockConfiguration":           {external: "${bucket}"},
	"s3/BucketOwnershipControls":                 {external: "${bucket}"},
	"s3/BucketPolicy":                            {external: "${bucket}"},
	"s3/BucketReplicationConfiguration":          {external: "${bucket}"},
	"s3/BucketPublicAccessBlock":                 {external: "${bucket}"},
	"s3/BucketServerSideEncryptionConfiguration": {external: "${bucket}"},
	"s3/BucketVersioning":                        {external: "${bucket}"},
	"s3/Object":                                  {late: fields{"acl": "private", "storageClass": "STANDARD"}, external: "${bucket}/${key}", arn: "s3:::${bucket}/${key}", also: fields{"versionId": "${hex:32}"}},

	"s3control/AccountPublicAccessBlock": {late: fields{"accountId": "${account}"}, external: "${account}"},

	"secretsmanager/Secret":         {external: "${arn}", arn: "secretsmanager:${region}:${account}:secret:${name}-${hex:6}"},
	"secretsmanager/SecretPolicy":   {external: "${secretArn}"},
	"secretsmanager/SecretRotation": {late: fields{"rotateImmediately": true}, external: "${secretId}", also: fields{"rotationEnabled": true}},

	"securityhub/Account":               {late: fields{"controlFindingGenerator": "SECURITY_CONTROL"}, external: "${account}", arn: "securityhub:${region}:${account}:hub/default"},
	"securityhub/StandardsSubscription": {external: "arn:${partition}:securityhub:${region}:${account}:subscription/${standard}"},

	"signer/SigningJob": {
		external: "${uuid}",
		also: fields{
			"jobId":  "${id}",
			"status": "Succeeded",
			// In the bucket of its source, as the stack asks for.
			"signedObject": list{fields{"s3": list{fields{"key": "signed/${id}.zip"}}}},
		},
	},
	"signer/SigningProfile": {arn: "signer:${region}:${account}:/signing-profiles/${id}", also: fields{"status": "Active", "version": "${hex:10}", "versionArn": "${arn}/${hex:10}"}},

	"sns/Topic":             {id: "${arn}", arn: "sns:${region}:${account}:${external}", also: fields{"owner": "${account}"}},
	"sns/TopicPolicy":       {external: "${arn}", also: fields{"owner": "${account}"}},
	"sns/TopicSubscription": {late: fields{"confirmationTimeoutInMinutes": int64(1)}, external: "${topicArn}:${uuid}", also: fields{"arn": "${external}", "ownerId": "${account}", "pendingConfirmation": false}},

	"sqs/Queue":       {late: fields{"kmsDataKeyReusePeriodSeconds": int64(300), "maxMessageSize": int64(262144), "visibilityTimeoutSeconds": int64(30)}, external: "https://sqs.${region}.${dnsSuffix}/${account}/${name}", arn: "sqs:${region}:${account}:${name}", also: fields{"url": "${id}"}},
	"sqs/QueuePolicy": {external: "${queueUrl}"},

	// Names of parameters and settings are paths, which begin with a slash.
	"ssm/ServiceSetting": {external: "${arn}", arn: "ssm:${region}:${account}:servicesetting${settingId}", also: fields{"status": "Customized"}},
	"ssm/Parameter":      {late: fields{"arn": "${arn}"}, arn: "ssm:${region}:${account}:parameter${external}", also: fields{"version": int64(1)}},

	"wafv2/IPSet":                      {external: "${uuid}", arn: "wafv2:${region}:${account}:${wafScope}/ipset/${name}/${id}", also: fields{"lockToken": "${uuid:name}"}},
	"wafv2/WebACL":                     {external: "${uuid}", arn: "wafv2:${region}:${account}:${wafScope}/webacl/${name}/${id}", also: fields{"capacity": int64(100), "lockToken": "${uuid:name}"}},
	"wafv2/WebACLAssociation":          {external: "${webAclArn},${resourceArn}"},
	"wafv2/WebACLLoggingConfiguration": {external: "${resourceArn}"},
}
