package main

import (
	"context"
	"maps"
	"net"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/crossplane/function-sdk-go/logging"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"pgregory.net/rapid"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/compose"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/serve"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// counting returns a function with a cache, and the number of times that it
// composed.
func counting() (*Function, *int) {
	f, calls := newFunction(logging.NewNopLogger(), 8*mebibyte, nil), 0
	f.compose = func(rest *fnv1.RunFunctionRequest, observed facts.Observed) (*fnv1.RunFunctionResponse, error) {
		calls++
		return compose.Compose(rest, observed)
	}
	return f, &calls
}

// settled returns the last request of each example in one scope, which Crossplane
// then sends repeatedly.
func settled(t *testing.T) map[string]*fnv1.RunFunctionRequest {
	t.Helper()
	out := map[string]*fnv1.RunFunctionRequest{}
	for name, steps := range stacktest.Alternate(t) {
		out[name] = steps[len(steps)-1].Request
	}
	return out
}

// own copies an observed resource of a request, and returns its object.
func own(req *fnv1.RunFunctionRequest, resourceName string) *structpb.Struct {
	r := proto.CloneOf(req.GetObserved().GetResources()[resourceName])
	if r != nil {
		req.Observed.Resources[resourceName] = r
	}
	return r.GetResource()
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
						for resourceName := range req.GetObserved().GetResources() {
							own(req, resourceName).GetFields()["metadata"].GetStructValue().Fields["resourceVersion"] = structpb.NewStringValue("2")
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
						delete(own(req, "access-logs-bucket").GetFields(), "status")
					},
					want: 3,
				},
				{
					reason: "Or is gone.",
					change: func(req *fnv1.RunFunctionRequest) {
						delete(req.GetObserved().GetResources(), "access-logs-bucket")
					},
					want: 4,
				},
			} {
				req := stacktest.Copy(settled)
				req.Meta = &fnv1.RequestMeta{Tag: "call " + strconv.Itoa(i)}
				tc.change(req)
				got := decoded(t, overWire(t, f, encode(t, req)))
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

// leaves yields all leaf values.
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

// The response equals that of a function without a cache, whatever changes in a
// request.
func TestRemembersNothingStale(t *testing.T) {
	if raceDetector {
		t.Skip("too slow; nothing in it runs at the same time")
	}
	stacks := settled(t)
	names := slices.Sorted(maps.Keys(stacks))
	rapid.Check(t, func(rt *rapid.T) {
		settled := stacks[rapid.SampledFrom(names).Draw(rt, "stack")]
		overWire(t, remembering, encode(t, settled))
		req := proto.CloneOf(settled)
		objects := []*structpb.Struct{req.GetObserved().GetComposite().GetResource()}
		for _, resourceName := range slices.Sorted(maps.Keys(req.GetObserved().GetResources())) {
			objects = append(objects, req.GetObserved().GetResources()[resourceName].GetResource())
		}
		var values []*structpb.Value
		leaves(structpb.NewStructValue(rapid.SampledFrom(objects).Draw(rt, "object")), func(v *structpb.Value) { values = append(values, v) })
		to := rapid.SampledFrom([]*structpb.Value{structpb.NewStringValue("other"), structpb.NewStringValue("False"), structpb.NewStringValue(""), structpb.NewNumberValue(7), structpb.NewNullValue()})
		rapid.SampledFrom(values).Draw(rt, "value").Kind = to.Draw(rt, "to").GetKind()
		run(t, req)
	})
}

// Concurrent calls do not share state, neither in the cache nor in buffers of
// requests.
func TestRemembersConcurrently(t *testing.T) {
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	server := &serve.Command{Network: "tcp", Address: l.Addr().String(), Insecure: true, MaxRecvMessageSize: 4, GracePeriod: time.Second}
	var wait sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	wait.Go(func() {
		if err := server.Run(ctx, newFunction(logging.NewNopLogger(), 8*mebibyte, nil)); err != nil {
			t.Error(err)
		}
	})
	conn, err := grpc.NewClient(server.Address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	var calls sync.WaitGroup
	for _, steps := range [][]stacktest.Step{stacktest.Way(t, "claim", scope.Cluster), stacktest.Way(t, "production", scope.Namespaced)} {
		for range 4 {
			calls.Go(func() {
				for _, s := range steps {
					got, err := fnv1.NewFunctionRunnerServiceClient(conn).RunFunction(ctx, s.Request, grpc.WaitForReady(true))
					if err != nil || !stacktest.Equal(s.Response, got) {
						t.Errorf("\nEach call has its own answer.\nRunFunction(...): %v, -want, +got:\n%s", err, cmp.Diff(s.Response, got, protocmp.Transform()))
					}
				}
			})
		}
	}
	calls.Wait()
	stop()
	wait.Wait()
}
