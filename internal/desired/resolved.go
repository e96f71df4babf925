package desired

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// keepResolved copies into objects within lists what the provider resolved
// their references to. The provider's lists are atomic in server-side apply:
// otherwise Crossplane would take the value away at every reconcile, the
// provider would put it back, and each would wake the other for ever. Outside of
// lists the value is the provider's own field, which an apply leaves alone.
func keepResolved(desired, observed *structpb.Value, inList bool) {
	seen := observed.GetStructValue().GetFields()
	fields := desired.GetStructValue().GetFields()
	for name, value := range fields {
		keepResolved(value, seen[name], inList)
		target, isRef := strings.CutSuffix(name, "Ref")
		if inList && isRef && fields[target] == nil && seen[target] != nil && sameReference(value, seen[name]) {
			fields[target] = seen[target]
		}
	}
	before := observed.GetListValue().GetValues()
	for i, value := range desired.GetListValue().GetValues() {
		if i < len(before) {
			keepResolved(value, before[i], true)
		}
	}
}

// sameReference is whether two references are to the same object. A value that
// another one was resolved to is of no use.
func sameReference(a, b *structpb.Value) bool {
	return a.GetStructValue().GetFields()["name"].GetStringValue() == b.GetStructValue().GetFields()["name"].GetStringValue()
}
