package facts

import (
	"bytes"
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
	// objects contains the observed objects, and names their names, sorted. Both are
	// nil before the first question, because a cached response needs none.
	objects map[string]wire.Struct
	names   []string

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
	object := o.object(resourceName)
	if object == nil {
		return nil
	}
	q := question{resourceName: resourceName, about: path}
	v, ok := o.asked.values[q]
	if !ok {
		v = o.asked.canonical(o.asked.walk.value(object, resourceName, parsed(path)))
		o.asked.expect(len(o.seen))
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
	return v.AppendCanonical(nil)
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
