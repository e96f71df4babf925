package tiers

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// switchable is a platform that lets claims switch off every guardrail.
func switchable() *inputv1alpha1.Input {
	return &inputv1alpha1.Input{AccountID: account, SwitchableGuardrails: []string{
		settings.TierWAF, settings.TierAudit, settings.TierConfig, settings.TierParameters, settings.TierAlarms, settings.TierResponses,
	}}
}

// watched is what alarms wait for.
func watched() map[string]string {
	return map[string]string{
		role.Database:      `{"status":{"conditions":[{"type":"Ready","status":"True"}]}}`,
		role.NATGateway(1): named("nat-1"),
		role.NATGateway(2): named("nat-2"),
		role.NATGateway(3): named("nat-3"),
		role.Distribution:  named("E1"),
	}
}

const (
	homeTopics = "arn:aws:sns:eu-west-1:123456789012:"
	edgeTopics = "arn:aws:sns:us-east-1:123456789012:"
)

func TestAlarms(t *testing.T) {
	watches := func(namespace, metric, statistic, comparison string, threshold, periods float64, silence string) map[string]any {
		return map[string]any{
			"namespace": namespace, "metricName": metric, "statistic": statistic, "comparisonOperator": comparison, "threshold": threshold,
			"evaluationPeriods": periods, "datapointsToAlarm": periods, "period": float64(300), "treatMissingData": silence, "actionsEnabled": true,
			"alarmActions": []any{homeTopics + prefix + "-alarms"}, "okActions": []any{homeTopics + prefix + "-alarms"}, "region": "eu-west-1",
		}
	}
	and := func(a, b map[string]any) map[string]any {
		maps.Copy(a, b)
		return a
	}
	atEdge := map[string]any{"region": "us-east-1", "alarmActions": []any{edgeTopics + prefix + "-alarms"}, "okActions": []any{edgeTopics + prefix + "-alarms"}}
	database := map[string]any{"dimensions": map[string]any{"DBInstanceIdentifier": prefix + "-db"}}
	minimal := `{"region":"eu-west-1"}`
	runTierCases(t, map[string]tierCase{
		"Processor": {
			reason: "A busy processor, and a database that says nothing (OBS-07, OBS-23, OBS-24).",
			spec:   minimal, observed: watched(), role: role.Alarm("database-cpu"),
			want: and(and(watches("AWS/RDS", "CPUUtilization", "Average", "GreaterThanThreshold", 80, 3, "breaching"), database), map[string]any{
				".metadata.annotations[crossplane.io/external-name]": prefix + "-database-cpu", "tags.Name": prefix + "-alarm-database-cpu", "extendedStatistic": absent{},
			}),
		},
		"ProcessorWaitsForTheDatabase": {
			reason: "A database that is still being made says nothing either.",
			spec:   minimal, role: role.Alarm("database-cpu"), waits: true,
		},
		"Storage": {
			reason: "A tenth of the storage is left: RDS should have grown it (OBS-23).",
			spec:   minimal, role: role.Alarm("database-storage"),
			want: and(watches("AWS/RDS", "FreeStorageSpace", "Minimum", "LessThanThreshold", 2<<30, 3, "missing"), database),
		},
		"StorageOfLargeShop": {
			reason: "A tenth of more is more.",
			spec:   `{"region":"eu-west-1","size":"large"}`, role: role.Alarm("database-storage"),
			want: map[string]any{"threshold": float64(10 << 30)},
		},
		"Memory": {
			reason: "A twentieth of the class's memory is left.",
			spec:   minimal, role: role.Alarm("database-memory"),
			want: and(watches("AWS/RDS", "FreeableMemory", "Average", "LessThanThreshold", 53687091, 3, "missing"), database),
		},
		"Connections": {
			reason: "The smallest class takes about eighty (OBS-23).",
			spec:   minimal, role: role.Alarm("database-connections"),
			want: and(watches("AWS/RDS", "DatabaseConnections", "Maximum", "GreaterThanThreshold", 67, 2, "missing"), database),
		},
		"NoMemoryOfUnknownClass": {
			reason: "Nobody knows what is little memory there.",
			spec:   `{"region":"eu-west-1","database":{"instanceClass":"db.x2g.large"}}`, role: role.Alarm("database-memory"), missing: true,
		},
		"NoConnectionsOfUnknownClass": {
			reason: "Nor how many connections are many.",
			spec:   `{"region":"eu-west-1","database":{"instanceClass":"db.x2g.large"}}`, role: role.Alarm("database-connections"), missing: true,
		},
		"TransactionIDs": {
			reason: "PostgreSQL stops at two billion.",
			spec:   minimal, role: role.Alarm("database-transaction-ids"),
			want: and(watches("AWS/RDS", "MaximumUsedTransactionIDs", "Maximum", "GreaterThanThreshold", 1e9, 1, "missing"), database),
		},
		"ReadLatency": {
			reason: "Who waits for the disk makes shoppers wait.",
			spec:   minimal, role: role.Alarm("database-read-latency"),
			want: and(watches("AWS/RDS", "ReadLatency", "Average", "GreaterThanThreshold", 0.02, 3, "notBreaching"), database),
		},
		"WriteLatency": {
			reason: "So it is with orders.",
			spec:   minimal, role: role.Alarm("database-write-latency"),
			want: and(watches("AWS/RDS", "WriteLatency", "Average", "GreaterThanThreshold", 0.02, 3, "notBreaching"), database),
		},

		"NATPorts": {
			reason: "Calls fail once a gateway has no port left (OBS-23).",
			spec:   minimal, observed: watched(), role: role.Alarm("nat-gateway-1-ports"),
			want: and(watches("AWS/NATGateway", "ErrorPortAllocation", "Sum", "GreaterThanThreshold", 0, 1, "notBreaching"), map[string]any{"dimensions": map[string]any{"NatGatewayId": "nat-1"}}),
		},
		"NATDrops": {
			reason: "Some packets are always lost, many for long are not.",
			spec:   minimal, observed: watched(), role: role.Alarm("nat-gateway-1-drops"),
			want: and(watches("AWS/NATGateway", "PacketsDropCount", "Sum", "GreaterThanThreshold", 100, 3, "notBreaching"), map[string]any{"dimensions": map[string]any{"NatGatewayId": "nat-1"}}),
		},
		"NATWaits":     {reason: "AWS makes the gateway's ID up.", spec: minimal, role: role.Alarm("nat-gateway-1-ports"), waits: true},
		"NATOfOneZone": {reason: "A single gateway stands in the first zone.", spec: minimal, observed: watched(), role: role.Alarm("nat-gateway-2-ports"), missing: true},
		"NATOfEachZone": {
			reason: "Each gateway is watched by itself.",
			spec:   `{"region":"eu-west-1","network":{"natGateways":"perZone"}}`, observed: watched(), role: role.Alarm("nat-gateway-2-drops"),
			want: map[string]any{"dimensions": map[string]any{"NatGatewayId": "nat-2"}},
		},
		"NoNAT": {reason: "Without gateways there is nothing to watch.", spec: `{"region":"eu-west-1","network":{"natGateways":"none"}}`, role: role.Alarm("nat-gateway-1-ports"), missing: true},

		"ServerErrors": {
			reason: "CloudFront's metrics are in us-east-1, and so is the topic (OBS-23).",
			spec:   minimal, observed: watched(), role: role.Alarm("cdn-server-errors"),
			want: and(and(watches("AWS/CloudFront", "5xxErrorRate", "Average", "GreaterThanThreshold", 5, 3, "notBreaching"), atEdge), map[string]any{"dimensions": map[string]any{"DistributionId": "E1", "Region": "Global"}}),
		},
		"ClientErrors": {
			reason: "Bots look for files that are not there, so it takes more of them.",
			spec:   minimal, observed: watched(), role: role.Alarm("cdn-client-errors"),
			want: and(and(watches("AWS/CloudFront", "4xxErrorRate", "Average", "GreaterThanThreshold", 20, 3, "notBreaching"), atEdge), map[string]any{"dimensions": map[string]any{"DistributionId": "E1", "Region": "Global"}}),
		},
		"CDNWaits": {reason: "AWS makes the distribution's ID up.", spec: minimal, role: role.Alarm("cdn-server-errors"), waits: true},
		"NoCDN":    {reason: "Where there is no CDN there is nothing to watch.", spec: `{"region":"us-gov-west-1"}`, role: role.Alarm("cdn-server-errors"), missing: true},
		"BlockedRequests": {
			reason: "Metrics of CloudFront's web ACLs have no dimension of a region (OBS-23).",
			spec:   minimal, role: role.Alarm("waf-blocked-requests"),
			want: and(and(watches("AWS/WAFV2", "BlockedRequests", "Sum", "GreaterThanThreshold", 1000, 3, "notBreaching"), atEdge), map[string]any{"dimensions": map[string]any{"WebACL": prefix, "Rule": "ALL"}}),
		},
		"BlockedRequestsOfLargeShop": {
			reason: "At a larger shop's door more bots knock.",
			spec:   `{"region":"eu-west-1","size":"xlarge"}`, role: role.Alarm("waf-blocked-requests"),
			want: map[string]any{"threshold": float64(50000)},
		},
		"NoWAF": {
			reason: "Without a web ACL nothing is blocked.",
			spec:   `{"region":"eu-west-1","guardrails":{"waf":{"enabled":false}}}`, input: switchable(), role: role.Alarm("waf-blocked-requests"), missing: true,
		},

		"ResponseErrors": {
			reason: "A response that fails leaves an unsafe change (OBS-23).",
			spec:   minimal, role: role.Alarm("responses-errors"),
			want: and(watches("AWS/Lambda", "Errors", "Sum", "GreaterThanThreshold", 0, 1, "notBreaching"), map[string]any{"dimensions": map[string]any{"FunctionName": prefix + "-responses"}}),
		},
		"ResponseThrottles": {
			reason: "One that does not run does, too.",
			spec:   minimal, role: role.Alarm("responses-throttles"),
			want: and(watches("AWS/Lambda", "Throttles", "Sum", "GreaterThanThreshold", 0, 1, "notBreaching"), map[string]any{"dimensions": map[string]any{"FunctionName": prefix + "-responses"}}),
		},
		"DeadLetters": {
			reason: "Whatever nobody responded to is in the queue (OBS-23).",
			spec:   minimal, role: role.Alarm("responses-dead-letters"),
			want: and(watches("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", "GreaterThanThreshold", 0, 1, "notBreaching"), map[string]any{"dimensions": map[string]any{"QueueName": prefix + "-responses-dead-letters"}}),
		},
		"EdgeDeadLetters": {
			reason: "So is what was not announced in us-east-1, in a queue there (OBS-23).",
			spec:   minimal, role: role.Alarm("responses-edge-dead-letters"),
			want: map[string]any{"region": "us-east-1", "namespace": "AWS/SQS", "dimensions": map[string]any{"QueueName": prefix + "-responses-dead-letters"}},
		},
		"NoEdgeDeadLettersInVirginia": {
			reason: "A stack in us-east-1 has one queue.",
			spec:   `{"region":"us-east-1"}`, role: role.Alarm("responses-edge-dead-letters"), missing: true,
		},
		"NoResponses": {
			reason: "Without responses there is nothing to watch.",
			spec:   `{"region":"eu-west-1","guardrails":{"responses":{"enabled":false}}}`, input: switchable(), role: role.Alarm("responses-errors"), missing: true,
		},

		"AuditEvent": {
			reason: "What happened rings each time, and does not get well again (OBS-08 to OBS-21).",
			spec:   minimal, role: role.Alarm("audit-root-account-usage"),
			want: and(watches(prefix+"/audit", "RootAccountUsage", "Sum", "GreaterThanOrEqualToThreshold", 1, 1, "notBreaching"), map[string]any{"okActions": absent{}, "dimensions": absent{}}),
		},
		"NoAudit": {
			reason: "A trail of the account's counts nothing for the stack.",
			spec:   minimal, input: &inputv1alpha1.Input{AccountID: account, Existing: inputv1alpha1.Existing{Trail: true}}, role: role.Alarm("audit-root-account-usage"), missing: true,
		},

		"AlarmWaitsForTheAccount": {reason: "The topic's ARN names the account.", spec: minimal, input: noInput(), role: role.Alarm("database-storage"), waits: true},
		"China": {
			reason: "Other partitions have other ARNs.",
			spec:   `{"region":"cn-north-1"}`, role: role.Alarm("database-storage"),
			want: map[string]any{"alarmActions": []any{"arn:aws-cn:sns:cn-north-1:123456789012:" + prefix + "-alarms"}},
		},
		"AtHomeInVirginia": {
			reason: "In us-east-1 there is one topic for all.",
			spec:   `{"region":"us-east-1"}`, observed: watched(), role: role.Alarm("cdn-server-errors"),
			want: map[string]any{"region": "us-east-1", "alarmActions": []any{edgeTopics + prefix + "-alarms"}},
		},
		"SwitchedOff": {
			reason: "A claim may do without, where the platform lets it.",
			spec:   `{"region":"eu-west-1","guardrails":{"alarms":{"enabled":false},"responses":{"enabled":false}}}`, input: switchable(), role: role.AlarmsTopic, missing: true,
		},
	})
}

