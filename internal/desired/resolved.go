package desired

import (
	"slices"
	"strconv"
	"strings"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"google.golang.org/protobuf/types/known/structpb"
)

// keepResolved copies into what is desired what the provider resolved the
// references to, as it was seen at the same place, wherever the provider's own
// hold on the value is not enough.
//
// Within lists: they are atomic in server-side apply, so Crossplane would take
// the value away at every reconcile, and the provider would put it back.
//
// And in an object with a reference that is resolved anew at every reconcile:
// what the provider applies then is the reference that changed and nothing else,
// so server-side apply takes the other resolved values from it, and away if
// nobody else holds them. At its next reconcile it resolves those, and loses the
// first. Each would wake the provider for ever.
func keepResolved(desired *structpb.Value, at *place, seen func(path string) *structpb.Value) {
	keepResolvedIn(desired, at, resolvedAnew(desired), seen)
}

func keepResolvedIn(desired *structpb.Value, at *place, keep bool, seen func(path string) *structpb.Value) {
	fields := desired.GetStructValue().GetFields()
	for name, value := range fields {
		keepResolvedIn(value, &place{above: at, name: name}, keep, seen)
		target := resolvedField(name)
		if !keep || target == "" || fields[target] != nil {
			continue
		}
		// What another reference was resolved to is of no use.
		if resolved := seen(at.path() + "." + target); resolved != nil && sameReference(value, at.path()+"."+name, len(resolved.GetListValue().GetValues()), seen) {
			fields[target] = resolved
		}
	}
	for i, value := range desired.GetListValue().GetValues() {
		keepResolvedIn(value, &place{above: at, index: i}, true, seen)
	}
}

// resolvedField names the field that the provider writes what a reference, or a
// list of them, was resolved to; "" if the field is no reference.
func resolvedField(name string) string {
	if one, ok := strings.CutSuffix(name, "Ref"); ok {
		return one
	}
	several, ok := strings.CutSuffix(name, "Refs")
	if !ok {
		return ""
	}
	return strings.TrimSuffix(several, "s") + "s"
}

// sameReference reports whether a reference, or each of a list that was resolved
// to as many values, has the name that was seen.
func sameReference(reference *structpb.Value, path string, values int, seen func(path string) *structpb.Value) bool {
	if one := reference.GetStructValue(); one != nil {
		return seen(path+".name").GetStringValue() == one.GetFields()["name"].GetStringValue()
	}
	several := reference.GetListValue().GetValues()
	for i, one := range several {
		if i >= values || !sameReference(one, path+"["+strconv.Itoa(i)+"]", 0, seen) {
			return false
		}
	}
	return len(several) == values
}

// resolvedAnew tells whether some reference of an object is resolved at every
// reconcile (Set.LiveRef).
func resolvedAnew(value *structpb.Value) bool {
	fields := value.GetStructValue().GetFields()
	if fields["resolve"].GetStringValue() == string(xpv1.ResolvePolicyAlways) {
		return true
	}
	for _, field := range fields {
		if resolvedAnew(field) {
			return true
		}
	}
	return slices.ContainsFunc(value.GetListValue().GetValues(), resolvedAnew)
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
