package settings

import (
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// attached returns the settings of an existing network. A stack that created its
// own network cannot switch, because its database is there.
func attached(spec v1alpha1.NetworkSpec, rules []Egress, observed facts.Observed) (Network, error) {
	if observed.Has(composed.VPC) {
		return Network{}, claim.InvalidError{field.Forbidden(field.NewPath("spec", "network", "existing"),
			"the stack already has its own network, which cannot be replaced: remove network.existing, or create a new stack")}
	}
	return Network{NAT: v1alpha1.NATGatewaysNone, Existing: spec.Existing, Egress: rules}, nil
}
