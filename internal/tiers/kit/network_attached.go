package kit

import (
	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Placement is the VPC or the subnets of a resource: as references to the stack's
// own, or as IDs of existing ones.
type Placement struct {
	IDs  []*string
	Refs []xpv1.NamespacedReference
}

// InVPC returns the stack's VPC.
func InVPC(s *settings.Settings, set *desired.Set) (*string, *xpv1.NamespacedReference) {
	if e := s.Network.Existing; e != nil {
		return new(e.VPCID), nil
	}
	return nil, set.Ref(composed.VPC)
}

// InDatabaseSubnets returns the isolated subnets.
func InDatabaseSubnets(s *settings.Settings, set *desired.Set) Placement {
	if e := s.Network.Existing; e != nil {
		return Placement{IDs: Pointers(e.DatabaseSubnetIDs)}
	}
	return Placement{Refs: OfZones(s, set, composed.DatabaseSubnet)}
}

// InPrivateSubnets returns the subnets of the application.
func InPrivateSubnets(s *settings.Settings, set *desired.Set) Placement {
	if e := s.Network.Existing; e != nil {
		return Placement{IDs: Pointers(e.PrivateSubnetIDs)}
	}
	return Placement{Refs: OfZones(s, set, composed.PrivateSubnet)}
}

// OfZones returns references to one resource in each zone. An edit may add zones.
func OfZones(s *settings.Settings, set *desired.Set, of func(zone int) string) []xpv1.NamespacedReference {
	resourceNames := make([]string, 0, len(s.Network.Zones))
	for _, z := range s.Network.Zones {
		resourceNames = append(resourceNames, of(z.Number))
	}
	return set.LiveRefs(resourceNames...)
}
