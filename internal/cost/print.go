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

// Print writes an estimate as a table, followed by notes on items that it lacks.
func (e *Estimate) Print(w io.Writer) error {
	var b bytes.Buffer
	t := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
	_, _ = fmt.Fprintln(t, "GROUP\tITEM\tREGION\tQUANTITY\tUNIT PRICE\tUSD PER MONTH") // Writes to a buffer never fail.
	for _, l := range e.Lines {
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s/%s\t%s\n", l.Group, l.Item, l.Region, number(l.Quantity), number(l.Price), l.Per, l.Monthly) // As above.
	}
	_, _ = fmt.Fprintf(t, "TOTAL\t\t\t\t\t%s\n", e.Total) // As above.
	_ = t.Flush()                                         // As above.
	fmt.Fprintf(&b, "\nThis estimate uses the on-demand list prices of %s and a month of %d hours.\n", AsOf(), HoursAMonth)
	if len(e.Elsewhere) > 0 {
		fmt.Fprintf(&b, "Prices for %s are not known; prices for %s are used instead.\n", strings.Join(e.Elsewhere, ", "), prices().Regions[0])
	}
	for _, u := range e.Unpriced {
		fmt.Fprintf(&b, "no price: %s\n", u)
	}
	for _, u := range e.Uncounted {
		fmt.Fprintf(&b, "not counted: %s\n", u)
	}
	_, err := w.Write(b.Bytes())
	return err //nolint:wrapcheck // The caller adds context.
}

// number formats a number without trailing zeros.
func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// Words returns the line as text.
func (l Line) Words() string {
	return fmt.Sprintf("%s (%s) %s", l.Item, number(l.Quantity), l.Monthly)
}

// Kinds returns all kinds for documentation: those with a price, those that are
// charged by usage, and free ones. The lists are sorted.
func Kinds() (counted, used, nothing []string) { //nolint:nonamedreturns // Names distinguish three results of the same type.
	for _, name := range kinds.Names() {
		k, _ := kinds.Of(name)
		switch k.Cost {
		case kinds.Priced:
			counted = append(counted, name)
		case kinds.Free:
			nothing = append(nothing, name)
		case kinds.ByUsage:
			// usage describes it. Priced kinds can also have usage charges.
		}
		if k.Usage != "" {
			used = append(used, name+": "+k.Usage)
		}
	}
	return counted, used, nothing
}
