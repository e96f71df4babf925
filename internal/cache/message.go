package cache

import (
	"crypto/sha256"
	"encoding/binary"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/proto"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

// Rest returns the part of a request that facts do not cover. It omits observed
// composed resources, the composite's fields about them or about Crossplane, and
// the tag.
func Rest(req *fnv1.RunFunctionRequest) *fnv1.RunFunctionRequest {
	out := withoutObjects(req)
	if xr := wire.Object(req.GetObserved().GetComposite()); xr != nil {
		out.Observed.Composite = &fnv1.Resource{Resource: composite(xr).Message()}
	}
	return out
}

// hash returns the hash of the rest of a request over the wire. It is the same for
// equal requests, although maps have no order.
func hash(req *fnv1.RunFunctionRequest) ([sha256.Size]byte, error) {
	others, err := proto.MarshalOptions{Deterministic: true}.Marshal(withoutObjects(req))
	// The length separates the two parts.
	b := append(binary.AppendUvarint(nil, uint64(len(others))), others...)
	return sha256.Sum256(composite(wire.Unread(req.GetObserved().GetComposite())).AppendCanonical(b)), err
}

// withoutObjects returns a request without observed objects and tag.
func withoutObjects(req *fnv1.RunFunctionRequest) *fnv1.RunFunctionRequest {
	out := wire.Shallow(req)
	if out.GetMeta() != nil {
		out.Meta = wire.Shallow(out.GetMeta())
		out.Meta.Tag = ""
	}
	if out.GetObserved() != nil {
		out.Observed = wire.Shallow(out.GetObserved())
		out.Observed.Resources = nil
		if wire.HasObject(out.GetObserved().GetComposite()) {
			out.Observed.Composite = nil
		}
	}
	return out
}

// dropped lists the fields of a composite that do not affect the response.
// References to composed resources are larger than all other fields.
var dropped = map[string][]string{
	"metadata": {"managedFields"},
	"spec":     {"crossplane", "resourceRefs"},
}

// composite returns the part of a composite that can affect the response, without
// its status.
func composite(object wire.Struct) wire.Struct {
	out := object.Without("metadata", "spec", "status")
	for name, fields := range dropped {
		if kept := object.Field(name).Struct().Without(fields...); kept != nil {
			out = out.With(name, kept)
		}
	}
	return out
}

// tagged returns a response with the tag of the request. It is nil if there is no
// response.
func tagged(rsp *fnv1.RunFunctionResponse, req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
	if rsp == nil {
		return nil
	}
	out := wire.Shallow(rsp)
	out.Meta = wire.Shallow(out.GetMeta())
	out.Meta.Tag = req.GetMeta().GetTag()
	return out
}

// stackOf returns the stack of a composite.
func stackOf(composite wire.Struct) stack {
	metadata := composite.Field("metadata").Struct()
	return stack{
		namespace: metadata.Field("namespace").Text(),
		name:      metadata.Field("name").Text(),
		uid:       metadata.Field("uid").Text(),
	}
}
