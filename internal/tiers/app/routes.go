package app

import (
	"hash/fnv"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// route is a path and the service that answers it.
type route struct {
	path    string
	service settings.Service
}

// routes is all paths of the services, sorted.
func routes(s *settings.Settings) []route {
	var out []route
	for _, service := range s.App.Balanced() {
		for _, path := range service.Answered() {
			out = append(out, route{path: path, service: service})
		}
	}
	slices.SortFunc(out, func(a, b route) int { return strings.Compare(a.path, b.path) })
	return out
}

// A listener tries rules by their priority, 1 to 50,000 (Elastic Load Balancing API
// Reference, "CreateRule"), and the more specific path must be tried first.
// Every length of a path, up to 128 characters, exact or not, has a range of its
// own, so that no edit of other paths moves a rule: two rules cannot change their
// places, because each would find the other's taken.
const (
	maxPath = 128
	slots   = 50_000 / (2 * (maxPath + 1))
)

// priorities returns the priority of each route's rule. One that has a rule keeps
// its priority, which taken tells; zero if it has none.
func priorities(routes []route, taken func(path string) int) map[string]int {
	out, used := map[string]int{}, map[int]bool{}
	for _, r := range routes {
		if p := taken(r.path); p > 0 {
			out[r.path], used[p] = p, true
		}
	}
	for _, r := range routes {
		if out[r.path] > 0 {
			continue
		}
		first, slot := rank(r.path)*slots+1, slotOf(r.path)
		for used[first+slot] {
			slot = (slot + 1) % slots
		}
		out[r.path], used[first+slot] = first+slot, true
	}
	return out
}

// rank is lower the more of a path is certain.
func rank(path string) int {
	beginning, open := strings.CutSuffix(path, "*")
	out := 2 * (maxPath - len(beginning))
	if open {
		out++
	}
	return out
}

// slotOf spreads paths of the same rank.
func slotOf(path string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(path)) // A hash takes everything.
	return int(h.Sum32() % slots)
}
