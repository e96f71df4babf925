// Package wire keeps observed resources encoded, and reads the few required values
// directly from the bytes. Decoding all resources would cost several times as much
// as the rest of a call.
//
// The values equal those of a normal decoder: bytes stay encoded only in the plain
// form that every encoder writes. All other messages are decoded normally,
// including their errors.
package wire

import (
	"context"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/encoding"
	encodingproto "google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Codec decodes requests, but keeps the observed composite and its resources
// encoded. A server with this codec also needs its interceptor.
type Codec struct {
	encoding.CodecV2

	// lent contains the buffers of all requests in progress.
	lent *sync.Map
	// buffers contains buffers for further requests. Unlike those of gRPC's pool,
	// they are not cleared.
	buffers *sync.Pool
}

// NewCodec returns the codec.
func NewCodec() Codec {
	return Codec{CodecV2: encoding.GetCodecV2(encodingproto.Name), lent: &sync.Map{}, buffers: &sync.Pool{New: func() any { return new([]byte) }}}
}

// Unmarshal decodes a message.
func (c Codec) Unmarshal(data mem.BufferSlice, v any) error {
	req, ok := v.(*fnv1.RunFunctionRequest)
	if !ok {
		return c.CodecV2.Unmarshal(data, v) //nolint:wrapcheck // A placeholder.
	}
	buffer := c.buffers.Get().(*[]byte) //nolint:forcetypeassert // The pool contains nothing else.
	*buffer = slices.Grow((*buffer)[:0], data.Len())[:data.Len()]
	data.CopyTo(*buffer)
	if err := Unmarshal(*buffer, req); err != nil {
		c.buffers.Put(buffer)
		return err
	}
	c.lent.Store(req, buffer)
	return nil
}

// Marshal encodes a message. It does not copy the encoded desired state of a
// response, which is almost all of it. gRPC's interceptors must not use the response
// at the same time.
func (c Codec) Marshal(v any) (mem.BufferSlice, error) {
	rsp, ok := v.(*fnv1.RunFunctionResponse)
	if !ok || len(rsp.ProtoReflect().GetUnknown()) == 0 {
		return c.CodecV2.Marshal(v) //nolint:wrapcheck // A placeholder.
	}
	message := rsp.ProtoReflect()
	encoded := message.GetUnknown()
	message.SetUnknown(nil)
	out, err := c.CodecV2.Marshal(rsp)
	message.SetUnknown(encoded)
	return append(out, mem.SliceBuffer(encoded)), err
}

// Intercept releases the buffer of a request after its response. A request has
// about a megabyte, which would cause most of the garbage collection. The request
// must not be used after that. Decoded values are copies, so responses may contain
// them.
func (c Codec) Intercept(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	defer func() {
		if buffer, ok := c.lent.LoadAndDelete(req); ok {
			c.buffers.Put(buffer)
		}
	}()
	return handler(ctx, req)
}

// Unmarshal decodes a request like proto.Unmarshal, but keeps the observed
// composite and its resources encoded. It keeps a reference to the bytes.
func Unmarshal(b []byte, req *fnv1.RunFunctionRequest) error {
	if unread(b, req) {
		return nil
	}
	return proto.Unmarshal(b, req) //nolint:wrapcheck // A placeholder.
}

// Unread returns the bytes of a resource's object if it is still encoded, and nil
// otherwise.
//
// The bytes are stored as protobuf's unknown fields, so the message is the same on
// the wire, and when it is cloned or compared. Protobuf knows this field number, so
// no real unknown field can have it.
func Unread(r *fnv1.Resource) Struct {
	content, _, _ := take(r.ProtoReflect().GetUnknown(), tag(resourceObject))
	return content
}

// Object returns the bytes of a resource's object. It is nil if there is none.
func Object(r *fnv1.Resource) Struct {
	if object := r.GetResource(); object != nil {
		return AppendStruct(Struct{}, object)
	}
	return Unread(r)
}

// HasObject reports whether a resource has an object.
func HasObject(r *fnv1.Resource) bool { return r.GetResource() != nil || Unread(r) != nil }

// Shallow returns a shallow copy of a message.
func Shallow[M proto.Message](message M) M {
	out := message.ProtoReflect().New()
	message.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		out.Set(field, v)
		return true
	})
	out.SetUnknown(message.ProtoReflect().GetUnknown())
	return out.Interface().(M) //nolint:forcetypeassert // The new message has the same type.
}

