package stack

import (
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
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

// TestReplacedEventRules verifies that stacks of the last release keep their rules
// first, and have as few rules as new stacks in the end.
func TestReplacedEventRules(t *testing.T) {
	for _, s := range stacktest.Scopes {
		t.Run(string(s), func(t *testing.T) {
			state := readReleased(t, releasedFile("claim", s))
			req := &fnv1.RunFunctionRequest{Observed: state, Input: stacktest.Request(t, "claim", s).GetInput()}
			before := state.GetResources()
			first := stacktest.Run(t, proto.CloneOf(req)).GetDesired().GetResources()
			for resourceName := range before {
				if _, ok := composed.OfEventRule(resourceName); ok && first[resourceName] == nil {
					t.Errorf("\nNo event is lost until the new rules have targets.\n%s is dropped", resourceName)
				}
			}
			want := map[string]int{"eu-west-1": 2, "us-east-1": 1}
			if diff := cmp.Diff(want, eventRules(t, stacktest.Last(stacktest.Converge(t, req)).GetDesired().GetResources())); diff != "" {
				t.Errorf("\nAfterwards the old rules go.\nrules: -want, +got:\n%s", diff)
			}
		})
	}
}
