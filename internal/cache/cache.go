// Package cache remembers answers. Crossplane asks about every stack once a
// minute for ever, and nearly always nothing has changed since.
//
// An answer is given again only if it would be made again: the request is the
// same but for observed resources, and those would answer all that was asked of
// them alike. Whoever makes answers is given nothing else, so none is ever stale.
package cache

import (
	"container/list"
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/proto"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

const errEncode = "cannot encode what is desired: %w"

// Compose makes an answer of a request without observed resources and tag, and of
// the facts about those resources.
type Compose func(rest *fnv1.RunFunctionRequest, observed facts.Observed) (*fnv1.RunFunctionResponse, error)

// Cache is the last answer to each of those stacks that were asked about last.
type Cache struct {
	limit int
	// clock tells the time of a call.
	clock func() time.Time

	mu      sync.Mutex
	size    int
	answers *list.List // The one that was given last is in front.
	byStack map[stack]*list.Element
}

// New returns a cache that holds so many bytes. With none it remembers nothing.
// The clock tells what has taken too long; without one nothing has.
func New(limit int, clock func() time.Time) *Cache {
	return &Cache{limit: limit, clock: clock, answers: list.New(), byStack: map[stack]*list.Element{}}
}

// stack tells one from all others, also from one of the same name that was
// there before.
type stack struct{ namespace, name, uid string }

// entry is an answer, and what it is true of.
type entry struct {
	stack     stack
	rest      [sha256.Size]byte
	questions facts.Questions
	// response has what is desired encoded. Nobody changes it.
	response *fnv1.RunFunctionResponse
	size     int
}

// Respond returns the remembered answer to a request, or has one made. It
// remembers for those who call over the wire: it keeps what is desired encoded,
// and all others want to read it.
func (m *Cache) Respond(req *fnv1.RunFunctionRequest, compose Compose) (*fnv1.RunFunctionResponse, error) {
	rest, observed := Rest(req), facts.From(req)
	if m.clock != nil {
		observed = observed.At(m.clock())
	}
	// Encoded alike each time. What cannot be encoded did not come over the wire.
	encoded, err := proto.MarshalOptions{Deterministic: true}.Marshal(rest)
	if wire.Unread(req.GetObserved().GetComposite()) == nil || err != nil {
		rsp, err := compose(rest, observed)
		return tagged(rsp, req), err
	}
	a := &entry{stack: stackOf(rest), rest: sha256.Sum256(encoded)}
	if known := m.find(a.stack); known != nil && known.rest == a.rest && known.questions.Same(observed) {
		return tagged(known.response, req), nil
	}
	if a.response, err = compose(rest, observed); err != nil {
		return nil, err
	}
	if err := wire.EncodeDesired(a.response); err != nil {
		return nil, fmt.Errorf(errEncode, err)
	}
	a.questions = observed.Questions()
	a.size = proto.Size(a.response) + a.questions.Size()
	m.keep(a)
	return tagged(a.response, req), nil
}

// find returns the answer to a stack that is remembered, nil if there is none.
func (m *Cache) find(s stack) *entry {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.byStack[s]
	if e == nil {
		return nil
	}
	m.answers.MoveToFront(e)
	return e.Value.(*entry) //nolint:forcetypeassert // Nothing else is in the list.
}

// keep remembers an answer in place of the last one to its stack, and forgets
// those that were not given for the longest time where there is no room.
func (m *Cache) keep(a *entry) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.byStack[a.stack]; e != nil {
		m.forget(e)
	}
	m.byStack[a.stack] = m.answers.PushFront(a)
	m.size += a.size
	for m.size > m.limit {
		m.forget(m.answers.Back())
	}
}

func (m *Cache) forget(e *list.Element) {
	a := m.answers.Remove(e).(*entry) //nolint:forcetypeassert // Nothing else is in the list.
	delete(m.byStack, a.stack)
	m.size -= a.size
}
