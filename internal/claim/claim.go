// Package claim parses a composite resource's spec. The result is typed and has
// defaults, and is validated with the API server's schema.
package claim

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/lru"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis"
	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

const (
	errNoName = "composite resource has no metadata.name"
	errDecode = "cannot read composite resource: %w"
	errOwner  = "cannot read the claimRef of the composite resource: %w"
	errTypes  = "cannot convert the spec to its Go types: %w"
)

// machinery lists the fields that Crossplane adds to the spec of composites and
// claims.
var machinery = []string{
	"claimRef",
	"compositeDeletePolicy",
	"compositionRef",
	"compositionRevisionRef",
	"compositionRevisionSelector",
	"compositionSelector",
	"compositionUpdatePolicy",
	"crossplane",
	"environmentConfigRefs",
	"publishConnectionDetailsTo",
	"resourceRef",
	"resourceRefs",
	"writeConnectionSecretToRef",
}

// Schema returns the schema of stacks, which both scopes share.
var Schema = sync.OnceValue(func() *schema.Schema {
	return schema.Must(schema.FromDefinition(apis.ClaimDefinition, v1alpha1.Version))
})

// accountSchema returns the schema of accounts, which both scopes share.
var accountSchema = sync.OnceValue(func() *schema.Schema {
	return schema.Must(schema.FromDefinition(apis.ClaimAccountDefinition, v1alpha1.Version))
})

// Defaults returns the spec of a stack of which the claim sets nothing. It is
// read-only.
var Defaults = sync.OnceValue(func() v1alpha1.SecureEcommerceSpec {
	object := map[string]any{"spec": map[string]any{}}
	Schema().Default(object)
	typed := v1alpha1.SecureEcommerce{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object, &typed); err != nil {
		panic("defaults of the schema: " + err.Error()) // The schema is generated from the type.
	}
	return typed.Spec
})

// IsAccount reports whether a kind is that of an account, not of a stack.
func IsAccount(kind string) bool {
	return kind == v1alpha1.AccountKind || kind == v1alpha1.CompositeAccountKind
}

// KindOf returns the kind of a composite in a request.
func KindOf(composite *fnv1.Resource) string {
	return wire.Object(composite).Field("kind").Text()
}

// SchemaOf returns the schema of a kind.
func SchemaOf(kind string) *schema.Schema {
	if IsAccount(kind) {
		return accountSchema()
	}
	return Schema()
}

// Identity identifies the owner of a stack.
type Identity struct {
	// Composite is the name of the composite resource.
	Composite string
	// Namespace of the composite. Empty in the cluster scope.
	Namespace string
	// UID of the composite. Empty in a render without one.
	UID string
	// Owner is the object that the app team created, as namespace/name.
	Owner string
	// Scope of the composite.
	Scope scope.Scope
	// IsAccount reports whether it is a SecureEcommerceAccount, which owns what the
	// stacks of an AWS account and region share.
	IsAccount bool
}

// homeNamespace is Crossplane's own namespace.
const homeNamespace = "crossplane-system"

// SecretNamespace returns the namespace of Secrets that the provider creates for
// the stack: that of the app team's object, or Crossplane's if it has none.
func (i Identity) SecretNamespace() string {
	if namespace, _, ok := strings.Cut(i.Owner, "/"); ok && namespace != "" {
		return namespace
	}
	return cmp.Or(i.Namespace, homeNamespace)
}

// Claim is the app team's request and its identity.
type Claim struct {
	Identity

	// Spec is valid and includes defaults.
	Spec v1alpha1.SecureEcommerceSpec
}

// known contains the last valid claims by the hash of their composite. While a stack
// is created, its claim is the same in every call.
var known = lru.New(256)

// From parses a composite resource. It returns all errors in its spec as a
// field.ErrorList, or another error if there is no composite. Calls share the
// returned claim, so it is read-only.
func From(composite *structpb.Struct) (*Claim, error) {
	hash := hashOf(composite)
	if c, ok := known.Get(hash); ok {
		return c.(*Claim), nil //nolint:forcetypeassert // The cache contains only claims.
	}
	c, err := parse(composite)
	if err == nil {
		known.Add(hash, c)
	}
	return c, err
}

