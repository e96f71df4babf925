package app_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/jobs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	migrating = `{"region":"eu-west-1","app":{"services":[
		{"name":"web","image":"` + functionImage + `","paths":["/*"]},
		{"name":"clean","runtime":"Lambda","image":"` + functionImage + `","schedule":"rate(1 hour)"},
		{"name":"report","image":"` + functionImage + `","schedule":"rate(1 day)"},
		{"name":"migrate","image":"` + functionImage + `","runs":"BeforeRollout"}]}}`
	definition  = "arn:aws:ecs:eu-west-1:123456789012:task-definition/shop-migrate:1"
	aDefinition = `{"apiVersion":"ecs.aws.m.upbound.io/v1beta1","kind":"TaskDefinition","metadata":{"name":"t"},"spec":{"forProvider":{}},"status":{"atProvider":{"arn":"` + definition + `"}}}`
	// running is an invocation that has not returned yet.
	running = `{"apiVersion":"lambda.aws.m.upbound.io/v1beta1","kind":"Invocation","metadata":{"name":"i"},"spec":{"forProvider":{"input":"{\"run\":\"as it was\"}"}},"status":{"conditions":[{"type":"Ready","status":"False","reason":"Creating"}]}}`
	done    = `{"apiVersion":"lambda.aws.m.upbound.io/v1beta1","kind":"Invocation","metadata":{"name":"i"},"spec":{"forProvider":{"input":"{\"run\":\"as it was\"}"}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`
)

// digestOf returns the digest of a service's task definition.
func digestOf(t *testing.T, spec, service string) string {
	t.Helper()
	for r := range tiertest.Composed(t, spec, knownFunction(nil), tiertest.Platform()).Resources {
		if composed.IsAppTaskDefinition(service, r) {
			return strings.TrimPrefix(r, composed.AppTaskDefinition(service, ""))
		}
	}
	t.Fatalf("%s runs nothing", service)
	return ""
}

func TestJobs(t *testing.T) {
	job, web := digestOf(t, migrating, "migrate"), digestOf(t, migrating, "web")
	current, older := composed.AppJob("migrate", job), composed.AppJob("migrate", "older")
	task := composed.AppTaskDefinition("migrate", job)
	group := `{"metadata":{"annotations":{"crossplane.io/external-name":"sg-1"}}}`
	subnet := func(id string) string {
		return `{"metadata":{"annotations":{"crossplane.io/external-name":"` + id + `"}}}`
	}
	whole := func(more map[string]string) map[string]string {
		out := knownFunction(map[string]string{
			task: aDefinition, composed.AppTaskDefinition("web", web): aDefinition,
			composed.JobsFunction: tiertest.IsReady, composed.AppExecutionRoleStart: tiertest.IsReady, composed.AppLogGroup("migrate"): tiertest.IsReady,
			composed.AppLogGroup("web"): tiertest.IsReady, composed.AppListener("http"): tiertest.IsReady,
			composed.AppToDatabase: tiertest.IsReady, composed.DatabaseFromApp: tiertest.IsReady,
			composed.AppSecurityGroup: group, composed.PrivateSubnet(1): subnet("subnet-1"), composed.PrivateSubnet(2): subnet("subnet-2"),
			composed.JobsRoleRun: tiertest.IsReady, composed.JobsCode(naming.Hash(jobs.Code.ObjectKey())): tiertest.IsReady,
			composed.AppCluster: `{"status":{"atProvider":{"arn":"arn:cluster"}}}`, composed.AppExecutionRole: `{"status":{"atProvider":{"arn":"arn:start"}}}`,
		})
		maps.Copy(out, more)
		return out
	}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"Run": {
			Reason:   "The provider calls the function once for what is to run.",
			Spec:     migrating,
			Observed: whole(nil),
			Resource: current,
			Want: map[string]any{
				"functionNameRef.name": "shop-app-jobs-function", "lifecycleScope": "CREATE_ONLY", "qualifier": "$LATEST",
				"input": `{"job":"migrate","logGroup":"/aws/ecs/` + tiertest.Prefix + `/migrate","run":"` + job + `","taskDefinition":"` + definition + `"}`,
			},
		},
		"RunIsPinned": {
			Reason:   "Another question would be another call, which the provider refuses of an invocation that exists.",
			Spec:     migrating,
			Observed: whole(map[string]string{current: running}),
			Resource: current,
			Want:     map[string]any{"input": `{"run":"as it was"}`},
		},
		"RunWaitsForTheDatabase": {
			Reason:   "A migration that reaches nothing fails.",
			Spec:     migrating,
			Observed: whole(map[string]string{composed.AppToDatabase: `{}`}),
			Resource: current,
			Waits:    true,
		},
		"AnotherImageIsAnotherRun": {
			Reason:   "It is what is rolled out that has to be migrated for.",
			Spec:     strings.ReplaceAll(migrating, "web:1", "web:2"),
			Observed: whole(nil),
			Resource: current,
			Missing:  true,
		},
		"NoService": {Reason: "A job is none of the cluster's services.", Spec: migrating, Observed: whole(nil), Resource: composed.AppService("migrate"), Missing: true},
		"ServiceWaits": {
			Reason:   "Not even the first rollout comes before it.",
			Spec:     migrating,
			Observed: whole(map[string]string{current: running}),
			Resource: composed.AppService("web"),
			Waits:    true,
		},
		"ServiceFollows": {
			Reason:   "What has been migrated for is rolled out.",
			Spec:     migrating,
			Observed: whole(map[string]string{current: done}),
			Resource: composed.AppService("web"),
		},
		"ScheduleWaits": {
			Reason:   "What is started by a schedule finds the new schema too.",
			Spec:     migrating,
			Observed: whole(map[string]string{current: running}),
			Resource: composed.AppScheduleTarget("report"),
			Waits:    true,
		},
		"FunctionWaits": {
			Reason:   "So do functions.",
			Spec:     migrating,
			Observed: whole(map[string]string{current: running}),
			Resource: composed.AppFunction("image", "clean"),
			Waits:    true,
		},
		"EarlierRunStays": {
			Reason:   "A claim that goes back before the new run has ended runs nothing again.",
			Spec:     migrating,
			Observed: whole(map[string]string{current: running, older: done}),
			Resource: older,
		},
		"EarlierRunGoes": {
			Reason:   "Nothing needs it any more.",
			Spec:     migrating,
			Observed: whole(map[string]string{current: done, older: done}),
			Resource: older,
			Missing:  true,
		},
		"EarlierFailureGoes": {
			Reason:   "What failed is not tried again after something else was asked for.",
			Spec:     migrating,
			Observed: whole(map[string]string{current: running, older: running}),
			Resource: older,
			Missing:  true,
		},
		"EarlierUnknownStays": {
			Reason:   "A missing observation drops nothing.",
			Spec:     migrating,
			Observed: whole(map[string]string{current: running, older: `{"metadata":{"name":"i"},"spec":{"forProvider":{}}}`}),
			Resource: older,
		},
		"UnknownDigest": {
			Reason:   "What a job is now is not known without the database's address.",
			Spec:     migrating,
			Observed: whole(map[string]string{composed.Database: `{}`, older: running}),
			Resource: older,
		},
		"Function": {
			Reason:   "It finds the stack's cluster and network by its variables, and waits as long as a function may.",
			Spec:     migrating,
			Observed: whole(nil),
			Resource: composed.JobsFunction,
			Want: map[string]any{
				"environment.variables": map[string]any{"CLUSTER": tiertest.Prefix, "SUBNETS": "subnet-1,subnet-2", "SECURITY_GROUP": "sg-1"},
				"timeout":               float64(900), "reservedConcurrentExecutions": float64(1), "vpcConfig": tiertest.Absent{}, "handler": "index.handler", "s3Key": jobs.Code.ObjectKey(),
			},
		},
		"NoJobs": {Reason: "Without jobs there is no function for them.", Spec: ofImage, Resource: composed.JobsFunction, Missing: true},
		"OldCodeStays": {
			Reason:   "Lambda reads the code that the function was last told of.",
			Spec:     migrating,
			Observed: whole(map[string]string{composed.JobsCode("older"): `{"spec":{"forProvider":{"key":"jobs/older.zip"}}}`, composed.JobsFunction: `{"metadata":{"name":"f"},"spec":{"forProvider":{"s3Key":"jobs/older.zip"}}}`}),
			Resource: composed.JobsCode("older"),
		},
		"OldCodeGoes": {
			Reason:   "Then it goes.",
			Spec:     migrating,
			Observed: whole(map[string]string{composed.JobsCode("older"): `{"spec":{"forProvider":{"key":"jobs/older.zip"}}}`, composed.JobsFunction: `{"metadata":{"name":"f"},"spec":{"forProvider":{"s3Key":"jobs/newer.zip"}}}`}),
			Resource: composed.JobsCode("older"),
			Missing:  true,
		},
	})
}

