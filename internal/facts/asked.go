package facts

import (
	"bytes"
	"slices"
	"sync"

	"github.com/crossplane/crossplane-runtime/v2/pkg/fieldpath"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

// question is what can be asked of an observed resource: the value at a path, or
// a condition.
type question struct{ role, about string }

// asked is all questions of a call so far, with their answers. Nothing in it
// holds on to the request.
type asked struct {
	values     map[question]wire.Value
	conditions map[question]Condition
}

// value is the value at a path, nil if there is none.
func (o Observed) value(role, path string) wire.Value {
	if !o.Has(role) {
		return nil
	}
	q := question{role: role, about: path}
	v, ok := o.asked.values[q]
	if !ok {
		v = canonical(o.lookUp(q))
		o.asked.values[q] = v
	}
	return v
}

// canonical is a value of its own, the same bytes for the same value: objects
// have no order.
func canonical(v wire.Value) wire.Value {
	if v.Ordered() {
		return bytes.Clone(v)
	}
	return wire.AppendValue(nil, v.Message())
}

// lookUp finds the value at a path where it lies.
func (o Observed) lookUp(q question) wire.Value {
	object := o.resources[q.role]
	var v wire.Value
	for i, s := range parsed(q.about) {
		switch {
		case s.Type == fieldpath.SegmentIndex:
			v = v.Item(int(s.Index)) //nolint:gosec // An index of a path of ours.
		case i == 0:
			v = object.Field(s.Field)
		default:
			v = v.Struct().Field(s.Field)
		}
	}
	return v
}

// paths are all paths that were ever parsed. They are few: those that tiers
// write, and the lists that they compose.
var paths sync.Map

// parsed is the steps of a path, none of a path that is none.
func parsed(path string) fieldpath.Segments {
	if s, ok := paths.Load(path); ok {
		return s.(fieldpath.Segments) //nolint:forcetypeassert // Nothing else is stored.
	}
	s, _ := fieldpath.Parse(path)
	paths.Store(path, s)
	return s
}

// condition finds a condition where it lies.
func (o Observed) condition(q question) Condition {
	c := o.lookUpCondition(q)
	return Condition{Status: c.Field("status").Text(), Reason: c.Field("reason").Text(), Message: c.Field("message").Text()}
}

func (o Observed) lookUpCondition(q question) wire.Struct {
	for c := range o.resources[q.role].Field("status").Struct().Field("conditions").Items {
		if c.Struct().Field("type").Is(q.about) {
			return c.Struct()
		}
	}
	return nil
}

// Questions is what a call asked of observed resources, and the answers.
type Questions struct {
	roles []string
	asked *asked
}

// Questions returns what was asked so far.
func (o Observed) Questions() Questions { return Questions{roles: o.roles, asked: o.asked} }

// Same is whether other observed resources answer all questions alike. Whoever
// knows nothing else of observed resources then cannot tell them apart.
func (q Questions) Same(o Observed) bool {
	if !slices.Equal(q.roles, o.roles) {
		return false
	}
	for question, want := range q.asked.values {
		if !same(want, o.lookUp(question)) {
			return false
		}
	}
	for question, want := range q.asked.conditions {
		c := o.lookUpCondition(question)
		if !c.Field("status").Is(want.Status) || !c.Field("reason").Is(want.Reason) || !c.Field("message").Is(want.Message) {
			return false
		}
	}
	return true
}

// same is whether a value is the canonical one that is wanted.
func same(want, got wire.Value) bool {
	if !got.Ordered() {
		got = canonical(got)
	}
	return bytes.Equal(want, got)
}

// Size is about how many bytes of memory the questions take.
func (q Questions) Size() int {
	const each = 128 // Two headers of texts, one of bytes or three more of texts, and their places in a map.
	size := 0
	for question, v := range q.asked.values {
		size += each + len(question.role) + len(question.about) + len(v)
	}
	for question, c := range q.asked.conditions {
		size += each + len(question.role) + len(question.about) + len(c.Status) + len(c.Reason) + len(c.Message)
	}
	return size
}
