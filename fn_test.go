package main

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/crossplane/function-sdk-go/logging"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/durationpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cache"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// run calls the function. It verifies that the response over the wire is the same:
// on the second call, and with other calls in the cache.
func run(t *testing.T, req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
	t.Helper()
	encoded := encode(t, req) // Before resources of earlier functions are added.
	rsp, err := newFunction(logging.NewNopLogger(), 0, nil).RunFunction(context.Background(), req)
	if err != nil {
		t.Fatalf("RunFunction(...): %v", err)
	}
	if raceDetector {
		return rsp // The race detector makes this very slow, and TestRemembersConcurrently covers it.
	}
	first, second := overWire(t, remembering, encoded), overWire(t, remembering, encoded)
	if got := decoded(t, first); !stacktest.Equal(rsp, got) { // cmp is a hundred times slower if there is no difference.
		t.Errorf("\nOver the wire the answer is the same.\nRunFunction(...): -in process, +over the wire:\n%s", cmp.Diff(rsp, got, protocmp.Transform()))
	}
	if !bytes.Equal(first, second) {
		t.Errorf("\nRemembered it is the same to the byte.\nRunFunction(...): -first, +second:\n%s", cmp.Diff(decoded(t, first), decoded(t, second), protocmp.Transform()))
	}
	return rsp
}

// remembering is a function whose cache contains the calls of all tests.
var remembering = newFunction(logging.NewNopLogger(), 8*mebibyte, nil)

