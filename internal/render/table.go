package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

// printTable prints a row for each resource, by service.
func printTable(w io.Writer, s *stack) error {
	sorted := slices.Clone(s.resources)
	slices.SortStableFunc(sorted, func(a, b resource) int { return cmp.Compare(a.group(), b.group()) })
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	_, _ = fmt.Fprintln(t, "GROUP\tRESOURCE\tKIND\tNAME\tEXTERNAL-NAME\tREADY") // The writer buffers everything until Flush.
	for _, r := range sorted {
		ready := "False"
		if r.ready {
			ready = "True"
		}
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", r.group(), r.resourceName, r.object.GetKind(), r.object.GetName(), cmp.Or(r.external, "-"), ready) // As above.
	}
	return t.Flush() //nolint:wrapcheck // The caller adds context.
}
