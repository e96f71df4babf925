package cache

import (
	"errors"
	"strings"
	"testing"
	"time"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

// request returns a request for a stack whose VPC has an ARN.
func request(name, arn string) *fnv1.RunFunctionRequest {
	return &fnv1.RunFunctionRequest{
		Meta: &fnv1.RequestMeta{Tag: "tag of " + name, Capabilities: []fnv1.Capability{fnv1.Capability_CAPABILITY_CONDITIONS}},
		Observed: &fnv1.State{
			Composite: &fnv1.Resource{Resource: resource.MustStructJSON(`{"metadata":{"name":"` + name + `"}}`)},
			Resources: map[string]*fnv1.Resource{"vpc": {Resource: resource.MustStructJSON(`{"metadata":{"name":"vpc"},"status":{"atProvider":{"arn":"` + arn + `"}}}`)}},
		},
		Desired: &fnv1.State{Composite: &fnv1.Resource{Ready: fnv1.Ready_READY_TRUE}},
	}
}

// overWire returns a request as a server receives it.
func overWire(t *testing.T, req *fnv1.RunFunctionRequest) *fnv1.RunFunctionRequest {
	t.Helper()
	b, err := proto.Marshal(req)
	if err != nil {
		t.Fatal(err)
	}
	out := &fnv1.RunFunctionRequest{}
	if err := wire.Unmarshal(b, out); err != nil {
		t.Fatal(err)
	}
	return out
}

// decoded returns a response as a client receives it.
func decoded(t *testing.T, rsp *fnv1.RunFunctionResponse) *fnv1.RunFunctionResponse {
	t.Helper()
	b, err := proto.Marshal(rsp)
	if err != nil {
		t.Fatal(err)
	}
	out := &fnv1.RunFunctionResponse{}
	if err := proto.Unmarshal(b, out); err != nil {
		t.Fatal(err)
	}
	return out
}

// made composes responses that contain the VPC's ARN, and counts them.
func made(count *int) Compose {
	return func(rest *fnv1.RunFunctionRequest, observed facts.Observed) (*fnv1.RunFunctionResponse, error) {
		*count++
		return &fnv1.RunFunctionResponse{
			Meta:    &fnv1.ResponseMeta{Tag: rest.GetMeta().GetTag(), Ttl: durationpb.New(1)},
			Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"vpc": {Resource: &structpb.Struct{Fields: map[string]*structpb.Value{"arn": structpb.NewStringValue(observed.ARN("vpc").Value)}}}}},
			Results: []*fnv1.Result{{Message: "made"}},
		}, nil
	}
}

// wanted returns the expected response for a stack.
func wanted(name, arn string) *fnv1.RunFunctionResponse {
	return &fnv1.RunFunctionResponse{
		Meta:    &fnv1.ResponseMeta{Tag: "tag of " + name, Ttl: durationpb.New(1)},
		Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"vpc": {Resource: resource.MustStructJSON(`{"arn":"` + arn + `"}`)}}},
		Results: []*fnv1.Result{{Message: "made"}},
	}
}

const large = 1 << 20

