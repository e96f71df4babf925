// Command awslimits extracts AWS's limits for the fields of the composed kinds from
// AWS's API models: allowed values, patterns, lengths and ranges.
//
//	awslimits BOTOCORE_DATA_DIR CRD_DIR OUT_FILE
//
// The models are part of botocore. Those of many services, such as EC2 and SNS,
// contain few limits.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
)

const (
	groupSuffix  = ".aws.m.upbound.io"
	externalName = "@external-name"
)

// limits contains AWS's limits of a field. internal/rules reads it.
type limits struct {
	OneOf     []string `json:"oneOf,omitempty"`
	Patterns  []string `json:"patterns,omitempty"`
	MinLength *int     `json:"minLength,omitempty"`
	MaxLength *int     `json:"maxLength,omitempty"`
	Min       *float64 `json:"min,omitempty"`
	Max       *float64 `json:"max,omitempty"`
	MinItems  *int     `json:"minItems,omitempty"`
	MaxItems  *int     `json:"maxItems,omitempty"`
}

// model is an API model of botocore.
type model struct {
	Operations map[string]struct {
		Input struct {
			Shape string `json:"shape"`
		} `json:"input"`
	} `json:"operations"`
	Shapes map[string]shape `json:"shapes"`
}

// shape is a type of an API model.
type shape struct {
	Type    string            `json:"type"`
	Members map[string]member `json:"members"`
	Member  member            `json:"member"`
	Enum    []string          `json:"enum"`
	Pattern string            `json:"pattern"`
	Min     *float64          `json:"min"`
	Max     *float64          `json:"max"`
}

type member struct {
	Shape string `json:"shape"`
}

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: awslimits BOTOCORE_DATA_DIR CRD_DIR OUT_FILE")
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

func run(data, crds, out string) error {
	models := map[string]*model{}
	found := map[string]map[string]*limits{}
	for _, kind := range kinds.Names() {
		known, _ := kinds.Of(kind) // The discriminator is a member too.
		op := known.Call
		service, name, _ := strings.Cut(op.Operation, " ")
		if models[service] == nil {
			m, err := load(data, service)
			if err != nil {
				return fmt.Errorf("%s: %w", service, err)
			}
			models[service] = m
		}
		schema, err := forProvider(crds, kind)
		if err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
		m := mapper{model: models[service], operation: op, out: map[string]*limits{}}
		input, ok := m.model.Shapes[m.model.Operations[name].Input.Shape]
		if !ok {
			return fmt.Errorf("%s: no operation %s", kind, op.Operation)
		}
		if err := m.root(input, schema); err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
		found[kind] = m.out
	}
	return os.WriteFile(out, format(found), 0o600)
}

// load reads the newest model of a service.
func load(data, service string) (*model, error) {
	files, err := filepath.Glob(filepath.Join(data, service, "*", "service-2.json.gz"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no model: %w", err)
	}
	f, err := os.Open(slices.Max(files))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // The file was only read.
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	m := &model{}
	return m, json.NewDecoder(z).Decode(m)
}

// forProvider returns the schema of a kind's spec.forProvider.
func forProvider(crds, kind string) (*extv1.JSONSchemaProps, error) {
	service, name, _ := strings.Cut(kind, "/")
	files, err := filepath.Glob(filepath.Join(crds, service+groupSuffix+"_*.yaml"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Clean(f))
		if err != nil {
			return nil, err
		}
		if !bytes.Contains(raw, []byte("\n    kind: "+name+"\n")) {
			continue
		}
		crd := &extv1.CustomResourceDefinition{}
		if err := yaml.Unmarshal(raw, crd); err != nil {
			return nil, err
		}
		s := crd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties["spec"].Properties["forProvider"]
		return &s, nil
	}
	return nil, errors.New("no CRD")
}

// mapper finds the members of an operation that correspond to a kind's fields.
type mapper struct {
	model     *model
	operation kinds.Call
	out       map[string]*limits
}

func (m mapper) root(input shape, schema *extv1.JSONSchemaProps) error {
	roots := []shape{input}
	if m.operation.Within != "" {
		s, ok := m.follow(input, m.operation.Within)
		if !ok {
			return fmt.Errorf("no member %s", m.operation.Within)
		}
		roots = []shape{m.items(s), input}
	}
	if m.operation.ExternalName != "" {
		found := false
		for _, r := range roots {
			if s, ok := m.follow(r, m.operation.ExternalName); ok && !found {
				m.leaf(externalName, s)
				found = true
			}
		}
		if !found {
			return fmt.Errorf("no member %s", m.operation.ExternalName)
		}
	}
	for _, r := range roots {
		m.object("", schema, r)
	}
	return nil
}

// follow returns the shape at a path of members.
func (m mapper) follow(s shape, path string) (shape, bool) {
	for name := range strings.SplitSeq(path, ".") {
		s = m.items(s)
		next, ok := s.Members[name]
		if !ok {
			return shape{}, false
		}
		s = m.model.Shapes[next.Shape]
	}
	return s, true
}

// items returns the shape of a list's items. CloudFront wraps some lists in a
// structure, which it unwraps. It returns other shapes unchanged.
func (m mapper) items(s shape) shape {
	for {
		switch {
		case s.Type == "list":
			s = m.model.Shapes[s.Member.Shape]
		case s.Type == "structure" && wraps(s):
			s = m.model.Shapes[s.Members["Items"].Shape]
		default:
			return s
		}
	}
}

// wraps reports whether a structure only wraps a list.
func wraps(s shape) bool {
	_, quantity := s.Members["Quantity"]
	_, items := s.Members["Items"]
	return quantity && items
}

// object maps the properties of an object.
func (m mapper) object(at string, schema *extv1.JSONSchemaProps, s shape) {
	for name, p := range schema.Properties {
		path := strings.TrimPrefix(at+"."+name, ".")
		of, ok := m.member(path, name, s)
		if !ok || m.out[path] != nil {
			continue
		}
		switch {
		case p.Type == "array" && p.Items != nil && len(p.Items.Schema.Properties) > 0:
			m.count(path, of)
			m.object(path+"[]", p.Items.Schema, m.items(of))
		case len(p.Properties) > 0:
			m.object(path, &p, m.items(of))
		case p.Type == "array":
			m.leaf(path, m.items(of))
			m.count(path, of)
		default:
			m.leaf(path, of)
		}
	}
}

// member returns the member that corresponds to a field: from the table, or the one
// with the same name in singular or plural.
func (m mapper) member(path, name string, s shape) (shape, bool) {
	if to, ok := m.operation.Members[path]; ok {
		if to == "" {
			return shape{}, false
		}
		return m.follow(s, to)
	}
	want := plain(name)
	for _, n := range slices.Sorted(maps.Keys(s.Members)) {
		if plain(n) == want {
			return m.model.Shapes[s.Members[n].Shape], true
		}
	}
	for _, n := range slices.Sorted(maps.Keys(s.Members)) {
		if got := plain(n); got == want+"s" || got+"s" == want || got == strings.TrimSuffix(want, "y")+"ies" {
			return m.model.Shapes[s.Members[n].Shape], true
		}
	}
	return shape{}, false
}

// plain returns a name in lower case without separators.
func plain(name string) string {
	return strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(name))
}

