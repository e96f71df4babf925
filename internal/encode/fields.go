package encode

import (
	"reflect"
	"slices"
	"strings"
)

// field is a field of a struct or of an embedded struct.
type field struct {
	name  string
	index []int
	// omits reports whether a value is omitted.
	omits func(reflect.Value) bool
}

// of returns the field of a struct.
func (f *field) of(v reflect.Value) reflect.Value {
	if len(f.index) == 1 {
		return v.Field(f.index[0])
	}
	return v.FieldByIndex(f.index)
}

// fieldsOf returns the fields of a struct with their JSON names. It reports false
// for a struct that needs encoding/json.
func fieldsOf(t reflect.Type) ([]field, bool) {
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		inline := f.Anonymous && name == ""
		switch {
		case tag == "-", !f.IsExported() && !inline:
			continue
		case inline:
			inner, ok := []field(nil), f.Type.Kind() == reflect.Struct
			if ok {
				inner, ok = fieldsOf(f.Type)
			}
			if !ok {
				return nil, false
			}
			for _, in := range inner {
				in.index = append([]int{i}, in.index...)
				out = append(out, in)
			}
			continue
		case name == "":
			name = f.Name
		}
		omits, ok := omission(f.Type, options)
		if !ok {
			return nil, false
		}
		out = append(out, field{name: name, index: []int{i}, omits: omits})
	}
	return out, !repeated(out)
}

// repeated reports whether two fields have the same name. encoding/json has rules
// for that.
func repeated(fields []field) bool {
	names := map[string]bool{}
	return slices.ContainsFunc(fields, func(f field) bool {
		before := names[f.name]
		names[f.name] = true
		return before
	})
}

// omission returns a function that reports whether a field's value is omitted. It
// reports false for options that need encoding/json.
func omission(t reflect.Type, options string) (func(reflect.Value) bool, bool) {
	omits := func(reflect.Value) bool { return false }
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "", "inline":
		case "omitempty":
			omits = either(omits, empty)
		case "omitzero":
			if t.Kind() != reflect.Struct {
				return nil, false
			}
			omits = either(omits, zero(t))
		default:
			return nil, false
		}
	}
	return omits, true
}

func either(a, b func(reflect.Value) bool) func(reflect.Value) bool {
	return func(v reflect.Value) bool { return a(v) || b(v) }
}

func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.Array:
		return v.Len() == 0
	case reflect.Struct:
		return false
	default:
		return v.IsZero()
	}
}

// zero returns a function that reports whether a value is zero.
func zero(t reflect.Type) func(reflect.Value) bool {
	type zeroer interface{ IsZero() bool }
	if !reflect.PointerTo(t).Implements(reflect.TypeFor[zeroer]()) {
		return reflect.Value.IsZero
	}
	return func(v reflect.Value) bool {
		at := reflect.New(t)
		at.Elem().Set(v)
		return at.Interface().(zeroer).IsZero() //nolint:forcetypeassert // Checked above.
	}
}
