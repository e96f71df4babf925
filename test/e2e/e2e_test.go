//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// TestClaimGeneration proves the function with claims and cluster-scoped
// managed resources, TestNamespacedGeneration with namespaced ones. A cluster
// can have one generation only, and a machine one control plane at a time.
func TestClaimGeneration(t *testing.T) { cases(t, claimGeneration) }

func TestNamespacedGeneration(t *testing.T) { cases(t, namespacedGeneration) }

func cases(t *testing.T, g generation) {
	c := newControlPlane(t, g)
	// With the core's default flags.
	t.Run("Ready", func(t *testing.T) { toReady(t, c, "default", "team-a", "shop", nil) })
	c.core.stop()
	c.startCore(t, raised...)
	// From here on with raised ones. The same name in another namespace is
	// another stack.
	t.Run("ReadyWithRaisedBreaker", func(t *testing.T) { quiet(t, toReady(t, c, "raised", "team-b", "shop", nil)) })
	t.Run("ProviderFailure", func(t *testing.T) { providerFailure(t, c) })
	t.Run("Deletion", func(t *testing.T) { deletion(t, c) })
	t.Run("NothingRenamed", func(t *testing.T) {
		if names := c.provider.replaced; len(names) > 0 {
			t.Errorf("external names changed: %v", names)
		}
	})
}

// toReady is the way of a claim to Ready, measured.
func toReady(t *testing.T, c *controlPlane, breaker, namespace, name string, spec map[string]any) *stack {
	t.Helper()
	writes := c.provider.writes.Load()
	s := c.apply(t, namespace, name, spec)
	took := s.awaitReady(t)
	resources := s.resources(t)
	t.Logf("%s breaker: claim to all %d resources created %.1f s, to Ready %.1f s; %d writes of the provider", breaker,
		len(resources), c.provider.lastSeen(resources).Sub(s.begin).Seconds(), took.Seconds(), c.provider.writes.Load()-writes)
	if len(resources) < 80 {
		t.Errorf("a stack has about a hundred resources, this one %d", len(resources))
	}
	for _, u := range resources {
		if u.GetAnnotations()[externalName] == "" {
			t.Errorf("%s %s is ready without a name in AWS", serviceKind(u), u.GetName())
		}
	}
	return s
}

// providerFailure is the way of a claim whose database AWS refuses for a while,
// and whose subnets lose Ready once.
func providerFailure(t *testing.T, c *controlPlane) {
	const words = "InvalidParameterCombination: RDS does not support creating a DB instance with the following combination"
	c.provider.failFor(func(u *unstructured.Unstructured) string {
		if serviceKind(u) == "rds/Instance" && strings.HasPrefix(u.GetName(), "refused") {
			return words
		}
		return ""
	})
	c.provider.flap("ec2/Subnet")
	s := c.apply(t, "team-c", "refused", nil)
	if err := poll(t.Context(), patience, func() error {
		return says(s.get(t), "DatabaseReady", "False", words)
	}); err != nil {
		s.dump(t)
		t.Fatal(err)
	}
	t.Logf("the claim says it after %.1f s: %s", time.Since(s.begin).Seconds(), conditionOf(s.get(t), "DatabaseReady").Message)
	c.provider.failFor(func(*unstructured.Unstructured) string { return "" })
	s.awaitReady(t)
}

// deletion deletes a stack under each deletion policy.
func deletion(t *testing.T, c *controlPlane) {
	// With the default names of environments: Retain, Snapshot, Delete.
	for _, environment := range []string{"production", "staging", "development"} {
		t.Run(environment, func(t *testing.T) {
			s := toReady(t, c, "raised", "team-d", environment, map[string]any{"environment": environment})
			composite := s.composite(t).Name
			took := s.delete(t)
			retained := c.provider.aws.retained(composite)
			t.Logf("deleted in %.1f s; %d resources stay; snapshots so far: %v\n%s", took.Seconds(), len(retained), c.provider.aws.snapshot, strings.Join(retained, "\n"))
		})
	}
}
