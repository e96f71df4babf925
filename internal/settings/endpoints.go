package settings

import (
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cidr"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// checkEndpoints refuses endpoints whose resources would be called as others of
// the stack are: a name within a stack has hyphens for dots. No two services of
// AWS are called like that.
func checkEndpoints(services []string) field.ErrorList {
	taken := map[string]bool{composed.EndpointSecurityGroup: true, composed.EndpointFromApp: true, composed.EndpointFromResponses: true}
	for zone := 1; zone <= cidr.MaxZones; zone++ {
		taken[composed.EndpointFromNodes(zone)] = true
	}
	var errs field.ErrorList
	for i, service := range services {
		resources := []string{composed.Endpoint(service), composed.EndpointGroup(service)}
		for zone := 1; zone <= cidr.MaxZones; zone++ {
			resources = append(resources, composed.EndpointSubnet(service, zone))
		}
		for _, r := range resources {
			if taken[r] {
				errs = append(errs, field.Invalid(field.NewPath("spec", "network", "interfaceEndpoints").Index(i), service,
					"is not the name of an AWS service, and the stack already has a resource of this name"))
				break
			}
		}
		for _, r := range resources {
			taken[r] = true
		}
	}
	return errs
}
