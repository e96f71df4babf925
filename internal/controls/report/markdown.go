package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers"
)

const markdownHead = `# Controls

<!-- Generated from internal/controls/catalogue by make generate. Do not edit. -->

The requirements of security frameworks and scanners, and the resource fields that meet these requirements.

## Evaluate a claim

Each control is evaluated on the composed resources. This command lists the controls that a claim meets, the fields that meet these controls, and the
controls that the claim does not meet. The stack's status contains the totals.

` + "```shell" + `
go run . controls examples/claim.yaml
` + "```" + `

## Terms

| term | meaning |
|---|---|
| included | met by default |
| opt-in | met if a claim or a platform enables it; *How* explains it |
| not applicable | does not apply, for the given reason; fails when the reason is no longer true |
| *Left out* | a resource that the control does not cover, with the reason |
| *Reported by* | an accepted finding of a scanner, with the reason. ` + "`make scan`" + ` fails on any other Trivy finding |

Fields are relative to ` + "`spec.forProvider`" + ` of the AWS provider's kinds, in both scopes. A reference counts as the value that it resolves to. For PCI DSS,
the table lists only the first of many requirements.

`

// tierTitles returns the headings of tiers.
func tierTitles() map[string]string {
	out := map[string]string{}
	for _, t := range tiers.All() {
		out[t.Name] = t.Title
	}
	return out
}

// catalogueMarkdown prints the catalog as docs/controls.md.
func catalogueMarkdown(w io.Writer, all []controls.Control) error {
	b := &strings.Builder{}
	b.WriteString(markdownHead)
	counts := map[controls.Default]int{}
	for _, c := range all {
		counts[c.Default]++
	}
	fmt.Fprintf(b, "%d controls: %d included, %d opt-in, %d not applicable.\n", len(all), counts[controls.Included], counts[controls.OptIn], counts[controls.NotApplicable])
	b.WriteString("\n## Sources\n\n")
	for _, f := range controls.Frameworks {
		fmt.Fprintf(b, "- %s: %s\n", f.Name(), f.FullName())
	}
	tier, titles := "", tierTitles()
	for i := range all {
		c := &all[i]
		if c.Tier != tier {
			tier = c.Tier
			fmt.Fprintf(b, "\n## %s\n\n| control | severity | default | requirement | fields | source |\n|---|---|---|---|---|---|\n", titles[tier])
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", c.ID, c.Severity, c.Default, cell(described(c)), cell(strings.Join(c.Statements(), "<br>")), cell(references(c)))
	}
	_, err := io.WriteString(w, b.String())
	return err //nolint:wrapcheck // The caller adds context.
}

// described describes a control: what it requires, how to meet it, why it does not
// apply, its exceptions, and accepted findings of scanners.
func described(c *controls.Control) string {
	parts := []string{c.Title + "."}
	if c.Reason != "" {
		parts = append(parts, "*Not applicable:* "+c.Reason)
	}
	if c.How != "" {
		parts = append(parts, "*How:* "+c.How)
	}
	for _, a := range c.Accepted {
		parts = append(parts, "*Left out:* `"+a.Resource+"`: "+a.Reason)
	}
	for _, r := range c.Reported {
		parts = append(parts, "*Reported by "+r.Check+":* `"+r.Resource+"`: "+r.Reason)
	}
	return strings.Join(parts, " ")
}

// references returns the control's IDs in frameworks, standards before scanners.
func references(c *controls.Control) string {
	var out []string
	for _, f := range controls.Frameworks {
		if ids := c.Frameworks[f]; len(ids) > 0 {
			out = append(out, f.Name()+" "+strings.Join(ids, ", "))
		}
	}
	return strings.Join(out, "<br>")
}

// resultsMarkdown prints a stack's results, with a table for each tier.
func resultsMarkdown(w io.Writer, results []controls.Result) error {
	b := &strings.Builder{}
	tier, titles := "", tierTitles()
	for _, r := range results {
		if r.Control.Tier != tier {
			tier = r.Control.Tier
			fmt.Fprintf(b, "\n## %s\n\n| control | severity | state | requirement | where and why |\n|---|---|---|---|---|\n", titles[tier])
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", r.ID, r.Control.Severity, r.State, cell(r.Control.Title), cell(why(r, len(r.Evidence))))
	}
	_, err := io.WriteString(w, b.String())
	return err //nolint:wrapcheck // The caller adds context.
}

// cell escapes a text for a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
