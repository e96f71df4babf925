// Package wire takes observed resources as the bytes that came over the wire,
// and reads the few values that somebody asks for where they lie. To decode all
// of them costs several times as much as all else that a call takes.
//
// What is read is what the ordinary decoding would have read: bytes are left as
// they are only if they have the plain form that every encoder writes. All else
// is decoded as usual, mistakes included.
package wire

import (
	"context"
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

// Codec decodes requests with the observed composite and its resources left
// unread, and everything else as usual. A server with it needs its interceptor.
type Codec struct {
	encoding.CodecV2

	// lent is the memory of each request that is not answered yet.
	lent *sync.Map
}

// NewCodec returns the codec.
func NewCodec() Codec {
	return Codec{CodecV2: encoding.GetCodecV2(encodingproto.Name), lent: &sync.Map{}}
}

// Unmarshal decodes a message.
func (c Codec) Unmarshal(data mem.BufferSlice, v any) error {
	req, ok := v.(*fnv1.RunFunctionRequest)
	if !ok {
		return c.CodecV2.Unmarshal(data, v) //nolint:wrapcheck // Stands in for it.
	}
	buffer := data.MaterializeToBuffer(mem.DefaultBufferPool())
	if err := Unmarshal(buffer.ReadOnlyData(), req); err != nil {
		buffer.Free()
		return err
	}
	c.lent.Store(req, buffer)
	return nil
}

// Intercept takes the memory of a request back once it is answered: a megabyte
// for each call is what most of the collector's work would be about. Nothing of
// the request may be used after that; what is decoded is a copy, so answers may
// hold it.
func (c Codec) Intercept(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	defer func() {
		if buffer, ok := c.lent.LoadAndDelete(req); ok {
			buffer.(mem.Buffer).Free() //nolint:forcetypeassert // Nothing else is lent.
		}
	}()
	return handler(ctx, req)
}

// Unmarshal decodes a request as proto.Unmarshal does, but leaves the observed
// composite and its resources unread. It keeps the bytes.
func Unmarshal(b []byte, req *fnv1.RunFunctionRequest) error {
	if unread(b, req) {
		return nil
	}
	return proto.Unmarshal(b, req) //nolint:wrapcheck // Stands in for it.
}

// Unread returns the bytes of a resource's object, nil unless it was left unread.
//
// They are kept where protobuf keeps fields that it does not know, so the
// message is the same as ever on the wire, and when it is cloned or compared.
// Protobuf knows this field, so nothing else can be there in its name.
func Unread(r *fnv1.Resource) Struct {
	content, _, _ := take(r.ProtoReflect().GetUnknown(), tag(resourceObject))
	return content
}

// Object returns a resource's object as bytes, nil if it has none.
func Object(r *fnv1.Resource) Struct {
	if object := r.GetResource(); object != nil {
		return AppendStruct(Struct{}, object)
	}
	return Unread(r)
}

// Numbers of the fields on the way to an observed object.
const (
	requestObserved = 2
	stateComposite  = 1
	stateResources  = 2
	resourceObject  = 1
)

// tag is how a field of bytes begins.
func tag(number byte) byte { return number<<3 | byte(protowire.BytesType) }

// unread decodes a request with observed objects unread. It is false where
// something is not plain.
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
	entries, others, ok := part(b, stateResources)
	if !ok {
		return false
	}
	composite, others, ok := part(others, stateComposite)
	if !ok || len(composite) > 1 || proto.Unmarshal(others, state) != nil {
		return false
	}
	for _, c := range composite {
		content, _, _ := take(c, tag(stateComposite))
		if state.Composite, ok = unreadResource(content); !ok {
			return false
		}
	}
	if len(entries) > 0 {
		state.Resources = make(map[string]*fnv1.Resource, len(entries))
	}
	for _, e := range entries {
		entry, _, _ := take(e, tag(stateResources))
		name, value, ok := keyed(entry)
		if !ok || !utf8.Valid(name) {
			return false
		}
		if state.Resources[string(name)], ok = unreadResource(value); !ok {
			return false
		}
	}
	return true
}

// unreadResource decodes all of a resource but its object, and that too where it
// is not plain. It is false if the resource is malformed.
func unreadResource(b []byte) (*fnv1.Resource, bool) {
	r := &fnv1.Resource{}
	object, others, ok := part(b, resourceObject)
	if !ok || len(object) != 1 || proto.Unmarshal(others, r) != nil || len(r.ProtoReflect().GetUnknown()) > 0 {
		return r, proto.Unmarshal(b, r) == nil
	}
	content, _, _ := take(object[0], tag(resourceObject))
	if !plainStruct(content, maxDepth) {
		return r, proto.Unmarshal(b, r) == nil
	}
	r.ProtoReflect().SetUnknown(protoreflect.RawFields(object[0]))
	return r, true
}

// part parts the fields of a number from all others. It is false if something
// is malformed.
func part(b []byte, number byte) (fields [][]byte, others []byte, ok bool) { //nolint:nonamedreturns // Two lists of bytes are told apart by their names.
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
