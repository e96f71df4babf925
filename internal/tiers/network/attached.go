package network

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// reportAttached reports the parts of an existing network for the application.
func reportAttached(e *v1alpha1.ExistingNetwork, observed facts.Observed) v1alpha1.NetworkStatus {
	return v1alpha1.NetworkStatus{
		VPCID:              e.VPCID,
		PublicSubnetIDs:    e.PublicSubnetIDs,
		PrivateSubnetIDs:   e.PrivateSubnetIDs,
		DatabaseSubnetIDs:  e.DatabaseSubnetIDs,
		AppSecurityGroupID: observed.ExternalName(composed.AppSecurityGroup).Value,
	}
}
