package main

import (
	"maps"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/crossplane/function-sdk-go/logging"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"pgregory.net/rapid"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// counting is a function that remembers, and how often it had to compose.
func counting() (*Function, *int) {
	f, calls := newFunction(logging.NewNopLogger(), 8*mebibyte), 0
	f.compose = func(rest *fnv1.RunFunctionRequest, observed facts.Observed) (*fnv1.RunFunctionResponse, error) {
		calls++
		return compose(rest, observed)
	}
	return f, &calls
}

// settled is the last request about each example: the one that is sent for ever.
func settled(t *testing.T) map[string]*fnv1.RunFunctionRequest {
	t.Helper()
	out := map[string]*fnv1.RunFunctionRequest{}
	for name, steps := range ways(t) {
		out[name] = steps[len(steps)-1].req
	}
	return out
}

func TestRemembers(t *testing.T) {
	for name, settled := range settled(t) {
		t.Run(name, func(t *testing.T) {
			f, calls := counting()
			for i, tc := range []struct {
				reason string
				change func(*fnv1.RunFunctionRequest)
				want   int
			}{
				{reason: "The first answer is composed.", change: func(*fnv1.RunFunctionRequest) {}, want: 1},
				{reason: "The same request is not composed again.", change: func(*fnv1.RunFunctionRequest) {}, want: 1},
				{
					reason: "What no tier reads may change.",
					change: func(req *fnv1.RunFunctionRequest) {
						for _, r := range req.GetObserved().GetResources() {
							r.GetResource().GetFields()["metadata"].GetStructValue().Fields["resourceVersion"] = structpb.NewStringValue("2")
						}
					},
					want: 1,
				},
				{
					reason: "A claim that changes is composed anew.",
					change: func(req *fnv1.RunFunctionRequest) {
						req.GetObserved().GetComposite().GetResource().GetFields()["spec"].GetStructValue().Fields["tags"] = structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{"a": structpb.NewStringValue("b")}})
					},
					want: 2,
				},
				{
					reason: "So is one of whose resources one is not ready any more.",
					change: func(req *fnv1.RunFunctionRequest) {
						delete(req.GetObserved().GetResources()["vpc"].GetResource().GetFields(), "status")
					},
					want: 3,
				},
				{
					reason: "Or is gone.",
					change: func(req *fnv1.RunFunctionRequest) { delete(req.GetObserved().GetResources(), "vpc") },
					want:   4,
				},
			} {
				req := proto.CloneOf(settled)
				req.Meta = &fnv1.RequestMeta{Tag: "call " + strconv.Itoa(i)}
				tc.change(req)
				got := overWire(t, f, encode(t, req))
				if diff := cmp.Diff(tc.want, *calls); diff != "" {
					t.Errorf("\n%s\nstep %d, composed: -want, +got:\n%s", tc.reason, i, diff)
				}
				if diff := cmp.Diff(req.GetMeta().GetTag(), got.GetMeta().GetTag()); diff != "" {
					t.Errorf("\nAn answer has the tag of its request.\nstep %d: -want, +got:\n%s", i, diff)
				}
			}
		})
	}
}

// leaves are all values below one that hold no others.
func leaves(v *structpb.Value, yield func(*structpb.Value)) {
	switch k := v.GetKind().(type) {
	case *structpb.Value_StructValue:
		for _, name := range slices.Sorted(maps.Keys(k.StructValue.GetFields())) {
			leaves(k.StructValue.GetFields()[name], yield)
		}
	case *structpb.Value_ListValue:
		for _, item := range k.ListValue.GetValues() {
			leaves(item, yield)
		}
	default:
		yield(v)
	}
}

// Whatever changes in a request, the answer is that of a function without memory.
func TestRemembersNothingStale(t *testing.T) {
	stacks := settled(t)
	names := slices.Sorted(maps.Keys(stacks))
	rapid.Check(t, func(rt *rapid.T) {
		settled := stacks[rapid.SampledFrom(names).Draw(rt, "stack")]
		overWire(t, remembering, encode(t, settled))
		req := proto.CloneOf(settled)
		objects := []*structpb.Struct{req.GetObserved().GetComposite().GetResource()}
		for _, role := range slices.Sorted(maps.Keys(req.GetObserved().GetResources())) {
			objects = append(objects, req.GetObserved().GetResources()[role].GetResource())
		}
		var values []*structpb.Value
		leaves(structpb.NewStructValue(rapid.SampledFrom(objects).Draw(rt, "object")), func(v *structpb.Value) { values = append(values, v) })
		to := rapid.SampledFrom([]*structpb.Value{structpb.NewStringValue("other"), structpb.NewStringValue("False"), structpb.NewStringValue(""), structpb.NewNumberValue(7), structpb.NewNullValue()})
		rapid.SampledFrom(values).Draw(rt, "value").Kind = to.Draw(rt, "to").GetKind()
		run(t, req)
	})
}

// Calls that come at the same time do not meet.
func TestRemembersConcurrently(t *testing.T) {
	f, _ := counting()
	f.compose = compose
	var wait sync.WaitGroup
	for _, steps := range ways(t) {
		for range 2 {
			wait.Go(func() {
				for _, s := range steps {
					if got := overWire(t, f, encode(t, s.req)); !proto.Equal(s.rsp, got) {
						t.Errorf("\nEach call has its own answer.\nRunFunction(...): -want, +got:\n%s", cmp.Diff(s.rsp, got, protocmp.Transform()))
					}
				}
			})
		}
	}
	wait.Wait()
}
