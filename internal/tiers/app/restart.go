package app

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudwatchevents"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ssm"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// automation is the service principal of Systems Manager, which runs automations.
const automation = "ssm.amazonaws.com"

// composeRestart restarts services when a secret in their variables has a new
// value. ECS reads secrets only when it starts a container (AWS documentation,
// "Pass Secrets Manager secrets through Amazon ECS environment variables").
// EventBridge starts a Systems Manager automation, which forces a new deployment of
// each service.
func composeRestart(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	services := s.App.Staying() // Scheduled services and jobs read their secrets in each run.
	rules := watched(s, observed, services)
	if len(rules) == 0 {
		return
	}
	composeRestartRole(s, observed, set, services, len(rules))
	role := observed.ARN(composed.AppRestartRole)
	set.Add(composed.AppRestartDocument, &ssm.Document{Spec: ssm.DocumentSpec{ForProvider: ssm.DocumentParameters{
		DocumentType:   new("Automation"),
		DocumentFormat: new("JSON"),
		Content:        new(restartDocument(s, role.Value, services)),
	}}}, desired.Named(restartName(s)), desired.Needs(role))
	for i, secrets := range rules {
		composeRestartRule(s, observed, set, i+1, secrets)
	}
}

// composeRestartRule adds a rule for new values of secrets, and its target.
func composeRestartRule(s *settings.Settings, observed facts.Observed, set *desired.Set, number int, secrets []watchedSecret) {
	var arns []string
	var needs []facts.Fact
	for _, secret := range secrets {
		arns, needs = append(arns, secret.arn), append(needs, secret.needs...)
	}
	slices.Sort(arns)
	set.Add(composed.AppRestartRule(number), &cloudwatchevents.Rule{Spec: cloudwatchevents.RuleSpec{ForProvider: cloudwatchevents.RuleParameters{
		EventBusName: new("default"),
		Description:  new("New values of secrets that the application's variables use"),
		EventPattern: new(eventpattern.JSON(newValues(arns))),
		IsEnabled:    new(true),
	}}}, desired.Named(restartRuleName(s, number)), desired.Needs(needs...))
	set.Add(composed.AppRestartTarget(number), &cloudwatchevents.Target{Spec: cloudwatchevents.TargetSpec{ForProvider: cloudwatchevents.TargetParameters{
		EventBusName: new("default"),
		RuleRef:      set.Ref(composed.AppRestartRule(number)),
		TargetID:     new("restart"),
		Arn:          new(s.Partition.ARN("ssm", s.Region, s.Account.Value, "automation-definition/"+restartName(s)+":$DEFAULT")),
		RoleArnRef:   set.Ref(composed.AppRestartRole),
	}}}, desired.Needs(append(needs, s.Account, observed.Ready(composed.AppRestartDocument), observed.Ready(composed.AppRestartRoleRun))...))
}

func restartName(s *settings.Settings) string { return s.Stack + "-app-restart" }

func restartRuleName(s *settings.Settings, number int) string {
	return naming.Nth(restartName(s), number)
}

// watchedSecret is a secret in services' variables.
type watchedSecret struct {
	// longest is the ARN, or for the stack's own secrets the longest ARN that they can
	// have.
	longest string
	// arn is empty until needs are known.
	arn   string
	needs []facts.Fact
}

// longestOwn returns an ARN of the maximum length for a stack's own secret, with a
// name of 77 characters. The resource distinguishes it from others.
func longestOwn(resource string) string {
	const beforeName, name = "arn:aws-us-gov:secretsmanager:ap-southeast-1:123456789012:secret:", 77
	return beforeName + resource + strings.Repeat("-", name-len(resource)) + "-AbCdEf"
}

// watched returns the secrets in services' variables, divided among rules. The
// division depends on the claim only, so a rule does not disappear while an ARN is
// not observed. SSM parameters are not included.
func watched(s *settings.Settings, observed facts.Observed, services []settings.Service) [][]watchedSecret {
	all := map[string]watchedSecret{}
	for _, service := range services {
		for _, c := range service.TaskContainers() {
			for name, source := range c.Sources {
				variables, needs := secretsOf(s, observed, map[string]v1alpha1.SecretSource{name: source})
				arn := wholeSecret(variables[0].ValueFrom)
				switch {
				case strings.Contains(arn, ":ssm:"):
				case len(needs) == 0:
					all[arn] = watchedSecret{longest: arn, arn: arn}
				default:
					own := longestOwn(needs[0].Resource)
					all[own] = watchedSecret{longest: own, arn: arn, needs: needs}
				}
			}
		}
	}
	var sorted []watchedSecret
	for _, key := range slices.Sorted(maps.Keys(all)) {
		sorted = append(sorted, all[key])
	}
	return eventpattern.Pack(sorted, func(secrets []watchedSecret) eventpattern.Pattern {
		var arns []string
		for _, secret := range secrets {
			arns = append(arns, secret.longest)
		}
		return newValues(arns)
	})
}

