package responses_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestEvents(t *testing.T) {
	const minimal = `{"region":"eu-west-1"}`
	opened := responses.SecurityGroupOpened
	permitted := map[string]string{composed.EventPermission(opened): tiertest.IsReady}
	functionARN, ruleARN := "arn:aws:lambda:eu-west-1:123456789012:function:"+tiertest.Prefix+"-responses", "arn:aws:events:eu-west-1:123456789012:rule/"+tiertest.Prefix+"-"
	queues := "arn:aws:sqs:eu-west-1:123456789012:" + tiertest.Prefix + "-responses-dead-letters"
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Rule": {
			Reason:   "CloudTrail's events come by the account's own bus, in the region where they happen (RSP-17, RSP-19).",
			Spec:     minimal,
			Input:    tiertest.NoInput(),
			Resource: composed.EventRule(opened),
			Want: map[string]any{
				"region": "eu-west-1", "eventBusName": "default", "isEnabled": true, "state": tiertest.Absent{}, "description": "Revokes security group rules that are open to the internet",
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-security-group-opened", "tags.Name": tiertest.Prefix + "-event-rule-security-group-opened",
			},
		},
		"Target": {
			Reason:   "The rule calls the function, tries again, and keeps what it cannot deliver (RSP-16).",
			Spec:     minimal,
			Observed: tiertest.Responding(running(), permitted),
			Resource: composed.EventTarget(opened),
			Want: map[string]any{
				"ruleRef.name": "shop-event-rule-security-group-opened", "eventBusName": "default", "targetId": opened, "arn": functionARN, "region": "eu-west-1",
				"deadLetterConfig.arn": queues, "retryPolicy.maximumEventAgeInSeconds": float64(3600), "retryPolicy.maximumRetryAttempts": float64(20), "roleArn": tiertest.Absent{},
			},
		},
		"TargetWaits": {
			Reason:   "EventBridge does not try again what it may not call (RSP-16).",
			Spec:     minimal,
			Observed: running(),
			Resource: composed.EventTarget(opened),
			Waits:    true,
		},
		"TargetWaitsForTheFunction": {
			Reason:   "There is no reference for a target (RSP-16).",
			Spec:     minimal,
			Observed: permitted,
			Resource: composed.EventTarget(opened),
			Waits:    true,
		},
		"Permission": {
			Reason:   "One service, one action, one rule of this account (RSP-01 to RSP-03).",
			Spec:     minimal,
			Observed: running(),
			Resource: composed.EventPermission(opened),
			Want: map[string]any{
				"principal": "events.amazonaws.com", "action": "lambda:InvokeFunction", "sourceArn": ruleARN + "security-group-opened", "sourceAccount": tiertest.Absent{},
				"functionNameRef.name": "shop-responses-function", "statementId": opened, ".metadata.annotations[crossplane.io/external-name]": opened,
			},
		},
		"PermissionWaits": {Reason: "A function that is not there has no policy.", Spec: minimal, Resource: composed.EventPermission(opened), Waits: true},
		"Queue": {
			Reason:   "The queue is encrypted with the stack's key, has tags, and keeps events for two weeks (RSP-20, RSP-22).",
			Spec:     minimal,
			Input:    tiertest.NoInput(),
			Resource: composed.ResponsesQueue,
			Want: map[string]any{
				"name": tiertest.Prefix + "-responses-dead-letters", "kmsMasterKeyId": "alias/" + tiertest.Prefix + "-alarms-key", "messageRetentionSeconds": float64(1209600), "sqsManagedSseEnabled": tiertest.Absent{},
				"redriveAllowPolicy": `{"redrivePermission":"denyAll"}`, "tags.Name": tiertest.Prefix + "-responses-dead-letter-queue", "region": "eu-west-1",
			},
		},
		"EdgeQueue": {
			Reason:   "A rule delivers to queues of its own region only (RSP-20).",
			Spec:     minimal,
			Resource: composed.ResponsesEdgeQueue,
			Want:     map[string]any{"region": "us-east-1", "kmsMasterKeyId": "alias/" + tiertest.Prefix + "-edge-key", "name": tiertest.Prefix + "-responses-dead-letters"},
		},
		"NoEdgeQueueInVirginia": {Reason: "A stack in us-east-1 has one queue.", Spec: `{"region":"us-east-1"}`, Resource: composed.ResponsesEdgeQueue, Missing: true},
		"NoEdgeQueueInChina":    {Reason: "Where there is no edge, there is no queue of it.", Spec: `{"region":"cn-northwest-1"}`, Resource: composed.ResponsesEdgeQueue, Missing: true},
		"QueuePolicyWaits":      {Reason: "Who may send is of the account (RSP-21).", Spec: minimal, Input: tiertest.NoInput(), Resource: composed.QueuePolicy(composed.ResponsesQueue), Waits: true},
		"AnnouncesFindings": {
			Reason:   "Findings go to the topic as they are (RSP-18).",
			Spec:     minimal,
			Resource: composed.EventTarget("guardduty-finding"),
			Want:     map[string]any{"arn": "arn:aws:sns:eu-west-1:123456789012:" + tiertest.Prefix + "-alarms", "deadLetterConfig.arn": queues},
		},
		"AnnouncementsWait": {Reason: "The topic is of the account.", Spec: minimal, Input: tiertest.NoInput(), Resource: composed.EventTarget("guardduty-finding"), Waits: true},
		"AnnouncesSignIns": {
			Reason:   "Sign-ins are events of us-east-1, wherever the stack is (RSP-17).",
			Spec:     minimal,
			Resource: composed.EventTarget("unsafe-sign-in"),
			Want: map[string]any{
				"region": "us-east-1", "arn": "arn:aws:sns:us-east-1:123456789012:" + tiertest.Prefix + "-alarms", "deadLetterConfig.arn": "arn:aws:sqs:us-east-1:123456789012:" + tiertest.Prefix + "-responses-dead-letters",
			},
		},
		"SignInRule":      {Reason: "So is their rule (RSP-17).", Spec: minimal, Resource: composed.EventRule("unsafe-sign-in"), Want: map[string]any{"region": "us-east-1"}},
		"SignInsOfChina":  {Reason: "China's are in Beijing.", Spec: `{"region":"cn-north-1"}`, Resource: composed.EventRule("unsafe-sign-in"), Want: map[string]any{"region": "cn-north-1"}},
		"SignInsInChina":  {Reason: "Elsewhere in China the stack has no topic where they happen.", Spec: `{"region":"cn-northwest-1"}`, Resource: composed.EventRule("unsafe-sign-in"), Missing: true},
		"SignInsGovCloud": {Reason: "GovCloud's are in the west.", Spec: `{"region":"us-gov-west-1"}`, Resource: composed.EventRule("role-changed"), Want: map[string]any{"region": "us-gov-west-1"}},
		"FindingsInChina": {Reason: "Findings are regional.", Spec: `{"region":"cn-northwest-1"}`, Resource: composed.EventRule("securityhub-finding"), Want: map[string]any{"region": "cn-northwest-1"}},
		"NoTrail": {
			Reason:   "A trail of the platform's is not the stack's to guard.",
			Spec:     minimal,
			Input:    existingTrail(),
			Resource: composed.EventRule(responses.TrailStopped),
			Missing:  true,
		},
	})
}

