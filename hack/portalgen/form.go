package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	words "github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

// schema is the part of a field's schema that a form needs. It omits CEL rules,
// except those that validate a format, because only an API server can evaluate
// them.
type schema struct { //nolint:recvcheck // Only UnmarshalJSON modifies it.
	Title       string            `json:"title"`
	Description string            `json:"description"`
	Type        string            `json:"type"`
	Enum        []any             `json:"enum"`
	Default     any               `json:"default"`
	Example     any               `json:"example"`
	Pattern     string            `json:"-"`
	Must        string            `json:"-"`
	Rules       []rule            `json:"x-kubernetes-validations"`
	Minimum     *float64          `json:"minimum"`
	Maximum     *float64          `json:"maximum"`
	MinLength   *int64            `json:"minLength"`
	MaxLength   *int64            `json:"maxLength"`
	MinItems    *int64            `json:"minItems"`
	MaxItems    *int64            `json:"maxItems"`
	Required    []string          `json:"required"`
	Properties  map[string]schema `json:"properties"`
	Items       *schema           `json:"items"`
	ListType    string            `json:"x-kubernetes-list-type"`
	Values      *schema           `json:"additionalProperties"`
	MaxEntries  *int64            `json:"maxProperties"`
	IntOrString bool              `json:"x-kubernetes-int-or-string"`
	Order       int               `json:"x-ui-order"`
	Advanced    bool              `json:"x-ui-advanced"`
}

