package app

import (
	ec2 "github.com/upbound/provider-aws/v2/apis/namespaced/ec2/v1beta1"
	ecs "github.com/upbound/provider-aws/v2/apis/namespaced/ecs/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// composeApp adds what runs the claim's services, and what leads visitors to them.
func composeApp(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	jobs := composeContainers(s, observed, set)
	composeFunctions(s, observed, set, jobs)
}

// composeContainers adds the services that run on Fargate. It returns what must be
// known before any service is rolled out: that the jobs have succeeded.
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

// composeServiceLogGroup adds where the logs of a service's containers go.
func composeServiceLogGroup(s *settings.Settings, set *desired.Set, service settings.Service) {
	kit.ComposeLogGroup(s, set, kit.LogGroup{
		Resource: composed.AppLogGroup(service.Name), Name: kit.AppLogGroup(s, service.Name), Region: s.Region, Key: composed.LogsKey,
	})
}

// composePulls lets Fargate start containers where not all that it needs has an
// interface endpoint: registries have many addresses, so that they are told by
// no range. It uses the container's own network for it (AWS documentation,
// "Fargate task networking").
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

// composeCertificate asks for the load balancer's certificate of the claim's
// domains. The DNS record that proves a domain to ACM is the same in all regions,
// so it needs no other one than the distribution's. One of other domains
// stays as long as the load balancer shows it, because ACM deletes none in use.
func composeCertificate(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := kit.AppCertificate(s)
	if current != "" {
		set.Add(current, kit.Certificate(s))
	}
	kit.HoldCertificates(observed, set, current, composed.IsAppCertificate, observed.String(composed.AppListener(kit.HTTPS.Name), "spec.forProvider.certificateArn"))
}

// reportApp says what runs and where its logs are.
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
