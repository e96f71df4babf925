package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/names"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// knownFaults are names that do not resolve although they should. Each is to be
// fixed; one that is fixed must be removed here.
var knownFaults = map[string][]names.Finding{
	"attached": {{
		Role: "logs-key", Field: "policy.Statement[].Condition.ArnLike.kms:EncryptionContext:aws:logs:arn[]",
		Text: "arn:aws:logs:eu-west-1:123456789012:log-group:/shop-attached-5urk24ft/vpc-flow-logs", Why: "no resource has this ARN",
	}},
}

// TestEveryNameResolves looks up every name, ARN, alias and ID in the text of
// every example: a resource of the stack has it, the claim or the input gives
// it, or it is AWS's own. One generation is enough, as both have the same text.
func TestEveryNameResolves(t *testing.T) {
	for _, example := range examples {
		t.Run(example, func(t *testing.T) {
			steps := waysOnce[example+"/"+string(scope.Namespaced)]
			if steps == nil { // No other test has converged it yet.
				steps = converge(t, exampleRequest(t, example, scope.Namespaced))
			}
			if diff := cmp.Diff(knownFaults[example], unresolved(steps[len(steps)-1])); diff != "" {
				t.Errorf("\nA stack must not name what does not exist: AWS accepts it, and later nothing happens.\nunresolved names: -want, +got:\n%s", diff)
			}
		})
	}
}

// unresolved returns the names in an answer that do not resolve.
func unresolved(st step) []names.Finding {
	xr := st.req.GetObserved().GetComposite().GetResource().AsMap()
	resources := []names.Resource{{Role: "composite", Desired: st.rsp.GetDesired().GetComposite().GetResource().AsMap()}}
	for role, r := range st.rsp.GetDesired().GetResources() {
		resources = append(resources, names.Resource{Role: role, Desired: r.GetResource().AsMap(), Observed: st.req.GetObserved().GetResources()[role].GetResource().AsMap()})
	}
	// The status is what the function reports, so it gives nothing.
	return names.Unresolved(resources, map[string]any{"metadata": xr["metadata"], "spec": xr["spec"]}, st.req.GetInput().AsMap())
}
