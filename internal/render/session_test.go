package render

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	sdk "github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// TestRequests verifies the function's requests until a stack is ready.
func TestRequests(t *testing.T) {
	var requests []*fnv1.RunFunctionRequest
	meta := &fnv1.RequestMeta{Capabilities: []fnv1.Capability{fnv1.Capability_CAPABILITY_CAPABILITIES, fnv1.Capability_CAPABILITY_REQUIRED_RESOURCES}}
	s := session{
		fn: &function{run: func(req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
			requests = append(requests, req)
			return &fnv1.RunFunctionResponse{Desired: &fnv1.State{
				Composite: &fnv1.Resource{Resource: sdk.MustStructJSON(`{"status": {"region": "eu-west-1"}}`)},
				Resources: map[string]*fnv1.Resource{"note": desires(`{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "note"}}`, true)},
			}}, nil
		}},
		composite: read(t, `{apiVersion: platform.secure-ecommerce.dev/v1alpha1, kind: XSecureEcommerce, metadata: {name: shop}, spec: {region: eu-west-1}}`),
		input:     sdk.MustStructJSON(`{"kind": "Input"}`),
	}
	if _, err := s.settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []*fnv1.RunFunctionRequest{
		{
			Meta: meta,
			Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: sdk.MustStructJSON(`{
				"apiVersion": "platform.secure-ecommerce.dev/v1alpha1", "kind": "XSecureEcommerce",
				"metadata": {"name": "shop", "uid": "b6d8afd8-4188-548e-86e8-ee0a626d2aaa"}, "spec": {"region": "eu-west-1"}}`)}},
			Desired: &fnv1.State{},
			Input:   sdk.MustStructJSON(`{"kind": "Input"}`),
		},
		{
			Meta: meta,
			Observed: &fnv1.State{
				Composite: &fnv1.Resource{Resource: sdk.MustStructJSON(`{
					"apiVersion": "platform.secure-ecommerce.dev/v1alpha1", "kind": "XSecureEcommerce",
					"metadata": {"name": "shop", "uid": "b6d8afd8-4188-548e-86e8-ee0a626d2aaa"}, "spec": {"region": "eu-west-1"},
					"status": {"region": "eu-west-1", "conditions": [
						{"type": "Synced", "status": "True", "reason": "ReconcileSuccess", "lastTransitionTime": "2024-01-01T00:00:00Z"},
						{"type": "Ready", "status": "True", "reason": "Available", "lastTransitionTime": "2024-01-01T00:00:00Z"}]}}`)},
				Resources: map[string]*fnv1.Resource{"note": {Resource: sdk.MustStructJSON(`{
					"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "note", "uid": "7e634d59-0ac5-466f-8dde-2913c24bb3b2"}}`)}},
			},
			Desired: &fnv1.State{},
			Input:   sdk.MustStructJSON(`{"kind": "Input"}`),
		},
	}
	if diff := cmp.Diff(want, requests, protocmp.Transform()); diff != "" {
		t.Errorf("The function should be asked as Crossplane asks, until its answer is the same again.\nsettled(...): -want, +got:\n%s", diff)
	}
}

func TestSettledRefuses(t *testing.T) {
	broken := errors.New("broken")
	notANumber := &structpb.Struct{Fields: map[string]*structpb.Value{"spec": structpb.NewNumberValue(math.NaN())}}
	runs := 0
	cases := map[string]struct {
		reason string
		run    func(req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error)
		// want is a prefix of the error.
		want string
	}{
		"Failure": {
			reason: "A failure of the call should be told.",
			run:    func(*fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) { return nil, broken },
			want:   "cannot run the function: broken",
		},
		"ChangingResource": {
			reason: "A function that never comes to rest should be told, with the resources that it changes.",
			run: func(*fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
				runs++
				return &fnv1.RunFunctionResponse{Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{
					"same":                      desires(`{"metadata": {"name": "same"}}`, true),
					"other":                     desires(`{"metadata": {"name": "`+strconv.Itoa(runs)+`"}}`, true),
					"new-" + strconv.Itoa(runs): desires(`{"metadata": {"name": "new"}}`, true),
				}}}, nil
			},
			want: "the stack does not converge: after 20 function runs, these parts are still changing: new-19, new-20, other",
		},
		"ChangingStatus": {
			reason: "So should one that changes nothing but what it tells.",
			run: func(*fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
				runs++
				return &fnv1.RunFunctionResponse{Results: []*fnv1.Result{{Message: strconv.Itoa(runs)}}}, nil
			},
			want: "the stack does not converge: after 20 function runs, these parts are still changing: the status",
		},
		"Composite": {
			reason: "A status that no API server takes should be told.",
			run: func(*fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
				return &fnv1.RunFunctionResponse{Desired: &fnv1.State{Composite: &fnv1.Resource{Resource: notANumber}}}, nil
			},
			want: "cannot read the composite in the function's response: ",
		},
		"Resource": {
			reason: "A resource that no API server takes should be told.",
			run: func(*fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
				return &fnv1.RunFunctionResponse{Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"vpc": {Resource: notANumber}}}}, nil
			},
			want: "cannot read vpc in the function's response: ",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			runs = 0
			s := session{fn: &function{run: tc.run}, composite: read(t, `{kind: XSecureEcommerce, metadata: {name: shop, uid: some-uid}}`)}
			if _, err := s.settled(t.Context()); err == nil || !strings.HasPrefix(err.Error(), tc.want) {
				t.Errorf("%s\nsettled(...): want an error that begins with %q, got %v", tc.reason, tc.want, err)
			}
		})
	}
}

// TestRequired verifies that the function gets exactly the resources that it
// requires.
func TestRequired(t *testing.T) {
	const environment = `{apiVersion: apiextensions.crossplane.io/v1beta1, kind: EnvironmentConfig, metadata: {name: eu}}`
	cases := map[string]struct {
		reason string
		name   string
		want   []*fnv1.Resource
	}{
		"There":    {reason: "What the files hold is handed over.", name: "eu", want: []*fnv1.Resource{{Resource: sdk.MustStructJSON(`{"apiVersion":"apiextensions.crossplane.io/v1beta1","kind":"EnvironmentConfig","metadata":{"name":"eu"}}`)}}},
		"NotThere": {reason: "What they do not hold is told not to be there.", name: "us"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var got []map[string]*fnv1.Resources
			s := session{
				fn: &function{run: func(req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
					got = append(got, req.GetRequiredResources())
					return &fnv1.RunFunctionResponse{Requirements: &fnv1.Requirements{Resources: map[string]*fnv1.ResourceSelector{"environment": {
						ApiVersion: "apiextensions.crossplane.io/v1beta1", Kind: "EnvironmentConfig", Match: &fnv1.ResourceSelector_MatchName{MatchName: tc.name},
					}}}}, nil
				}},
				composite: read(t, `{kind: XSecureEcommerce, metadata: {name: shop, uid: some-uid}}`),
				required:  []*unstructured.Unstructured{read(t, environment)},
			}
			if _, err := s.once(t.Context()); err != nil {
				t.Fatal(err)
			}
			want := []map[string]*fnv1.Resources{nil, {"environment": {Items: tc.want}}}
			if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nrequired resources of each call: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
