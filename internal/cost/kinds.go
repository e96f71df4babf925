package cost

import (
	"encoding/json"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"
)

// charge is so many of an item.
type charge struct {
	item     item
	quantity float64
}

// fields is spec.forProvider of a resource.
type fields map[string]*structpb.Value

// counter is what a resource of a kind is charged for in its stack.
type counter func(fields, *stack) []charge

// priced is the kinds that cost money as long as they exist.
var priced = map[string]counter{
	"cloudfront/MonitoringSubscription": always("distribution-metrics"),

	"cloudwatch/CompositeAlarm": always("alarm-composite"),
	"cloudwatch/Dashboard":      always("dashboard"),
	"cloudwatch/MetricAlarm":    alarm,

	"cloudwatchlogs/MetricFilter": metricFilter,

	"ec2/EIP":                          always("public-ipv4"),
	"ec2/NATGateway":                   always("nat-gateway"),
	"ec2/VPCEndpointSubnetAssociation": always("interface-endpoint"),

	"kinesis/Stream": stream,

	"kms/Key": always("key"),

	"networkfirewall/Firewall": firewall,

	"rds/Cluster":         cluster,
	"rds/ClusterInstance": clusterInstance,
	"rds/Instance":        database,
	"rds/Proxy":           proxy,

	"route53/Zone": always("zone"),

	"secretsmanager/Secret": always("secret"),

	"ssm/Parameter": parameter,

	"wafv2/WebACL": webACL,
}

// usage is the kinds that cost by how much they are used, which nobody knows
// beforehand, and what is counted. Some of them have a price of their own too.
var usage = map[string]string{
	"backup/Vault":                           "backups by GiB, and copies to another region",
	"cloudfront/Distribution":                "requests and data transfer",
	"cloudfront/RealtimeLogConfig":           "log lines",
	"cloudtrail/Trail":                       "data events; management events too if the account has another trail",
	"cloudwatchlogs/Group":                   "GiB taken in and kept",
	"configservice/ConfigRule":               "evaluations",
	"configservice/ConformancePack":          "evaluations",
	"configservice/ConfigurationRecorder":    "configuration items",
	"configservice/RemediationConfiguration": "steps of automations",
	"accessanalyzer/Analyzer":                "roles and users, where unused access is analysed",
	"ec2/NATGateway":                         "data processed; where a network firewall stands before it, AWS waives its hours",
	"ec2/VPCEndpoint":                        "data processed by interface endpoints",
	"guardduty/Detector":                     "events and GiB analysed",
	"inspector2/Enabler":                     "functions, images and instances scanned",
	"kinesis/Stream":                         "data written, read and kept for more than a day",
	"kms/Key":                                "requests; one more USD a month for each of the first two rotations",
	"lambda/Function":                        "calls and their time",
	"macie2/Account":                         "buckets watched and GiB inspected",
	"networkfirewall/Firewall":               "data processed",
	"rds/Cluster":                            "storage and input and output, backups beyond the storage's size",
	"rds/ClusterInstance":                    "capacity beyond the least, up to the most; Performance Insights beyond seven days",
	"rds/Instance":                           "storage that grew by itself, backups beyond the storage's size, Performance Insights beyond seven days, CPU credits",
	"route53/Zone":                           "queries",
	"s3/Bucket":                              "GiB kept, requests, replication and transfer",
	"secretsmanager/Secret":                  "calls",
	"securityhub/StandardsSubscription":      "checks",
	"securityhub/Account":                    "findings taken in",
	"sns/Topic":                              "messages delivered",
	"sqs/Queue":                              "requests",
	"wafv2/WebACL":                           "requests inspected",
}

