package app

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ec2"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ecs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeApp adds the claim's services, and the resources that route visitors to
// them.
func composeApp(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	jobs := composeContainers(s, observed, set)
	composeFunctions(s, observed, set, jobs)
}

// composeContainers adds the services on Fargate. It returns the facts that all
// rollouts wait for: that the jobs have succeeded.
func composeContainers(s *settings.Settings, observed facts.Observed, set *desired.Set) []facts.Fact {
	containers := s.App.Containers()
	if len(containers) == 0 {
		return nil
	}
	set.Add(composed.AppCluster, &ecs.Cluster{Spec: ecs.ClusterSpec{ForProvider: ecs.ClusterParameters{
		Setting: []ecs.SettingParameters{{Name: new("containerInsights"), Value: new("enabled")}},
	}}}, desired.Named(s.Stack))
	composeExecutionRole(s, observed, set)
	composeScheduleRole(s, observed, set)
	composeRestart(s, observed, set)
	composePulls(s, set)
	composeLoadBalancer(s, observed, set)
	composeConnection(s, set)
	jobs := composeJobs(s, observed, set)
	for _, service := range containers {
		if service.Job() {
			continue
		}
		composeServiceLogGroup(s, set, service)
		task := composeTask(s, observed, set, service)
		task.needs = append(task.needs, jobs...)
		if service.Schedule != "" {
			composeSchedule(s, observed, set, service, task)
			continue
		}
		composeService(s, observed, set, service, task)
		composeScaling(s, observed, set, service)
	}
	return jobs
}

// composeServiceLogGroup adds the log group of a service.
func composeServiceLogGroup(s *settings.Settings, set *desired.Set, service settings.Service) {
	kit.ComposeLogGroup(s, set, kit.LogGroup{
		Resource: composed.AppLogGroup(service.Name), Name: kit.AppLogGroup(s, service.Name), Region: s.Region, Key: composed.LogsKey,
	})
}

// composePulls allows Fargate to start containers if some of the required APIs have
// no interface endpoint. Registries have no fixed address ranges. Fargate uses the
// container's network interface for these calls (AWS documentation, "Fargate task
// networking").
func composePulls(s *settings.Settings, set *desired.Set) {
	if s.PullsByEndpoints() {
		return
	}
	set.Add(composed.AppToRegistries, &ec2.SecurityGroupEgressRule{Spec: ec2.SecurityGroupEgressRuleSpec{ForProvider: ec2.SecurityGroupEgressRuleParameters{
		SecurityGroupIDRef: set.Ref(composed.AppSecurityGroup),
		Description:        new("HTTPS to image registries and AWS"),
		CidrIPv4:           new(kit.Anywhere),
		IPProtocol:         new("tcp"), FromPort: new(float64(443)), ToPort: new(float64(443)),
	}}})
}

// composeCertificate requests the load balancer's certificate for the claim's
// domains. The validation record is the same in all regions, so the distribution's
// record is sufficient. A certificate for other domains is kept while the load
// balancer uses it, because ACM does not delete a certificate in use.
func composeCertificate(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := kit.AppCertificate(s)
	if current != "" {
		set.Add(current, kit.Certificate(s))
	}
	kit.HoldCertificates(observed, set, current, composed.IsAppCertificate, observed.String(composed.AppListener(kit.HTTPS.Name), "spec.forProvider.certificateArn"))
}

// reportApp reports services and their log groups.
func reportApp(s *settings.Settings, observed facts.Observed, status *v1alpha1.SecureEcommerceStatus) {
	if observed.Has(composed.AppCluster) && len(s.App.Containers()) > 0 {
		status.App.Cluster = s.Stack
		status.App.LoadBalancerARN = observed.ARN(composed.AppLoadBalancer).Value
	}
	for _, service := range s.App.Services {
		if service.Lambda() {
			status.App.Services = append(status.App.Services, v1alpha1.ServiceStatus{
				Name:        service.Name,
				LogGroup:    kit.FunctionLogGroup(s, service),
				FunctionARN: observed.ARN(composed.AppFunction(kit.FunctionOf(service), service.Name)).Value,
			})
			continue
		}
		if !observed.Has(composed.AppCluster) {
			continue
		}
		status.App.Services = append(status.App.Services, v1alpha1.ServiceStatus{
			Name:           service.Name,
			LogGroup:       kit.AppLogGroup(s, service.Name),
			TaskDefinition: runs(observed, service),
		})
	}
}
