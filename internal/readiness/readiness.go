// Package readiness determines the readiness of resources from the provider's
// conditions, and that of tiers from their resources. The existence of a resource
// alone never makes it ready.
package readiness

import (
	"fmt"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// Reasons of a tier's condition.
const (
	// Available means that every resource is ready.
	Available = "Available"
	// Failing means that the provider cannot create or change a resource.
	Failing = "Failing"
	// Creating means that resources are being created.
	Creating = "Creating"
	// NotOffered means that the partition does not support the tier.
	NotOffered = "NotOffered"
	// SwitchedOff means that the claim or the platform disables the tier.
	SwitchedOff = "SwitchedOff"
)

// shown is the maximum number of resources in a message.
const shown = 5

// Resource reports whether a resource is ready: the provider reports that it is
// ready, applying the desired state does not fail, and all proofs are known.
func Resource(r desired.Resource, observed facts.Observed) bool {
	if r.Present {
		return observed.Has(r.Resource)
	}
	for _, p := range r.Proofs {
		if !p.Known() {
			return false
		}
	}
	return len(r.Waits) == 0 &&
		observed.Ready(r.Resource).Known() &&
		observed.Condition(r.Resource, "Synced").Status != "False"
}

// Tier is the state of a tier.
type Tier struct {
	Name, Condition string
	// Resources is the number of all resources. Ready of them are ready, and
	// Waiting of them cannot be created yet because they wait for a value.
	Resources, Ready, Waiting int
	Reason, Message           string
	// Overdue describes resources that take unusually long. It is empty if there
	// are none.
	Overdue string
}

// Done reports whether all resources of a tier are ready.
func (t *Tier) Done() bool { return t.Ready == t.Resources }

// Absent reports whether a condition's reason means that the stack does not have
// the tier.
func Absent(reason string) bool { return reason == NotOffered || reason == SwitchedOff }

// Status returns the status of the tier's condition. A tier that the stack does not
// have is Unknown, which the API conventions treat like an absent condition. With
// True, alerts would assume that the protection exists, and with False, that it
// fails.
func (t *Tier) Status() metav1.ConditionStatus {
	switch {
	case Absent(t.Reason):
		return metav1.ConditionUnknown
	case t.Done():
		return metav1.ConditionTrue
	default:
		return metav1.ConditionFalse
	}
}

// Of returns the state of a tier. Its message depends only on the facts.
func Of(name, condition string, resources []desired.Resource, observed facts.Observed) Tier {
	t := Tier{Name: name, Condition: condition, Resources: len(resources)}
	var failing, creating, waiting, overdue []string
	var since time.Time
	for _, r := range resources {
		if Resource(r, observed) {
			t.Ready++
			continue
		}
		if begin := begun(r, observed); !begin.IsZero() {
			since = earlier(since, begin)
			if late(r, begin, observed) {
				overdue = append(overdue, r.Resource)
			}
		}
		switch problem := Problem(r.Resource, observed); {
		case problem != "":
			failing = append(failing, r.Resource+": "+problem)
		case len(r.Waits) > 0:
			if r.Object == nil {
				t.Waiting++
			}
			waiting = append(waiting, waits(r.Resource, r.Waits))
		case len(r.Proofs) > 0 && observed.Ready(r.Resource).Known():
			waiting = append(waiting, waits(r.Resource, r.Proofs))
		default:
			creating = append(creating, r.Resource)
		}
	}
	switch {
	case t.Resources == 0:
		t.Reason, t.Message = NotOffered, "not available in this AWS partition"
	case t.Done():
		t.Reason, t.Message = Available, fmt.Sprintf("all %d resources are ready", t.Resources)
	case len(failing) > 0:
		t.Reason, t.Message = Failing, list(failing, "; ")
	default:
		t.Reason, t.Message = Creating, progress(t, creating, waiting)
	}
	t.waitsSince(since, overdue)
	return t
}

// waitsSince sets the time since which a tier waits, and its overdue resources.
func (t *Tier) waitsSince(since time.Time, overdue []string) {
	if t.Done() || since.IsZero() {
		return
	}
	t.Message += "; not ready since " + since.Format(time.RFC3339)
	if len(overdue) > 0 {
		t.Overdue = "taking longer than usual: " + list(overdue, ", ") + "; " + t.Message
	}
}

func progress(t Tier, creating, waiting []string) string {
	parts := []string{fmt.Sprintf("%d of %d resources are ready", t.Ready, t.Resources)}
	if len(creating) > 0 {
		parts = append(parts, "creating "+list(creating, ", "))
	}
	if len(waiting) > 0 {
		parts = append(parts, list(waiting, "; "))
	}
	return strings.Join(parts, "; ")
}

func waits(resourceName string, needs []facts.Fact) string {
	parts := make([]string, 0, len(needs))
	for _, f := range needs {
		if !f.Known() {
			parts = append(parts, f.Path+" of "+f.Resource)
		}
	}
	return resourceName + " waits for " + strings.Join(parts, " and ")
}

func list(items []string, separator string) string {
	if len(items) <= shown {
		return strings.Join(items, separator)
	}
	return strings.Join(items[:shown], separator) + fmt.Sprintf("%sand %d more", separator, len(items)-shown)
}
