package app_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/app"
)

// More specific paths come first, and exact paths before those with a wildcard.
func TestPriorities(t *testing.T) {
	want := []string{"/api/v1/items", "/api/v1/*", "/cart", "/api/*", "/c*"}
	got := slices.Clone(want)
	slices.Sort(got)
	priorities := app.Priorities(got, nil)
	slices.SortFunc(got, func(a, b string) int { return priorities[a] - priorities[b] })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("paths by priority: -want, +got:\n%s", diff)
	}
}

// For any changes of paths, priorities are valid, unique and ordered by
// specificity, and no rule moves.
func TestPrioritiesStay(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	taken := map[string]int{}
	for range 200 {
		paths := map[string]bool{}
		for path := range taken {
			if random.IntN(3) > 0 {
				paths[path] = true
			}
		}
		for range 20 {
			path := "/" + strings.Repeat(string(rune('a'+random.IntN(26))), random.IntN(4)) + strconv.Itoa(random.IntN(40))
			if random.IntN(2) == 0 {
				path += "*"
			}
			paths[path] = true
		}
		var all []string
		for path := range paths {
			all = append(all, path)
		}
		slices.Sort(all)
		got := app.Priorities(all, taken)
		seen := map[int]string{}
		for path, p := range got {
			if p < 1 || p > 50_000 {
				t.Fatalf("%s has priority %d, which is none of 1 to 50000", path, p)
			}
			if other, ok := seen[p]; ok {
				t.Fatalf("%s and %s share priority %d", path, other, p)
			}
			seen[p] = path
			if before := taken[path]; before != 0 && before != p {
				t.Fatalf("%s moved from %d to %d", path, before, p)
			}
			for other, q := range got {
				if len(strings.TrimSuffix(path, "*")) > len(strings.TrimSuffix(other, "*")) && p > q {
					t.Fatalf("%s (%d) is tried after %s (%d)", path, p, other, q)
				}
			}
		}
		taken = got
	}
}