func TestJobsRole(t *testing.T) {
	observed := knownFunction(map[string]string{
		composed.AppCluster: `{"status":{"atProvider":{"arn":"arn:cluster"}}}`, composed.AppExecutionRole: `{"status":{"atProvider":{"arn":"arn:start"}}}`,
	})
	got := tiertest.Statements(t, tiertest.Composed(t, migrating, observed, tiertest.Platform()).Resources[composed.JobsRoleRun], "policy")
	ecs := "arn:aws:ecs:eu-west-1:123456789012:"
	inCluster := map[string]any{"ArnEquals": map[string]any{"ecs:cluster": "arn:cluster"}}
	want := map[string]map[string]any{
		"RunTasks":      {"Sid": "RunTasks", "Effect": "Allow", "Action": "ecs:RunTask", "Resource": ecs + "task-definition/" + tiertest.Prefix + "-migrate:*", "Condition": inCluster},
		"DescribeTasks": {"Sid": "DescribeTasks", "Effect": "Allow", "Action": "ecs:DescribeTasks", "Resource": ecs + "task/" + tiertest.Prefix + "/*", "Condition": inCluster},
		"ListTasks":     {"Sid": "ListTasks", "Effect": "Allow", "Action": "ecs:ListTasks", "Resource": "*", "Condition": inCluster},
		"RunAsRoles": {
			"Sid": "RunAsRoles", "Effect": "Allow", "Action": "iam:PassRole", "Resource": []any{"arn:role", "arn:start"},
			"Condition": map[string]any{"StringEquals": map[string]any{"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
		},
	}
	for sid, statement := range want {
		if diff := cmp.Diff(statement, got[sid]); diff != "" {
			t.Errorf("\nThe function may run the stack's jobs, and nothing else.\n%s: -want, +got:\n%s", sid, diff)
		}
	}
}

func TestJobStatus(t *testing.T) {
	job := digestOf(t, migrating, "migrate")
	observed := knownFunction(map[string]string{
		composed.AppCluster: `{"status":{"atProvider":{"arn":"arn:cluster"}}}`, composed.AppTaskDefinition("migrate", job): aDefinition, composed.AppJob("migrate", job): done,
	})
	for _, s := range tiertest.Composed(t, migrating, observed, tiertest.Platform()).Status.App.Services {
		if s.Name == "migrate" && s.TaskDefinition != definition {
			t.Errorf("\nThe status tells what has run.\ntaskDefinition: want %q, got %q", definition, s.TaskDefinition)
		}
	}
}
