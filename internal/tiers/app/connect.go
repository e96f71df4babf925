package app

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/ecs"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/servicediscovery"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// idleSeconds is the idle timeout of connections between services, which is the default of Service
// Connect. The provider would send zero, which disables the timeout.
const idleSeconds = 300

// appProtocols contains ECS's names of protocols. Without a name, ECS uses TCP
// (Amazon ECS API Reference, "PortMapping").
var appProtocols = map[v1alpha1.ServiceProtocol]string{
	v1alpha1.ServiceProtocolHTTP: "http",
	v1alpha1.ServiceProtocolGRPC: "grpc",
}

// callsLabel is the label with the services that a container can call.
const callsLabel = "platform.secure-ecommerce.dev/calls"

// composeConnection adds the namespace for calls between services, and the security
// group rules (AWS documentation, "Amazon ECS Service Connect"). ECS manages the
// entries in the namespace.
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

// connectPort allows containers of the application to reach each other on a port.
func connectPort(set *desired.Set, port int) {
	kit.OpenPort(set, kit.Opening{
		From: composed.AppSecurityGroup, To: composed.AppSecurityGroup, Port: port,
		Ingress: composed.AppFromApp(port), IngressDescription: "Calls between services of the application",
		Egress: composed.AppToApp(port), EgressDescription: "Calls between services of the application",
	})
}

// connected reports whether a service calls or is called by others.
func connected(s *settings.Settings, service settings.Service) bool {
	return named(s.App.Connected(), service.Name)
}

// named reports whether one of the services has a name.
func named(services []settings.Service, name string) bool {
	return slices.ContainsFunc(services, func(s settings.Service) bool { return s.Name == name })
}

// connection returns the Service Connect configuration of a service, and the facts
// that it needs. It is nil if the service has none. ECS adds a proxy to each
// container that accepts calls.
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

// answerTimeout returns the proxy's response timeout, which is 15 seconds by
// default. gRPC streams have none. TCP does not support it (Amazon ECS API
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

// joined returns the fact that other services can call a service by name.
func joined(observed facts.Observed, service settings.Service) facts.Fact {
	return observed.Fact(composed.AppService(service.Name), "status.atProvider.serviceConnectConfiguration.namespace")
}

// callable returns the facts that a new service waits for: that the services exist
// that it can call. Internal services do not wait, because they may call each
// other.
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

// called returns the names that a service's containers can call, and whether all of
// them exist. Task definitions of a pipeline do not contain them.
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

// labels returns the label with the names that a service's containers can call. A
// container knows only names that existed at the start of its deployment (AWS
// documentation, "Amazon ECS Service Connect components"). A new name therefore
// needs a new deployment, which a changed label causes. The label changes once all
// names exist, to cause only one deployment.
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

// byPipeline reports whether a pipeline manages a service's task definitions.
func byPipeline(service settings.Service) bool {
	return service.DeployedBy == v1alpha1.DeployedByPipeline
}

// currentLabels returns the labels in the running task definition of a service.
func currentLabels(observed facts.Observed, service settings.Service) map[string]string {
	arn := runs(observed, service)
	for _, r := range observed.Names() {
		if arn == "" || !composed.IsAppTaskDefinition(service.Name, r) || observed.ARN(r).Value != arn {
			continue
		}
		var containers []container
		if err := json.Unmarshal([]byte(observed.String(r, "spec.forProvider.containerDefinitions")), &containers); err != nil {
			continue // A task definition that this function did not compose has no label.
		}
		for _, c := range containers {
			if c.Name == service.Name {
				return c.DockerLabels
			}
		}
	}
	return nil
}
