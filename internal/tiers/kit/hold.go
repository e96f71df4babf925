package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// HoldOthers keeps predecessors of the current resource while they may be in use.
// is selects them by name. current is empty if the stack shall have none.
func HoldOthers(observed facts.Observed, set *desired.Set, current string, are, mayBeUsed func(resourceName string) bool) {
	for _, r := range observed.Names() {
		if are(r) && r != current && mayBeUsed(r) {
			set.Hold(r)
		}
	}
}

// HoldCertificates keeps certificates for other domains while they are in use,
// because ACM does not delete a certificate in use.
func HoldCertificates(observed facts.Observed, set *desired.Set, current string, are func(resourceName string) bool, inUse string) {
	HoldOthers(observed, set, current, are, func(r string) bool { return inUse != "" && observed.ARN(r).Value == inUse })
}
