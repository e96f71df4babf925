package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"
)

// The functions that compose the same stack.
const (
	patchAndTransform = "patch-and-transform"
	goTemplating      = "go-templating"
)

// changes adds an input to requests, by function name. With it, the function
// composes the resources that ours composed. It patches fields that depend on the
// claim (names, region, tags), and reports ARNs.
var changes = map[string]func(stack, *fnv1.RunFunctionRequest) error{
	patchAndTransform: withInput(patches),
	goTemplating:      withInput(template),
}

func withInput(input func(stack) (*structpb.Struct, error)) func(stack, *fnv1.RunFunctionRequest) error {
	return func(s stack, req *fnv1.RunFunctionRequest) error {
		var err error
		req.Input, err = input(s)
		return err
	}
}

// desireObserved sets the desired state of an earlier function to ours, so that an
// echo returns as much as ours.
func desireObserved(s stack, req *fnv1.RunFunctionRequest) error {
	req.Desired = s.response.GetDesired()
	return nil
}

// parts yields the resources of a stack by name, with the fields of each that
// depend on the claim.
func (s stack) parts(yield func(role string, object map[string]any, hasRegion, hasTags bool)) {
	resources := s.response.GetDesired().GetResources()
	for _, role := range slices.Sorted(maps.Keys(resources)) {
		object := resources[role].GetResource().AsMap()
		parameters, _ := object["spec"].(map[string]any)["forProvider"].(map[string]any)
		_, hasRegion := parameters["region"]
		_, hasTags := parameters["tags"].(map[string]any)
		yield(role, object, hasRegion, hasTags)
	}
}

func patches(s stack) (*structpb.Struct, error) {
	var resources []any
	s.parts(func(role string, object map[string]any, hasRegion, hasTags bool) {
		named := func(to string) map[string]any {
			return map[string]any{
				"type": "FromCompositeFieldPath", "fromFieldPath": "metadata.name", "toFieldPath": to,
				"transforms": []any{map[string]any{"type": "string", "string": map[string]any{"type": "Format", "fmt": "%s-" + role}}},
			}
		}
		list := []any{
			named("metadata.name"),
			map[string]any{"type": "ToCompositeFieldPath", "fromFieldPath": "status.atProvider.arn", "toFieldPath": "status.arns[" + role + "]"},
		}
		if hasRegion {
			list = append(list, map[string]any{"type": "FromCompositeFieldPath", "fromFieldPath": "spec.region", "toFieldPath": "spec.forProvider.region"})
		}
		if hasTags {
			list = append(list, named("spec.forProvider.tags[Name]"),
				map[string]any{"type": "FromCompositeFieldPath", "fromFieldPath": "spec.environment", "toFieldPath": "spec.forProvider.tags[environment]"})
		}
		resources = append(resources, map[string]any{"name": role, "base": object, "patches": list})
	})
	return structpb.NewStruct(map[string]any{"apiVersion": "pt.fn.crossplane.io/v1beta1", "kind": "Resources", "resources": resources})
}

func template(s stack) (*structpb.Struct, error) {
	var (
		text strings.Builder
		arns []string
		err  error
	)
	s.parts(func(role string, object map[string]any, hasRegion, hasTags bool) {
		const open, region, environment = "@@", "@@ $xr.spec.region @@", "@@ $xr.spec.environment @@"
		name := "@@ $xr.metadata.name @@-" + role
		metadata := object["metadata"].(map[string]any)
		annotations, _ := metadata["annotations"].(map[string]any)
		if annotations == nil {
			annotations = map[string]any{}
		}
		annotations["gotemplating.fn.crossplane.io/composition-resource-name"] = role
		annotations["gotemplating.fn.crossplane.io/ready"] = "@@ (getResourceCondition `Ready` (index $.observed.resources `" + role + "`)).Status @@"
		metadata["annotations"], metadata["name"] = annotations, name
		parameters, _ := object["spec"].(map[string]any)["forProvider"].(map[string]any)
		if hasRegion {
			parameters["region"] = region
		}
		if hasTags {
			parameters["tags"].(map[string]any)["Name"], parameters["tags"].(map[string]any)["environment"] = name, environment
		}
		raw, errMarshal := json.Marshal(object)
		if errMarshal != nil {
			err = errMarshal
			return
		}
		parts := strings.Split(strings.ReplaceAll(string(raw), "{{", `{{ "{{" }}`), open)
		for i, p := range parts {
			switch i % 2 {
			case 0:
				text.WriteString(p)
			default:
				text.WriteString("{{" + p + "}}")
			}
		}
		text.WriteString("\n---\n")
		arns = append(arns, fmt.Sprintf("    %s: {{ dig `resource` `status` `atProvider` `arn` `` (index $.observed.resources `%s`) | quote }}\n", role, role))
	})
	if err != nil {
		return nil, err
	}
	xr := s.request.GetObserved().GetComposite().GetResource().GetFields()
	head := "{{ $xr := .observed.composite.resource }}\n---\n"
	status := fmt.Sprintf("apiVersion: %s\nkind: %s\nstatus:\n  arns:\n%s", xr["apiVersion"].GetStringValue(), xr["kind"].GetStringValue(), strings.Join(arns, ""))
	return structpb.NewStruct(map[string]any{
		"apiVersion": "gotemplating.fn.crossplane.io/v1beta1", "kind": "GoTemplate", "source": "Inline",
		"inline": map[string]any{"template": head + text.String() + status},
	})
}
