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

What security frameworks and scanners ask of a stack, and where it answers. Each control is evaluated on the composed resources
themselves:

` + "```shell" + `
go run . controls examples/claim.yaml
` + "```" + `

says of a claim which controls its stack meets, by which field of which resource, and which it does not. The stack's status has the totals.

An *included* control is met without being asked for. An *opt-in* says how a claim or a platform takes it. What is *not applicable* says
why, and fails as soon as that is no longer true. Fields are below ` + "`spec.forProvider`" + ` of the AWS provider's kinds, alike in both scopes;
a reference counts as the value that it stands for. What is *reported by* a scanner although the control is met, says why that is
accepted; ` + "`make scan`" + ` fails on anything else that Trivy reports. Of the requirements of PCI DSS the first ones are named where a control answers to many.

`

// tierTitles is how the document calls tiers.
func tierTitles() map[string]string {
	out := map[string]string{}
	for _, t := range tiers.All() {
		out[t.Name] = t.Title
	}
	return out
}

// catalogueMarkdown prints the catalogue as docs/controls.md.
func catalogueMarkdown(w io.Writer, all []controls.Control) error {
	b := &strings.Builder{}
	b.WriteString(markdownHead)
	counts := map[controls.Default]int{}
	for _, c := range all {
		counts[c.Default]++
	}
	fmt.Fprintf(b, "%d controls: %d included, %d opt-in, %d not applicable.\n", len(all), counts[controls.Included], counts[controls.OptIn], counts[controls.NotApplicable])
	b.WriteString("\nAsked for by:\n\n")
	for _, f := range controls.Frameworks {
		fmt.Fprintf(b, "- %s: %s\n", f.Name(), f.FullName())
	}
	tier, titles := "", tierTitles()
	for i := range all {
		c := &all[i]
		if c.Tier != tier {
			tier = c.Tier
			fmt.Fprintf(b, "\n## %s\n\n| control | severity | default | what is true | where | asked for by |\n|---|---|---|---|---|---|\n", titles[tier])
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", c.ID, c.Severity, c.Default, cell(described(c)), cell(strings.Join(c.Statements(), "<br>")), cell(references(c)))
	}
	_, err := io.WriteString(w, b.String())
	return err //nolint:wrapcheck // The caller says what failed.
}

// described is a control in words: what is true, how it is met, why it does not
// apply, what it leaves out, and what scanners report nevertheless.
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

// references is who asks for a control, standards before scanners.
func references(c *controls.Control) string {
	var out []string
	for _, f := range controls.Frameworks {
		if ids := c.Frameworks[f]; len(ids) > 0 {
			out = append(out, f.Name()+" "+strings.Join(ids, ", "))
		}
	}
	return strings.Join(out, "<br>")
}

// resultsMarkdown prints how a stack stands, a table for each tier.
func resultsMarkdown(w io.Writer, results []controls.Result) error {
	b := &strings.Builder{}
	tier, titles := "", tierTitles()
	for _, r := range results {
		if r.Control.Tier != tier {
			tier = r.Control.Tier
			fmt.Fprintf(b, "\n## %s\n\n| control | severity | state | what is true | where and why |\n|---|---|---|---|---|\n", titles[tier])
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", r.ID, r.Control.Severity, r.State, cell(r.Control.Title), cell(why(r, len(r.Evidence))))
	}
	_, err := io.WriteString(w, b.String())
	return err //nolint:wrapcheck // The caller says what failed.
}

// cell is a text that can stand in a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
