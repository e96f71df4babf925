package engines

import (
	"encoding/csv"
	"strings"
	"sync"
)

// table reads a table of this package once, without its head. Tests have seen to its
// form.
func table(text string) func() [][]string {
	return sync.OnceValue(func() [][]string {
		all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			panic(err) // The table is part of the program.
		}
		return all[1:]
	})
}
