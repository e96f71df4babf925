package facts

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/crossplane/crossplane-runtime/v2/pkg/fieldpath"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

// question is what can be asked of an observed resource: the value at a path, or
// a condition.
type question struct{ resourceName, about string }

// asked is all questions of a call so far, with their answers. Nothing in it
// holds on to the request.
type asked struct {
	values     map[question]wire.Value
	conditions map[question]Condition
	// now is the time of the call, and until when its answers about time hold; both
	// are zero if there are none.
	now, until time.Time
}

// At returns the same facts at a time. Without one nothing has passed.
func (o Observed) At(now time.Time) Observed {
	o.asked.now = now
	return o
}

// Passed reports whether a moment has passed.
func (o Observed) Passed(moment time.Time) bool {
	switch {
	case o.asked.now.IsZero():
		return false
	case !o.asked.now.Before(moment):
		return true
	}
	if o.asked.until.IsZero() || moment.Before(o.asked.until) {
		o.asked.until = moment
	}
	return false
}

// value is the value at a path, nil if there is none.
func (o Observed) value(resourceName, path string) wire.Value {
	if !o.Has(resourceName) {
		return nil
	}
	q := question{resourceName: resourceName, about: path}
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
	w := walk{}
	return w.value(o.resources[q.resourceName], q)
}

// walk finds values, each from where the way to it leaves that to the last one.
type walk struct {
	resourceName string
	path         fieldpath.Segments
	above        []wire.Value
}

// value is the value at a path of a name's object, nil if there is none.
func (w *walk) value(object wire.Struct, q question) wire.Value {
	path, shared := parsed(q.about), 0
	if q.resourceName == w.resourceName {
		for shared < min(len(path), len(w.path)) && path[shared] == w.path[shared] {
			shared++
		}
	}
	w.resourceName, w.path, w.above = q.resourceName, path, w.above[:shared]
	for i, s := range path[shared:] {
		var v wire.Value
		switch {
		case i+shared == 0:
			v = object.Field(s.Field)
		case s.Type == fieldpath.SegmentIndex:
			v = w.above[i+shared-1].Item(int(s.Index)) //nolint:gosec // An index of a path of ours.
		default:
			v = w.above[i+shared-1].Struct().Field(s.Field)
		}
		w.above = append(w.above, v)
	}
	if len(path) == 0 {
		return nil
	}
	return w.above[len(path)-1]
}

// paths are all paths that were ever parsed. They are few: those that tiers
// write, and the lists that they compose.
var paths sync.Map

// parsed is the steps of a path, none of a path that is none.
func parsed(path string) fieldpath.Segments {
	if s, ok := paths.Load(path); ok {
		return s.(fieldpath.Segments) //nolint:forcetypeassert // Nothing else is stored.
	}
	s, _ := fieldpath.Parse(path) //nolint:errcheck // A path that is none leads nowhere.
	paths.Store(path, s)
	return s
}

// conditions is the path of an object's conditions.
const conditions = "status.conditions"

// lookUpCondition finds a condition of an object where it lies.
func lookUpCondition(object wire.Struct, conditionType string) wire.Struct {
	w := walk{}
	return conditionIn(w.value(object, question{about: conditions}), conditionType)
}

func conditionIn(list wire.Value, conditionType string) wire.Struct {
	for c := range list.Items {
		if c.Struct().Field("type").Is(conditionType) {
			return c.Struct()
		}
	}
	return nil
}

func conditionOf(c wire.Struct) Condition {
	return Condition{Status: c.Field("status").Text(), Reason: c.Field("reason").Text(), Message: c.Field("message").Text()}
}

// Questions is what a call asked of observed resources, and the answers.
type Questions struct {
	resourceNames []string
	// values and conditions are sorted, so that questions about one object, and
	// about neighbours in it, follow each other.
	values     []answered[wire.Value]
	conditions []answered[Condition]
	// until is when an answer about time will be another one; zero if never.
	until time.Time
}

type answered[A any] struct {
	question

	answer A
}

// Questions returns what was asked so far.
func (o Observed) Questions() Questions {
	return Questions{resourceNames: o.resourceNames, values: sorted(o.asked.values), conditions: sorted(o.asked.conditions), until: o.asked.until}
}

func sorted[A any](asked map[question]A) []answered[A] {
	out := make([]answered[A], 0, len(asked))
	for q, a := range asked {
		out = append(out, answered[A]{question: q, answer: a})
	}
	slices.SortFunc(out, func(a, b answered[A]) int {
		return cmp.Or(strings.Compare(a.resourceName, b.resourceName), strings.Compare(a.about, b.about))
	})
	return out
}

// Values calls yield with the resource and path of every value that was asked
// for.
func (q Questions) Values(yield func(resourceName, path string) bool) {
	for _, v := range q.values {
		if !yield(v.resourceName, v.about) {
			return
		}
	}
}

// Same is whether other observed resources answer all questions alike. Whoever
// knows nothing else of observed resources then cannot tell them apart.
func (q Questions) Same(o Observed) bool {
	if !slices.Equal(q.resourceNames, o.resourceNames) || !q.until.IsZero() && !o.asked.now.Before(q.until) {
		return false
	}
	w := walk{}
	for _, v := range q.values {
		if !same(v.answer, w.value(o.resources[v.resourceName], v.question)) {
			return false
		}
	}
	for _, want := range q.conditions {
		list := w.value(o.object(want.resourceName), question{resourceName: want.resourceName, about: conditions})
		c := conditionIn(list, want.about)
		if !c.Field("status").Is(want.answer.Status) || !c.Field("reason").Is(want.answer.Reason) || !c.Field("message").Is(want.answer.Message) {
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
	const each = 96 // Headers of the texts and bytes of a question and its answer.
	size := 0
	for _, v := range q.values {
		size += each + len(v.resourceName) + len(v.about) + len(v.answer)
	}
	for _, c := range q.conditions {
		size += each + len(c.resourceName) + len(c.about) + len(c.answer.Status) + len(c.answer.Reason) + len(c.answer.Message)
	}
	return size
}
