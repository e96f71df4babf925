package alarms_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// watched returns the resources that alarms wait for.
func watched() map[string]string {
	return map[string]string{
		composed.Database:      `{"status":{"conditions":[{"type":"Ready","status":"True"}]}}`,
		composed.NATGateway(1): tiertest.Named("nat-1"),
		composed.NATGateway(2): tiertest.Named("nat-2"),
		composed.NATGateway(3): tiertest.Named("nat-3"),
		composed.Distribution:  tiertest.Named("E1"),
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
			"alarmActions": []any{homeTopics + tiertest.Prefix + "-alarms"}, "okActions": []any{homeTopics + tiertest.Prefix + "-alarms"}, "region": "eu-west-1",
		}
	}
	and := func(a, b map[string]any) map[string]any {
		maps.Copy(a, b)
		return a
	}
	atEdge := map[string]any{"region": "us-east-1", "alarmActions": []any{edgeTopics + tiertest.Prefix + "-alarms"}, "okActions": []any{edgeTopics + tiertest.Prefix + "-alarms"}}
	database := map[string]any{"dimensions": map[string]any{"DBInstanceIdentifier": tiertest.Prefix + "-db"}}
	minimal := `{"region":"eu-west-1"}`
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Processor": {
			Reason: "A busy processor, and a database that says nothing (OBS-07, OBS-23, OBS-24).",
			Spec:   minimal, Observed: watched(), Resource: composed.Alarm("database-cpu"),
			Want: and(and(watches("AWS/RDS", "CPUUtilization", "Average", "GreaterThanThreshold", 80, 3, "breaching"), database), map[string]any{
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-database-cpu", "tags.Name": tiertest.Prefix + "-alarm-database-cpu", "extendedStatistic": tiertest.Absent{},
			}),
		},
		"ProcessorWaitsForTheDatabase": {
			Reason: "A database that is still being made says nothing either.",
			Spec:   minimal, Resource: composed.Alarm("database-cpu"), Waits: true,
		},
		"Storage": {
			Reason: "A tenth of the storage is left: RDS should have grown it (OBS-23).",
			Spec:   minimal, Resource: composed.Alarm("database-storage"),
			Want: and(watches("AWS/RDS", "FreeStorageSpace", "Minimum", "LessThanThreshold", 2<<30, 3, "missing"), database),
		},
		"StorageOfLargeShop": {
			Reason: "A tenth of more is more.",
			Spec:   `{"region":"eu-west-1","size":"large"}`, Resource: composed.Alarm("database-storage"),
			Want: map[string]any{"threshold": float64(10 << 30)},
		},
		"Memory": {
			Reason: "A twentieth of the class's memory is left.",
			Spec:   minimal, Resource: composed.Alarm("database-memory"),
			Want: and(watches("AWS/RDS", "FreeableMemory", "Average", "LessThanThreshold", 53687091, 3, "missing"), database),
		},
		"Connections": {
			Reason: "The smallest class takes about eighty (OBS-23).",
			Spec:   minimal, Resource: composed.Alarm("database-connections"),
			Want: and(watches("AWS/RDS", "DatabaseConnections", "Maximum", "GreaterThanThreshold", 67, 2, "missing"), database),
		},
		"NoMemoryOfUnknownClass": {
			Reason: "Nobody knows what is little memory there.",
			Spec:   `{"region":"eu-west-1","database":{"instance":{"class":"db.x2g.large"}}}`, Resource: composed.Alarm("database-memory"), Missing: true,
		},
		"NoConnectionsOfUnknownClass": {
			Reason: "Nor how many connections are many.",
			Spec:   `{"region":"eu-west-1","database":{"instance":{"class":"db.x2g.large"}}}`, Resource: composed.Alarm("database-connections"), Missing: true,
		},
		"TransactionIDs": {
			Reason: "PostgreSQL stops at two billion.",
			Spec:   minimal, Resource: composed.Alarm("database-transaction-ids"),
			Want: and(watches("AWS/RDS", "MaximumUsedTransactionIDs", "Maximum", "GreaterThanThreshold", 1e9, 1, "missing"), database),
		},
		"ReadLatency": {
			Reason: "Who waits for the disk makes shoppers wait.",
			Spec:   minimal, Resource: composed.Alarm("database-read-latency"),
			Want: and(watches("AWS/RDS", "ReadLatency", "Average", "GreaterThanThreshold", 0.02, 3, "notBreaching"), database),
		},
		"WriteLatency": {
			Reason: "So it is with orders.",
			Spec:   minimal, Resource: composed.Alarm("database-write-latency"),
			Want: and(watches("AWS/RDS", "WriteLatency", "Average", "GreaterThanThreshold", 0.02, 3, "notBreaching"), database),
		},

		"NATPorts": {
			Reason: "Calls fail once a gateway has no port left (OBS-23).",
			Spec:   minimal, Observed: watched(), Resource: composed.Alarm("nat-gateway-1-ports"),
			Want: and(watches("AWS/NATGateway", "ErrorPortAllocation", "Sum", "GreaterThanThreshold", 0, 1, "notBreaching"), map[string]any{"dimensions": map[string]any{"NatGatewayId": "nat-1"}}),
		},
		"NATDrops": {
			Reason: "Some packets are always lost, many for long are not.",
			Spec:   minimal, Observed: watched(), Resource: composed.Alarm("nat-gateway-1-drops"),
			Want: and(watches("AWS/NATGateway", "PacketsDropCount", "Sum", "GreaterThanThreshold", 100, 3, "notBreaching"), map[string]any{"dimensions": map[string]any{"NatGatewayId": "nat-1"}}),
		},
		"NATWaits":     {Reason: "AWS makes the gateway's ID up.", Spec: minimal, Resource: composed.Alarm("nat-gateway-1-ports"), Waits: true},
		"NATOfOneZone": {Reason: "A single gateway stands in the first zone.", Spec: minimal, Observed: watched(), Resource: composed.Alarm("nat-gateway-2-ports"), Missing: true},
		"NATOfEachZone": {
			Reason: "Each gateway is watched by itself.",
			Spec:   `{"region":"eu-west-1","network":{"natGateways":"PerZone"}}`, Observed: watched(), Resource: composed.Alarm("nat-gateway-2-drops"),
			Want: map[string]any{"dimensions": map[string]any{"NatGatewayId": "nat-2"}},
		},
		"NoNAT": {Reason: "Without gateways there is nothing to watch.", Spec: `{"region":"eu-west-1","network":{"natGateways":"None"}}`, Resource: composed.Alarm("nat-gateway-1-ports"), Missing: true},

		"ServerErrors": {
			Reason: "CloudFront's metrics are in us-east-1, and so is the topic (OBS-23).",
			Spec:   minimal, Observed: watched(), Resource: composed.Alarm("cdn-server-errors"),
			Want: and(and(watches("AWS/CloudFront", "5xxErrorRate", "Average", "GreaterThanThreshold", 5, 3, "notBreaching"), atEdge), map[string]any{"dimensions": map[string]any{"DistributionId": "E1", "Region": "Global"}}),
		},
		"ClientErrors": {
			Reason: "Bots look for files that are not there, so it takes more of them.",
			Spec:   minimal, Observed: watched(), Resource: composed.Alarm("cdn-client-errors"),
			Want: and(and(watches("AWS/CloudFront", "4xxErrorRate", "Average", "GreaterThanThreshold", 20, 3, "notBreaching"), atEdge), map[string]any{"dimensions": map[string]any{"DistributionId": "E1", "Region": "Global"}}),
		},
		"CDNWaits": {Reason: "AWS makes the distribution's ID up.", Spec: minimal, Resource: composed.Alarm("cdn-server-errors"), Waits: true},
		"NoCDN":    {Reason: "Where there is no CDN there is nothing to watch.", Spec: `{"region":"us-gov-west-1"}`, Resource: composed.Alarm("cdn-server-errors"), Missing: true},
		"BlockedRequests": {
			Reason: "Metrics of CloudFront's web ACLs have no dimension of a region (OBS-23).",
			Spec:   minimal, Resource: composed.Alarm("waf-blocked-requests"),
			Want: and(and(watches("AWS/WAFV2", "BlockedRequests", "Sum", "GreaterThanThreshold", 1000, 3, "notBreaching"), atEdge), map[string]any{"dimensions": map[string]any{"WebACL": tiertest.Prefix, "Rule": "ALL"}}),
		},
		"BlockedRequestsOfLargeShop": {
			Reason: "At a larger shop's door more bots knock.",
			Spec:   `{"region":"eu-west-1","size":"xlarge"}`, Resource: composed.Alarm("waf-blocked-requests"),
			Want: map[string]any{"threshold": float64(50000)},
		},
		"NoWAF": {
			Reason: "Without a web ACL nothing is blocked.",
			Spec:   `{"region":"eu-west-1","guardrails":{"waf":{"enabled":false}}}`, Input: tiertest.Switchable(), Resource: composed.Alarm("waf-blocked-requests"), Missing: true,
		},

		"ResponseErrors": {
			Reason: "A response that fails leaves an unsafe change (OBS-23).",
			Spec:   minimal, Resource: composed.Alarm("responses-errors"),
			Want: and(watches("AWS/Lambda", "Errors", "Sum", "GreaterThanThreshold", 0, 1, "notBreaching"), map[string]any{"dimensions": map[string]any{"FunctionName": tiertest.Prefix + "-responses"}}),
		},
		"ResponseThrottles": {
			Reason: "One that does not run does, too.",
			Spec:   minimal, Resource: composed.Alarm("responses-throttles"),
			Want: and(watches("AWS/Lambda", "Throttles", "Sum", "GreaterThanThreshold", 0, 1, "notBreaching"), map[string]any{"dimensions": map[string]any{"FunctionName": tiertest.Prefix + "-responses"}}),
		},
		"DeadLetters": {
			Reason: "Whatever nobody responded to is in the queue (OBS-23).",
			Spec:   minimal, Resource: composed.Alarm("responses-dead-letters"),
			Want: and(watches("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", "GreaterThanThreshold", 0, 1, "notBreaching"), map[string]any{"dimensions": map[string]any{"QueueName": tiertest.Prefix + "-responses-dead-letters"}}),
		},
		"EdgeDeadLetters": {
			Reason: "So is what was not announced in us-east-1, in a queue there (OBS-23).",
			Spec:   minimal, Resource: composed.Alarm("responses-edge-dead-letters"),
			Want: map[string]any{"region": "us-east-1", "namespace": "AWS/SQS", "dimensions": map[string]any{"QueueName": tiertest.Prefix + "-responses-dead-letters"}},
		},
		"NoEdgeDeadLettersInVirginia": {
			Reason: "A stack in us-east-1 has one queue.",
			Spec:   `{"region":"us-east-1"}`, Resource: composed.Alarm("responses-edge-dead-letters"), Missing: true,
		},
		"NoResponses": {
			Reason: "Without responses there is nothing to watch.",
			Spec:   `{"region":"eu-west-1","guardrails":{"responses":{"enabled":false}}}`, Input: tiertest.Switchable(), Resource: composed.Alarm("responses-errors"), Missing: true,
		},

		"AuditEvent": {
			Reason: "What happened rings each time, and does not get well again (OBS-08 to OBS-21).",
			Spec:   minimal, Resource: composed.Alarm("audit-root-account-usage"),
			Want: and(watches(tiertest.Prefix+"/audit", "RootAccountUsage", "Sum", "GreaterThanOrEqualToThreshold", 1, 1, "notBreaching"), map[string]any{"okActions": tiertest.Absent{}, "dimensions": tiertest.Absent{}}),
		},
		"NoAudit": {
			Reason: "A trail of the account's counts nothing for the stack.",
			Spec:   minimal, Input: &inputv1alpha1.Input{AccountID: tiertest.Account, Existing: inputv1alpha1.Existing{Trail: true}}, Resource: composed.Alarm("audit-root-account-usage"), Missing: true,
		},

		"AlarmWaitsForTheAccount": {Reason: "The topic's ARN names the account.", Spec: minimal, Input: tiertest.NoInput(), Resource: composed.Alarm("database-storage"), Waits: true},
		"China": {
			Reason: "Other partitions have other ARNs.",
			Spec:   `{"region":"cn-north-1"}`, Resource: composed.Alarm("database-storage"),
			Want: map[string]any{"alarmActions": []any{"arn:aws-cn:sns:cn-north-1:123456789012:" + tiertest.Prefix + "-alarms"}},
		},
		"AtHomeInVirginia": {
			Reason: "In us-east-1 there is one topic for all.",
			Spec:   `{"region":"us-east-1"}`, Observed: watched(), Resource: composed.Alarm("cdn-server-errors"),
			Want: map[string]any{"region": "us-east-1", "alarmActions": []any{edgeTopics + tiertest.Prefix + "-alarms"}},
		},
		"SwitchedOff": {
			Reason: "A claim may do without, where the platform lets it.",
			Spec:   `{"region":"eu-west-1","guardrails":{"alarms":{"enabled":false},"responses":{"enabled":false}}}`, Input: tiertest.Switchable(), Resource: composed.AlarmsTopic, Missing: true,
		},
	})
}

