package kit_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

func TestDeliveryLogs(t *testing.T) {
	const external = ".metadata.annotations[crossplane.io/external-name]"
	logged := map[string]any{
		"httpSuccessFeedbackRoleArnRef.name": "shop-delivery-role", "httpFailureFeedbackRoleArnRef.name": "shop-delivery-role", "httpSuccessFeedbackSampleRate": float64(100),
		"lambdaSuccessFeedbackRoleArnRef.name": "shop-delivery-role", "lambdaFailureFeedbackRoleArnRef.name": "shop-delivery-role", "lambdaSuccessFeedbackSampleRate": float64(100),
		"sqsSuccessFeedbackRoleArnRef.name": "shop-delivery-role", "sqsFailureFeedbackRoleArnRef.name": "shop-delivery-role", "sqsSuccessFeedbackSampleRate": float64(100),
	}
	off := map[string]any{"httpFailureFeedbackRoleArnRef": tiertest.Absent{}, "httpFailureFeedbackRoleArn": tiertest.Absent{}}
	was := map[string]string{composed.AlarmsTopic: `{"spec":{"forProvider":{"httpFailureFeedbackRoleArn":"arn:role"}}}`}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotLogged":     {Reason: "AWS has retired the control, so it costs nothing without a word.", Spec: `{"region":"eu-west-1"}`, Resource: composed.AlarmsTopic, Want: off},
		"NoRole":        {Reason: "Nobody needs it then.", Spec: `{"region":"eu-west-1"}`, Resource: composed.DeliveryRole, Missing: true},
		"NoGroup":       {Reason: "Nor the groups.", Spec: `{"region":"eu-west-1"}`, Resource: composed.DeliveryLogGroup(composed.AlarmsTopic), Missing: true},
		"Alarms":        {Reason: "Every topic logs what happens to its messages (OBS-05).", Spec: tiertest.Delivering("eu-west-1"), Resource: composed.AlarmsTopic, Want: logged},
		"EdgeAlarms":    {Reason: "So does that of the edge.", Spec: tiertest.Delivering("eu-west-1"), Resource: composed.AlarmsEdgeTopic, Want: logged},
		"AuditTopic":    {Reason: "And that of the trail.", Spec: tiertest.Delivering("eu-west-1"), Resource: composed.AuditTopic, Want: logged},
		"DatabaseTopic": {Reason: "And that of the database.", Spec: tiertest.Delivering("eu-west-1"), Resource: composed.DatabaseEventsTopic, Want: logged},
		"SwitchedOff": {
			Reason: "The provider keeps what it knows, so that off has to be said.", Spec: `{"region":"eu-west-1"}`, Observed: was, Resource: composed.AlarmsTopic,
			Want: map[string]any{
				"httpSuccessFeedbackRoleArn": "", "httpFailureFeedbackRoleArn": "", "lambdaSuccessFeedbackRoleArn": "", "lambdaFailureFeedbackRoleArn": "",
				"sqsSuccessFeedbackRoleArn": "", "sqsFailureFeedbackRoleArn": "",
			},
		},
		"Group": {
			Reason:   "It is there before SNS makes it without retention and key.",
			Spec:     tiertest.Delivering("eu-west-1"),
			Resource: composed.DeliveryLogGroup(composed.AlarmsTopic),
			Want:     map[string]any{external: "sns/eu-west-1/123456789012/" + tiertest.Prefix + "-alarms", "kmsKeyIdRef.name": "shop-logs-key", "retentionInDays": float64(365), "region": "eu-west-1"},
		},
		"FailureGroup": {
			Reason:   "What failed is found at a glance.",
			Spec:     tiertest.Delivering("eu-west-1"),
			Resource: composed.FailureLogGroup(composed.AlarmsTopic),
			Want:     map[string]any{external: "sns/eu-west-1/123456789012/" + tiertest.Prefix + "-alarms/Failure", "kmsKeyIdRef.name": "shop-logs-key"},
		},
		"EdgeGroup": {
			Reason:   "A topic logs in its own region.",
			Spec:     tiertest.Delivering("eu-west-1"),
			Resource: composed.DeliveryLogGroup(composed.AlarmsEdgeTopic),
			Want:     map[string]any{external: "sns/us-east-1/123456789012/" + tiertest.Prefix + "-alarms", "kmsKeyIdRef.name": "shop-edge-key", "region": "us-east-1"},
		},
		"GroupWaitsForTheAccount": {Reason: "Its name has the account in it.", Spec: tiertest.Delivering("eu-west-1"), Input: tiertest.NoInput(), Resource: composed.DeliveryLogGroup(composed.AlarmsTopic), Waits: true},
	})
}

func TestDeliveryRole(t *testing.T) {
	home, edge := "arn:aws:logs:eu-west-1:123456789012:log-group:sns/eu-west-1/123456789012/"+tiertest.Prefix+"-*", "arn:aws:logs:us-east-1:123456789012:log-group:sns/us-east-1/123456789012/"+tiertest.Prefix+"-*"
	china := "arn:aws-cn:logs:cn-north-1:123456789012:log-group:sns/cn-north-1/123456789012/" + tiertest.Prefix + "-*"
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
			s := tiertest.Composed(t, tiertest.Delivering(tc.region), nil, tiertest.Platform())
			got := tiertest.Statements(t, s.Resources[composed.DeliveryRoleLogs], "policy")["WriteDeliveryLogs"]
			want := map[string]any{"Sid": "WriteDeliveryLogs", "Effect": "Allow", "Action": []any{"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"}, "Resource": tc.want}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("\n%s\nWriteDeliveryLogs: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
	s := tiertest.Composed(t, tiertest.Delivering("eu-west-1"), nil, tiertest.Platform())
	for key, want := range map[string]string{composed.LogsKey: home, composed.EdgeKey: edge} {
		condition, _ := tiertest.Statements(t, s.Resources[key], "policy")["EncryptLogs"]["Condition"].(map[string]any)
		groups, _ := condition["ArnLike"].(map[string]any)
		list, _ := groups["kms:EncryptionContext:aws:logs:arn"].([]any)
		if len(list) == 0 || list[len(list)-1] != want {
			t.Errorf("\nCloudWatch Logs may encrypt the groups with the key of their region.\n%s: want %s among %v", key, want, list)
		}
	}
}
