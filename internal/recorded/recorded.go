// Package recorded summarizes the resources that a real provider reports for each
// kind: the form of names, the structure of status, and late-initialized fields.
// The summaries are short enough for a review. A simulated provider can be compared
// with them.
package recorded

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	errRead  = "cannot read recording %s: %w"
	errWrite = "cannot write recording %s: %w"
)

// Recording is a summary of the resources of a kind.
type Recording struct {
	// Kind is service and kind, such as "ec2/VPC".
	Kind string
	// Stacks contains the stacks of the resources, by namespace and name.
	Stacks []string
	// Objects is the number of resources.
	Objects int
	// Policies are the management policies of the resources.
	Policies []string
	// ExternalNames are the forms of the external name.
	ExternalNames []string
	// Annotations are the provider's annotations.
	Annotations []string
	// Conditions are types, status and reasons.
	Conditions []string
	// ReadySeconds is the time from creation to Ready.
	ReadySeconds Range
	// Spec is spec.forProvider without late-initialized fields.
	Spec map[string]Field
	// Late contains the late-initialized fields of spec.forProvider.
	Late map[string]Field
	// Status is status.atProvider.
	Status map[string]Field
}

// Range is the minimum and the maximum.
type Range struct{ Least, Most int }

// merge returns the range that covers both.
func (r Range) merge(o Range) Range {
	return Range{Least: min(r.Least, o.Least), Most: max(r.Most, o.Most)}
}

// Field summarizes the values at a path. The path of list items contains [] instead
// of an index.
type Field struct {
	// Type is string, number, bool, list, object or map. A map has keys that are
	// data. It lists several types if there are several.
	Type string `json:"type"`
	// Seen is the number of resources with the field.
	Seen int `json:"seen"`
	// Items is the length of a list.
	Items *Range `json:"items,omitempty"`
	// Collapsed is the number of resources with fewer items than requested.
	Collapsed int `json:"collapsed,omitempty"`
	// Values are the forms of the value. If there are many, it contains only
	// Various.
	Values []string `json:"values,omitempty"`
}

// Various replaces many forms of a value.
const Various = "<various>"

// maxValues is the maximum number of distinct forms.
const maxValues = 5

func (f Field) merge(o Field) Field {
	out := Field{
		Type: strings.Join(union(strings.Split(f.Type, "|"), strings.Split(o.Type, "|")), "|"), Seen: f.Seen + o.Seen,
		Collapsed: f.Collapsed + o.Collapsed, Values: forms(union(f.Values, o.Values)),
	}
	switch {
	case f.Items == nil:
		out.Items = o.Items
	case o.Items == nil:
		out.Items = f.Items
	default:
		both := f.Items.merge(*o.Items)
		out.Items = &both
	}
	return out
}

// forms shortens a list of forms if there are many.
func forms(values []string) []string {
	if len(values) > maxValues || slices.Contains(values, Various) {
		return []string{Various}
	}
	return values
}

// union returns the distinct items of both lists, sorted.
func union(a, b []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b))))
}

// Merge returns a recording of the resources of both.
func (r Recording) Merge(o Recording) Recording {
	return Recording{
		Kind:          r.Kind,
		Stacks:        union(r.Stacks, o.Stacks),
		Objects:       r.Objects + o.Objects,
		Policies:      union(r.Policies, o.Policies),
		ExternalNames: forms(union(r.ExternalNames, o.ExternalNames)),
		Annotations:   union(r.Annotations, o.Annotations),
		Conditions:    union(r.Conditions, o.Conditions),
		ReadySeconds:  r.ReadySeconds.merge(o.ReadySeconds),
		Spec:          mergeFields(r.Spec, o.Spec),
		Late:          mergeFields(r.Late, o.Late),
		Status:        mergeFields(r.Status, o.Status),
	}
}

func mergeFields(a, b map[string]Field) map[string]Field {
	out := maps.Clone(a)
	for path, f := range b {
		if before, ok := out[path]; ok {
			f = before.merge(f)
		}
		out[path] = f
	}
	return out
}

// Recordings contains recordings by kind.
type Recordings map[string]Recording

// Add merges a recording with that of the same kind.
func (r Recordings) Add(one Recording) {
	if before, ok := r[one.Kind]; ok {
		one = before.Merge(one)
	}
	r[one.Kind] = one
}

// Stacks returns the stacks of all recordings, sorted.
func (r Recordings) Stacks() []string {
	var out []string
	for _, one := range r {
		out = union(out, one.Stacks)
	}
	return out
}

// Read reads all recordings in a directory.
func Read(dir string) (Recordings, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.json"))
	if err != nil {
		return nil, fmt.Errorf(errRead, dir, err)
	}
	out := Recordings{}
	for _, file := range files {
		one := Recording{}
		raw, err := os.ReadFile(file) //nolint:gosec // A file in the directory.
		if err == nil {
			err = json.Unmarshal(raw, &one) //nolint:musttag // The fields have the same names as in the file.
		}
		if err != nil {
			return nil, fmt.Errorf(errRead, file, err)
		}
		out.Add(one)
	}
	return out, nil
}

// Write writes each recording to a separate file in a directory.
func (r Recordings) Write(dir string) error {
	for kind, one := range r {
		file := filepath.Join(dir, kind+".json")
		err := os.MkdirAll(filepath.Dir(file), 0o750)
		if err == nil {
			err = os.WriteFile(file, one.encode(), 0o600)
		}
		if err != nil {
			return fmt.Errorf(errWrite, file, err)
		}
	}
	return nil
}

// encode encodes a recording as JSON with a line for each field, so that diffs are
// readable.
func (r Recording) encode() []byte {
	var out bytes.Buffer
	out.WriteString("{\n")
	for _, line := range []struct {
		name  string
		value any
	}{
		{"Kind", r.Kind},
		{"Stacks", r.Stacks},
		{"Objects", r.Objects},
		{"Policies", r.Policies},
		{"ExternalNames", r.ExternalNames},
		{"Annotations", r.Annotations},
		{"Conditions", r.Conditions},
		{"ReadySeconds", r.ReadySeconds},
	} {
		fmt.Fprintf(&out, "  %q: %s,\n", line.name, compact(line.value))
	}
	fmt.Fprintf(&out, "  \"Spec\": %s,\n  \"Late\": %s,\n  \"Status\": %s\n}\n", lines(r.Spec), lines(r.Late), lines(r.Status))
	return out.Bytes()
}

// lines encodes fields as JSON with a line for each field.
func lines(fields map[string]Field) string {
	if len(fields) == 0 {
		return "{}"
	}
	out := make([]string, 0, len(fields))
	for _, path := range slices.Sorted(maps.Keys(fields)) {
		out = append(out, fmt.Sprintf("    %q: %s", path, compact(fields[path])))
	}
	return "{\n" + strings.Join(out, ",\n") + "\n  }"
}

// compact encodes a value as JSON on one line, without escaping angle brackets of
// forms.
func compact(value any) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(value) //nolint:errchkjson // Strings and finite numbers can be encoded.
	return strings.TrimSpace(out.String())
}
