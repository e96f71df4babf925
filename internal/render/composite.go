package render

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

const errScope = "kind %s is cluster-scoped; --scope namespaced requires kind %s"

// kinds lists the kinds that can be rendered.
var kinds = []string{v1alpha1.Kind, v1alpha1.CompositeKind, v1alpha1.AccountKind, v1alpha1.CompositeAccountKind}

// clusterPrefix is the prefix of the kinds of cluster-scoped composites. Without it,
// a kind is the claim in one scope and the composite in the other.
const clusterPrefix = "X"

// isClusterScoped reports whether a kind is a cluster-scoped composite.
func isClusterScoped(u *unstructured.Unstructured) bool {
	return strings.HasPrefix(u.GetKind(), clusterPrefix)
}

// Labels with which Crossplane connects claim, composite and composed resources.
const (
	labelComposite      = "crossplane.io/composite"
	labelClaimName      = "crossplane.io/claim-name"
	labelClaimNamespace = "crossplane.io/claim-namespace"
)

// topLevel lists the valid top-level fields of an object.
var topLevel = []string{"apiVersion", "kind", "metadata", "spec", "status"}

// compositeOf returns the composite that Crossplane would create for a valid file,
// with its defaults.
func compositeOf(file string, u *unstructured.Unstructured, asked scope.Scope) (*unstructured.Unstructured, error) {
	if errs := checkKind(u); len(errs) > 0 {
		return nil, &InvalidFileError{File: file, Errors: errs}
	}
	if isClusterScoped(u) && asked == scope.Namespaced {
		return nil, fmt.Errorf(errScope, u.GetKind(), strings.TrimPrefix(u.GetKind(), clusterPrefix))
	}
	if !isClusterScoped(u) && u.GetNamespace() == "" {
		setNamespace(u, metav1.NamespaceDefault)
	}
	if errs := slices.Concat(checkTopLevel(u), checkMetadata(u, asked), checkSpec(u)); len(errs) > 0 {
		return nil, &InvalidFileError{File: file, Errors: errs}
	}
	if !isClusterScoped(u) && asked != scope.Namespaced {
		u = fromClaim(u)
	}
	addLabels(u, map[string]string{labelComposite: u.GetName()})
	setDefaults(u)
	return u, nil
}

// setNamespace sets the namespace of an object, whose metadata may have any type.
func setNamespace(u *unstructured.Unstructured, namespace string) {
	if u.Object["metadata"] == nil {
		u.Object["metadata"] = map[string]any{}
	}
	if metadata, ok := u.Object["metadata"].(map[string]any); ok && metadata["namespace"] == nil {
		metadata["namespace"] = namespace
	}
}

func checkKind(u *unstructured.Unstructured) field.ErrorList {
	return slices.Concat(
		checkChoice(u, "apiVersion", v1alpha1.GroupVersion.String()),
		checkChoice(u, "kind", kinds...))
}

// checkChoice refuses another value of a field than one of these.
func checkChoice(u *unstructured.Unstructured, name string, options ...string) field.ErrorList {
	path, value := field.NewPath(name), u.Object[name]
	text, isText := value.(string)
	switch {
	case value == nil:
		return field.ErrorList{field.Required(path, "is required; "+schema.Choices("", options))}
	case !isText:
		return field.ErrorList{schema.NotSupported(path, fmt.Sprint(value), options)}
	case !slices.Contains(options, text):
		return field.ErrorList{schema.NotSupported(path, text, options)}
	}
	return nil
}

func checkTopLevel(u *unstructured.Unstructured) field.ErrorList {
	var errs field.ErrorList
	for _, name := range slices.Sorted(maps.Keys(u.Object)) {
		if !slices.Contains(topLevel, name) {
			errs = append(errs, field.Invalid(field.NewPath(name), field.OmitValueType{}, claim.SchemaOf(u.GetKind()).UnknownField(name, topLevel)))
		}
	}
	return errs
}

