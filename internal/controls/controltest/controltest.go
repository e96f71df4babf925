// Package controltest verifies that controls can fail. It creates stacks that meet
// a control, and breaks the required fields. A control that cannot fail is useless.
package controltest

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
)

// Unbroken breaks every required field of a stack, one at a time, and returns the
// changes that the control did not detect. An empty result means that it detected
// all. The control must be met, or not apply for a verified reason.
func Unbroken(control controls.Control, stack []controls.Resource) []string {
	t := trial{control: control, catalogue: catalogue(control)}
	// A control sees no other kinds, and each of many evaluations indexes the stack.
	seen := kindsOf(slices.Concat(control.About, control.Checks))
	stack = without(stack, func(r controls.Resource) bool { return !seen[kindOf(r)] })
	held := t.result(stack)
	if !t.holds(stack) {
		return nil // The control does not apply to the stack.
	}
	var out []string
	for _, e := range held.Evidence {
		if e.Resource != "" && !t.breaks(e, stack) {
			out = append(out, e.String())
		}
	}
	return append(out, t.absences(control.Checks, "", stack)...)
}

// trial is a control under test.
type trial struct {
	control   controls.Control
	catalogue *controls.Catalogue
}

func catalogue(control controls.Control) *controls.Catalogue { return must(controls.New(control)) }

func (t trial) result(stack []controls.Resource) controls.Result {
	return t.catalogue.Evaluate(stack, nil)[0]
}

// holds reports whether the control's checks pass. The stack must have the
// resources that the control is about.
func (t trial) holds(stack []controls.Resource) bool {
	s := t.result(stack).State
	return s == controls.StateMet || s == controls.StateNotApplicable && t.control.Default == controls.NotApplicable
}

// breaks reports whether the control fails without the evidence: with each wrong
// value of a field or, if it names no field, without the resource.
func (t trial) breaks(e controls.Evidence, stack []controls.Resource) bool {
	if e.Field == "" {
		return !t.holds(without(stack, func(r controls.Resource) bool { return kindOf(r) == e.Kind }))
	}
	asked := expectations(t.control.Checks, e.Kind, e.Field)
	for _, a := range asked {
		for _, v := range breaking(a, fieldOf(stack, e.Resource, e.Field)) {
			// If one of several resources suffices, breaking one has no effect.
			if t.holds(with(stack, e.Resource, e.Field, v)) && t.holds(withAll(stack, e.Kind, e.Field, v)) {
				return false
			}
		}
	}
	return len(asked) > 0
}

// kindsOf returns all kinds in checks.
func kindsOf(checks []controls.Check) map[string]bool {
	out := map[string]bool{}
	for _, c := range checks {
		out[c.Every+c.Each+c.Some+c.None] = true
		maps.Copy(out, kindsOf(slices.Concat(c.With, c.Else)))
	}
	return out
}

// absences adds forbidden resources, and reports those that the control did not
// detect.
func (t trial) absences(checks []controls.Check, above string, stack []controls.Resource) []string {
	var out []string
	for _, c := range checks {
		if c.None != "" && !t.noticesAny(c, above, stack) {
			out = append(out, fmt.Sprintf("added %s %v", c.None, c.Has))
		}
		if c.Each != "" && !t.notices(stack, resource(c.Each, c.Resource, c.Where)) {
			out = append(out, fmt.Sprintf("added %s without %v", c.Each, c.Has))
		}
		out = append(out, t.absences(c.With, c.Every+c.Each+c.Some, stack)...)
		out = append(out, t.absences(c.Else, above, stack)...)
	}
	return out
}

// noticesAny reports whether the control fails with a forbidden resource that
// relates to any other resource.
func (t trial) noticesAny(c controls.Check, above string, stack []controls.Resource) bool {
	if above == "" {
		return t.notices(stack, resource(c.None, c.Resource, c.Where, c.Has))
	}
	for i, r := range stack {
		if kindOf(r) != above {
			continue
		}
		added := resource(c.None, c.Resource, c.Where, c.Has)
		changed := slices.Clone(stack)
		changed[i], added = relate(c, r, added)
		if t.notices(changed, added) {
			return true
		}
	}
	return false
}

