package settings

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// MaxPathWithHosts is how long paths may be where services have hosts: the load
// balancer's priorities of longer ones are those of rules with hosts.
const MaxPathWithHosts = 64

// checkHosts returns the hosts of services that the shop does not have, and the paths
// that more than one service would answer for a host.
func checkHosts(spec v1alpha1.SecureEcommerceSpec) field.ErrorList {
	path := field.NewPath("spec", "app", "services")
	if !slices.ContainsFunc(spec.App.Services, func(s v1alpha1.Service) bool { return len(s.Hosts) > 0 }) {
		return nil
	}
	var domains []string
	if spec.CDN.Domain != "" {
		domains = append([]string{spec.CDN.Domain}, spec.CDN.AdditionalDomains...)
	}
	var errs field.ErrorList
	taken := map[string]string{}
	for i, s := range spec.App.Services {
		for j, host := range s.Hosts {
			if !slices.Contains(domains, host) {
				errs = append(errs, unknownHost(path.Index(i).Child("hosts").Index(j), host, domains))
			}
		}
		errs = append(errs, checkHostPaths(path.Index(i).Child("paths"), s.Hosts, s.Paths, taken, s.Name)...)
		errs = append(errs, checkHostPaths(path.Index(i).Child("cachedPaths"), s.Hosts, s.CachedPaths, taken, s.Name)...)
	}
	return errs
}

// unknownHost is the error about a host that is no domain of the shop.
func unknownHost(path *field.Path, host string, domains []string) *field.Error {
	if len(domains) == 0 {
		return field.Invalid(path, host, "requires cdn.domain: set it, such as shop.example.com, or remove hosts")
	}
	return field.Invalid(path, host, "must be cdn.domain or one of cdn.additionalDomains: "+strings.Join(domains, ", "))
}

// checkHostPaths returns which paths of a service are too long, or answered for one of
// its hosts by an earlier service.
func checkHostPaths(at *field.Path, hosts, paths []string, taken map[string]string, name string) field.ErrorList {
	var errs field.ErrorList
	for i, path := range paths {
		if len(path) > MaxPathWithHosts {
			errs = append(errs, field.Invalid(at.Index(i), path, fmt.Sprintf("a path can have at most %d characters if services have hosts", MaxPathWithHosts)))
		}
		for _, host := range hosts {
			if other, ok := taken[host+path]; ok {
				errs = append(errs, field.Invalid(at.Index(i), path, fmt.Sprintf("service %s already answers it for %s: remove it from one of them", other, host)))
			}
			taken[host+path] = name
		}
	}
	return errs
}
