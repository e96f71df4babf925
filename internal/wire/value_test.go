package wire

import (
	"bytes"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"pgregory.net/rapid"
)

type tester interface {
	Helper()
	Errorf(format string, args ...any)
}

// sameObject fails unless all methods return the same for encoded bytes as for the
// message.
func sameObject(t tester, want *structpb.Struct, got Struct) {
	t.Helper()
	names := append(slices.Collect(maps.Keys(want.GetFields())), "\x00 not there")
	for i, v := range got.Fields(names, nil) {
		if field := got.Field(names[i]); (v == nil) != (field == nil) || !bytes.Equal(v, field) {
			t.Errorf("\nAll fields at once should be the same as one by one.\nFields(...) of %q: want %q, got %q", names[i], field, v)
		}
	}
	for name, v := range want.GetFields() {
		sameValue(t, v, got.Field(name))
	}
	if diff := cmp.Diff(string(AppendStruct(nil, want)), string(got.AppendCanonical(nil))); diff != "" {
		t.Errorf("\nThe canonical form should need no decoding.\nAppendCanonical(...) of %v: -want, +got:\n%s", want, diff)
	}
	if v := got.Field("\x00 not there"); v != nil {
		t.Errorf("\nA field that is not there is nil.\nField(...): got %q", v)
	}
}

func sameValue(t tester, want *structpb.Value, got Value) {
	t.Helper()
	if got == nil {
		t.Errorf("\nWhat the message has, the bytes have.\nwant %v, got none", want)
	}
	type scalar struct {
		Text   string
		Number uint64
		True   bool
		List   int
	}
	items := 0
	for item := range got.Items {
		sameValue(t, want.GetListValue().GetValues()[items], item)
		sameValue(t, want.GetListValue().GetValues()[items], got.Item(items))
		items++
	}
	if item := got.Item(items); item != nil {
		t.Errorf("\nA list has so many items and no more.\nItem(%d): got %q", items, item)
	}
	if diff := cmp.Diff(
		scalar{Text: want.GetStringValue(), Number: math.Float64bits(want.GetNumberValue()), True: want.GetBoolValue(), List: len(want.GetListValue().GetValues())},
		scalar{Text: got.Text(), Number: math.Float64bits(got.Number()), True: got.True(), List: items},
	); diff != "" {
		t.Errorf("\nValues are what they are in the message.\n%v: -want, +got:\n%s", want, diff)
	}
	if !got.Is(want.GetStringValue()) || got.Is(want.GetStringValue()+"x") {
		t.Errorf("\nA text is itself and no other.\nIs(...) of %v", want)
	}
	canonical := AppendValue(nil, want)
	if diff := cmp.Diff(string(canonical), string(got.AppendCanonical(nil))); diff != "" {
		t.Errorf("\nSo should that of a value.\nAppendCanonical(...) of %v: -want, +got:\n%s", want, diff)
	}
	if got.Same(append(canonical, "x"...)) || got.Same(AppendValue(nil, structpb.NewStringValue("not there"))) {
		t.Errorf("\nA value should not be the same as another.\nSame(...) of %v", want)
	}
	_, isStruct := want.GetKind().(*structpb.Value_StructValue)
	_, isList := want.GetKind().(*structpb.Value_ListValue)
	if diff := cmp.Diff(!isStruct && !isList, got.Ordered()); diff != "" {
		t.Errorf("\nOnly objects, and what may hold them, have no order.\nOrdered() of %v: -want, +got:\n%s", want, diff)
	}
	if diff := cmp.Diff(isStruct, got.Struct() != nil); diff != "" {
		t.Errorf("\nOnly an object has fields.\nStruct() of %v: -want, +got:\n%s", want, diff)
	}
	if isStruct {
		sameObject(t, want.GetStructValue(), got.Struct())
	}
	if !proto.Equal(want, got.Message()) {
		t.Errorf("\nDecoded they are the same.\nMessage(): -want, +got:\n%s", cmp.Diff(want, got.Message(), protocmp.Transform()))
	}
}

func TestValues(t *testing.T) {
	message := resource.MustStructJSON(vpc)
	sameObject(t, message, AppendStruct(nil, message))
	repeated := entry("kind", field(3, "first")) + entry("kind", field(3, "last"))
	if diff := cmp.Diff("last", Struct(repeated).Field("kind").Text()); diff != "" {
		t.Errorf("\nThe last of a map's keys counts.\nField(...): -want, +got:\n%s", diff)
	}
	for _, garbage := range []string{"\xff", field(1, "\xff"), field(1, field(1, "kind"))} {
		if v := Struct(garbage).Field("kind"); v != nil {
			t.Errorf("\nGarbage has no fields.\nField(...) of %q: got %q", garbage, v)
		}
	}
	if Value(nil).Message() != nil || Struct(nil).Message() != nil {
		t.Error("\nNothing is decoded to nothing.\nMessage(): got a message")
	}
}

func TestValuesSloppy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := []byte(sloppy{t}.object(3))
		if !plainStruct(b) {
			return
		}
		sameObject(t, Struct(b).Message(), b)
	})
}

