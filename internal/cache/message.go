package cache

import (
	"maps"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

// Rest returns the part of a request that facts do not cover. It omits observed
// composed resources, the composite's fields about them or about Crossplane, and
// the tag.
func Rest(req *fnv1.RunFunctionRequest) *fnv1.RunFunctionRequest {
	out := wire.Shallow(req)
	if out.GetMeta() != nil {
		out.Meta = wire.Shallow(out.GetMeta())
		out.Meta.Tag = ""
	}
	if out.GetObserved() != nil {
		out.Observed = wire.Shallow(out.GetObserved())
		out.Observed.Resources = nil
	}
	if xr := wire.Object(out.GetObserved().GetComposite()); xr != nil {
		out.Observed.Composite = &fnv1.Resource{Resource: composite(xr)}
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
func composite(object wire.Struct) *structpb.Struct {
	out := map[string]*structpb.Value{}
	maps.Copy(out, object.Without("metadata", "spec", "status").Message().GetFields())
	for name, fields := range dropped {
		if kept := object.Field(name).Struct().Without(fields...).Message(); kept != nil {
			out[name] = structpb.NewStructValue(kept)
		}
	}
	return &structpb.Struct{Fields: out}
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

// stackOf returns the stack of a request.
func stackOf(rest *fnv1.RunFunctionRequest) stack {
	metadata := rest.GetObserved().GetComposite().GetResource().GetFields()["metadata"].GetStructValue().GetFields()
	return stack{
		namespace: metadata["namespace"].GetStringValue(),
		name:      metadata["name"].GetStringValue(),
		uid:       metadata["uid"].GetStringValue(),
	}
}
