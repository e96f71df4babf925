package main

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	upjet "github.com/crossplane/upjet/v2/pkg/resource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/providertypes"
)

// resource is a managed resource with its Terraform names.
type resource struct {
	object *unstructured.Unstructured
	// name is its name within the stack, and in Terraform.
	resourceName string
	// kind is its Terraform type, such as aws_vpc.
	kind   string
	schema block
	// identifier is the argument that contains the external name, if any.
	identifier string
	// specified and shown contain the Terraform names of the fields of
	// spec.forProvider and status.atProvider.
	specified, shown map[string]string
}

func newResource(schemas map[string]block, resourceName string, u *unstructured.Unstructured) (*resource, error) {
	typed, err := terraformed(u)
	if err != nil {
		return nil, err
	}
	kind := typed.GetTerraformResourceType()
	s, ok := schemas[kind]
	if !ok {
		return nil, fmt.Errorf("the schema does not contain %s", kind)
	}
	r := &resource{
		object: u, resourceName: resourceName, kind: kind, schema: s,
		specified: names(typed, "Spec", "ForProvider"),
		shown:     names(typed, "Status", "AtProvider"),
	}
	if r.identifier, err = r.identified(); err != nil {
		return nil, fmt.Errorf("%s: %w", kind, err)
	}
	return r, nil
}

// terraformed returns the managed resource as a type that knows its Terraform
// names.
func terraformed(u *unstructured.Unstructured) (upjet.Terraformed, error) {
	mg, err := providertypes.Decode(u)
	if err != nil {
		return nil, err
	}
	typed, ok := mg.(upjet.Terraformed)
	if !ok {
		return nil, fmt.Errorf("%s has no counterpart in Terraform", u.GetKind())
	}
	return typed, nil
}

// parameters returns the arguments that a managed resource specifies.
func parameters(u *unstructured.Unstructured) (map[string]any, error) {
	typed, err := terraformed(u)
	if err != nil {
		return nil, err
	}
	return typed.GetMergedParameters(true)
}

// names returns the Terraform names of the fields of a part of a type.
func names(typed any, parts ...string) map[string]string {
	t := reflect.TypeOf(typed).Elem()
	for _, part := range parts {
		f, _ := t.FieldByName(part) // Every managed resource has this field.
		t = f.Type
	}
	out := map[string]string{}
	for f := range t.Fields() {
		tag := f.Tag
		field, _, _ := strings.Cut(tag.Get("json"), ",")
		if name, _, _ := strings.Cut(tag.Get("tf"), ","); name != "" && name != "-" {
			out[field] = name
		}
	}
	return out
}

// identified returns the argument that the provider fills with the external name.
// Terraform has it, and the managed resource does not. It is the required one, or
// else the first of the usual names.
func (r *resource) identified() (string, error) {
	var required []string
	optional := ""
	specified := map[string]bool{}
	for _, name := range r.specified {
		specified[name] = true
	}
	for name, a := range r.schema.Attributes {
		if a.Required && !a.Sensitive && !specified[name] {
			required = append(required, name)
		}
	}
	for _, name := range []string{"identifier", "bucket", "name"} {
		if r.schema.Attributes[name].settable() && !specified[name] {
			optional = name
		}
	}
	switch len(required) {
	case 0:
		return optional, nil
	case 1:
		return required[0], nil
	}
	slices.Sort(required)
	return "", fmt.Errorf("cannot determine which argument is the external name: expected one of %s", strings.Join(required, ", "))
}

// reference marks a string as a Terraform expression. AWS accepts this character
// nowhere.
const reference = "\x00"

// referred returns the resource as others see it when they refer to it: every field
// is the expression for itself.
func (r *resource) referred() *unstructured.Unstructured {
	expression := func(attribute string) string { return reference + r.kind + "." + r.resourceName + "." + attribute }
	u := &unstructured.Unstructured{Object: map[string]any{}}
	external := r.identifier
	if external == "" {
		external = "id"
	}
	meta.SetExternalName(u, expression(external))
	spec, status := map[string]any{}, map[string]any{}
	for field, name := range r.specified {
		spec[field] = expression(name)
	}
	for field, name := range r.shown {
		status[field] = expression(name)
	}
	u.Object["spec"] = map[string]any{"forProvider": spec}
	u.Object["status"] = map[string]any{"atProvider": status}
	return u
}

// cutReference returns the field that gets a reference's resolved value.
func cutReference(field string) (string, bool) { return strings.CutSuffix(field, "Ref") }
