package kit

import (
	"strconv"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// MountTarget is where the file system is reached in a subnet of the application.
type MountTarget struct {
	Resource string
	// Subnet by its ID, or by a reference.
	Subnet    *string
	SubnetRef *xpv1.NamespacedReference
}

// MountTargets is those of all subnets of the application. EFS takes one in each
// zone (Amazon EFS API Reference, "CreateMountTarget").
func MountTargets(s *settings.Settings, set *desired.Set) []MountTarget {
	var out []MountTarget
	if e := s.Network.Existing; e != nil {
		for _, id := range e.PrivateSubnetIDs {
			out = append(out, MountTarget{Resource: composed.MountTarget(naming.Hash(id)), Subnet: new(id)})
		}
		return out
	}
	for _, z := range s.Network.Zones {
		out = append(out, MountTarget{Resource: composed.MountTarget(strconv.Itoa(z.Number)), SubnetRef: set.Ref(composed.PrivateSubnet(z.Number))})
	}
	return out
}

// FilesReachable is what must be known before containers or functions can start with
// directories of the file system: that it is reached in all zones, and that the
// app role may use it.
func FilesReachable(s *settings.Settings, observed facts.Observed, set *desired.Set) []facts.Fact {
	needs := []facts.Fact{observed.Ready(composed.AppRoleFiles)}
	for _, m := range MountTargets(s, set) {
		needs = append(needs, observed.Ready(m.Resource))
	}
	return needs
}
