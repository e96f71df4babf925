package readiness

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// Pace is how soon the next step of a stack can be expected. A greater one is
// sooner.
type Pace int

// Paces.
const (
	// Settled means that all is ready: only AWS or the claim can change anything.
	Settled Pace = iota
	// Stuck means that nothing moves unless somebody acts: AWS refuses
	// something, or a domain is to be proved.
	Stuck
	// Slow means that AWS is at work on something that takes it minutes, or that
	// nothing else waits for.
	Slow
	// Soon means that a value is about to show that lets another resource be
	// made.
	Soon
)

// PaceOf is the pace of a stack's fastest resource.
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

// paceOf is how soon a resource that is not ready may take its next step.
func paceOf(r desired.Resource, waiting map[string]bool, observed facts.Observed) Pace {
	p := Stuck
	for _, f := range r.Waits {
		p = max(p, awaited(f.Resource, waiting, observed))
	}
	switch {
	case len(r.Waits) > 0, Problem(r.Resource, observed) != "", observed.Ready(r.Resource).Known():
		return p // What is ready but not proved waits for somebody outside.
	default:
		return Slow
	}
}

// awaited is how soon a resource may show a value that another one waits for. If
// it waits itself, it has a pace of its own. A claim waits for a person.
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
