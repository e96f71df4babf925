package picture

import "strings"

// rule selects the card of a kind, or the reason why it has none. A key that ends
// in ":" is completed with the part of the resource's name between cut and the next
// "-".
type rule struct {
	// kinds is a kind, or a service followed by "/*".
	kinds string
	// prefix of the resource's name. Empty matches any name.
	prefix string
	card   string
	hidden string
}

// Reasons for kinds without a card.
const (
	arrows  = "is drawn as arrows and their ports"
	ways    = "is drawn as the subnets' connections"
	cluster = "is in the cluster, not in AWS"
)

// The first matching rule applies.
var rules = []rule{
	{kinds: "cloudfront/*", card: "cdn"},
	{kinds: "route53/*", card: "dns"},
	{kinds: "acm/Certificate", prefix: "app-", card: "load-balancer"},
	{kinds: "acm/Certificate", card: "certificate"},
	{kinds: "wafv2/*", card: "waf"},
	{kinds: "cloudcontrol/Resource", prefix: "cdn-", card: "cdn"},
	{kinds: "cloudcontrol/Resource", prefix: "dns-firewall-", card: "dns-firewall"},
	{kinds: "cloudcontrol/Resource", prefix: "dns-", card: "dns"},
	{kinds: "cloudcontrol/Resource", prefix: "uploads-scan", card: "malware"},
	{kinds: "cloudcontrol/Resource", card: "other"},
	{kinds: "kinesis/Stream", card: "stream"},

	{kinds: "ec2/VPC", card: "vpc"},
	{kinds: "ec2/VPCIPv4CidrBlockAssociation", card: "vpc"},
	{kinds: "ec2/DefaultSecurityGroup", card: "vpc"},
	{kinds: "ec2/DefaultNetworkACL", card: "vpc"},
	{kinds: "ec2/DefaultRouteTable", card: "vpc"},
	{kinds: "ec2/NetworkACL", card: "vpc"},
	{kinds: "ec2/NetworkACLRule", card: "vpc"},
	{kinds: "ec2/FlowLog", card: "flow-log"},
	{kinds: "ec2/Subnet", card: "subnet:"},
	{kinds: "ec2/InternetGateway", card: "internet-gateway"},
	{kinds: "ec2/EgressOnlyInternetGateway", card: "egress-gateway"},
	{kinds: "ec2/NATGateway", card: "nat:"},
	{kinds: "ec2/EIP", card: "nat:"},
	{kinds: "ec2/VPCEndpoint", prefix: "s3-", card: "s3-endpoint"},
	{kinds: "ec2/VPCEndpoint", card: "endpoints"},
	{kinds: "ec2/VPCEndpointRouteTableAssociation", card: "s3-endpoint"},
	{kinds: "ec2/VPCEndpointSubnetAssociation", card: "endpoints"},
	{kinds: "ec2/VPCEndpointSecurityGroupAssociation", card: "endpoints"},
	{kinds: "ec2/RouteTable", hidden: ways},
	{kinds: "ec2/RouteTableAssociation", hidden: ways},
	{kinds: "ec2/Route", hidden: ways},
	{kinds: "ec2/SecurityGroup", prefix: "app-security-group", card: "app"},
	{kinds: "ec2/SecurityGroup", hidden: arrows},
	{kinds: "ec2/SecurityGroupEgressRule", hidden: arrows},
	{kinds: "ec2/SecurityGroupIngressRule", hidden: arrows},
	{kinds: "ec2/EBSDefaultKMSKey", card: "account"},
	{kinds: "ec2/EBSEncryptionByDefault", card: "account"},
	{kinds: "networkfirewall/*", card: "firewall"},

	{kinds: "elbv2/*", card: "load-balancer"},
	{kinds: "ecs/Cluster", card: "app"},
	{kinds: "servicediscovery/*", card: "app"},
	{kinds: "ecs/Service", card: "service:"},
	{kinds: "ecs/TaskDefinition", card: "service:"},
	{kinds: "appautoscaling/*", card: "service:"},
	{kinds: "lambda/*", prefix: "responses-", card: "responses"},
	{kinds: "lambda/Permission", prefix: "event-", card: "responses"},
	{kinds: "lambda/Function", prefix: "app-jobs-", card: "jobs"},
	{kinds: "lambda/Invocation", card: "jobs"},
	{kinds: "lambda/*", card: "function:"},
	{kinds: "efs/*", card: "files"},

	{kinds: "rds/Proxy", card: "proxy"},
	{kinds: "rds/ProxyDefaultTargetGroup", card: "proxy"},
	{kinds: "rds/ProxyTarget", card: "proxy"},
	{kinds: "rds/ClusterInstance", card: "instance:"},
	{kinds: "rds/*", card: "database"},
	{kinds: "elasticache/*", card: "cache"},
	{kinds: "opensearch/*", card: "search"},

	{kinds: "s3/*", card: "bucket:"},
	{kinds: "sqs/*", prefix: "responses-", card: "dead-letters"},
	{kinds: "sqs/*", card: "queue:"},
	{kinds: "sesv2/*", card: "mail"},
	{kinds: "backup/*", prefix: "backup-copy", card: "backup-copy"},
	{kinds: "backup/*", card: "backup"},

	{kinds: "cloudtrail/*", card: "trail"},
	{kinds: "cloudwatchlogs/MetricFilter", card: "trail"},
	{kinds: "guardduty/*", card: "guardduty"},
	{kinds: "securityhub/*", card: "securityhub"},
	{kinds: "inspector2/*", card: "inspector"},
	{kinds: "macie2/*", card: "macie"},
	{kinds: "accessanalyzer/*", card: "analyzer"},
	{kinds: "configservice/*", card: "config"},
	{kinds: "cloudwatch/*", card: "alarms"},
	{kinds: "cloudwatchlogs/*", card: "logs"},
	{kinds: "sns/*", card: "topics"},
	{kinds: "cloudwatchevents/Rule", prefix: "app-schedule-", card: "schedule:"},
	{kinds: "cloudwatchevents/Target", prefix: "app-scheduled-", card: "schedule:"},
	{kinds: "cloudwatchevents/Target", prefix: "app-function-schedule-", card: "schedule:"},
	{kinds: "cloudwatchevents/*", card: "events"},
	{kinds: "signer/*", card: "responses"},
	{kinds: "kms/*", card: "keys"},
	{kinds: "secretsmanager/*", card: "secrets"},
	{kinds: "ssm/Parameter", card: "parameters"},
	{kinds: "ssm/Document", card: "events"},
	{kinds: "ssm/ServiceSetting", card: "account"},
	{kinds: "iam/AccountPasswordPolicy", card: "account"},
	{kinds: "iam/*", card: "roles"},
	{kinds: "account/*", card: "account"},
	{kinds: "s3control/*", card: "account"},

	{kinds: "core/Secret", hidden: cluster},
	{kinds: "protection/ClusterUsage", hidden: cluster},
	{kinds: "protection/Usage", hidden: cluster},
}