// hashOf returns the hash of the fields that parse reads. Other metadata changes
// with every update.
func hashOf(composite *structpb.Struct) [sha256.Size]byte {
	fields := composite.GetFields()
	metadata := fields["metadata"].GetStructValue().GetFields()
	return sha256.Sum256(wire.AppendStruct(nil, &structpb.Struct{Fields: map[string]*structpb.Value{
		"apiVersion": fields["apiVersion"],
		"kind":       fields["kind"],
		"name":       metadata["name"],
		"namespace":  metadata["namespace"],
		"uid":        metadata["uid"],
		"spec":       fields["spec"],
	}}))
}

func parse(composite *structpb.Struct) (*Claim, error) {
	xr, err := decode(composite)
	if err != nil {
		return nil, err
	}
	if xr.GetName() == "" {
		return nil, errors.New(errNoName)
	}
	s := SchemaOf(xr.GetKind())
	object := described(xr.Object)
	s.Default(object)
	if errs := s.Validate(object); len(errs) > 0 {
		return nil, InvalidError(s.Explain(errs, object))
	}
	if IsAccount(xr.GetKind()) {
		withoutShop(object)
	}
	owner, err := owner(xr)
	if err != nil {
		return nil, err
	}
	c := &Claim{Identity: Identity{
		Composite: xr.GetName(),
		Namespace: xr.GetNamespace(),
		UID:       string(xr.GetUID()),
		Owner:     owner,
		Scope:     scope.Cluster,
		IsAccount: IsAccount(xr.GetKind()),
	}}
	if c.Namespace != "" {
		c.Scope = scope.Namespaced
	}
	typed := v1alpha1.SecureEcommerce{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object, &typed); err != nil {
		return nil, fmt.Errorf(errTypes, err)
	}
	c.Spec = typed.Spec
	return c, nil
}

// withoutShop adds the defaults of a stack to an account, whose fields are a subset
// of a stack's. An account has no database.
func withoutShop(object map[string]any) {
	if spec, ok := object["spec"].(map[string]any); ok {
		spec["database"] = map[string]any{"enabled": false}
	}
	Schema().Default(object)
}

// decode decodes a composite like the API server, with integers where structpb has
// only floating-point numbers.
func decode(composite *structpb.Struct) (*unstructured.Unstructured, error) {
	xr := &unstructured.Unstructured{}
	raw, err := composite.MarshalJSON()
	if err == nil {
		err = json.Unmarshal(raw, &xr.Object)
	}
	if err != nil {
		return nil, fmt.Errorf(errDecode, err)
	}
	return xr, nil
}

// NotValid is the beginning of a message about an InvalidError.
const NotValid = "spec is not valid"

// InvalidError is a list of all errors in a claim.
type InvalidError field.ErrorList

// Error names each field, its problem and the allowed values, one per line.
func (e InvalidError) Error() string { return schema.Join(field.ErrorList(e)) }

// owner returns the claim of a composite, or the composite itself if there is none.
func owner(xr *unstructured.Unstructured) (string, error) {
	name, _, errName := unstructured.NestedString(xr.Object, "spec", "claimRef", "name")
	namespace, _, errNamespace := unstructured.NestedString(xr.Object, "spec", "claimRef", "namespace")
	if err := cmp.Or(errName, errNamespace); err != nil {
		return "", fmt.Errorf(errOwner, err)
	}
	switch {
	case name != "":
		return namespace + "/" + name, nil
	case xr.GetNamespace() != "":
		return xr.GetNamespace() + "/" + xr.GetName(), nil
	}
	return xr.GetName(), nil
}

// Update returns all errors for which the API server would reject an update of a valid
// composite's spec, such as a change of region. Both composites include defaults.
func Update(after, before map[string]any) field.ErrorList {
	kind, _ := after["kind"].(string)
	s := SchemaOf(kind)
	is, was := described(after), described(before)
	return s.Explain(s.ValidateUpdate(is, was), is)
}

// described returns the part of a composite that the schema describes.
func described(object map[string]any) map[string]any {
	return map[string]any{"apiVersion": object["apiVersion"], "kind": object["kind"], "spec": stripped(object["spec"])}
}

// stripped returns a spec without Crossplane's own fields. It returns a spec that is
// not an object unchanged. If there is no spec, it returns an empty one, so that
// validation reports missing fields.
func stripped(spec any) any {
	fields, isObject := spec.(map[string]any)
	if spec != nil && !isObject {
		return spec
	}
	out := map[string]any{}
	maps.Copy(out, fields)
	for _, k := range machinery {
		delete(out, k)
	}
	return out
}
