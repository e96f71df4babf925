package simulator

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/crossplane/crossplane-runtime/v2/pkg/fieldpath"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
)

//go:generate go test -run ^TestReferences$ -update .

const (
	errResolve = "cannot resolve references: spec.forProvider.%s: %w"
	errTarget  = "%s %q does not exist"
	errValue   = "%s %q has no %s"
)

// reference describes a field that refers to another resource.
type reference struct {
	// to is service and kind of the referenced resource.
	to string
	// into is the sibling field for the resolved value.
	into string
	// from is the path of the value in the referenced resource.
	from string
}

// referrer is a reference in an object.
type referrer struct {
	reference

	// parent contains the reference and the field for its value.
	parent map[string]any
	field  string
	// at is the path of the reference in spec.forProvider, with indexes.
	at string
}

// resolve resolves the references of an object. Like the provider, it keeps
// existing values unless the reference requires resolution.
func resolve(u *unstructured.Unstructured, lookup Lookup) error {
	for _, r := range referrers(u) {
		refs, many := r.parent[r.field].([]any)
		if !many {
			refs = []any{r.parent[r.field]}
		}
		if r.parent[r.into] != nil && !slices.ContainsFunc(refs, always) {
			continue
		}
		values := make([]any, 0, len(refs))
		for _, ref := range refs {
			value, err := r.value(u, ref, lookup)
			if err != nil {
				return fmt.Errorf(errResolve, r.at, err)
			}
			values = append(values, value)
		}
		r.parent[r.into] = values
		if !many {
			r.parent[r.into] = values[0]
		}
	}
	return nil
}

// value returns the value that a reference resolves to.
func (r referrer) value(u *unstructured.Unstructured, ref any, lookup Lookup) (string, error) {
	fields, _ := ref.(map[string]any)
	name, _ := fields["name"].(string)
	group := u.GroupVersionKind().Group
	service, kind, _ := strings.Cut(r.to, "/")
	target := lookup(
		schema.GroupKind{Group: service + strings.TrimPrefix(group, stem(group)), Kind: kind},
		types.NamespacedName{Namespace: u.GetNamespace(), Name: name},
	)
	if target == nil {
		return "", fmt.Errorf(errTarget, r.to, name)
	}
	value, err := fieldpath.Pave(target.Object).GetString(r.from)
	if err != nil || value == "" {
		return "", fmt.Errorf(errValue, r.to, name, r.from)
	}
	return value, nil
}

// always reports whether a reference is resolved in every reconcile.
func always(ref any) bool {
	fields, _ := ref.(map[string]any)
	policy, _ := fields["policy"].(map[string]any)
	return policy["resolve"] == "Always"
}

// keepResolved keeps values that references resolved to earlier.
func keepResolved(u, earlier *unstructured.Unstructured) {
	resolved := map[string]any{}
	for _, r := range referrers(earlier) {
		resolved[r.at] = r.parent[r.into]
	}
	for _, r := range referrers(u) {
		if value := resolved[r.at]; value != nil && r.parent[r.into] == nil {
			r.parent[r.into] = value
		}
	}
}

// referrers returns the references in an object: those for its creation last, and
// otherwise sorted by path.
func referrers(u *unstructured.Unstructured) []referrer {
	f := finder{kind: serviceKind(u)}
	f.find(valueAt(u, "spec", "forProvider"), "", "")
	first := len(f.found)
	f.find(valueAt(u, "spec", "initProvider"), "", "initProvider.")
	for _, part := range [][]referrer{f.found[:first], f.found[first:]} {
		slices.SortFunc(part, func(a, b referrer) int { return strings.Compare(a.at, b.at) })
	}
	return f.found
}

// finder walks an object.
type finder struct {
	kind  string
	found []referrer
}

// find adds the references in a value. path is the path in the schema, without indexes,
// and at the path with indexes.
func (f *finder) find(value any, path, at string) {
	switch v := value.(type) {
	case map[string]any:
		for field, value := range v {
			if isReference(field) {
				if ref, ok := references[f.kind+" "+path+field]; ok {
					f.found = append(f.found, referrer{reference: ref, parent: v, field: field, at: at + field})
					continue
				}
			}
			switch value.(type) {
			case map[string]any, []any:
				f.find(value, path+field+".", at+field+".")
			}
		}
	case []any:
		for i, item := range v {
			f.find(item, path, strings.TrimSuffix(at, ".")+"["+strconv.Itoa(i)+"].")
		}
	}
}

// isReference reports whether a field can be a reference. Only few are, and joining
// the path of every field is slow.
func isReference(field string) bool {
	return strings.HasSuffix(field, "Ref") || strings.HasSuffix(field, "Refs")
}

// serviceKind returns service and kind of an object, such as "ec2/VPC". It is the
// same in both scopes.
func serviceKind(u *unstructured.Unstructured) string {
	gvk := u.GroupVersionKind()
	return stem(gvk.Group) + "/" + gvk.Kind
}
