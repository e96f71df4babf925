package wire

import (
	"bytes"
	"maps"
	"slices"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/proto"
)

// responseDesired is the field number in a response.
const responseDesired = 2

// EncodeDesired encodes the desired state of a response deterministically, and
// replaces it in the response by these bytes. On the wire, the response is the
// same. It can be sent again without another encoding.
func EncodeDesired(rsp *fnv1.RunFunctionResponse) error {
	const about = 2 << 10 // Estimated bytes of a resource.
	b := slices.Grow(rsp.ProtoReflect().GetUnknown(), about*(1+len(rsp.GetDesired().GetResources())))
	b = append(b, tag(responseDesired), 0)
	start := len(b)
	b, err := appendState(b, rsp.GetDesired())
	if err != nil {
		return err
	}
	rsp.Desired = nil
	rsp.ProtoReflect().SetUnknown(bytes.Clone(closed(b, start))) // It may be kept for long, so it has no spare capacity.
	return nil
}

func appendState(b []byte, state *fnv1.State) ([]byte, error) {
	others := &fnv1.State{Composite: state.GetComposite()}
	others.ProtoReflect().SetUnknown(state.ProtoReflect().GetUnknown())
	b, err := appendMessage(b, others)
	if err != nil {
		return nil, err
	}
	for _, resourceName := range slices.Sorted(maps.Keys(state.GetResources())) {
		b = append(b, tag(stateResources), 0)
		entry := len(b)
		b = append(appendText(b, entryKey, resourceName), entryValue, 0)
		value := len(b)
		if b, err = appendResource(b, state.GetResources()[resourceName]); err != nil {
			return nil, err
		}
		b = closed(closed(b, value), entry)
	}
	return b, nil
}

func appendResource(b []byte, r *fnv1.Resource) ([]byte, error) {
	if object := r.GetResource(); object != nil {
		b = append(b, tag(resourceObject), 0)
		start := len(b)
		b = closed(AppendStruct(b, object), start)
	}
	others := &fnv1.Resource{ConnectionDetails: r.GetConnectionDetails(), Ready: r.GetReady()}
	others.ProtoReflect().SetUnknown(r.ProtoReflect().GetUnknown())
	return appendMessage(b, others)
}

func appendMessage(b []byte, m proto.Message) ([]byte, error) {
	return proto.MarshalOptions{Deterministic: true}.MarshalAppend(b, m) //nolint:wrapcheck // A placeholder.
}
