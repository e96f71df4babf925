package wire

import (
	"encoding/binary"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
)

// Tags of the fields of google.protobuf.Struct, Value and ListValue: field number
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

// maxDepth is the maximum depth of objects that stay encoded. It is far below
// protobuf's limit, and above any Kubernetes schema.
const maxDepth = 100

// numberSize is the size of a number's field.
const numberSize = 1 + 8

// longLength is the first length of a field that needs more than one byte.
const longLength = 1 << 7

// plainStruct reports whether bytes are a Struct that every decoder interprets in
// the same way: each message contains its fields once, and no unknown ones. Only
// the key of a map may be repeated: the last one wins. With onlyASCII, all bytes are
// ASCII, so all strings are valid.
func plainStruct(b []byte, depth int, onlyASCII bool) bool {
	for at := 0; at < len(b); {
		start, end := within(b, at, structField)
		if end < 0 {
			return false
		}
		entry := b[start:end]
		// The lengths in a short entry are single bytes below 0x80. So it is usually
		// ASCII as a whole, which is faster to check than every string.
		all := onlyASCII || len(entry) < longLength && isASCII(entry)
		keyStart, keyEnd := within(entry, 0, entryKey)
		if keyEnd < 0 {
			return false
		}
		valueStart, valueEnd := within(entry, keyEnd, entryValue)
		if valueEnd != len(entry) || !all && !utf8.Valid(entry[keyStart:keyEnd]) || !plainValue(entry[valueStart:], depth-1, all) {
			return false
		}
		at = end
	}
	return true
}

func plainValue(b []byte, depth int, onlyASCII bool) bool {
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
	start, end := within(b, 0, b[0])
	if end != len(b) {
		return false
	}
	switch b[0] {
	case valueText:
		return onlyASCII || utf8.Valid(b[start:])
	case valueStruct:
		return plainStruct(b[start:], depth, onlyASCII)
	case valueList:
		return plainList(b[start:], depth, onlyASCII)
	default:
		return false
	}
}

func plainList(b []byte, depth int, onlyASCII bool) bool {
	for at := 0; at < len(b); {
		start, end := within(b, at, listItem)
		if end < 0 || !plainValue(b[start:end], depth-1, onlyASCII) {
			return false
		}
		at = end
	}
	return true
}

// isASCII reports whether all bytes are ASCII.
func isASCII(b []byte) bool {
	const high, word = 0x8080808080808080, 8
	for ; len(b) >= word; b = b[word:] {
		if binary.LittleEndian.Uint64(b)&high != 0 {
			return false
		}
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// keyed returns key and value of a map entry. It reports false for other content.
func keyed(entry []byte) (key, value []byte, ok bool) { //nolint:nonamedreturns // Names distinguish two results of the same type.
	key, rest, ok := take(entry, entryKey)
	if !ok {
		return nil, nil, false
	}
	value, rest, ok = take(rest, entryValue)
	return key, value, ok && len(rest) == 0
}

// take removes a length-delimited field with a tag from the start. It reports false
// for other content.
func take(b []byte, tag byte) (content, rest []byte, ok bool) { //nolint:nonamedreturns // Names distinguish two results of the same type.
	start, end := within(b, 0, tag)
	if end < 0 {
		return nil, nil, false
	}
	return b[start:end:end], b[end:], true
}

// within returns start and end of the content of a length-delimited field. end is
// negative if there is no such field with this tag. Almost all fields are shorter
// than 128 bytes, so their length is one byte.
func within(b []byte, at int, tag byte) (start, end int) { //nolint:nonamedreturns // Names distinguish two results of the same type.
	if at+1 < len(b) && b[at] == tag && b[at+1] < longLength {
		start = at + 1 + 1
		if end = start + int(b[at+1]); end <= len(b) {
			return start, end
		}
		return 0, -1
	}
	return withinLong(b, at, tag)
}

func withinLong(b []byte, at int, tag byte) (start, end int) { //nolint:nonamedreturns // As above.
	if at >= len(b) || b[at] != tag {
		return 0, -1
	}
	size, n := protowire.ConsumeVarint(b[at+1:])
	start = at + 1 + n
	if n < 0 || size > uint64(len(b)-start) { //nolint:gosec // It cannot consume more than the length of the input.
		return 0, -1
	}
	return start, start + int(size) //nolint:gosec // As above.
}
