package responses_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern/patterntest"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestEvents(t *testing.T) {
	const minimal = `{"region":"eu-west-1"}`
	permitted := map[string]string{composed.EventPermission("responses"): tiertest.IsReady}
	functionARN, ruleARN := "arn:aws:lambda:eu-west-1:123456789012:function:"+tiertest.Prefix+"-responses", "arn:aws:events:eu-west-1:123456789012:rule/"+tiertest.Prefix+"-"
	queues := "arn:aws:sqs:eu-west-1:123456789012:" + tiertest.Prefix + "-responses-dead-letters"
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Rule": {
			Reason:   "CloudTrail's events come by the account's own bus, in the region where they happen (RSP-17, RSP-19).",
			Spec:     minimal,
			Input:    tiertest.NoInput(),
			Resource: composed.EventRule("responses"),
			Want: map[string]any{
				"region": "eu-west-1", "eventBusName": "default", "isEnabled": true, "state": tiertest.Absent{}, "description": "Selects security-group-opened, public-access-unblocked, database-exposed, bucket-policy-changed, trail-stopped",
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-responses", "tags.Name": tiertest.Prefix + "-event-rule-responses",
			},
		},
		"Target": {
			Reason:   "The rule calls the function, tries again, and keeps what it cannot deliver (RSP-16).",
			Spec:     minimal,
			Observed: tiertest.Responding(running(), permitted),
			Resource: composed.EventTarget("responses"),
			Want: map[string]any{
				"ruleRef.name": "shop-event-rule-responses", "eventBusName": "default", "targetId": "responses", "arn": functionARN, "region": "eu-west-1",
				"deadLetterConfig.arn": queues, "retryPolicy.maximumEventAgeInSeconds": float64(3600), "retryPolicy.maximumRetryAttempts": float64(20), "roleArn": tiertest.Absent{},
			},
		},
		"TargetWaits": {
			Reason:   "EventBridge does not try again what it may not call (RSP-16).",
			Spec:     minimal,
			Observed: running(),
			Resource: composed.EventTarget("responses"),
			Waits:    true,
		},
		"TargetWaitsForTheFunction": {
			Reason:   "There is no reference for a target (RSP-16).",
			Spec:     minimal,
			Observed: permitted,
			Resource: composed.EventTarget("responses"),
			Waits:    true,
		},
		"Permission": {
			Reason:   "One service, one action, one rule of this account (RSP-01 to RSP-03).",
			Spec:     minimal,
			Observed: running(),
			Resource: composed.EventPermission("responses"),
			Want: map[string]any{
				"principal": "events.amazonaws.com", "action": "lambda:InvokeFunction", "sourceArn": ruleARN + "responses", "sourceAccount": tiertest.Absent{},
				"functionNameRef.name": "shop-responses-function", "statementId": tiertest.Prefix + "-responses", ".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-responses",
			},
		},
		"PermissionWaits": {Reason: "A function that is not there has no policy.", Spec: minimal, Resource: composed.EventPermission("responses"), Waits: true},
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
			Resource: composed.EventTarget("reports"),
			Want:     map[string]any{"arn": "arn:aws:sns:eu-west-1:123456789012:" + tiertest.Prefix + "-alarms", "deadLetterConfig.arn": queues},
		},
		"AnnouncementsWait": {Reason: "The topic is of the account.", Spec: minimal, Input: tiertest.NoInput(), Resource: composed.EventTarget("reports"), Waits: true},
		"AnnouncesSignIns": {
			Reason:   "Sign-ins are events of us-east-1, wherever the stack is (RSP-17).",
			Spec:     minimal,
			Resource: composed.EventTarget("edge-reports"),
			Want: map[string]any{
				"region": "us-east-1", "arn": "arn:aws:sns:us-east-1:123456789012:" + tiertest.Prefix + "-alarms", "deadLetterConfig.arn": "arn:aws:sqs:us-east-1:123456789012:" + tiertest.Prefix + "-responses-dead-letters",
			},
		},
		"SignInRule":      {Reason: "So is their rule (RSP-17).", Spec: minimal, Resource: composed.EventRule("edge-reports"), Want: map[string]any{"region": "us-east-1", "description": "Selects role-changed, unsafe-sign-in"}},
		"SignInsOfChina":  {Reason: "China's are in Beijing.", Spec: `{"region":"cn-north-1"}`, Resource: composed.EventRule("reports"), Want: map[string]any{"region": "cn-north-1", "description": "Selects guardduty-finding, securityhub-finding, role-changed, unsafe-sign-in"}},
		"SignInsInChina":  {Reason: "Elsewhere in China the stack has no topic where they happen.", Spec: `{"region":"cn-northwest-1"}`, Resource: composed.EventRule("edge-reports"), Missing: true},
		"SignInsGovCloud": {Reason: "GovCloud's are in the west.", Spec: `{"region":"us-gov-west-1"}`, Resource: composed.EventRule("reports"), Want: map[string]any{"region": "us-gov-west-1", "description": "Selects guardduty-finding, securityhub-finding, role-changed, unsafe-sign-in"}},
		"FindingsInChina": {Reason: "Findings are regional.", Spec: `{"region":"cn-northwest-1"}`, Resource: composed.EventRule("reports"), Want: map[string]any{"region": "cn-northwest-1", "description": "Selects guardduty-finding, securityhub-finding, unsafe-regional-sign-in"}},
		"NoTrail": {
			Reason:   "A trail of the platform's is not the stack's to guard.",
			Spec:     minimal,
			Input:    existingTrail(),
			Resource: composed.EventRule("responses"),
			Want:     map[string]any{"description": "Selects security-group-opened, public-access-unblocked, database-exposed, bucket-policy-changed"},
		},
	})
}