func TestQueuePolicies(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform())
	policies := func(region string, rules ...string) map[string]map[string]any {
		arn := "arn:aws:sqs:" + region + ":123456789012:" + tiertest.Prefix + "-responses-dead-letters"
		sources := []any{}
		for _, r := range rules {
			sources = append(sources, "arn:aws:events:"+region+":123456789012:rule/"+tiertest.Prefix+"-"+r)
		}
		return map[string]map[string]any{
			"KeepUndeliveredEvents": {
				"Sid": "KeepUndeliveredEvents", "Effect": "Allow", "Principal": map[string]any{"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn,
				"Condition": map[string]any{"ArnEquals": map[string]any{"aws:SourceArn": sources}},
			},
			"DenyPlainHTTP": {
				"Sid": "DenyPlainHTTP", "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": arn,
				"Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
			},
		}
	}
	cases := map[string]struct {
		reason string
		queue  string
		want   map[string]map[string]any
	}{
		"Home": {
			reason: "EventBridge sends for the stack's own rules only, over TLS; the function sends as its role (RSP-21).",
			queue:  composed.ResponsesQueue,
			want:   policies("eu-west-1", "security-group-opened", "public-access-unblocked", "database-exposed", "bucket-policy-changed", "trail-stopped", "guardduty-finding", "securityhub-finding", "unsafe-regional-sign-in"),
		},
		"Edge": {
			reason: "So it does at the edge (RSP-21).",
			queue:  composed.ResponsesEdgeQueue,
			want:   policies("us-east-1", "role-changed", "unsafe-sign-in"),
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Statements(t, s.Resources[composed.QueuePolicy(tc.queue)], "policy")); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestEdgeKeyOfEvents(t *testing.T) {
	cases := map[string]struct {
		reason, spec string
		want         []string
	}{
		"Edge":     {reason: "EventBridge announces at the edge, and keeps what it cannot deliver (SEC-16).", spec: `{"region":"eu-west-1"}`, want: []string{"AccountByIAM", "AnnounceAlarms", "AnnounceEvents", "EncryptLogs", "KeepUndeliveredEvents"}},
		"Virginia": {reason: "In us-east-1 the stack's other key serves.", spec: `{"region":"us-east-1"}`, want: []string{"AccountByIAM", "AnnounceAlarms", "EncryptLogs"}},
		"Off":      {reason: "Without responses nothing is announced.", spec: `{"region":"eu-west-1","guardrails":{"responses":{"enabled":false}}}`, want: []string{"AccountByIAM", "AnnounceAlarms", "EncryptLogs"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var got []string
			for sid := range tiertest.Statements(t, tiertest.Composed(t, tc.spec, nil, tiertest.Switchable()).Resources[composed.EdgeKey], "policy") {
				got = append(got, sid)
			}
			slices.Sort(got)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\npolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestAnnouncedPatterns(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform())
	own := []any{map[string]any{"prefix": tiertest.Prefix + "-"}}
	cases := map[string]struct {
		reason string
		want   map[string]any
	}{
		"guardduty-finding": {
			reason: "Severe findings about what carries the stack's name (RSP-18).",
			want: map[string]any{
				"source": []any{"aws.guardduty"}, "detail-type": []any{"GuardDuty Finding"},
				"detail": map[string]any{
					"severity": []any{map[string]any{"numeric": []any{">=", float64(7)}}},
					"$or": []any{
						map[string]any{"resource": map[string]any{"accessKeyDetails": map[string]any{"userName": own}}},
						map[string]any{"resource": map[string]any{"lambdaDetails": map[string]any{"functionName": own}}},
						map[string]any{"resource": map[string]any{"rdsDbInstanceDetails": map[string]any{"dbInstanceIdentifier": own}}},
						map[string]any{"resource": map[string]any{"s3BucketDetails": map[string]any{"name": own}}},
					},
				},
			},
		},
		"securityhub-finding": {
			reason: "The same of Security Hub, as long as nobody has taken note (RSP-18).",
			want: map[string]any{
				"source": []any{"aws.securityhub"}, "detail-type": []any{"Security Hub Findings - Imported"},
				"detail": map[string]any{"findings": map[string]any{
					"RecordState": []any{"ACTIVE"}, "Severity": map[string]any{"Label": []any{"CRITICAL", "HIGH"}}, "Workflow": map[string]any{"Status": []any{"NEW"}},
					"Resources": map[string]any{"Id": []any{map[string]any{"wildcard": "*" + tiertest.Prefix + "-*"}}},
				}},
			},
		},
		"role-changed": {
			reason: "Successful changes of what the stack's own roles may do, and who may take them (RSP-17).",
			want: map[string]any{
				"source": []any{"aws.iam"}, "detail-type": []any{"AWS API Call via CloudTrail"},
				"detail": map[string]any{
					"eventSource": []any{"iam.amazonaws.com"}, "errorCode": []any{map[string]any{"exists": false}}, "requestParameters": map[string]any{"roleName": own},
					"eventName": []any{"AttachRolePolicy", "DeleteRolePermissionsBoundary", "DeleteRolePolicy", "DetachRolePolicy", "PutRolePermissionsBoundary", "PutRolePolicy", "UpdateAssumeRolePolicy"},
				},
			},
		},
		"unsafe-sign-in": {
			reason: "Root, or a user without a second factor; single sign-on has its own (RSP-17).",
			want: map[string]any{
				"source": []any{"aws.signin"}, "detail-type": []any{"AWS Console Sign In via CloudTrail"},
				"detail": map[string]any{
					"eventName": []any{"ConsoleLogin"}, "responseElements": map[string]any{"ConsoleLogin": []any{"Success"}},
					"$or": []any{
						map[string]any{"userIdentity": map[string]any{"type": []any{"Root"}}},
						map[string]any{"userIdentity": map[string]any{"type": []any{"IAMUser"}}, "additionalEventData": map[string]any{"MFAUsed": []any{"No"}}},
					},
				},
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			text, _ := tiertest.Field(t, s.Resources[composed.EventRule(name)], "eventPattern").(string)
			got := map[string]any{}
			if err := json.Unmarshal([]byte(text), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\neventPattern: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
