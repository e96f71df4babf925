package network

import (
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// caller calls AWS APIs from the stack's private subnets.
type caller struct {
	name string
	// services are the APIs, by the names of their endpoints.
	services []string
}

// callers returns the callers in the stack with their APIs. Each API must be
// reachable: through an interface endpoint that admits the caller, or through NAT
// gateways. If a firewall restricts domains, it must allow the API. S3 has a
// gateway endpoint.
func callers(s *settings.Settings) []caller {
	app := caller{name: "application", services: []string{"secretsmanager"}}
	if s.On(settings.TierParameters) {
		app.services = append(app.services, "ssm")
	}
	for _, r := range s.Access.Runtimes {
		switch r {
		case v1alpha1.RuntimeLambda: // Lambda itself writes a function's logs.
		case v1alpha1.RuntimeECS:
			app.services = append(app.services, "ecr.api", "ecr.dkr", "logs")
		case v1alpha1.RuntimeEKS:
			app.services = append(app.services, "ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "sts")
		}
	}
	out := []caller{app}
	if s.Responses.InVPC {
		out = append(out, caller{name: "responses", services: responsesCalls})
	}
	return out
}

// responsesCalls lists the APIs that the responses' function calls.
var responsesCalls = []string{"cloudtrail", "ec2", "rds", "sns"}

// calledNames returns the domains that the firewall must allow: those of APIs
// without an interface endpoint, and of image registries.
func calledNames(s *settings.Settings) []string {
	var out []string
	for _, c := range callers(s) {
		for _, service := range c.services {
			if !slices.Contains(s.Network.Endpoints, service) {
				out = append(out, publicName(s, service))
			}
		}
	}
	out = append(out, kit.RegistryHosts(s)...)
	slices.Sort(out)
	return slices.Compact(out)
}

// publicName returns the domain of a service's public endpoint in the firewall's
// format: a leading dot matches all subdomains (AWS documentation, "AWS service
// endpoints" and "Stateful domain list rule groups").
func publicName(s *settings.Settings, service string) string {
	suffix := "." + s.Region + "." + s.Partition.DNSSuffix
	switch service {
	case "ecr.api":
		return "api.ecr" + suffix
	case "ecr.dkr":
		return ".dkr.ecr" + suffix
	default:
		return service + suffix
	}
}
