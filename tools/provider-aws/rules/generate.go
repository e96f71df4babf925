package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"

	ujconfig "github.com/crossplane/upjet/v2/pkg/config"
	"github.com/crossplane/upjet/v2/pkg/types/name"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	kschema "k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/tools/provider-aws/rules/source"
)

// externalName is the path of the external name among the fields.
const externalName = "@external-name"

// generate writes the rules of all kinds of an activation policy.
func generate(ctx context.Context, p *provider, activation, providerDir, terraformDir, out string) error {
	composed, err := kindsOf(activation, filepath.Join(providerDir, "package", "crds"))
	if err != nil {
		return err
	}
	resources := map[string]*ujconfig.Resource{}
	var types []string
	for t, r := range p.config.Resources {
		if k := r.ShortGroup + "/" + r.Kind; slices.Contains(composed, k) {
			resources[k] = r
			types = append(types, t)
		}
	}
	reader, err := source.NewReader(terraformDir)
	if err != nil {
		return err
	}
	sources, err := reader.Read(types)
	if err != nil {
		return err
	}
	kinds := map[string]*kind{}
	for _, k := range composed {
		r, ok := resources[k]
		if !ok {
			return fmt.Errorf("provider has no %s", k)
		}
		if kinds[k], err = p.kind(ctx, r, sources[r.Name]); err != nil {
			return fmt.Errorf("%s: %w", k, err)
		}
	}
	return os.WriteFile(out, format(kinds), 0o600)
}

// kindsOf returns the kinds that an activation policy lists, such as
// "rds/Instance", sorted.
func kindsOf(activation, crds string) ([]string, error) {
	raw, err := os.ReadFile(filepath.Clean(activation))
	if err != nil {
		return nil, err
	}
	policy := struct {
		Spec struct {
			Activate []string `json:"activate"`
		} `json:"spec"`
	}{}
	if err := yaml.Unmarshal(raw, &policy); err != nil {
		return nil, err
	}
	var out []string
	for _, definition := range policy.Spec.Activate {
		plural, group, _ := strings.Cut(definition, ".")
		raw, err := os.ReadFile(filepath.Join(crds, group+"_"+plural+".yaml"))
		if err != nil {
			return nil, err
		}
		_, after, _ := strings.Cut(string(raw), "\n    kind: ")
		k, _, _ := strings.Cut(after, "\n")
		service, _, _ := strings.Cut(group, ".")
		out = append(out, service+"/"+k)
	}
	slices.Sort(out)
	return out, nil
}

// kind is the rules of one kind.
func (p *provider) kind(ctx context.Context, r *ujconfig.Resource, src source.Resource) (*kind, error) {
	object, err := p.scheme.New(kschema.GroupVersionKind{Group: r.ShortGroup + ".aws.m.upbound.io", Version: "v1beta1", Kind: r.Kind})
	if err != nil {
		return nil, err
	}
	t := reflect.TypeOf(object).Elem()
	spec, _ := t.FieldByName("Spec")
	status, _ := t.FieldByName("Status")
	forProvider, _ := spec.Type.FieldByName("ForProvider")
	atProvider, _ := status.Type.FieldByName("AtProvider")
	w := walker{
		ctx:    ctx,
		root:   fieldsOf(forProvider.Type),
		source: src,
		out: &kind{
			Type: r.Name, Fields: map[string]*attribute{}, ToldApartBy: map[string][]string{}, CustomizeDiff: src.CustomizeDiff, Source: src.File,
			ExternalName: identifier(r),
		},
	}
	if r.TerraformPluginFrameworkResource != nil {
		w.out.Framework = true
		if err := w.framework(r.TerraformPluginFrameworkResource, fieldsOf(atProvider.Type)); err != nil {
			return nil, err
		}
	} else {
		s := r.TerraformResource.SchemaMap()
		w.walk(s, w.root, "", "")
		w.sets(s, fieldsOf(atProvider.Type), "")
		if s := s[w.out.ExternalName]; s != nil {
			w.out.Fields[externalName] = w.attribute(s, w.out.ExternalName, nil)
		}
	}
	w.out.NotLateInitialized = w.paths(r.LateInitializer.IgnoredFields)
	w.out.Unless = w.paths(r.LateInitializer.ConditionalIgnoredFields)
	return w.out, nil
}

// identifier is the argument that takes a resource's external name.
func identifier(r *ujconfig.Resource) (argument string) {
	defer func() {
		_ = recover() // It looks for other arguments, so it is not only the name.
	}()
	const probe = "probe"
	base := map[string]any{}
	r.ExternalName.SetIdentifierArgumentFn(base, probe)
	for k, v := range base {
		if v == probe {
			return k
		}
	}
	return ""
}

// walker writes down the schema of a resource.
type walker struct {
	ctx    context.Context //nolint:containedctx // For the framework's descriptions.
	root   map[string]field
	source source.Resource
	out    *kind
}