// CIS AWS Foundations requires an alarm for each event that the audit tier counts
// (OBS-08 to OBS-22).
func TestEveryAuditMetricIsWatched(t *testing.T) {
	resources := tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform()).Resources
	for _, m := range kit.AuditMetrics() {
		t.Run(m.ID, func(t *testing.T) {
			counted, watched := resources[composed.AuditMetric(m.ID)], resources[composed.Alarm("audit-"+m.ID)]
			for filter, alarm := range map[string]string{"metricTransformation.namespace": "namespace", "metricTransformation.name": "metricName"} {
				if diff := cmp.Diff(tiertest.Field(t, counted, filter), tiertest.Field(t, watched, alarm)); diff != "" {
					t.Errorf("\nAn alarm looks where the audit tier counts.\n%s: -counted, +watched:\n%s", alarm, diff)
				}
			}
			if m.Description == "" {
				t.Error("\nWho is woken up is told by what.\nno description")
			}
		})
	}
}

// Alarms cover exactly the NAT gateways that the network tier composes.
func TestEveryNATGatewayIsWatched(t *testing.T) {
	for _, nat := range []string{"None", "Single", "PerZone"} {
		t.Run(nat, func(t *testing.T) {
			resources := tiertest.Composed(t, `{"region":"eu-west-1","network":{"availabilityZones":3,"natGateways":"`+nat+`"}}`, watched(), tiertest.Platform()).Resources
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
			out[composed.Alarm(a)] = `{"metadata":{"name":"x"},"status":{"atProvider":{"arn":"arn:alarm"}}}`
		}
		return out
	}
	database := []string{"database-cpu", "database-storage", "database-transaction-ids", "database-read-latency", "database-write-latency", "database-memory", "database-connections"}
	all := exists(append(database, "nat-gateway-1-ports", "nat-gateway-1-drops")...)
	rule := func(alarms ...string) string {
		terms := make([]string, 0, len(alarms))
		for _, a := range alarms {
			terms = append(terms, fmt.Sprintf(`ALARM("%s-%s")`, tiertest.Prefix, a))
		}
		return strings.Join(terms, " OR ")
	}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"OneOfThem": {
			Reason:   "One alarm is enough to page somebody by: any of those that the shop suffers from, all in its own region.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: all,
			Resource: composed.Alarm("unhealthy"),
			Want: map[string]any{
				"alarmRule": rule(append(database, "nat-gateway-1-ports", "nat-gateway-1-drops")...), "actionsEnabled": true,
				"alarmActions": []any{homeTopics + tiertest.Prefix + "-alarms"}, "okActions": []any{homeTopics + tiertest.Prefix + "-alarms"},
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-unhealthy",
			},
		},
		"WaitsForEachOfThem": {
			Reason:   "CloudWatch refuses a rule about alarms that do not exist.",
			Spec:     `{"region":"eu-west-1"}`,
			Observed: exists(database...),
			Resource: composed.Alarm("unhealthy"),
			Waits:    true,
		},
		"WaitsForNoOther": {
			Reason:   "It names what there is.",
			Spec:     `{"region":"eu-west-1","network":{"natGateways":"None"}}`,
			Observed: exists(database...),
			Resource: composed.Alarm("unhealthy"),
			Want:     map[string]any{"alarmRule": rule(database...), "alarmDescription": "The shop is unhealthy. Check its database."},
		},
		"OfNone": {
			Reason:   "CloudWatch refuses a rule without alarms, which a stack of files alone would have.",
			Spec:     `{"region":"eu-west-1","network":{"natGateways":"None"},"database":{"enabled":false}}`,
			Resource: composed.Alarm("unhealthy"),
			Missing:  true,
		},
	})
	if length := len(rule(append(database, "nat-gateway-1-ports", "nat-gateway-1-drops", "nat-gateway-2-ports", "nat-gateway-2-drops", "nat-gateway-3-ports", "nat-gateway-3-drops", "nat-gateway-4-ports", "nat-gateway-4-drops")...)); length > 10240-15*40 {
		t.Errorf("\nCloudWatch takes 10240 characters, also of a stack with a long name.\ngot %d", length)
	}
}

