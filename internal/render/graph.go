package render

import (
	"maps"
	"slices"
	"strings"
)

// graph is the resources of a stack and which of them refer to which.
type graph struct {
	resources map[string]resource
	// uses is what a resource refers to, by role, in the order of its fields.
	uses map[string][]string
	// depth is how long the longest chain of references from a resource is.
	depth map[string]int
}

// newGraph reads the graph from the references in spec.forProvider. They name
// objects; within a stack these names are unique.
func newGraph(s *stack) *graph {
	g := &graph{resources: map[string]resource{}, uses: map[string][]string{}, depth: map[string]int{}}
	byName := map[string]string{}
	for _, r := range s.resources {
		g.resources[r.role] = r
		byName[r.object.GetName()] = r.role
	}
	for _, r := range s.resources {
		spec, _ := r.object.Object["spec"].(map[string]any)
		for _, name := range references(spec["forProvider"]) {
			role, ok := byName[name]
			if ok && role != r.role && !slices.Contains(g.uses[r.role], role) {
				g.uses[r.role] = append(g.uses[r.role], role)
			}
		}
	}
	for _, r := range s.resources {
		g.measure(r.role, map[string]bool{})
	}
	return g
}

// references are the names that the references in a value hold, in the order of
// its fields.
func references(value any) []string {
	var names []string
	switch v := value.(type) {
	case map[string]any:
		for _, field := range slices.Sorted(maps.Keys(v)) {
			if strings.HasSuffix(field, "Ref") || strings.HasSuffix(field, "Refs") {
				names = append(names, named(v[field])...)
			} else {
				names = append(names, references(v[field])...)
			}
		}
	case []any:
		for _, item := range v {
			names = append(names, references(item)...)
		}
	}
	return names
}

// named are the names in a reference or a list of such.
func named(value any) []string {
	var names []string
	switch v := value.(type) {
	case map[string]any:
		if name, ok := v["name"].(string); ok {
			names = append(names, name)
		}
	case []any:
		for _, item := range v {
			names = append(names, named(item)...)
		}
	}
	return names
}

// measure finds the depth of a resource. References that lead back to where
// they came from do not count.
func (g *graph) measure(role string, above map[string]bool) int {
	if depth, ok := g.depth[role]; ok {
		return depth
	}
	above[role] = true
	depth := 0
	for _, used := range g.uses[role] {
		if !above[used] {
			depth = max(depth, g.measure(used, above)+1)
		}
	}
	delete(above, role)
	g.depth[role] = depth
	return depth
}

// parent is the resource that another one stands on most: of those that it
// refers to the deepest one, rather of its own service than of others; empty if
// it stands on none.
func (g *graph) parent(role string) string {
	best := ""
	for _, used := range g.uses[role] {
		if g.depth[used] < g.depth[role] && (best == "" || g.closer(role, used, best)) {
			best = used
		}
	}
	return best
}

// closer is whether a resource is closer to another one than the next.
func (g *graph) closer(to, a, b string) bool {
	group := g.resources[to].group()
	ownA, ownB := g.resources[a].group() == group, g.resources[b].group() == group
	if ownA != ownB {
		return ownA
	}
	return g.depth[a] > g.depth[b]
}

// groups are the resources that choose wants, by service.
func (g *graph) groups(choose func(role string) bool) map[string][]string {
	out := map[string][]string{}
	for _, role := range slices.Sorted(maps.Keys(g.resources)) {
		if choose(role) {
			group := g.resources[role].group()
			out[group] = append(out[group], role)
		}
	}
	return out
}
