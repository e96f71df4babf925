package wire

import (
	"bytes"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
)

// responseDesired is the field number in a response.
const responseDesired = 2

// EncodeDesired encodes the desired state of a response deterministically, and
// replaces it in the response by these bytes. On the wire, the response is the
// same. It can be sent again without another encoding.
func EncodeDesired(rsp *fnv1.RunFunctionResponse) error {
	buffer := buffers.Get().(*[]byte) //nolint:forcetypeassert // The pool contains nothing else.
	defer buffers.Put(buffer)
	b := append(slices.Grow((*buffer)[:0], int(largest.Load())), rsp.ProtoReflect().GetUnknown()...)
	b = append(b, tag(responseDesired), 0)
	start := len(b)
	b, err := appendState(b, rsp.GetDesired())
	if err != nil {
		return err
	}
	*buffer = closed(b, start)
	largest.Store(max(largest.Load(), int64(len(*buffer))))
	rsp.Desired = nil
	rsp.ProtoReflect().SetUnknown(bytes.Clone(*buffer)) // It may be kept for long, so it has no spare capacity.
	return nil
}

// buffers contains buffers for responses. A response has hundreds of kilobytes, so
// growing a buffer for each would copy it several times.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// largest is the size of the largest response. A buffer that was not in the pool
// gets this size.
var largest atomic.Int64

func appendState(b []byte, state *fnv1.State) ([]byte, error) {
	others := &fnv1.State{Composite: state.GetComposite()}
	others.ProtoReflect().SetUnknown(state.ProtoReflect().GetUnknown())
	b, err := appendMessage(b, others)
	if err != nil {
		return nil, err
	}
	objects := &writer{}
	for _, resourceName := range slices.Sorted(maps.Keys(state.GetResources())) {
		b = append(b, tag(stateResources), 0)
		entry := len(b)
		b = append(appendText(b, entryKey, resourceName), entryValue, 0)
		value := len(b)
		if b, err = objects.resource(b, state.GetResources()[resourceName]); err != nil {
			return nil, err
		}
		b = closed(closed(b, value), entry)
	}
	return b, nil
}

func (w *writer) resource(b []byte, r *fnv1.Resource) ([]byte, error) {
	if object := r.GetResource(); object != nil {
		b = append(b, tag(resourceObject), 0)
		start := len(b)
		b = closed(w.object(b, object), start)
	}
	if len(r.GetConnectionDetails()) == 0 && len(r.ProtoReflect().GetUnknown()) == 0 {
		if ready := r.GetReady(); ready != fnv1.Ready_READY_UNSPECIFIED {
			b = protowire.AppendVarint(append(b, readyField), uint64(ready)) //nolint:gosec // Never negative.
		}
		return b, nil
	}
	others := &fnv1.Resource{ConnectionDetails: r.GetConnectionDetails(), Ready: r.GetReady()}
	others.ProtoReflect().SetUnknown(r.ProtoReflect().GetUnknown())
	return appendMessage(b, others)
}

// readyField is the tag of a resource's readiness.
const readyField = 3<<3 | byte(protowire.VarintType)

func appendMessage(b []byte, m proto.Message) ([]byte, error) {
	return proto.MarshalOptions{Deterministic: true}.MarshalAppend(b, m) //nolint:wrapcheck // A placeholder.
}
