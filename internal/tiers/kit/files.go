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

// MountTarget is a mount target of the file system in a subnet of the application.
type MountTarget struct {
	Resource string
	// Subnet is its ID, or SubnetRef a reference to it.
	Subnet    *string
	SubnetRef *xpv1.NamespacedReference
}

// MountTargets returns the mount targets in all subnets of the application. EFS
// allows one in each zone (Amazon EFS API Reference, "CreateMountTarget").
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

// FilesReachable returns the facts that containers and functions with mounts wait
// for: that the mount targets of all zones are ready, and that the app role has
// permission.
func FilesReachable(s *settings.Settings, observed facts.Observed, set *desired.Set) []facts.Fact {
	needs := []facts.Fact{observed.Ready(composed.AppRoleFiles)}
	for _, m := range MountTargets(s, set) {
		needs = append(needs, observed.Ready(m.Resource))
	}
	return needs
}
