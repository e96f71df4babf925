package tiers

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

func TestEvents(t *testing.T) {
	const minimal = `{"region":"eu-west-1"}`
	opened := responses.SecurityGroupOpened
	permitted := map[string]string{role.EventPermission(opened): isReady}
	functionARN, ruleARN := "arn:aws:lambda:eu-west-1:123456789012:function:"+prefix+"-responses", "arn:aws:events:eu-west-1:123456789012:rule/"+prefix+"-"
	queues := "arn:aws:sqs:eu-west-1:123456789012:" + prefix + "-responses-dead-letters"
	runTierCases(t, map[string]tierCase{
		"Rule": {
			reason: "CloudTrail's events come by the account's own bus, in the region where they happen (RSP-17, RSP-19).",
			spec:   minimal,
			input:  noInput(),
			role:   role.EventRule(opened),
			want: map[string]any{
				"region": "eu-west-1", "eventBusName": "default", "isEnabled": true, "state": absent{}, "description": "Revokes rules that open a security group to the world",
				".metadata.annotations[crossplane.io/external-name]": prefix + "-security-group-opened", "tags.Name": prefix + "-event-rule-security-group-opened",
			},
		},
		"Target": {
			reason:   "The rule calls the function, tries again, and keeps what it cannot deliver (RSP-16).",
			spec:     minimal,
			observed: responding(running(), permitted),
			role:     role.EventTarget(opened),
			want: map[string]any{
				"ruleRef.name": "shop-event-rule-security-group-opened", "eventBusName": "default", "targetId": opened, "arn": functionARN, "region": "eu-west-1",
				"deadLetterConfig.arn": queues, "retryPolicy.maximumEventAgeInSeconds": float64(3600), "retryPolicy.maximumRetryAttempts": float64(20), "roleArn": absent{},
			},
		},
		"TargetWaits": {
			reason:   "EventBridge does not try again what it may not call (RSP-16).",
			spec:     minimal,
			observed: running(),
			role:     role.EventTarget(opened),
			waits:    true,
		},
		"TargetWaitsForTheFunction": {
			reason:   "There is no reference for a target (RSP-16).",
			spec:     minimal,
			observed: permitted,
			role:     role.EventTarget(opened),
			waits:    true,
		},
		"Permission": {
			reason:   "One service, one action, one rule of this account (RSP-01 to RSP-03).",
			spec:     minimal,
			observed: running(),
			role:     role.EventPermission(opened),
			want: map[string]any{
				"principal": "events.amazonaws.com", "action": "lambda:InvokeFunction", "sourceArn": ruleARN + "security-group-opened", "sourceAccount": absent{},
				"functionNameRef.name": "shop-responses-function", "statementId": opened, ".metadata.annotations[crossplane.io/external-name]": opened,
			},
		},
		"PermissionWaits": {reason: "A function that is not there has no policy.", spec: minimal, role: role.EventPermission(opened), waits: true},
		"Queue": {
			reason: "The queue is encrypted with the stack's key, has tags, and keeps events for two weeks (RSP-20, RSP-22).",
			spec:   minimal,
			input:  noInput(),
			role:   role.ResponsesQueue,
			want: map[string]any{
				"name": prefix + "-responses-dead-letters", "kmsMasterKeyId": "alias/" + prefix + "-alarms-key", "messageRetentionSeconds": float64(1209600), "sqsManagedSseEnabled": absent{},
				"redriveAllowPolicy": `{"redrivePermission":"denyAll"}`, "tags.Name": prefix + "-responses-dead-letter-queue", "region": "eu-west-1",
			},
		},
		"EdgeQueue": {
			reason: "A rule delivers to queues of its own region only (RSP-20).",
			spec:   minimal,
			role:   role.ResponsesEdgeQueue,
			want:   map[string]any{"region": "us-east-1", "kmsMasterKeyId": "alias/" + prefix + "-edge-key", "name": prefix + "-responses-dead-letters"},
		},
		"NoEdgeQueueInVirginia": {reason: "A stack in us-east-1 has one queue.", spec: `{"region":"us-east-1"}`, role: role.ResponsesEdgeQueue, missing: true},
		"NoEdgeQueueInChina":    {reason: "Where there is no edge, there is no queue of it.", spec: `{"region":"cn-northwest-1"}`, role: role.ResponsesEdgeQueue, missing: true},
		"QueuePolicyWaits":      {reason: "Who may send is of the account (RSP-21).", spec: minimal, input: noInput(), role: role.QueuePolicy(role.ResponsesQueue), waits: true},
		"AnnouncesFindings": {
			reason: "Findings go to the topic as they are (RSP-18).",
			spec:   minimal,
			role:   role.EventTarget("guardduty-finding"),
			want:   map[string]any{"arn": "arn:aws:sns:eu-west-1:123456789012:" + prefix + "-alarms", "deadLetterConfig.arn": queues},
		},
		"AnnouncementsWait": {reason: "The topic is of the account.", spec: minimal, input: noInput(), role: role.EventTarget("guardduty-finding"), waits: true},
		"AnnouncesSignIns": {
			reason: "Sign-ins are events of us-east-1, wherever the stack is (RSP-17).",
			spec:   minimal,
			role:   role.EventTarget("unsafe-sign-in"),
			want: map[string]any{
				"region": "us-east-1", "arn": "arn:aws:sns:us-east-1:123456789012:" + prefix + "-alarms", "deadLetterConfig.arn": "arn:aws:sqs:us-east-1:123456789012:" + prefix + "-responses-dead-letters",
			},
		},
		"SignInRule":      {reason: "So is their rule (RSP-17).", spec: minimal, role: role.EventRule("unsafe-sign-in"), want: map[string]any{"region": "us-east-1"}},
		"SignInsOfChina":  {reason: "China's are in Beijing.", spec: `{"region":"cn-north-1"}`, role: role.EventRule("unsafe-sign-in"), want: map[string]any{"region": "cn-north-1"}},
		"SignInsInChina":  {reason: "Elsewhere in China the stack has no topic where they happen.", spec: `{"region":"cn-northwest-1"}`, role: role.EventRule("unsafe-sign-in"), missing: true},
		"SignInsGovCloud": {reason: "GovCloud's are in the west.", spec: `{"region":"us-gov-west-1"}`, role: role.EventRule("role-changed"), want: map[string]any{"region": "us-gov-west-1"}},
		"FindingsInChina": {reason: "Findings are regional.", spec: `{"region":"cn-northwest-1"}`, role: role.EventRule("securityhub-finding"), want: map[string]any{"region": "cn-northwest-1"}},
		"NoTrail": {
			reason:  "A trail of the platform's is not the stack's to guard.",
			spec:    minimal,
			input:   existingTrail(),
			role:    role.EventRule(responses.TrailStopped),
			missing: true,
		},
	})
}

