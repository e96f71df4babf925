package recorded

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/json"
)

// Labels of a stack's resources.
const (
	labelComposite      = "crossplane.io/composite"
	labelClaimName      = "crossplane.io/claim-name"
	labelClaimNamespace = "crossplane.io/claim-namespace"
)

// suffixes of the API groups of cluster-scoped and namespaced AWS resources.
var suffixes = []string{".aws.m.upbound.io", ".aws.upbound.io"}

// KindOf returns service and kind of an AWS resource, such as "ec2/VPC", and
// whether it is one.
func KindOf(u *unstructured.Unstructured) (string, bool) {
	for _, suffix := range suffixes {
		if service, ok := strings.CutSuffix(u.GroupVersionKind().Group, suffix); ok {
			return service + "/" + u.GetKind(), true
		}
	}
	return "", false
}

// Ready reports whether a resource is ready and in sync. Other resources are not
// worth recording.
func Ready(u *unstructured.Unstructured) bool {
	seen := conditionsOf(u)
	return seen["Ready"]["status"] == "True" && seen["Synced"]["status"] == "True"
}

// Of returns the recording of a single resource. composed is the object that the
// function composed for it.
func Of(u, composed *unstructured.Unstructured) Recording {
	kind, _ := KindOf(u)
	r := Recording{
		Kind:    kind,
		Stacks:  []string{stackOf(u)},
		Objects: 1,
		Spec:    map[string]Field{},
		Late:    map[string]Field{},
		Status:  map[string]Field{},
	}
	policies, _ := valueAt(u.Object, "spec", "managementPolicies").([]any)
	for _, p := range policies {
		r.Policies = append(r.Policies, fmt.Sprint(p))
	}
	slices.Sort(r.Policies)
	for name := range u.GetAnnotations() {
		if strings.HasPrefix(name, "crossplane.io/external-create-") || name == meta.AnnotationKeyExternalName {
			r.Annotations = union(r.Annotations, []string{name})
		}
	}
	for _, c := range conditionsOf(u) {
		r.Conditions = union(r.Conditions, []string{fmt.Sprintf("%v=%v %v", c["type"], c["status"], c["reason"])})
	}
	seconds := readySeconds(u)
	r.ReadySeconds = Range{Least: seconds, Most: seconds}

	spec, _ := valueAt(u.Object, "spec", "forProvider").(map[string]any)
	known := composedFields(u, composed)
	asked, late := map[string]any{}, map[string]any{}
	for field, value := range spec {
		if known[field] || isResolved(spec, field) {
			asked[field] = value
		} else {
			late[field] = value
		}
	}
	w := wordsOf(u, asked)
	r.ExternalNames = []string{w.externalName(composed)}
	walk{into: r.Late, form: w.form}.fields("", late, nil)
	walk{into: r.Spec}.fields("", asked, nil)
	for path, f := range r.Spec {
		f.Values = nil // The examples contain the requested values.
		r.Spec[path] = f
	}
	shown, _ := valueAt(u.Object, "status", "atProvider").(map[string]any)
	walk{into: r.Status, form: w.form}.fields("", shown, []any{asked})
	return r
}

// valueAt returns the value at a path. It is nil if there is none, or if a part of
// the path is not an object. The API server validates types.
func valueAt(object map[string]any, path ...string) any {
	v, _, _ := unstructured.NestedFieldNoCopy(object, path...) //nolint:errcheck // Other values have no fields.
	return v
}

// stackOf returns namespace and name of a stack's claim, or of its composite if
// there is no claim.
func stackOf(u *unstructured.Unstructured) string {
	labels := u.GetLabels()
	return cmp.Or(u.GetNamespace(), labels[labelClaimNamespace]) + "/" + cmp.Or(labels[labelClaimName], labels[labelComposite])
}

// conditionsOf returns an object's conditions by type.
func conditionsOf(u *unstructured.Unstructured) map[string]map[string]any {
	out := map[string]map[string]any{}
	list, _ := valueAt(u.Object, "status", "conditions").([]any)
	for _, item := range list {
		c, _ := item.(map[string]any)
		out[fmt.Sprint(c["type"])] = c
	}
	return out
}

// readySeconds returns the time from creation to Ready.
func readySeconds(u *unstructured.Unstructured) int {
	at, _ := conditionsOf(u)["Ready"]["lastTransitionTime"].(string)
	since, err := time.Parse(time.RFC3339, at)
	first := u.GetCreationTimestamp()
	if err != nil || first.IsZero() {
		return 0
	}
	return int(since.Sub(first.Time).Seconds())
}

