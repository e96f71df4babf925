// Package scope converts the provider's typed, namespaced resources to objects of
// the stack's Crossplane scope. Tiers use only the namespaced types. This package
// handles the differences between scopes.
package scope

import (
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/encode"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models"
)

//go:generate sh -c "go run ../../hack/scopegen $(go list -m -f '{{.Dir}}' github.com/upbound/provider-aws/v2)/package/crds zz_versions.go"

const (
	errKind   = "%T is not a managed resource: use a type of internal/models"
	errEncode = "cannot encode %T: %w"
)

// Scope is the Crossplane scope of a stack's managed resources.
type Scope string

// Scopes.
const (
	// Cluster is the cluster scope: cluster-scoped managed resources.
	Cluster Scope = "cluster"
	// Namespaced is the namespaced scope: managed resources in the
	// composite's namespace.
	Namespaced Scope = "namespaced"
)

// Suffixes of the API groups of the two scopes.
const (
	namespacedSuffix = ".aws.m.upbound.io"
	clusterSuffix    = ".aws.upbound.io"
)

// IsManaged reports whether an API version is that of the provider's managed
// resources, not of Kubernetes or Crossplane.
func IsManaged(apiVersion string) bool {
	group, _, _ := strings.Cut(apiVersion, "/")
	return strings.HasSuffix(group, namespacedSuffix) || strings.HasSuffix(group, clusterSuffix)
}

// Encode converts a managed resource to an object of the scope. It omits status and
// empty fields, which the function does not decide.
func (s Scope) Encode(mg models.Managed) (*structpb.Struct, error) {
	k, err := s.kindOf(mg)
	if err != nil {
		return nil, err
	}
	policies := mg.GetManagementPolicies()
	mg.SetManagementPolicies(nil)
	o, err := encode.Struct(mg)
	if err != nil {
		return nil, fmt.Errorf(errEncode, mg, err)
	}
	delete(o.GetFields(), "status")
	spec := o.GetFields()["spec"].GetStructValue().GetFields()
	if len(policies) > 0 {
		spec["managementPolicies"] = encoded(policies)
	}
	if len(spec["initProvider"].GetStructValue().GetFields()) == 0 {
		delete(spec, "initProvider")
	}
	o.Fields["apiVersion"], o.Fields["kind"] = k.apiVersion, k.kind
	if s == Cluster {
		toCluster(o.GetFields(), spec, policies)
	}
	return o, nil
}

// kind contains the encoded API version and kind of a type in a scope. All resources
// share them, and they are read-only.
type kind struct{ apiVersion, kind *structpb.Value }

// encodedKinds contains a kind for each type and scope.
var encodedKinds sync.Map

type typeInScope struct {
	t     reflect.Type
	scope Scope
}

func (s Scope) kindOf(mg models.Managed) (kind, error) {
	key := typeInScope{t: reflect.TypeOf(mg), scope: s}
	if k, ok := encodedKinds.Load(key); ok {
		return k.(kind), nil //nolint:forcetypeassert // The map contains only kinds.
	}
	name, ok := kindIn(key.t)
	if !ok {
		return kind{}, fmt.Errorf(errKind, mg)
	}
	gvk := s.GroupVersionKind(name)
	k := kind{apiVersion: structpb.NewStringValue(gvk.GroupVersion().String()), kind: structpb.NewStringValue(gvk.Kind)}
	encodedKinds.Store(key, k)
	return k, nil
}

// namespacedVersion is the only version of the provider's namespaced groups.
const namespacedVersion = "v1beta1"

// kindIn returns the kind of a model or of a type of the provider, such as
// "sqs/Queue". Their packages are models/SERVICE, and apis/namespaced/SERVICE/VERSION.
func kindIn(t reflect.Type) (string, bool) {
	if t.Kind() != reflect.Pointer {
		return "", false
	}
	service, above := path.Base(t.Elem().PkgPath()), path.Dir(t.Elem().PkgPath())
	known := path.Base(above) == "models"
	if service == namespacedVersion {
		service, known = path.Base(above), path.Base(path.Dir(above)) == "namespaced"
	}
	return service + "/" + t.Elem().Name(), known
}

// GroupVersionKind returns the API of a kind, such as "sqs/Queue", in the scope.
func (s Scope) GroupVersionKind(kind string) schema.GroupVersionKind {
	service, name, _ := strings.Cut(kind, "/")
	namespaced := schema.GroupVersionKind{Group: service + namespacedSuffix, Version: namespacedVersion, Kind: name}
	return s.GroupVersion(namespaced).WithKind(name)
}

// Config encodes a reference to a provider config. In the cluster scope, it has no
// kind.
func (s Scope) Config(ref xpv1.ProviderConfigReference) *structpb.Value {
	fields := map[string]*structpb.Value{"name": structpb.NewStringValue(ref.Name), "kind": structpb.NewStringValue(ref.Kind)}
	if s == Cluster {
		withoutKind(fields)
	}
	return structpb.NewStructValue(&structpb.Struct{Fields: fields})
}

// withoutKind removes the kind from a reference to a provider config. The cluster
// scope has only one kind.
func withoutKind(config map[string]*structpb.Value) { delete(config, "kind") }

