// Package cache stores responses. Crossplane reconciles every stack about once a
// minute, and usually nothing has changed.
//
// A cached response is returned only if composing would produce the same response.
// The request must be equal except for observed resources, and these must provide
// the same facts as before. Since Compose gets no other input, a cached response is
// never stale.
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

const errEncode = "cannot encode desired resources: %w"

// Compose composes a response from a request without observed resources and tag,
// and from the facts about these resources.
type Compose func(rest *fnv1.RunFunctionRequest, observed facts.Observed) (*fnv1.RunFunctionResponse, error)

// Cache contains the last response of each recently reconciled stack.
type Cache struct {
	limit int
	// clock returns the time of a call.
	clock func() time.Time

	mu      sync.Mutex
	size    int
	answers *list.List // Most recently used first.
	byStack map[stack]*list.Element
}

// New returns a cache with a maximum size in bytes. With zero, it stores nothing.
// clock is the source of time for timeouts. Without it, there are none.
func New(limit int, clock func() time.Time) *Cache {
	return &Cache{limit: limit, clock: clock, answers: list.New(), byStack: map[stack]*list.Element{}}
}

// stack identifies a stack. The UID distinguishes it from an earlier stack with the
// same name.
type stack struct{ namespace, name, uid string }

// entry is a response and the conditions under which it is valid.
type entry struct {
	stack     stack
	rest      [sha256.Size]byte
	questions facts.Questions
	// response contains the encoded desired state. It is read-only.
	response *fnv1.RunFunctionResponse
	size     int
}

// Respond returns the cached response to a request, or composes one. The cache
// stores responses over the wire only: their desired state is encoded, which other
// callers could not read.
func (m *Cache) Respond(req *fnv1.RunFunctionRequest, compose Compose) (*fnv1.RunFunctionResponse, error) {
	observed := facts.From(req)
	if m.clock != nil {
		observed = observed.At(m.clock())
	}
	xr := wire.Unread(req.GetObserved().GetComposite())
	rest, err := hash(req)
	if xr == nil || err != nil { // A message that cannot be encoded did not arrive over the wire.
		rsp, err := compose(Rest(req), observed)
		return tagged(rsp, req), err
	}
	a := &entry{stack: stackOf(xr), rest: rest}
	if known := m.find(a.stack); known != nil && known.rest == a.rest && known.questions.Same(observed) {
		return tagged(known.response, req), nil
	}
	if a.response, err = compose(Rest(req), observed); err != nil {
		return nil, err
	}
	if err := wire.EncodeDesired(a.response); err != nil {
		return nil, fmt.Errorf(errEncode, err)
	}
	if m.limit == 0 {
		return tagged(a.response, req), nil
	}
	a.questions = observed.Questions()
	a.size = proto.Size(a.response) + a.questions.Size()
	m.keep(a)
	return tagged(a.response, req), nil
}

// find returns the cached response of a stack. It is nil if there is none.
func (m *Cache) find(s stack) *entry {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.byStack[s]
	if e == nil {
		return nil
	}
	m.answers.MoveToFront(e)
	return e.Value.(*entry) //nolint:forcetypeassert // The list has no other elements.
}

// keep stores a response instead of the stack's last one. If there is no room, it
// evicts the least recently used responses.
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
	a := m.answers.Remove(e).(*entry) //nolint:forcetypeassert // The list has no other elements.
	delete(m.byStack, a.stack)
	m.size -= a.size
}
