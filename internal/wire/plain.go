package wire

import (
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
)

// How the fields of google.protobuf.Struct, Value and ListValue begin: number
// and wire type in one byte.
const (
	structField = 1<<3 | byte(protowire.BytesType)
	entryKey    = 1<<3 | byte(protowire.BytesType)
	entryValue  = 2<<3 | byte(protowire.BytesType)
	listItem    = 1<<3 | byte(protowire.BytesType)

	valueNull   = 1<<3 | byte(protowire.VarintType)
	valueNumber = 2<<3 | byte(protowire.Fixed64Type)
	valueText   = 3<<3 | byte(protowire.BytesType)
	valueBool   = 4<<3 | byte(protowire.VarintType)
	valueStruct = 5<<3 | byte(protowire.BytesType)
	valueList   = 6<<3 | byte(protowire.BytesType)
)

// maxDepth is how deep objects are nested that are left unread. It is far below
// where protobuf gives up, and above any schema of Kubernetes.
const maxDepth = 100

// numberSize is the size of a number's field.
const numberSize = 1 + 8

// plainStruct is whether bytes are a Struct that every decoder understands in
// one way: each message has its fields once, and none that are unknown. Only the
// key of a map may occur again: the last one counts.
func plainStruct(b []byte, depth int) bool {
	for len(b) > 0 {
		entry, rest, ok := take(b, structField)
		if !ok {
			return false
		}
		key, value, ok := keyed(entry)
		if !ok || !utf8.Valid(key) || !plainValue(value, depth-1) {
			return false
		}
		b = rest
	}
	return true
}

func plainValue(b []byte, depth int) bool {
	if len(b) == 0 || depth < 0 {
		return false
	}
	switch b[0] {
	case valueNull, valueBool:
		_, n := protowire.ConsumeVarint(b[1:])
		return n == len(b)-1
	case valueNumber:
		return len(b) == numberSize
	}
	content, rest, ok := take(b, b[0])
	if !ok || len(rest) > 0 {
		return false
	}
	switch b[0] {
	case valueText:
		return utf8.Valid(content)
	case valueStruct:
		return plainStruct(content, depth)
	case valueList:
		return plainList(content, depth)
	default:
		return false
	}
}

func plainList(b []byte, depth int) bool {
	for len(b) > 0 {
		item, rest, ok := take(b, listItem)
		if !ok || !plainValue(item, depth-1) {
			return false
		}
		b = rest
	}
	return true
}

// keyed is key and value of the entry of a map. It is false unless the entry is
// just that.
func keyed(entry []byte) (key, value []byte, ok bool) { //nolint:nonamedreturns // Two lists of bytes are told apart by their names.
	key, rest, ok := take(entry, entryKey)
	if !ok {
		return nil, nil, false
	}
	value, rest, ok = take(rest, entryValue)
	return key, value, ok && len(rest) == 0
}

// take takes a field of bytes that begins with a tag off the front. It is false
// if something else is there.
func take(b []byte, tag byte) (content, rest []byte, ok bool) { //nolint:nonamedreturns // Two lists of bytes are told apart by their names.
	const short = 1 + 1 // Tag, and a length below 128.
	if len(b) < short || b[0] != tag {
		return nil, nil, false
	}
	size, n := uint64(b[1]), 1
	if size >= 1<<7 {
		if size, n = protowire.ConsumeVarint(b[1:]); n < 0 {
			return nil, nil, false
		}
	}
	b = b[1+n:]
	if size > uint64(len(b)) {
		return nil, nil, false
	}
	return b[:size:size], b[size:], true
}
