package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

// stack is a ready stack, which Crossplane reconciles once a minute.
type stack struct {
	name string
	// request and response of the last call.
	request  *fnv1.RunFunctionRequest
	response *fnv1.RunFunctionResponse
}

func (s stack) resources() int { return len(s.response.GetDesired().GetResources()) }

// claim reads a claim and changes its spec.
func claim(file string, change func(spec map[string]any)) (*unstructured.Unstructured, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	u := &unstructured.Unstructured{}
	if err := yaml.Unmarshal(raw, &u.Object); err != nil {
		return nil, err
	}
	if change != nil {
		change(u.Object["spec"].(map[string]any))
	}
	return u, nil
}

// composite returns the composite of a claim.
func composite(claim *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	xr := claim.DeepCopy()
	xr.SetKind("XSecureEcommerce")
	xr.SetName(claim.GetName() + "-x2k4p")
	xr.SetNamespace("")
	xr.SetUID("0b5b3f1c-6f0e-4a83-9c0e-2d9a1f6f7a11")
	xr.SetLabels(map[string]string{"crossplane.io/claim-name": claim.GetName(), "crossplane.io/claim-namespace": claim.GetNamespace(), "crossplane.io/composite": xr.GetName()})
	return xr, unstructured.SetNestedMap(xr.Object, map[string]any{"apiVersion": claim.GetAPIVersion(), "kind": claim.GetKind(), "name": claim.GetName(), "namespace": claim.GetNamespace()}, "spec", "claimRef")
}

// settle composes a stack with a function and simulates AWS until nothing changes.
func settle(ctx context.Context, p *process, name string, xr *unstructured.Unstructured) (stack, error) {
	const most = 20
	object, err := structpb.NewStruct(xr.Object)
	if err != nil {
		return stack{}, err
	}
	input, err := structpb.NewStruct(map[string]any{
		"apiVersion": "fn.platform.secure-ecommerce.dev/v1alpha1", "kind": "Input",
		"switchableGuardrails": []any{"waf", "audit", "config", "parameters", "alarms", "responses"},
	})
	if err != nil {
		return stack{}, err
	}
	s := stack{name: name, request: &fnv1.RunFunctionRequest{
		Input:    input,
		Meta:     &fnv1.RequestMeta{Tag: "first"},
		Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: object}},
		Desired:  &fnv1.State{},
	}}
	for range most {
		raw, err := proto.Marshal(s.request)
		if err != nil {
			return s, err
		}
		answer, err := p.call(ctx, raw)
		if err != nil {
			return s, err
		}
		before := s.response
		s.response = &fnv1.RunFunctionResponse{}
		if err := proto.Unmarshal(answer, s.response); err != nil {
			return s, err
		}
		for _, r := range s.response.GetResults() {
			if r.GetSeverity() == fnv1.Severity_SEVERITY_FATAL {
				return s, fmt.Errorf("%s: %s", name, r.GetMessage())
			}
		}
		if proto.Equal(before.GetDesired(), s.response.GetDesired()) {
			s.dress()
			return s, nil
		}
		s.request.Observed.Resources, err = simulator.AWS{}.Observe(s.response.GetDesired().GetResources(), s.request.GetObserved().GetResources())
		if err != nil {
			return s, err
		}
	}
	return s, fmt.Errorf("%s does not settle", name)
}

