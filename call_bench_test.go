package main

import (
	"context"
	"testing"
	"time"

	"github.com/crossplane/function-sdk-go/logging"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	sdkresponse "github.com/crossplane/function-sdk-go/response"
	"google.golang.org/protobuf/proto"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cache"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/response"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// allocations is the maximum number of allocations of a call with the production
// example, by benchmark. Unlike time, it is the same on every machine. Lower it
// with a change that needs fewer. A change that raises it must explain why.
var allocations = map[string]float64{
	"remembered": 0.25,
	"composed":   105,
}

// calls returns the ways to answer a request, from bytes to bytes.
func calls(t *testing.T) (map[string]func(), int) {
	t.Helper()
	steps := stacktest.Converge(t, stacktest.Request(t, "production", scope.Cluster))
	encoded := encode(t, steps[len(steps)-1].Request)
	out := map[string]func(){}
	for name, remember := range map[string]int{"remembered": 8 * mebibyte, "composed": 0} {
		f := newFunction(logging.NewNopLogger(), remember, nil)
		out[name] = func() {
			req := &fnv1.RunFunctionRequest{}
			_ = wire.Unmarshal(encoded, req)
			rsp, _ := f.RunFunction(context.Background(), req)
			_, _ = proto.Marshal(rsp)
		}
	}
	return out, len(stacktest.Last(steps).GetDesired().GetResources())
}

func TestAllocations(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector asks for memory of its own")
	}
	all, resources := calls(t)
	for name, most := range allocations {
		if got := testing.AllocsPerRun(20, all[name]) / float64(resources); got > most {
			t.Errorf("\nA call costs no more than it did.\n%s: %.2f allocations a resource, want at most %.2f", name, got, most)
		}
	}
}

// BenchmarkCall measures a whole call of the production example, from bytes to
// bytes. For comparison, it also measures decoding and encoding alone.
func BenchmarkCall(b *testing.B) {
	t := &testing.T{} // For the helpers.
	all, _ := calls(t)
	encoded := encode(t, converged(t).Request)
	all["decoded by protobuf"] = func() { _ = proto.Unmarshal(encoded, &fnv1.RunFunctionRequest{}) }
	all["left unread"] = func() { _ = wire.Unmarshal(encoded, &fnv1.RunFunctionRequest{}) }
	for name, call := range all {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				call()
			}
		})
	}
}

func converged(t *testing.T) stacktest.Step {
	t.Helper()
	steps := stacktest.Converge(t, stacktest.Request(t, "production", scope.Cluster))
	return steps[len(steps)-1]
}

// BenchmarkParts measures the parts of a call.
func BenchmarkParts(b *testing.B) {
	t := &testing.T{} // For the helpers.
	st := converged(t)
	req := &fnv1.RunFunctionRequest{}
	if err := wire.Unmarshal(encode(t, st.Request), req); err != nil {
		b.Fatal(err)
	}
	rest := cache.Rest(req)
	in, _, _ := platform.Input(rest)
	c, _ := claim.From(rest.GetObserved().GetComposite().GetResource())
	s, _ := settings.Decide(c, in, nil, facts.From(req))
	whole := desired.NewSet(s, facts.From(req))
	tiers.Compose(s, facts.From(req), whole)
	parts := map[string]func(){
		"claim":    func() { _, _ = claim.From(rest.GetObserved().GetComposite().GetResource()) },
		"settings": func() { _, _ = settings.Decide(c, in, nil, facts.From(req)) },
		"answer": func() {
			_, _ = response.Write(sdkresponse.To(&fnv1.RunFunctionRequest{}, time.Minute), s, facts.From(req), tiers.All(), whole)
		},
		"encode": func() { _ = wire.EncodeDesired(&fnv1.RunFunctionResponse{Desired: st.Response.GetDesired()}) },
	}
	for _, tier := range tiers.All() {
		if tier.Absent(s) != "" {
			continue
		}
		parts["tier "+tier.Name] = func() {
			seen := facts.From(req)
			tier.Compose(s, seen, desired.NewSet(s, seen).Tier(tier.Name))
		}
	}
	for name, part := range parts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				part()
			}
		})
	}
}
