package responses_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

// Events of services are published, but only those of the stack's own cluster.
func TestAppEvents(t *testing.T) {
	const web = `{"region":"eu-west-1","app":{"services":[{"image":"shop:1"}]}}`
	cluster := "arn:aws:ecs:eu-west-1:123456789012:cluster/" + tiertest.Prefix
	cases := map[string]struct {
		reason string
		want   map[string]any
	}{
		"deployment-failed": {
			reason: "ECS went back to the earlier task definition, and somebody has to know.",
			want: map[string]any{
				"source": []any{"aws.ecs"}, "detail-type": []any{"ECS Deployment State Change"}, "detail": map[string]any{"eventName": []any{"SERVICE_DEPLOYMENT_FAILED"}},
				"resources": []any{map[string]any{"wildcard": "arn:aws:ecs:eu-west-1:123456789012:service/" + tiertest.Prefix + "/*"}},
			},
		},
		"container-failed": {
			reason: "A container ended with an error; one that was told to end did not.",
			want: map[string]any{
				"source": []any{"aws.ecs"}, "detail-type": []any{"ECS Task State Change"},
				"detail": map[string]any{
					"clusterArn": []any{cluster}, "lastStatus": []any{"STOPPED"},
					"$or": []any{
						map[string]any{"stopCode": []any{"TaskFailedToStart"}},
						map[string]any{"stopCode": []any{"EssentialContainerExited"}, "containers": map[string]any{"exitCode": []any{map[string]any{"anything-but": []any{float64(0)}}}}},
					},
				},
			},
		},
		"container-exposed": {
			reason: "Nothing of the application has a public address.",
			want: map[string]any{
				"source": []any{"aws.ecs"}, "detail-type": []any{"AWS API Call via CloudTrail"},
				"detail": map[string]any{
					"errorCode": []any{map[string]any{"exists": false}}, "eventName": []any{"CreateService", "RunTask", "UpdateService"}, "eventSource": []any{"ecs.amazonaws.com"},
					"requestParameters": map[string]any{
						"cluster": []any{tiertest.Prefix, cluster}, "networkConfiguration": map[string]any{"awsvpcConfiguration": map[string]any{"assignPublicIp": []any{"ENABLED"}}},
					},
				},
			},
		},
	}
	stack := tiertest.Composed(t, web, nil, tiertest.Platform())
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			detailType, _ := tc.want["detail-type"].([]any)[0].(string)
			if diff := cmp.Diff(tc.want, tiertest.EventPattern(t, stack, "aws.ecs", detailType)); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
	if got := tiertest.EventPattern(t, tiertest.Composed(t, `{"region":"eu-west-1"}`, nil, tiertest.Platform()), "aws.ecs", "ECS Task State Change"); got != nil {
		t.Error("who runs no services has nothing to be told of them")
	}
}
