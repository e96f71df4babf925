// Package stack holds what is true of the stacks of all examples, from the first call
// until they stand. It has tests only.
package stack

import (
	"fmt"
	"os"
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// TestMain runs tests at the root of the repository: they read and write its files by
// their paths in it.
func TestMain(m *testing.M) {
	if err := os.Chdir(stacktest.Root()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}
