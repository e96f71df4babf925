package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
)

// printCatalogue contains the printers of the catalog, by the value of --output.
var printCatalogue = map[string]func(io.Writer, []controls.Control) error{
	"table":    catalogueTable,
	"markdown": catalogueMarkdown,
	"yaml":     func(w io.Writer, c []controls.Control) error { return printYAML(w, c) },
	"json":     func(w io.Writer, c []controls.Control) error { return printJSON(w, c) },
}

// printResults contains the printers of results, by the value of --output.
var printResults = map[string]func(io.Writer, []controls.Result) error{
	"table":    resultsTable,
	"markdown": resultsMarkdown,
	"yaml":     func(w io.Writer, r []controls.Result) error { return printYAML(w, reportOf(r)) },
	"json":     func(w io.Writer, r []controls.Result) error { return printJSON(w, reportOf(r)) },
}

func printYAML(w io.Writer, v any) error {
	raw, err := yaml.Marshal(v)
	if err != nil {
		return err //nolint:wrapcheck // The caller adds context.
	}
	_, err = w.Write(raw)
	return err //nolint:wrapcheck // As above.
}

func printJSON(w io.Writer, v any) error {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err //nolint:wrapcheck // As above.
	}
	_, err = w.Write(append(raw, '\n'))
	return err //nolint:wrapcheck // As above.
}

// reported is a result for machines.
type reported struct {
	controls.Result `json:",inline"`

	Title    string            `json:"title"`
	Tier     string            `json:"tier"`
	Severity controls.Severity `json:"severity"`
	// Note explains how to meet the control, or why it does not apply.
	Note string `json:"note,omitempty"`
}

// reportOf returns the results of a stack for machines.
func reportOf(results []controls.Result) any {
	out := struct {
		Totals   controls.Totals `json:"totals"`
		Controls []reported      `json:"controls"`
	}{Totals: controls.Totals{}, Controls: make([]reported, 0, len(results))}
	for _, r := range results {
		out.Totals[r.State]++
		out.Controls = append(out.Controls, reported{Result: r, Title: r.Control.Title, Tier: r.Control.Tier, Severity: r.Control.Severity, Note: note(r)})
	}
	return out
}

// note explains a control that is not met: how to meet it, or why it does not
// apply.
func note(r controls.Result) string {
	if r.State == controls.StateMet {
		return ""
	}
	if r.State == controls.StateNotApplicable && r.Control.Default != controls.NotApplicable {
		return "The stack has no resources that this control applies to."
	}
	return cmp.Or(r.Control.Reason, r.Control.How)
}

// catalogueTable prints a row for each control.
func catalogueTable(w io.Writer, all []controls.Control) error {
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	_, _ = fmt.Fprintln(t, "TIER\tCONTROL\tSEVERITY\tDEFAULT\tTITLE") // The writer buffers everything until Flush.
	for _, c := range all {
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", c.Tier, c.ID, c.Severity, c.Default, c.Title) // As above.
	}
	return t.Flush() //nolint:wrapcheck // The caller adds context.
}

// maxEvidence is the maximum number of fields in a table row.
const maxEvidence = 3

// resultsTable prints a row for each control, and the totals.
func resultsTable(w io.Writer, results []controls.Result) error {
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	_, _ = fmt.Fprintln(t, "CONTROL\tSEVERITY\tSTATE\tTITLE\tWHERE AND WHY") // As above.
	totals := controls.Totals{}
	for _, r := range results {
		totals[r.State]++
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.Control.Severity, r.State, r.Control.Title, why(r, maxEvidence)) // As above.
	}
	if err := t.Flush(); err != nil {
		return err //nolint:wrapcheck // As above.
	}
	_, err := fmt.Fprintf(w, "\n%d met, %d not met, %d opt-in, %d not applicable\n",
		totals[controls.StateMet], totals[controls.StateNotMet], totals[controls.StateOptIn], totals[controls.StateNotApplicable])
	return err //nolint:wrapcheck // As above.
}

// why returns the first fields of the evidence, and the note.
func why(r controls.Result, most int) string {
	var parts []string
	if r.State != controls.StateNotApplicable {
		for i, e := range r.Evidence {
			if i == most {
				parts = append(parts, fmt.Sprintf("and %d more", len(r.Evidence)-most))
				break
			}
			parts = append(parts, e.String())
		}
	}
	out := strings.Join(parts, ", ")
	if len(r.Accepted) > 0 {
		out += "; left out: " + strings.Join(r.Accepted, ", ")
	}
	if n := note(r); n != "" {
		out += "; " + n
	}
	return strings.TrimPrefix(out, "; ")
}