func (t trial) notices(stack []controls.Resource, added controls.Resource) bool {
	return !t.holds(append(slices.Clone(stack), added))
}

// Meeting returns a stack that meets a control, derived from its checks.
func Meeting(control controls.Control) []controls.Resource {
	m := &maker{}
	m.make(control.Checks, nil)
	// Checks of all resources of a kind come last.
	m.make(control.Checks, nil)
	return m.stack
}

// maker creates a stack.
type maker struct{ stack []controls.Resource }

// make creates the resources that checks require, below the named resource.
func (m *maker) make(checks []controls.Check, above *string) {
	for _, c := range checks {
		kind := c.Every + c.Each + c.Some
		if kind == "" {
			continue
		}
		for _, resourceName := range m.about(kind, c, above) {
			for _, fields := range []map[string]any{c.Where, c.Has} {
				for _, name := range slices.Sorted(maps.Keys(fields)) {
					m.meet(resourceName, name, fields[name])
				}
			}
			m.make(c.With, &resourceName)
		}
	}
}

// about returns the names of the resources that a check selects, at least one. With
// Some, the check gets its own resource.
func (m *maker) about(kind string, c controls.Check, above *string) []string {
	var resourceNames []string
	for _, r := range m.stack {
		if kindOf(r) == kind && (c.Resource == "" || must(path.Match(c.Resource, r.Resource))) && (above == nil && c.Some == "" || m.made(r.Resource, c, above)) {
			resourceNames = append(resourceNames, r.Resource)
		}
	}
	if len(resourceNames) > 0 {
		return resourceNames
	}
	r := resource(kind, c.Resource, c.Where)
	r.Resource += m.suffix(c, above)
	m.stack = append(m.stack, r)
	if above != nil {
		i := slices.IndexFunc(m.stack, func(r controls.Resource) bool { return r.Resource == *above })
		last := len(m.stack) - 1
		m.stack[i], m.stack[last] = relate(c, m.stack[i], m.stack[last])
	}
	return []string{r.Resource}
}

// made reports whether a resource was created for the same check.
func (m *maker) made(resourceName string, c controls.Check, above *string) bool {
	return strings.HasSuffix(resourceName, m.suffix(c, above))
}

// suffix returns the name suffix of resources that are created for one check.
func (*maker) suffix(c controls.Check, above *string) string {
	switch {
	case c.Resource != "" && !strings.HasSuffix(c.Resource, "*"):
		return ""
	case above != nil:
		return fmt.Sprint("-of-", *above, c.By, c.Behind)
	case c.Some != "":
		return fmt.Sprint("-for", c.Where, c.Has)
	default:
		return ""
	}
}

// meet sets a field to an expected value, and keeps its other expectations.
func (m *maker) meet(resourceName, field string, asked any) {
	v := meeting(asked)
	if v == nil {
		return
	}
	now := fieldOf(m.stack, resourceName, field)
	if items, ok := v.([]any); ok {
		for _, item := range list(now) {
			// Each item replaces one that also meets the expectation.
			if i := slices.IndexFunc(items, func(want any) bool { return covers(item, want) }); i >= 0 {
				items = slices.Delete(items, i, i+1)
			}
			items = append(items, item)
		}
		v = items
	}
	m.stack = with(m.stack, resourceName, field, v)
}

// covers reports whether an item has all fields of another item.
func covers(item, want any) bool {
	fields, ok := want.(map[string]any)
	if !ok {
		return fmt.Sprint(item) == fmt.Sprint(want)
	}
	has, _ := item.(map[string]any)
	for name, v := range fields {
		if !covers(has[name], v) {
			return false
		}
	}
	return true
}

