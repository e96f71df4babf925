package readiness

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// Pace is the speed of a stack's progress. A higher value means that the next step
// is expected sooner.
type Pace int

// Paces.
const (
	// Settled means that everything is ready. Only AWS or the claim can change
	// anything.
	Settled Pace = iota
	// Stuck means that a user must act: AWS refuses a change, or a domain needs
	// validation.
	Stuck
	// Slow means that AWS is working on a resource that takes minutes, or that no
	// other resource waits for.
	Slow
	// Soon means that a value is about to be observed that another resource waits
	// for.
	Soon
)

// PaceOf returns the highest pace of a stack's resources.
func PaceOf(resources []desired.Resource, observed facts.Observed) Pace {
	waiting := map[string]bool{}
	for _, r := range resources {
		waiting[r.Resource] = r.Object == nil
	}
	p := Settled
	for _, r := range resources {
		if !Resource(r, observed) {
			p = max(p, paceOf(r, waiting, observed))
		}
	}
	return p
}

// paceOf returns the pace of a resource that is not ready.
func paceOf(r desired.Resource, waiting map[string]bool, observed facts.Observed) Pace {
	p := Stuck
	for _, f := range r.Waits {
		p = max(p, awaited(f.Resource, waiting, observed))
	}
	switch {
	case len(r.Waits) > 0, Problem(r.Resource, observed) != "", observed.Ready(r.Resource).Known():
		return p // A ready resource without proof needs an action outside the stack.
	default:
		return Slow
	}
}

// awaited returns the pace of a resource whose value another one waits for. If it
// waits itself, its own pace applies. A claim waits for a user.
func awaited(resourceName string, waiting map[string]bool, observed facts.Observed) Pace {
	switch {
	case resourceName == facts.Claim, waiting[resourceName], Problem(resourceName, observed) != "":
		return Stuck
	case observed.Condition(resourceName, "AsyncOperation").Reason == "Ongoing":
		return Slow
	default:
		return Soon
	}
}
