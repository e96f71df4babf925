package wire

import (
	"bytes"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
)

// AppendCanonical appends an object as AppendStruct would append its message, but
// without decoding it: equal objects have equal bytes.
func (s Struct) AppendCanonical(b []byte) []byte { return (&sorter{}).object(b, s) }

// AppendCanonical appends a value like Struct.AppendCanonical.
func (v Value) AppendCanonical(b []byte) []byte { return (&sorter{}).value(b, v) }

// sorter appends objects. It keeps the memory for sorting fields.
type sorter struct {
	// fields of the current object and of all objects above it.
	fields []named
}

type named struct {
	name  []byte
	value Value
}

func (s *sorter) object(b []byte, object Struct) []byte {
	first := len(s.fields)
	for len(object) > 0 {
		entry, rest, _ := take(object, structField)
		name, value, _ := keyed(entry)
		s.fields = append(s.fields, named{name: name, value: value})
		object = rest
	}
	last := len(s.fields)
	slices.SortStableFunc(s.fields[first:], func(a, b named) int { return bytes.Compare(a.name, b.name) })
	for i := first; i < last; i++ {
		f := s.fields[i]
		if i+1 < last && bytes.Equal(f.name, s.fields[i+1].name) {
			continue // The last one wins.
		}
		b = append(b, structField, 0)
		entry := len(b)
		b = appendText(b, entryKey, f.name)
		b = append(b, entryValue, 0)
		value := len(b)
		b = closed(s.value(b, f.value), value)
		b = closed(b, entry)
	}
	s.fields = s.fields[:first]
	return b
}

func (s *sorter) value(b []byte, v Value) []byte {
	if len(v) == 0 {
		return b
	}
	switch v[0] {
	case valueNull:
		number, _ := protowire.ConsumeVarint(v[1:])
		return protowire.AppendVarint(append(b, valueNull), uint64(int32(number))) //nolint:gosec // Like protobuf.
	case valueBool:
		return protowire.AppendVarint(append(b, valueBool), protowire.EncodeBool(v.True()))
	case valueText:
		return appendText(b, valueText, v.content(valueText))
	case valueStruct:
		b = append(b, valueStruct, 0)
		start := len(b)
		return closed(s.object(b, v.Struct()), start)
	case valueList:
		b = append(b, valueList, 0)
		start := len(b)
		for item := range v.Items {
			b = append(b, listItem, 0)
			value := len(b)
			b = closed(s.value(b, item), value)
		}
		return closed(b, start)
	default:
		return append(b, v...)
	}
}
