// Command enginedoc prints docs/engines.md from the tables of internal/engines: the
// features of each database engine.
package main

import (
	"cmp"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
)

const head = `<!-- Generated from internal/engines by "make generate". Do not edit. -->
# Database engines

Supported versions of each engine, the parameters that the stack sets, and the parameters that ` + "`database.parameters`" + ` can set.
[database.md](database.md) explains how to use them.
`

func main() {
	if err := write(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func write(w io.Writer) error {
	b := &strings.Builder{}
	b.WriteString(head)
	for _, e := range engines.All() {
		fmt.Fprintf(b, "\n## %s: `%s`\n\nPort %d. Exported logs: %s.", e.Title, e.Name, e.Port(), strings.Join(e.Logs, ", "))
		if len(e.WithoutIAM) > 0 {
			fmt.Fprintf(b, " IAM sign-in is not available in %s.", strings.Join(e.WithoutIAM, ", "))
		}
		b.WriteString("\n\n| version | family | minor versions in AWS | note |\n|---|---|---|---|\n")
		for _, v := range e.Versions() {
			note := v.Warning
			if v.Version == e.Default {
				note = cmp.Or(note, "default")
			}
			fmt.Fprintf(b, "| %s | %s | %s | %s |\n", v.Version, v.Family, cmp.Or(strings.Join(e.Listed(v.Version), ", "), "not listed yet"), note)
		}
		b.WriteString("\nThe stack sets:\n\n")
		for _, p := range e.ParametersOf(e.Default, false, nil) {
			fmt.Fprintf(b, "- `%s` = `%s`\n", p.Name, p.Value)
		}
		b.WriteString("\nA claim can set:\n\n| parameter | values | applies |\n|---|---|---|\n")
		for _, p := range e.Settable() {
			fmt.Fprintf(b, "| `%s` | %s | %s |\n", p.Name, p.Allowed, p.Applies)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
