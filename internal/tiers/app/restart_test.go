package app_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	administratorARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1-AbCdEf"
	applicationARN   = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/app-GhIjKl"
	restartRoleARN   = "arn:aws:iam::123456789012:role/secure-ecommerce/shop-app-restart"
)

// restarting contains the resources that a restart needs.
var restarting = map[string]string{
	composed.Database:           `{"status":{"atProvider":{"masterUserSecret":[{"secretArn":"` + administratorARN + `"}]}}}`,
	composed.AppSecret:          `{"status":{"atProvider":{"arn":"` + applicationARN + `"}}}`,
	composed.AppRestartRole:     `{"status":{"atProvider":{"arn":"` + restartRoleARN + `"}}}`,
	composed.AppRestartRoleRun:  `{"status":{` + tiertest.Ready + `}}`,
	composed.AppRestartDocument: `{"status":{` + tiertest.Ready + `}}`,
}

func TestRestart(t *testing.T) {
	const (
		image     = `"image":"123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1"`
		one       = `{"region":"eu-west-1","app":{"services":[{` + image + `}]}}`
		scheduled = `{"region":"eu-west-1","app":{"services":[{"name":"report",` + image + `,"schedule":"rate(1 day)"}]}}`
		functions = `{"region":"eu-west-1","app":{"services":[{"runtime":"Lambda",` + image + `}]}}`
	)
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Target": {
			Reason: "EventBridge starts the stack's own document.", Spec: one, Observed: restarting, Resource: composed.AppRestartTarget(1),
			Want: map[string]any{
				"arn":             "arn:aws:ssm:eu-west-1:123456789012:automation-definition/" + tiertest.Prefix + "-app-restart:$DEFAULT",
				"roleArnRef.name": "shop-app-restart-role", "ruleRef.name": "shop-app-restart-rule",
			},
		},
		"RuleWaitsForTheSecret": {
			Reason: "RDS makes the secret's name up.", Spec: one, Observed: tiertest.Without(restarting, composed.Database), Resource: composed.AppRestartRule(1), Waits: true,
		},
		"DocumentWaitsForItsRole": {
			Reason: "The role's ARN is in its text.", Spec: one, Observed: tiertest.Without(restarting, composed.AppRestartRole), Resource: composed.AppRestartDocument, Waits: true,
		},
		"TargetWaitsForTheRight": {
			Reason: "EventBridge does not try again what it may not do.", Spec: one, Observed: tiertest.Without(restarting, composed.AppRestartRoleRun), Resource: composed.AppRestartTarget(1), Waits: true,
		},
		"ScheduledIsNotRestarted": {Reason: "It reads its secrets each time.", Spec: scheduled, Observed: restarting, Resource: composed.AppRestartRule(1), Missing: true},
		"FunctionIsNotRestarted":  {Reason: "No secret is in a function's variables.", Spec: functions, Observed: restarting, Resource: composed.AppRestartRule(1), Missing: true},
	})
}

// Each service that reads a secret at its start is deployed again, one after
// another.
func TestRestartDocument(t *testing.T) {
	const spec = `{"region":"eu-west-1","app":{"services":[
		{"name":"web","image":"nginx:1","paths":["/*"]},
		{"name":"order-mails","image":"nginx:1","runs":"Worker"},
		{"name":"report","image":"nginx:1","schedule":"rate(1 day)"}]}}`
	s := tiertest.Composed(t, spec, restarting, tiertest.Platform())
	content, _ := tiertest.Field(t, s.Resources[composed.AppRestartDocument], "content").(string)
	var got map[string]any
	if err := json.Unmarshal([]byte(content), &got); err != nil {
		t.Fatal(err)
	}
	step := func(name, service string) map[string]any {
		return map[string]any{
			"name": name, "action": "aws:executeAwsApi", "onFailure": "Continue",
			"inputs": map[string]any{"Service": "ecs", "Api": "UpdateService", "cluster": tiertest.Prefix, "service": service, "forceNewDeployment": true},
		}
	}
	want := map[string]any{
		"schemaVersion": "0.3", "assumeRole": restartRoleARN, "description": "Restarts the services of " + tiertest.Prefix + ", which read their secrets at start",
		"mainSteps": []any{step("Restart_order_mails", "order-mails"), step("Restart_web", "web")},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nScheduled services are not restarted.\ndocument: -want, +got:\n%s", diff)
	}
	may := tiertest.Statements(t, s.Resources[composed.AppRestartRoleRun], "policy")["RestartServices"]["Resource"]
	arn := "arn:aws:ecs:eu-west-1:123456789012:service/" + tiertest.Prefix + "/"
	if diff := cmp.Diff([]any{arn + "order-mails", arn + "web"}, may); diff != "" {
		t.Errorf("\nThe role restarts what the document does.\nresources: -want, +got:\n%s", diff)
	}
}