func TestAppendStruct(t *testing.T) {
	null := structpb.NewNullValue()
	null.Kind.(*structpb.Value_NullValue).NullValue = 300 //nolint:forcetypeassert // Created above.
	cases := map[string]*structpb.Struct{
		"Empty":    {},
		"Nothing":  nil,
		"AllKinds": resource.MustStructJSON(vpc),
		"NoKind":   {Fields: map[string]*structpb.Value{"a": {}, "b": nil, "c": structpb.NewStructValue(nil), "d": structpb.NewListValue(nil)}},
		"OddNull":  {Fields: map[string]*structpb.Value{"a": null}},
		"Lengths":  {Fields: map[string]*structpb.Value{"a": structpb.NewStringValue(strings.Repeat("x", 127)), "b": structpb.NewStringValue(strings.Repeat("x", 20000))}},
	}
	for name, s := range cases {
		t.Run(name, func(t *testing.T) {
			want, err := proto.MarshalOptions{Deterministic: true}.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(AppendStruct(nil, s))); diff != "" {
				t.Errorf("\nThe bytes are those that protobuf writes.\nAppendStruct(...): -want, +got:\n%s", diff)
			}
		})
	}
}

func TestSame(t *testing.T) {
	object := func(fields ...string) string { return field(5, fields...) }
	a, b, c := entry("a", field(3, "1")), entry("b", field(3, "2")), entry("b", field(3, "3"))
	many := make(map[string]*structpb.Value)
	for i := range 100 {
		many[strings.Repeat("x", i)] = structpb.NewNumberValue(float64(i))
	}
	large := Value(AppendValue(nil, structpb.NewStructValue(&structpb.Struct{Fields: many})))
	first, _, _ := take(large.content(valueStruct), structField)
	reversed := object(string(large.content(valueStruct)[len(first)+2:]), field(1, string(first)))
	cases := map[string]struct {
		reason       string
		v, canonical string
		want         bool
	}{
		"Text":       {reason: "A string should be the same as itself.", v: field(3, "x"), canonical: field(3, "x"), want: true},
		"OtherText":  {reason: "And as no other.", v: field(3, "x"), canonical: field(3, "y")},
		"Object":     {reason: "The order of fields should not matter.", v: object(b, a), canonical: object(a, b), want: true},
		"Below":      {reason: "Nor should it below.", v: object(entry("c", object(b, a))), canonical: object(entry("c", object(a, b))), want: true},
		"InList":     {reason: "Nor in a list.", v: field(6, field(1, object(b, a))), canonical: field(6, field(1, object(a, b))), want: true},
		"OtherField": {reason: "Each value should matter.", v: object(b, a), canonical: object(a, c)},
		"OtherItem":  {reason: "Also in a list.", v: field(6, field(1, object(b, a))), canonical: field(6, field(1, object(a, c)))},
		"OrderOfList": {
			reason: "Lists have an order.", v: field(6, field(1, field(3, "1")), field(1, field(3, "2"))), canonical: field(6, field(1, field(3, "2")), field(1, field(3, "1"))),
		},
		"LengthOfList": {
			reason: "And a length.", v: field(6, field(1, field(3, "1")), field(1, field(3))), canonical: field(6, field(1, field(3, "1")), field(1), field(1)),
		},
		"Twice":     {reason: "A repeated name should not hide a missing one.", v: object(a, a), canonical: object(a, b)},
		"TwiceLast": {reason: "Nor should one that counts.", v: object(c, b, a), canonical: object(a, b)},
		"OtherKind": {reason: "Kinds should matter.", v: field(6, "xx"), canonical: object("xx")},
		"Large":     {reason: "Large objects may be decoded instead.", v: reversed, canonical: string(large)},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Value(tc.v).Same(Value(tc.canonical))); diff != "" {
				t.Errorf("\n%s\nSame(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestWith(t *testing.T) {
	message := resource.MustStructJSON(vpc)
	for _, name := range []string{"kind", "spec", strings.Repeat("x", 200)} {
		want := &structpb.Struct{Fields: map[string]*structpb.Value{"a": structpb.NewNumberValue(1), name: structpb.NewStructValue(message)}}
		got := Struct(AppendStruct(nil, &structpb.Struct{Fields: map[string]*structpb.Value{"a": structpb.NewNumberValue(1)}})).With(name, AppendStruct(nil, message))
		if diff := cmp.Diff(want, got.Message(), protocmp.Transform()); diff != "" {
			t.Errorf("\nThe object should have the other field, too.\nWith(%q, ...): -want, +got:\n%s", name, diff)
		}
	}
}

func TestWithout(t *testing.T) {
	message := resource.MustStructJSON(vpc)
	object := Struct(AppendStruct(nil, message))
	want := resource.MustStructJSON(vpc)
	delete(want.GetFields(), "kind")
	delete(want.GetFields(), "spec")
	if diff := cmp.Diff(want, object.Without("kind", "spec", "not there").Message(), protocmp.Transform()); diff != "" {
		t.Errorf("\nWhat is named is left out, and nothing else.\nWithout(...): -want, +got:\n%s", diff)
	}
	if !proto.Equal(message, object.Message()) {
		t.Error("\nThe object stays as it is.\nWithout(...): changed it")
	}
	if Struct(nil).Without("kind") != nil {
		t.Error("\nNothing without something is nothing.\nWithout(...): got an object")
	}
}
