package render

import (
	"maps"
	"slices"
	"strings"
)

// graph contains the resources of a stack and their references.
type graph struct {
	resources map[string]resource
	// uses contains the referenced resources by name, in the order of fields.
	uses map[string][]use
	// depth is the length of the longest chain of references from a resource.
	depth map[string]int
}

// use is a reference to another resource.
type use struct {
	resourceName string
	// many reports whether it is in a list.
	many bool
}

// newGraph creates the graph from the references in spec.forProvider. They contain
// object names, which are unique in a stack.
func newGraph(s *stack) *graph {
	g := &graph{resources: map[string]resource{}, uses: map[string][]use{}, depth: map[string]int{}}
	byName := map[string]string{}
	for _, r := range s.resources {
		g.resources[r.resourceName] = r
		byName[r.object.GetName()] = r.resourceName
	}
	for _, r := range s.resources {
		spec, _ := r.object.Object["spec"].(map[string]any)
		for _, ref := range references(spec["forProvider"]) {
			resourceName, ok := byName[ref.name]
			known := slices.ContainsFunc(g.uses[r.resourceName], func(u use) bool { return u.resourceName == resourceName })
			if ok && resourceName != r.resourceName && !known {
				g.uses[r.resourceName] = append(g.uses[r.resourceName], use{resourceName: resourceName, many: ref.many})
			}
		}
	}
	for _, r := range s.resources {
		g.measure(r.resourceName, map[string]bool{})
	}
	return g
}

// reference is the object name in a reference.
type reference struct {
	name string
	// many reports whether the field is a list of references.
	many bool
}

// references returns the references in a value, in the order of its fields.
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

// referencesOf returns the references in a field.
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

// measure computes the depth of a resource. It ignores circular references.
func (g *graph) measure(resourceName string, above map[string]bool) int {
	if depth, ok := g.depth[resourceName]; ok {
		return depth
	}
	above[resourceName] = true
	depth := 0
	for _, used := range g.uses[resourceName] {
		if !above[used.resourceName] {
			depth = max(depth, g.measure(used.resourceName, above)+1)
		}
	}
	delete(above, resourceName)
	g.depth[resourceName] = depth
	return depth
}

// parent returns the resource that another one depends on most closely. It is empty
// if it has no references.
func (g *graph) parent(resourceName string) string {
	best := use{}
	for _, u := range g.uses[resourceName] {
		// Only resources with less depth, so that one of two mutual references is a
		// root.
		if g.depth[u.resourceName] < g.depth[resourceName] && (best.resourceName == "" || g.closer(resourceName, u, best)) {
			best = u
		}
	}
	return best.resourceName
}

// closer reports whether a resource depends more closely on a than on b: it prefers
// its own service, then single references over lists, then more depth.
func (g *graph) closer(resourceName string, a, b use) bool {
	group := g.resources[resourceName].group()
	ownA, ownB := g.resources[a.resourceName].group() == group, g.resources[b.resourceName].group() == group
	switch {
	case ownA != ownB:
		return ownA
	case a.many != b.many:
		return b.many
	default:
		return g.depth[a.resourceName] > g.depth[b.resourceName]
	}
}

// groups returns the resources for which choose is true, by service.
func (g *graph) groups(choose func(resourceName string) bool) map[string][]string {
	out := map[string][]string{}
	for _, resourceName := range slices.Sorted(maps.Keys(g.resources)) {
		if choose(resourceName) {
			group := g.resources[resourceName].group()
			out[group] = append(out[group], resourceName)
		}
	}
	return out
}
