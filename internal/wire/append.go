package wire

import (
	"encoding/binary"
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/types/known/structpb"
)

// AppendStruct appends an object in protobuf's deterministic encoding, but much
// faster. It omits unknown fields, and does not validate strings.
func AppendStruct(b []byte, s *structpb.Struct) []byte {
	return (&writer{}).object(b, s)
}

// AppendValue appends a value like AppendStruct.
func AppendValue(b []byte, v *structpb.Value) []byte {
	return (&writer{}).value(b, v)
}

// writer appends objects. It keeps the memory for sorting names, because a
// response contains thousands of objects.
type writer struct {
	// names of the fields of the current object and of all objects above it.
	names []string
}

func (w *writer) object(b []byte, s *structpb.Struct) []byte {
	fields, first := s.GetFields(), len(w.names)
	for name := range fields {
		w.names = append(w.names, name)
	}
	last := len(w.names)
	slices.Sort(w.names[first:])
	for i := first; i < last; i++ {
		name := w.names[i]
		b = append(b, structField, 0)
		entry := len(b)
		b = appendText(b, entryKey, name)
		b = append(b, entryValue, 0)
		value := len(b)
		b = closed(w.value(b, fields[name]), value)
		b = closed(b, entry)
	}
	w.names = w.names[:first]
	return b
}

func (w *writer) value(b []byte, v *structpb.Value) []byte {
	switch k := v.GetKind().(type) {
	case *structpb.Value_NullValue:
		return protowire.AppendVarint(append(b, valueNull), uint64(k.NullValue)) //nolint:gosec // Like protobuf.
	case *structpb.Value_NumberValue:
		return binary.LittleEndian.AppendUint64(append(b, valueNumber), math.Float64bits(k.NumberValue))
	case *structpb.Value_StringValue:
		return appendText(b, valueText, k.StringValue)
	case *structpb.Value_BoolValue:
		return protowire.AppendVarint(append(b, valueBool), protowire.EncodeBool(k.BoolValue))
	case *structpb.Value_StructValue:
		b = append(b, valueStruct, 0)
		start := len(b)
		return closed(w.object(b, k.StructValue), start)
	case *structpb.Value_ListValue:
		b = append(b, valueList, 0)
		start := len(b)
		for _, item := range k.ListValue.GetValues() {
			b = append(b, listItem, 0)
			value := len(b)
			b = closed(w.value(b, item), value)
		}
		return closed(b, start)
	default:
		return b
	}
}

func appendText[T string | []byte](b []byte, tag byte, text T) []byte {
	return append(protowire.AppendVarint(append(b, tag), uint64(len(text))), text...)
}

// closed writes the length of a field whose content starts at start. One byte
// before it is reserved for the length. A longer length moves the content.
func closed(b []byte, start int) []byte {
	size := len(b) - start
	more := protowire.SizeVarint(uint64(size)) - 1 //nolint:gosec // A length.
	if more > 0 {
		b = append(b, make([]byte, more)...)
		copy(b[start+more:], b[start:start+size])
	}
	protowire.AppendVarint(b[:start-1], uint64(size)) //nolint:gosec // A length.
	return b
}
