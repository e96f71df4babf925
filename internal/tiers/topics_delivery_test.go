package tiers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

// delivering is a spec in a region with delivery logs.
func delivering(region string) string {
	return `{"region":"` + region + `","guardrails":{"audit":{"notifications":true},"alarms":{"deliveryLogs":true}}}`
}

func TestDeliveryLogs(t *testing.T) {
	const external = ".metadata.annotations[crossplane.io/external-name]"
	logged := map[string]any{
		"httpSuccessFeedbackRoleArnRef.name": "shop-delivery-role", "httpFailureFeedbackRoleArnRef.name": "shop-delivery-role", "httpSuccessFeedbackSampleRate": float64(100),
		"lambdaSuccessFeedbackRoleArnRef.name": "shop-delivery-role", "lambdaFailureFeedbackRoleArnRef.name": "shop-delivery-role", "lambdaSuccessFeedbackSampleRate": float64(100),
		"sqsSuccessFeedbackRoleArnRef.name": "shop-delivery-role", "sqsFailureFeedbackRoleArnRef.name": "shop-delivery-role", "sqsSuccessFeedbackSampleRate": float64(100),
	}
	off := map[string]any{"httpFailureFeedbackRoleArnRef": absent{}, "httpFailureFeedbackRoleArn": absent{}}
	was := map[string]string{role.AlarmsTopic: `{"spec":{"forProvider":{"httpFailureFeedbackRoleArn":"arn:role"}}}`}
	runTierCases(t, map[string]tierCase{
		"NotLogged":     {reason: "AWS has retired the control, so it costs nothing without a word.", spec: `{"region":"eu-west-1"}`, role: role.AlarmsTopic, want: off},
		"NoRole":        {reason: "Nobody needs it then.", spec: `{"region":"eu-west-1"}`, role: role.DeliveryRole, missing: true},
		"NoGroup":       {reason: "Nor the groups.", spec: `{"region":"eu-west-1"}`, role: role.DeliveryLogGroup(role.AlarmsTopic), missing: true},
		"Alarms":        {reason: "Every topic logs what happens to its messages (OBS-05).", spec: delivering("eu-west-1"), role: role.AlarmsTopic, want: logged},
		"EdgeAlarms":    {reason: "So does that of the edge.", spec: delivering("eu-west-1"), role: role.AlarmsEdgeTopic, want: logged},
		"AuditTopic":    {reason: "And that of the trail.", spec: delivering("eu-west-1"), role: role.AuditTopic, want: logged},
		"DatabaseTopic": {reason: "And that of the database.", spec: delivering("eu-west-1"), role: role.DatabaseEventsTopic, want: logged},
		"SwitchedOff": {
			reason: "The provider keeps what it knows, so that off has to be said.", spec: `{"region":"eu-west-1"}`, observed: was, role: role.AlarmsTopic,
			want: map[string]any{
				"httpSuccessFeedbackRoleArn": "", "httpFailureFeedbackRoleArn": "", "lambdaSuccessFeedbackRoleArn": "", "lambdaFailureFeedbackRoleArn": "",
				"sqsSuccessFeedbackRoleArn": "", "sqsFailureFeedbackRoleArn": "",
			},
		},
		"Group": {
			reason: "It is there before SNS makes it without retention and key.",
			spec:   delivering("eu-west-1"),
			role:   role.DeliveryLogGroup(role.AlarmsTopic),
			want:   map[string]any{external: "sns/eu-west-1/123456789012/" + prefix + "-alarms", "kmsKeyIdRef.name": "shop-logs-key", "retentionInDays": float64(365), "region": "eu-west-1"},
		},
		"FailureGroup": {
			reason: "What failed is found at a glance.",
			spec:   delivering("eu-west-1"),
			role:   role.FailureLogGroup(role.AlarmsTopic),
			want:   map[string]any{external: "sns/eu-west-1/123456789012/" + prefix + "-alarms/Failure", "kmsKeyIdRef.name": "shop-logs-key"},
		},
		"EdgeGroup": {
			reason: "A topic logs in its own region.",
			spec:   delivering("eu-west-1"),
			role:   role.DeliveryLogGroup(role.AlarmsEdgeTopic),
			want:   map[string]any{external: "sns/us-east-1/123456789012/" + prefix + "-alarms", "kmsKeyIdRef.name": "shop-edge-key", "region": "us-east-1"},
		},
		"GroupWaitsForTheAccount": {reason: "Its name has the account in it.", spec: delivering("eu-west-1"), input: noInput(), role: role.DeliveryLogGroup(role.AlarmsTopic), waits: true},
	})
}

func TestDeliveryRole(t *testing.T) {
	home, edge := "arn:aws:logs:eu-west-1:123456789012:log-group:sns/eu-west-1/123456789012/"+prefix+"-*", "arn:aws:logs:us-east-1:123456789012:log-group:sns/us-east-1/123456789012/"+prefix+"-*"
	china := "arn:aws-cn:logs:cn-north-1:123456789012:log-group:sns/cn-north-1/123456789012/" + prefix + "-*"
	cases := map[string]struct {
		reason string
		region string
		want   any
	}{
		"TwoRegions": {reason: "It writes in the stack's region and in the edge's.", region: "eu-west-1", want: []any{home, edge}},
		"OneRegion":  {reason: "Here they are one.", region: "us-east-1", want: edge},
		"NoEdge":     {reason: "Here is no edge.", region: "cn-north-1", want: china},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := composed(t, delivering(tc.region), nil, platform())
			got := statements(t, s.resources[role.DeliveryRoleLogs], "policy")["WriteDeliveryLogs"]
			want := map[string]any{"Sid": "WriteDeliveryLogs", "Effect": "Allow", "Action": []any{"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"}, "Resource": tc.want}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("\n%s\nWriteDeliveryLogs: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
	s := composed(t, delivering("eu-west-1"), nil, platform())
	for key, want := range map[string]string{role.LogsKey: home, role.EdgeKey: edge} {
		condition, _ := statements(t, s.resources[key], "policy")["EncryptLogs"]["Condition"].(map[string]any)
		groups, _ := condition["ArnLike"].(map[string]any)
		list, _ := groups["kms:EncryptionContext:aws:logs:arn"].([]any)
		if len(list) == 0 || list[len(list)-1] != want {
			t.Errorf("\nCloudWatch Logs may encrypt the groups with the key of their region.\n%s: want %s among %v", key, want, list)
		}
	}
}