// paths are the CRD's paths of Terraform's, sorted.
func (w walker) paths(terraform []string) []string {
	var out []string
	for _, t := range terraform {
		if p := crdPath(w.root, t); p != "" {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// walk writes down the arguments of an object, at a CRD's path and Terraform's.
func (w walker) walk(schemas map[string]*schema.Schema, fields map[string]field, at, terraform string) {
	for k, s := range schemas {
		if s.Computed && !s.Optional {
			continue
		}
		f, ok := fields[k]
		if !ok {
			if s.Sensitive {
				w.out.Fields[path(at, field{name: name.NewFromSnake(k).LowerCamelComputed + "SecretRef"})] = w.attribute(s, terraform+k, nil)
			}
			continue
		}
		p := path(at, f)
		w.out.Fields[strings.TrimSuffix(p, "[]")] = w.attribute(s, terraform+k, &f)
		if nested, ok := s.Elem.(*schema.Resource); ok {
			w.walk(nested.SchemaMap(), f.fields, p, terraform+k+".")
		}
	}
}

// attribute is what the schema of an argument says.
func (w walker) attribute(s *schema.Schema, terraform string, f *field) *attribute {
	a := &attribute{
		Required: s.Required, Computed: s.Computed, ForceNew: s.ForceNew, Sensitive: s.Sensitive, Deprecated: s.Deprecated,
		Default: s.Default, MinItems: s.MinItems, MaxItems: s.MaxItems,
		ConflictsWith: w.paths(s.ConflictsWith), RequiredWith: w.paths(s.RequiredWith),
		ExactlyOneOf: w.paths(s.ExactlyOneOf), AtLeastOneOf: w.paths(s.AtLeastOneOf),
		limits: probe(s),
	}
	item, _ := s.Elem.(*schema.Schema)
	switch s.Type { //nolint:exhaustive // There is no invalid one.
	case schema.TypeString:
		a.Type = "string"
	case schema.TypeInt:
		a.Type = "int"
	case schema.TypeFloat:
		a.Type = "float"
	case schema.TypeBool:
		a.Type = "bool"
	case schema.TypeMap:
		a.Type = "map"
	case schema.TypeList:
		a.Type = "list"
	case schema.TypeSet:
		a.Type = "set"
	}
	if f != nil && f.fields != nil && !f.many {
		a.Type, a.MinItems, a.MaxItems = "object", 0, 0
	}
	if item != nil && a.Type != "map" {
		a.limits = probe(item)
	}
	w.fromSource(a, terraform)
	return a
}

// fromSource adds what only the source says of an attribute.
func (w walker) fromSource(a *attribute, terraform string) {
	a.Patterns, _ = bySuffix(w.source.Patterns, terraform)
	a.Forbidden, _ = bySuffix(w.source.Forbidden, terraform)
	if name, ok := bySuffix(w.source.Validators, terraform); ok {
		a.Validator = name
	}
	if _, ok := bySuffix(w.source.Alternatives, terraform); ok {
		a.limits = limits{}
	}
}

// bySuffix is what the source says of an attribute, whose path it may show from
// some object on only.
func bySuffix[T any](of map[string]T, terraform string) (T, bool) {
	for path, more := terraform, true; more; {
		if v, ok := of[path]; ok {
			return v, true
		}
		_, path, more = strings.Cut(path, ".")
	}
	var none T
	return none, false
}

// sets finds the sets of objects below status.atProvider that show fewer
// elements than there are. Terraform's hash of an object skips fields that nobody
// can set, unless there are no others.
func (w walker) sets(schemas map[string]*schema.Schema, fields map[string]field, at string) {
	for k, s := range schemas {
		f, ok := fields[k]
		nested, isObject := s.Elem.(*schema.Resource)
		if !ok || !isObject {
			continue
		}
		p := path(at, f)
		if by, some := toldApartBy(nested, f.fields); s.Type == schema.TypeSet && f.many && some && hashesFields(s) {
			w.out.ToldApartBy[strings.TrimSuffix(p, "[]")] = by
		}
		w.sets(nested.SchemaMap(), f.fields, p)
	}
}

// toldApartBy returns the fields that tell elements of a set apart, sorted, and
// reports whether these are some of the fields only.
func toldApartBy(r *schema.Resource, fields map[string]field) (by []string, some bool) {
	skipped := false
	for k, s := range r.SchemaMap() {
		if s.Optional || s.Required {
			by = append(by, fields[k].name)
		} else {
			skipped = true
		}
	}
	slices.Sort(by)
	return by, skipped && len(by) > 0
}

// hashesFields reports whether a set tells its elements apart by the fields that
// can be set, as sets do that bring no function of their own.
func hashesFields(s *schema.Schema) bool {
	return s.Set == nil || strings.Contains(runtime.FuncForPC(reflect.ValueOf(s.Set).Pointer()).Name(), "HashResource")
}

// format is the file: sorted, with a line for each field.
func format(kinds map[string]*kind) []byte {
	b := &bytes.Buffer{}
	b.WriteString("{\n")
	for i, k := range slices.Sorted(maps.Keys(kinds)) {
		if i > 0 {
			b.WriteString(",\n")
		}
		fields := kinds[k].Fields
		kinds[k].Fields = nil
		rest := line(kinds[k])
		kinds[k].Fields = fields
		fmt.Fprintf(b, "%q: %s,\n \"fields\": {", k, strings.TrimSuffix(strings.Replace(rest, `,"fields":null`, "", 1), "}"))
		for i, f := range slices.Sorted(maps.Keys(fields)) {
			if i > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(b, "\n  %q: %s", f, line(fields[f]))
		}
		b.WriteString("}}")
	}
	b.WriteString("\n}\n")
	return b.Bytes()
}

// line is a value as JSON without escaped < and >.
func line(v any) string {
	b := &bytes.Buffer{}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // All of it is plain data.
	return strings.TrimSpace(b.String())
}
