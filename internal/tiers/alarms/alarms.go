package alarms

import (
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudwatch"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// mebibyte is a MiB in bytes.
const mebibyte = 1 << 20

// composeAlarms adds alarms, their topics, and a dashboard. An account has no
// dashboard, because its alarms count single events.
func composeAlarms(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	composeTopics(s, observed, set)
	all := alarms(s, observed)
	for _, a := range all {
		composeAlarm(s, set, a)
	}
	if s.IsAccount {
		// Stacks share these subscriptions, of which an account can have twenty in a
		// region (Amazon RDS User Guide, "Quotas and constraints for Amazon RDS").
		kit.SubscribeToDatabases(s, set, composed.AlarmsTopic, kit.DatabaseSources()...)
		return
	}
	composeUnhealthy(s, observed, set, all)
	composeDashboard(s, observed, set, all)
}

// Comparisons of a metric with its threshold.
const (
	above   = "GreaterThanThreshold"
	atLeast = "GreaterThanOrEqualToThreshold"
	below   = "LessThanThreshold"
)

// Treatment of missing data (AWS documentation, "Configuring how CloudWatch alarms
// treat missing data").
const (
	silenceIsBad     = "breaching"
	silenceIsGood    = "notBreaching"
	silenceIsSilence = "missing"
)

// fiveMinutes is the period of all alarms, in seconds.
const fiveMinutes = 300

// alarm is a metric with a threshold. It fires after the metric has breached the
// threshold for a number of periods of five minutes.
type alarm struct {
	name, description string
	namespace, metric string
	dimensions        map[string]string
	statistic         string
	comparison        string
	threshold         float64
	periods           int
	silence           string
	// edge reports whether the metric of a global service is in us-east-1, and so
	// the alarm and its topic.
	edge bool
	// unhealthy reports whether the alarm indicates that the shop is affected.
	unhealthy bool
	// event reports whether it counts events, after which there is no recovery.
	event bool
	// needs lists the facts that the alarm waits for.
	needs []facts.Fact
}

// alarms returns all alarms.
func alarms(s *settings.Settings, observed facts.Observed) []alarm {
	var out []alarm
	if s.Database.Enabled {
		out = append(out, databaseAlarms(s, observed)...)
	}
	out = append(out, cacheAlarms(s, observed)...)
	out = append(out, searchAlarms(s, observed)...)
	out = append(out, appAlarms(s, observed)...)
	out = append(out, queueAlarms(s)...)
	out = append(out, mailAlarms(s)...)
	if !s.IsAccount {
		out = append(out, natAlarms(s, observed)...)
		out = append(out, edgeAlarms(s, observed)...)
	}
	if s.On(settings.TierResponses) {
		out = append(out, responsesAlarms(s)...)
	}
	if s.Audit.Trail {
		out = append(out, auditAlarms(s)...)
	}
	return out
}

// databaseAlarms follows AWS's recommendations (AWS documentation, "Recommended
// alarms", Amazon RDS). The CPU alarm waits until the database is ready, because
// missing data means that the database is down.
func databaseAlarms(s *settings.Settings, observed facts.Observed) []alarm {
	out := []alarm{
		{
			name: "database-cpu", description: "The database's CPU usage is high, or its metrics are missing. Look for slow queries in Performance Insights, or use a larger instance class.",
			metric: "CPUUtilization", statistic: "Average", comparison: above, threshold: 80, periods: 3, silence: silenceIsBad,
			needs: []facts.Fact{kit.DatabaseStands(s, observed)},
		},
		{
			name: "database-read-latency", description: "The read latency of the database's storage is above 20 ms.",
			metric: "ReadLatency", statistic: "Average", comparison: above, threshold: 0.02, periods: 3, silence: silenceIsGood,
		},
		{
			name: "database-write-latency", description: "The write latency of the database's storage is above 20 ms.",
			metric: "WriteLatency", statistic: "Average", comparison: above, threshold: 0.02, periods: 3, silence: silenceIsGood,
		},
	}
	if !s.Database.Engine.MySQL {
		out = slices.Insert(out, 1, alarm{
			name: "database-transaction-ids", description: "PostgreSQL is running out of transaction IDs and stops accepting writes at about two billion IDs. Look for long open transactions that block vacuum.",
			metric: "MaximumUsedTransactionIDs", statistic: "Maximum", comparison: above, threshold: 1e9, periods: 1, silence: silenceIsSilence,
		})
	}
	if a := s.Database.Aurora; a != nil {
		out = append(out, clusterAlarms(*a)...)
		if a.Serverless && a.Capacity.Min == 0 {
			out[0].silence = silenceIsGood // A paused cluster has no CPU metric.
		}
	} else {
		out = slices.Insert(out, 1, alarm{
			name: "database-storage", description: "The database's storage is nearly full and did not grow. Raise database.instance.storage.maxSizeGiB.",
			metric: "FreeStorageSpace", statistic: "Minimum", comparison: below, threshold: s.Alarms.Thresholds.FreeStorage, periods: 3, silence: silenceIsSilence,
		})
	}
	if s.Alarms.Thresholds.FreeMemory > 0 {
		out = append(out, alarm{
			name: "database-memory", description: "The database is low on memory. Use a larger instance class.",
			metric: "FreeableMemory", statistic: "Average", comparison: below, threshold: s.Alarms.Thresholds.FreeMemory, periods: 3, silence: silenceIsSilence,
		}, alarm{
			name: "database-connections", description: "The database is near its connection limit. Use a connection pool in the application, or a larger instance class.",
			metric: "DatabaseConnections", statistic: "Maximum", comparison: above, threshold: s.Alarms.Thresholds.Connections, periods: 2, silence: silenceIsSilence,
		})
	}
	for i := range out {
		out[i].namespace, out[i].dimensions, out[i].unhealthy = "AWS/RDS", map[string]string{databaseDimension(s): s.Names.Database}, true
	}
	return out
}

// clusterAlarms returns alarms for metrics of Aurora (AWS documentation,
// "Monitoring Aurora Serverless v2").
func clusterAlarms(a settings.Aurora) []alarm {
	var out []alarm
	if a.Serverless {
		out = append(out, alarm{
			name: "database-capacity", description: "The database is near its maximum capacity. Raise database.aurora.serverless.maxCapacity, or look for slow queries in Performance Insights.",
			metric: "ACUUtilization", statistic: "Average", comparison: above, threshold: 90, periods: 3, silence: silenceIsGood,
		})
	}
	return append(out, alarm{
		name: "database-replica-lag", description: "A database reader is more than one second behind the writer.",
		metric: "AuroraReplicaLagMaximum", statistic: "Average", comparison: above, threshold: 1000, periods: 3, silence: silenceIsGood,
	})
}

// databaseDimension returns the dimension of the database's metrics.
func databaseDimension(s *settings.Settings) string {
	if s.Database.Aurora != nil {
		return "DBClusterIdentifier"
	}
	return "DBInstanceIdentifier"
}

// natAlarms returns alarms for each NAT gateway (AWS documentation, "Monitor NAT
// gateways with Amazon CloudWatch").
func natAlarms(s *settings.Settings, observed facts.Observed) []alarm {
	var out []alarm
	for _, gateway := range natGateways(s) {
		id := observed.ExternalName(gateway)
		out = append(out, alarm{
			name: gateway + "-ports", description: "The NAT gateway has no free port for another connection to the same destination.",
			metric: "ErrorPortAllocation", threshold: 0, periods: 1,
			dimensions: map[string]string{"NatGatewayId": id.Value}, needs: []facts.Fact{id},
		}, alarm{
			name: gateway + "-drops", description: "The NAT gateway drops packets.",
			metric: "PacketsDropCount", threshold: 100, periods: 3,
			dimensions: map[string]string{"NatGatewayId": id.Value}, needs: []facts.Fact{id},
		})
	}
	for i := range out {
		out[i].namespace, out[i].statistic, out[i].comparison, out[i].silence, out[i].unhealthy = "AWS/NATGateway", "Sum", above, silenceIsGood, true
	}
	return out
}

// natGateways returns the names of all NAT gateways.
func natGateways(s *settings.Settings) []string {
	var out []string
	for _, z := range s.Network.Zones {
		if s.Network.NAT == v1alpha1.NATGatewaysPerZone || s.Network.NAT == v1alpha1.NATGatewaysSingle && z.Number == 1 {
			out = append(out, composed.NATGateway(z.Number))
		}
	}
	return out
}

// edgeAlarms returns alarms for the CDN and the web ACL (AWS documentation, "Types
// of metrics for CloudFront" and "AWS WAF metrics and dimensions"). They evaluate
// rates over fifteen minutes, because a few errors are a high rate at night.
func edgeAlarms(s *settings.Settings, observed facts.Observed) []alarm {
	if !s.Partition.CloudFront {
		return nil
	}
	id := observed.ExternalName(composed.Distribution)
	distribution := map[string]string{"DistributionId": id.Value, "Region": "Global"}
	out := []alarm{
		{
			name: "cdn-server-errors", description: "More than 5 % of the requests to the CDN end with a server error (5xx).",
			namespace: "AWS/CloudFront", metric: "5xxErrorRate", statistic: "Average", threshold: 5, dimensions: distribution, needs: []facts.Fact{id},
		},
		{
			name: "cdn-client-errors", description: "More than 20 % of the requests to the CDN end with a client error (4xx), for example because files are missing.",
			namespace: "AWS/CloudFront", metric: "4xxErrorRate", statistic: "Average", threshold: 20, dimensions: distribution, needs: []facts.Fact{id},
		},
	}
	if s.On(settings.TierWAF) {
		out = append(out, alarm{
			name: "waf-blocked-requests", description: "The web application firewall blocks more requests than usual. The shop may be under attack, or a rule may block customers.",
			namespace: "AWS/WAFV2", metric: "BlockedRequests", statistic: "Sum", threshold: s.Alarms.Thresholds.BlockedRequests,
			dimensions: map[string]string{"WebACL": s.Stack, "Rule": "ALL"},
		})
	}
	for i := range out {
		out[i].edge, out[i].comparison, out[i].periods, out[i].silence = true, above, 3, silenceIsGood
	}
	return out
}

// responsesAlarms returns alarms for unsafe changes that may not have been
// reverted.
func responsesAlarms(s *settings.Settings) []alarm {
	function, queue := map[string]string{"FunctionName": kit.ResponsesFunction(s)}, map[string]string{"QueueName": kit.ResponsesQueue(s)}
	out := []alarm{
		{
			name: "responses-errors", description: "An automated response failed. The reason is in the log of the responses function.",
			namespace: "AWS/Lambda", metric: "Errors", statistic: "Sum", dimensions: function,
		},
		{
			name: "responses-throttles", description: "Automated responses were throttled: the account has reached its Lambda concurrency limit.",
			namespace: "AWS/Lambda", metric: "Throttles", statistic: "Sum", dimensions: function,
		},
		{
			name: "responses-dead-letters", description: "An unsafe change was not handled. Its event is in the dead-letter queue.",
			namespace: "AWS/SQS", metric: "ApproximateNumberOfMessagesVisible", statistic: "Maximum", dimensions: queue,
		},
	}
	if kit.EdgeEvents(s) {
		out = append(out, alarm{
			name: "responses-edge-dead-letters", description: "An event in the account was not reported. The event is in the dead-letter queue in " + aws.GlobalRegion + ".",
			namespace: "AWS/SQS", metric: "ApproximateNumberOfMessagesVisible", statistic: "Maximum", dimensions: queue, edge: true,
		})
	}
	for i := range out {
		out[i].comparison, out[i].periods, out[i].silence = above, 1, silenceIsGood
	}
	return out
}

// auditAlarms returns alarms that fire at every event.
func auditAlarms(s *settings.Settings) []alarm {
	var out []alarm
	for _, m := range kit.AuditMetrics() {
		out = append(out, alarm{
			name: "audit-" + m.ID, description: m.Description,
			namespace: kit.AuditNamespace(s), metric: m.Name, statistic: "Sum", comparison: atLeast, threshold: 1, periods: 1, silence: silenceIsGood,
			event: true,
		})
	}
	return out
}

// composeAlarm adds an alarm. It does not wait for its topic, whose ARN can be
// derived from the account ID.
func composeAlarm(s *settings.Settings, set *desired.Set, a alarm) {
	region := s.Region
	if a.edge {
		region = aws.GlobalRegion
	}
	topic := kit.Pointers([]string{kit.TopicARN(s, region, kit.AlarmsTopic(s))})
	p := cloudwatch.MetricAlarmParameters{
		Region:             new(region),
		AlarmDescription:   new(a.description),
		Namespace:          new(a.namespace),
		MetricName:         new(a.metric),
		Dimensions:         map[string]*string{},
		Statistic:          new(a.statistic),
		ComparisonOperator: new(a.comparison),
		Threshold:          new(a.threshold),
		Period:             new(float64(fiveMinutes)),
		EvaluationPeriods:  new(float64(a.periods)),
		DatapointsToAlarm:  new(float64(a.periods)),
		TreatMissingData:   new(a.silence),
		ActionsEnabled:     new(true),
		AlarmActions:       topic,
	}
	for name, value := range a.dimensions {
		p.Dimensions[name] = new(value)
	}
	if !a.event {
		p.OkActions = topic
	}
	set.Add(composed.Alarm(a.name), &cloudwatch.MetricAlarm{Spec: cloudwatch.MetricAlarmSpec{ForProvider: p}},
		desired.Named(alarmName(s, a.name)), desired.Needs(append(a.needs, s.Account)...))
}

// unhealthy is the alarm for on-call engineers.
const unhealthy = "unhealthy"

// composeUnhealthy adds a composite alarm that fires if any alarm indicates that
// the shop is affected. CloudWatch requires that these alarms exist, and does not
// support alarms of other regions (Amazon CloudWatch API Reference,
// "PutCompositeAlarm").
func composeUnhealthy(s *settings.Settings, observed facts.Observed, set *desired.Set, all []alarm) {
	var rule []string
	needs := []facts.Fact{s.Account}
	for _, a := range serious(all) {
		rule = append(rule, `ALARM("`+alarmName(s, a.name)+`")`)
		needs = append(needs, observed.ARN(composed.Alarm(a.name)))
	}
	if len(rule) == 0 {
		return // CloudWatch rejects an empty rule.
	}
	topic := kit.Pointers([]string{kit.TopicARN(s, s.Region, kit.AlarmsTopic(s))})
	set.Add(composed.Alarm(unhealthy), &cloudwatch.CompositeAlarm{Spec: cloudwatch.CompositeAlarmSpec{ForProvider: cloudwatch.CompositeAlarmParameters{
		AlarmDescription: new(unhealthyMeans(s)),
		AlarmRule:        new(strings.Join(rule, " OR ")),
		ActionsEnabled:   new(true),
		AlarmActions:     topic,
		OkActions:        topic,
	}}}, desired.Named(alarmName(s, unhealthy)), desired.Needs(needs...))
}

// serious returns the alarms that indicate that the shop is affected. A stack of
// files alone in an existing network has none.
func serious(all []alarm) []alarm {
	return slices.DeleteFunc(slices.Clone(all), func(a alarm) bool { return !a.unhealthy })
}

// unhealthyMeans describes the possible causes of that alarm.
func unhealthyMeans(s *settings.Settings) string {
	var parts []string
	for _, part := range []struct {
		name string
		has  bool
	}{
		{"application", len(s.App.Services) > 0},
		{"search", s.Search != nil},
		{"cache", s.Cache != nil},
		{"database", s.Database.Enabled},
		{"connection to the internet", len(natGateways(s)) > 0},
	} {
		if part.has {
			parts = append(parts, "its "+part.name)
		}
	}
	const fact = "The shop is unhealthy."
	switch last := len(parts) - 1; last {
	case -1:
		return fact
	case 0:
		return fact + " Check " + parts[last] + "."
	default:
		return fact + " Check " + strings.Join(parts[:last], ", ") + " and " + parts[last] + "."
	}
}

func alarmName(s *settings.Settings, name string) string { return s.Stack + "-" + name }

// reportAlarms reports topics and dashboard.
func reportAlarms(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	status.Alarms = v1alpha1.AlarmsStatus{
		TopicARN:     observed.ARN(composed.AlarmsTopic).Value,
		EdgeTopicARN: observed.ARN(composed.AlarmsEdgeTopic).Value,
		Dashboard:    observed.ExternalName(composed.Dashboard).Value,
	}
	for _, r := range observed.Names() {
		if composed.IsSubscription(r) && observed.True(r, "status.atProvider.pendingConfirmation") {
			status.Alarms.UnconfirmedSubscriptions++
		}
	}
	if s.On(settings.TierAlarms) && !s.IsAccount {
		status.Alarms.Thresholds = &v1alpha1.AlarmThresholds{
			FreeStorageMiB:  int64(s.Alarms.Thresholds.FreeStorage) / mebibyte,
			FreeMemoryMiB:   int64(s.Alarms.Thresholds.FreeMemory) / mebibyte,
			Connections:     int64(s.Alarms.Thresholds.Connections),
			BlockedRequests: int64(s.Alarms.Thresholds.BlockedRequests),
		}
	}
}