// ruleOf returns the rule of a resource. A resource of an unknown kind gets its own
// card, so that the picture is complete.
func ruleOf(kind, resource string) (rule, bool) {
	service, _, _ := strings.Cut(kind, "/")
	for _, r := range rules {
		if (r.kinds == kind || r.kinds == service+"/*") && strings.HasPrefix(resource, r.prefix) {
			return r, true
		}
	}
	return rule{card: "other"}, false
}

// cardOf returns the key of a resource's card. It is empty if there is none.
func cardOf(o object) string {
	r, _ := ruleOf(o.kind, o.resource)
	switch r.card {
	case "bucket:":
		bucket, _, _ := strings.Cut(o.resource, "-bucket")
		bucket, _, _ = strings.Cut(bucket, "-code-")
		return r.card + bucket
	case "nat:", "instance:":
		return r.card + o.resource[strings.LastIndex(o.resource, "-")+1:]
	case "subnet:":
		return r.card + o.resource
	case "queue:", "service:", "function:", "schedule:":
		return r.card + owner(o)
	default:
		return r.card
	}
}

// beginnings lists the name prefixes of resources that belong to a queue, a service
// or a function. Longer prefixes come first.
var beginnings = []string{
	"queues-dead-letters-", "queues-dead-letter-policy-", "queues-policy-", "queues-redrive-", "queue-",
	"app-service-", "app-task-", "app-scaling-",
	"app-function-schedule-package-", "app-function-schedule-image-", "app-schedule-", "app-scheduled-",
	"app-function-permission-invoke-image-", "app-function-permission-invoke-package-",
	"app-function-permission-url-image-", "app-function-permission-url-package-",
	"app-function-permission-schedule-image-", "app-function-permission-schedule-package-",
	"app-function-url-image-", "app-function-url-package-", "app-function-image-", "app-function-package-",
}

// owner returns the queue, service or function that a resource belongs to.
func owner(o object) string {
	name := o.resource
	for _, b := range beginnings {
		if rest, ok := strings.CutPrefix(name, b); ok {
			name = rest
			break
		}
	}
	if rest, ok := strings.CutPrefix(name, "app-scaler-"); ok { // The name continues with the metric.
		_, name, _ = strings.Cut(rest, "-")
	}
	if o.kind == "ecs/TaskDefinition" { // The name ends with a digest.
		name = name[:max(strings.LastIndex(name, "-"), 0)]
	}
	return name
}
