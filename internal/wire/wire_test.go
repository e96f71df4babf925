package wire

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"pgregory.net/rapid"
)

// vpc contains a value of each kind.
const vpc = `{"kind":"VPC","spec":{"tags":{"a.b/c":"d"},"zones":["a",1.5,true,false,null,[],{},""]},"":{"long":"` + "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789" + `"}}`

func request(t *testing.T) *fnv1.RunFunctionRequest {
	t.Helper()
	return &fnv1.RunFunctionRequest{
		Meta:  &fnv1.RequestMeta{Tag: "tag"},
		Input: resource.MustStructJSON(`{"kind":"Input"}`),
		Observed: &fnv1.State{
			Composite: &fnv1.Resource{Resource: resource.MustStructJSON(`{"kind":"XR"}`)},
			Resources: map[string]*fnv1.Resource{
				"vpc":      {Resource: resource.MustStructJSON(vpc), ConnectionDetails: map[string][]byte{"endpoint": []byte("there")}, Ready: fnv1.Ready_READY_TRUE},
				"empty":    {Resource: &structpb.Struct{}},
				"bodiless": {Ready: fnv1.Ready_READY_FALSE},
				"nothing":  {},
			},
		},
		Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"other": {Resource: resource.MustStructJSON(vpc)}}},
	}
}

// all returns all observed objects.
func all(req *fnv1.RunFunctionRequest) []*fnv1.Resource {
	return append(slices.Collect(maps.Values(req.GetObserved().GetResources())), req.GetObserved().GetComposite())
}

// read decodes the objects that are still encoded.
func read(req *fnv1.RunFunctionRequest) *fnv1.RunFunctionRequest {
	for _, r := range all(req) {
		if object := Unread(r); object != nil {
			r.Resource = object.Message()
			r.ProtoReflect().SetUnknown(nil)
		}
	}
	return req
}