func TestQueuePolicies(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform())
	policies := func(region string, rules ...string) map[string]map[string]any {
		arn := "arn:aws:sqs:" + region + ":123456789012:" + tiertest.Prefix + "-responses-dead-letters"
		var sources []any
		for _, r := range rules {
			sources = append(sources, "arn:aws:events:"+region+":123456789012:rule/"+tiertest.Prefix+"-"+r)
		}
		var source any = sources
		if len(sources) == 1 {
			source = sources[0]
		}
		return map[string]map[string]any{
			"KeepUndeliveredEvents": {
				"Sid": "KeepUndeliveredEvents", "Effect": "Allow", "Principal": map[string]any{"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn,
				"Condition": map[string]any{"ArnEquals": map[string]any{"aws:SourceArn": source}},
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
			want:   policies("eu-west-1", "responses", "reports"),
		},
		"Edge": {
			reason: "So it does at the edge (RSP-21).",
			queue:  composed.ResponsesEdgeQueue,
			want:   policies("us-east-1", "edge-reports"),
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
			source, _ := tc.want["source"].([]any)[0].(string)
			detailType, _ := tc.want["detail-type"].([]any)[0].(string)
			got := tiertest.EventPattern(t, s, source, detailType)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\neventPattern: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// sample is an event that a rule selects, with the rule's name and the changes
// that no rule selects.
type sample struct {
	reason, event, rule string
	others              map[string]string
}

// samples returns events of a stack with all optional parts.
func samples() map[string]sample {
	owned, cluster := tiertest.Prefix+"-assets", "arn:aws:ecs:eu-west-1:123456789012:cluster/"+tiertest.Prefix
	call := func(service, name, request string) string {
		return `{"source":"aws.` + service + `","detail-type":"AWS API Call via CloudTrail","detail":{"eventSource":"` + service + `.amazonaws.com","eventName":"` + name + `","requestParameters":` + request + `}}`
	}
	signIn := func(identity, mfa string) string {
		return `{"source":"aws.signin","detail-type":"AWS Console Sign In via CloudTrail","detail":{"eventName":"ConsoleLogin","responseElements":{"ConsoleLogin":"Success"},"userIdentity":{"type":"` + identity + `"},"additionalEventData":{"MFAUsed":"` + mfa + `"}}}`
	}
	return map[string]sample{
		"GuardDuty": {
			reason: "Severe findings about the stack's resources (RSP-18).", rule: "reports",
			event:  `{"source":"aws.guardduty","detail-type":"GuardDuty Finding","detail":{"severity":8,"resource":{"s3BucketDetails":[{"name":"` + owned + `"}]}}}`,
			others: map[string]string{`"severity":8`: `"severity":5`, owned: "other-assets"},
		},
		"SecurityHub": {
			reason: "New findings about the stack's resources (RSP-18).", rule: "reports",
			event:  `{"source":"aws.securityhub","detail-type":"Security Hub Findings - Imported","detail":{"findings":[{"RecordState":"ACTIVE","Severity":{"Label":"HIGH"},"Workflow":{"Status":"NEW"},"Resources":[{"Id":"arn:aws:s3:::` + owned + `"}]}]}}`,
			others: map[string]string{"HIGH": "LOW", "NEW": "NOTIFIED", owned: "other-assets"},
		},
		"Root":         {reason: "Root signs in with MFA, too (RSP-17).", rule: "reports", event: signIn("Root", "Yes"), others: map[string]string{"Success": "Failure"}},
		"User":         {reason: "A user signs in without MFA (RSP-17).", rule: "reports", event: signIn("IAMUser", "No"), others: map[string]string{`"No"`: `"Yes"`, "IAMUser": "AssumedRole"}},
		"Role":         {reason: "A role of the stack has other permissions (RSP-17).", rule: "edge-reports", event: call("iam", "PutRolePolicy", `{"roleName":"`+tiertest.Prefix+`-app"}`), others: map[string]string{tiertest.Prefix: "other", "PutRolePolicy": "TagRole"}},
		"Deployment":   {reason: "A deployment failed.", rule: "reports", event: `{"source":"aws.ecs","detail-type":"ECS Deployment State Change","resources":["arn:aws:ecs:eu-west-1:123456789012:service/` + tiertest.Prefix + `/web"],"detail":{"eventName":"SERVICE_DEPLOYMENT_FAILED"}}`, others: map[string]string{"FAILED": "COMPLETED", "service/" + tiertest.Prefix: "service/other"}},
		"NotStarted":   {reason: "A container did not start.", rule: "reports", event: `{"source":"aws.ecs","detail-type":"ECS Task State Change","detail":{"clusterArn":"` + cluster + `","lastStatus":"STOPPED","stopCode":"TaskFailedToStart"}}`, others: map[string]string{"STOPPED": "RUNNING", cluster: "other"}},
		"Ended":        {reason: "A container ended with an error.", rule: "reports", event: `{"source":"aws.ecs","detail-type":"ECS Task State Change","detail":{"clusterArn":"` + cluster + `","lastStatus":"STOPPED","stopCode":"EssentialContainerExited","containers":[{"exitCode":1}]}}`, others: map[string]string{`"exitCode":1`: `"exitCode":0`}},
		"Exposed":      {reason: "A container has a public address.", rule: "reports", event: call("ecs", "RunTask", `{"cluster":"`+tiertest.Prefix+`","networkConfiguration":{"awsvpcConfiguration":{"assignPublicIp":"ENABLED"}}}`), others: map[string]string{"ENABLED": "DISABLED"}},
		"Search":       {reason: "The search domain changed.", rule: "reports-2", event: call("es", "DeleteDomain", `{"domainName":"`+tiertest.Prefix+`"}`), others: map[string]string{tiertest.Prefix: "other"}},
		"Queue":        {reason: "A queue is empty.", rule: "reports-2", event: call("sqs", "PurgeQueue", `{"queueUrl":"https://sqs.eu-west-1.amazonaws.com/123456789012/`+tiertest.Prefix+`-orders"}`), others: map[string]string{"PurgeQueue": "SendMessage", tiertest.Prefix: "other"}},
		"Cache":        {reason: "The cache has no password.", rule: "reports-2", event: call("elasticache", "ModifyReplicationGroup", `{"replicationGroupId":"`+tiertest.Prefix+`-cache","authTokenUpdateStrategy":"DELETE"}`), others: map[string]string{"DELETE": "ROTATE"}},
		"UserGroup":    {reason: "The cache has other users.", rule: "reports-2", event: call("elasticache", "ModifyReplicationGroup", `{"replicationGroupId":"`+tiertest.Prefix+`-cache","userGroupIdsToAdd":["others"]}`), others: map[string]string{tiertest.Prefix: "other"}},
		"Group":        {reason: "The function checks the group's tags.", rule: "responses", event: call("ec2", "AuthorizeSecurityGroupIngress", `{"groupId":"sg-1"}`), others: map[string]string{"Authorize": "Revoke"}},
		"PublicAccess": {reason: "The function restores the block (RSP-17).", rule: "responses", event: call("s3", "DeleteBucketPublicAccessBlock", `{"bucketName":"`+tiertest.Prefix+`-audit"}`), others: map[string]string{tiertest.Prefix: "other"}},
		"Policy":       {reason: "The function restores the assets bucket's policy only (RSP-17).", rule: "responses", event: call("s3", "PutBucketPolicy", `{"bucketName":"`+owned+`"}`), others: map[string]string{owned: tiertest.Prefix + "-audit"}},
		"Database":     {reason: "The function makes the database private (RSP-17).", rule: "responses", event: call("rds", "ModifyDBInstance", `{"dBInstanceIdentifier":"`+tiertest.Prefix+`-db","publiclyAccessible":true}`), others: map[string]string{"true": "false"}},
		"Trail":        {reason: "The function starts the trail (RSP-17).", rule: "responses", event: call("cloudtrail", "StopLogging", `{"name":"`+tiertest.Prefix+`-trail"}`), others: map[string]string{tiertest.Prefix: "other", "StopLogging": "GetTrail"}},
	}
}

// TestSamples matches events with all rules of a stack. One rule selects each event,
// and none selects failed calls or events of other stacks.
func TestSamples(t *testing.T) {
	s := tiertest.Composed(t, `{"region":"eu-west-1","app":{"services":[{"image":"shop:1"}]},"search":{},"cache":{},"queues":[{"name":"orders"}]}`, nil, tiertest.Platform())
	for name, tc := range samples() {
		t.Run(name, func(t *testing.T) {
			home := tc.rule != "edge-reports"
			if diff := cmp.Diff([]string{tc.rule}, selecting(t, s, tc.event, home)); diff != "" {
				t.Errorf("\n%s\nrules: -want, +got:\n%s", tc.reason, diff)
			}
			others := map[string]string{`"detail-type":"AWS API Call via CloudTrail","detail":{`: `"detail-type":"AWS API Call via CloudTrail","detail":{"errorCode":"AccessDenied",`}
			maps.Copy(others, tc.others)
			for before, after := range others {
				changed := strings.ReplaceAll(tc.event, before, after)
				if got := selecting(t, s, changed, home); changed != tc.event && got != nil {
					t.Errorf("\n%s\n%v select %s", tc.reason, got, changed)
				}
			}
		})
	}
}

// selecting returns the rules that select an event in the stack's region or at the
// edge.
func selecting(t *testing.T, s tiertest.Stack, event string, home bool) []string {
	t.Helper()
	var out []string
	for _, resourceName := range tiertest.SortedKeys(s.Resources) {
		name, ok := strings.CutPrefix(resourceName, composed.EventRule(""))
		if !ok || home != (tiertest.Field(t, s.Resources[resourceName], "region") == "eu-west-1") {
			continue
		}
		text, _ := tiertest.Field(t, s.Resources[resourceName], "eventPattern").(string)
		if patterntest.Matches(t, text, []byte(event)) {
			out = append(out, name)
		}
	}
	return out
}

func TestReplacedRules(t *testing.T) {
	const minimal, shop = `{"region":"eu-west-1"}`, `{"region":"eu-west-1","app":{"services":[{"image":"shop:1"}]},"search":{},"cache":{},"queues":[{"name":"orders"}]}`
	old := map[string]string{
		composed.EventRule("unsafe-sign-in"):         `{"metadata":{"name":"old-rule"},"spec":{"forProvider":{"region":"us-east-1"}}}`,
		composed.EventTarget("unsafe-sign-in"):       `{"metadata":{"name":"old-target"}}`,
		composed.EventPermission("database-exposed"): `{"metadata":{"name":"old-permission"}}`,
	}
	delivering := map[string]string{composed.EventTarget("responses"): tiertest.IsReady, composed.EventTarget("reports"): tiertest.IsReady, composed.EventTarget("edge-reports"): tiertest.IsReady}
	earlier := map[string]string{composed.EventRule("reports"): `{"spec":{"forProvider":{"eventPattern":"{}"}}}`}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"RuleStays":       {Reason: "Until the new rules deliver, the old ones do.", Spec: minimal, Observed: old, Resource: composed.EventRule("unsafe-sign-in"), Want: map[string]any{".metadata.name": "old-rule", "region": "us-east-1"}},
		"TargetStays":     {Reason: "A rule without a target delivers nothing.", Spec: minimal, Observed: tiertest.Responding(old, tiertest.Without(delivering, composed.EventTarget("edge-reports"))), Resource: composed.EventTarget("unsafe-sign-in"), Want: map[string]any{".metadata.name": "old-target"}},
		"PermissionStays": {Reason: "Without a permission, the function is not called.", Spec: minimal, Observed: old, Resource: composed.EventPermission("database-exposed"), Want: map[string]any{".metadata.name": "old-permission"}},
		"RuleGoes":        {Reason: "Afterwards each event would arrive twice.", Spec: minimal, Observed: tiertest.Responding(old, delivering), Resource: composed.EventRule("unsafe-sign-in"), Missing: true},
		"TargetGoes":      {Reason: "EventBridge deletes no rule with a target.", Spec: minimal, Observed: tiertest.Responding(old, delivering), Resource: composed.EventTarget("unsafe-sign-in"), Missing: true},
		"PermissionGoes":  {Reason: "The rule is gone.", Spec: minimal, Observed: tiertest.Responding(old, delivering), Resource: composed.EventPermission("database-exposed"), Missing: true},
		"EventsMoveLater": {Reason: "The rule keeps its events until the next rule delivers.", Spec: shop, Observed: earlier, Resource: composed.EventRule("reports"), Waits: true},
		"EventsMoved": {
			Reason: "Then the next rule selects them.", Spec: shop, Observed: tiertest.Responding(earlier, map[string]string{composed.EventTarget("reports-2"): tiertest.IsReady}), Resource: composed.EventRule("reports"),
			Want: map[string]any{"description": "Selects guardduty-finding, securityhub-finding, unsafe-regional-sign-in, deployment-failed, container-failed, container-exposed"},
		},
	})
}
