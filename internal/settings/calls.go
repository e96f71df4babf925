package settings

import (
	"slices"

	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// Internal reports whether only services of the same claim call it.
func (s Service) Internal() bool { return s.Runs == v1alpha1.RunsInternal }

// Stays reports whether its containers run permanently: it is neither a function
// nor a job.
func (s Service) Stays() bool { return !s.Lambda() && !s.Job() && s.Schedule == "" }

// Listens reports whether its containers accept requests.
func (s Service) Listens() bool { return !s.Lambda() && s.Port != 0 }

// OneAtATime reports whether two of its containers must never run at the same time.
func (s Service) OneAtATime() bool {
	return ptr.Deref(s.Rollout, v1alpha1.RolloutRolling) == v1alpha1.RolloutOneAtATime
}

// Staying returns the services whose containers run permanently.
func (a App) Staying() []Service { return a.only(Service.Stays) }

// Connected returns the services that can call each other: all permanent services,
// if one of them accepts requests.
func (a App) Connected() []Service {
	out := a.Staying()
	if len(out) < 2 || !slices.ContainsFunc(out, Service.Listens) {
		return nil
	}
	return out
}

// Callable returns the services that other services of the claim can call by name.
func (a App) Callable() []Service {
	return slices.DeleteFunc(a.Connected(), func(s Service) bool { return !s.Listens() })
}

// LongestAnswer returns the maximum timeout in seconds of all services behind the
// load balancer.
func (a App) LongestAnswer() int {
	longest := 0
	for _, s := range a.Balanced() {
		longest = max(longest, s.Timeout)
	}
	return longest
}
