// Package scope turns the provider's typed, namespaced resources into objects
// of the Crossplane generation that a stack lives in. Tiers are written once,
// against the namespaced types; what differs between the generations is here.
package scope

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"github.com/crossplane/crossplane-runtime/v2/pkg/resource"
	acm "github.com/upbound/provider-aws/v2/apis/namespaced/acm/v1beta1"
	cloudfront "github.com/upbound/provider-aws/v2/apis/namespaced/cloudfront/v1beta1"
	cloudwatchlogs "github.com/upbound/provider-aws/v2/apis/namespaced/cloudwatchlogs/v1beta1"
	ec2 "github.com/upbound/provider-aws/v2/apis/namespaced/ec2/v1beta1"
	iam "github.com/upbound/provider-aws/v2/apis/namespaced/iam/v1beta1"
	kms "github.com/upbound/provider-aws/v2/apis/namespaced/kms/v1beta1"
	rds "github.com/upbound/provider-aws/v2/apis/namespaced/rds/v1beta1"
	s3 "github.com/upbound/provider-aws/v2/apis/namespaced/s3/v1beta1"
	secretsmanager "github.com/upbound/provider-aws/v2/apis/namespaced/secretsmanager/v1beta1"
	sns "github.com/upbound/provider-aws/v2/apis/namespaced/sns/v1beta1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

//go:generate sh -c "go run ../../hack/scopegen $(go list -m -f '{{.Dir}}' github.com/upbound/provider-aws/v2)/package/crds zz_versions.go"

const (
	errKind   = "cannot tell kind of %T: %w"
	errEncode = "cannot encode %T: %w"
)

// Scope is where the managed resources of a stack live.
type Scope string

// Scopes.
const (
	// Cluster is the claim generation: cluster-scoped managed resources.
	Cluster Scope = "cluster"
	// Namespaced is the namespaced generation: managed resources in the
	// composite's namespace.
	Namespaced Scope = "namespaced"
)

// Suffixes of the API groups of the two generations.
const (
	namespacedSuffix = ".aws.m.upbound.io"
	clusterSuffix    = ".aws.upbound.io"
)

// kinds knows the kinds of all API groups that tiers compose.
var kinds = func() *runtime.Scheme {
	s := runtime.NewScheme()
	err := errors.Join(
		acm.AddToScheme(s), cloudfront.AddToScheme(s), cloudwatchlogs.AddToScheme(s), ec2.AddToScheme(s), iam.AddToScheme(s),
		kms.AddToScheme(s), rds.AddToScheme(s), s3.AddToScheme(s), secretsmanager.AddToScheme(s), sns.AddToScheme(s),
	)
	return mustScheme(s, err)
}()

// mustScheme stops a build that cannot work: registering compiled types fails
// only if two claim one kind.
func mustScheme(s *runtime.Scheme, err error) *runtime.Scheme {
	if err != nil {
		panic(err)
	}
	return s
}

// Encode writes a managed resource as an object of the scope. What the function
// does not decide is left out: status, and fields that are empty.
func (s Scope) Encode(mg resource.ModernManaged) (map[string]any, error) {
	gvks, _, err := kinds.ObjectKinds(mg)
	if err != nil {
		return nil, fmt.Errorf(errKind, mg, err)
	}
	raw, err := json.Marshal(mg)
	if err != nil {
		return nil, fmt.Errorf(errEncode, mg, err)
	}
	o := map[string]any{}
	_ = json.Unmarshal(raw, &o) // What was just marshalled can be read.
	delete(o, "status")
	spec, _ := o["spec"].(map[string]any)
	if init, _ := spec["initProvider"].(map[string]any); len(init) == 0 {
		delete(spec, "initProvider")
	}
	o["apiVersion"], o["kind"] = s.GroupVersion(gvks[0]).String(), gvks[0].Kind
	if s == Cluster {
		toCluster(o, spec, mg.GetManagementPolicies())
	}
	return o, nil
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
// which is what readers of that generation look for.
func toCluster(object, spec map[string]any, policies xpv1.ManagementPolicies) {
	if metadata, ok := object["metadata"].(map[string]any); ok {
		delete(metadata, "namespace")
	}
	if config, ok := spec["providerConfigRef"].(map[string]any); ok {
		delete(config, "kind")
	}
	if slices.Equal(policies, Retained()) {
		delete(spec, "managementPolicies")
		spec["deletionPolicy"] = string(xpv1.DeletionOrphan)
	}
}

// Retained is the management policies of a resource that stays in AWS when its
// managed resource is deleted.
func Retained() xpv1.ManagementPolicies {
	return xpv1.ManagementPolicies{
		xpv1.ManagementActionObserve,
		xpv1.ManagementActionCreate,
		xpv1.ManagementActionUpdate,
		xpv1.ManagementActionLateInitialize,
	}
}
