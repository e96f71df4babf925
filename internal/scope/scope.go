// Package scope turns the provider's typed, namespaced resources into objects
// of the Crossplane scope that a stack lives in. Tiers are written once,
// against the namespaced types; what differs between the scopes is here.
package scope

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"github.com/crossplane/crossplane-runtime/v2/pkg/resource"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/encode"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
)

//go:generate sh -c "go run ../../hack/scopegen $(go list -m -f '{{.Dir}}' github.com/upbound/provider-aws/v2)/package/crds zz_versions.go"

const (
	errKind   = "cannot determine the kind of %T: %w"
	errEncode = "cannot encode %T: %w"
)

// Scope is where the managed resources of a stack live.
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

// types knows the types of all API groups that tiers compose.
var types = func() *runtime.Scheme {
	s := runtime.NewScheme()
	// Registering compiled types fails only if two claim one kind.
	utilruntime.Must(kinds.AddToScheme(s))
	return s
}()

// IsManaged reports whether objects of an API are managed resources of the
// provider, unlike what Kubernetes or Crossplane itself manages.
func IsManaged(apiVersion string) bool {
	group, _, _ := strings.Cut(apiVersion, "/")
	return strings.HasSuffix(group, namespacedSuffix) || strings.HasSuffix(group, clusterSuffix)
}

// Encode writes a managed resource as an object of the scope. What the function
// does not decide is left out: status, and fields that are empty.
func (s Scope) Encode(mg resource.ModernManaged) (*structpb.Struct, error) {
	gvks, _, err := types.ObjectKinds(mg)
	if err != nil {
		return nil, fmt.Errorf(errKind, mg, err)
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
	o.Fields["apiVersion"] = structpb.NewStringValue(s.GroupVersion(gvks[0]).String())
	o.Fields["kind"] = structpb.NewStringValue(gvks[0].Kind)
	if s == Cluster {
		toCluster(o.GetFields(), spec, policies)
	}
	return o, nil
}

// actions are what a provider may do with a resource.
var actions = []xpv1.ManagementAction{
	xpv1.ManagementActionObserve, xpv1.ManagementActionCreate, xpv1.ManagementActionUpdate, xpv1.ManagementActionLateInitialize, xpv1.ManagementActionDelete,
}

// encodedPolicies are the lists of all choices of actions, by the bits of those
// that are in it. All resources share them, and nothing changes them.
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

// encoded returns management policies as a list, in the order of actions.
func encoded(policies xpv1.ManagementPolicies) *structpb.Value {
	choice := 0
	for i, a := range actions {
		if slices.Contains(policies, a) {
			choice |= 1 << i
		}
	}
	return encodedPolicies()[choice]
}

// GroupVersion is the group and version that a namespaced kind has in the
// scope.
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

// toCluster rewrites what the cluster-scoped kinds have otherwise: no
// namespace, a provider config without kind, and a deletion policy of their own,
// which is what readers of that scope look for.
func toCluster(object, spec map[string]*structpb.Value, policies xpv1.ManagementPolicies) {
	delete(object["metadata"].GetStructValue().GetFields(), "namespace")
	delete(spec["providerConfigRef"].GetStructValue().GetFields(), "kind")
	if slices.Contains(policies, xpv1.ManagementActionUpdate) && !slices.Contains(policies, xpv1.ManagementActionDelete) {
		spec["deletionPolicy"] = structpb.NewStringValue(string(xpv1.DeletionOrphan))
	}
}

// InNamespace names the namespace of each Secret that a cluster-scoped resource refers
// to; those of namespaced ones are beside them.
func InNamespace(object *structpb.Struct, namespace string) {
	forProvider := object.GetFields()["spec"].GetStructValue().GetFields()["forProvider"].GetStructValue().GetFields()
	for name, value := range forProvider {
		if ref := value.GetStructValue(); ref != nil && strings.HasSuffix(name, "SecretRef") {
			ref.Fields["namespace"] = structpb.NewStringValue(namespace)
		}
	}
}

// Managed returns the management policies of a resource that the stack owns.
// The provider fills in what the stack leaves to AWS only if lateInitialize is
// true; with retain the resource stays in AWS when its managed resource is
// deleted. Everything is the default, which none stand for.
//
// A provider built by upjet stores the name that AWS gives a resource as a part
// of late initialisation (crossplane/upjet 531), so a resource that is named by
// AWS needs it until that name is known.
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

// Shared is the management policies of a resource that others of the account
// use too: it is made where it is missing, and never changed or deleted.
func Shared() xpv1.ManagementPolicies {
	return xpv1.ManagementPolicies{xpv1.ManagementActionObserve, xpv1.ManagementActionCreate}
}

// Observed is the management policies of a resource that is only looked at.
func Observed() xpv1.ManagementPolicies {
	return xpv1.ManagementPolicies{xpv1.ManagementActionObserve}
}

// Allows reports whether the management policies of a managed resource let the
// provider do something with it. Without any, all is allowed.
func Allows(u *unstructured.Unstructured, action xpv1.ManagementAction) bool {
	policies, found, _ := unstructured.NestedStringSlice(u.Object, "spec", "managementPolicies") //nolint:errcheck // What is no list of texts, the schema refuses.
	return !found || slices.Contains(policies, string(xpv1.ManagementActionAll)) || slices.Contains(policies, string(action))
}

// Stays reports whether a resource stays in AWS when its managed resource is
// deleted, as its deletion policy or its management policies say.
func Stays(u *unstructured.Unstructured) bool {
	policy, _, _ := unstructured.NestedString(u.Object, "spec", "deletionPolicy") //nolint:errcheck // What is no text is none.
	return policy == string(xpv1.DeletionOrphan) || !Allows(u, xpv1.ManagementActionDelete)
}
