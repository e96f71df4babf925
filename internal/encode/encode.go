// Package encode converts Go structs to protobuf structs. The result equals that of
// encoding/json followed by protobuf, without the intermediate text.
package encode

import (
	"encoding"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"sync"
	"unicode/utf8"

	"google.golang.org/protobuf/types/known/structpb"
)

const errKind = "%T is not an object"

// Struct converts the struct that a pointer points to.
func Struct(pointer any) (*structpb.Struct, error) {
	v, err := value(reflect.ValueOf(pointer))
	if err != nil {
		return nil, err
	}
	if v.GetStructValue() == nil {
		return nil, fmt.Errorf(errKind, pointer)
	}
	return v.GetStructValue(), nil
}

// Types with custom encoding.
var (
	marshaler     = reflect.TypeFor[json.Marshaler]()
	textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
)

// encoder encodes values of one type.
type encoder func(reflect.Value) (*structpb.Value, error)

// encoders caches the encoders of all types.
var encoders sync.Map

func value(v reflect.Value) (*structpb.Value, error) {
	if !v.IsValid() {
		return structpb.NewNullValue(), nil
	}
	if e, ok := encoders.Load(v.Type()); ok {
		return e.(encoder)(v) //nolint:forcetypeassert // The map contains only encoders.
	}
	e := encoderOf(v.Type())
	encoders.Store(v.Type(), e)
	return e(v)
}

func encoderOf(t reflect.Type) encoder {
	if t.Implements(marshaler) || reflect.PointerTo(t).Implements(marshaler) || t.Implements(textMarshaler) || reflect.PointerTo(t).Implements(textMarshaler) {
		return byJSON
	}
	switch t.Kind() { //nolint:exhaustive // Other kinds are rare.
	case reflect.Pointer:
		return pointer
	case reflect.Struct:
		if fields, ok := fieldsOf(t); ok {
			return func(v reflect.Value) (*structpb.Value, error) { return object(fields, v) }
		}
	case reflect.Map:
		if t.Key().Kind() == reflect.String && !t.Key().Implements(textMarshaler) {
			return mapping
		}
	case reflect.Slice:
		if t.Elem().Kind() != reflect.Uint8 {
			return list
		}
	case reflect.String:
		return func(v reflect.Value) (*structpb.Value, error) { return text(v.String()), nil }
	case reflect.Bool:
		return func(v reflect.Value) (*structpb.Value, error) { return structpb.NewBoolValue(v.Bool()), nil }
	case reflect.Int, reflect.Int32, reflect.Int64:
		return func(v reflect.Value) (*structpb.Value, error) { return structpb.NewNumberValue(float64(v.Int())), nil }
	case reflect.Float64:
		return number
	}
	return byJSON
}

// byJSON encodes rare types through JSON.
func byJSON(v reflect.Value) (*structpb.Value, error) {
	if v.CanAddr() {
		v = v.Addr() // Some types implement Marshaler only on their pointer.
	}
	out := &structpb.Value{}
	raw, err := json.Marshal(v.Interface())
	if err != nil {
		return nil, err //nolint:wrapcheck // The caller adds context.
	}
	return out, out.UnmarshalJSON(raw) //nolint:wrapcheck // As above.
}

func pointer(v reflect.Value) (*structpb.Value, error) {
	if v.IsNil() {
		return structpb.NewNullValue(), nil
	}
	return value(v.Elem())
}

func object(fields []field, v reflect.Value) (*structpb.Value, error) {
	// The provider's structs have many fields, but few are set.
	var few [16]int
	present := few[:0]
	for i := range fields {
		if !fields[i].omits(fields[i].of(v)) {
			present = append(present, i)
		}
	}
	out := make(map[string]*structpb.Value, len(present))
	for _, i := range present {
		encoded, err := value(fields[i].of(v))
		if err != nil {
			return nil, err
		}
		out[fields[i].name] = encoded
	}
	return structure(out), nil
}

func mapping(v reflect.Value) (*structpb.Value, error) {
	if v.IsNil() {
		return structpb.NewNullValue(), nil
	}
	out := make(map[string]*structpb.Value, v.Len())
	if texts, ok := v.Interface().(map[string]*string); ok { // The only type of maps that most kinds have.
		for name, t := range texts {
			if t == nil {
				out[valid(name)] = structpb.NewNullValue()
				continue
			}
			out[valid(name)] = text(*t)
		}
		return structure(out), nil
	}
	for entries := v.MapRange(); entries.Next(); {
		encoded, err := value(entries.Value())
		if err != nil {
			return nil, err
		}
		out[valid(entries.Key().String())] = encoded
	}
	return structure(out), nil
}

func list(v reflect.Value) (*structpb.Value, error) {
	if v.IsNil() {
		return structpb.NewNullValue(), nil
	}
	out := make([]*structpb.Value, v.Len())
	for i := range out {
		var err error
		if out[i], err = value(v.Index(i)); err != nil {
			return nil, err
		}
	}
	l := &struct {
		value structpb.Value
		kind  structpb.Value_ListValue
		list  structpb.ListValue
	}{}
	l.list.Values, l.kind.ListValue, l.value.Kind = out, &l.list, &l.kind
	return &l.value, nil
}

// structure allocates an object value at once, like text.
func structure(fields map[string]*structpb.Value) *structpb.Value {
	s := &struct {
		value  structpb.Value
		kind   structpb.Value_StructValue
		object structpb.Struct
	}{}
	s.object.Fields, s.kind.StructValue, s.value.Kind = fields, &s.object, &s.kind
	return &s.value
}

// text allocates a string value at once, because most values are strings.
func text(s string) *structpb.Value {
	v := &struct {
		value structpb.Value
		kind  structpb.Value_StringValue
	}{}
	v.kind.StringValue = valid(s)
	v.value.Kind = &v.kind
	return &v.value
}

func number(v reflect.Value) (*structpb.Value, error) {
	if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
		return byJSON(v) // The error names the reason.
	}
	return structpb.NewNumberValue(v.Float()), nil
}

// valid replaces invalid UTF-8 like JSON: with a replacement character for each
// byte.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}
