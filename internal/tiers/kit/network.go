package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// Anywhere is every IPv4 address.
const Anywhere = "0.0.0.0/0"

// AppendKnown appends a fact to a list if it is known.
func AppendKnown(list []string, f facts.Fact) []string {
	if f.Known() {
		return append(list, f.Value)
	}
	return list
}
