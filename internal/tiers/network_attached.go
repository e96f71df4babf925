package tiers

import (
	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// placement is where something stands: by references to what the stack makes, or
// by IDs of what exists.
type placement struct {
	ids  []*string
	refs []xpv1.NamespacedReference
}

// inVPC is the stack's VPC.
func inVPC(s *settings.Settings, set *desired.Set) (*string, *xpv1.NamespacedReference) {
	if e := s.Network.Existing; e != nil {
		return new(e.VPCID), nil
	}
	return nil, set.Ref(role.VPC)
}

// inDatabaseSubnets is the isolated subnets.
func inDatabaseSubnets(s *settings.Settings, set *desired.Set) placement {
	if e := s.Network.Existing; e != nil {
		return placement{ids: pointers(e.DatabaseSubnetIDs)}
	}
	return placement{refs: ofZones(s, set, role.DatabaseSubnet)}
}

// inPrivateSubnets is the subnets of the application.
func inPrivateSubnets(s *settings.Settings, set *desired.Set) placement {
	if e := s.Network.Existing; e != nil {
		return placement{ids: pointers(e.PrivateSubnetIDs)}
	}
	return placement{refs: ofZones(s, set, role.PrivateSubnet)}
}

// ofZones refers to one resource in each zone, more of which an edit may add.
func ofZones(s *settings.Settings, set *desired.Set, of func(zone int) string) []xpv1.NamespacedReference {
	roles := make([]string, 0, len(s.Network.Zones))
	for _, z := range s.Network.Zones {
		roles = append(roles, of(z.Number))
	}
	return set.LiveRefs(roles...)
}

// reportAttached says what an app tier attaches to in a network that exists.
func reportAttached(e *v1alpha1.ExistingNetwork, observed facts.Observed) v1alpha1.NetworkStatus {
	return v1alpha1.NetworkStatus{
		VPCID:              e.VPCID,
		PublicSubnetIDs:    e.PublicSubnetIDs,
		PrivateSubnetIDs:   e.PrivateSubnetIDs,
		DatabaseSubnetIDs:  e.DatabaseSubnetIDs,
		AppSecurityGroupID: observed.ExternalName(role.AppSecurityGroup).Value,
	}
}