// rule is a CEL rule.
type rule struct {
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// UnmarshalJSON decodes a schema, with the pattern of the CEL rule that validates a
// format.
func (s *schema) UnmarshalJSON(raw []byte) error {
	type plain schema
	if err := json.Unmarshal(raw, (*plain)(s)); err != nil {
		return err
	}
	for _, r := range s.Rules {
		if f, ok := words.FormatOfRule(r.Rule); ok {
			s.Pattern, s.Must = f.Pattern, r.Message
		}
	}
	return nil
}

const (
	// wanted is the suffix of questions for optional parts.
	wanted = "Wanted"
	// more is the question for an object's advanced settings.
	more = "more" + wanted
)

// condition is a condition for showing a field: another field of the same object
// has one of some values, or any value if the list is empty.
type condition struct {
	field  string
	values []any
}

// only lists the fields that apply only to one value of another field in the same
// object: by the object's path, the other field and its value.
var only = map[string]map[string]map[any][]string{
	"database": {
		"engine": {"postgres": {"instance"}, "mysql": {"instance"}, "mariadb": {"instance"}, "aurora-postgresql": {"aurora"}, "aurora-mysql": {"aurora"}},
	},
	"database.restoreFrom": {"type": {"Snapshot": {"snapshot"}, "PointInTime": {"pointInTime"}}},
	"cdn.hostedZone":       {"type": {"Existing": {"existing"}, "Managed": {"managed"}}},
	// The owner of an existing network manages it.
	"network": {
		"existing" + wanted: {false: {"cidr", "availabilityZones", "natGateways", "zoneNames", "ipv6", "interfaceEndpoints", "endpointBuckets", "firewall", "allowedDomains"}},
	},
}

// beside lists the fields that apply only if another field of the same object is
// set.
var beside = map[string]map[string][]string{
	"cdn": {"domain": {"additionalDomains", "hostedZone", "certificateArn"}},
}

// field is a field of a form, or a question for an optional part.
type field struct {
	name   string
	schema map[string]any
	when   []condition
}

// form is the form of a spec.
type form struct {
	spec schema
	// conditions contains the conditions of all fields by path.
	conditions map[string][]condition
}

// newForm returns an error if a table in this package names an unknown field, or if
// a page lacks a field.
func newForm(spec schema) (*form, error) {
	f := &form{spec: spec, conditions: map[string][]condition{}}
	for _, p := range pages {
		for _, name := range p.fields {
			if _, ok := spec.Properties[name]; !ok {
				return nil, fmt.Errorf("page %s contains field %s, which does not exist", p.title, name)
			}
		}
	}
	for path, fields := range named() {
		of := spec.at(path)
		for _, name := range fields {
			if _, ok := of.Properties[strings.TrimSuffix(name, wanted)]; !ok {
				return nil, fmt.Errorf(`field %s.%s does not exist: correct the table "only" or "beside"`, path, name)
			}
		}
	}
	return f, f.complete("spec", spec, nil)
}

// named returns all fields of both tables above, by path.
func named() map[string][]string {
	out := map[string][]string{}
	for path, others := range only {
		for other, values := range others {
			out[path] = append(out[path], other)
			for _, names := range values {
				out[path] = append(out[path], names...)
			}
		}
	}
	for path, others := range beside {
		for other, names := range others {
			out[path] = append(append(out[path], other), names...)
		}
	}
	return out
}

// complete returns an error if the form cannot describe a value of a field.
func (f *form) complete(path string, s schema, list *schema) error {
	if s.Pattern != "" && !s.IntOrString && s.sample(list) == nil {
		return fmt.Errorf("%s has a pattern but neither an example nor a default: add +kubebuilder:example", path)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if err := f.complete(path+"."+name, s.Properties[name], nil); err != nil {
			return err
		}
	}
	if s.Items == nil {
		return nil
	}
	return f.complete(path+"[]", *s.Items, &s)
}

// at returns the object at a path.
func (s schema) at(path string) schema {
	for name := range strings.SplitSeq(path, ".") {
		s = s.Properties[name]
	}
	return s
}

// sample returns an example of a value. list is the list that contains it, if any.
func (s schema) sample(list *schema) any {
	if list != nil {
		samples, _ := cmp.Or[any](list.Example, list.Default).([]any)
		if len(samples) > 0 {
			return samples[0]
		}
	}
	return cmp.Or(s.Example, s.Default)
}

// optional reports whether an object is created only on request. For a member of a
// union, the discriminator decides instead.
func (s schema) optional(path, name string) bool {
	p := s.Properties[name]
	return len(p.Properties) > 0 && p.Default == nil && !slices.Contains(s.Required, name) && !member(path, name)
}

// member reports whether a field is a member of a union: it applies only to a value
// of a discriminator.
func member(path, name string) bool {
	for other, values := range only[path] {
		for _, names := range values {
			if !strings.HasSuffix(other, wanted) && slices.Contains(names, name) {
				return true
			}
		}
	}
	return false
}

// ordered returns an object's field names in reading order.
func (s schema) ordered() []string {
	return slices.SortedFunc(maps.Keys(s.Properties), func(a, b string) int {
		return cmp.Compare(s.Properties[a].Order, s.Properties[b].Order)
	})
}

// object returns the form's schema of an object. titles contains the titles of its
// parents.
func (f *form) object(s schema, path string, titles []string) map[string]any {
	out := map[string]any{}
	var fields []field
	var order, further []string
	for _, name := range s.ordered() {
		p, at := s.Properties[name], strings.TrimPrefix(path+"."+name, ".")
		when := f.when(s, path, name)
		names := []string{name}
		if s.optional(path, name) {
			names = []string{name + wanted, name}
			fields = append(fields, field{name + wanted, question(p, append(slices.Clone(titles), p.title(name))), when})
			when = append(slices.Clone(when), condition{name + wanted, []any{true}})
		}
		if len(when) > 0 && !strings.Contains(path, "[]") {
			f.conditions[at] = when
		}
		fields = append(fields, field{name, f.field(p, at, append(slices.Clone(titles), p.title(name)), slices.Contains(s.Required, name)), when})
		if p.Advanced {
			further = append(further, names...)
		} else {
			order = append(order, names...)
		}
	}
	if len(further) > 0 {
		order = append(append(order, more), further...)
		fields = append(fields, field{more, map[string]any{
			"title": "More settings", "type": "boolean", "default": false,
			"ui:backstage": map[string]any{"review": map[string]any{"show": false}},
		}, enabled(s, more)})
	}
	if len(s.Required) > 0 {
		out["required"] = s.Required
	}
	out["ui:order"] = append(order, "*")
	all := map[string]map[string]any{}
	for _, x := range fields {
		all[x.name] = x.schema
	}
	maps.Copy(out, shown(fields, all))
	return out
}

// when returns the conditions for showing a field.
func (f *form) when(s schema, path, name string) []condition {
	out := enabled(s, name)
	if s.Properties[name].Advanced {
		out = append(out, condition{more, []any{true}})
	}
	for _, other := range slices.Sorted(maps.Keys(only[path])) {
		var values []any
		for value, names := range only[path][other] {
			if slices.Contains(names, name) {
				values = append(values, value)
			}
		}
		if len(values) > 0 {
			slices.SortFunc(values, func(a, b any) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
			out = append(out, condition{other, values})
		}
	}
	for other, names := range beside[path] {
		if slices.Contains(names, name) {
			out = append(out, condition{field: other})
		}
	}
	return out
}

// enabled returns the conditions for a field of an object that can be disabled.
func enabled(s schema, name string) []condition {
	if s.Properties["enabled"].Type != "boolean" || name == "enabled" {
		return nil
	}
	return []condition{{"enabled", []any{true}}}
}

// shown returns properties and dependencies of an object. Fields with conditions
// are nested in dependencies. all contains the schemas of all fields.
func shown(fields []field, all map[string]map[string]any) map[string]any {
	properties, dependencies := map[string]any{}, map[string]any{}
	for _, f := range fields {
		if len(f.when) == 0 {
			properties[f.name] = f.schema
			continue
		}
		other := f.when[0].field
		if dependencies[other] != nil {
			continue
		}
		// A form evaluates a dependency only where the other field exists.
		if properties[other] == nil {
			properties[other] = all[other]
		}
		if len(f.when[0].values) == 0 {
			dependencies[other] = shown(under(fields, other, nil), all)
			continue
		}
		values, ok := all[other]["enum"].([]any)
		if !ok {
			values = []any{false, true}
		}
		var oneOf []any
		for _, value := range values {
			branch := shown(under(fields, other, value), all)
			of, _ := branch["properties"].(map[string]any)
			of[other] = map[string]any{"enum": []any{value}}
			oneOf = append(oneOf, branch)
		}
		dependencies[other] = map[string]any{"oneOf": oneOf}
	}
	out := map[string]any{"properties": properties}
	if len(dependencies) > 0 {
		out["dependencies"] = dependencies
	}
	return out
}

// under returns the fields whose first condition applies to a value of another
// field, without that condition. value is nil for any value.
func under(fields []field, other string, value any) []field {
	var out []field
	for _, f := range fields {
		if len(f.when) > 0 && f.when[0].field == other && (value == nil || slices.Contains(f.when[0].values, value)) {
			out = append(out, field{f.name, f.schema, f.when[1:]})
		}
	}
	return out
}

// field returns the form's schema of a field. The last title is its own.
func (f *form) field(s schema, path string, titles []string, required bool) map[string]any {
	out := keywords(s, nil)
	if len(s.Properties) > 0 {
		maps.Copy(out, f.object(s, path, titles))
	}
	if s.Items != nil {
		entry := keywords(*s.Items, &s)
		if len(s.Items.Properties) > 0 {
			maps.Copy(entry, f.object(*s.Items, path+"[]", nil))
		}
		out["items"] = entry
		if s.ListType == "set" {
			out["uniqueItems"] = true
		}
		if len(s.Items.Enum) > 0 {
			out["uniqueItems"], out["ui:widget"] = true, "checkboxes"
		}
	}
	if s.Values != nil {
		out["additionalProperties"] = keywords(*s.Values, nil)
	}
	if !required {
		// Otherwise, the form starts with empty entries.
		delete(out, "minItems")
	}
	return titled(out, titles)
}

// question returns the question for an optional part.
func question(s schema, titles []string) map[string]any {
	return titled(map[string]any{"description": line(s.Description), "type": "boolean", "default": false}, titles)
}

// titled sets the title of a field, and the title in the review, which includes its
// location. The review shows only one of several fields with the same title.
func titled(out map[string]any, titles []string) map[string]any {
	if len(titles) == 0 {
		return out
	}
	out["title"] = titles[len(titles)-1]
	if len(titles) > 1 {
		out["ui:backstage"] = map[string]any{"review": map[string]any{"name": strings.Join(titles, ": ")}}
	}
	return out
}

// keywords returns the keywords of JSON Schema and of the form for a field, with
// messages (ajv-errors) for values that AWS or Kubernetes would reject. The default
// of an object is that of its fields.
func keywords(s schema, list *schema) map[string]any {
	out := map[string]any{}
	if s.IntOrString {
		// The generic pattern of quantities does not help a reader.
		s.Type, s.Pattern = "string", ""
	}
	for key, value := range map[string]any{"title": s.Title, "description": line(s.Description), "type": s.Type, "pattern": s.Pattern} {
		if value != "" {
			out[key] = value
		}
	}
	for key, value := range map[string]*float64{"minimum": s.Minimum, "maximum": s.Maximum} {
		if value != nil {
			out[key] = *value
		}
	}
	for key, value := range map[string]*int64{"minLength": s.MinLength, "maxLength": s.MaxLength, "minItems": s.MinItems, "maxItems": s.MaxItems, "maxProperties": s.MaxEntries} {
		if value != nil {
			out[key] = *value
		}
	}
	if len(s.Enum) > 0 {
		out["enum"] = s.Enum
	}
	if s.Default != nil && s.Type != "object" {
		out["default"] = s.Default
	}
	sample := s.sample(list)
	if messages := s.messages(); len(messages) > 0 {
		out["errorMessage"] = messages
	}
	if text, ok := sample.(string); ok && s.Default == nil && len(s.Enum) == 0 {
		out["ui:placeholder"] = text
	}
	return out
}

// messages returns the function's messages for values that a keyword rejects.
func (s schema) messages() map[string]any {
	out := map[string]any{}
	for keyword, message := range words.Limits(&extv1.JSONSchemaProps{
		Minimum: s.Minimum, Maximum: s.Maximum, MinLength: s.MinLength, MaxLength: s.MaxLength, MinItems: s.MinItems, MaxItems: s.MaxItems, MaxProperties: s.MaxEntries,
	}) {
		out[keyword] = message
	}
	for keyword, limit := range map[string]bool{"minimum": s.Minimum != nil, "maximum": s.Maximum != nil} {
		if !limit {
			delete(out, keyword)
		}
	}
	if s.Pattern != "" {
		out["pattern"] = s.Must
	}
	return out
}

// line puts a text on one line.
func line(text string) string {
	return strings.Join(strings.Fields(text), " ")
}

func (s schema) title(name string) string {
	return cmp.Or(s.Title, name)
}