// free is the kinds that cost nothing by themselves.
var free = []string{
	"account/AlternateContact",
	"acm/Certificate",
	"backup/Plan", "backup/Selection", "backup/VaultLockConfiguration", "backup/VaultPolicy", "backup/VaultNotifications",
	"cloudcontrol/Resource",
	"cloudfront/KeyGroup", "cloudfront/OriginAccessControl", "cloudfront/ResponseHeadersPolicy", "cloudfront/VPCOrigin",
	"cloudwatchevents/Rule", "cloudwatchevents/Target", // Events of AWS services are free.
	"cloudwatchlogs/ResourcePolicy",
	"configservice/AWSConfigurationRecorderStatus", "configservice/ConfigurationAggregator", "configservice/DeliveryChannel",
	"ec2/DefaultNetworkACL", "ec2/DefaultRouteTable", "ec2/DefaultSecurityGroup", "ec2/EBSDefaultKMSKey", "ec2/EBSEncryptionByDefault", "ec2/FlowLog",
	"ec2/EgressOnlyInternetGateway", "ec2/InternetGateway", "ec2/NetworkACL", "ec2/NetworkACLRule", "ec2/Route", "ec2/RouteTable", "ec2/RouteTableAssociation", "ec2/SecurityGroup",
	"ec2/SecurityGroupEgressRule", "ec2/SecurityGroupIngressRule", "ec2/Subnet", "ec2/VPC", "ec2/VPCEndpointRouteTableAssociation",
	"ec2/VPCEndpointSecurityGroupAssociation", "ec2/VPCIPv4CidrBlockAssociation",
	"iam/AccountPasswordPolicy", "iam/Role", "iam/RolePolicy", "iam/RolePolicyAttachment", "iam/ServiceLinkedRole",
	"kms/Alias",
	"lambda/CodeSigningConfig", "lambda/FunctionEventInvokeConfig", "lambda/Permission",
	"networkfirewall/FirewallPolicy", "networkfirewall/LoggingConfiguration", "networkfirewall/RuleGroup",
	"rds/ClusterParameterGroup", "rds/EventSubscription", "rds/ParameterGroup", "rds/ProxyDefaultTargetGroup", "rds/ProxyTarget", "rds/SubnetGroup",
	"route53/HostedZoneDNSSEC", "route53/KeySigningKey", "route53/QueryLog", "route53/Record",
	"s3/BucketACL", "s3/BucketLifecycleConfiguration", "s3/BucketLogging", "s3/BucketNotification", "s3/BucketObjectLockConfiguration",
	"s3/BucketOwnershipControls", "s3/BucketPolicy", "s3/BucketPublicAccessBlock", "s3/BucketReplicationConfiguration",
	"s3/BucketServerSideEncryptionConfiguration", "s3/BucketVersioning", "s3/Object",
	"s3control/AccountPublicAccessBlock",
	"secretsmanager/SecretPolicy", "secretsmanager/SecretRotation",
	"signer/SigningJob", "signer/SigningProfile",
	"sns/TopicPolicy", "sns/TopicSubscription",
	"sqs/QueuePolicy",
	"ssm/ServiceSetting",
	"wafv2/IPSet", "wafv2/WebACLLoggingConfiguration",
}

// Knows is whether somebody has said of a kind, such as ec2/NATGateway, whether
// it is priced, free, or costs by usage.
func Knows(kind string) bool {
	_, counted := priced[kind]
	_, used := usage[kind]
	return counted || used || slices.Contains(free, kind)
}

// always is one of an item.
func always(name string) counter {
	return func(fields, *stack) []charge { return some(name, 1) }
}

// some is so many of an item; nothing if there are none.
func some(name string, quantity float64) []charge {
	if quantity <= 0 {
		return nil
	}
	return []charge{{prices().Items[name], quantity}}
}

// alarm is charged by the metrics that it looks at, and more if it looks at them
// more often than once a minute.
func alarm(f fields, _ *stack) []charge {
	metrics, period := 0.0, f["period"].GetNumberValue()
	for _, q := range f["metricQuery"].GetListValue().GetValues() {
		if metric := fields(q.GetStructValue().GetFields())["metric"].GetListValue().GetValues(); len(metric) > 0 {
			metrics, period = metrics+1, metric[0].GetStructValue().GetFields()["period"].GetNumberValue()
		}
	}
	name := "alarm"
	if period > 0 && period < 60 {
		name = "alarm-fast"
	}
	return some(name, max(metrics, 1))
}

// metricFilter is charged for its metric, which is there every hour if it has a
// value where nothing matches.
func metricFilter(f fields, _ *stack) []charge {
	if structOf(f["metricTransformation"])["defaultValue"].GetStringValue() == "" {
		return nil
	}
	return some("metric", 1)
}

// structOf is an object, or the first one of a list of them: the cluster-scoped
// schema once had lists where there is one now.
func structOf(v *structpb.Value) fields {
	if list := v.GetListValue().GetValues(); len(list) > 0 {
		v = list[0]
	}
	return v.GetStructValue().GetFields()
}

func stream(f fields, _ *stack) []charge {
	if structOf(f["streamModeDetails"])["streamMode"].GetStringValue() == "ON_DEMAND" {
		return some("stream-on-demand", 1)
	}
	return some("stream-shard", f["shardCount"].GetNumberValue())
}

func firewall(f fields, _ *stack) []charge {
	return some("firewall-endpoint", float64(len(f["subnetMapping"].GetListValue().GetValues())))
}

func parameter(f fields, _ *stack) []charge {
	if f["tier"].GetStringValue() != "Advanced" {
		return nil
	}
	return some("parameter-advanced", 1)
}

// threatRules is the managed rule groups that cost more than others.
var threatRules = []string{"AWSManagedRulesACFPRuleSet", "AWSManagedRulesATPRuleSet", "AWSManagedRulesBotControlRuleSet"}

func webACL(f fields, _ *stack) []charge {
	var rules []struct {
		Statement struct {
			ManagedRuleGroupStatement struct {
				Name string `json:"Name"`
			} `json:"ManagedRuleGroupStatement"`
		} `json:"Statement"`
	}
	_ = json.Unmarshal([]byte(f["ruleJson"].GetStringValue()), &rules) // No rules cost nothing.
	threat := 0.0
	for _, r := range rules {
		if slices.Contains(threatRules, r.Statement.ManagedRuleGroupStatement.Name) {
			threat++
		}
	}
	return slices.Concat(some("web-acl", 1), some("web-acl-rule", float64(len(rules))), some("web-acl-threat-rules", threat))
}
