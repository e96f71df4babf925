package app

import (
	"maps"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeExecutionRole adds the role with which ECS starts containers. It pulls
// images, writes logs and reads secrets (AWS documentation, "Amazon ECS task
// execution IAM role"). The application itself uses the app role.
func composeExecutionRole(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	source := kit.From(s, s.Partition.ARN("ecs", s.Region, s.Account.Value, "*"))
	kit.AddRole(s, set, composed.AppExecutionRole, s.Stack+"-app-start", "Starts the application's containers", "ecs-tasks.amazonaws.com", source, s.Account)
	key := observed.ARN(composed.SecretsKey)
	secrets, needs := readable(s, observed)
	statements := append(pulls(s), policy.Statement{
		Sid: "WriteLogs", Effect: policy.Allow, Actions: []string{"logs:CreateLogStream", "logs:PutLogEvents"},
		Resources: []string{kit.LogGroupARN(s, kit.AppLogGroup(s, "*")) + ":*"},
	}, policy.Statement{
		Sid: "DecryptSecrets", Effect: policy.Allow, Actions: []string{"kms:Decrypt"}, Resources: []string{key.Value}, Condition: kit.ViaService(s, "secretsmanager"),
	})
	statements = append(append(statements, secrets...), settings.KeyRights(s.Access, s.Partition, s.Region)...)
	kit.AddRolePolicy(set, composed.AppExecutionRoleStart, composed.AppExecutionRole, "start", statements, append(needs, s.Account, key)...)
}

// pulls allows ECS to pull the services' images from their own ECR repositories.
// The action for tokens does not support resources (Service Authorization
// Reference, "Actions defined by Amazon Elastic Container Registry").
func pulls(s *settings.Settings) []policy.Statement {
	var repositories []string
	for _, c := range s.App.TaskContainers() {
		if r := c.Repository; r.Name != "" {
			repositories = append(repositories, s.Partition.ARN("ecr", r.Region, r.Account, "repository/"+r.Name))
		}
	}
	if len(repositories) == 0 {
		return nil
	}
	slices.Sort(repositories)
	return []policy.Statement{
		{Sid: "SignInToECR", Effect: policy.Allow, Actions: []string{"ecr:GetAuthorizationToken"}, Resources: []string{"*"}},
		{
			Sid: "PullImages", Effect: policy.Allow,
			Actions:   []string{"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"},
			Resources: slices.Compact(repositories),
		},
	}
}

// readable allows ECS to read the sources of secret variables.
func readable(s *settings.Settings, observed facts.Observed) ([]policy.Statement, []facts.Fact) {
	secrets, parameters := map[string]bool{}, map[string]bool{}
	var needs []facts.Fact
	stacks := func(f facts.Fact) {
		needs = append(needs, f)
		secrets[f.Value] = true
	}
	for _, c := range s.App.TaskContainers() {
		if c.RegistryCredentialsARN != "" {
			secrets[c.RegistryCredentialsARN] = true
		}
		for _, name := range slices.Sorted(maps.Keys(c.Sources)) {
			_, database := settings.DatabaseKey(c.Sources[name])
			switch arn := string(c.Sources[name]); {
			case database:
				stacks(kit.DatabaseSecret(s, observed))
			case settings.CachePassword(c.Sources[name]):
				stacks(kit.CacheSecret(observed))
			case !strings.HasPrefix(arn, "arn:"):
				stacks(observed.ARN(composed.AppSecret))
			case strings.Contains(arn, ":ssm:"):
				parameters[arn] = true
			default:
				secrets[wholeSecret(arn)] = true
			}
		}
	}
	var out []policy.Statement
	for _, read := range []struct {
		sid, action string
		arns        map[string]bool
	}{{"ReadSecrets", "secretsmanager:GetSecretValue", secrets}, {"ReadParameters", "ssm:GetParameters", parameters}} {
		if len(read.arns) > 0 {
			out = append(out, policy.Statement{Sid: read.sid, Effect: policy.Allow, Actions: []string{read.action}, Resources: slices.Sorted(maps.Keys(read.arns))})
		}
	}
	return out, needs
}

// wholeSecret returns the ARN of a secret without JSON key, version stage and
// version ID.
func wholeSecret(arn string) string {
	parts := strings.Split(arn, ":")
	return strings.Join(parts[:min(len(parts), 7)], ":")
}

// composeScheduleRole adds the role with which EventBridge starts scheduled
// services (AWS documentation, "Amazon ECS EventBridge IAM role").
func composeScheduleRole(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	scheduled := slices.DeleteFunc(s.App.Containers(), func(service settings.Service) bool { return service.Schedule == "" })
	if len(scheduled) == 0 {
		return
	}
	source := kit.From(s, s.Partition.ARN("events", s.Region, s.Account.Value, "rule/"+s.Stack+"-*"))
	kit.AddRole(s, set, composed.AppScheduleRole, s.Stack+"-app-schedule", "Starts the application's scheduled services", kit.EventBridge, source, s.Account)
	statements, needs := runTasks(s, observed, scheduled)
	kit.AddRolePolicy(set, composed.AppScheduleRoleRun, composed.AppScheduleRole, "run", statements, needs...)
}

// runTasks allows starting tasks of services in the stack's cluster with their
// roles.
func runTasks(s *settings.Settings, observed facts.Observed, services []settings.Service) ([]policy.Statement, []facts.Fact) {
	cluster, run, start := observed.ARN(composed.AppCluster), observed.ARN(composed.AppRole), observed.ARN(composed.AppExecutionRole)
	var definitions []string
	for _, service := range services {
		definitions = append(definitions, s.Partition.ARN("ecs", s.Region, s.Account.Value, "task-definition/"+kit.AppFamily(s, service.Name)+":*"))
	}
	return []policy.Statement{
		{Sid: "RunTasks", Effect: policy.Allow, Actions: []string{"ecs:RunTask"}, Resources: definitions, Condition: inCluster(cluster)},
		{
			Sid: "TagTasks", Effect: policy.Allow, Actions: []string{"ecs:TagResource"}, Resources: []string{tasksARN(s)},
			Condition: policy.StringEquals("ecs:CreateAction", "RunTask"),
		},
		{
			Sid: "RunAsRoles", Effect: policy.Allow, Actions: []string{"iam:PassRole"}, Resources: []string{run.Value, start.Value},
			Condition: policy.StringEquals("iam:PassedToService", "ecs-tasks.amazonaws.com"),
		},
	}, []facts.Fact{s.Account, cluster, run, start}
}

// inCluster returns a condition on the cluster of a call.
func inCluster(cluster facts.Fact) policy.Condition {
	return policy.Condition{"ArnEquals": {"ecs:cluster": {cluster.Value}}}
}

// tasksARN returns the ARN pattern of all tasks in the stack's cluster.
func tasksARN(s *settings.Settings) string {
	return s.Partition.ARN("ecs", s.Region, s.Account.Value, "task/"+s.Stack+"/*")
}