func TestTopics(t *testing.T) {
	subscribers := `{"region":"eu-west-1","guardrails":{"alarms":{"emails":["on-call@example.com"],"webhooks":["https://example.com/hook"]}}}`
	email, webhook := naming.Hash("email", "on-call@example.com"), naming.Hash("https", "https://example.com/hook")
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Topic": {
			Reason:   "The topic is encrypted with the stack's own key, or CloudWatch could not publish (OBS-01, OBS-02, OBS-06).",
			Spec:     `{"region":"eu-west-1"}`,
			Input:    tiertest.NoInput(),
			Resource: composed.AlarmsTopic,
			Want: map[string]any{
				"region": "eu-west-1", "kmsMasterKeyId": "alias/" + tiertest.Prefix + "-alarms-key", "displayName": "Alarms of " + tiertest.Prefix, "policy": tiertest.Absent{},
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-alarms", "tags.Name": tiertest.Prefix + "-alarms-topic",
			},
		},
		"EdgeTopic": {
			Reason:   "Alarms in us-east-1 reach topics there only, which only keys there encrypt.",
			Spec:     `{"region":"eu-west-1"}`,
			Resource: composed.AlarmsEdgeTopic,
			Want:     map[string]any{"region": "us-east-1", "kmsMasterKeyId": "alias/" + tiertest.Prefix + "-edge-key", ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-alarms"},
		},
		"NoEdgeTopicInVirginia":        {Reason: "A stack in us-east-1 has one topic.", Spec: `{"region":"us-east-1"}`, Resource: composed.AlarmsEdgeTopic, Missing: true},
		"NoEdgeTopicWithoutCloudFront": {Reason: "Where there is no edge there is nothing to announce.", Spec: `{"region":"us-gov-west-1"}`, Resource: composed.AlarmsEdgeTopic, Missing: true},
		"TopicPolicyWaits":             {Reason: "Who may publish is of the account.", Spec: `{"region":"eu-west-1"}`, Input: tiertest.NoInput(), Resource: composed.TopicPolicy(composed.AlarmsTopic), Waits: true},
		"EdgeTopicPolicy":              {Reason: "A policy is where its topic is.", Spec: `{"region":"eu-west-1"}`, Resource: composed.TopicPolicy(composed.AlarmsEdgeTopic), Want: map[string]any{"region": "us-east-1", "arnRef.name": "shop-alarms-edge-topic"}},
		"KeyWaits":                     {Reason: "So is who may use the key.", Spec: `{"region":"eu-west-1"}`, Input: tiertest.NoInput(), Resource: composed.AlarmsKey, Waits: true},
		"Email": {
			Reason:   "An e-mail's subscription is there at once, whenever it is confirmed (OBS-04).",
			Spec:     subscribers,
			Resource: composed.Subscription(composed.AlarmsTopic, email),
			Want:     map[string]any{"topicArnRef.name": "shop-alarms-topic", "protocol": "email", "endpoint": "on-call@example.com", "endpointAutoConfirms": false, "region": "eu-west-1"},
		},
		"EmailOfTheEdge": {
			Reason:   "Who wants alarms wants those of the CDN, too.",
			Spec:     subscribers,
			Resource: composed.Subscription(composed.AlarmsEdgeTopic, email),
			Want:     map[string]any{"topicArnRef.name": "shop-alarms-edge-topic", "protocol": "email", "endpoint": "on-call@example.com", "region": "us-east-1"},
		},
		"Webhook": {
			Reason:   "The provider must not wait for a service that is slow to confirm (OBS-04).",
			Spec:     subscribers,
			Resource: composed.Subscription(composed.AlarmsTopic, webhook),
			Want:     map[string]any{"protocol": "https", "endpoint": "https://example.com/hook", "endpointAutoConfirms": false},
		},
		"NobodyAsked": {Reason: "A bare claim tells nobody.", Spec: `{"region":"eu-west-1"}`, Resource: composed.Subscription(composed.AlarmsTopic, email), Missing: true},
	})
}

