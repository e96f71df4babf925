package wire

import (
	"encoding/binary"
	"math/bits"
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
// the key of a map may be repeated: the last one wins.
//
// Strings must be UTF-8. If all bytes outside of strings account for all that are
// not ASCII, all strings are ASCII. Counting them is much faster than a check of
// every string.
func plainStruct(b []byte) bool {
	others := plainFields(b, 0, len(b), maxDepth, false)
	return others >= 0 && (others == notASCII(b) || plainFields(b, 0, len(b), maxDepth, true) >= 0)
}

// plainFields checks the fields of a Struct in b[at:end]. It returns the number of
// bytes outside of strings that are not ASCII, or a negative number if the fields
// are not plain. It checks strings only if told to. These functions take positions
// instead of slices, because they visit every field of a request.
func plainFields(b []byte, at, end, depth int, strings bool) int { //nolint:gocognit // It visits every field of a request, so its steps are not functions.
	count := 0
	for at < end {
		size, start := short(b, at, end, structField), at+2
		if size < 0 {
			if size, start = long(b, at, end, structField); size < 0 {
				return -1
			}
			count += start - at - 2
		}
		stop := start + size
		if stop > end {
			return -1
		}
		if size, at = short(b, start, stop, entryKey), start+2; size < 0 {
			if size, at = long(b, start, stop, entryKey); size < 0 {
				return -1
			}
			count += at - start - 2
		}
		start = at + size
		if start > stop || strings && !utf8.Valid(b[at:start]) {
			return -1
		}
		if size, at = short(b, start, stop, entryValue), start+2; size < 0 {
			if size, at = long(b, start, stop, entryValue); size < 0 {
				return -1
			}
			count += at - start - 2
		}
		if at+size != stop {
			return -1
		}
		// Most values are short strings.
		if strings || size < 2 || short(b, at, stop, valueText) != size-2 {
			n := plainValue(b, at, stop, depth-1, strings)
			if n < 0 {
				return -1
			}
			count += n
		}
		at = stop
	}
	return count
}

// plainValue checks the Value in b[at:end], like plainFields.
func plainValue(b []byte, at, end, depth int, strings bool) int {
	if at >= end || depth < 0 {
		return -1
	}
	kind := b[at]
	switch kind {
	case valueNull, valueBool:
		if _, n := protowire.ConsumeVarint(b[at+1 : end]); n != end-at-1 {
			return -1
		}
		return end - at - 2
	case valueNumber:
		if end-at != numberSize {
			return -1
		}
		return notASCII(b[at+1 : end])
	}
	size, start := short(b, at, end, kind), at+2
	if size < 0 {
		size, start = long(b, at, end, kind)
	}
	if size < 0 || start+size != end {
		return -1
	}
	count := 0
	switch kind {
	case valueText:
		if strings && !utf8.Valid(b[start:end]) {
			return -1
		}
	case valueStruct:
		count = plainFields(b, start, end, depth, strings)
	case valueList:
		count = plainItems(b, start, end, depth, strings)
	default:
		return -1
	}
	if count < 0 {
		return -1
	}
	return count + start - at - 2
}

// plainItems checks the items of a ListValue in b[at:end], like plainFields.
func plainItems(b []byte, at, end, depth int, strings bool) int {
	count := 0
	for at < end {
		size, start := short(b, at, end, listItem), at+2
		if size < 0 {
			if size, start = long(b, at, end, listItem); size < 0 {
				return -1
			}
			count += start - at - 2
		}
		if start+size > end {
			return -1
		}
		n := plainValue(b, start, start+size, depth-1, strings)
		if n < 0 {
			return -1
		}
		count += n
		at = start + size
	}
	return count
}

// notASCII returns the number of bytes that are not ASCII.
func notASCII(b []byte) int {
	const high, word = 0x8080808080808080, 8
	count := 0
	for ; len(b) >= word; b = b[word:] {
		count += bits.OnesCount64(binary.LittleEndian.Uint64(b) & high)
	}
	for _, c := range b {
		count += int(c >> 7)
	}
	return count
}

// short returns the length of the content of a length-delimited field at a position,
// if this length is one byte. It is negative for other content. The content can
// exceed the end. Almost all fields are shorter than 128 bytes.
func short(b []byte, at, end int, tag byte) int {
	if at+1 < end && b[at] == tag && b[at+1] < longLength {
		return int(b[at+1])
	}
	return -1
}

// long returns length and start of the content of a length-delimited field, which
// ends before the end. The length is negative if there is no such field.
func long(b []byte, at, end int, tag byte) (size, start int) { //nolint:nonamedreturns // Names distinguish two results of the same type.
	if at >= end || b[at] != tag {
		return -1, at
	}
	length, n := protowire.ConsumeVarint(b[at+1 : end])
	start = at + 1 + n
	if n < 0 || length > uint64(end-start) { //nolint:gosec // It cannot consume more than the length of the input.
		return -1, at
	}
	return int(length), start //nolint:gosec // As above.
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
// negative if there is no such field with this tag.
func within(b []byte, at int, tag byte) (start, end int) { //nolint:nonamedreturns // As above.
	size, start := short(b, at, len(b), tag), at+2
	if size < 0 {
		size, start = long(b, at, len(b), tag)
	}
	if size < 0 || size > len(b)-start {
		return 0, -1
	}
	return start, start + size
}
