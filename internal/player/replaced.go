package player

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// fixed is the fields below spec.forProvider that AWS cannot change of a
// resource that exists, by service and kind (Terraform Registry, AWS provider:
// arguments that force a new resource; AWS CloudFormation Template Reference,
// "Update requires: Replacement"). A field that takes a reference stands for the
// reference too. Every kind that a stack has must be here, if only to say that
// all of it can change.
var fixed = map[string][]string{
	"accessanalyzer/Analyzer":  {"type"},
	"account/AlternateContact": {"alternateContactType", "accountId"},

	"acm/Certificate": {"domainName", "keyAlgorithm", "subjectAlternativeNames", "validationMethod", "certificateAuthorityArn"},

	"cloudcontrol/Resource": {"typeName"},

	"backup/Plan":                   {"name"},
	"backup/Selection":              {"planId", "name", "iamRoleArn", "resources", "resourcesRefs", "condition"},
	"backup/Vault":                  {"kmsKeyArn"},
	"backup/VaultLockConfiguration": {"backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"},

	"cloudfront/Distribution":           {"staging"},
	"cloudfront/KeyGroup":               {},
	"cloudfront/MonitoringSubscription": {"distributionId"},
	"cloudfront/OriginAccessControl":    {},
	"cloudfront/RealtimeLogConfig":      {"name"},
	"cloudfront/ResponseHeadersPolicy":  {},
	"cloudfront/VPCOrigin":              {},

	"cloudtrail/Trail": {},

	"cloudwatch/CompositeAlarm": {"actionsEnabled"},
	"cloudwatch/Dashboard":      {},
	"cloudwatch/MetricAlarm":    {},

	"cloudwatchevents/Rule":   {"eventBusName"},
	"cloudwatchevents/Target": {"rule", "targetId", "eventBusName"},

	"cloudwatchlogs/Group":          {"logGroupClass"},
	"cloudwatchlogs/MetricFilter":   {"logGroupName"},
	"cloudwatchlogs/ResourcePolicy": {},

	"configservice/AWSConfigurationRecorderStatus": {},
	"configservice/ConfigRule":                     {},
	"configservice/ConfigurationAggregator":        {},
	"configservice/ConformancePack":                {},
	"configservice/ConfigurationRecorder":          {},
	"configservice/DeliveryChannel":                {},
	"configservice/RemediationConfiguration":       {"configRuleName"},

	"ec2/DefaultNetworkACL":                   {"defaultNetworkAclId"},
	"ec2/DefaultRouteTable":                   {"defaultRouteTableId"},
	"ec2/DefaultSecurityGroup":                {"vpcId"},
	"ec2/EIP":                                 {"domain", "publicIpv4Pool", "networkBorderGroup"},
	"ec2/EgressOnlyInternetGateway":           {"vpcId"},
	"ec2/FlowLog":                             {"vpcId", "trafficType", "logDestination", "logDestinationType", "iamRoleArn", "maxAggregationInterval", "logFormat"},
	"ec2/InternetGateway":                     {},
	"ec2/NATGateway":                          {"allocationId", "subnetId", "connectivityType", "privateIp", "vpcId"},
	"ec2/NetworkACL":                          {"vpcId"},
	"ec2/NetworkACLRule":                      {"networkAclId", "ruleNumber", "egress", "protocol", "ruleAction", "cidrBlock", "ipv6CidrBlock", "fromPort", "toPort"},
	"ec2/Route":                               {"routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"},
	"ec2/RouteTable":                          {"vpcId"},
	"ec2/RouteTableAssociation":               {"subnetId", "gatewayId"},
	"ec2/SecurityGroup":                       {"name", "description", "vpcId"},
	"ec2/SecurityGroupEgressRule":             {"securityGroupId"},
	"ec2/SecurityGroupIngressRule":            {"securityGroupId"},
	"ec2/Subnet":                              {"vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native"},
	"ec2/VPC":                                 {"cidrBlock", "ipv4IpamPoolId"},
	"ec2/VPCEndpoint":                         {"vpcId", "serviceName", "vpcEndpointType", "privateDnsEnabled"},
	"ec2/VPCEndpointRouteTableAssociation":    {"routeTableId", "vpcEndpointId"},
	"ec2/VPCEndpointSecurityGroupAssociation": {"securityGroupId", "vpcEndpointId", "replaceDefaultAssociation"},
	"ec2/VPCEndpointSubnetAssociation":        {"subnetId", "vpcEndpointId"},
	"ec2/VPCIPv4CidrBlockAssociation":         {"vpcId", "cidrBlock"},
	"ec2/EBSDefaultKMSKey":                    {"keyArn"},
	"ec2/EBSEncryptionByDefault":              {},

	"guardduty/Detector": {},

	"iam/AccountPasswordPolicy": {},
	"iam/ServiceLinkedRole":     {"awsServiceName", "customSuffix"},
	"iam/Role":                  {"path"},
	"iam/RolePolicy":            {"role"},
	"iam/RolePolicyAttachment":  {"role", "policyArn"},

	"inspector2/Enabler": {"accountIds"},

	"kinesis/Stream": {},

	"lambda/CodeSigningConfig":         {},
	"lambda/Function":                  {"packageType"},
	"lambda/FunctionEventInvokeConfig": {"functionName", "qualifier"},
	"lambda/Permission":                {"action", "functionName", "principal", "sourceArn", "sourceAccount", "statementId"},

	"kms/Alias": {},
	"kms/Key":   {"customerMasterKeySpec", "keyUsage", "customKeyStoreId", "multiRegion"},

	"networkfirewall/Firewall":             {"name", "vpcId"},
	"networkfirewall/FirewallPolicy":       {},
	"networkfirewall/LoggingConfiguration": {"firewallArn"},
	"networkfirewall/RuleGroup":            {"name", "type", "capacity"},
	"macie2/Account":                       {},

	"rds/Cluster": {
		"engine", "engineMode", "masterUsername", "databaseName", "storageEncrypted", "kmsKeyId",
		"availabilityZones", "snapshotIdentifier", "restoreToPointInTime", "dbSubnetGroupName",
	},
	"rds/ClusterInstance":       {"clusterIdentifier", "engine", "availabilityZone", "dbSubnetGroupName", "performanceInsightsKmsKeyId"},
	"rds/ClusterParameterGroup": {"family", "description"},
	"rds/EventSubscription":     {},
	"rds/Instance": {
		"identifier", "engine", "username", "dbName", "storageEncrypted", "kmsKeyId", "performanceInsightsKmsKeyId",
		"availabilityZone", "characterSetName", "snapshotIdentifier", "restoreToPointInTime", "dbSubnetGroupName", "backupTarget",
	},
	"rds/ParameterGroup":          {"family", "description"},
	"rds/Proxy":                   {"engineFamily", "vpcSubnetIds", "vpcSubnetIdsRefs"},
	"rds/ProxyDefaultTargetGroup": {"dbProxyName"},
	"rds/ProxyTarget":             {"dbProxyName", "targetGroupName", "dbInstanceIdentifier", "dbClusterIdentifier"},
	"rds/SubnetGroup":             {},

	"route53/HostedZoneDNSSEC": {"hostedZoneId"},
	"route53/QueryLog":         {"zoneId", "cloudwatchLogGroupArn"},
	"route53/Record":           {"zoneId", "name", "type", "setIdentifier"},
	"route53/Zone":             {"name", "delegationSetId"},

	"s3/Bucket":                                  {"objectLockEnabled"},
	"s3/BucketACL":                               {"bucket"},
	"s3/BucketLifecycleConfiguration":            {"bucket"},
	"s3/BucketLogging":                           {"bucket"},
	"s3/BucketNotification":                      {"bucket"},
	"s3/BucketObjectLockConfiguration":           {"bucket", "objectLockEnabled"},
	"s3/BucketOwnershipControls":                 {"bucket"},
	"s3/BucketPolicy":                            {"bucket"},
	"s3/BucketReplicationConfiguration":          {"bucket"},
	"s3/BucketPublicAccessBlock":                 {"bucket"},
	"s3/BucketServerSideEncryptionConfiguration": {"bucket"},
	"s3/Object":                                  {"bucket", "key"},
	"s3/BucketVersioning":                        {"bucket"},

	"s3control/AccountPublicAccessBlock": {"accountId"},

	"secretsmanager/Secret":         {"name"},
	"secretsmanager/SecretPolicy":   {"secretArn"},
	"secretsmanager/SecretRotation": {"secretId"},

	"securityhub/Account":               {"enableDefaultStandards"},
	"securityhub/StandardsSubscription": {"standardsArn"},

	"signer/SigningJob":     {"profileName", "source", "destination", "ignoreSigningJobFailure"},
	"signer/SigningProfile": {"platformId", "signatureValidityPeriod", "signingMaterial"},

	"sns/Topic":             {"fifoTopic"},
	"sns/TopicPolicy":       {"arn"},
	"sns/TopicSubscription": {"topicArn", "protocol", "endpoint"},

	"sqs/Queue":       {"name", "fifoQueue"},
	"sqs/QueuePolicy": {"queueUrl"},

	"ssm/Parameter":      {"dataType"},
	"ssm/ServiceSetting": {"settingId"},

	"wafv2/IPSet":                      {"name", "scope", "ipAddressVersion"},
	"wafv2/WebACL":                     {"name", "scope"},
	"wafv2/WebACLLoggingConfiguration": {"resourceArn", "logDestinationConfigs"},
}

