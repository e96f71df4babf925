package main

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"
	rschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// described is a validator, plan modifier or default of the plugin framework.
type described interface {
	Description(ctx context.Context) string
}

// framework extracts the schema of a resource that uses Terraform's plugin
// framework.
func (w walker) framework(r fwresource.Resource) error {
	rsp := &fwresource.SchemaResponse{}
	r.Schema(w.ctx, fwresource.SchemaRequest{}, rsp)
	if rsp.Diagnostics.HasError() {
		return fmt.Errorf("cannot read schema: %v", rsp.Diagnostics)
	}
	w.frameworkObject(rsp.Schema.Attributes, rsp.Schema.Blocks, w.root, "")
	return nil
}

func (w walker) frameworkObject(attributes map[string]rschema.Attribute, blocks map[string]rschema.Block, fields map[string]field, at string) {
	for k, a := range attributes {
		f, ok := fields[k]
		if !ok || a.IsComputed() && !a.IsOptional() {
			continue
		}
		out := &attribute{
			Type: frameworkType(a.GetType().String()), Required: a.IsRequired(), Computed: a.IsComputed(), Sensitive: a.IsSensitive(),
			Deprecated: a.GetDeprecationMessage(),
		}
		w.describe(out, reflect.ValueOf(a))
		out.inCRD(f)
		w.out.Fields[strings.TrimSuffix(path(at, f), "[]")] = out
	}
	for k, b := range blocks {
		f, ok := fields[k]
		if !ok {
			continue
		}
		p := path(at, f)
		out := &attribute{Type: "list"}
		v := reflect.ValueOf(b)
		object := v.FieldByName("NestedObject")
		switch {
		case !object.IsValid(): // A single block.
			object = v
			out.Type = "object"
		case strings.Contains(v.Type().Name(), "Set"):
			out.Type = "set"
		}
		w.describe(out, v)
		out.inCRD(f)
		w.out.Fields[strings.TrimSuffix(p, "[]")] = out
		nestedAttributes, _ := object.FieldByName("Attributes").Interface().(map[string]rschema.Attribute)
		nestedBlocks, _ := object.FieldByName("Blocks").Interface().(map[string]rschema.Block)
		w.frameworkObject(nestedAttributes, nestedBlocks, f.fields, p)
	}
}

// describe extracts limits from the descriptions of an attribute's parts.
func (w walker) describe(a *attribute, v reflect.Value) {
	for _, d := range parts(v, "PlanModifiers") {
		if strings.Contains(d.Description(w.ctx), "destroy and recreate") {
			a.ForceNew = true
		}
	}
	for _, d := range parts(v, "Validators") {
		a.read(d.Description(w.ctx))
		a.readBlock(d.Description(w.ctx))
	}
	if d, ok := part(v, "Default"); ok {
		if _, value, ok := strings.Cut(d.Description(w.ctx), "value defaults to "); ok {
			a.Default = value
		}
	}
}

// parts returns the items of a struct's field, if it has the field.
func parts(v reflect.Value, name string) []described {
	list := v.FieldByName(name)
	if !list.IsValid() || list.Kind() != reflect.Slice {
		return nil
	}
	var out []described
	for i := range list.Len() {
		if d, ok := list.Index(i).Interface().(described); ok {
			out = append(out, d)
		}
	}
	return out
}

func part(v reflect.Value, name string) (described, bool) {
	f := v.FieldByName(name)
	if !f.IsValid() || f.IsZero() {
		return nil, false
	}
	d, ok := f.Interface().(described)
	return d, ok
}

// frameworkType returns the type of values for a type of the framework.
func frameworkType(t string) string {
	switch {
	case strings.Contains(t, "Bool"):
		return "bool"
	case strings.Contains(t, "Int"):
		return "int"
	case strings.Contains(t, "Float"), strings.Contains(t, "Number"):
		return "float"
	case strings.Contains(t, "Map"):
		return "map"
	case strings.Contains(t, "Set"):
		return "set"
	case strings.Contains(t, "List"):
		return "list"
	}
	return "string"
}
