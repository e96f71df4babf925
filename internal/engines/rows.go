package engines

import (
	"encoding/csv"
	"strings"
	"sync"
)

// table parses an embedded table once, without its header. Tests validate its
// format.
func table(text string) func() [][]string {
	return sync.OnceValue(func() [][]string {
		all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			panic(err) // The table is embedded.
		}
		return all[1:]
	})
}
