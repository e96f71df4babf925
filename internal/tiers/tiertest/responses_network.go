package tiertest

import (
	"maps"
	"slices"
)

// SortedKeys is the keys of a map in order.
func SortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