// composeRestartRole adds the role with which EventBridge starts the automation,
// and which the automation uses. It does not change task definitions, so it needs
// no permission to pass roles.
func composeRestartRole(s *settings.Settings, observed facts.Observed, set *desired.Set, services []settings.Service, rules int) {
	var ruleARNs []string
	for i := range rules {
		ruleARNs = append(ruleARNs, s.Partition.ARN("events", s.Region, s.Account.Value, "rule/"+restartRuleName(s, i+1)))
	}
	rule := kit.From(s, ruleARNs...)
	run := kit.From(s, s.Partition.ARN("ssm", s.Region, s.Account.Value, "automation-execution/*"))
	kit.AddRoleFor(s, set, composed.AppRestartRole, restartName(s), "Restarts the application's services when their secrets have new values",
		kit.TrustOf(kit.EventBridge, rule, s.Account).And(kit.TrustOf(automation, run, s.Account)))
	self := observed.ARN(composed.AppRestartRole)
	var arns []string
	for _, service := range services {
		arns = append(arns, s.Partition.ARN("ecs", s.Region, s.Account.Value, "service/"+s.Stack+"/"+service.Name))
	}
	kit.AddRolePolicy(set, composed.AppRestartRoleRun, composed.AppRestartRole, "run", []policy.Statement{
		{
			Sid: "StartDocument", Effect: policy.Allow, Actions: []string{"ssm:StartAutomationExecution"},
			Resources: []string{
				s.Partition.ARN("ssm", s.Region, s.Account.Value, "automation-definition/"+restartName(s)+":*"),
				s.Partition.ARN("ssm", s.Region, s.Account.Value, "document/"+restartName(s)),
			},
		},
		{
			Sid: "RunAsItself", Effect: policy.Allow, Actions: []string{"iam:PassRole"}, Resources: []string{self.Value},
			Condition: policy.StringEquals("iam:PassedToService", automation),
		},
		{Sid: "RestartServices", Effect: policy.Allow, Actions: []string{"ecs:UpdateService"}, Resources: arns},
	}, s.Account, self)
}

// restartDocument returns an automation that restarts services one after another. A
// failure does not stop the others (AWS documentation, "Systems Manager Automation
// actions reference").
func restartDocument(s *settings.Settings, role string, services []settings.Service) string {
	type step struct {
		Name      string         `json:"name"`
		Action    string         `json:"action"`
		OnFailure string         `json:"onFailure"`
		Inputs    map[string]any `json:"inputs"`
	}
	document := struct {
		Description   string `json:"description"`
		SchemaVersion string `json:"schemaVersion"`
		AssumeRole    string `json:"assumeRole"`
		MainSteps     []step `json:"mainSteps"`
	}{Description: "Restarts the services of " + s.Stack + ", which read their secrets at start", SchemaVersion: "0.3", AssumeRole: role}
	for _, service := range services {
		document.MainSteps = append(document.MainSteps, step{
			// Step names in references must not contain hyphens.
			Name: "Restart_" + strings.ReplaceAll(service.Name, "-", "_"), Action: "aws:executeAwsApi", OnFailure: "Continue",
			Inputs: map[string]any{"Service": "ecs", "Api": "UpdateService", "cluster": s.Stack, "service": service.Name, "forceNewDeployment": true},
		})
	}
	b, _ := json.Marshal(document) //nolint:errchkjson // Strings and booleans always marshal.
	return string(b)
}

// suffix matches the suffix that Secrets Manager adds to a secret's name in its
// ARN.
var suffix = regexp.MustCompile(`-[A-Za-z0-9]{6}$`)

// newValues returns the pattern of events for new secret values: a successful
// rotation, or a new value from a user. Values during a rotation have a staging
// label (AWS documentation, "Match events when a secret value rotates"). A claim
// may omit the ARN's suffix, and callers may use only the name.
func newValues(arns []string) eventpattern.Pattern {
	var whole, called []any
	for _, arn := range arns {
		whole = append(whole, map[string]string{"prefix": arn})
		_, name, _ := strings.Cut(arn, ":secret:")
		called = append(called, map[string]string{"prefix": arn}, suffix.ReplaceAllString(name, ""))
	}
	return eventpattern.Pattern{
		"source": []string{"aws.secretsmanager"},
		eventpattern.Or: []eventpattern.Pattern{
			{
				"detail-type": []string{"AWS Service Event via CloudTrail"},
				"detail": eventpattern.Pattern{
					"eventName":           []string{"RotationSucceeded"},
					"additionalEventData": eventpattern.Pattern{"SecretId": whole},
				},
			},
			{
				"detail-type": []string{"AWS API Call via CloudTrail"},
				"detail": eventpattern.Pattern{
					"eventName":         []string{"PutSecretValue", "UpdateSecret"},
					"errorCode":         []any{map[string]any{"exists": false}},
					"requestParameters": eventpattern.Pattern{"secretId": called, "versionStages": []any{map[string]any{"exists": false}}},
				},
			},
		},
	}
}
