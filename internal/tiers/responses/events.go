package responses

import (
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	events "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudwatchevents"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/lambda"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/sqs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/policy"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// eventAge is the maximum age in seconds of an event for delivery and response.
// After that, a user must check it.
const eventAge = 3600

// event is an event of the stack or its account.
type event struct {
	name, region string
	pattern      eventpattern.Pattern
}

// rule selects events of a region for one target.
type rule struct {
	name, region string
	events       []string
	pattern      eventpattern.Pattern
	// next lists the target's other rules that an edit can move events to.
	next []string
}

// composeEvents adds the rules that call the function or publish events, and the
// dead-letter queues.
func composeEvents(s *settings.Settings, observed facts.Observed, set *desired.Set, in responses.Inputs) {
	function := observed.ARN(composed.ResponsesFunction)
	calling := rulesFor("responses", s.Region, unsafeChanges(s, in))
	for _, r := range calling {
		composeRule(s, observed, set, r, function.Value, function, observed.Ready(composed.EventPermission(r.name)))
		composePermission(s, observed, set, r)
	}
	publishing := rulesFor("reports", s.Region, announced(s))
	if global := globalEvents(s); global != s.Region {
		publishing = append(publishing, rulesFor("edge-reports", global, announced(s))...)
	}
	for _, r := range publishing {
		composeRule(s, observed, set, r, kit.TopicARN(s, r.region, kit.AlarmsTopic(s)))
	}
	rules := slices.Concat(calling, publishing)
	holdReplaced(observed, set, rules)
	composeQueue(s, set, composed.ResponsesQueue, composed.AlarmsKey, s.Region, rules)
	if kit.EdgeEvents(s) {
		composeQueue(s, set, composed.ResponsesEdgeQueue, composed.EdgeKey, aws.GlobalRegion, rules)
	}
}

// unsafeChanges returns the events of all responses.
func unsafeChanges(s *settings.Settings, in responses.Inputs) []event {
	var out []event
	for _, r := range responses.All(in) {
		out = append(out, event{name: r.ID, region: s.Region, pattern: r.Pattern})
	}
	return out
}

// rulesFor returns the rules for events of a region. A number follows the name of
// all but the first rule.
func rulesFor(name, region string, all []event) []rule {
	elsewhere := func(e event) bool { return e.region != region }
	pattern := func(of []event) eventpattern.Pattern {
		return eventpattern.Merged(of, func(e event) eventpattern.Pattern { return e.pattern })
	}
	var out []rule
	for i, packed := range eventpattern.Pack(slices.DeleteFunc(slices.Clone(all), elsewhere), pattern) {
		r := rule{name: naming.Nth(name, i+1), region: region, pattern: pattern(packed)}
		for _, e := range packed {
			r.events = append(r.events, e.name)
		}
		for earlier := range out {
			out[earlier].next = append(out[earlier].next, r.name)
		}
		out = append(out, r)
	}
	return out
}

// composeRule adds a rule on the account's default bus, and its target. EventBridge
// retries for an hour, and then sends the event to the dead-letter queue. It does
// not retry unauthorized calls, so the target waits for the permission.
func composeRule(s *settings.Settings, observed facts.Observed, set *desired.Set, r rule, target string, needs ...facts.Fact) {
	set.Add(composed.EventRule(r.name), &events.Rule{Spec: events.RuleSpec{ForProvider: events.RuleParameters{
		Region:       new(r.region),
		EventBusName: new("default"),
		Description:  new("Selects " + strings.Join(r.events, ", ")),
		EventPattern: new(eventpattern.JSON(r.pattern)),
		// With this field, the rule excludes CloudTrail's read-only events. With
		// state, the provider would update the rule in every reconcile: Terraform
		// suppresses the difference of isEnabled only with a plan, which upjet does
		// not make.
		IsEnabled: new(true),
	}}}, desired.Named(ruleName(s, r)), desired.Needs(moved(observed, r)...))
	set.Add(composed.EventTarget(r.name), &events.Target{Spec: events.TargetSpec{ForProvider: events.TargetParameters{
		Region:           new(r.region),
		EventBusName:     new("default"),
		RuleRef:          set.Ref(composed.EventRule(r.name)),
		TargetID:         new(r.name),
		Arn:              new(target),
		DeadLetterConfig: &events.TargetDeadLetterConfigParameters{Arn: new(queueARN(s, r.region))},
		RetryPolicy: &events.RetryPolicyParameters{
			MaximumEventAgeInSeconds: new(float64(eventAge)),
			MaximumRetryAttempts:     new(float64(20)),
		},
	}}}, desired.Needs(append(needs, s.Account)...), desired.Before(undeliveredQueue(s, r)))
}

// moved returns the facts that an existing rule needs before it changes: an edit
// can move events to the next rules, which must deliver them first.
func moved(observed facts.Observed, r rule) []facts.Fact {
	if !observed.Has(composed.EventRule(r.name)) {
		return nil
	}
	return delivering(observed, r.next)
}

// delivering returns facts that are known once rules have a target.
func delivering(observed facts.Observed, rules []string) []facts.Fact {
	var out []facts.Fact
	for _, name := range rules {
		out = append(out, observed.Ready(composed.EventTarget(name)))
	}
	return out
}

// holdReplaced keeps observed rules that are no longer composed, with their targets
// and permissions, until all composed rules deliver events.
func holdReplaced(observed facts.Observed, set *desired.Set, rules []rule) {
	var names []string
	for _, r := range rules {
		names = append(names, r.name)
	}
	if !slices.ContainsFunc(delivering(observed, names), func(f facts.Fact) bool { return !f.Known() }) {
		return
	}
	for _, resourceName := range observed.Names() {
		if name, ok := composed.OfEventRule(resourceName); ok && !slices.Contains(names, name) {
			set.Hold(resourceName)
		}
	}
}

// undeliveredQueue returns the dead-letter queue of a rule.
func undeliveredQueue(s *settings.Settings, r rule) string {
	if r.region != s.Region {
		return composed.ResponsesEdgeQueue
	}
	return composed.ResponsesQueue
}

// composePermission allows one rule to call the function. It has no source account,
// because the rule's ARN contains it, and Lambda documents this condition only for
// other services.
func composePermission(s *settings.Settings, observed facts.Observed, set *desired.Set, r rule) {
	set.Add(composed.EventPermission(r.name), &lambda.Permission{Spec: lambda.PermissionSpec{ForProvider: lambda.PermissionParameters{
		StatementID:     new(ruleName(s, r)),
		Action:          new("lambda:InvokeFunction"),
		FunctionNameRef: set.Ref(composed.ResponsesFunction),
		Principal:       new(kit.EventBridge),
		SourceArn:       new(ruleARN(s, r)),
	}}}, desired.Named(ruleName(s, r)), desired.Needs(s.Account, observed.ARN(composed.ResponsesFunction)))
}

func ruleName(s *settings.Settings, r rule) string { return s.Stack + "-" + r.name }

func ruleARN(s *settings.Settings, r rule) string {
	return s.Partition.ARN("events", r.region, s.Account.Value, "rule/"+ruleName(s, r))
}

// composeQueue adds the dead-letter queue for events that were not delivered or
// that the function failed on. EventBridge can use it only for the stack's rules.
// The function has permission through its role.
func composeQueue(s *settings.Settings, set *desired.Set, queue, key, region string, rules []rule) {
	arn := queueARN(s, region)
	var sources []string
	for _, r := range rules {
		if r.region == region {
			sources = append(sources, ruleARN(s, r))
		}
	}
	set.Add(queue, &sqs.Queue{Spec: sqs.QueueSpec{ForProvider: sqs.QueueParameters{
		Region: new(region),
		Name:   new(kit.ResponsesQueue(s)),
		// There is no reference, but the name is known.
		KMSMasterKeyID:          new(kit.KeyName(s, key)),
		MessageRetentionSeconds: new(float64(1209600)),
		// No other queue may use it as its dead-letter queue.
		RedriveAllowPolicy: new(`{"redrivePermission":"denyAll"}`),
	}}}, desired.Before(key))
	set.Add(composed.QueuePolicy(queue), &sqs.QueuePolicy{Spec: sqs.QueuePolicySpec{ForProvider: sqs.QueuePolicyParameters{
		Region:      new(region),
		QueueURLRef: set.Ref(queue),
		Policy: new(policy.Document{Statements: []policy.Statement{
			{
				Sid:       "KeepUndeliveredEvents",
				Effect:    policy.Allow,
				Principal: policy.Service(kit.EventBridge),
				Actions:   []string{"sqs:SendMessage"},
				Resources: []string{arn},
				Condition: policy.Condition{"ArnEquals": {"aws:SourceArn": sources}},
			},
			policy.DenyPlainHTTP("sqs:*", arn),
		}}.JSON()),
	}}}, desired.Needs(s.Account))
}

func queueARN(s *settings.Settings, region string) string {
	return s.Partition.ARN("sqs", region, s.Account.Value, kit.ResponsesQueue(s))
}
