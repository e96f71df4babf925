package stack

import (
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/eventpattern/patterntest"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// TestEventRules verifies that EventBridge accepts all patterns, and that fifty
// stacks fit into the quota of rules in a region: 300 with services, and 100 without
// (AWS documentation, "Amazon EventBridge quotas"). Schedules are not included.
func TestEventRules(t *testing.T) { //nolint:tparallel // The first parallel test composes the stacks for all.
	for name, steps := range stacktest.Ways(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resources := stacktest.Last(steps).GetDesired().GetResources()
			most := 4
			if resources["app-cluster"] == nil {
				most = 2
			}
			for region, n := range eventRules(t, resources) {
				if n > most {
					t.Errorf("\nFifty stacks fit into the quota of rules.\n%s has %d rules, want at most %d", region, n, most)
				}
			}
		})
	}
}

// eventRules returns the number of rules with patterns in each region, and checks
// the patterns.
func eventRules(t *testing.T, resources map[string]*fnv1.Resource) map[string]int {
	t.Helper()
	out := map[string]int{}
	for resourceName, r := range resources {
		u := stacktest.Object(t, r)
		if stacktest.KindOf(u) != "cloudwatchevents/Rule" {
			continue
		}
		pattern, ok, _ := unstructured.NestedString(u.Object, "spec", "forProvider", "eventPattern")
		if !ok {
			continue // It has a schedule.
		}
		region, _, _ := unstructured.NestedString(u.Object, "spec", "forProvider", "region")
		out[region]++
		for _, problem := range patterntest.Problems(t, pattern) {
			t.Errorf("\nEventBridge accepts every pattern.\n%s: %s\n%s", resourceName, problem, pattern)
		}
	}
	return out
}
