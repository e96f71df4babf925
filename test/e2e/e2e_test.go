//go:build e2e

package e2e

import (
	"fmt"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

// TestMain reduces garbage collection of the simulated provider, as for the control
// planes.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}

// TestClusterScope tests the function with claims and cluster-scoped managed
// resources, and TestNamespacedScope with namespaced ones. A cluster can have only
// one scope, so each has its own control plane. Times in the output are comparable
// only with E2E_PARALLEL=1.
func TestClusterScope(t *testing.T) { cases(t, clusterScope) } //nolint:tparallel // Each case continues the previous one.

func TestNamespacedScope(t *testing.T) { cases(t, namespacedScope) } //nolint:tparallel // Each case continues the previous one.

// longName is the longest valid label value in Kubernetes, and therefore the
// longest name in Crossplane.
var longName = strings.Repeat("long-", 12) + "end"

func cases(t *testing.T, g apiScope) {
	t.Parallel()
	c := newControlPlane(t, g)
	// With the core's default flags.
	var first, second *stack
	t.Run("Ready", func(t *testing.T) { first = toReady(t, c, "default", "team-a", longName, nil) })
	c.core.stop()
	c.startCore(t, raised...)
	// From here on with raised limits, and with an account ID from the platform.
	c.configurePlatform(t)
	t.Run("ReadyWithRaisedBreaker", func(t *testing.T) {
		second = toReady(t, c, "raised", "team-b", longName, map[string]any{"deletionPolicy": "Delete"})
	})
	for _, s := range []*stack{first, second} {
		if s == nil {
			t.Fatal("no stack stands: nothing else can be proved")
		}
	}
	t.Run("Quiet", func(t *testing.T) { quiet(t, second, 15*time.Second) })
	t.Run("SameNameInTwoNamespaces", func(t *testing.T) { strangers(t, first, second) })
	t.Run("Connection", func(t *testing.T) { connection(t, second) })
	t.Run("Edits", func(t *testing.T) { edits(t, second) })
	t.Run("InvalidEdits", func(t *testing.T) { invalidEdits(t, second) })
	t.Run("RefusedEdit", func(t *testing.T) { refusedEdit(t, second) })
	t.Run("Paused", func(t *testing.T) { paused(t, second) })
	t.Run("RefusedClaim", func(t *testing.T) { refusedClaim(t, c) })
	// These do not depend on the scope.
	in := func(only apiScope, name string, f func(t *testing.T)) {
		if g.scope == only.scope {
			t.Run(name, f)
		}
	}
	in(namespacedScope, "ProviderFailure", func(t *testing.T) { providerFailure(t, c) })
	in(clusterScope, "FunctionDown", func(t *testing.T) { functionDown(t, c) })
	in(namespacedScope, "FunctionReplaced", func(t *testing.T) { functionReplaced(t, c) })
	in(clusterScope, "ControlPlaneRestarted", func(t *testing.T) { controlPlaneRestarted(t, c) })
	t.Run("Deletion", func(t *testing.T) { deletions(t, c, first, second) })
	c.core.stop()
	c.startCore(t, crowded...)
	// The provider's single steps are tested above.
	c.provider.brisk.Store(true)
	var crowd []*stack
	t.Run("ManyAtOnce", func(t *testing.T) { crowd = manyAtOnce(t, c) })
	if t.Failed() {
		return
	}
	t.Run("ExistingNetwork", func(t *testing.T) {
		existingNetwork(t, crowd[0], crowd[1])
		for _, s := range crowd[1:] {
			s.pause(t, "true")
		}
	})
	t.Run("Account", func(t *testing.T) { account(t, c) })
	c.core.stop()
	c.startCore(t, unhurried...)
	t.Run("Examples", func(t *testing.T) { examples(t, c) })
	t.Run("FurtherCore", func(t *testing.T) { furtherCore(t, c, crowd[1]) })
	t.Run("NothingRenamed", func(t *testing.T) {
		if names := c.provider.replaced; len(names) > 0 {
			t.Errorf("external names changed: %v", names)
		}
	})
}

// toReady measures the time of a claim until it is ready.
func toReady(t *testing.T, c *controlPlane, breaker, namespace, name string, spec map[string]any) *stack {
	t.Helper()
	writes := c.provider.writes.Load()
	s := c.apply(t, namespace, name, spec)
	took := s.awaitReady(t)
	resources := s.resources(t)
	t.Logf("%s breaker: claim to all %d resources created %.1f s, to Ready %.1f s; %d writes of the provider", breaker,
		len(resources), c.provider.lastSeen(resources).Sub(s.begin).Seconds(), took.Seconds(), c.provider.writes.Load()-writes)
	whole(t, s)
	return s
}

// whole checks that a ready stack is complete.
func whole(t *testing.T, s *stack) {
	t.Helper()
	resources := s.resources(t)
	if len(resources) < 90 {
		t.Errorf("even a stack of the core tiers alone has over ninety resources, this one %d", len(resources))
	}
	for _, u := range resources {
		if u.GetAnnotations()[externalName] == "" {
			t.Errorf("%s %s is ready without a name in AWS", serviceKind(u), u.GetName())
		}
	}
	once(t, s)
}

// once checks that each resource of a stack is in AWS exactly once.
func once(t *testing.T, s *stack) {
	t.Helper()
	// Observed resources do not belong to the stack.
	resources := slices.DeleteFunc(s.resources(t), onlyObserved)
	exist := s.c.provider.aws.has(s.composite(t))
	for _, resourceName := range slices.Sorted(maps.Keys(exist)) {
		if len(exist[resourceName]) > 1 {
			t.Errorf("%s was made %d times in AWS: %v", resourceName, len(exist[resourceName]), exist[resourceName])
		}
	}
	if len(exist) != len(resources) {
		t.Errorf("%d managed resources, but %d resources in AWS", len(resources), len(exist))
	}
}

// within lists kinds whose names are unique only within another resource.
var within = []string{"cloudwatchlogs/MetricFilter", "iam/RolePolicy", "lambda/Permission"}

// strangers checks that two stacks share nothing in AWS.
func strangers(t *testing.T, a, b *stack) {
	t.Helper()
	owner := map[string]string{}
	for _, s := range []*stack{a, b} {
		for _, u := range s.resources(t) {
			if slices.Contains(within, serviceKind(u)) {
				continue
			}
			key := serviceKind(u) + " " + u.GetAnnotations()[externalName]
			if other, ok := owner[key]; ok && other != s.claim.String() {
				t.Errorf("%s and %s share %s", other, s.claim, key)
			}
			owner[key] = s.claim.String()
		}
	}
}

// providerFailure tests a claim whose database AWS refuses for a while, and whose
// subnets lose Ready once. The claim's message does not change with every attempt.
func providerFailure(t *testing.T, c *controlPlane) {
	const words = "api error InvalidParameterCombination: RDS does not support creating a DB instance with the following combination"
	attempts := 0
	c.provider.failFor(func(u *unstructured.Unstructured) string {
		if serviceKind(u) != "rds/Instance" || !strings.HasPrefix(u.GetName(), "refused") {
			return ""
		}
		attempts++
		return fmt.Sprintf("operation error RDS: CreateDBInstance, https response error StatusCode: 400, RequestID: 0a1b2c3d-%d, %s", attempts, words)
	})
	c.provider.flap("ec2/Subnet")
	s := c.apply(t, "team-c", "refused", lean(nil))
	err := poll(t.Context(), patience, func() error { return denies(s.get(t), "DatabaseReady", words) })
	if err != nil {
		s.dump(t)
		t.Fatal(err)
	}
	message := conditionOf(s.get(t), "DatabaseReady").Message
	t.Logf("the claim says it after %.1f s: %s", time.Since(s.begin).Seconds(), message)
	// The condition names the failing resource. No other resource of the tier hides
	// it.
	steady := ""
	for begin := time.Now(); time.Since(begin) < 5*time.Second; time.Sleep(100 * time.Millisecond) {
		switch now := conditionOf(s.get(t), "DatabaseReady").Message; {
		case steady == "":
			steady = now
		case now != steady && strings.Contains(now, "RequestID"):
			t.Fatalf("the message has the call's ID: %s", now)
		}
	}
	c.provider.failFor(func(*unstructured.Unstructured) string { return "" })
	s.awaitReady(t)
	whole(t, s)
}

// configurePlatform sets an input with an account ID, which allows claims to
// disable guardrails. With the default interval, ready stacks that wait for other
// cases would need a quarter of the CPU time.
func (c *controlPlane) configurePlatform(t *testing.T) {
	t.Helper()
	var switchable []any
	for _, g := range guardrails {
		switchable = append(switchable, g)
	}
	c.input = map[string]any{"switchableGuardrails": switchable, "pollIntervalMinutes": int64(10)}
	fields := maps.Clone(c.input)
	fields["accountId"] = simulator.DefaultAccount
	c.setInput(t, c.comp, fields)
}

// setInput sets fields of a Composition's input.
func (c *controlPlane) setInput(t *testing.T, composition string, fields map[string]any) {
	t.Helper()
	u, err := c.client.Resource(comps).Get(t.Context(), composition, metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	pipeline, _, _ := unstructured.NestedSlice(u.Object, "spec", "pipeline")
	step, _ := pipeline[0].(map[string]any)
	for name, value := range fields {
		if err := unstructured.SetNestedField(step, value, "input", name); err != nil {
			t.Fatal(err)
		}
	}
	c.patch(t, comps, composition, map[string]any{"spec": map[string]any{"pipeline": pipeline}})
}

// guardrails lists the tiers that a claim can disable.
var guardrails = []string{"waf", "audit", "config", "parameters", "alarms", "responses"}

// lean returns a spec with only the core tiers, which need a third of the resources
// and of the time.
func lean(spec map[string]any) map[string]any {
	off := map[string]any{}
	for _, g := range guardrails {
		off[g] = map[string]any{"enabled": false}
	}
	out := map[string]any{"guardrails": off}
	maps.Copy(out, spec)
	return out
}

// playground is an existing network that many stacks share.
var playground = map[string]any{
	"vpcId":             "vpc-0a1b2c3d4e5f60718",
	"databaseSubnetIds": []any{"subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"},
	"privateSubnetIds":  []any{"subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004"},
}

// manyAtOnce creates twenty claims in one second, in one scope. In the other, it
// creates the two that existingNetwork needs.
func manyAtOnce(t *testing.T, c *controlPlane) []*stack {
	claims := 2
	if c.scope == namespacedScope.scope {
		claims = 20
	}
	var stacks []*stack
	for i := range claims {
		stacks = append(stacks, c.apply(t, "crowd", fmt.Sprintf("shop-%02d", i), lean(map[string]any{
			"environment": "development", "network": map[string]any{"existing": playground},
		})))
	}
	var created, ready []float64
	for _, s := range stacks {
		ready = append(ready, s.awaitReadyFor(t, 2*patience).Seconds())
		created = append(created, c.provider.lastSeen(s.resources(t)).Sub(s.begin).Seconds())
	}
	t.Logf("%d claims at once: all %d resources of all created %.1f s, all Ready %.1f s", claims, claims*len(stacks[0].resources(t)), slices.Max(created), slices.Max(ready))
	for _, s := range stacks {
		once(t, s)
	}
	return stacks
}

// existingNetwork checks that a stack in an existing network creates no part of it,
// and that its deletion does not affect another stack.
func existingNetwork(t *testing.T, gone, stays *stack) {
	for _, u := range gone.resources(t) {
		if kind := serviceKind(u); strings.HasPrefix(kind, "ec2/") && !strings.HasPrefix(kind, "ec2/SecurityGroup") {
			t.Errorf("%s %s is of the network, which is not the stack's", kind, u.GetName())
		}
	}
	strangers(t, gone, stays)
	before := identities(stays.resources(t))
	t.Logf("deleted in %.1f s", gone.delete(t).Seconds())
	left(t, gone, nil)
	kept(t, before, identities(stays.resources(t)))
	stays.awaitReady(t)
}
