package cost

import (
	"encoding/json"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
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
	"appautoscaling/Target": containers,

	"cloudfront/MonitoringSubscription": always("distribution-metrics"),

	"cloudwatch/CompositeAlarm": always("alarm-composite"),
	"cloudwatch/Dashboard":      always("dashboard"),
	"cloudwatch/MetricAlarm":    alarm,

	"cloudwatchlogs/MetricFilter": metricFilter,

	"ec2/EIP":                          always("public-ipv4"),
	"ec2/NATGateway":                   always("nat-gateway"),
	"ec2/VPCEndpointSubnetAssociation": always("interface-endpoint"),

	"elasticache/Cluster":          memcached,
	"elasticache/ReplicationGroup": replicationGroup,
	"elasticache/ServerlessCache":  serverlessCache,

	"elbv2/LB": always("load-balancer"),

	"kinesis/Stream": stream,

	"kms/Key": always("key"),

	"networkfirewall/Firewall": firewall,

	"opensearch/Domain": searchDomain,

	"rds/Cluster":         cluster,
	"rds/ClusterInstance": clusterInstance,
	"rds/Instance":        database,
	"rds/Proxy":           proxy,

	"route53/Zone": always("zone"),

	"secretsmanager/Secret": always("secret"),

	"ssm/Parameter": parameter,

	"wafv2/WebACL": webACL,
}

// usage is what is charged for the use of a kind, empty if nothing is.
func usage(kind string) string {
	k, _ := kinds.Of(kind)
	return k.Usage
}

// Knows is whether somebody has said of a kind, such as ec2/NATGateway, whether
// it is priced, free, or costs by usage.
func Knows(kind string) bool {
	_, ok := kinds.Of(kind)
	return ok
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

func webACL(f fields, s *stack) []charge {
	var rules []struct {
		Statement struct {
			ManagedRuleGroupStatement struct {
				Name string `json:"Name"`
			} `json:"ManagedRuleGroupStatement"`
		} `json:"Statement"`
	}
	if text := f["ruleJson"].GetStringValue(); text != "" {
		if err := json.Unmarshal([]byte(text), &rules); err != nil {
			s.missing("rules that cannot be read")
		}
	}
	threat := 0.0
	for _, r := range rules {
		if slices.Contains(threatRules, r.Statement.ManagedRuleGroupStatement.Name) {
			threat++
		}
	}
	return slices.Concat(some("web-acl", 1), some("web-acl-rule", float64(len(rules))), some("web-acl-threat-rules", threat))
}
