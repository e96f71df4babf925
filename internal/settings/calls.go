package settings

import (
	"slices"

	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// Internal reports whether only services of the same claim call it.
func (s Service) Internal() bool { return s.Runs == v1alpha1.RunsInternal }

// Stays reports whether it is containers that run all the time: neither a function
// nor something that ends by itself.
func (s Service) Stays() bool { return !s.Lambda() && !s.Job() && s.Schedule == "" }

// Listens reports whether it is containers that something calls.
func (s Service) Listens() bool { return !s.Lambda() && s.Port != 0 }

// OneAtATime reports whether there must never be two of its containers.
func (s Service) OneAtATime() bool {
	return ptr.Deref(s.Rollout, v1alpha1.RolloutRolling) == v1alpha1.RolloutOneAtATime
}

// Staying returns the services whose containers run all the time.
func (a App) Staying() []Service { return a.only(Service.Stays) }

// Connected returns the services that can call each other: all that stay, if there is
// another one to call.
func (a App) Connected() []Service {
	out := a.Staying()
	if len(out) < 2 || !slices.ContainsFunc(out, Service.Listens) {
		return nil
	}
	return out
}

// Callable returns the services that others of the claim can call by their names.
func (a App) Callable() []Service {
	return slices.DeleteFunc(a.Connected(), func(s Service) bool { return !s.Listens() })
}

// LongestAnswer is how many seconds the slowest service behind the load balancer may
// take to answer.
func (a App) LongestAnswer() int {
	longest := 0
	for _, s := range a.Balanced() {
		longest = max(longest, s.Timeout)
	}
	return longest
}
