package responses

import (
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// announced returns the events that are published without a response, because there
// is nothing to revert or only a user can decide. Those of optional parts of the
// stack come last, so an edit moves few events to another rule.
func announced(s *settings.Settings) []event {
	return slices.Concat(announcedOfAccount(s), announcedOfDatabase(s), announcedOfApp(s), announcedOfSearch(s), announcedOfQueues(s), announcedOfCache(s))
}

// announcedOfAccount returns findings, changes to roles and sign-ins. An account has
// the findings about all resources, and the sign-ins for its stacks. IAM's events
// exist in one region only.
func announcedOfAccount(s *settings.Settings) []event {
	out := []event{
		{name: "guardduty-finding", region: s.Region, pattern: guardDutyFinding(s)},
		{name: "securityhub-finding", region: s.Region, pattern: securityHubFinding(s)},
	}
	region := globalEvents(s)
	if region != s.Region && s.Shared == nil {
		out = append(out, unsafeSignIn("unsafe-regional-sign-in", s.Region))
	}
	if region != s.Region && !kit.EdgeEvents(s) {
		return out // There is no topic in the event's region.
	}
	out = append(out, event{
		name: "role-changed", region: region,
		pattern: eventpattern.Call(
			"iam", eventpattern.Pattern{"requestParameters": eventpattern.Pattern{"roleName": own(s)}},
			"AttachRolePolicy", "DeleteRolePermissionsBoundary", "DeleteRolePolicy", "DetachRolePolicy",
			"PutRolePermissionsBoundary", "PutRolePolicy", "UpdateAssumeRolePolicy",
		),
	})
	if s.Shared == nil {
		out = append(out, unsafeSignIn("unsafe-sign-in", region))
	}
	return out
}

// own returns the values that match names of the stack's resources.
func own(s *settings.Settings) []any { return []any{map[string]any{"prefix": s.Stack + "-"}} }

// securityHubFinding selects new severe findings about the stack's resources, or about
// all of the account's.
func securityHubFinding(s *settings.Settings) eventpattern.Pattern {
	findings := eventpattern.Pattern{
		"RecordState": []string{"ACTIVE"},
		"Severity":    eventpattern.Pattern{"Label": []string{"CRITICAL", "HIGH"}},
		"Workflow":    eventpattern.Pattern{"Status": []string{"NEW"}},
	}
	if !s.IsAccount {
		findings["Resources"] = eventpattern.Pattern{"Id": []any{map[string]any{"wildcard": "*" + s.Stack + "-*"}}}
	}
	return eventpattern.Of("aws.securityhub", "Security Hub Findings - Imported", eventpattern.Pattern{"findings": findings})
}

// severe is GuardDuty's range of severe findings.
func severe() []any { return []any{map[string]any{"numeric": []any{">=", 7}}} }

// guardDutyFinding selects severe findings about the stack's resources, or about all
// of the account's.
func guardDutyFinding(s *settings.Settings) eventpattern.Pattern {
	if s.IsAccount {
		return eventpattern.Of("aws.guardduty", "GuardDuty Finding", eventpattern.Pattern{"severity": severe()})
	}
	about := []eventpattern.Pattern{
		{"resource": eventpattern.Pattern{"accessKeyDetails": eventpattern.Pattern{"userName": own(s)}}},
		{"resource": eventpattern.Pattern{"lambdaDetails": eventpattern.Pattern{"functionName": own(s)}}},
	}
	if s.Database.Enabled {
		about = append(about, eventpattern.Pattern{"resource": eventpattern.Pattern{"rdsDbInstanceDetails": eventpattern.Pattern{"dbInstanceIdentifier": own(s)}}})
	}
	about = append(about, eventpattern.Pattern{"resource": eventpattern.Pattern{"s3BucketDetails": eventpattern.Pattern{"name": own(s)}}})
	return eventpattern.Of("aws.guardduty", "GuardDuty Finding", eventpattern.Pattern{
		"severity":      severe(),
		eventpattern.Or: about,
	})
}

// announcedOfDatabase returns the events of the stack's database, if the account has
// the subscriptions. EventBridge receives them too (Amazon RDS User Guide, "Creating a
// rule that triggers on an Amazon RDS event").
func announcedOfDatabase(s *settings.Settings) []event {
	if s.Shared == nil || !s.Database.Enabled {
		return nil
	}
	of := func(detailType string, names ...string) eventpattern.Pattern {
		return eventpattern.Of("aws.rds", detailType, eventpattern.Pattern{
			"SourceIdentifier": names,
			"EventCategories":  []string{"configuration change", "failure", "maintenance"},
		})
	}
	if s.Database.Aurora == nil {
		return []event{{name: "database-event", region: s.Region, pattern: of("RDS DB Instance Event", s.Names.Database)}}
	}
	return []event{
		{name: "database-event", region: s.Region, pattern: of("RDS DB Instance Event", kit.InstanceIdentifiers(s)...)},
		{name: "cluster-event", region: s.Region, pattern: of("RDS DB Cluster Event", s.Names.Database)},
	}
}

// announcedOfApp returns the events of the stack's services (AWS documentation,
// "Amazon ECS events").
func announcedOfApp(s *settings.Settings) []event {
	if len(s.App.Containers()) == 0 {
		return nil
	}
	cluster := s.Partition.ARN("ecs", s.Region, s.Account.Value, "cluster/"+s.Stack)
	deployment := eventpattern.Of("aws.ecs", "ECS Deployment State Change", eventpattern.Pattern{"eventName": []string{"SERVICE_DEPLOYMENT_FAILED"}})
	deployment["resources"] = []any{map[string]any{"wildcard": s.Partition.ARN("ecs", s.Region, s.Account.Value, "service/"+s.Stack+"/*")}}
	return []event{
		{name: "deployment-failed", region: s.Region, pattern: deployment},
		{
			name: "container-failed", region: s.Region,
			pattern: eventpattern.Of("aws.ecs", "ECS Task State Change", eventpattern.Pattern{
				"clusterArn": []string{cluster},
				"lastStatus": []string{"STOPPED"},
				eventpattern.Or: []eventpattern.Pattern{
					{"stopCode": []string{"TaskFailedToStart"}},
					{"stopCode": []string{"EssentialContainerExited"}, "containers": eventpattern.Pattern{"exitCode": []any{map[string]any{"anything-but": []int{0}}}}},
				},
			}),
		},
		{
			name: "container-exposed", region: s.Region,
			pattern: eventpattern.Call("ecs", eventpattern.Pattern{
				"requestParameters": eventpattern.Pattern{
					"cluster":              []string{s.Stack, cluster},
					"networkConfiguration": eventpattern.Pattern{"awsvpcConfiguration": eventpattern.Pattern{"assignPublicIp": []string{"ENABLED"}}},
				},
			}, "CreateService", "RunTask", "UpdateService"),
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
		name: "search-changed", region: s.Region,
		pattern: eventpattern.Call(
			"es", eventpattern.Pattern{"requestParameters": eventpattern.Pattern{"domainName": []string{s.Search.Domain}}},
			"AuthorizeVpcEndpointAccess", "DeleteDomain", "UpdateDomainConfig",
		),
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
		name: "queue-touched", region: s.Region,
		pattern: eventpattern.Call(
			"sqs", eventpattern.Pattern{"requestParameters": eventpattern.Pattern{"queueUrl": []any{map[string]any{"wildcard": "*/" + s.Stack + "-*"}}}},
			"AddPermission", "DeleteQueue", "PurgeQueue",
		),
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
		name: "cache-exposed", region: s.Region,
		pattern: eventpattern.Call("elasticache", eventpattern.Pattern{
			"requestParameters": eventpattern.Pattern{
				"replicationGroupId": []string{s.Cache.Name},
				eventpattern.Or: []eventpattern.Pattern{
					{"transitEncryptionEnabled": []bool{false}},
					{"transitEncryptionMode": []string{"preferred"}},
					{"authTokenUpdateStrategy": []string{"DELETE"}},
					{"userGroupIdsToAdd": []any{map[string]any{"exists": true}}},
				},
			},
		}, "ModifyReplicationGroup"),
	}}
}

// unsafeSignIn returns an event for sign-ins as root or without MFA. CloudTrail
// records a sign-in in the region of its endpoint: root's in that of global
// services, and users' in that of the console (AWS documentation, "AWS Management
// Console sign-in events"). The trail counts sign-ins in other regions, because it
// covers all of them.
func unsafeSignIn(name, region string) event {
	return event{name: name, region: region, pattern: eventpattern.Of("aws.signin", "AWS Console Sign In via CloudTrail", eventpattern.Pattern{
		"eventName":        []string{"ConsoleLogin"},
		"responseElements": eventpattern.Pattern{"ConsoleLogin": []string{"Success"}},
		eventpattern.Or: []eventpattern.Pattern{
			{"userIdentity": eventpattern.Pattern{"type": []string{"Root"}}},
			{"userIdentity": eventpattern.Pattern{"type": []string{"IAMUser"}}, "additionalEventData": eventpattern.Pattern{"MFAUsed": []string{"No"}}},
		},
	})}
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