// CIS AWS Foundations wants an alarm for each event that the audit tier counts
// (OBS-08 to OBS-22).
func TestEveryAuditMetricIsWatched(t *testing.T) {
	resources := composed(t, `{"region":"eu-west-1"}`, nil, platform()).resources
	for _, m := range auditMetrics() {
		t.Run(m.id, func(t *testing.T) {
			counted, watched := resources[role.AuditMetric(m.id)], resources[role.Alarm("audit-"+m.id)]
			for filter, alarm := range map[string]string{"metricTransformation.namespace": "namespace", "metricTransformation.name": "metricName"} {
				if diff := cmp.Diff(field(t, counted, filter), field(t, watched, alarm)); diff != "" {
					t.Errorf("\nAn alarm looks where the audit tier counts.\n%s: -counted, +watched:\n%s", alarm, diff)
				}
			}
			if m.description == "" {
				t.Error("\nWho is woken up is told by what.\nno description")
			}
		})
	}
}

// Every NAT gateway that the network tier composes is watched, and no other.
func TestEveryNATGatewayIsWatched(t *testing.T) {
	for _, nat := range []string{"none", "single", "perZone"} {
		t.Run(nat, func(t *testing.T) {
			resources := composed(t, `{"region":"eu-west-1","network":{"availabilityZones":3,"natGateways":"`+nat+`"}}`, watched(), platform()).resources
			var want, got []string
			for _, r := range slices.Sorted(maps.Keys(resources)) {
				if strings.HasPrefix(r, "nat-gateway-") {
					want = append(want, "alarm-"+r+"-drops", "alarm-"+r+"-ports")
				}
				if strings.HasPrefix(r, "alarm-nat-gateway-") {
					got = append(got, r)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want, +got:\n%s", diff)
			}
		})
	}
}

func TestUnhealthy(t *testing.T) {
	exists := func(alarms ...string) map[string]string {
		out := watched()
		for _, a := range alarms {
			out[role.Alarm(a)] = `{"metadata":{"name":"x"},"status":{"atProvider":{"arn":"arn:alarm"}}}`
		}
		return out
	}
	database := []string{"database-cpu", "database-storage", "database-transaction-ids", "database-read-latency", "database-write-latency", "database-memory", "database-connections"}
	all := exists(append(database, "nat-gateway-1-ports", "nat-gateway-1-drops")...)
	rule := func(alarms ...string) string {
		terms := make([]string, 0, len(alarms))
		for _, a := range alarms {
			terms = append(terms, fmt.Sprintf(`ALARM("%s-%s")`, prefix, a))
		}
		return strings.Join(terms, " OR ")
	}
	runTierCases(t, map[string]tierCase{
		"OneOfThem": {
			reason:   "One alarm is enough to page somebody by: any of those that the shop suffers from, all in its own region.",
			spec:     `{"region":"eu-west-1"}`,
			observed: all,
			role:     role.Alarm("unhealthy"),
			want: map[string]any{
				"alarmRule": rule(append(database, "nat-gateway-1-ports", "nat-gateway-1-drops")...), "actionsEnabled": true,
				"alarmActions": []any{homeTopics + prefix + "-alarms"}, "okActions": []any{homeTopics + prefix + "-alarms"},
				".metadata.annotations[crossplane.io/external-name]": prefix + "-unhealthy",
			},
		},
		"WaitsForEachOfThem": {
			reason:   "CloudWatch refuses a rule about alarms that do not exist.",
			spec:     `{"region":"eu-west-1"}`,
			observed: exists(database...),
			role:     role.Alarm("unhealthy"),
			waits:    true,
		},
		"WaitsForNoOther": {
			reason:   "It names what there is.",
			spec:     `{"region":"eu-west-1","network":{"natGateways":"none"}}`,
			observed: exists(database...),
			role:     role.Alarm("unhealthy"),
			want:     map[string]any{"alarmRule": rule(database...)},
		},
	})
	if length := len(rule(append(database, "nat-gateway-1-ports", "nat-gateway-1-drops", "nat-gateway-2-ports", "nat-gateway-2-drops", "nat-gateway-3-ports", "nat-gateway-3-drops", "nat-gateway-4-ports", "nat-gateway-4-drops")...)); length > 10240-15*40 {
		t.Errorf("\nCloudWatch takes 10240 characters, also of a stack with a long name.\ngot %d", length)
	}
}

func TestTopics(t *testing.T) {
	subscribers := `{"region":"eu-west-1","guardrails":{"alarms":{"emails":["on-call@example.com"],"webhooks":["https://example.com/hook"]}}}`
	email, webhook := naming.Hash("email", "on-call@example.com"), naming.Hash("https", "https://example.com/hook")
	runTierCases(t, map[string]tierCase{
		"Topic": {
			reason: "The topic is encrypted with the stack's own key, or CloudWatch could not publish (OBS-01, OBS-02, OBS-06).",
			spec:   `{"region":"eu-west-1"}`,
			input:  noInput(),
			role:   role.AlarmsTopic,
			want: map[string]any{
				"region": "eu-west-1", "kmsMasterKeyId": "alias/" + prefix + "-alarms-key", "displayName": "Alarms of " + prefix, "policy": absent{},
				".metadata.annotations[crossplane.io/external-name]": prefix + "-alarms", "tags.Name": prefix + "-alarms-topic",
			},
		},
		"EdgeTopic": {
			reason: "Alarms in us-east-1 reach topics there only, which only keys there encrypt.",
			spec:   `{"region":"eu-west-1"}`,
			role:   role.AlarmsEdgeTopic,
			want:   map[string]any{"region": "us-east-1", "kmsMasterKeyId": "alias/" + prefix + "-edge-key", ".metadata.annotations[crossplane.io/external-name]": prefix + "-alarms"},
		},
		"NoEdgeTopicInVirginia":        {reason: "A stack in us-east-1 has one topic.", spec: `{"region":"us-east-1"}`, role: role.AlarmsEdgeTopic, missing: true},
		"NoEdgeTopicWithoutCloudFront": {reason: "Where there is no edge there is nothing to announce.", spec: `{"region":"us-gov-west-1"}`, role: role.AlarmsEdgeTopic, missing: true},
		"TopicPolicyWaits":             {reason: "Who may publish is of the account.", spec: `{"region":"eu-west-1"}`, input: noInput(), role: role.TopicPolicy(role.AlarmsTopic), waits: true},
		"EdgeTopicPolicy":              {reason: "A policy is where its topic is.", spec: `{"region":"eu-west-1"}`, role: role.TopicPolicy(role.AlarmsEdgeTopic), want: map[string]any{"region": "us-east-1", "arnRef.name": "shop-alarms-edge-topic"}},
		"KeyWaits":                     {reason: "So is who may use the key.", spec: `{"region":"eu-west-1"}`, input: noInput(), role: role.AlarmsKey, waits: true},
		"Email": {
			reason: "An e-mail's subscription is there at once, whenever it is confirmed (OBS-04).",
			spec:   subscribers,
			role:   role.Subscription(role.AlarmsTopic, email),
			want:   map[string]any{"topicArnRef.name": "shop-alarms-topic", "protocol": "email", "endpoint": "on-call@example.com", "endpointAutoConfirms": false, "confirmationTimeoutInMinutes": float64(1), "region": "eu-west-1"},
		},
		"EmailOfTheEdge": {
			reason: "Who wants alarms wants those of the CDN, too.",
			spec:   subscribers,
			role:   role.Subscription(role.AlarmsEdgeTopic, email),
			want:   map[string]any{"topicArnRef.name": "shop-alarms-edge-topic", "protocol": "email", "endpoint": "on-call@example.com", "region": "us-east-1"},
		},
		"Webhook": {
			reason: "The provider must not wait for a service that is slow to confirm (OBS-04).",
			spec:   subscribers,
			role:   role.Subscription(role.AlarmsTopic, webhook),
			want:   map[string]any{"protocol": "https", "endpoint": "https://example.com/hook", "endpointAutoConfirms": false},
		},
		"NobodyAsked": {reason: "A bare claim tells nobody.", spec: `{"region":"eu-west-1"}`, role: role.Subscription(role.AlarmsTopic, email), missing: true},
	})
}

func TestTopicPolicies(t *testing.T) {
	statement := func(sid, service, topic string, condition map[string]any) map[string]any {
		return map[string]any{"Sid": sid, "Effect": "Allow", "Principal": map[string]any{"Service": service}, "Action": "sns:Publish", "Resource": topic, "Condition": condition}
	}
	// EventBridge knows no conditions in the policies of topics.
	announced := func(topic string) map[string]any {
		s := statement("AnnounceEvents", "events.amazonaws.com", topic, nil)
		delete(s, "Condition")
		return s
	}
	deny := func(topic string) map[string]any {
		return map[string]any{
			"Sid": "DenyPlainHTTP", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": topic,
			"Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
		}
	}
	from := func(alarm string) map[string]any {
		return map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": account}, "ArnLike": map[string]any{"aws:SourceArn": alarm}}
	}
	home, edge := homeTopics+prefix+"-alarms", edgeTopics+prefix+"-alarms"
	cases := map[string]struct {
		reason string
		role   string
		want   map[string]map[string]any
	}{
		"Topic": {
			reason: "The stack's alarms and the rules that announce something publish, over TLS, and nobody else (OBS-03, OBS-04).",
			role:   role.TopicPolicy(role.AlarmsTopic),
			want: map[string]map[string]any{
				"AnnounceEvents": announced(home),
				"AnnounceAlarms": statement("AnnounceAlarms", "cloudwatch.amazonaws.com", home, from("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:"+prefix+"-*")),
				"DenyPlainHTTP":  deny(home),
			},
		},
		"EdgeTopic": {
			reason: "So do those of the edge.",
			role:   role.TopicPolicy(role.AlarmsEdgeTopic),
			want: map[string]map[string]any{
				"AnnounceEvents": announced(edge),
				"AnnounceAlarms": statement("AnnounceAlarms", "cloudwatch.amazonaws.com", edge, from("arn:aws:cloudwatch:us-east-1:123456789012:alarm:"+prefix+"-*")),
				"DenyPlainHTTP":  deny(edge),
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := composed(t, `{"region":"eu-west-1"}`, nil, platform())
			if diff := cmp.Diff(tc.want, statements(t, s.resources[tc.role], "policy")); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestAlarmsKeyPolicy(t *testing.T) {
	s := composed(t, `{"region":"eu-west-1"}`, nil, platform())
	use := func(sid, service string, condition map[string]any) map[string]any {
		return map[string]any{"Sid": sid, "Effect": "Allow", "Principal": map[string]any{"Service": service}, "Action": []any{"kms:Decrypt", "kms:GenerateDataKey"}, "Resource": "*", "Condition": map[string]any{"StringEquals": condition}}
	}
	want := map[string]map[string]any{
		"AccountByIAM": {
			"Sid": "AccountByIAM", "Effect": "Allow", "Principal": map[string]any{"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*",
			"Condition": map[string]any{"StringEquals": map[string]any{"kms:CallerAccount": account}},
		},
		"AnnounceAlarms":        use("AnnounceAlarms", "cloudwatch.amazonaws.com", map[string]any{"aws:SourceAccount": account}),
		"AnnounceEvents":        use("AnnounceEvents", "events.amazonaws.com", map[string]any{"kms:EncryptionContext:aws:sns:topicArn": homeTopics + prefix + "-alarms"}),
		"KeepUndeliveredEvents": use("KeepUndeliveredEvents", "events.amazonaws.com", map[string]any{"aws:SourceAccount": account}),
	}
	if diff := cmp.Diff(want, statements(t, s.resources[role.AlarmsKey], "policy")); diff != "" {
		t.Errorf("\nCloudWatch and EventBridge publish, and EventBridge keeps what it cannot deliver (SEC-16).\npolicy: -want, +got:\n%s", diff)
	}
	s = composed(t, `{"region":"eu-west-1","guardrails":{"responses":{"enabled":false}}}`, nil, switchable())
	delete(want, "AnnounceEvents")
	delete(want, "KeepUndeliveredEvents")
	if diff := cmp.Diff(want, statements(t, s.resources[role.AlarmsKey], "policy")); diff != "" {
		t.Errorf("\nWithout responses no other service than CloudWatch is let in (SEC-16).\npolicy: -want, +got:\n%s", diff)
	}
	if statements(t, s.resources[role.TopicPolicy(role.AlarmsTopic)], "policy")["AnnounceEvents"] != nil {
		t.Error("Without responses no rule publishes to the topic (OBS-03)")
	}
}

func TestAlarmsStatus(t *testing.T) {
	small := &v1alpha1.AlarmThresholds{FreeStorageMiB: 2048, FreeMemoryMiB: 51, Connections: 67, BlockedRequests: 1000}
	cases := map[string]struct {
		reason   string
		observed map[string]string
		want     v1alpha1.AlarmsStatus
	}{
		"NotThere": {reason: "Nothing is told of what does not exist.", want: v1alpha1.AlarmsStatus{Thresholds: small}},
		"There": {
			reason: "A platform may subscribe further services, and somebody should mind who never confirmed.",
			observed: map[string]string{
				role.AlarmsTopic:     `{"status":{"atProvider":{"arn":"arn:topic"}}}`,
				role.AlarmsEdgeTopic: `{"status":{"atProvider":{"arn":"arn:edge"}}}`,
				role.Dashboard:       named(prefix),
				role.Subscription(role.AlarmsTopic, "first"):      `{"status":{"atProvider":{"pendingConfirmation":true}}}`,
				role.Subscription(role.AlarmsEdgeTopic, "first"):  `{"status":{"atProvider":{"pendingConfirmation":true}}}`,
				role.Subscription(role.AlarmsTopic, "second"):     `{"status":{"atProvider":{"pendingConfirmation":false}}}`,
				role.Subscription(role.AlarmsEdgeTopic, "second"): `{"metadata":{"name":"x"}}`,
			},
			want: v1alpha1.AlarmsStatus{TopicARN: "arn:topic", EdgeTopicARN: "arn:edge", Dashboard: prefix, UnconfirmedSubscriptions: 2, Thresholds: small},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, composed(t, `{"region":"eu-west-1"}`, tc.observed, platform()).status.Alarms); diff != "" {
				t.Errorf("\n%s\nalarms: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestReportThresholds(t *testing.T) {
	cases := map[string]struct {
		reason string
		spec   string
		want   *v1alpha1.AlarmThresholds
	}{
		"BySize": {
			reason: "Who reads the status sees what the size decided: a twentieth of 16 GiB, a tenth of 100.",
			spec:   `{"region":"eu-west-1","size":"large"}`,
			want:   &v1alpha1.AlarmThresholds{FreeStorageMiB: 10240, FreeMemoryMiB: 819, Connections: 1081, BlockedRequests: 20000},
		},
		"ByTheDatabase": {
			reason: "What is set by hand decides; of this class the memory is not known.",
			spec:   `{"region":"eu-west-1","database":{"instanceClass":"db.x2g.large","storageGiB":50}}`,
			want:   &v1alpha1.AlarmThresholds{FreeStorageMiB: 5120, BlockedRequests: 1000},
		},
		"Off": {
			reason: "Alarms that are off ring from nowhere on.",
			spec:   `{"region":"eu-west-1","guardrails":{"alarms":{"enabled":false},"responses":{"enabled":false}}}`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, composed(t, tc.spec, nil, switchable()).status.Alarms.Thresholds); diff != "" {
				t.Errorf("\n%s\nstatus.alarms.thresholds: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
