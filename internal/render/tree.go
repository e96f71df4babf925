package render

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// printTree prints dependencies as a tree. Each service contains the resources
// without references, and below them those that refer to them. A resource occurs
// once, with the names of its other references.
func printTree(w io.Writer, s *stack) error {
	g := newGraph(s)
	t := tree{graph: g, below: map[string][]string{}}
	for _, r := range s.resources {
		if parent := g.parent(r.resourceName); parent != "" {
			t.below[parent] = append(t.below[parent], r.resourceName)
		}
	}
	ready := 0
	for _, r := range s.resources {
		if r.ready {
			ready++
		}
	}
	fmt.Fprintf(&t.out, "%s/%s (%d of %d ready)\n", s.composite.GetKind(), s.composite.GetName(), ready, len(s.resources))
	roots := g.groups(func(resourceName string) bool { return g.parent(resourceName) == "" })
	groups := slices.Sorted(maps.Keys(roots))
	for i, group := range groups {
		indent := t.branch("", group, i == len(groups)-1)
		t.print(indent, roots[group])
	}
	_, err := w.Write(t.out.Bytes())
	return err //nolint:wrapcheck // The caller adds context.
}

// tree is a tree while it is printed.
type tree struct {
	graph *graph
	// below contains the children of a resource.
	below map[string][]string
	out   bytes.Buffer
}

// print prints resources and their children.
func (t *tree) print(indent string, resourceNames []string) {
	for i, resourceName := range resourceNames {
		t.print(t.branch(indent, t.label(resourceName), i == len(resourceNames)-1), t.below[resourceName])
	}
}

// branch prints one line and returns the indentation of its children.
func (t *tree) branch(indent, label string, last bool) string {
	line, next := "├─ ", "│  "
	if last {
		line, next = "└─ ", "   "
	}
	t.out.WriteString(indent + line + label + "\n")
	return indent + next
}

// label returns kind, AWS name and readiness of a resource, and its references
// other than the parent.
func (t *tree) label(resourceName string) string {
	r := t.graph.resources[resourceName]
	out := resourceName + " " + r.object.GetKind()
	if r.external != "" {
		out += " " + r.external
	}
	if r.ready {
		out += " ✓"
	}
	var others []string
	for _, u := range t.graph.uses[resourceName] {
		if u.resourceName != t.graph.parent(resourceName) {
			others = append(others, u.resourceName)
		}
	}
	if len(others) > 0 {
		out += " → " + strings.Join(others, ", ")
	}
	return out
}
