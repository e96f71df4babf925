package references

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// measured is a metric in an alarm or a graph.
type measured struct {
	namespace, name, region string
	dimensions              map[string]string
}

// source describes the metrics of a namespace: their names, and the class of each
// dimension.
type source struct {
	title      string
	metrics    []string
	dimensions []map[string]class
	// global reports whether they are only in the region of global services.
	global bool
}

// fixed returns the class of a dimension with a single possible value.
func fixed(value string) class { return class("=" + value) }

// sources of AWS's own metrics.
var sources = map[string]source{
	"AWS/ApplicationELB": {
		title:      "Elastic Load Balancing documentation, CloudWatch metrics for your Application Load Balancer",
		metrics:    []string{"HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count", "RequestCount", "TargetResponseTime", "UnHealthyHostCount"},
		dimensions: []map[string]class{{"LoadBalancer": loadBalancer}},
	},
	"AWS/ECS": {
		title:      "Amazon ECS documentation, Amazon ECS CloudWatch metrics",
		metrics:    []string{"CPUUtilization", "MemoryUtilization"},
		dimensions: []map[string]class{{"ClusterName": ecsCluster, "ServiceName": ecsService}},
	},
	"AWS/ElastiCache": {
		title: "Amazon ElastiCache documentation, Monitoring use with CloudWatch metrics",
		metrics: []string{
			"BytesUsedForCache", "CPUUtilization", "CurrConnections", "DatabaseMemoryUsagePercentage", "ElastiCacheProcessingUnits", "EngineCPUUtilization", "Evictions",
			"ReplicationLag", "SwapUsage", "ThrottledCmds",
		},
		dimensions: []map[string]class{{"CacheClusterId": cacheNode}, {"clusterId": serverlessCache}},
	},
	"AWS/Events": {
		title:      "Amazon EventBridge documentation, Monitoring Amazon EventBridge",
		metrics:    []string{"FailedInvocations", "Invocations"},
		dimensions: []map[string]class{{"RuleName": eventRule}},
	},
	"ECS/ContainerInsights": {
		title:      "Amazon CloudWatch documentation, Amazon ECS Container Insights metrics",
		metrics:    []string{"DesiredTaskCount", "PendingTaskCount", "RunningTaskCount"},
		dimensions: []map[string]class{{"ClusterName": ecsCluster, "ServiceName": ecsService}},
	},
	"AWS/CloudFront": {
		title:      "Amazon CloudFront documentation, Types of metrics for CloudFront",
		metrics:    []string{"Requests", "BytesDownloaded", "BytesUploaded", "4xxErrorRate", "5xxErrorRate", "TotalErrorRate"},
		dimensions: []map[string]class{{"DistributionId": distribution, "Region": fixed("Global")}},
		global:     true,
	},
	"AWS/Lambda": {
		title:      "AWS Lambda documentation, Types of metrics for Lambda functions",
		metrics:    []string{"Invocations", "Errors", "Throttles", "Duration", "DeadLetterErrors", "AsyncEventsDropped", "ConcurrentExecutions"},
		dimensions: []map[string]class{{"FunctionName": function}},
	},
	"AWS/ES": {
		title: "Amazon OpenSearch Service documentation, Monitoring OpenSearch cluster metrics with Amazon CloudWatch",
		metrics: []string{
			"4xx", "5xx", "AutomatedSnapshotFailure", "CPUUtilization", "ClusterIndexWritesBlocked", "ClusterStatus.red", "ClusterStatus.yellow", "FreeStorageSpace", "IndexingLatency",
			"JVMMemoryPressure", "KMSKeyError", "KMSKeyInaccessible", "MasterCPUUtilization", "MasterJVMMemoryPressure", "Nodes", "OpenSearchRequests", "SearchLatency",
		},
		dimensions: []map[string]class{{"ClientId": account, "DomainName": searchDomain}},
	},
	"AWS/NATGateway": {
		title:      "Amazon VPC documentation, NAT gateway metrics and dimensions",
		metrics:    []string{"ErrorPortAllocation", "PacketsDropCount", "IdleTimeoutCount", "ActiveConnectionCount", "BytesOutToDestination"},
		dimensions: []map[string]class{{"NatGatewayId": natGateway}},
	},
	"AWS/RDS": {
		title: "Amazon RDS and Aurora documentation, Amazon CloudWatch metrics",
		metrics: []string{
			"ACUUtilization", "AuroraReplicaLagMaximum", "CPUUtilization", "DatabaseConnections", "FreeableMemory", "FreeStorageSpace",
			"MaximumUsedTransactionIDs", "ReadLatency", "ServerlessDatabaseCapacity", "WriteLatency",
		},
		dimensions: []map[string]class{{"DBInstanceIdentifier": database}, {"DBClusterIdentifier": cluster}},
	},
	"AWS/SES": {
		title:      "Amazon SES Developer Guide, Retrieving Amazon SES event data from CloudWatch",
		metrics:    []string{"Reputation.BounceRate", "Reputation.ComplaintRate"},
		dimensions: []map[string]class{{"ses:configuration-set": configurationSet}},
	},
	"AWS/SQS": {
		title:      "Amazon SQS documentation, Available CloudWatch metrics for Amazon SQS",
		metrics:    []string{"ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"},
		dimensions: []map[string]class{{"QueueName": queue}},
	},
	"AWS/WAFV2": {
		title:      "AWS WAF documentation, AWS WAF metrics and dimensions",
		metrics:    []string{"AllowedRequests", "BlockedRequests", "CountedRequests"},
		dimensions: []map[string]class{{"WebACL": webACL, "Rule": fixed("ALL")}},
	},
}

