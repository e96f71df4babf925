package cost

import (
	"encoding/json"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
)

// charge is a quantity of an item.
type charge struct {
	item     item
	quantity float64
}

// fields is a resource's spec.forProvider.
type fields map[string]*structpb.Value

// counter returns the charges of a resource in its stack.
type counter func(fields, *stack) []charge

// priced contains the kinds that cost money as long as they exist.
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

// usage returns the usage charges of a kind. It is empty if there are none.
func usage(kind string) string {
	k, _ := kinds.Of(kind)
	return k.Usage
}

// Knows reports whether a kind, such as ec2/NATGateway, is listed as priced, free or
// charged by usage.
func Knows(kind string) bool {
	_, ok := kinds.Of(kind)
	return ok
}

// always returns a counter for one item.
func always(name string) counter {
	return func(fields, *stack) []charge { return some(name, 1) }
}

// some returns the charge for a quantity of an item, if it is positive.
func some(name string, quantity float64) []charge {
	if quantity <= 0 {
		return nil
	}
	return []charge{{prices().Items[name], quantity}}
}

// alarm returns the charge of an alarm. It depends on the number of metrics, and on
// whether it evaluates them more often than once a minute.
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

// metricFilter returns the charge of a metric filter's metric. A metric with a
// default value exists in every hour.
func metricFilter(f fields, _ *stack) []charge {
	if structOf(f["metricTransformation"])["defaultValue"].GetStringValue() == "" {
		return nil
	}
	return some("metric", 1)
}

// structOf returns an object, or the first of a list: older versions of the
// cluster-scoped schema have lists instead of objects.
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

// threatRules lists the managed rule groups with a higher price.
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
