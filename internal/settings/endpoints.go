package settings

import (
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cidr"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

// checkEndpoints rejects endpoints whose resource names would collide. Names within
// a stack have hyphens instead of dots. No two AWS services collide today.
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
					"must be the name of an AWS service: an endpoint with this name would conflict with another resource in the stack"))
				break
			}
		}
		for _, r := range resources {
			taken[r] = true
		}
	}
	return errs
}