// dress adds fields that an API server and Crossplane add to every object, and the
// composite's status and references, so that requests have a realistic size.
func (s stack) dress() {
	text, object := structpb.NewStringValue, func(fields map[string]*structpb.Value) *structpb.Value {
		return structpb.NewStructValue(&structpb.Struct{Fields: fields})
	}
	xr := s.request.GetObserved().GetComposite().GetResource()
	xrName, xrUID := xr.GetFields()["metadata"].GetStructValue().GetFields()["name"], xr.GetFields()["metadata"].GetStructValue().GetFields()["uid"]
	var refs []*structpb.Value
	for _, role := range slices.Sorted(maps.Keys(s.request.GetObserved().GetResources())) {
		fields := s.request.GetObserved().GetResources()[role].GetResource().GetFields()
		refs = append(refs, object(map[string]*structpb.Value{"apiVersion": fields["apiVersion"], "kind": fields["kind"], "name": fields["metadata"].GetStructValue().GetFields()["name"]}))
		metadata := fields["metadata"].GetStructValue().GetFields()
		annotations := metadata["annotations"].GetStructValue()
		if annotations == nil {
			annotations = &structpb.Struct{Fields: map[string]*structpb.Value{}}
			metadata["annotations"] = structpb.NewStructValue(annotations)
		}
		annotations.Fields["crossplane.io/composition-resource-name"] = text(role)
		annotations.Fields["crossplane.io/external-create-pending"] = text("2024-01-01T00:00:00Z")
		annotations.Fields["crossplane.io/external-create-succeeded"] = text("2024-01-01T00:00:05Z")
		labels := metadata["labels"].GetStructValue()
		if labels == nil {
			labels = &structpb.Struct{Fields: map[string]*structpb.Value{}}
			metadata["labels"] = structpb.NewStructValue(labels)
		}
		labels.Fields["crossplane.io/composite"] = xrName
		metadata["finalizers"] = structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{text("finalizer.managedresource.crossplane.io")}})
		metadata["resourceVersion"], metadata["generation"], metadata["creationTimestamp"] = text("123456"), structpb.NewNumberValue(3), text("2024-01-01T00:00:00Z")
		metadata["ownerReferences"] = structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{object(map[string]*structpb.Value{
			"apiVersion": xr.GetFields()["apiVersion"], "kind": xr.GetFields()["kind"], "name": xrName, "uid": xrUID, "controller": structpb.NewBoolValue(true), "blockOwnerDeletion": structpb.NewBoolValue(true),
		})}})
	}
	xr.GetFields()["spec"].GetStructValue().Fields["resourceRefs"] = structpb.NewListValue(&structpb.ListValue{Values: refs})
	status := proto.CloneOf(s.response.GetDesired().GetComposite().GetResource().GetFields()["status"])
	var conditions []*structpb.Value
	for _, c := range s.response.GetConditions() {
		conditions = append(conditions, object(map[string]*structpb.Value{"type": text(c.GetType()), "status": text("True"), "reason": text(c.GetReason()), "message": text(c.GetMessage()), "lastTransitionTime": text("2024-01-01T00:00:00Z")}))
	}
	status.GetStructValue().Fields["conditions"] = structpb.NewListValue(&structpb.ListValue{Values: conditions})
	xr.Fields["status"] = status
}

// atRest returns requests for an unchanged stack. As in a cluster, they differ in
// the order of maps and in metadata that the function does not read.
func (s stack) atRest(of subject) ([][]byte, error) {
	return s.variants(of, func(n int, req *fnv1.RunFunctionRequest) {
		for _, r := range req.GetObserved().GetResources() {
			r.GetResource().GetFields()["metadata"].GetStructValue().Fields["resourceVersion"] = structpb.NewStringValue(strconv.Itoa(100000 + n))
		}
	})
}

// restless returns requests for a stack that differ in fields that affect the
// response.
func (s stack) restless(of subject) ([][]byte, error) {
	return s.variants(of, func(n int, req *fnv1.RunFunctionRequest) {
		if n%2 == 1 {
			delete(req.GetObserved().GetResources()["vpc"].GetResource().GetFields()["status"].GetStructValue().GetFields(), "conditions")
		}
	})
}

func (s stack) variants(of subject, change func(n int, req *fnv1.RunFunctionRequest)) ([][]byte, error) {
	const variants = 4
	var out [][]byte
	for n := range variants {
		req := proto.CloneOf(s.request)
		req.Meta.Tag = "tag " + strconv.Itoa(n)
		change(n, req)
		if of.change != nil {
			if err := of.change(s, req); err != nil {
				return nil, err
			}
		}
		raw, err := proto.Marshal(req)
		if err != nil {
			return nil, err
		}
		out = append(out, raw)
	}
	return out, nil
}

// renamed returns encoded requests for copies of a stack with other names and UIDs.
func (s stack) renamed(n int) ([]byte, error) {
	req := proto.CloneOf(s.request)
	metadata := req.GetObserved().GetComposite().GetResource().GetFields()["metadata"].GetStructValue()
	metadata.Fields["uid"] = structpb.NewStringValue(fmt.Sprintf("%s-%d", metadata.GetFields()["uid"].GetStringValue(), n))
	return proto.Marshal(req)
}
