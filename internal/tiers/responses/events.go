package responses

import (
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	events "github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudwatchevents"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/lambda"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/sqs"
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
	name, description, region string
	// pattern is the EventBridge pattern.
	pattern string
}

// composeEvents adds the rules that call the function or publish events, and the
// dead-letter queues.
func composeEvents(s *settings.Settings, observed facts.Observed, set *desired.Set, in responses.Inputs) {
	rules := map[string][]string{}
	for _, r := range responses.All(in) {
		e := event{name: r.ID, description: r.Description, region: s.Region, pattern: r.Pattern}
		function := observed.ARN(composed.ResponsesFunction)
		composeRule(s, set, e, function.Value, function, observed.Ready(composed.EventPermission(e.name)))
		composePermission(s, observed, set, e)
		rules[e.region] = append(rules[e.region], ruleARN(s, e))
	}
	for _, e := range announced(s) {
		composeRule(s, set, e, kit.TopicARN(s, e.region, kit.AlarmsTopic(s)))
		rules[e.region] = append(rules[e.region], ruleARN(s, e))
	}
	composeQueue(s, set, composed.ResponsesQueue, composed.AlarmsKey, s.Region, rules[s.Region])
	if kit.EdgeEvents(s) {
		composeQueue(s, set, composed.ResponsesEdgeQueue, composed.EdgeKey, aws.GlobalRegion, rules[aws.GlobalRegion])
	}
}

// composeRule adds a rule on the account's default bus, and its target. EventBridge
// retries for an hour, and then sends the event to the dead-letter queue. It does
// not retry unauthorized calls, so the target waits for the permission.
func composeRule(s *settings.Settings, set *desired.Set, e event, target string, needs ...facts.Fact) {
	set.Add(composed.EventRule(e.name), &events.Rule{Spec: events.RuleSpec{ForProvider: events.RuleParameters{
		Region:       new(e.region),
		EventBusName: new("default"),
		Description:  new(e.description),
		EventPattern: new(e.pattern),
		// With this field, the rule excludes CloudTrail's read-only events. With
		// state, the provider would update the rule in every reconcile: Terraform
		// suppresses the difference of isEnabled only with a plan, which upjet does
		// not make.
		IsEnabled: new(true),
	}}}, desired.Named(ruleName(s, e)))
	set.Add(composed.EventTarget(e.name), &events.Target{Spec: events.TargetSpec{ForProvider: events.TargetParameters{
		Region:           new(e.region),
		EventBusName:     new("default"),
		RuleRef:          set.Ref(composed.EventRule(e.name)),
		TargetID:         new(e.name),
		Arn:              new(target),
		DeadLetterConfig: &events.TargetDeadLetterConfigParameters{Arn: new(queueARN(s, e.region))},
		RetryPolicy: &events.RetryPolicyParameters{
			MaximumEventAgeInSeconds: new(float64(eventAge)),
			MaximumRetryAttempts:     new(float64(20)),
		},
	}}}, desired.Needs(append(needs, s.Account)...), desired.Before(undeliveredQueue(s, e)))
}

// undeliveredQueue returns the dead-letter queue of an event.
func undeliveredQueue(s *settings.Settings, e event) string {
	if e.region != s.Region {
		return composed.ResponsesEdgeQueue
	}
	return composed.ResponsesQueue
}

// composePermission allows one rule to call the function. It has no source account,
// because the rule's ARN contains it, and Lambda documents this condition only for
// other services.
func composePermission(s *settings.Settings, observed facts.Observed, set *desired.Set, e event) {
	set.Add(composed.EventPermission(e.name), &lambda.Permission{Spec: lambda.PermissionSpec{ForProvider: lambda.PermissionParameters{
		StatementID:     new(e.name),
		Action:          new("lambda:InvokeFunction"),
		FunctionNameRef: set.Ref(composed.ResponsesFunction),
		Principal:       new(kit.EventBridge),
		SourceArn:       new(ruleARN(s, e)),
	}}}, desired.Named(e.name), desired.Needs(s.Account, observed.ARN(composed.ResponsesFunction)))
}

func ruleName(s *settings.Settings, e event) string { return s.Stack + "-" + e.name }

func ruleARN(s *settings.Settings, e event) string {
	return s.Partition.ARN("events", e.region, s.Account.Value, "rule/"+ruleName(s, e))
}

// composeQueue adds the dead-letter queue for events that were not delivered or
// that the function failed on. EventBridge can use it only for the stack's rules.
// The function has permission through its role.
func composeQueue(s *settings.Settings, set *desired.Set, queue, key, region string, rules []string) {
	arn := queueARN(s, region)
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
				Condition: policy.Condition{"ArnEquals": {"aws:SourceArn": rules}},
			},
			policy.DenyPlainHTTP("sqs:*", arn),
		}}.JSON()),
	}}}, desired.Needs(s.Account))
}