// resource returns a new resource with the expected fields.
func resource(kind, glob string, all ...map[string]any) controls.Resource {
	service, name, _ := strings.Cut(kind, "/")
	resourceName := strings.ReplaceAll(glob, "*", "1")
	if resourceName == "" {
		resourceName = strings.ToLower(name)
	}
	object := map[string]any{
		"apiVersion": service + ".aws.m.upbound.io/v1beta1",
		"kind":       name,
		"metadata":   map[string]any{"name": resourceName + "-object"},
		"spec":       map[string]any{"forProvider": map[string]any{}},
	}
	for _, fields := range all {
		for _, f := range slices.Sorted(maps.Keys(fields)) {
			if v := meeting(fields[f]); v != nil {
				put(object, names(f), v)
			}
		}
	}
	return controls.Resource{Resource: resourceName, Object: encoded(object)}
}

// relate adds the relation that a check requires between a resource and the one
// above.
func relate(c controls.Check, above, here controls.Resource) (controls.Resource, controls.Resource) {
	from, to, field := &here, above, c.By
	if c.Behind != "" {
		from, to, field = &above, here, c.Behind
	}
	if field != "" {
		object := from.Object.AsMap()
		var ref any = map[string]any{"name": to.Object.AsMap()["metadata"].(map[string]any)["name"]} //nolint:forcetypeassert // Resources have names.
		if strings.HasSuffix(field, "Refs") {
			ref = append(slices.Clone(list(get(object, names(field)))), ref)
		}
		put(object, names(field), ref)
		from.Object = encoded(object)
	}
	for theirs, ours := range c.Same {
		object := here.Object.AsMap()
		put(object, names(theirs), get(above.Object.AsMap(), names(ours)))
		here.Object = encoded(object)
	}
	return above, here
}

// expectations returns all expectations for a field of a kind. A reference for a
// relation must only exist.
func expectations(checks []controls.Check, kind, field string) []any {
	var out []any
	for _, c := range checks {
		if _, same := c.Same[field]; same || c.By == field {
			out = append(out, map[string]any{"set": true})
		}
		for _, w := range c.With {
			if w.Behind == field {
				out = append(out, map[string]any{"set": true})
			}
		}
		if asked, ok := c.Has[field]; ok && c.Every+c.Each+c.Some == kind {
			out = append(out, asked)
		}
		out = append(out, expectations(c.With, kind, field)...)
		out = append(out, expectations(c.Else, kind, field)...)
	}
	return out
}

func without(stack []controls.Resource, which func(controls.Resource) bool) []controls.Resource {
	return slices.DeleteFunc(slices.Clone(stack), which)
}

// with returns a stack in which a field has another value. nil removes the field.
func with(stack []controls.Resource, resourceName, field string, v any) []controls.Resource {
	out := slices.Clone(stack)
	for i, r := range out {
		if r.Resource == resourceName {
			object := r.Object.AsMap()
			put(object, names(field), v)
			out[i].Object = encoded(object)
		}
	}
	return out
}

// withAll returns a stack in which a field of all resources of a kind has another
// value.
func withAll(stack []controls.Resource, kind, field string, v any) []controls.Resource {
	for _, r := range stack {
		if kindOf(r) == kind {
			stack = with(stack, r.Resource, field, v)
		}
	}
	return stack
}

// fieldOf returns the value of a field. It is nil if there is none.
func fieldOf(stack []controls.Resource, resourceName, field string) any {
	i := slices.IndexFunc(stack, func(r controls.Resource) bool { return r.Resource == resourceName })
	return get(stack[i].Object.AsMap(), names(field))
}

// names returns the path from the object's root to a field in the catalog.
func names(field string) []string {
	p := parsed(field)
	if p.Root {
		return p.Names
	}
	return append([]string{"spec", "forProvider"}, p.Names...)
}

func encoded(object map[string]any) *structpb.Struct { return must(structpb.NewStruct(object)) }

func kindOf(r controls.Resource) string {
	fields := r.Object.GetFields()
	service, _, _ := strings.Cut(fields["apiVersion"].GetStringValue(), ".")
	return service + "/" + fields["kind"].GetStringValue()
}
