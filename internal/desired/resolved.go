package desired

import (
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
func keepResolved(desired *structpb.Value, name string, seen func(path string) *structpb.Value) {
	always, refers := references(desired)
	if !refers {
		return
	}
	k := &keeper{seen: seen, at: []step{{name: name}}}
	k.keep(desired, always)
}

// keeper copies resolved references in an object.
type keeper struct {
	// seen returns the observed value at a path.
	seen func(path string) *structpb.Value
	// at is the location of the current value.
	at []step
}

// step is a field, or an item of a list if it has no name.
type step struct {
	name  string
	index int
}

// keep copies the resolved references below a value, and those in the value itself
// if always is true.
func (k *keeper) keep(desired *structpb.Value, always bool) {
	fields := desired.GetStructValue().GetFields()
	for name, value := range fields {
		k.below(step{name: name}, value, always)
		target := resolvedField(name)
		if !always || target == "" || fields[target] != nil {
			continue
		}
		// The resolved value of another reference is wrong here.
		path := k.path()
		if resolved := k.seen(path + "." + target); resolved != nil && k.sameReference(value, path+"."+name, len(resolved.GetListValue().GetValues())) {
			fields[target] = resolved
		}
	}
	for i, value := range desired.GetListValue().GetValues() {
		k.below(step{index: i}, value, true)
	}
}

func (k *keeper) below(s step, value *structpb.Value, always bool) {
	if value.GetStructValue() == nil && value.GetListValue() == nil {
		return
	}
	k.at = append(k.at, s)
	k.keep(value, always)
	k.at = k.at[:len(k.at)-1]
}

// path returns the path of the current value.
func (k *keeper) path() string {
	var out strings.Builder
	for i, s := range k.at {
		switch {
		case s.name == "":
			out.WriteString("[" + strconv.Itoa(s.index) + "]")
		case i > 0:
			out.WriteString("." + s.name)
		default:
			out.WriteString(s.name)
		}
	}
	return out.String()
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
func (k *keeper) sameReference(reference *structpb.Value, path string, values int) bool {
	if one := reference.GetStructValue(); one != nil {
		return k.seen(path+".name").GetStringValue() == one.GetFields()["name"].GetStringValue()
	}
	several := reference.GetListValue().GetValues()
	for i, one := range several {
		if i >= values || !k.sameReference(one, path+"["+strconv.Itoa(i)+"]", 0) {
			return false
		}
	}
	return len(several) == values
}

// references reports whether an object has references, and whether one of them is
// resolved in every reconcile (Set.LiveRef).
func references(value *structpb.Value) (always, refers bool) { //nolint:nonamedreturns // Names distinguish two results of the same type.
	fields := value.GetStructValue().GetFields()
	if fields["resolve"].GetStringValue() == string(xpv1.ResolvePolicyAlways) {
		return true, true
	}
	for name, field := range fields {
		if name == providerConfigRef {
			continue
		}
		a, r := references(field)
		always, refers = always || a, refers || r || resolvedField(name) != ""
	}
	for _, item := range value.GetListValue().GetValues() {
		a, r := references(item)
		always, refers = always || a, refers || r
	}
	return always, refers
}

// providerConfigRef is a reference of every resource that has no resolved value.
const providerConfigRef = "providerConfigRef"
