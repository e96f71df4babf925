package settings

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// MaxPathWithHosts is the maximum length of paths of services with hosts. Longer
// paths would need priorities that the load balancer uses for host rules.
const MaxPathWithHosts = 64

// checkHosts returns an error for each host that is not one of the shop's domains,
// and for each path that more than one service would answer on a host.
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

// unknownHost returns the error for a host that is not one of the shop's domains.
func unknownHost(path *field.Path, host string, domains []string) *field.Error {
	if len(domains) == 0 {
		return field.Invalid(path, host, "hosts requires cdn.domain: set cdn.domain (for example, to shop.example.com), or remove hosts")
	}
	return field.Invalid(path, host, fmt.Sprintf("must be one of the domains in cdn.domain and cdn.additionalDomains (%s)", strings.Join(domains, ", ")))
}

// checkHostPaths returns an error for each path of a service that is too long, or
// that an earlier service answers on the same host.
func checkHostPaths(at *field.Path, hosts, paths []string, taken map[string]string, name string) field.ErrorList {
	var errs field.ErrorList
	for i, path := range paths {
		if len(path) > MaxPathWithHosts {
			errs = append(errs, field.Invalid(at.Index(i), path, fmt.Sprintf("a path can have at most %d characters if services have hosts", MaxPathWithHosts)))
		}
		for _, host := range hosts {
			if other, ok := taken[host+path]; ok {
				errs = append(errs, field.Invalid(at.Index(i), path, fmt.Sprintf("service %s already serves this path on %s: remove the path from one of the services", other, host)))
			}
			taken[host+path] = name
		}
	}
	return errs
}
