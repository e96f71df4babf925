package facts

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"github.com/crossplane/crossplane-runtime/v2/pkg/fieldpath"
	"k8s.io/utils/lru"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

// Questions contains the questions and answers of a call.
type Questions struct {
	// resources contains all observed resources, sorted by name.
	resources []answers
	composite answers
	// until is the time at which an answer about time changes. Zero means never.
	until time.Time
}

// answers contains the questions about an object, and their answers.
type answers struct {
	resourceName string
	questions    *questions
	// values and conditions have the same order as the questions.
	values     []wire.Value
	conditions []Condition
}

// questions contains questions about an object: paths of values, and types of
// conditions. Both are sorted. Objects of a kind usually have the same questions.
type questions struct {
	paths, conditionTypes []string
	// root contains all paths, so that an object is read once.
	root node
}

// node is a value of an object. Below it are other values.
type node struct {
	// path is the index of the path that ends here. It is negative if there is none.
	path int
	// conditions reports whether this is the list of conditions, and there are
	// questions about them.
	conditions bool
	// fields and items are below it.
	fields []string
	field  []node
	items  []uint
	item   []node
}

// Questions returns all questions so far.
func (o Observed) Questions() Questions {
	values, conditions := sorted(o.asked.values), sorted(o.asked.conditions)
	b := builder{values: make([]wire.Value, 0, len(values)), conditions: make([]Condition, 0, len(conditions))}
	out := Questions{
		resources: make([]answers, 0, len(o.names())),
		composite: b.answers(compositeName, about(values, compositeName), about(conditions, compositeName)),
		until:     o.asked.until,
	}
	for _, resourceName := range o.names() {
		out.resources = append(out.resources, b.answers(resourceName, about(values, resourceName), about(conditions, resourceName)))
	}
	return out
}

