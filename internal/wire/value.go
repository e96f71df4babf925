package wire

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// Struct is an encoded google.protobuf.Struct in plain form: left encoded by the
// codec, or written by AppendStruct. As with messages, a missing Struct is nil, and
// its methods work.
type Struct []byte

// Value is an encoded google.protobuf.Value in plain form.
type Value []byte

// Field returns the value of a field.
func (s Struct) Field(name string) Value {
	var found Value
	for at := 0; ; {
		start, end := within(s, at, structField)
		if end < 0 {
			return found
		}
		// Almost all names differ in length.
		if entry := s[start:end]; len(entry) > 1 && (int(entry[1]) == len(name) || entry[1] >= longLength) {
			if keyStart, keyEnd := within(entry, 0, entryKey); keyEnd >= 0 && string(entry[keyStart:keyEnd]) == name {
				found, _, _ = take(entry[keyEnd:], entryValue)
			}
		}
		at = end
	}
}

// Fields appends the values of several fields. The value of a missing field is nil.
func (s Struct) Fields(names []string, values []Value) []Value {
	first := len(values)
	for range names {
		values = append(values, nil)
	}
	found := values[first:]
	for at := 0; at < len(s); {
		size, start := short(s, at, len(s), structField), at+2
		if size < 0 {
			size, start = long(s, at, len(s), structField)
		}
		end := start + size
		if size < 0 || end > len(s) {
			return values
		}
		at = end
		size, start = short(s, start, end, entryKey), start+2
		if size < 0 {
			size, start = long(s, start-2, end, entryKey)
		}
		for i, name := range names {
			if len(name) == size && start+size <= end && string(s[start:start+size]) == name {
				found[i], _, _ = take(s[start+size:end], entryValue)
			}
		}
	}
	return values
}

// Without returns a copy of an object without some fields.
func (s Struct) Without(names ...string) Struct {
	if s == nil {
		return nil
	}
	out := Struct{}
	for b := []byte(s); len(b) > 0; {
		entry, rest, _ := take(b, structField)
		if key, _, _ := keyed(entry); !slices.Contains(names, string(key)) {
			out = append(out, b[:len(b)-len(rest)]...)
		}
		b = rest
	}
	return out
}

// With returns a copy of an object with another field, which it does not have yet.
func (s Struct) With(name string, value Struct) Struct {
	b := append(slices.Clip(s), structField, 0)
	entry := len(b)
	b = append(appendText(b, entryKey, name), entryValue, 0)
	start := len(b)
	b = append(append(b, valueStruct, 0), value...)
	return closed(closed(closed(b, start+2), start), entry)
}

// Message decodes an object. It returns nil if there is none.
func (s Struct) Message() *structpb.Struct {
	if s == nil {
		return nil
	}
	out := &structpb.Struct{}
	_ = proto.Unmarshal(s, out) //nolint:errcheck // The plain form can always be decoded.
	return out
}

// Message decodes a value. It returns nil if there is none.
func (v Value) Message() *structpb.Value {
	if v == nil {
		return nil
	}
	out := &structpb.Value{}
	_ = proto.Unmarshal(v, out) //nolint:errcheck // The plain form can always be decoded.
	return out
}

// Ordered reports whether a value has only one encoding. Objects, whose fields have
// no order, and lists, which can contain objects, have several.
func (v Value) Ordered() bool {
	return len(v) == 0 || v[0] != valueStruct && v[0] != valueList
}

// Same reports whether a value equals one in the form of AppendValue. If it reports
// false, they can still be equal.
func (v Value) Same(canonical Value) bool {
	if bytes.Equal(v, canonical) {
		return true
	}
	if len(v) != len(canonical) || len(v) == 0 || v[0] != canonical[0] {
		return false
	}
	switch v[0] {
	case valueStruct:
		return v.Struct().same(canonical.Struct())
	case valueList:
		return sameItems(v.content(valueList), canonical.content(valueList))
	default:
		return false
	}
}

// same is Value.Same for objects. The canonical object has each name once. So has
// the other one, if it has as many fields.
func (s Struct) same(canonical Struct) bool {
	const most = 64 // Larger objects take too long to search.
	fields := 0
	for b := []byte(canonical); len(b) > 0; fields++ {
		entry, rest, _ := take(b, structField)
		name, value, _ := keyed(entry)
		if fields == most || !s.Field(string(name)).Same(value) {
			return false
		}
		b = rest
	}
	for b := []byte(s); len(b) > 0; fields-- {
		_, b, _ = take(b, structField)
	}
	return fields == 0
}

// sameItems is Value.Same for the items of lists.
func sameItems(items, canonical []byte) bool {
	for len(items) > 0 && len(canonical) > 0 {
		var item, want Value
		item, items, _ = take(items, listItem)
		want, canonical, _ = take(canonical, listItem)
		if !item.Same(want) {
			return false
		}
	}
	return len(items) == len(canonical)
}

// Struct returns the object in a value. It is nil for other values.
func (v Value) Struct() Struct { return v.content(valueStruct) }

// Text returns the string in a value. It is empty for other values.
func (v Value) Text() string { return string(v.content(valueText)) }

// Is reports whether a value is this string.
func (v Value) Is(text string) bool { return string(v.content(valueText)) == text }

// Number returns the number in a value. It is zero for other values.
func (v Value) Number() float64 {
	if len(v) != numberSize || v[0] != valueNumber {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(v[1:]))
}

// True reports whether a value is true.
func (v Value) True() bool {
	if len(v) == 0 || v[0] != valueBool {
		return false
	}
	b, _ := protowire.ConsumeVarint(v[1:])
	return b != 0
}

// Item returns an item of the list in a value. It is nil if there is none.
func (v Value) Item(index int) Value {
	for item := range v.Items {
		if index == 0 {
			return item
		}
		index--
	}
	return nil
}

// Items yields the items of the list in a value.
func (v Value) Items(yield func(Value) bool) {
	for b := v.content(valueList); len(b) > 0; {
		item, rest, _ := take(b, listItem)
		if !yield(item) {
			return
		}
		b = rest
	}
}

func (v Value) content(tag byte) []byte {
	content, _, _ := take(v, tag)
	return content
}
