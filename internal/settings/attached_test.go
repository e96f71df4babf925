package settings

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

func TestAttached(t *testing.T) {
	const spec = `{"region":"eu-west-1","network":{"egress":[{"cidrs":["203.0.113.0/24"]}],"existing":{"vpcId":"vpc-0a1b2c3d","databaseSubnetIds":["subnet-00000001","subnet-00000002"],"privateSubnetIds":["subnet-00000003"]}}}`
	s, err := decided(t, spec, &inputv1alpha1.Input{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := Network{
		NAT: v1alpha1.NATGatewaysNone, Egress: []Egress{{Description: "HTTPS to 203.0.113.0/24, allowed by the claim", Protocol: "TCP", FromPort: 443, ToPort: 443, CIDR: "203.0.113.0/24"}},
		Existing: &v1alpha1.ExistingNetwork{VPCID: "vpc-0a1b2c3d", DatabaseSubnetIDs: []string{"subnet-00000001", "subnet-00000002"}, PrivateSubnetIDs: []string{"subnet-00000003"}},
	}
	if diff := cmp.Diff(want, s.Network, cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
		t.Errorf("\nNothing of a network that exists is laid out.\nnetwork: -want, +got:\n%s", diff)
	}
	_, err = decided(t, spec, &inputv1alpha1.Input{}, map[string]string{composed.VPC: `{"spec":{"forProvider":{"cidrBlock":"10.0.0.0/16"}}}`})
	const refused = "spec.network.existing: the stack already has its own network, which cannot be replaced: remove network.existing, or create a new stack"
	if err == nil || err.Error() != refused {
		t.Errorf("\nA stack with a network cannot move, whatever let its claim through.\nwant error %q, got %v", refused, err)
	}
}