// actions are all management actions.
var actions = []xpv1.ManagementAction{
	xpv1.ManagementActionObserve, xpv1.ManagementActionCreate, xpv1.ManagementActionUpdate, xpv1.ManagementActionLateInitialize, xpv1.ManagementActionDelete,
}

// encodedPolicies contains the lists for all combinations of actions, by bit mask.
// All resources share them, and they are read-only.
var encodedPolicies = sync.OnceValue(func() []*structpb.Value {
	out := make([]*structpb.Value, 1<<len(actions))
	for choice := range out {
		list := &structpb.ListValue{}
		for i, a := range actions {
			if choice&(1<<i) != 0 {
				list.Values = append(list.Values, structpb.NewStringValue(string(a)))
			}
		}
		out[choice] = structpb.NewListValue(list)
	}
	return out
})

// encoded encodes management policies, in the order of actions.
func encoded(policies xpv1.ManagementPolicies) *structpb.Value {
	choice := 0
	for i, a := range actions {
		if slices.Contains(policies, a) {
			choice |= 1 << i
		}
	}
	return encodedPolicies()[choice]
}

// GroupVersion returns group and version of a namespaced kind in the scope.
func (s Scope) GroupVersion(gvk schema.GroupVersionKind) schema.GroupVersion {
	if s == Namespaced {
		return gvk.GroupVersion()
	}
	group := strings.TrimSuffix(gvk.Group, namespacedSuffix)
	version := gvk.Version
	if v, ok := clusterVersions[group+"/"+gvk.Kind]; ok {
		version = v
	}
	return schema.GroupVersion{Group: group + clusterSuffix, Version: version}
}

// toCluster converts an object to the cluster scope: no namespace, a provider
// config without kind, and an explicit deletion policy, as users of that scope
// expect.
func toCluster(object, spec map[string]*structpb.Value, policies xpv1.ManagementPolicies) {
	delete(object["metadata"].GetStructValue().GetFields(), "namespace")
	withoutKind(spec["providerConfigRef"].GetStructValue().GetFields())
	if slices.Contains(policies, xpv1.ManagementActionUpdate) && !slices.Contains(policies, xpv1.ManagementActionDelete) {
		spec["deletionPolicy"] = structpb.NewStringValue(string(xpv1.DeletionOrphan))
	}
}

// InNamespace sets the namespace of each Secret reference in a cluster-scoped
// resource. Namespaced resources use their own namespace.
func InNamespace(object *structpb.Struct, namespace string) {
	forProvider := object.GetFields()["spec"].GetStructValue().GetFields()["forProvider"].GetStructValue().GetFields()
	for name, value := range forProvider {
		if ref := value.GetStructValue(); ref != nil && strings.HasSuffix(name, "SecretRef") {
			ref.Fields["namespace"] = structpb.NewStringValue(namespace)
		}
	}
}

// Managed returns the management policies of a resource that the stack owns. If
// lateInitialize is true, the provider fills in omitted fields. If retain is true,
// the AWS resource is kept on deletion. The default, all actions, is an empty list.
//
// A provider built with upjet stores the AWS name of a resource during late
// initialization (crossplane/upjet 531). A resource that AWS names needs late
// initialization until its name is known.
func Managed(lateInitialize, retain bool) xpv1.ManagementPolicies {
	if lateInitialize && !retain {
		return nil
	}
	policies := xpv1.ManagementPolicies{xpv1.ManagementActionObserve, xpv1.ManagementActionCreate, xpv1.ManagementActionUpdate}
	if lateInitialize {
		policies = append(policies, xpv1.ManagementActionLateInitialize)
	}
	if !retain {
		policies = append(policies, xpv1.ManagementActionDelete)
	}
	return policies
}

// Shared returns the management policies of a resource that is shared in the
// account: it is created if it is missing, and never changed or deleted.
func Shared() xpv1.ManagementPolicies {
	return xpv1.ManagementPolicies{xpv1.ManagementActionObserve, xpv1.ManagementActionCreate}
}

// Observed returns the management policies of a resource that is only observed.
func Observed() xpv1.ManagementPolicies {
	return xpv1.ManagementPolicies{xpv1.ManagementActionObserve}
}

// Allows reports whether the management policies of a resource allow an action. An
// empty list allows all.
func Allows(u *unstructured.Unstructured, action xpv1.ManagementAction) bool {
	policies, found, _ := unstructured.NestedStringSlice(u.Object, "spec", "managementPolicies") //nolint:errcheck // The schema rejects other types.
	return !found || slices.Contains(policies, string(xpv1.ManagementActionAll)) || slices.Contains(policies, string(action))
}

// Stays reports whether an AWS resource is kept when its managed resource is
// deleted, according to deletion policy and management policies.
func Stays(u *unstructured.Unstructured) bool {
	policy, _, _ := unstructured.NestedString(u.Object, "spec", "deletionPolicy") //nolint:errcheck // Other types count as empty.
	return policy == string(xpv1.DeletionOrphan) || !Allows(u, xpv1.ManagementActionDelete)
}