func queueARN(s *settings.Settings, region string) string {
	return s.Partition.ARN("sqs", region, s.Account.Value, kit.ResponsesQueue(s))
}

// announced returns the events that are published without a response, because there
// is nothing to revert or only a user can decide. IAM's events exist in one region
// only.
func announced(s *settings.Settings) []event {
	own := []any{map[string]any{"prefix": s.Stack + "-"}}
	found := []any{
		map[string]any{"resource": map[string]any{"accessKeyDetails": map[string]any{"userName": own}}},
		map[string]any{"resource": map[string]any{"lambdaDetails": map[string]any{"functionName": own}}},
		map[string]any{"resource": map[string]any{"s3BucketDetails": map[string]any{"name": own}}},
	}
	if s.Database.Enabled {
		found = slices.Insert(found, 2, any(map[string]any{"resource": map[string]any{"rdsDbInstanceDetails": map[string]any{"dbInstanceIdentifier": own}}}))
	}
	out := []event{
		{
			name: "guardduty-finding", description: "Reports severe GuardDuty findings about the stack", region: s.Region,
			pattern: selecting("aws.guardduty", "GuardDuty Finding", map[string]any{
				"severity": []any{map[string]any{"numeric": []any{">=", 7}}},
				"$or":      found,
			}),
		},
		{
			name: "securityhub-finding", description: "Reports new severe Security Hub findings about the stack", region: s.Region,
			pattern: selecting("aws.securityhub", "Security Hub Findings - Imported", map[string]any{
				"findings": map[string]any{
					"RecordState": []string{"ACTIVE"},
					"Resources":   map[string]any{"Id": []any{map[string]any{"wildcard": "*" + s.Stack + "-*"}}},
					"Severity":    map[string]any{"Label": []string{"CRITICAL", "HIGH"}},
					"Workflow":    map[string]any{"Status": []string{"NEW"}},
				},
			}),
		},
	}
	out = append(out, announcedOfApp(s)...)
	out = append(out, announcedOfSearch(s)...)
	out = append(out, announcedOfQueues(s)...)
	out = append(out, announcedOfCache(s)...)
	region := globalEvents(s)
	if region != s.Region {
		out = append(out, unsafeSignIn("unsafe-regional-sign-in", s.Region))
	}
	if region != s.Region && !kit.EdgeEvents(s) {
		return out // There is no topic in the event's region.
	}
	return append(
		out,
		event{
			name: "role-changed", description: "Reports changes to the permissions of the stack's roles", region: region,
			pattern: selecting("aws.iam", "AWS API Call via CloudTrail", map[string]any{
				"errorCode": []any{map[string]any{"exists": false}},
				"eventName": []string{
					"AttachRolePolicy", "DeleteRolePermissionsBoundary", "DeleteRolePolicy", "DetachRolePolicy",
					"PutRolePermissionsBoundary", "PutRolePolicy", "UpdateAssumeRolePolicy",
				},
				"eventSource":       []string{"iam.amazonaws.com"},
				"requestParameters": map[string]any{"roleName": own},
			}),
		},
		unsafeSignIn("unsafe-sign-in", region),
	)
}

// announcedOfApp returns the events of the stack's services (AWS documentation,
// "Amazon ECS events").
func announcedOfApp(s *settings.Settings) []event {
	if len(s.App.Containers()) == 0 {
		return nil
	}
	cluster := s.Partition.ARN("ecs", s.Region, s.Account.Value, "cluster/"+s.Stack)
	return []event{
		{
			name: "deployment-failed", description: "Reports failed deployments of the application", region: s.Region,
			pattern: kit.EventPattern(map[string]any{
				"source": []string{"aws.ecs"}, "detail-type": []string{"ECS Deployment State Change"},
				"resources": []any{map[string]any{"wildcard": s.Partition.ARN("ecs", s.Region, s.Account.Value, "service/"+s.Stack+"/*")}},
				"detail":    map[string]any{"eventName": []string{"SERVICE_DEPLOYMENT_FAILED"}},
			}),
		},
		{
			name: "container-failed", description: "Reports containers of the application that failed or did not start", region: s.Region,
			pattern: selecting("aws.ecs", "ECS Task State Change", map[string]any{
				"clusterArn": []string{cluster},
				"lastStatus": []string{"STOPPED"},
				"$or": []any{
					map[string]any{"stopCode": []string{"TaskFailedToStart"}},
					map[string]any{"stopCode": []string{"EssentialContainerExited"}, "containers": map[string]any{"exitCode": []any{map[string]any{"anything-but": []int{0}}}}},
				},
			}),
		},
		{
			name: "container-exposed", description: "Reports containers of the application with a public address", region: s.Region,
			pattern: selecting("aws.ecs", "AWS API Call via CloudTrail", map[string]any{
				"errorCode":   []any{map[string]any{"exists": false}},
				"eventName":   []string{"CreateService", "RunTask", "UpdateService"},
				"eventSource": []string{"ecs.amazonaws.com"},
				"requestParameters": map[string]any{
					"cluster":              []string{s.Stack, cluster},
					"networkConfiguration": map[string]any{"awsvpcConfiguration": map[string]any{"assignPublicIp": []string{"ENABLED"}}},
				},
			}),
		},
	}
}