// checkMetadata returns the errors of an API server. It also rejects names of
// claims that are too long for the label that Crossplane creates.
func checkMetadata(u *unstructured.Unstructured, asked scope.Scope) field.ErrorList {
	path := field.NewPath("metadata")
	raw, isObject := u.Object["metadata"].(map[string]any)
	if !isObject && u.Object["metadata"] != nil {
		return field.ErrorList{field.TypeInvalid(path, field.OmitValueType{}, "must be an object with the fields name and namespace")}
	}
	typed, errs := metav1.ObjectMeta{}, checkTypes(raw)
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(raw, &typed); err != nil {
		return errs // It also reports type errors.
	}
	namespaced := !isClusterScoped(u)
	switch {
	case typed.Name == "":
		// kubectl create takes generateName as well; names of resources derive from the name.
		errs = append(errs, field.Required(path.Child("name"), "is required: set a value, such as shop"))
		typed.Name = "any"
	case namespaced && asked != scope.Namespaced && len(typed.Name) > validation.LabelValueMaxLength:
		errs = append(errs, field.Invalid(path.Child("name"), field.OmitValueType{}, fmt.Sprintf("has %d characters; use at most %d, because Crossplane uses the name as a label value", len(typed.Name), validation.LabelValueMaxLength)))
		typed.Name = "any"
	}
	return append(errs, apivalidation.ValidateObjectMeta(&typed, namespaced, apivalidation.NameIsDNSSubdomain, path)...)
}

// checkSpec returns the errors of the schema, independent of the rest of the
// object.
func checkSpec(u *unstructured.Unstructured) field.ErrorList {
	_, err := claim.From(structOf(map[string]any{
		"apiVersion": u.GetAPIVersion(),
		"kind":       u.GetKind(),
		"metadata":   map[string]any{"name": "any"},
		"spec":       u.Object["spec"],
	}))
	invalid := claim.InvalidError{}
	if errors.As(err, &invalid) {
		return field.ErrorList(invalid)
	}
	return nil
}

// setDefaults sets the defaults of the schema.
func setDefaults(u *unstructured.Unstructured) {
	claim.SchemaOf(u.GetKind()).Default(u.Object)
}

// fromClaim returns the composite of a claim. It has the claim's name. In a
// cluster, the name gets a random suffix.
func fromClaim(c *unstructured.Unstructured) *unstructured.Unstructured {
	spec, _ := c.DeepCopy().Object["spec"].(map[string]any)
	// Crossplane does not copy these fields.
	for _, name := range []string{"compositeDeletePolicy", "resourceRef", "writeConnectionSecretToRef"} {
		delete(spec, name)
	}
	spec["claimRef"] = map[string]any{
		"apiVersion": c.GetAPIVersion(),
		"kind":       c.GetKind(),
		"name":       c.GetName(),
		"namespace":  c.GetNamespace(),
	}
	xr := &unstructured.Unstructured{Object: map[string]any{"spec": spec}}
	xr.SetAPIVersion(c.GetAPIVersion())
	xr.SetKind(clusterPrefix + c.GetKind())
	xr.SetName(c.GetName())
	xr.SetAnnotations(c.GetAnnotations())
	xr.SetLabels(c.GetLabels())
	addLabels(xr, map[string]string{labelClaimName: c.GetName(), labelClaimNamespace: c.GetNamespace()})
	return xr
}

func addLabels(u *unstructured.Unstructured, labels map[string]string) {
	all := u.GetLabels()
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, labels)
	u.SetLabels(all)
}

// madeUpUID returns the UID that Crossplane's own render assigns to a composite
// without one. Names that depend on it are then the same in both.
func madeUpUID(u *unstructured.Unstructured) types.UID {
	key := u.GroupVersionKind().String() + "\x00" + u.GetNamespace() + "\x00" + u.GetName()
	return types.UID(uuid.NewSHA1(uuid.Nil, []byte(key)).String())
}