// composedFields returns the fields of spec.forProvider that the function composed.
// It uses Crossplane's managed fields or, without them, the composed resource.
func composedFields(u, composed *unstructured.Unstructured) map[string]bool {
	out := map[string]bool{}
	for _, entry := range u.GetManagedFields() {
		if entry.Operation != metav1.ManagedFieldsOperationApply || entry.FieldsV1 == nil {
			continue
		}
		owned := map[string]any{}
		if err := json.Unmarshal(entry.FieldsV1.Raw, &owned); err != nil {
			continue // There are no managed fields.
		}
		fields, _ := valueAt(owned, "f:spec", "f:forProvider").(map[string]any)
		for field := range fields {
			out[strings.TrimPrefix(field, "f:")] = true
		}
	}
	if len(out) > 0 {
		return out
	}
	fields, _ := valueAt(composed.Object, "spec", "forProvider").(map[string]any)
	for field := range fields {
		out[field] = true
	}
	return out
}

// isResolved reports whether a field is a reference, a resolved value, or tags, to
// which the provider adds its own.
func isResolved(spec map[string]any, field string) bool {
	if field == "tags" {
		return true
	}
	for _, suffix := range []string{"Ref", "Refs", "Selector"} {
		if strings.HasSuffix(field, suffix) || spec[field+suffix] != nil || spec[strings.TrimSuffix(field, "s")+suffix] != nil {
			return true
		}
	}
	return false
}

// keyed lists the fields whose keys are data.
var keyed = map[string]bool{"dimensions": true, "tags": true, "tagsAll": true, "variables": true}

// walk adds the fields of a value by path. Each value is compared with the
// requested ones at its path. In lists there can be several, because sets have no
// order.
type walk struct {
	into map[string]Field
	// form returns the form of a text that differs from the requested one.
	form func(string) string
}

// fields adds the fields of an object.
func (w walk) fields(path string, object map[string]any, asked []any) {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		var of []any
		for _, a := range asked {
			if fields, ok := a.(map[string]any); ok && fields[name] != nil {
				of = append(of, fields[name])
			}
		}
		w.field(path+name, object[name], of)
	}
}

func (w walk) field(path string, value any, asked []any) {
	f := Field{Seen: 1}
	switch v := value.(type) {
	case nil:
		return
	case map[string]any:
		if f.Type = "object"; keyed[path[strings.LastIndex(path, ".")+1:]] {
			f.Type = "map"
			break
		}
		w.fields(path+".", v, asked)
	case []any:
		f.Type, f.Items = "list", &Range{Least: len(v), Most: len(v)}
		var of []any
		fewer := len(asked) > 0
		for _, a := range asked {
			items, _ := a.([]any)
			of, fewer = append(of, items...), fewer && len(v) < len(items)
		}
		if fewer {
			f.Collapsed = 1
		}
		for _, item := range v {
			w.field(path+"[]", item, of)
		}
	default:
		f.Type, f.Values = typeOf(v), w.values(v, asked)
	}
	if before, ok := w.into[path]; ok {
		f = before.merge(f)
		f.Seen, f.Collapsed = 1, min(f.Collapsed, 1) // It is the same resource.
	}
	w.into[path] = f
}

func typeOf(value any) string {
	switch value.(type) {
	case string:
		return "string"
	case bool:
		return "bool"
	}
	return "number"
}

// Asked is the form of a value that equals the requested one.
const Asked = "${asked}"

func (w walk) values(value any, asked []any) []string {
	if w.form == nil {
		return nil
	}
	if slices.ContainsFunc(asked, func(a any) bool { return isSame(a, value) }) {
		return []string{Asked}
	}
	if text, ok := value.(string); ok {
		return []string{w.form(text)}
	}
	return []string{fmt.Sprint(value)}
}

// isSame reports whether values are equal. JSON strings are compared as JSON,
// because AWS reorders policies.
func isSame(a, b any) bool {
	textA, textB := fmt.Sprint(a), fmt.Sprint(b)
	if textA == textB {
		return true
	}
	var jsonA, jsonB any
	return json.Unmarshal([]byte(textA), &jsonA) == nil && json.Unmarshal([]byte(textB), &jsonB) == nil && reflect.DeepEqual(jsonA, jsonB)
}
