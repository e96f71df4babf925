package stacktest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/sets"
)

// GoldenTable is the name of the table of all resources in test/golden/stacks.
const GoldenTable = "resources.tsv"

// goldenAll means all examples in the table.
const goldenAll = "all"

// GoldenRow is a resource in the table. It is identical in several examples.
type GoldenRow struct{ Resource, Kind, Object, Digest string }

// Line returns the table's line for a resource and the examples that have it.
func (r GoldenRow) Line(examples []string) string {
	named := strings.Join(slices.Sorted(slices.Values(examples)), " ")
	if len(examples) == len(Examples) {
		named = goldenAll
	}
	return strings.Join([]string{r.Resource, r.Kind, r.Object, r.Digest, named}, "\t") + "\n"
}

// ParseGoldenLine returns the resource in a line of the table, and the examples that
// have it. There are none in a comment.
func ParseGoldenLine(line string) (GoldenRow, []string) {
	columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
	if len(columns) != 5 || strings.HasPrefix(line, "#") {
		return GoldenRow{}, nil
	}
	examples := Examples
	if columns[4] != goldenAll {
		examples = strings.Fields(columns[4])
	}
	return GoldenRow{Resource: columns[0], Kind: columns[1], Object: columns[2], Digest: columns[3]}, examples
}

// GoldenKinds returns the kinds of each example in the table.
func GoldenKinds() (map[string]sets.Set[string], error) {
	raw, err := os.ReadFile(filepath.Join(Root(), "test", "golden", "stacks", GoldenTable))
	if err != nil {
		return nil, fmt.Errorf("cannot read the table of resources: %w", err)
	}
	out := map[string]sets.Set[string]{}
	for line := range strings.Lines(string(raw)) {
		row, examples := ParseGoldenLine(line)
		for _, example := range examples {
			if out[example] == nil {
				out[example] = sets.New[string]()
			}
			out[example].Insert(row.Kind)
		}
	}
	return out, nil
}