// answered is a question with its answer.
type answered[A any] struct {
	question

	answer A
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

// about returns the questions about a resource.
func about[A any](all []answered[A], resourceName string) []answered[A] {
	first, _ := slices.BinarySearchFunc(all, resourceName, func(a answered[A], name string) int { return strings.Compare(a.resourceName, name) })
	last := first
	for last < len(all) && all[last].resourceName == resourceName {
		last++
	}
	return all[first:last]
}

// builder allocates memory for all answers at once.
type builder struct {
	values     []wire.Value
	conditions []Condition
}

func (b *builder) answers(resourceName string, values []answered[wire.Value], conditions []answered[Condition]) answers {
	firstValue, firstCondition := len(b.values), len(b.conditions)
	paths, conditionTypes := make([]string, 0, len(values)), make([]string, 0, len(conditions))
	for _, v := range values {
		paths, b.values = append(paths, v.about), append(b.values, v.answer)
	}
	for _, c := range conditions {
		conditionTypes, b.conditions = append(conditionTypes, c.about), append(b.conditions, c.answer)
	}
	return answers{
		resourceName: resourceName,
		questions:    questionsAbout(paths, conditionTypes),
		values:       b.values[firstValue:len(b.values):len(b.values)],
		conditions:   b.conditions[firstCondition:len(b.conditions):len(b.conditions)],
	}
}

// known contains the last questions. Stacks share them.
var known = lru.New(1024)

func questionsAbout(paths, conditionTypes []string) *questions {
	key := key(paths, conditionTypes)
	if q, ok := known.Get(key); ok {
		return q.(*questions) //nolint:forcetypeassert // The cache contains only questions.
	}
	q := &questions{paths: paths, conditionTypes: conditionTypes, root: node{path: -1}}
	for i, path := range paths {
		if at := q.root.below(parsed(path)); at != &q.root { // No value has an invalid path.
			at.path = i
		}
	}
	if len(conditionTypes) > 0 {
		q.root.below(parsed(conditions)).conditions = true
	}
	known.Add(key, q)
	return q
}

// key returns a string that is unique for these lists, because it contains lengths.
func key(lists ...[]string) string {
	var b []byte
	for _, list := range lists {
		b = binary.AppendUvarint(b, uint64(len(list)))
		for _, text := range list {
			b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
		}
	}
	return string(b)
}

// below returns the node at a path. The first segment is always a field, because a
// resource is an object.
func (n *node) below(path fieldpath.Segments) *node {
	at := n
	for i, s := range path {
		if i > 0 && s.Type == fieldpath.SegmentIndex {
			at = child(&at.items, &at.item, s.Index)
		} else {
			at = child(&at.fields, &at.field, s.Field)
		}
	}
	return at
}

// child returns the node of a field or an item. It adds it if there is none.
func child[K comparable](keys *[]K, nodes *[]node, key K) *node {
	i := slices.Index(*keys, key)
	if i < 0 {
		i = len(*keys)
		*keys, *nodes = append(*keys, key), append(*nodes, node{path: -1})
	}
	return &(*nodes)[i]
}

// Values yields resource and path of each value.
func (q Questions) Values(yield func(resourceName, path string) bool) {
	for _, r := range q.resources {
		for _, path := range r.questions.paths {
			if !yield(r.resourceName, path) {
				return
			}
		}
	}
}

// Same reports whether other observed resources give the same answers. A response
// that depends only on these answers is then the same.
func (q Questions) Same(o Observed) bool {
	if len(o.seen) != len(q.resources) && o.count() != len(q.resources) || !q.until.IsZero() && !o.asked.now.Before(q.until) {
		return false
	}
	r := reader{}
	for i := range q.resources {
		object := wire.Object(o.seen[q.resources[i].resourceName])
		if object == nil || !r.same(&q.resources[i], object) {
			return false
		}
	}
	return r.same(&q.composite, o.composite)
}

// reader compares objects with earlier answers. It reads every field at most once.
type reader struct {
	*answers

	// found contains the values of the fields of the current object, and of all
	// objects above it.
	found []wire.Value
}

func (r *reader) same(a *answers, object wire.Struct) bool {
	r.answers, r.found = a, r.found[:0]
	return r.sameFields(&a.questions.root, object)
}

func (r *reader) sameFields(n *node, object wire.Struct) bool {
	if len(n.fields) == 0 {
		return true
	}
	first := len(r.found)
	r.found = object.Fields(n.fields, r.found)
	for i := range n.field {
		if !r.sameValue(&n.field[i], r.found[first+i]) {
			return false
		}
	}
	r.found = r.found[:first]
	return true
}

func (r *reader) sameValue(n *node, v wire.Value) bool {
	if n.path >= 0 && !same(r.values[n.path], v) || n.conditions && !r.sameConditions(v) {
		return false
	}
	for i := range n.item {
		if !r.sameValue(&n.item[i], v.Item(int(n.items[i]))) { //nolint:gosec // An index in one of the function's paths.
			return false
		}
	}
	return r.sameFields(n, v.Struct())
}

// conditionFields lists the fields of a condition: its type, and those of Condition.
var conditionFields = []string{"type", "status", "reason", "message"}

func (r *reader) sameConditions(list wire.Value) bool {
	first := len(r.found)
	for c := range list.Items {
		r.found = c.Struct().Fields(conditionFields, r.found)
	}
	for i, conditionType := range r.questions.conditionTypes {
		all := r.found[first:]
		for len(all) > 0 && !all[0].Is(conditionType) {
			all = all[len(conditionFields):]
		}
		if len(all) == 0 {
			all = make([]wire.Value, len(conditionFields))
		}
		if want := r.conditions[i]; !all[1].Is(want.Status) || !all[2].Is(want.Reason) || !all[3].Is(want.Message) {
			return false
		}
	}
	r.found = r.found[:first]
	return true
}

// same reports whether a value equals a canonical one. Almost always, it does, and
// then needs no decoding.
func same(want, got wire.Value) bool {
	if got.Ordered() {
		return bytes.Equal(want, got)
	}
	return got.Same(want) || bytes.Equal(want, canonical(got))
}

// Size estimates the memory of the questions in bytes. Stacks share the questions
// themselves.
func (q Questions) Size() int {
	size := q.composite.size()
	for _, r := range q.resources {
		size += r.size()
	}
	return size
}

func (a answers) size() int {
	const each, value, condition = 72, 24, 48 // Slice and string headers.
	size := each + len(a.resourceName)
	for _, v := range a.values {
		size += value + len(v)
	}
	for _, c := range a.conditions {
		size += condition + len(c.Status) + len(c.Reason) + len(c.Message)
	}
	return size
}
