package kit

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// Every IPv4 and every IPv6 address.
const Anywhere = "0.0.0.0/0"

func AppendKnown(list []string, f facts.Fact) []string {
	if f.Known() {
		return append(list, f.Value)
	}
	return list
}
