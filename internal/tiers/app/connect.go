package app

import (
	"encoding/json"
	"slices"
	"strings"

	ecs "github.com/upbound/provider-aws/v2/apis/namespaced/ecs/v1beta1"
	servicediscovery "github.com/upbound/provider-aws/v2/apis/namespaced/servicediscovery/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// idleSeconds is for how long a connection between services may rest, which is what
// Service Connect does by default. The provider would send zero, which is without end.
const idleSeconds = 300

// appProtocols is what a container's port speaks, as ECS calls it. It takes a port
// that says nothing for TCP (Amazon ECS API Reference, "PortMapping").
var appProtocols = map[v1alpha1.ServiceProtocol]string{
	v1alpha1.ServiceProtocolHTTP: "http",
	v1alpha1.ServiceProtocolGRPC: "grpc",
}

// callsLabel lists the services whose names a container was started with.
const callsLabel = "platform.secure-ecommerce.dev/calls"

// composeConnection adds the names by which services of the claim call each other,
// and the way between them (AWS documentation, "Amazon ECS Service Connect"). ECS keeps
// what is in the namespace.
func composeConnection(s *settings.Settings, set *desired.Set) {
	if len(s.App.Connected()) == 0 {
		return
	}
	set.Add(composed.AppNamespace, &servicediscovery.HTTPNamespace{Spec: servicediscovery.HTTPNamespaceSpec{ForProvider: servicediscovery.HTTPNamespaceParameters{
		Name:        new(s.Stack),
		Description: new("Services of " + s.Stack + " that call each other"),
	}}})
	ports := map[int]bool{}
	for _, service := range s.App.Callable() {
		if !ports[service.Port] {
			connectPort(set, service.Port)
		}
		ports[service.Port] = true
	}
}

// connectPort lets containers of the application reach each other at a port.
func connectPort(set *desired.Set, port int) {
	kit.OpenPort(set, kit.Opening{
		From: composed.AppSecurityGroup, To: composed.AppSecurityGroup, Port: port,
		Ingress: composed.AppFromApp(port), IngressDescription: "Calls between services of the application",
		Egress: composed.AppToApp(port), EgressDescription: "Calls between services of the application",
	})
}

// connected reports whether a service is one of those that call each other.
func connected(s *settings.Settings, service settings.Service) bool {
	return named(s.App.Connected(), service.Name)
}

// named reports whether a service is one of some.
func named(services []settings.Service, name string) bool {
	return slices.ContainsFunc(services, func(s settings.Service) bool { return s.Name == name })
}

// connection is how a service calls others and is called by them, nil if it neither
// does, and what must be known to say it. Containers that listen are reached through a
// proxy that ECS adds to each.
func connection(s *settings.Settings, observed facts.Observed, service settings.Service) (*ecs.ServiceConnectConfigurationParameters, []facts.Fact) {
	if !connected(s, service) {
		return nil, nil
	}
	namespace := observed.ARN(composed.AppNamespace)
	out := &ecs.ServiceConnectConfigurationParameters{
		Enabled:   new(true),
		Namespace: new(namespace.Value),
		LogConfiguration: &ecs.ServiceConnectConfigurationLogConfigurationParameters{
			LogDriver: new(logDriver), Options: kit.PointersOf(logOptions(s, service, service.Name+"-proxy")),
		},
	}
	if service.Listens() {
		out.Service = []ecs.ServiceConnectConfigurationServiceParameters{{
			PortName:      new(service.Name),
			DiscoveryName: new(service.Name),
			ClientAlias:   &ecs.ClientAliasParameters{DNSName: new(service.Name), Port: new(float64(service.CallPort))},
			Timeout:       answerTimeout(service),
		}}
	}
	return out, []facts.Fact{namespace}
}

// answerTimeout is how long the proxy waits for an answer, which is 15 seconds by
// default; streams of gRPC have no end. It takes none for TCP (Amazon ECS API
// Reference, "TimeoutConfiguration").
func answerTimeout(service settings.Service) *ecs.TimeoutParameters {
	out := &ecs.TimeoutParameters{IdleTimeoutSeconds: new(float64(idleSeconds)), PerRequestTimeoutSeconds: new(float64(service.Timeout))}
	switch service.Protocol {
	case v1alpha1.ServiceProtocolTCP:
		return nil
	case v1alpha1.ServiceProtocolGRPC:
		out.PerRequestTimeoutSeconds = new(float64(0))
	case v1alpha1.ServiceProtocolHTTP:
	}
	return out
}

// joined is what is known of a service that others can call by its name.
func joined(observed facts.Observed, service settings.Service) facts.Fact {
	return observed.Fact(composed.AppService(service.Name), "status.atProvider.serviceConnectConfiguration.namespace")
}

// callable is what a new service waits for: those that it calls. Internal services wait
// for none, because they may call each other.
func callable(s *settings.Settings, observed facts.Observed, service settings.Service) []facts.Fact {
	if !connected(s, service) || service.Internal() || observed.Has(composed.AppService(service.Name)) {
		return nil
	}
	var needs []facts.Fact
	for _, other := range s.App.Callable() {
		if other.Internal() && !byPipeline(other) {
			needs = append(needs, joined(observed, other))
		}
	}
	return needs
}

// called is the names that a service's containers can call, and whether all of them are
// there. A pipeline's task definitions say nothing of them.
func called(s *settings.Settings, observed facts.Observed, service settings.Service) ([]string, bool) {
	if !connected(s, service) || byPipeline(service) {
		return nil, true
	}
	var names []string
	there := true
	for _, other := range s.App.Callable() {
		if other.Name == service.Name || byPipeline(other) {
			continue
		}
		names, there = append(names, other.Name), there && joined(observed, other).Known()
	}
	return names, there
}

// labels is a label with the names that a service's containers can call. A container
// knows the names that there were when its deployment began (AWS documentation, "Amazon
// ECS Service Connect components"), so that another name has to be another
// deployment, and a change of the label is one. It changes once all
// names are there, and so once for all of them.
func labels(s *settings.Settings, observed facts.Observed, service settings.Service) map[string]string {
	names, there := called(s, observed, service)
	if !there {
		return currentLabels(observed, service)
	}
	if len(names) == 0 {
		return nil
	}
	return map[string]string{callsLabel: strings.Join(names, ",")}
}

// byPipeline reports whether a pipeline says what a service's containers are.
func byPipeline(service settings.Service) bool {
	return service.DeployedBy == v1alpha1.DeployedByPipeline
}

// currentLabels is the labels of the task definition that a service is known to run.
func currentLabels(observed facts.Observed, service settings.Service) map[string]string {
	arn := runs(observed, service)
	for _, r := range observed.Names() {
		if arn == "" || !composed.IsAppTaskDefinition(service.Name, r) || observed.ARN(r).Value != arn {
			continue
		}
		var containers []container
		if err := json.Unmarshal([]byte(observed.String(r, "spec.forProvider.containerDefinitions")), &containers); err != nil {
			continue // Not what this function composes, so that it has none of its labels.
		}
		for _, c := range containers {
			if c.Name == service.Name {
				return c.DockerLabels
			}
		}
	}
	return nil
}

// initialConnection is a connection as it is only said when a service is made.
func initialConnection(c *ecs.ServiceConnectConfigurationParameters) *ecs.ServiceConnectConfigurationInitParameters {
	out := &ecs.ServiceConnectConfigurationInitParameters{
		Enabled: c.Enabled, Namespace: c.Namespace,
		LogConfiguration: &ecs.ServiceConnectConfigurationLogConfigurationInitParameters{LogDriver: c.LogConfiguration.LogDriver, Options: c.LogConfiguration.Options},
	}
	for _, s := range c.Service {
		served := ecs.ServiceConnectConfigurationServiceInitParameters{
			PortName: s.PortName, DiscoveryName: s.DiscoveryName, ClientAlias: &ecs.ClientAliasInitParameters{DNSName: s.ClientAlias.DNSName, Port: s.ClientAlias.Port},
		}
		if t := s.Timeout; t != nil {
			served.Timeout = &ecs.TimeoutInitParameters{IdleTimeoutSeconds: t.IdleTimeoutSeconds, PerRequestTimeoutSeconds: t.PerRequestTimeoutSeconds}
		}
		out.Service = append(out.Service, served)
	}
	return out
}