// Field numbers on the path to an observed object.
const (
	requestObserved = 2
	stateComposite  = 1
	stateResources  = 2
	resourceObject  = 1
)

// tag returns the tag of a length-delimited field.
func tag(number byte) byte { return number<<3 | byte(protowire.BytesType) }

// unread decodes a request, but keeps observed objects encoded. It reports false if
// something is not in plain form.
func unread(b []byte, req *fnv1.RunFunctionRequest) bool {
	observed, others, ok := part(b, requestObserved)
	if !ok || len(observed) > 1 || proto.Unmarshal(others, req) != nil {
		return false
	}
	if len(observed) == 0 {
		return true
	}
	req.Observed = &fnv1.State{}
	content, _, _ := take(observed[0], tag(requestObserved))
	return unreadState(content, req.GetObserved())
}

func unreadState(b []byte, state *fnv1.State) bool {
	var composite, others []byte
	entries := 0
	for at := 0; at < len(b); {
		if _, end := within(b, at, tag(stateResources)); end >= 0 {
			entries++
			at = end
			continue
		}
		if start, end := within(b, at, tag(stateComposite)); end >= 0 && composite == nil {
			composite = b[start:end:end]
			at = end
			continue
		}
		number, _, n := protowire.ConsumeField(b[at:])
		if n < 0 || number == stateResources || number == stateComposite {
			return false
		}
		others = append(others, b[at:at+n]...)
		at += n
	}
	if len(others) > 0 && proto.Unmarshal(others, state) != nil {
		return false
	}
	if composite != nil {
		state.Composite = &fnv1.Resource{}
		if !unreadResource(composite, state.GetComposite()) {
			return false
		}
	}
	return entries == 0 || unreadResources(b, entries, state)
}

// unreadResources decodes the resources of a state. It allocates memory for all of
// them at once.
func unreadResources(b []byte, entries int, state *fnv1.State) bool {
	const usual = 32 // The usual length of a name.
	names, resources := strings.Builder{}, make([]fnv1.Resource, entries)
	names.Grow(usual * entries)
	state.Resources = make(map[string]*fnv1.Resource, entries)
	for at := 0; at < len(b); {
		start, end := within(b, at, tag(stateResources))
		if end < 0 {
			_, _, n := protowire.ConsumeField(b[at:])
			at += n
			continue
		}
		name, value, ok := keyed(b[start:end])
		if !ok || !utf8.Valid(name) || !unreadResource(value, &resources[0]) {
			return false
		}
		before := names.Len()
		names.Write(name)
		state.Resources[names.String()[before:]] = &resources[0]
		at, resources = end, resources[1:]
	}
	return true
}

// unreadResource decodes a resource, but keeps its object encoded if it is in plain
// form. It reports false for a malformed resource.
func unreadResource(b []byte, r *fnv1.Resource) bool {
	start, end := within(b, 0, tag(resourceObject))
	if end == len(b) && plainStruct(b[start:end]) {
		r.ProtoReflect().SetUnknown(b)
		return true
	}
	object, others, ok := part(b, resourceObject)
	if !ok || len(object) != 1 || proto.Unmarshal(others, r) != nil || len(r.ProtoReflect().GetUnknown()) > 0 {
		return proto.Unmarshal(b, r) == nil
	}
	if content, _, _ := take(object[0], tag(resourceObject)); !plainStruct(content) {
		return proto.Unmarshal(b, r) == nil
	}
	r.ProtoReflect().SetUnknown(object[0])
	return true
}

// part separates the fields with a number from all others. It reports false for
// malformed bytes.
func part(b []byte, number byte) (fields [][]byte, others []byte, ok bool) { //nolint:nonamedreturns // Names distinguish two results of the same type.
	for len(b) > 0 {
		_, rest, ok := take(b, tag(number))
		if ok {
			fields = append(fields, b[:len(b)-len(rest):len(b)-len(rest)])
			b = rest
			continue
		}
		num, _, n := protowire.ConsumeField(b)
		if n < 0 || num == protowire.Number(number) {
			return nil, nil, false
		}
		others = append(others, b[:n]...)
		b = b[n:]
	}
	return fields, others, true
}
