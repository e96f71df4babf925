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
	var unread []string
	for _, k := range composed {
		r, ok := resources[k]
		if !ok {
			return fmt.Errorf("provider has no %s", k)
		}
		if kinds[k], err = p.kind(ctx, r, sources[r.Name]); err != nil {
			return fmt.Errorf("%s: %w", k, err)
		}
		for _, argument := range kinds[k].unread {
			unread = append(unread, r.Name+"."+argument)
		}
	}
	if len(unread) > 0 {
		slices.Sort(unread)
		return fmt.Errorf("the source does not show how these are validated: %s", strings.Join(unread, ", "))
	}
	return os.WriteFile(out, format(kinds), 0o600)
}

// kindsOf returns the kinds in an activation policy, such as "rds/Instance",
// sorted.
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

// kind returns the rules of one kind.
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
		},
	}
	w.out.ExternalName, w.out.ExternalNamePrefix = identifier(r)
	if r.TerraformPluginFrameworkResource != nil {
		w.out.Framework = true
		if err := w.framework(r.TerraformPluginFrameworkResource); err != nil {
			return nil, err
		}
	} else {
		s := p.terraform.ResourcesMap[r.Name].Schema
		w.walk(s, w.root, "", "")
		w.sets(r.TerraformResource.SchemaMap(), fieldsOf(atProvider.Type), "")
		if s := s[w.out.ExternalName]; s != nil {
			w.out.Fields[externalName] = w.attribute(s, w.out.ExternalName, field{})
		}
	}
	w.out.NotLateInitialized = w.paths(r.LateInitializer.IgnoredFields)
	w.out.Unless = w.paths(r.LateInitializer.ConditionalIgnoredFields)
	return w.out, nil
}

// identifier returns the argument for a resource's external name, and its prefix.
func identifier(r *ujconfig.Resource) (argument, prefix string) {
	defer func() {
		_ = recover() // It needs other arguments, so it is not only the name.
	}()
	const probe = "probe"
	base := map[string]any{}
	r.ExternalName.SetIdentifierArgumentFn(base, probe)
	for _, argument := range slices.Sorted(maps.Keys(base)) {
		text, _ := base[argument].(string)
		if prefix, ok := strings.CutSuffix(text, probe); ok {
			return argument, prefix
		}
	}
	return "", ""
}

// walker extracts the schema of a resource.
type walker struct {
	ctx    context.Context //nolint:containedctx // For the framework's descriptions.
	root   map[string]field
	source source.Resource
	out    *kind
}

// paths converts Terraform paths to CRD paths, sorted.
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

// walk extracts the arguments of an object. at is the CRD's path, and terraform
// Terraform's.
func (w walker) walk(schemas map[string]*schema.Schema, fields map[string]field, at, terraform string) {
	for k, s := range schemas {
		f, ok := fields[k]
		if !ok || s.Computed && !s.Optional {
			continue
		}
		p := path(at, f)
		w.out.Fields[strings.TrimSuffix(p, "[]")] = w.attribute(s, terraform+k, f)
		if nested, ok := s.Elem.(*schema.Resource); ok {
			w.walk(nested.SchemaMap(), f.fields, p, terraform+k+".")
		}
	}
}

// attribute extracts the schema of an argument.
func (w walker) attribute(s *schema.Schema, terraform string, f field) *attribute {
	a := &attribute{
		Type: typeOf(s), Required: s.Required, Computed: s.Computed, ForceNew: s.ForceNew, Sensitive: s.Sensitive, Deprecated: s.Deprecated,
		Default: s.Default, MinItems: s.MinItems, MaxItems: s.MaxItems,
		ConflictsWith: w.paths(s.ConflictsWith), RequiredWith: w.paths(s.RequiredWith),
		ExactlyOneOf: w.paths(s.ExactlyOneOf), AtLeastOneOf: w.paths(s.AtLeastOneOf),
		limits: probe(s),
	}
	if item, ok := s.Elem.(*schema.Schema); ok && a.Type != "map" {
		a.limits = probe(item)
	}
	if alternatives := w.fromSource(a, terraform); !alternatives && validated(s) && reflect.DeepEqual(a.limits, limits{}) {
		w.out.unread = append(w.out.unread, terraform)
	}
	a.inCRD(f)
	return a
}

// typeOf returns the type of an argument's values.
func typeOf(s *schema.Schema) string {
	return map[schema.ValueType]string{
		schema.TypeString: "string", schema.TypeInt: "int", schema.TypeFloat: "float", schema.TypeBool: "bool",
		schema.TypeMap: "map", schema.TypeList: "list", schema.TypeSet: "set",
	}[s.Type]
}

// inCRD applies the differences of the CRD. A list of one is an object. A required
// field is optional if the provider sets it, such as region. A reference to a
// Secret is never filled in.
func (a *attribute) inCRD(f field) {
	if f.fields != nil && !f.many {
		a.Type, a.MinItems, a.MaxItems = "object", 0, 0
	}
	a.Required = a.Required || f.required
	a.Computed = a.Computed && !f.required && !f.secret
}

// validated reports whether a function validates an argument or its items.
func validated(s *schema.Schema) bool {
	if item, ok := s.Elem.(*schema.Schema); ok && s.Type != schema.TypeMap {
		s = item
	}
	return s.ValidateFunc != nil || s.ValidateDiagFunc != nil
}

// fromSource adds limits that only the source code contains. It reports whether the
// value must only satisfy one of several validation functions, whose limits then do
// not apply.
func (w walker) fromSource(a *attribute, terraform string) (alternatives bool) {
	checks, ok := w.source.Checks(terraform)
	if !ok {
		return false
	}
	if checks.Alternatives {
		a.limits = limits{}
	}
	a.Patterns, a.Forbidden = checks.Patterns, checks.Forbidden
	if n := len(checks.Validators); n > 0 {
		a.Validator = checks.Validators[n-1]
	}
	return checks.Alternatives
}

// sets finds the sets in status.atProvider that contain fewer elements than AWS
// has. Terraform's hash of an object skips computed fields, unless there are no
// others. The provider's configuration changes which fields are computed, because
// it moves arguments to the status.
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

// toldApartBy returns the fields that distinguish elements of a set, sorted, and
// reports whether the elements have other fields too.
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

// hashesFields reports whether a set hashes its settable fields, which is the
// default for sets without a custom function.
func hashesFields(s *schema.Schema) bool {
	return s.Set == nil || strings.Contains(runtime.FuncForPC(reflect.ValueOf(s.Set).Pointer()).Name(), "HashResource")
}

// format returns the file's content: sorted, with a line for each field.
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

// line encodes a value as JSON without escaping < and >.
func line(v any) string {
	b := &bytes.Buffer{}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // All values are plain data.
	return strings.TrimSpace(b.String())
}