func marshal(t *testing.T, m proto.Message) []byte {
	t.Helper()
	b, err := proto.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// decodesAlike fails unless bytes are decoded or rejected like by proto.Unmarshal.
func decodesAlike(t interface {
	Helper()
	Errorf(format string, args ...any)
}, reason string, b []byte,
) *fnv1.RunFunctionRequest {
	t.Helper()
	got, want := &fnv1.RunFunctionRequest{Meta: &fnv1.RequestMeta{Tag: "before"}}, &fnv1.RunFunctionRequest{}
	gotErr, wantErr := Unmarshal(b, got), proto.Unmarshal(b, want)
	if (gotErr == nil) != (wantErr == nil) {
		t.Errorf("\n%s\nUnmarshal(%q): want error %v, got %v", reason, b, wantErr, gotErr)
		return got
	}
	unread := proto.CloneOf(got)
	if wantErr == nil && !proto.Equal(want, read(got)) {
		t.Errorf("\n%s\nUnmarshal(%q): -want, +got:\n%s", reason, b, cmp.Diff(want, got, protocmp.Transform()))
	}
	return unread
}

func TestUnmarshal(t *testing.T) {
	req := request(t)
	unread := decodesAlike(t, "What every encoder writes is left unread, and is the same once it is read.", marshal(t, req))
	want := map[string]bool{"vpc": true, "empty": true, "bodiless": false, "nothing": false}
	got := map[string]bool{}
	for resourceName, r := range unread.GetObserved().GetResources() {
		got[resourceName] = Unread(r) != nil
		if r.GetResource() != nil {
			t.Errorf("\nNothing is decoded for nobody.\n%s: %v", resourceName, r.GetResource())
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("\nOnly objects are left unread.\nUnread(...): -want, +got:\n%s", diff)
	}
	if Unread(unread.GetObserved().GetComposite()) == nil {
		t.Error("\nThe composite is left unread too.\nUnread(...): got nothing")
	}
	again := &fnv1.RunFunctionRequest{}
	if err := proto.Unmarshal(marshal(t, unread), again); err != nil || !proto.Equal(req, again) {
		t.Errorf("\nA message with objects unread is the same as ever on the wire.\n%v, -want, +got:\n%s", err, cmp.Diff(req, again, protocmp.Transform()))
	}
}

// field returns a length-delimited field.
func field(number protowire.Number, content ...string) string {
	return string(protowire.AppendString(protowire.AppendTag(nil, number, protowire.BytesType), strings.Join(content, "")))
}

// observed returns a request with one observed resource with these fields.
func observed(fields ...string) string {
	return field(2, field(2, field(1, "vpc")+field(2, fields...)))
}

// entry returns a field of a Struct.
func entry(name string, value ...string) string { return field(1, field(1, name), field(2, value...)) }

const varint = "\x78\x01" // An unknown field number.

func TestUnmarshalWhatIsNotPlain(t *testing.T) {
	text := field(3, "x")
	deep := text
	for range maxDepth + 1 {
		deep = field(5, entry("deeper", deep))
	}
	cases := map[string]struct {
		reason string
		b      string
		// unread reports whether the resource's object stays encoded anyway.
		unread bool
	}{
		"Empty":               {reason: "Nothing is a request, too.", b: ""},
		"NothingObserved":     {reason: "So is one without observed state.", b: field(4, entry("kind", text))},
		"EmptyState":          {reason: "And one of which nothing was observed.", b: field(2)},
		"Malformed":           {reason: "What is no message is refused.", b: "\xff"},
		"Truncated":           {reason: "So is half a message.", b: observed(field(1, entry("kind", text)))[:20]},
		"TwoStates":           {reason: "Repeated fields are merged.", b: observed(field(1, entry("kind", text))) + observed(field(1, entry("spec", text)))},
		"StateIsNumber":       {reason: "A field of another type is not known.", b: "\x10\x01"},
		"OthersMalformed":     {reason: "Mistakes elsewhere are found, too.", b: field(4, "\xff") + observed()},
		"StateMalformed":      {reason: "Also in the state.", b: field(2, "\xff")},
		"CompositeMalformed":  {reason: "And in the composite.", b: field(2, field(1, "\xff"))},
		"TwoComposites":       {reason: "Repeated composites are merged.", b: field(2, field(1, field(1, entry("kind", text)))+field(1, field(1, entry("spec", text))))},
		"CompositeNotPlain":   {reason: "A composite may be as odd as all others.", b: field(2, field(1, field(1, entry("kind", text), varint)))},
		"CompositeIsNumber":   {reason: "Or none.", b: field(2, "\x08\x01")},
		"EntryWithoutKey":     {reason: "A map's key may be left out.", b: field(2, field(2, field(2, field(1, entry("kind", text)))))},
		"ResourceMalformed":   {reason: "And in a resource.", b: observed("\xff")},
		"OthersOfResource":    {reason: "And in what a resource has beside its object.", b: observed(field(1, entry("kind", text)), field(2, "\xff"))},
		"Plain":               {reason: "Plain objects are left unread.", b: observed(field(1, entry("kind", text))), unread: true},
		"KeyTwice":            {reason: "The last of a map's keys counts.", b: observed(field(1, entry("kind", field(3, "a")), entry("kind", field(3, "b")))), unread: true},
		"TextNotASCII":        {reason: "A text may be in any language.", b: observed(field(1, entry("für", field(3, "ü")))), unread: true},
		"NumberNotASCII":      {reason: "The bytes of a number are not a text.", b: observed(field(1, entry("n", "\x11\xff\xff\xff\xff\xff\xff\xef\xff"), entry("long", field(3, strings.Repeat("x", 200))))), unread: true},
		"NotUTF8BesideNumber": {reason: "Nor do they hide a text that is not UTF-8.", b: observed(field(1, entry("n", "\x11\xff\xff\xff\xff\xff\xff\xef\xff"), entry("kind", field(3, "\xff"))))},
		"OneByteValue":        {reason: "Half a value is refused.", b: observed(field(1, entry("kind", "\x1a")))},
		"LongForm":            {reason: "A length may be written with more bytes than it needs.", b: observed("\x0a\x80\x00"), unread: true},
		"TwoObjects":          {reason: "Repeated objects are merged.", b: observed(field(1, entry("kind", text)), field(1, entry("spec", text)))},
		"UnknownBeside":       {reason: "What is not known beside an object is kept.", b: observed(field(1, entry("kind", text)), varint)},
		"UnknownInObject":     {reason: "So is what is not known in it.", b: observed(field(1, entry("kind", text), varint))},
		"UnknownInEntry":      {reason: "What is not known in an entry is not.", b: observed(field(1, field(1, field(1, "kind"), field(2, text), varint)))},
		"ValueFirst":          {reason: "The value may come before the key.", b: observed(field(1, field(1, field(2, text), field(1, "kind"))))},
		"NoValue":             {reason: "An entry may have no value.", b: observed(field(1, field(1, field(1, "kind"))))},
		"EmptyValue":          {reason: "A value may be of no kind.", b: observed(field(1, entry("kind", "")))},
		"TwoKinds":            {reason: "The last kind counts.", b: observed(field(1, entry("kind", text+field(6))))},
		"TwoStructs":          {reason: "Repeated objects are merged, also below.", b: observed(field(1, entry("spec", field(5, entry("a", text)), field(5, entry("b", text)))))},
		"UnknownKind":         {reason: "A kind may be unknown.", b: observed(field(1, entry("kind", field(7, "x"))))},
		"EmptyItem":           {reason: "An item may be of no kind.", b: observed(field(1, entry("list", field(6, field(1)))))},
		"UnknownInList":       {reason: "A list may hold what is not known.", b: observed(field(1, entry("list", field(6, varint))))},
		"KeyNotUTF8":          {reason: "A name that is not UTF-8 is refused.", b: observed(field(1, entry("\xff", text)))},
		"TextNotUTF8":         {reason: "So is such a text.", b: observed(field(1, entry("kind", field(3, "\xff"))))},
		"RoleNotUTF8":         {reason: "And such a role.", b: field(2, field(2, field(1, "\xff")+field(2, field(1))))},
		"ShortNumber":         {reason: "And half a number.", b: observed(field(1, entry("n", "\x11\x00")))},
		"LongBool":            {reason: "And a number that is too large.", b: observed(field(1, entry("b", "\x20"+strings.Repeat("\xff", 11))))},
		"LongLength":          {reason: "And a length that is too large.", b: observed(field(1, "\x0a"+strings.Repeat("\xff", 11)))},
		"TooDeep":             {reason: "What is deeper than any object is not looked through.", b: observed(field(1, entry("deep", deep)))},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := decodesAlike(t, tc.reason, []byte(tc.b))
			if diff := cmp.Diff(tc.unread, Unread(got.GetObserved().GetResources()["vpc"]) != nil); diff != "" {
				t.Errorf("\n%s\nUnread(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// sloppy generates unusual messages: each field can be correct, repeated, of
// another type, unknown or truncated.
type sloppy struct{ *rapid.T }

func (s sloppy) field(number protowire.Number, content func() string) string {
	right := func() string { return field(number, content()) }
	switch rapid.IntRange(0, 30).Draw(s.T, "mischief") {
	case 0:
		return right() + right()
	case 1:
		return varint + right()
	case 2:
		return right() + field(15, "unknown")
	case 3:
		return string(protowire.AppendVarint(protowire.AppendTag(nil, number, protowire.VarintType), 1))
	case 4:
		return right()[:1]
	case 5:
		text := right()
		if text[1] >= 0x80 {
			return text
		}
		return text[:1] + string([]byte{text[1] | 0x80, 0}) + text[2:] // A non-minimal length.
	case 6:
		return ""
	default:
		return right()
	}
}

func (s sloppy) several(label string, piece func() string) string {
	b := strings.Builder{}
	for range rapid.IntRange(0, 3).Draw(s.T, label) {
		b.WriteString(piece())
	}
	return b.String()
}

func (s sloppy) text() string {
	return rapid.SampledFrom([]string{"", "a", "b", "long " + strings.Repeat("x", 200), "\xff", "ü"}).Draw(s.T, "text")
}

func (s sloppy) object(depth int) string {
	return s.several("fields", func() string {
		return s.field(1, func() string {
			key, value := s.field(1, s.text), s.field(2, func() string { return s.value(depth) })
			if rapid.IntRange(0, 30).Draw(s.T, "order") == 0 {
				return value + key
			}
			return key + value
		})
	})
}

func (s sloppy) value(depth int) string {
	kind := rapid.IntRange(0, 7).Draw(s.T, "kind")
	if depth == 0 {
		kind %= 5
	}
	switch kind {
	case 0:
		return "\x08" + string(protowire.AppendVarint(nil, rapid.Uint64Range(0, 300).Draw(s.T, "null")))
	case 1:
		return "\x11" + string(protowire.AppendFixed64(nil, math.Float64bits(rapid.Float64().Draw(s.T, "number"))))
	case 2:
		return "\x20" + string(protowire.AppendVarint(nil, rapid.Uint64Range(0, 300).Draw(s.T, "bool")))
	case 3, 4:
		return s.field(3, s.text)
	case 5, 6:
		return s.field(5, func() string { return s.object(depth - 1) })
	default:
		return s.field(6, func() string {
			return s.several("items", func() string { return s.field(1, func() string { return s.value(depth - 1) }) })
		})
	}
}

func (s sloppy) resource() string {
	return s.field(1, func() string { return s.object(3) }) + s.field(2, func() string { return field(1, "k") })
}

func (s sloppy) request() string {
	composite := func() string { return s.field(1, func() string { return s.object(1) }) }
	return s.field(1, func() string { return s.field(1, s.text) }) + s.field(2, func() string {
		return s.field(1, composite) + s.several("resources", func() string {
			return s.field(2, func() string { return s.field(1, s.text) + s.field(2, s.resource) })
		})
	})
}

func TestUnmarshalSloppy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		decodesAlike(t, "Whatever somebody writes is decoded as protobuf does.", []byte(sloppy{t}.request()))
	})
}

func FuzzUnmarshal(f *testing.F) {
	f.Add([]byte(observed(field(1, entry("kind", field(3, "VPC"))))))
	f.Add([]byte(observed(field(1, entry("a", "\x08\x00"), entry("b", "\x20\x01"), entry("c", "\x11\x00\x00\x00\x00\x00\x00\xf0\x3f"), entry("d", field(6, field(1, field(3, "x"))))))))
	f.Fuzz(func(t *testing.T, b []byte) {
		unread := decodesAlike(t, "Whatever the bytes, they are decoded as protobuf does.", b)
		for _, r := range all(unread) {
			if object := Unread(r); object != nil {
				sameObject(t, object.Message(), object)
			}
		}
	})
}

func TestCodec(t *testing.T) {
	c := NewCodec()
	if diff := cmp.Diff("proto", c.Name()); diff != "" {
		t.Errorf("\nThe codec stands in for the usual one.\nName(): -want, +got:\n%s", diff)
	}
	b, err := c.Marshal(request(t))
	if err != nil {
		t.Fatal(err)
	}
	got := &fnv1.RunFunctionRequest{}
	if err := c.Unmarshal(b, got); err != nil || Unread(got.GetObserved().GetComposite()) == nil {
		t.Errorf("\nA request comes with objects unread.\nUnmarshal(...): %v, %v", err, got)
	}
	answer, err := c.Intercept(t.Context(), got, nil, func(_ context.Context, req any) (any, error) {
		return proto.CloneOf(read(req.(*fnv1.RunFunctionRequest))), nil //nolint:forcetypeassert // The value was set above.
	})
	if err != nil || !proto.Equal(request(t), answer.(*fnv1.RunFunctionRequest)) { //nolint:forcetypeassert // As above.
		t.Errorf("\nA request can be read until it is answered.\nIntercept(...): %v, -want, +got:\n%s", err, cmp.Diff(request(t), answer, protocmp.Transform()))
	}
	for range c.lent.Range {
		t.Error("\nWhat was answered is given back.\nIntercept(...): keeps memory")
	}
	other := &fnv1.State{}
	if err := c.Unmarshal(mem.BufferSlice{mem.SliceBuffer(marshal(t, request(t).GetObserved()))}, other); err != nil || !proto.Equal(request(t).GetObserved(), other) {
		t.Errorf("\nAll other messages are decoded as usual.\nUnmarshal(...): %v, -want, +got:\n%s", err, cmp.Diff(request(t).GetObserved(), other, protocmp.Transform()))
	}
	if _, err := c.Intercept(t.Context(), other, nil, func(context.Context, any) (any, error) { return other, nil }); err != nil {
		t.Errorf("\nAnd answered as usual.\nIntercept(...): %v", err)
	}
	if err := c.Unmarshal(mem.BufferSlice{mem.SliceBuffer("\xff")}, got); err == nil {
		t.Error("\nWhat is no message is refused.\nUnmarshal(...): no error")
	}
}

func TestPool(t *testing.T) {
	p := NewPool()
	cases := map[string]struct {
		reason string
		length int
	}{
		"Frame": {reason: "A frame should fit.", length: frameSize},
		"Short": {reason: "So should a shorter one.", length: 1},
		"Large": {reason: "And anything larger.", length: frameSize + 1},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			for range 2 {
				b := p.Get(tc.length)
				if diff := cmp.Diff(tc.length, len(*b)); diff != "" {
					t.Errorf("\n%s\nGet(...): length: -want, +got:\n%s", tc.reason, diff)
				}
				p.Put(b)
			}
		})
	}
}

func TestObject(t *testing.T) {
	message := resource.MustStructJSON(vpc)
	unread := &fnv1.RunFunctionRequest{}
	if err := Unmarshal([]byte(observed(field(1, string(marshal(t, message))))), unread); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		reason string
		r      *fnv1.Resource
		want   *structpb.Struct
	}{
		"Message": {reason: "A resource that was decoded has its object as bytes, too.", r: &fnv1.Resource{Resource: message}, want: message},
		"Unread":  {reason: "So has one that was left unread.", r: unread.GetObserved().GetResources()["vpc"], want: message},
		"Empty":   {reason: "An empty object is one.", r: &fnv1.Resource{Resource: &structpb.Struct{}}, want: &structpb.Struct{}},
		"None":    {reason: "No object is none.", r: &fnv1.Resource{}},
		"Nothing": {reason: "Neither has no resource.", r: nil},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Object(tc.r).Message(), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nObject(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestEncodeDesired(t *testing.T) {
	desired := func() *fnv1.State {
		state := request(t).GetObserved()
		state.Resources["nil"] = nil
		state.ProtoReflect().SetUnknown([]byte(varint))
		state.GetResources()["vpc"].ProtoReflect().SetUnknown([]byte(varint))
		return state
	}
	answer := func() *fnv1.RunFunctionResponse {
		return &fnv1.RunFunctionResponse{Meta: &fnv1.ResponseMeta{Tag: "tag"}, Desired: desired(), Results: []*fnv1.Result{{Message: "hello"}}}
	}
	encoded := answer()
	if err := EncodeDesired(encoded); err != nil {
		t.Fatal(err)
	}
	if encoded.GetDesired() != nil {
		t.Errorf("\nWhat is desired is only there once.\nEncodeDesired(...): got %v", encoded.GetDesired())
	}
	first := marshal(t, encoded)
	got := &fnv1.RunFunctionResponse{}
	if err := proto.Unmarshal(first, got); err != nil {
		t.Fatal(err)
	}
	want := answer()
	want.Desired.Resources["nil"] = &fnv1.Resource{} // Like protobuf.
	if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
		t.Errorf("\nOn the wire the answer is the same as ever.\nEncodeDesired(...): -want, +got:\n%s", diff)
	}
	again := answer()
	if err := EncodeDesired(again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, marshal(t, again)); diff != "" {
		t.Errorf("\nThe same state has the same bytes.\nEncodeDesired(...): -first, +second:\n%s", diff)
	}
	odd := &fnv1.Resource{ConnectionDetails: map[string][]byte{"\xff": nil}}
	for _, state := range []*fnv1.State{{Composite: odd}, {Resources: map[string]*fnv1.Resource{"vpc": odd}}} {
		if err := EncodeDesired(&fnv1.RunFunctionResponse{Desired: state}); err == nil {
			t.Errorf("\nWhat protobuf cannot encode is an error.\nEncodeDesired(...) of %v: no error", state)
		}
	}
}