func TestTopicPolicies(t *testing.T) {
	statement := func(sid, service, topic string, condition map[string]any) map[string]any {
		return map[string]any{"Sid": sid, "Effect": "Allow", "Principal": map[string]any{"Service": service}, "Action": "sns:Publish", "Resource": topic, "Condition": condition}
	}
	// EventBridge does not support conditions in topic policies.
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
		return map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": tiertest.Account}, "ArnLike": map[string]any{"aws:SourceArn": alarm}}
	}
	home, edge := homeTopics+tiertest.Prefix+"-alarms", edgeTopics+tiertest.Prefix+"-alarms"
	cases := map[string]struct {
		reason       string
		resourceName string
		want         map[string]map[string]any
	}{
		"Topic": {
			reason:       "The stack's alarms and the rules that announce something publish, over TLS, and nobody else (OBS-03, OBS-04).",
			resourceName: composed.TopicPolicy(composed.AlarmsTopic),
			want: map[string]map[string]any{
				"AnnounceEvents": announced(home),
				"AnnounceAlarms": statement("AnnounceAlarms", "cloudwatch.amazonaws.com", home, from("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:"+tiertest.Prefix+"-*")),
				"DenyPlainHTTP":  deny(home),
			},
		},
		"EdgeTopic": {
			reason:       "So do those of the edge.",
			resourceName: composed.TopicPolicy(composed.AlarmsEdgeTopic),
			want: map[string]map[string]any{
				"AnnounceEvents": announced(edge),
				"AnnounceAlarms": statement("AnnounceAlarms", "cloudwatch.amazonaws.com", edge, from("arn:aws:cloudwatch:us-east-1:123456789012:alarm:"+tiertest.Prefix+"-*")),
				"DenyPlainHTTP":  deny(edge),
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform())
			if diff := cmp.Diff(tc.want, tiertest.Statements(t, s.Resources[tc.resourceName], "policy")); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestAlarmsKeyPolicy(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform())
	use := func(sid, service string, condition map[string]any) map[string]any {
		return map[string]any{"Sid": sid, "Effect": "Allow", "Principal": map[string]any{"Service": service}, "Action": []any{"kms:Decrypt", "kms:GenerateDataKey"}, "Resource": "*", "Condition": map[string]any{"StringEquals": condition}}
	}
	want := map[string]map[string]any{
		"AccountByIAM": {
			"Sid": "AccountByIAM", "Effect": "Allow", "Principal": map[string]any{"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*",
			"Condition": map[string]any{"StringEquals": map[string]any{"kms:CallerAccount": tiertest.Account}},
		},
		"AnnounceAlarms":        use("AnnounceAlarms", "cloudwatch.amazonaws.com", map[string]any{"aws:SourceAccount": tiertest.Account}),
		"AnnounceEvents":        use("AnnounceEvents", "events.amazonaws.com", map[string]any{"kms:EncryptionContext:aws:sns:topicArn": homeTopics + tiertest.Prefix + "-alarms"}),
		"KeepUndeliveredEvents": use("KeepUndeliveredEvents", "events.amazonaws.com", map[string]any{"aws:SourceAccount": tiertest.Account}),
	}
	if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[composed.AlarmsKey], "policy")); diff != "" {
		t.Errorf("\nCloudWatch and EventBridge publish, and EventBridge keeps what it cannot deliver (SEC-16).\npolicy: -want, +got:\n%s", diff)
	}
	s = tiertest.Composed(t, `{"region":"eu-west-1","guardrails":{"responses":{"enabled":false}}}`, nil, tiertest.Switchable())
	delete(want, "AnnounceEvents")
	delete(want, "KeepUndeliveredEvents")
	if diff := cmp.Diff(want, tiertest.Statements(t, s.Resources[composed.AlarmsKey], "policy")); diff != "" {
		t.Errorf("\nWithout responses no other service than CloudWatch is let in (SEC-16).\npolicy: -want, +got:\n%s", diff)
	}
	if tiertest.Statements(t, s.Resources[composed.TopicPolicy(composed.AlarmsTopic)], "policy")["AnnounceEvents"] != nil {
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
				composed.AlarmsTopic:     `{"status":{"atProvider":{"arn":"arn:topic"}}}`,
				composed.AlarmsEdgeTopic: `{"status":{"atProvider":{"arn":"arn:edge"}}}`,
				composed.Dashboard:       tiertest.Named(tiertest.Prefix),
				composed.Subscription(composed.AlarmsTopic, "first"):      `{"status":{"atProvider":{"pendingConfirmation":true}}}`,
				composed.Subscription(composed.AlarmsEdgeTopic, "first"):  `{"status":{"atProvider":{"pendingConfirmation":true}}}`,
				composed.Subscription(composed.AlarmsTopic, "second"):     `{"status":{"atProvider":{"pendingConfirmation":false}}}`,
				composed.Subscription(composed.AlarmsEdgeTopic, "second"): `{"metadata":{"name":"x"}}`,
			},
			want: v1alpha1.AlarmsStatus{TopicARN: "arn:topic", EdgeTopicARN: "arn:edge", Dashboard: tiertest.Prefix, UnconfirmedSubscriptions: 2, Thresholds: small},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, `{"region":"eu-west-1"}`, tc.observed, tiertest.Platform()).Status.Alarms); diff != "" {
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
			spec:   `{"region":"eu-west-1","database":{"instance":{"class":"db.x2g.large","storage":{"sizeGiB":50}}}}`,
			want:   &v1alpha1.AlarmThresholds{FreeStorageMiB: 5120, BlockedRequests: 1000},
		},
		"Off": {
			reason: "Alarms that are off ring from nowhere on.",
			spec:   `{"region":"eu-west-1","guardrails":{"alarms":{"enabled":false},"responses":{"enabled":false}}}`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, tc.spec, nil, tiertest.Switchable()).Status.Alarms.Thresholds); diff != "" {
				t.Errorf("\n%s\nstatus.alarms.thresholds: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
