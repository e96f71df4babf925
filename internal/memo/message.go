package memo

import (
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Rest returns all of a request but its observed composed resources, which are
// known by facts, and its tag, which only marks the answer.
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
	return out
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
