package cost

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
)

// Print writes an estimate as a table, and below it what is not in it.
func (e *Estimate) Print(w io.Writer) error {
	var b bytes.Buffer
	t := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
	_, _ = fmt.Fprintln(t, "GROUP\tITEM\tREGION\tQUANTITY\tUNIT PRICE\tUSD A MONTH") // A buffer takes everything.
	for _, l := range e.Lines {
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s/%s\t%s\n", l.Group, l.Item, l.Region, number(l.Quantity), number(l.Price), l.Per, l.Monthly) // As above.
	}
	_, _ = fmt.Fprintf(t, "TOTAL\t\t\t\t\t%s\n", e.Total) // As above.
	_ = t.Flush()                                         // As above.
	fmt.Fprintf(&b, "\nAn estimate from on-demand list prices of %s; a month has %d hours.\n", AsOf(), HoursAMonth)
	if len(e.Elsewhere) > 0 {
		fmt.Fprintf(&b, "There are no prices for %s; prices for %s are used.\n", strings.Join(e.Elsewhere, ", "), prices().Regions[0])
	}
	for _, u := range e.Unpriced {
		fmt.Fprintf(&b, "no price: %s\n", u)
	}
	for _, u := range e.Uncounted {
		fmt.Fprintf(&b, "not counted: %s\n", u)
	}
	_, err := w.Write(b.Bytes())
	return err //nolint:wrapcheck // The caller says what failed.
}

// number is a number without zeros at its end.
func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// Words says a line in a sentence.
func (l Line) Words() string {
	return fmt.Sprintf("%s (%s) %s", l.Item, number(l.Quantity), l.Monthly)
}

// Kinds returns all kinds that are priced, cost by usage, or are free, sorted,
// for readers.
func Kinds() (counted, used, nothing []string) { //nolint:nonamedreturns // Three lists are told apart by their names.
	for _, name := range kinds.Names() {
		k, _ := kinds.Of(name)
		switch k.Cost {
		case kinds.Priced:
			counted = append(counted, name)
		case kinds.Free:
			nothing = append(nothing, name)
		case kinds.ByUsage:
			// Usage says it, which priced kinds have too.
		}
		if k.Usage != "" {
			used = append(used, name+": "+k.Usage)
		}
	}
	return counted, used, nothing
}
