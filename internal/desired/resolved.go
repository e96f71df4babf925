package desired

import (
	"slices"
	"strconv"
	"strings"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"google.golang.org/protobuf/types/known/structpb"
)

// keepResolved copies resolved references from the observed to the desired object,
// where the provider's field ownership is not sufficient:
//
// Within lists, which are atomic in server-side apply. Crossplane would remove the
// value in every reconcile, and the provider would add it again.
//
// In an object with a reference that is resolved in every reconcile. The provider
// then applies only the changed reference, and server-side apply removes its other
// resolved values unless another manager owns them. In its next reconcile, the
// provider resolves those and loses the first. Each change would trigger the
// provider indefinitely.
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
		// The resolved value of another reference is wrong here.
		if resolved := seen(at.path() + "." + target); resolved != nil && sameReference(value, at.path()+"."+name, len(resolved.GetListValue().GetValues()), seen) {
			fields[target] = resolved
		}
	}
	for i, value := range desired.GetListValue().GetValues() {
		keepResolvedIn(value, &place{above: at, index: i}, true, seen)
	}
}

// resolvedField returns the field with the resolved value of a reference or of a
// list of references. It is empty if the field is no reference.
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

// sameReference reports whether a reference has the observed name. For a list, all
// names and the number of resolved values must match.
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

// resolvedAnew reports whether an object has a reference that is resolved in every
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

// place is the location of a value in an object. Its path is created only on
// demand.
type place struct {
	above *place
	// name of a field. A list item has an index instead.
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
