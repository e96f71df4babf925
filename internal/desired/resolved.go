package desired

import (
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// keepResolved copies into objects within lists what the provider resolved
// their references to, as it was seen at the same place. The provider's lists
// are atomic in server-side apply: otherwise Crossplane would take the value away
// at every reconcile, the provider would put it back, and each would wake the
// other for ever. Outside of lists the value is the provider's own field, which
// an apply leaves alone.
func keepResolved(desired *structpb.Value, at *place, inList bool, seen func(path string) *structpb.Value) {
	fields := desired.GetStructValue().GetFields()
	for name, value := range fields {
		keepResolved(value, &place{above: at, name: name}, inList, seen)
		target, isRef := strings.CutSuffix(name, "Ref")
		if !inList || !isRef || fields[target] != nil {
			continue
		}
		// What another reference was resolved to is of no use.
		before := seen(at.path() + "." + name + ".name").GetStringValue()
		if resolved := seen(at.path() + "." + target); resolved != nil && before == value.GetStructValue().GetFields()["name"].GetStringValue() {
			fields[target] = resolved
		}
	}
	for i, value := range desired.GetListValue().GetValues() {
		keepResolved(value, &place{above: at, index: i}, true, seen)
	}
}

// place is where a value is in an object. Its path is only written for the few
// places that somebody looks at.
type place struct {
	above *place
	// name is that of a field; the item of a list has an index.
	name  string
	index int
}

func (p *place) path() string {
	switch {
	case p.above == nil:
		return p.name
	case p.name == "":
		return p.above.path() + "[" + strconv.Itoa(p.index) + "]"
	default:
		return p.above.path() + "." + p.name
	}
}
