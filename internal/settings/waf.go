package settings

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cidr"
)

// waf returns the WAF settings, with each IP address as a range.
func waf(spec v1alpha1.WAFSpec) v1alpha1.WAFSpec {
	spec.AllowCIDRs, spec.BlockCIDRs = cidr.Ranges(spec.AllowCIDRs), cidr.Ranges(spec.BlockCIDRs)
	var restricted []v1alpha1.WAFRestrictedPath
	for _, r := range spec.RestrictedPaths {
		restricted = append(restricted, v1alpha1.WAFRestrictedPath{Path: r.Path, CIDRs: cidr.Ranges(r.CIDRs)})
	}
	spec.RestrictedPaths = restricted
	return spec
}
