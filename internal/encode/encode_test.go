package encode

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Inner is embedded.
type Inner struct {
	Kind string `json:"kind,omitempty"`
}

type hidden struct {
	Shown string `json:"shown"`
}

// Loud is a string with custom encoding.
type Loud string

func (l Loud) MarshalText() ([]byte, error) { return []byte(l + "!"), nil }

// Shy has custom encoding on its pointer only.
type Shy struct{ Name string }

func (s *Shy) MarshalJSON() ([]byte, error) { return json.Marshal("shy " + s.Name) }

// odd has IsZero on its pointer.
type odd struct {
	N int `json:"n"`
}

func (o *odd) IsZero() bool { return o.N%2 == 1 }

type everything struct {
	Inner  `json:",inline"`
	hidden `json:",inline"`

	Untagged  string
	Ignored   string              `json:"-"`
	Dash      string              `json:"-,"` //nolint:staticcheck // A valid tag for the name "-".
	private   string              //nolint:unused // JSON ignores it.
	Text      *string             `json:"text,omitempty"`
	Always    *string             `json:"always"`
	Number    float64             `json:"number"`
	Whole     int64               `json:"whole,omitempty"`
	Small     int8                `json:"small"`
	Unsigned  uint16              `json:"unsigned"`
	Half      float32             `json:"half"`
	Bool      bool                `json:"bool,omitempty"`
	List      []*string           `json:"list"`
	Lists     [][]int32           `json:"lists,omitempty"`
	Structs   []Inner             `json:"structs,omitempty"`
	Array     [2]string           `json:"array,omitempty"`
	Map       map[string]*float64 `json:"map"`
	MapOf     map[string]Inner    `json:"mapOf,omitempty"`
	Numbered  map[int]string      `json:"numbered,omitempty"`
	LoudKeys  map[Loud]string     `json:"loudKeys,omitempty"`
	Struct    Inner               `json:"struct,omitempty"` //nolint:modernize // The field is unexported on purpose.
	Time      metav1.Time         `json:"time,omitzero"`
	TimeAt    *metav1.Time        `json:"timeAt,omitempty"`
	Zero      Inner               `json:"zero,omitzero"`
	Odd       odd                 `json:"odd,omitzero"`
	Bytes     []byte              `json:"bytes,omitempty"`
	Any       any                 `json:"any"`
	Loud      Loud                `json:"loud,omitempty"`
	Shy       Shy                 `json:"shy"`
	Quoted    quoted              `json:"quoted"`
	Pointer   pointing            `json:"pointer"`
	PointerZ  zeroing             `json:"pointerZ"`
	Ambiguous ambiguous           `json:"ambiguous"`
	Named     naming              `json:"naming"`
}

// Structs with features that only encoding/json supports.
type (
	quoted struct {
		N int `json:"n,string"`
	}
	pointing struct{ *Inner }
	zeroing  struct {
		P *Inner `json:"p,omitzero"`
	}
	ambiguous struct {
		Inner

		Kind string `json:"kind"`
	}
	naming struct{ Loud }
)

// byJSONOnly returns the value that encoding/json and protobuf create.
func byJSONOnly(t *testing.T, v any) *structpb.Struct {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	s := &structpb.Struct{}
	if err := s.UnmarshalJSON(raw); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStruct(t *testing.T) {
	now := metav1.NewTime(time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC))
	cases := map[string]struct {
		reason string
		v      any
	}{
		"Empty": {reason: "What is empty is left out, or null, as its tag says.", v: &everything{}},
		"Full": {
			reason: "Every kind of field is written as JSON writes it.",
			v: &everything{
				Inner: Inner{Kind: "K"}, hidden: hidden{Shown: "yes"}, Untagged: "u", Ignored: "i", Dash: "d",
				Text: new("<&>\u2028"), Always: new(""), Number: 1e300, Whole: math.MaxInt64, Small: -1, Unsigned: 7, Half: 0.1, Bool: true,
				List: []*string{new("a"), nil, new("bad \xff\xfe utf-8")}, Lists: [][]int32{{1}, nil, {}}, Structs: []Inner{{}, {Kind: "x"}}, Array: [2]string{"a"},
				Map: map[string]*float64{"a": new(0.5), "b": nil, "\xff": new(1.0)}, MapOf: map[string]Inner{"a": {Kind: "b"}}, Numbered: map[int]string{1: "a"}, LoudKeys: map[Loud]string{"a": "b"},
				Struct: Inner{Kind: "s"}, Time: now, TimeAt: &now, Zero: Inner{Kind: "z"}, Odd: odd{N: 2}, Bytes: []byte("bytes"), Any: map[string]any{"a": []any{1, "x", nil}},
				Loud: "loud", Shy: Shy{Name: "me"}, Quoted: quoted{N: 5}, Pointer: pointing{Inner: &Inner{Kind: "p"}}, PointerZ: zeroing{P: &Inner{}},
				Ambiguous: ambiguous{Inner: Inner{Kind: "in"}, Kind: "out"}, Named: naming{Loud: "named"},
			},
		},
		"Odd":    {reason: "A type may say itself when it is zero.", v: &everything{Odd: odd{N: 1}, Structs: []Inner{}, Map: map[string]*float64{}, MapOf: map[string]Inner{}}},
		"AsMap":  {reason: "A map is an object, too.", v: &map[string]Inner{"a": {Kind: "b"}}},
		"Object": {reason: "Metadata of Kubernetes has all that is special about it.", v: &metav1.ObjectMeta{Name: "shop", CreationTimestamp: now, DeletionTimestamp: &now, Labels: map[string]string{"a": "b"}, OwnerReferences: []metav1.OwnerReference{{Kind: "XR", Controller: new(true)}}}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := Struct(tc.v)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(byJSONOnly(t, tc.v), got, protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nStruct(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestStructRefuses(t *testing.T) {
	cases := map[string]struct {
		reason string
		v      any
		want   string
	}{
		"Number":    {reason: "A number that JSON does not have cannot be written.", v: &everything{Number: math.NaN()}, want: "json: unsupported value: NaN"},
		"InList":    {reason: "Nor can a list of it.", v: &struct{ L []float64 }{L: []float64{math.Inf(1)}}, want: "json: unsupported value: +Inf"},
		"InMap":     {reason: "Nor can a map to it.", v: &struct{ M map[string]float64 }{M: map[string]float64{"a": math.Inf(-1)}}, want: "json: unsupported value: -Inf"},
		"NoObject":  {reason: "A text is no object.", v: new("text"), want: "*string is not an object"},
		"Nothing":   {reason: "Neither is nothing.", v: nil, want: "<nil> is not an object"},
		"NoPointee": {reason: "Nor what is not there.", v: (*everything)(nil), want: "*encode.everything is not an object"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Struct(tc.v)
			if err == nil {
				t.Fatalf("\n%s\nStruct(...): no error", tc.reason)
			}
			if diff := cmp.Diff(tc.want, err.Error()); diff != "" {
				t.Errorf("\n%s\nStruct(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
