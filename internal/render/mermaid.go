package render

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// printMermaid prints a diagram of the resources by service, with their references.
func printMermaid(w io.Writer, s *stack) error {
	g := newGraph(s)
	ids := nodeIDs(s)
	groups := g.groups(func(string) bool { return true })
	var b bytes.Buffer
	b.WriteString("graph LR\n")
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		fmt.Fprintf(&b, "  subgraph %s\n", group)
		for _, resourceName := range groups[group] {
			fmt.Fprintf(&b, "    %s[\"%s<br/>%s\"]\n", ids[resourceName], escaped(resourceName), escaped(g.resources[resourceName].object.GetKind()))
		}
		b.WriteString("  end\n")
	}
	for _, r := range s.resources {
		for _, u := range g.uses[r.resourceName] {
			fmt.Fprintf(&b, "  %s --> %s\n", ids[r.resourceName], ids[u.resourceName])
		}
	}
	_, err := w.Write(b.Bytes())
	return err //nolint:wrapcheck // The caller adds context.
}

// nodeIDs returns unique node IDs for Mermaid. Their prefix is the service, so that
// they do not collide with Mermaid's keywords.
func nodeIDs(s *stack) map[string]string {
	ids, taken := map[string]string{}, map[string]bool{}
	for _, r := range s.resources {
		id := sanitized(r.group() + "_" + r.resourceName)
		for taken[id] {
			id += "_"
		}
		ids[r.resourceName], taken[id] = id, true
	}
	return ids
}

func sanitized(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, s)
}

// escaped escapes a text for a label.
func escaped(s string) string { return strings.ReplaceAll(s, `"`, "#quot;") }
