package kit

import (
	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Placement is where something stands: by references to what the stack makes, or
// by IDs of what exists.
type Placement struct {
	IDs  []*string
	Refs []xpv1.NamespacedReference
}

// InVPC is the stack's VPC.
func InVPC(s *settings.Settings, set *desired.Set) (*string, *xpv1.NamespacedReference) {
	if e := s.Network.Existing; e != nil {
		return new(e.VPCID), nil
	}
	return nil, set.Ref(composed.VPC)
}

// InDatabaseSubnets is the isolated subnets.
func InDatabaseSubnets(s *settings.Settings, set *desired.Set) Placement {
	if e := s.Network.Existing; e != nil {
		return Placement{IDs: Pointers(e.DatabaseSubnetIDs)}
	}
	return Placement{Refs: OfZones(s, set, composed.DatabaseSubnet)}
}

// InPrivateSubnets is the subnets of the application.
func InPrivateSubnets(s *settings.Settings, set *desired.Set) Placement {
	if e := s.Network.Existing; e != nil {
		return Placement{IDs: Pointers(e.PrivateSubnetIDs)}
	}
	return Placement{Refs: OfZones(s, set, composed.PrivateSubnet)}
}

// OfZones refers to one resource in each zone, more of which an edit may add.
func OfZones(s *settings.Settings, set *desired.Set, of func(zone int) string) []xpv1.NamespacedReference {
	resourceNames := make([]string, 0, len(s.Network.Zones))
	for _, z := range s.Network.Zones {
		resourceNames = append(resourceNames, of(z.Number))
	}
	return set.LiveRefs(resourceNames...)
}
