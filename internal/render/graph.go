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
	uses map[string][]use
	// depth is how long the longest chain of references from a resource is.
	depth map[string]int
}

// use is a resource that another one refers to.
type use struct {
	role string
	// many is whether it is one of a list.
	many bool
}

// newGraph reads the graph from the references in spec.forProvider. They name
// objects; within a stack these names are unique.
func newGraph(s *stack) *graph {
	g := &graph{resources: map[string]resource{}, uses: map[string][]use{}, depth: map[string]int{}}
	byName := map[string]string{}
	for _, r := range s.resources {
		g.resources[r.role] = r
		byName[r.object.GetName()] = r.role
	}
	for _, r := range s.resources {
		spec, _ := r.object.Object["spec"].(map[string]any)
		for _, ref := range references(spec["forProvider"]) {
			role, ok := byName[ref.name]
			known := slices.ContainsFunc(g.uses[r.role], func(u use) bool { return u.role == role })
			if ok && role != r.role && !known {
				g.uses[r.role] = append(g.uses[r.role], use{role: role, many: ref.many})
			}
		}
	}
	for _, r := range s.resources {
		g.measure(r.role, map[string]bool{})
	}
	return g
}

// reference is the name of an object that a field refers to.
type reference struct {
	name string
	// many is whether the field holds a list of them.
	many bool
}

// references are those in a value, in the order of its fields.
func references(value any) []reference {
	var found []reference
	switch v := value.(type) {
	case map[string]any:
		for _, field := range slices.Sorted(maps.Keys(v)) {
			if strings.HasSuffix(field, "Ref") || strings.HasSuffix(field, "Refs") {
				found = append(found, referencesOf(v[field])...)
			} else {
				found = append(found, references(v[field])...)
			}
		}
	case []any:
		for _, item := range v {
			found = append(found, references(item)...)
		}
	}
	return found
}

// referencesOf are those that a field of references holds.
func referencesOf(value any) []reference {
	items, many := value.([]any)
	if !many {
		items = []any{value}
	}
	var found []reference
	for _, item := range items {
		fields, _ := item.(map[string]any)
		if name, ok := fields["name"].(string); ok {
			found = append(found, reference{name: name, many: many})
		}
	}
	return found
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
		if !above[used.role] {
			depth = max(depth, g.measure(used.role, above)+1)
		}
	}
	delete(above, role)
	g.depth[role] = depth
	return depth
}

// parent is the resource that another one stands on most, empty if it refers to
// none.
func (g *graph) parent(role string) string {
	best := use{}
	for _, u := range g.uses[role] {
		// Only what is less deep: of two that refer to each other one is a root.
		if g.depth[u.role] < g.depth[role] && (best.role == "" || g.closer(role, u, best)) {
			best = u
		}
	}
	return best.role
}

// closer is whether a resource stands on the first of two others more than on
// the second: rather on one of its own service, rather on a single one than on
// one of many, rather on the deeper one.
func (g *graph) closer(role string, a, b use) bool {
	group := g.resources[role].group()
	ownA, ownB := g.resources[a.role].group() == group, g.resources[b.role].group() == group
	switch {
	case ownA != ownB:
		return ownA
	case a.many != b.many:
		return b.many
	default:
		return g.depth[a.role] > g.depth[b.role]
	}
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
