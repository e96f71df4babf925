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
	errLimit    = "the estimated cost of %s USD per month exceeds the platform's limit of %d USD (%s); the largest cost items are %s"
	errUnpriced = "the platform limits the monthly cost (%s), but the price of %s is not known: use an instance or node type with a known price"
)

// mentioned is the maximum number of lines of an estimate in a message.
const mentioned = 3

// Composed contains the resources of a stack, including those that wait for others.
type Composed interface {
	Planned() ([]desired.Resource, error)
}

// Allow returns an error for a stack whose estimated cost exceeds the platform's
// limit or is unknown. from describes where the limits are defined. Without a
// limit, it estimates nothing.
func Allow(limits inputv1alpha1.Limits, from string, composed Composed) error {
	if limits.MaxMonthlyCostUSD == 0 {
		return nil
	}
	planned, err := composed.Planned()
	if err != nil {
		return err //nolint:wrapcheck // The error names the resource.
	}
	e, whose := Planned(planned), "limits.maxMonthlyCostUSD in "+from
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

// Planned estimates the cost of planned resources.
func Planned(resources []desired.Resource) *Estimate {
	out := make([]Resource, 0, len(resources))
	for _, r := range resources {
		out = append(out, Resource{Resource: r.Resource, Object: r.Object})
	}
	return Of(out)
}
