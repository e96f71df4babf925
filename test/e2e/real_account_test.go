//go:build e2e

package e2e

import (
	"maps"
	"os"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// realAccount changes a stack to an account, adds a stack that begins with it, and
// deletes all three. Both stacks are in an existing network.
func realAccount(t *testing.T, c *controlPlane, a *realAWS) {
	composition := c.compositionFor(t, "shared", map[string]any{"pollIntervalMinutes": int64(1)})
	network, _ := c.asFound(playground).(map[string]any)
	spec := map[string]any{"deletionPolicy": "Delete", "environment": "development", "network": map[string]any{"existing": network}, "database": map[string]any{"enabled": false}}
	c.compose(t, spec, composition)
	first := c.apply(t, "team-first", "before", maps.Clone(spec))
	first.awaitReadyFor(t, realPatience)
	t.Logf("stack of its own: %d resources Ready %.0f s after the claim", len(first.resources(t)), time.Since(first.begin).Seconds())

	example := c.accountExample(t)
	if err := unstructured.SetNestedField(example.Object, "Delete", "spec", "deletionPolicy"); err != nil {
		t.Fatal(err)
	}
	shared := c.applyAccount(t, example)
	took := shared.awaitReadyFor(t, realPatience)
	t.Logf("account: %d resources Ready %.0f s after the claim", len(shared.resources(t)), took.Seconds())
	first.awaitSharing(t, realPatience)
	t.Logf("the stack uses the account with %d resources %.0f s after the account's claim", len(first.resources(t)), time.Since(shared.begin).Seconds())

	second := c.apply(t, "team-second", "after", maps.Clone(spec))
	took = second.awaitReadyFor(t, realPatience)
	t.Logf("stack in the account: %d resources Ready %.0f s after the claim", len(second.resources(t)), took.Seconds())
	if second.has(t, "cloudtrail/Trail") {
		t.Error("a stack that begins with an account has a trail of its own")
	}
	for name, s := range map[string]*stack{"account": shared, "before-account": first, "after-account": second} {
		s.record(t, os.Getenv("AWS_RECORD"), name+"-"+c.name)
	}
	shared.inUse(t, first)
	t.Run("Rest", func(t *testing.T) { atRest(t, a, 5*time.Minute) })
	for _, s := range []*stack{first, second, shared} {
		t.Run("Deletion", func(t *testing.T) { s.deleted(t) })
	}
}