// overWire returns the encoded response to an encoded request.
func overWire(t *testing.T, f *Function, encoded []byte) []byte {
	t.Helper()
	req := &fnv1.RunFunctionRequest{}
	if err := wire.Unmarshal(encoded, req); err != nil {
		t.Fatal(err)
	}
	rsp, err := f.RunFunction(context.Background(), req)
	if err != nil {
		t.Fatalf("RunFunction(...): %v", err)
	}
	b, err := proto.MarshalOptions{Deterministic: true}.Marshal(rsp)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func encode(t *testing.T, m proto.Message) []byte {
	t.Helper()
	b, err := proto.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// decoded returns a response as Crossplane decodes it.
func decoded(t *testing.T, b []byte) *fnv1.RunFunctionResponse {
	t.Helper()
	rsp := &fnv1.RunFunctionResponse{}
	if err := proto.Unmarshal(b, rsp); err != nil {
		t.Fatal(err)
	}
	return rsp
}

func TestRunFunctionRefuses(t *testing.T) {
	observed := func(xr *fnv1.Resource) *fnv1.State { return &fnv1.State{Composite: xr} }
	cases := map[string]struct {
		reason string
		req    *fnv1.RunFunctionRequest
		// want is the message of the result and of the condition.
		want       string
		wantReason string
	}{
		"NoComposite": {
			reason:     "A request without composite is not answered with a stack.",
			req:        &fnv1.RunFunctionRequest{},
			want:       "spec is not valid: composite resource has no metadata.name",
			wantReason: "InternalError",
		},
		"NoRegion": {
			reason:     "The one required field is named.",
			req:        &fnv1.RunFunctionRequest{Observed: observed(stacktest.Composite(`{}`))},
			want:       "spec is not valid: spec.region: is required: set a value, such as eu-west-1",
			wantReason: "InvalidSpec",
		},
		"SeveralProblems": {
			reason: "All problems are told at once, each with its field and what is allowed.",
			req:    &fnv1.RunFunctionRequest{Observed: observed(stacktest.Composite(`{"region":"eu-west-1","size":"huge","database":{"version":"9.6"},"typo":1}`))},
			want: "spec is not valid:\n" +
				`  spec.database.version: "9.6" is not valid: must be a PostgreSQL version in quotes: a major version, such as "15", or an exact version, such as "15.17"` + "\n" +
				`  spec.size: "huge" is not supported; use small, medium, large or xlarge` + "\n" +
				`  spec.typo: unknown field; remove it`,
			wantReason: "InvalidSpec",
		},
		"Rule": {
			reason:     "Rules in CEL are the function's too.",
			req:        &fnv1.RunFunctionRequest{Observed: observed(stacktest.Composite(`{"region":"eu-west-1","network":{"cidr":"8.8.0.0/16"}}`))},
			want:       `spec is not valid: spec.network.cidr: "8.8.0.0/16" is not valid: cidr must be in a private range: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10`,
			wantReason: "InvalidSpec",
		},
		"Input": {
			reason: "A platform's mistake is told apart from an app team's.",
			req: &fnv1.RunFunctionRequest{
				Observed: observed(stacktest.Composite(`{"region":"eu-west-1"}`)),
				Input:    resource.MustStructJSON(`{"apiVersion":"fn.platform.secure-ecommerce.dev/v1alpha1","kind":"Input","accountId":"1"}`),
			},
			want:       `function input is not valid: accountId: "1" is not valid: must be a 12-digit AWS account ID in quotes, such as 123456789012`,
			wantReason: "InvalidInput",
		},
		"Guardrail": {
			reason: "A claim outside of the platform's guardrails is told which one, and whose it is.",
			req: &fnv1.RunFunctionRequest{
				Observed: observed(stacktest.Composite(`{"region":"us-east-1"}`)),
				Input:    resource.MustStructJSON(`{"apiVersion":"fn.platform.secure-ecommerce.dev/v1alpha1","kind":"Input","limits":{"regions":["eu-west-1"]}}`),
			},
			want:       `spec is not valid: spec.region: us-east-1 is not allowed by the platform; use eu-west-1 (limits.regions in the function's input)`,
			wantReason: "InvalidSpec",
		},
		"CostLimit": {
			reason: "A stack above the platform's limit is refused at the first call, before anything is made.",
			req: &fnv1.RunFunctionRequest{
				Observed: observed(stacktest.Composite(`{"region":"us-east-1","environment":"development"}`)),
				Input:    resource.MustStructJSON(`{"apiVersion":"fn.platform.secure-ecommerce.dev/v1alpha1","kind":"Input","limits":{"maxMonthlyCostUSD":20}}`),
			},
			want: `the stack exceeds the platform's limits: spec: the estimated cost of 79.83 USD per month exceeds the platform's limit of 20 USD (limits.maxMonthlyCostUSD in the function's input); ` +
				`the largest cost items are NAT gateway (1) 32.85, PostgreSQL on db.t3.micro (1) 13.23, KMS key (6) 6.00`,
			wantReason: "InvalidSpec",
		},
		"Settings": {
			reason: "What no schema can refuse is refused all the same.",
			req: &fnv1.RunFunctionRequest{Observed: &fnv1.State{
				Composite: stacktest.Composite(`{"region":"eu-west-1"}`),
				Resources: map[string]*fnv1.Resource{"vpc": {Resource: resource.MustStructJSON(`{"spec":{"forProvider":{"cidrBlock":"nonsense"}}}`)}},
			}},
			want:       `cannot compute the settings: spec.network.cidr: netip.ParsePrefix("nonsense"): no '/'`,
			wantReason: "InternalError",
		},
		"Answer": {
			reason: "What an earlier function desires is not overwritten.",
			req: &fnv1.RunFunctionRequest{
				Observed: observed(stacktest.Composite(`{"region":"eu-west-1"}`)),
				Desired:  &fnv1.State{Resources: map[string]*fnv1.Resource{"vpc": {Resource: resource.MustStructJSON(`{}`)}}},
			},
			want:       "cannot write the response: an earlier function in the pipeline already composes resources with these names: vpc",
			wantReason: "InternalError",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			rsp := run(t, tc.req)
			target := fnv1.Target_TARGET_COMPOSITE_AND_CLAIM
			want := &fnv1.RunFunctionResponse{
				Meta:       &fnv1.ResponseMeta{Ttl: durationpb.New(time.Minute)},
				Desired:    tc.req.GetDesired(),
				Results:    []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_FATAL, Message: tc.want, Target: fnv1.Target_TARGET_COMPOSITE.Enum()}},
				Conditions: []*fnv1.Condition{{Type: "Accepted", Status: fnv1.Status_STATUS_CONDITION_FALSE, Reason: tc.wantReason, Message: &tc.want, Target: &target}},
			}
			if diff := cmp.Diff(want, rsp, protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nRunFunction(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// The function requires the EnvironmentConfig that the input names, if Crossplane
// supports required resources. Otherwise it fails, because a response without the
// configuration would remove the stack's resources.
func TestEnvironmentConfig(t *testing.T) {
	const input = `{"apiVersion":"fn.platform.secure-ecommerce.dev/v1alpha1","kind":"Input","environment":{"name":"eu"}}`
	requirements := &fnv1.Requirements{Resources: map[string]*fnv1.ResourceSelector{"environment/eu": {
		ApiVersion: "apiextensions.crossplane.io/v1beta1", Kind: "EnvironmentConfig", Match: &fnv1.ResourceSelector_MatchName{MatchName: "eu"},
	}}}
	request := func(required map[string]*fnv1.Resources, capabilities ...fnv1.Capability) *fnv1.RunFunctionRequest {
		return &fnv1.RunFunctionRequest{
			Meta: &fnv1.RequestMeta{Capabilities: capabilities}, Input: resource.MustStructJSON(input), RequiredResources: required,
			Observed: &fnv1.State{Composite: stacktest.Composite(`{"region":"us-east-1"}`)},
		}
	}
	environment := map[string]*fnv1.Resources{"environment/eu": {Items: []*fnv1.Resource{{Resource: resource.MustStructJSON(
		`{"data":{"secureEcommerce":{"limits":{"regions":["eu-west-1"]}}}}`)}}}}
	cases := map[string]struct {
		reason string
		req    *fnv1.RunFunctionRequest
		// want is the fatal result. It is empty without one.
		want string
	}{
		"Asked": {
			reason: "The first call has no EnvironmentConfig; Crossplane calls again with it and does not act on this answer.",
			req:    request(nil, fnv1.Capability_CAPABILITY_CAPABILITIES, fnv1.Capability_CAPABILITY_REQUIRED_RESOURCES),
		},
		"AskedAgain": {
			reason: "Core 2.4 hands over what the last reconcile required. After a refusal it would not call again, so another EnvironmentConfig is none.",
			req: request(map[string]*fnv1.Resources{"environment/us": {}},
				fnv1.Capability_CAPABILITY_CAPABILITIES, fnv1.Capability_CAPABILITY_REQUIRED_RESOURCES),
		},
		"CannotBeAsked": {
			reason: "A Crossplane that does not say so may act on any answer but a refusal.",
			req:    request(nil),
			want:   "function input is not valid: the EnvironmentConfig named in environment.name was not passed to the function: use Crossplane 1.18 or later",
		},
		"HandedOver": {
			reason: "The guardrails of the EnvironmentConfig hold.",
			req:    request(environment, fnv1.Capability_CAPABILITY_CAPABILITIES, fnv1.Capability_CAPABILITY_REQUIRED_RESOURCES),
			want:   `spec is not valid: spec.region: us-east-1 is not allowed by the platform; use eu-west-1 (limits.regions in EnvironmentConfig "eu")`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			rsp := run(t, tc.req)
			var got strings.Builder
			for _, r := range rsp.GetResults() {
				got.WriteString(r.GetMessage())
			}
			if diff := cmp.Diff(tc.want, got.String()); diff != "" {
				t.Errorf("\n%s\nresults: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(requirements, rsp.GetRequirements(), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nEach answer requires the same, or Crossplane calls again.\nrequirements: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestPanicIsARefusal(t *testing.T) {
	f := &Function{log: logging.NewNopLogger(), cache: cache.New(0, nil), compose: func(*fnv1.RunFunctionRequest, facts.Observed) (*fnv1.RunFunctionResponse, error) { panic("boom") }}
	earlier := &fnv1.State{Resources: map[string]*fnv1.Resource{"other": {Resource: resource.MustStructJSON(`{}`)}}}
	got, err := f.RunFunction(context.Background(), &fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: stacktest.Composite(`{}`)}, Desired: earlier})
	if err != nil {
		t.Fatalf("RunFunction(...): %v", err)
	}
	message := "internal error, please report it: boom"
	want := &fnv1.RunFunctionResponse{
		Meta:       &fnv1.ResponseMeta{Ttl: durationpb.New(time.Minute)},
		Desired:    earlier,
		Results:    []*fnv1.Result{{Severity: fnv1.Severity_SEVERITY_FATAL, Message: message, Target: fnv1.Target_TARGET_COMPOSITE.Enum()}},
		Conditions: []*fnv1.Condition{{Type: "Accepted", Status: fnv1.Status_STATUS_CONDITION_FALSE, Reason: "InternalError", Message: &message, Target: fnv1.Target_TARGET_COMPOSITE_AND_CLAIM.Enum()}},
	}
	if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
		t.Errorf("\nA fault in one stack takes no other down, and leaves this one as it is.\nRunFunction(...): -want, +got:\n%s", diff)
	}
}

func TestName(t *testing.T) {
	cases := map[string]struct {
		reason   string
		metadata string
		want     string
	}{
		"Cluster":    {reason: "A cluster-scoped composite is known by its name.", metadata: `{"name":"shop"}`, want: "shop"},
		"Namespaced": {reason: "A namespaced one by both.", metadata: `{"name":"shop","namespace":"team-a"}`, want: "team-a/shop"},
	}
	for n, tc := range cases {
		t.Run(n, func(t *testing.T) {
			req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: resource.MustStructJSON(`{"metadata":` + tc.metadata + `}`)}}}
			if diff := cmp.Diff(tc.want, name(req)); diff != "" {
				t.Errorf("\n%s\nname(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func FuzzRunFunction(f *testing.F) {
	f.Add([]byte(`{"region":"eu-west-1"}`), []byte(`{"spec":{"forProvider":{"cidrBlock":"10.0.0.0/16"}}}`), "vpc")
	f.Add([]byte(`{"region":1,"network":[],"database":null}`), []byte(`{"status":{"conditions":{}}}`), "database")
	f.Add([]byte(`{"region":"eu-west-1","network":{"availabilityZones":4e9}}`), []byte(`{"metadata":"x","status":{"atProvider":[]}}`), "public-subnet-4")
	f.Add([]byte(`[]`), []byte(`{}`), "")
	f.Fuzz(func(t *testing.T, spec, observed []byte, resourceName string) {
		var s, o any
		if json.Unmarshal(spec, &s) != nil || json.Unmarshal(observed, &o) != nil {
			t.Skip("not JSON")
		}
		xr, err := resource.AsStruct(&unstructured.Unstructured{Object: map[string]any{"apiVersion": "platform.secure-ecommerce.dev/v1alpha1", "kind": "XSecureEcommerce", "metadata": map[string]any{"name": "shop"}, "spec": s}})
		if err != nil {
			t.Skip("not an object")
		}
		earlier := map[string]*fnv1.Resource{"bucket": {Resource: resource.MustStructJSON(`{"apiVersion":"v1","kind":"ConfigMap"}`)}}
		req := &fnv1.RunFunctionRequest{
			Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: xr}, Resources: map[string]*fnv1.Resource{}},
			Desired:  &fnv1.State{Resources: earlier},
		}
		if m, ok := o.(map[string]any); ok {
			seen, err := resource.AsStruct(&unstructured.Unstructured{Object: m})
			if err != nil {
				t.Skip("not an object")
			}
			req.Observed.Resources[resourceName] = &fnv1.Resource{Resource: seen}
		}
		rsp := run(t, req)
		fatal := slices.ContainsFunc(rsp.GetResults(), func(r *fnv1.Result) bool { return r.GetSeverity() == fnv1.Severity_SEVERITY_FATAL })
		for _, r := range rsp.GetResults() {
			if strings.Contains(r.GetMessage(), "internal error") {
				t.Errorf("\nNo request makes the function panic.\n%s", r.GetMessage())
			}
		}
		if diff := cmp.Diff(earlier["bucket"], rsp.GetDesired().GetResources()["bucket"], protocmp.Transform()); diff != "" {
			t.Errorf("\nWhat an earlier function desires stays.\n-want, +got:\n%s", diff)
		}
		if !fatal && rsp.GetDesired().GetResources()["vpc"] == nil {
			t.Errorf("\nAn answer is a stack or a refusal.\ngot neither: %v", rsp)
		}
	})
}