func TestQueuePolicies(t *testing.T) {
	s := composed(t, `{"region":"eu-west-1"}`, nil, platform())
	policies := func(region string, rules ...string) map[string]map[string]any {
		arn := "arn:aws:sqs:" + region + ":123456789012:" + prefix + "-responses-dead-letters"
		sources := []any{}
		for _, r := range rules {
			sources = append(sources, "arn:aws:events:"+region+":123456789012:rule/"+prefix+"-"+r)
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
			queue:  role.ResponsesQueue,
			want:   policies("eu-west-1", "security-group-opened", "public-access-unblocked", "database-exposed", "bucket-policy-changed", "trail-stopped", "guardduty-finding", "securityhub-finding", "unsafe-regional-sign-in"),
		},
		"Edge": {
			reason: "So it does at the edge (RSP-21).",
			queue:  role.ResponsesEdgeQueue,
			want:   policies("us-east-1", "role-changed", "unsafe-sign-in"),
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, statements(t, s.resources[role.QueuePolicy(tc.queue)], "policy")); diff != "" {
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
			for sid := range statements(t, composed(t, tc.spec, nil, switchable()).resources[role.EdgeKey], "policy") {
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
	s := composed(t, `{"region":"eu-west-1"}`, nil, platform())
	own := []any{map[string]any{"prefix": prefix + "-"}}
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
					"Resources": map[string]any{"Id": []any{map[string]any{"wildcard": "*" + prefix + "-*"}}},
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
			text, _ := field(t, s.resources[role.EventRule(name)], "eventPattern").(string)
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
