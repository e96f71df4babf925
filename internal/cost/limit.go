package cost

import (
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
)

const (
	errLimit    = "the estimated cost of %s USD a month exceeds the platform's limit of %d (%s); the largest items are %s"
	errUnpriced = "the platform limits the cost (%s), and there is no price for %s; use a class that has a price"
)

// mentioned is how many lines of an estimate a refusal names.
const mentioned = 3

// Composed is the resources of a stack, also those that wait for others.
type Composed interface {
	Planned() ([]desired.Resource, error)
}

// Allow refuses a stack that is estimated to cost more than the platform's limits
// allow, or whose cost cannot be told; from is where the limits come from, in
// words. Nothing is estimated without a limit.
func Allow(limits inputv1alpha1.Limits, from string, composed Composed) error {
	if limits.MaxMonthlyCostUSD == 0 {
		return nil
	}
	planned, err := composed.Planned()
	if err != nil {
		return err //nolint:wrapcheck // Says what is wrong with which resource.
	}
	e, whose := Planned(planned), "limits.maxMonthlyCostUSD of "+from
	var errs field.ErrorList
	if len(e.Unpriced) > 0 {
		errs = append(errs, field.Forbidden(field.NewPath("spec"), fmt.Sprintf(errUnpriced, whose, strings.Join(e.Unpriced, ", "))))
	}
	if e.Total > Money(limits.MaxMonthlyCostUSD*100) {
		var most []string
		for _, l := range e.Largest(mentioned) {
			most = append(most, l.Words())
		}
		errs = append(errs, field.Forbidden(field.NewPath("spec"), fmt.Sprintf(errLimit, e.Total, limits.MaxMonthlyCostUSD, whose, strings.Join(most, ", "))))
	}
	if len(errs) > 0 {
		return claim.InvalidError(errs)
	}
	return nil
}

// Planned estimates what planned resources cost together.
func Planned(resources []desired.Resource) *Estimate {
	out := make([]Resource, 0, len(resources))
	for _, r := range resources {
		out = append(out, Resource{Resource: r.Resource, Object: r.Object})
	}
	return Of(out)
}
