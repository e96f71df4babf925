package wire

import (
	"testing"

	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"
)

func TestEqual(t *testing.T) {
	const all = `{"a":"x","b":1,"c":true,"d":null,"e":["x",{"f":1}]}`
	cases := map[string]struct {
		reason string
		other  *structpb.Struct
		want   bool
	}{
		"Equal":   {reason: "Fields have no order.", other: resource.MustStructJSON(`{"e":["x",{"f":1}],"d":null,"c":true,"b":1,"a":"x"}`), want: true},
		"Text":    {reason: "Texts are compared.", other: resource.MustStructJSON(`{"a":"y","b":1,"c":true,"d":null,"e":["x",{"f":1}]}`)},
		"Number":  {reason: "Numbers are compared.", other: resource.MustStructJSON(`{"a":"x","b":2,"c":true,"d":null,"e":["x",{"f":1}]}`)},
		"Bool":    {reason: "Booleans are compared.", other: resource.MustStructJSON(`{"a":"x","b":1,"c":false,"d":null,"e":["x",{"f":1}]}`)},
		"Null":    {reason: "A null is not a text.", other: resource.MustStructJSON(`{"a":"x","b":1,"c":true,"d":"","e":["x",{"f":1}]}`)},
		"Type":    {reason: "A number is not a text.", other: resource.MustStructJSON(`{"a":1,"b":1,"c":true,"d":null,"e":["x",{"f":1}]}`)},
		"Order":   {reason: "The items of a list have an order.", other: resource.MustStructJSON(`{"a":"x","b":1,"c":true,"d":null,"e":[{"f":1},"x"]}`)},
		"Nested":  {reason: "Objects in lists are compared.", other: resource.MustStructJSON(`{"a":"x","b":1,"c":true,"d":null,"e":["x",{"f":2}]}`)},
		"Missing": {reason: "A missing field is not a null.", other: resource.MustStructJSON(`{"a":"x","b":1,"c":true,"e":["x",{"f":1}]}`)},
		"Renamed": {reason: "Names of fields are compared.", other: resource.MustStructJSON(`{"a":"x","b":1,"c":true,"z":null,"e":["x",{"f":1}]}`)},
		"Nothing": {reason: "There is no object to compare with."},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Equal(resource.MustStructJSON(all), tc.other)); diff != "" {
				t.Errorf("\n%s\nEqual(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.want, Equal(tc.other, resource.MustStructJSON(all))); diff != "" {
				t.Errorf("\n%s\nEqual(...), other way round: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
