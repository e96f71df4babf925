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

// question is a question about an observed resource: the value at a path, or a
// condition.
type question struct{ resourceName, about string }

// asked contains all questions of a call and their answers. It does not keep a
// reference to the request.
type asked struct {
	values     map[question]wire.Value
	conditions map[question]Condition
	// walk finds the values. Questions about a resource usually follow each other.
	walk walk
	// copies is the current block for copies of values.
	copies []byte
	// now is the time of the call, and until the time at which an answer about time
	// changes. Both are zero if there are none.
	now, until time.Time
}

// At returns the same facts at a time. Without a time, Passed is always false.
func (o Observed) At(now time.Time) Observed {
	o.asked.now = now
	return o
}

// Passed reports whether the call is later than a moment.
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

// value returns the value at a path. It is nil if there is none.
func (o Observed) value(resourceName, path string) wire.Value {
	if o.object(resourceName) == nil {
		return nil
	}
	q := question{resourceName: resourceName, about: path}
	v, ok := o.asked.values[q]
	if !ok {
		v = o.asked.canonical(o.lookUp(q))
		o.asked.expect(len(o.resources))
		o.asked.values[q] = v
	}
	return v
}

// expect allocates memory for the questions of a call about a number of resources,
// before the first question. A cached response needs none.
func (a *asked) expect(resources int) {
	const each = 6 // The usual number of questions about a resource.
	if a.values == nil {
		a.values, a.conditions = make(map[question]wire.Value, each*resources), make(map[question]Condition, resources)
	}
}

// block is the size of a block for copies. A call copies thousands of values of a
// few bytes.
const block = 4 << 10

// canonical returns a copy of a value with canonical encoding.
func (a *asked) canonical(v wire.Value) wire.Value {
	if v == nil || !v.Ordered() || len(v) > block {
		return canonical(v)
	}
	if len(v) > cap(a.copies)-len(a.copies) {
		a.copies = make([]byte, 0, block)
	}
	start := len(a.copies)
	a.copies = append(a.copies, v...)
	return a.copies[start:len(a.copies):len(a.copies)]
}

// canonical returns a copy of a value with canonical encoding: equal values have
// equal bytes, although objects have no order.
func canonical(v wire.Value) wire.Value {
	if v.Ordered() {
		return bytes.Clone(v)
	}
	return wire.AppendValue(nil, v.Message())
}

// lookUp returns the value at a path in the encoded request.
func (o Observed) lookUp(q question) wire.Value {
	return o.asked.walk.value(o.object(q.resourceName), q.resourceName, parsed(q.about))
}

// walk finds values. It starts each walk where the path leaves the last one.
type walk struct {
	resourceName string
	path         fieldpath.Segments
	above        []wire.Value
}

// value returns the value at a path of an object. It is nil if there is none.
func (w *walk) value(object wire.Struct, resourceName string, path fieldpath.Segments) wire.Value {
	shared := 0
	if resourceName == w.resourceName {
		for shared < min(len(path), len(w.path)) && path[shared] == w.path[shared] {
			shared++
		}
	}
	w.resourceName, w.path, w.above = resourceName, path, w.above[:shared]
	for i, s := range path[shared:] {
		var v wire.Value
		switch {
		case i+shared == 0:
			v = object.Field(s.Field)
		case s.Type == fieldpath.SegmentIndex:
			v = w.above[i+shared-1].Item(int(s.Index)) //nolint:gosec // An index in one of the function's paths.
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

// paths caches all parsed paths. There are few: those that tiers use, and lists
// that they compose.
var paths sync.Map

// parsed returns the segments of a path. It is empty for an invalid path.
func parsed(path string) fieldpath.Segments {
	if s, ok := paths.Load(path); ok {
		return s.(fieldpath.Segments) //nolint:forcetypeassert // The map contains only segments.
	}
	s, _ := fieldpath.Parse(path) //nolint:errcheck // An invalid path matches nothing.
	paths.Store(path, s)
	return s
}

// conditions is the path of conditions.
const conditions = "status.conditions"

// lookUpCondition returns a condition in an encoded object.
func (o Observed) lookUpCondition(resourceName string, object wire.Struct, conditionType string) wire.Struct {
	return conditionIn(o.asked.walk.value(object, resourceName, parsed(conditions)), conditionType)
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

// Questions contains the questions and answers of a call.
type Questions struct {
	resourceNames []string
	// values and conditions are sorted, so that questions about the same object and
	// about neighboring fields are adjacent.
	values     []answered[wire.Value]
	conditions []answered[Condition]
	// until is the time at which an answer about time changes. Zero means never.
	until time.Time
}

type answered[A any] struct {
	question

	// path to the value.
	path   fieldpath.Segments
	answer A
}

// Questions returns all questions so far.
func (o Observed) Questions() Questions {
	path := func(q question) fieldpath.Segments { return parsed(q.about) }
	condition := func(question) fieldpath.Segments { return parsed(conditions) }
	return Questions{resourceNames: o.resourceNames, values: sorted(o.asked.values, path), conditions: sorted(o.asked.conditions, condition), until: o.asked.until}
}

func sorted[A any](asked map[question]A, path func(question) fieldpath.Segments) []answered[A] {
	out := make([]answered[A], 0, len(asked))
	for q, a := range asked {
		out = append(out, answered[A]{question: q, path: path(q), answer: a})
	}
	slices.SortFunc(out, func(a, b answered[A]) int {
		return cmp.Or(strings.Compare(a.resourceName, b.resourceName), strings.Compare(a.about, b.about))
	})
	return out
}

// Values yields resource and path of each value.
func (q Questions) Values(yield func(resourceName, path string) bool) {
	for _, v := range q.values {
		if !yield(v.resourceName, v.about) {
			return
		}
	}
}

// Same reports whether other observed resources give the same answers. A response
// that depends only on these answers is then the same.
func (q Questions) Same(o Observed) bool {
	if !slices.Equal(q.resourceNames, o.resourceNames) || !q.until.IsZero() && !o.asked.now.Before(q.until) {
		return false
	}
	w := walk{}
	for _, v := range q.values {
		if !same(v.answer, w.value(o.resources[v.resourceName], v.resourceName, v.path)) {
			return false
		}
	}
	for _, want := range q.conditions {
		list := w.value(o.object(want.resourceName), want.resourceName, want.path)
		c := conditionIn(list, want.about)
		if !c.Field("status").Is(want.answer.Status) || !c.Field("reason").Is(want.answer.Reason) || !c.Field("message").Is(want.answer.Message) {
			return false
		}
	}
	return true
}

// same reports whether a value equals a canonical one.
func same(want, got wire.Value) bool {
	if !got.Ordered() {
		got = canonical(got)
	}
	return bytes.Equal(want, got)
}

// Size estimates the memory of the questions in bytes.
func (q Questions) Size() int {
	const each = 120 // Slice and string headers of a question and its answer.
	size := 0
	for _, v := range q.values {
		size += each + len(v.resourceName) + len(v.about) + len(v.answer)
	}
	for _, c := range q.conditions {
		size += each + len(c.resourceName) + len(c.about) + len(c.answer.Status) + len(c.answer.Reason) + len(c.answer.Message)
	}
	return size
}
