// Package stack contains tests for the stacks of all examples, from the first call
// until they are ready.
package stack

import (
	"fmt"
	"os"
	"testing"

	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// TestMain runs tests in the root of the repository, because they use paths from
// there.
func TestMain(m *testing.M) {
	if err := os.Chdir(stacktest.Root()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}
