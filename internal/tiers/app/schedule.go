package app

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudwatchevents"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeSchedule runs a service on its schedule. EventBridge accepts subnets and
// groups only by ID, so it waits for these.
func composeSchedule(s *settings.Settings, observed facts.Observed, set *desired.Set, service settings.Service, t task) {
	composeScheduleRule(s, set, service)
	cluster, group := observed.ARN(composed.AppCluster), observed.ExternalName(composed.AppSecurityGroup)
	needs := append([]facts.Fact{cluster, group, observed.ARN(t.resource), observed.Ready(composed.AppScheduleRoleRun), observed.Ready(composed.AppExecutionRoleStart)}, t.needs...)
	subnets, known := privateSubnets(s, observed)
	set.Add(composed.AppScheduleTarget(service.Name), &cloudwatchevents.Target{Spec: cloudwatchevents.TargetSpec{ForProvider: cloudwatchevents.TargetParameters{
		EventBusName: new("default"),
		RuleRef:      set.Ref(composed.AppSchedule(service.Name)),
		TargetID:     new(service.Name),
		Arn:          new(cluster.Value),
		RoleArnRef:   set.Ref(composed.AppScheduleRole),
		EcsTarget: &cloudwatchevents.EcsTargetParameters{
			LaunchType:           new("FARGATE"),
			PlatformVersion:      new("LATEST"),
			TaskCount:            new(float64(1)),
			TaskDefinitionArnRef: set.LiveRef(t.resource),
			EnableEcsManagedTags: new(true),
			PropagateTags:        new("TASK_DEFINITION"),
			EnableExecuteCommand: new(false),
			NetworkConfiguration: &cloudwatchevents.NetworkConfigurationParameters{
				AssignPublicIP: new(false), Subnets: kit.Pointers(subnets), SecurityGroups: []*string{new(group.Value)},
			},
		},
	}}}, desired.Needs(append(needs, known...)...), desired.Before(composed.AppLogGroup(service.Name)))
}

// composeScheduleRule adds the rule with a service's schedule.
func composeScheduleRule(s *settings.Settings, set *desired.Set, service settings.Service) {
	set.Add(composed.AppSchedule(service.Name), &cloudwatchevents.Rule{Spec: cloudwatchevents.RuleSpec{ForProvider: cloudwatchevents.RuleParameters{
		EventBusName:       new("default"),
		Description:        new("Runs " + service.Name + " of " + s.Stack),
		ScheduleExpression: new(service.Schedule),
		IsEnabled:          new(true),
	}}}, desired.Named(kit.AppFamily(s, service.Name)))
}

// privateSubnets returns the IDs of the application's subnets, and the facts that
// they need.
func privateSubnets(s *settings.Settings, observed facts.Observed) ([]string, []facts.Fact) {
	if e := s.Network.Existing; e != nil {
		return e.PrivateSubnetIDs, nil
	}
	var ids []string
	var known []facts.Fact
	for _, z := range s.Network.Zones {
		id := observed.ExternalName(composed.PrivateSubnet(z.Number))
		ids, known = append(ids, id.Value), append(known, id)
	}
	return ids, known
}