func TestAnswer(t *testing.T) {
	type call struct {
		name, arn string
		change    func(*fnv1.RunFunctionRequest)
	}
	other := func(change func(*fnv1.RunFunctionRequest)) call {
		return call{name: "shop", arn: "a", change: change}
	}
	shop := call{name: "shop", arn: "a"}
	cases := map[string]struct {
		reason string
		limit  int
		calls  []call
		want   int
	}{
		"Same":      {reason: "What is the same is not made again.", limit: large, calls: []call{shop, shop, shop}, want: 1},
		"OtherFact": {reason: "What was asked for and is not the same is, also once it is what it was before.", limit: large, calls: []call{shop, {name: "shop", arn: "b"}, shop}, want: 3},
		"NotAsked": {reason: "What nobody asked for does not matter.", limit: large, calls: []call{shop, other(func(req *fnv1.RunFunctionRequest) {
			req.Observed.Resources["vpc"].Resource.Fields["metadata"] = structpb.NewNullValue()
		})}, want: 1},
		"OtherRoles": {reason: "That there is another resource does.", limit: large, calls: []call{shop, other(func(req *fnv1.RunFunctionRequest) {
			req.Observed.Resources["eip"] = &fnv1.Resource{Resource: &structpb.Struct{}}
		})}, want: 2},
		"OtherInput": {reason: "So does all that is not observed.", limit: large, calls: []call{shop, other(func(req *fnv1.RunFunctionRequest) {
			req.Input = &structpb.Struct{}
		}), other(func(req *fnv1.RunFunctionRequest) {
			req.Context = &structpb.Struct{}
		}), other(func(req *fnv1.RunFunctionRequest) {
			req.Meta.Capabilities = nil
		}), other(func(req *fnv1.RunFunctionRequest) {
			req.RequiredResources = map[string]*fnv1.Resources{"a": {}}
		})}, want: 5},
		"TwoStacks": {reason: "Each stack has an answer of its own.", limit: large, calls: []call{shop, {name: "other", arn: "a"}, shop, {name: "other", arn: "a"}}, want: 2},
		"Off":       {reason: "Without memory all are made.", limit: 0, calls: []call{shop, shop}, want: 2},
		"NoRoom":    {reason: "What has no room is not remembered.", limit: 10, calls: []call{shop, shop}, want: 2},
		"Forgotten": {reason: "What was not asked about for the longest time is forgotten first.", limit: 480, calls: []call{shop, {name: "other", arn: "a"}, shop, {name: "third", arn: "a"}, shop, {name: "other", arn: "a"}}, want: 4},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			m, count := New(tc.limit, nil), 0
			for _, c := range tc.calls {
				req := request(c.name, c.arn)
				if c.change != nil {
					c.change(req)
				}
				rsp, err := m.Respond(overWire(t, req), made(&count))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(wanted(c.name, c.arn), decoded(t, rsp), protocmp.Transform()); diff != "" {
					t.Errorf("\n%s\nAnswer(...): -want, +got:\n%s", tc.reason, diff)
				}
			}
			if diff := cmp.Diff(tc.want, count); diff != "" {
				t.Errorf("\n%s\nmade: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestAnswerByClock verifies that a response expires at the time that it depends
// on.
func TestAnswerByClock(t *testing.T) {
	now := time.Date(2026, 11, 28, 5, 0, 0, 0, time.UTC)
	due, count := now.Add(time.Hour), 0
	m := New(large, func() time.Time { return now })
	answer := func() string {
		rsp, err := m.Respond(overWire(t, request("shop", "a")), func(req *fnv1.RunFunctionRequest, observed facts.Observed) (*fnv1.RunFunctionResponse, error) {
			rsp, err := made(&count)(req, observed)
			if observed.Passed(due) {
				rsp.Results = append(rsp.Results, &fnv1.Result{Message: "due"})
			}
			return rsp, err
		})
		if err != nil {
			t.Fatal(err)
		}
		var messages []string
		for _, r := range rsp.GetResults() {
			messages = append(messages, r.GetMessage())
		}
		return strings.Join(messages, ", ")
	}
	got := []string{answer(), answer()}
	now = now.Add(2 * time.Hour)
	got = append(got, answer(), answer())
	if diff := cmp.Diff([]string{"made", "made", "made, due", "made, due"}, got); diff != "" {
		t.Errorf("\nAn answer that depends on the time holds until that time.\nAnswer(...): -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(2, count); diff != "" {
		t.Errorf("\nAnd no more are made than that takes.\nmade: -want, +got:\n%s", diff)
	}
}

func TestAnswerInProcess(t *testing.T) {
	m, count := New(large, nil), 0
	for range 2 {
		rsp, err := m.Respond(request("shop", "a"), made(&count))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(wanted("shop", "a"), rsp, protocmp.Transform()); diff != "" {
			t.Errorf("\nWho does not call over the wire wants to read what is desired.\nAnswer(...): -want, +got:\n%s", diff)
		}
	}
	if diff := cmp.Diff(2, count); diff != "" {
		t.Errorf("\nNothing is remembered for them.\nmade: -want, +got:\n%s", diff)
	}
}

func TestAnswerFails(t *testing.T) {
	boom := errors.New("boom")
	fails := func(*fnv1.RunFunctionRequest, facts.Observed) (*fnv1.RunFunctionResponse, error) { return nil, boom }
	cannotBeEncoded := func(*fnv1.RunFunctionRequest, facts.Observed) (*fnv1.RunFunctionResponse, error) {
		return &fnv1.RunFunctionResponse{Desired: &fnv1.State{Composite: &fnv1.Resource{ConnectionDetails: map[string][]byte{"\xff": nil}}}}, nil
	}
	cases := map[string]struct {
		reason  string
		req     *fnv1.RunFunctionRequest
		compose Compose
		want    string
	}{
		"Unread":    {reason: "A failure is passed on.", req: overWire(t, request("shop", "a")), compose: fails, want: "boom"},
		"InProcess": {reason: "To everybody.", req: request("shop", "a"), compose: fails, want: "boom"},
		"Encode":    {reason: "An answer that cannot be sent is a failure.", req: overWire(t, request("shop", "a")), compose: cannotBeEncoded, want: "cannot encode desired resources: string field contains invalid UTF-8"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			m := New(large, nil)
			rsp, err := m.Respond(tc.req, tc.compose)
			if err == nil || rsp != nil {
				t.Fatalf("\n%s\nAnswer(...): want an error alone, got %v, %v", tc.reason, rsp, err)
			}
			if diff := cmp.Diff(tc.want, err.Error()); diff != "" {
				t.Errorf("\n%s\nAnswer(...): -want, +got:\n%s", tc.reason, diff)
			}
			count := 0
			if _, err := m.Respond(tc.req, made(&count)); err != nil || count != 1 {
				t.Errorf("\nA failure is not remembered.\nAnswer(...): made %d, %v", count, err)
			}
		})
	}
}

func TestRest(t *testing.T) {
	cases := map[string]struct {
		reason    string
		req, want *fnv1.RunFunctionRequest
	}{
		"Empty": {reason: "An empty request has an empty rest.", req: &fnv1.RunFunctionRequest{}, want: &fnv1.RunFunctionRequest{}},
		"Composite": {
			reason: "What a composite tells of its resources and of Crossplane is not in it.",
			req: &fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: &fnv1.Resource{ConnectionDetails: map[string][]byte{"a": nil}, Resource: resource.MustStructJSON(`{
				"kind":"XR","metadata":{"name":"shop","managedFields":[]},"spec":{"region":"eu-west-1","resourceRefs":[{}],"crossplane":{"resourceRefs":[{}]}},"status":{"conditions":[]}}`)}}},
			want: &fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: resource.MustStructJSON(`{"kind":"XR","metadata":{"name":"shop"},"spec":{"region":"eu-west-1"}}`)}}},
		},
		"OddComposite": {
			reason: "A composite may be anything.",
			req:    &fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: resource.MustStructJSON(`{"metadata":"x","spec":[],"status":1}`)}}},
			want:   &fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: &structpb.Struct{Fields: map[string]*structpb.Value{}}}}},
		},
		"Full": {
			reason: "Observed resources and the tag are not in the rest; all else is.",
			req:    request("shop", "a"),
			want: &fnv1.RunFunctionRequest{
				Meta:     &fnv1.RequestMeta{Capabilities: []fnv1.Capability{fnv1.Capability_CAPABILITY_CONDITIONS}},
				Observed: &fnv1.State{Composite: request("shop", "a").GetObserved().GetComposite()},
				Desired:  request("shop", "a").GetDesired(),
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			before := proto.CloneOf(tc.req)
			if diff := cmp.Diff(tc.want, Rest(tc.req), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nRest(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(before, tc.req, protocmp.Transform()); diff != "" {
				t.Errorf("\nThe request stays as it is.\nRest(...): -before, +after:\n%s", diff)
			}
		})
	}
}