// at returns the limits of a field, to be filled in.
func (m mapper) at(path string) *limits {
	if m.out[path] == nil {
		m.out[path] = &limits{}
	}
	return m.out[path]
}

// count copies the limits of a list's length.
func (m mapper) count(path string, s shape) {
	if s.Type != "list" || s.Min == nil && s.Max == nil {
		return
	}
	l := m.at(path)
	l.MinItems, l.MaxItems = whole(s.Min), whole(s.Max)
}

// leaf copies the limits of a value.
func (m mapper) leaf(path string, s shape) {
	switch s.Type {
	case "string":
		l := limits{OneOf: s.Enum, MinLength: whole(s.Min), MaxLength: whole(s.Max)}
		if p, ok := readable(s.Pattern); ok {
			l.Patterns = []string{p}
		}
		if len(l.OneOf) > 0 {
			l.MinLength, l.MaxLength, l.Patterns = nil, nil, nil
		}
		if !l.empty() {
			*m.at(path) = l
		}
	case "integer", "long", "float", "double":
		if s.Min != nil || s.Max != nil {
			l := m.at(path)
			l.Min, l.Max = s.Min, s.Max
		}
	}
}

func (l limits) empty() bool {
	return len(l.OneOf) == 0 && len(l.Patterns) == 0 && l.MinLength == nil && l.MaxLength == nil
}

func whole(f *float64) *int {
	if f == nil || *f > 1<<30 {
		return nil
	}
	n := int(*f)
	return &n
}

// escape matches a Unicode escape in the models.
var escape = regexp.MustCompile(`\\u([0-9A-Fa-f]{4})`)

// readable converts a pattern to Go's syntax. It anchors the pattern, because the
// models always mean the whole value. It reports false for lookaheads, which Go
// does not support.
func readable(pattern string) (string, bool) {
	if pattern == "" || pattern == ".*" || pattern == `[\s\S]*` || pattern == `[\S\s]*` {
		return "", false
	}
	p := escape.ReplaceAllString(pattern, `\x{$1}`)
	p = `\A(?:` + strings.TrimSuffix(strings.TrimPrefix(p, "^"), "$") + `)\z`
	_, err := regexp.Compile(p)
	return p, err == nil
}

// format returns the file's content: sorted, with one line for each field.
func format(all map[string]map[string]*limits) []byte {
	b := &bytes.Buffer{}
	b.WriteString("{")
	for i, k := range slices.Sorted(maps.Keys(all)) {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(b, "\n%q: {", k)
		for i, f := range slices.Sorted(maps.Keys(all[k])) {
			if i > 0 {
				b.WriteString(",")
			}
			line := &bytes.Buffer{}
			e := json.NewEncoder(line)
			e.SetEscapeHTML(false)
			_ = e.Encode(all[k][f]) //nolint:errchkjson // All values are strings and finite numbers.
			fmt.Fprintf(b, "\n  %q: %s", f, strings.TrimSpace(line.String()))
		}
		b.WriteString("}")
	}
	b.WriteString("\n}\n")
	return b.Bytes()
}
