package app

import (
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/appautoscaling"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ecs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeService adds a service. Once it runs, autoscaling decides the number of
// its containers, and a pipeline may decide its task definition.
func composeService(s *settings.Settings, observed facts.Observed, set *desired.Set, service settings.Service, t task) {
	subnets := kit.InPrivateSubnets(s, set)
	p := ecs.ServiceParameters{
		ClusterRef:                      set.Ref(composed.AppCluster),
		LaunchType:                      new("FARGATE"),
		PlatformVersion:                 new("LATEST"),
		SchedulingStrategy:              new("REPLICA"),
		AvailabilityZoneRebalancing:     new("ENABLED"),
		DeploymentController:            &ecs.DeploymentControllerParameters{Type: new("ECS")},
		DeploymentCircuitBreaker:        &ecs.DeploymentCircuitBreakerParameters{Enable: new(true), Rollback: new(true)},
		DeploymentMinimumHealthyPercent: new(float64(100)),
		DeploymentMaximumPercent:        new(float64(200)),
		EnableEcsManagedTags:            new(true),
		PropagateTags:                   new("SERVICE"),
		EnableExecuteCommand:            new(service.Shell),
		NetworkConfiguration: &ecs.ServiceNetworkConfigurationParameters{
			AssignPublicIP:    new(false),
			Subnets:           subnets.IDs,
			SubnetRefs:        subnets.Refs,
			SecurityGroupRefs: set.LiveRefs(composed.AppSecurityGroup),
		},
		// AWS does not return this field. It is for the provider only.
		WaitForSteadyState: new(false),
	}
	if service.OneAtATime() {
		// ECS rebalances zones only if it can start a container before another one
		// ends.
		p.DeploymentMinimumHealthyPercent, p.DeploymentMaximumPercent, p.AvailabilityZoneRebalancing = new(float64(0)), new(float64(100)), new("DISABLED")
	}
	initial := &ecs.ServiceParameters{DesiredCount: new(float64(service.Min))}
	if byPipeline(service) {
		initial.TaskDefinitionRef = set.Ref(t.resource)
	} else {
		p.TaskDefinitionRef = set.LiveRef(t.resource)
	}
	needs := startable(observed, service, t)
	needs = append(needs, connect(s, observed, service, &p, initial)...)
	if service.Web() {
		p.HealthCheckGracePeriodSeconds = new(float64(service.HealthCheck.GracePeriodSeconds))
		p.LoadBalancer = []ecs.LoadBalancerParameters{{
			ContainerName: new(service.Answering()), ContainerPort: new(float64(service.Port)), TargetGroupArnRef: set.LiveRef(targetGroup(service)),
		}}
		needs = append(needs, listens(s, observed, service)...)
	}
	set.Add(composed.AppService(service.Name), &ecs.Service{Spec: ecs.ServiceSpec{ForProvider: p, InitProvider: initial}},
		desired.Named(service.Name), desired.Needs(needs...), desired.Before(before(s, set, service)...))
}

// connect sets the Service Connect configuration of a service, and returns the
// facts that it needs. A pipeline's task definition may lack the port's name, so
// the configuration is only initial in this case.
func connect(s *settings.Settings, observed facts.Observed, service settings.Service, p, initial *ecs.ServiceParameters) []facts.Fact {
	c, needs := connection(s, observed, service)
	if c == nil {
		return nil
	}
	if byPipeline(service) {
		initial.ServiceConnectConfiguration = c
	} else {
		p.ServiceConnectConfiguration = c
	}
	return append(needs, callable(s, observed, service)...)
}

// before lists the resources that must outlive a service: those that it needs to
// stop, its files, its log group, which it would create again, and its namespace.
func before(s *settings.Settings, set *desired.Set, service settings.Service) []string {
	out := []string{composed.AppLogGroup(service.Name), composed.AppExecutionRoleStart}
	if len(s.App.FilesOf(service)) > 0 {
		for _, m := range kit.MountTargets(s, set) {
			out = append(out, m.Resource)
		}
	}
	if connected(s, service) {
		out = append(out, composed.AppNamespace)
	}
	for _, q := range s.Queues {
		out = append(out, composed.Queue(q.Name))
	}
	return out
}

// startable returns the facts that a change of a service needs: its task definition
// and, for a new service, the execution role with its permissions.
func startable(observed facts.Observed, service settings.Service, t task) []facts.Fact {
	needs := append([]facts.Fact{observed.ARN(t.resource)}, t.needs...)
	if observed.Has(composed.AppService(service.Name)) {
		return needs
	}
	return append(needs, observed.Ready(composed.AppExecutionRoleStart), observed.Ready(composed.AppLogGroup(service.Name)))
}

// listens returns the facts that a service with visitors waits for. ECS rejects a
// target group without a listener.
func listens(s *settings.Settings, observed facts.Observed, service settings.Service) []facts.Fact {
	if observed.Has(composed.AppService(service.Name)) {
		return nil
	}
	p := kit.AppProtocol(s, observed)
	var needs []facts.Fact
	for _, path := range service.Answered() {
		r := route{path: path, service: service}
		if r.byDefault() {
			needs = append(needs, observed.Ready(composed.AppListener(p.Name)))
			continue
		}
		needs = append(needs, observed.Ready(composed.AppListenerRule(p.Name, r.digest())))
	}
	return needs
}

// Metrics for scaling, with their target percentage (AWS documentation, "Use a
// target metric to scale Amazon ECS services").
var scalingMetrics = []struct {
	name, metric string
	target       float64
}{
	{"cpu", "ECSServiceAverageCPUUtilization", 60},
	{"memory", "ECSServiceAverageMemoryUtilization", 75},
}

// composeScaling scales a service by its load.
func composeScaling(s *settings.Settings, observed facts.Observed, set *desired.Set, service settings.Service) {
	target := composed.AppScaling(service.Name)
	id := new(strings.Join([]string{"service", s.Stack, service.Name}, "/"))
	// AWS does not register a target that does not exist, and a policy needs the
	// registered target.
	runs := observed.Fact(composed.AppService(service.Name), "status.atProvider.id")
	set.Add(target, &appautoscaling.Target{Spec: appautoscaling.TargetSpec{ForProvider: appautoscaling.TargetParameters{
		ServiceNamespace:  new("ecs"),
		ScalableDimension: new("ecs:service:DesiredCount"),
		ResourceID:        id,
		MinCapacity:       new(float64(service.Min)),
		MaxCapacity:       new(float64(service.Max)),
	}}}, desired.Needs(runs))
	if service.Max == service.Min {
		return
	}
	for _, m := range scalingMetrics {
		set.Add(composed.AppScalingPolicy(service.Name, m.name), &appautoscaling.Policy{Spec: appautoscaling.PolicySpec{ForProvider: appautoscaling.PolicyParameters{
			PolicyType:           new("TargetTrackingScaling"),
			ServiceNamespaceRef:  set.Ref(target),
			ScalableDimensionRef: set.Ref(target),
			ResourceIDRef:        set.Ref(target),
			TargetTrackingScalingPolicyConfiguration: &appautoscaling.TargetTrackingScalingPolicyConfigurationParameters{
				PredefinedMetricSpecification: &appautoscaling.PredefinedMetricSpecificationParameters{PredefinedMetricType: new(m.metric)},
				TargetValue:                   new(m.target),
				ScaleInCooldown:               new(float64(300)),
				ScaleOutCooldown:              new(float64(60)),
				DisableScaleIn:                new(false),
			},
		}}}, desired.Named(service.Name+"-"+m.name), desired.Needs(runs))
	}
}
