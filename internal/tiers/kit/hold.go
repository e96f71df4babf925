package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// HoldOthers keeps the resources that stood in the place of the current one before, as
// long as something may use them. What is true of a resource's name says which
// ones these are; current is empty where the stack is to have none.
func HoldOthers(observed facts.Observed, set *desired.Set, current string, are, mayBeUsed func(resourceName string) bool) {
	for _, r := range observed.Names() {
		if are(r) && r != current && mayBeUsed(r) {
			set.Hold(r)
		}
	}
}

// HoldCertificates keeps certificates of other domains as long as one of them is in
// use, by its ARN: ACM deletes none in use.
func HoldCertificates(observed facts.Observed, set *desired.Set, current string, are func(resourceName string) bool, inUse string) {
	HoldOthers(observed, set, current, are, func(r string) bool { return inUse != "" && observed.ARN(r).Value == inUse })
}