// Kinds is the kinds that a stack can have, such as "rds/Instance", sorted.
func Kinds() []string { return slices.Sorted(maps.Keys(fixed)) }

// Fixed returns the fields of a kind that AWS cannot change, but for the region,
// which no kind can.
func Fixed(kind string) []string { return fixed[kind] }

// Knows is whether the player knows which fields of an object's kind can never
// change.
func Knows(u *unstructured.Unstructured) bool {
	_, ok := fixed[serviceKind(u)]
	return ok
}

// Replaced is what a change would need another resource in AWS for, a sentence
// for each field; none if AWS can make the change. The provider refuses such a
// change, because to replace is to delete first.
func Replaced(before, after *unstructured.Unstructured) []string {
	was, _, _ := unstructured.NestedMap(before.Object, "spec", "forProvider")
	is, _, _ := unstructured.NestedMap(after.Object, "spec", "forProvider")
	var out []string
	for _, field := range append([]string{"region"}, fixed[serviceKind(before)]...) {
		for _, f := range []string{field, field + "Ref"} {
			if is[f] != nil && was[f] != nil && !same(was[f], is[f]) {
				out = append(out, fmt.Sprintf("%s: cannot change %v to %v", f, was[f], is[f]))
			}
		}
	}
	return out
}

// same is whether two values of a field are equal. Of a reference the name
// counts: how often it is resolved does not.
func same(a, b any) bool {
	x, isReference := a.(map[string]any)
	y, both := b.(map[string]any)
	if isReference && both {
		return x["name"] == y["name"]
	}
	return reflect.DeepEqual(a, b)
}