// announcedOfSearch returns events that open or delete the search domain. They
// include changes by the provider, as with roles.
func announcedOfSearch(s *settings.Settings) []event {
	if s.Search == nil {
		return nil
	}
	return []event{{
		name: "search-changed", description: "Reports changes to the search domain, its access or its deletion", region: s.Region,
		pattern: selecting("aws.es", "AWS API Call via CloudTrail", map[string]any{
			"errorCode":         []any{map[string]any{"exists": false}},
			"eventName":         []string{"AuthorizeVpcEndpointAccess", "DeleteDomain", "UpdateDomainConfig"},
			"eventSource":       []string{"es.amazonaws.com"},
			"requestParameters": map[string]any{"domainName": []string{s.Search.Domain}},
		}),
	}}
}

// announcedOfQueues returns events that open the application's queues or delete
// their messages (AWS documentation, "Logging Amazon SQS API calls using AWS
// CloudTrail").
func announcedOfQueues(s *settings.Settings) []event {
	if len(s.Queues) == 0 {
		return nil
	}
	return []event{{
		name: "queue-touched", description: "Reports queues of the application that are purged, deleted or shared", region: s.Region,
		pattern: selecting("aws.sqs", "AWS API Call via CloudTrail", map[string]any{
			"errorCode":         []any{map[string]any{"exists": false}},
			"eventName":         []string{"AddPermission", "DeleteQueue", "PurgeQueue"},
			"eventSource":       []string{"sqs.amazonaws.com"},
			"requestParameters": map[string]any{"queueUrl": []any{map[string]any{"wildcard": "*/" + s.Stack + "-*"}}},
		}),
	}}
}

// announcedOfCache returns events that make the cache less secure than the claim
// requires. AWS can disable encryption in transit of existing nodes. Changes that
// AWS does not support are not included.
func announcedOfCache(s *settings.Settings) []event {
	if !s.Cache.Replicated() {
		return nil
	}
	return []event{{
		name: "cache-exposed", description: "Reports changes that open the cache to clients without TLS or a password, or to other users", region: s.Region,
		pattern: selecting("aws.elasticache", "AWS API Call via CloudTrail", map[string]any{
			"errorCode":   []any{map[string]any{"exists": false}},
			"eventName":   []string{"ModifyReplicationGroup"},
			"eventSource": []string{"elasticache.amazonaws.com"},
			"requestParameters": map[string]any{
				"replicationGroupId": []string{s.Cache.Name},
				"$or": []any{
					map[string]any{"transitEncryptionEnabled": []bool{false}},
					map[string]any{"transitEncryptionMode": []string{"preferred"}},
					map[string]any{"authTokenUpdateStrategy": []string{"DELETE"}},
					map[string]any{"userGroupIdsToAdd": []any{map[string]any{"exists": true}}},
				},
			},
		}),
	}}
}

// unsafeSignIn returns an event for sign-ins as root or without MFA. CloudTrail
// records a sign-in in the region of its endpoint: root's in that of global
// services, and users' in that of the console (AWS documentation, "AWS Management
// Console sign-in events"). The trail counts sign-ins in other regions, because it
// covers all of them.
func unsafeSignIn(name, region string) event {
	return event{
		name: name, description: "Reports sign-ins to the account as root or without MFA", region: region,
		pattern: selecting("aws.signin", "AWS Console Sign In via CloudTrail", map[string]any{
			"eventName":        []string{"ConsoleLogin"},
			"responseElements": map[string]any{"ConsoleLogin": []string{"Success"}},
			"$or": []any{
				map[string]any{"userIdentity": map[string]any{"type": []string{"Root"}}},
				map[string]any{"userIdentity": map[string]any{"type": []string{"IAMUser"}}, "additionalEventData": map[string]any{"MFAUsed": []string{"No"}}},
			},
		}),
	}
}

// selecting returns a pattern as canonical JSON.
func selecting(source, detailType string, detail map[string]any) string {
	return kit.EventPattern(map[string]any{"source": []string{source}, "detail-type": []string{detailType}, "detail": detail})
}

// globalEvents returns the region for events of a partition's global services (AWS
// documentation, "About global service events").
func globalEvents(s *settings.Settings) string {
	switch s.Partition.Name {
	case aws.China.Name:
		return "cn-north-1"
	case aws.GovCloud.Name:
		return "us-gov-west-1"
	default:
		return aws.GlobalRegion
	}
}
