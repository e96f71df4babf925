package app

import (
	"hash/fnv"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// route is a path and the service that answers it, for the service's hosts or for all.
type route struct {
	path    string
	service settings.Service
}

// byDefault reports whether the route needs no rule: it is for what no rule knows.
func (r route) byDefault() bool { return r.path == settings.EveryPath && len(r.service.Hosts) == 0 }

// key tells routes apart: a path is answered by one service, or by one for some hosts.
// A service may get other hosts, which changes its rule in place.
func (r route) key() string {
	if len(r.service.Hosts) == 0 {
		return r.path
	}
	return r.path + " " + r.service.Name
}

// digest is what the route's rule is named by.
func (r route) digest() string { return naming.Hash(r.key()) }

// routes is all paths of the services, sorted.
func routes(s *settings.Settings) []route {
	var out []route
	for _, service := range s.App.Balanced() {
		for _, path := range service.Answered() {
			out = append(out, route{path: path, service: service})
		}
	}
	slices.SortFunc(out, func(a, b route) int { return strings.Compare(a.key(), b.key()) })
	return out
}

// A listener tries rules by their priority, 1 to 50,000 (Elastic Load Balancing API
// Reference, "CreateRule"), and the more specific path must be tried first.
// Every length of a path, up to 128 characters, exact or not, has a range of its
// own, so that no edit of other paths moves a rule: two rules cannot change their
// places, because each would find the other's taken. Rules with hosts are tried
// before all others. They have the ranges of paths of more than 64 characters, which
// there are none of then.
const (
	maxPath = 128
	slots   = 50_000 / (2 * (maxPath + 1))
)

// priorities returns the priority of each route's rule, by the route's key. One that
// has a rule keeps its priority, which taken tells; zero if it has none.
func priorities(routes []route, taken func(route) int) map[string]int {
	out, used := map[string]int{}, map[int]bool{}
	for _, r := range routes {
		if p := taken(r); p > 0 {
			out[r.key()], used[p] = p, true
		}
	}
	for _, r := range routes {
		if out[r.key()] > 0 {
			continue
		}
		first, slot := r.rank()*slots+1, slotOf(r.key())
		for used[first+slot] {
			slot = (slot + 1) % slots
		}
		out[r.key()], used[first+slot] = first+slot, true
	}
	return out
}

// rank is lower the more of a path is certain, and lower still with hosts.
func (r route) rank() int {
	longest := maxPath
	if len(r.service.Hosts) > 0 {
		longest = settings.MaxPathWithHosts
	}
	beginning, open := strings.CutSuffix(r.path, "*")
	out := 2 * (longest - len(beginning))
	if open {
		out++
	}
	return out
}

// slotOf spreads routes of the same rank.
func slotOf(key string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key)) // A hash takes everything.
	return int(h.Sum32() % slots)
}