// A rotation counts once it has succeeded, and a new value from a user immediately.
// Values during a rotation have a staging label.
func TestRestartEvents(t *testing.T) {
	const spec = `{"region":"eu-west-1","app":{"services":[{"image":"nginx:1","secrets":{"STRIPE_KEY":"stripe"}}]}}`
	s := tiertest.Composed(t, spec, restarting, tiertest.Platform())
	pattern, _ := tiertest.Field(t, s.Resources[composed.AppRestartRule(1)], "eventPattern").(string)
	var got map[string]any
	if err := json.Unmarshal([]byte(pattern), &got); err != nil {
		t.Fatal(err)
	}
	prefix := func(arn string) any { return map[string]any{"prefix": arn} }
	absent := []any{map[string]any{"exists": false}}
	want := map[string]any{
		"source": []any{"aws.secretsmanager"},
		"$or": []any{
			map[string]any{"detail-type": []any{"AWS Service Event via CloudTrail"}, "detail": map[string]any{
				"eventName": []any{"RotationSucceeded"}, "additionalEventData": map[string]any{"SecretId": []any{prefix(administratorARN), prefix(applicationARN)}},
			}},
			map[string]any{"detail-type": []any{"AWS API Call via CloudTrail"}, "detail": map[string]any{
				"eventName": []any{"PutSecretValue", "UpdateSecret"}, "errorCode": absent,
				"requestParameters": map[string]any{
					"secretId":      []any{prefix(administratorARN), "rds!db-1", prefix(applicationARN), "shop/app"},
					"versionStages": absent,
				},
			}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\npattern: -want, +got:\n%s", diff)
	}
	if strings.Contains(pattern, `"prefix":""`) {
		t.Error("an empty prefix is every secret of the account")
	}
}

// EventBridge accepts 2,048 characters in a pattern, so many secrets need several
// rules.
func TestRestartManySecrets(t *testing.T) {
	var secrets []string
	for i := range 12 {
		secrets = append(secrets, fmt.Sprintf(`"KEY_%02d":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:payments/%02d-%s-AbCdEf"`, i, i, strings.Repeat("x", 20)))
	}
	spec := `{"region":"eu-west-1","app":{"services":[{"image":"nginx:1","secrets":{` + strings.Join(secrets, ",") + `}}]}}`
	s := tiertest.Composed(t, spec, restarting, tiertest.Platform())
	matched := map[int]bool{}
	rules := 0
	for {
		rule, ok := s.Resources[composed.AppRestartRule(rules+1)]
		if !ok {
			break
		}
		rules++
		pattern, _ := tiertest.Field(t, rule, "eventPattern").(string)
		if len(pattern) > eventpattern.MaxSize {
			t.Errorf("rule %d has %d characters, AWS accepts %d", rules, len(pattern), eventpattern.MaxSize)
		}
		for i := range 12 {
			if strings.Contains(pattern, fmt.Sprintf("payments/%02d", i)) {
				matched[i] = true
			}
		}
		if _, ok := s.Resources[composed.AppRestartTarget(rules)]; !ok {
			t.Errorf("rule %d has no target", rules)
		}
	}
	if rules < 2 || len(matched) != 12 {
		t.Errorf("want several rules that select 12 secrets, got %d that select %d", rules, len(matched))
	}
	// The stack's own secrets are not yet observed: the rules stay the same.
	waiting := tiertest.Composed(t, spec, nil, tiertest.Platform())
	for number := 1; number <= rules; number++ {
		if _, ok := waiting.Resources[composed.AppRestartRule(number)]; !ok {
			t.Errorf("rule %d depends on what is observed", number)
		}
	}
}