// onlyOf contains metrics that only some resources of their namespace publish.
var onlyOf = map[string]string{
	"AWS/RDS ACUUtilization":             "DBClusterIdentifier",
	"AWS/RDS AuroraReplicaLagMaximum":    "DBClusterIdentifier",
	"AWS/RDS FreeStorageSpace":           "DBInstanceIdentifier",
	"AWS/RDS ServerlessDatabaseCapacity": "DBClusterIdentifier",
}

// checkMetrics checks the metrics of an alarm or a dashboard.
func (h *have) checkMetrics(r Resource) []Finding {
	forProvider := child(r.Desired, "spec", "forProvider")
	switch kindOf(r.Desired) {
	case "cloudwatch/MetricAlarm":
		m := measured{region: regionOf(r), dimensions: map[string]string{}}
		m.namespace, _ = child(forProvider, "namespace").(string)
		m.name, _ = child(forProvider, "metricName").(string)
		dimensions, _ := child(forProvider, "dimensions").(map[string]any)
		for name, value := range dimensions {
			m.dimensions[name] = fmt.Sprint(value)
		}
		return h.checkMetric(r.Resource, "metricName", m)
	case "cloudwatch/Dashboard":
		body, _ := child(forProvider, "dashboardBody").(string)
		widgets, _ := child(decoded(body), "widgets").([]any)
		var out []Finding
		for _, w := range widgets {
			out = append(out, h.checkWidget(r, w)...)
		}
		return out
	}
	return nil
}

// checkWidget checks the metrics of a graph. Each is a list: namespace, name, then
// pairs of dimension and value (Amazon CloudWatch API Reference, "Dashboard body
// structure and syntax").
func (h *have) checkWidget(r Resource, widget any) []Finding {
	lines, _ := child(widget, "properties", "metrics").([]any)
	region, _ := child(widget, "properties", "region").(string)
	var out []Finding
	for _, line := range lines {
		words := leaves(line)
		if len(words) < 2 || len(words)%2 != 0 {
			out = append(out, Finding{Resource: r.Resource, Field: "dashboardBody", Text: strings.Join(words, " "), Why: "not a metric with dimensions"})
			continue
		}
		m := measured{namespace: words[0], name: words[1], region: region, dimensions: map[string]string{}}
		for pair := range slices.Chunk(words[2:], 2) {
			m.dimensions[pair[0]] = pair[1]
		}
		out = append(out, h.checkMetric(r.Resource, "dashboardBody", m)...)
	}
	return out
}

// checkMetric checks the source of a metric: an AWS service with a resource of the
// stack, or a metric filter.
func (h *have) checkMetric(resourceName, field string, m measured) []Finding {
	finding := func(text, why string) []Finding {
		if why == "" {
			return nil
		}
		return []Finding{{Resource: resourceName, Field: field, Text: text, Why: why}}
	}
	s, ok := sources[m.namespace]
	if !ok {
		return finding(m.namespace+" "+m.name, h.lookUp(metric, m.namespace+" "+m.name, m.region))
	}
	if global := globalRegions[h.partition]; s.global && m.region != global {
		return finding(m.namespace+" "+m.name, "AWS sends this metric in "+global+" only, not in "+m.region)
	}
	if !slices.Contains(s.metrics, m.name) {
		return finding(m.namespace+" "+m.name, "AWS does not send this metric")
	}
	keys := slices.Sorted(maps.Keys(m.dimensions))
	i := slices.IndexFunc(s.dimensions, func(d map[string]class) bool { return slices.Equal(slices.Sorted(maps.Keys(d)), keys) })
	if only := onlyOf[m.namespace+" "+m.name]; i < 0 || only != "" && m.dimensions[only] == "" {
		return finding(m.name+" by "+strings.Join(keys, " and "), "AWS sends this metric with other dimensions")
	}
	var out []Finding
	for _, key := range keys {
		c, value := s.dimensions[i][key], m.dimensions[key]
		if want, ok := strings.CutPrefix(string(c), "="); ok {
			if want != value {
				out = append(out, finding(key+" "+value, "the dimension is always "+want)...)
			}
			continue
		}
		if c == account {
			if !h.accounts[value] {
				out = append(out, finding(key+" "+value, "the stack is not in this account")...)
			}
			continue
		}
		out = append(out, finding(key+" "+value, h.lookUp(c, value, m.region))...)
	}
	return out
}

// checkOrigins checks the origins in a distribution's behaviors.
func checkOrigins(r Resource) []Finding {
	if kindOf(r.Desired) != "cloudfront/Distribution" {
		return nil
	}
	forProvider := child(r.Desired, "spec", "forProvider")
	has := map[string]bool{}
	for _, field := range []string{"origin", "originGroup"} {
		origins, _ := child(forProvider, field).([]any)
		for _, o := range origins {
			id, _ := child(o, "originId").(string)
			has[id] = true
		}
	}
	var out []Finding
	for _, t := range textsOf(r) {
		member := t.key() == "originId" && slices.Contains(t.path, "member")
		if !t.isKey && (t.key() == "targetOriginId" || member) && !has[t.value] {
			out = append(out, Finding{Resource: r.Resource, Field: t.field(), Text: t.value, Why: "the distribution has no origin with this ID"})
		}
	}
	return out
}
