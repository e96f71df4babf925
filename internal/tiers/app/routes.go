package app

import (
	"hash/fnv"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// route is a path with its service, for the service's hosts or for all.
type route struct {
	path    string
	service settings.Service
}

// byDefault reports whether the route needs no rule because the default action
// covers it.
func (r route) byDefault() bool { return r.path == settings.EveryPath && len(r.service.Hosts) == 0 }

// key identifies a route. For a route that applies to some hosts, the key contains
// the service instead of the hosts, so that its rule changes in place with them.
func (r route) key() string {
	if len(r.service.Hosts) == 0 {
		return r.path
	}
	return r.path + " " + r.service.Name
}

// digest returns the digest in the name of the route's rule.
func (r route) digest() string { return naming.Hash(r.key()) }

// routes returns all paths of the services, sorted.
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

// A listener evaluates rules by priority, from 1 to 50,000 (Elastic Load Balancing
// API Reference, "CreateRule"). More specific paths must come first. Each length of
// a path, up to 128 characters, with or without wildcard, has its own range of
// priorities. An edit of other paths therefore moves no rule: two rules could not
// swap priorities, because each would find the other's in use. Rules with hosts
// come first. They use the ranges of paths with more than 64 characters, which do
// not exist in this case.
const (
	maxPath = 128
	slots   = 50_000 / (2 * (maxPath + 1))
)

// priorities returns the priority of each route's rule, by the route's key. A rule
// keeps its observed priority, which taken returns. taken returns zero if there is
// none.
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

// rank returns a lower number for more specific paths, and a still lower one with
// hosts.
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

// slotOf distributes routes of the same rank.
func slotOf(key string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key)) // A hash never fails.
	return int(h.Sum32() % slots)
}
