package settings

import (
	"cmp"
	"fmt"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// Egress is one range that a rule of the claim lets the app tier call over HTTPS.
type Egress struct {
	Description string
	CIDR        string
}

// mostRules is how many rules of a claim a security group takes in a direction: AWS
// takes 60 unless it is asked for more, and the stack has some of its own (Amazon
// VPC user guide, "Amazon VPC quotas").
const mostRules = 50

// egress is every range of every rule. One that two rules name is an error: AWS
// has no two rules that differ in their description only.
func egress(rules []v1alpha1.EgressRule) ([]Egress, field.ErrorList) {
	path := field.NewPath("spec", "network", "egress")
	var out []Egress
	var errs field.ErrorList
	seen := map[string]bool{}
	for n, r := range rules {
		for m, c := range r.CIDRs {
			if seen[c] {
				errs = append(errs, field.Duplicate(path.Index(n).Child("cidrs").Index(m), c))
				continue
			}
			seen[c] = true
			out = append(out, Egress{Description: cmp.Or(r.Description, fmt.Sprintf("HTTPS to %s, asked for by the claim", c)), CIDR: c})
		}
	}
	if len(out) > mostRules {
		errs = append(errs, field.TooMany(path, len(out), mostRules))
	}
	return out, errs
}
