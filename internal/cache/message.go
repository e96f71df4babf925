package cache

import (
	"maps"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

// Rest returns all of a request that is not known by facts: it is without
// observed composed resources, without what of the composite only tells of those
// or of Crossplane, and without the tag, which only marks the answer.
func Rest(req *fnv1.RunFunctionRequest) *fnv1.RunFunctionRequest {
	out := shallow(req)
	if out.GetMeta() != nil {
		out.Meta = shallow(out.GetMeta())
		out.Meta.Tag = ""
	}
	if out.GetObserved() != nil {
		out.Observed = shallow(out.GetObserved())
		out.Observed.Resources = nil
	}
	if xr := wire.Object(out.GetObserved().GetComposite()); xr != nil {
		out.Observed.Composite = &fnv1.Resource{Resource: composite(xr)}
	}
	return out
}

// dropped is the fields of a composite that no answer depends on. References to
// composed resources alone are more than all the rest.
var dropped = map[string][]string{
	"metadata": {"managedFields"},
	"spec":     {"crossplane", "resourceRefs"},
}

// composite is what of a composite an answer may depend on, without its status.
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

// tagged is an answer for the sender of a request, nil if there is none.
func tagged(rsp *fnv1.RunFunctionResponse, req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
	if rsp == nil {
		return nil
	}
	out := shallow(rsp)
	out.Meta = shallow(out.GetMeta())
	out.Meta.Tag = req.GetMeta().GetTag()
	return out
}

// shallow is a copy of a message that shares everything below it.
func shallow[M proto.Message](message M) M {
	out := message.ProtoReflect().New()
	message.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		out.Set(field, v)
		return true
	})
	out.SetUnknown(message.ProtoReflect().GetUnknown())
	return out.Interface().(M) //nolint:forcetypeassert // A new one of the same type.
}

// stackOf tells which stack a request is about.
func stackOf(rest *fnv1.RunFunctionRequest) stack {
	metadata := rest.GetObserved().GetComposite().GetResource().GetFields()["metadata"].GetStructValue().GetFields()
	return stack{
		namespace: metadata["namespace"].GetStringValue(),
		name:      metadata["name"].GetStringValue(),
		uid:       metadata["uid"].GetStringValue(),
	}
}
