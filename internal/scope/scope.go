// Package scope turns the provider's typed, namespaced resources into objects
// of the Crossplane generation that a stack lives in. Tiers are written once,
// against the namespaced types; what differs between the generations is here.
package scope

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"github.com/crossplane/crossplane-runtime/v2/pkg/resource"
	accessanalyzer "github.com/upbound/provider-aws/v2/apis/namespaced/accessanalyzer/v1beta1"
	account "github.com/upbound/provider-aws/v2/apis/namespaced/account/v1beta1"
	acm "github.com/upbound/provider-aws/v2/apis/namespaced/acm/v1beta1"
	backup "github.com/upbound/provider-aws/v2/apis/namespaced/backup/v1beta1"
	cloudcontrol "github.com/upbound/provider-aws/v2/apis/namespaced/cloudcontrol/v1beta1"
	cloudfront "github.com/upbound/provider-aws/v2/apis/namespaced/cloudfront/v1beta1"
	cloudtrail "github.com/upbound/provider-aws/v2/apis/namespaced/cloudtrail/v1beta1"
	cloudwatch "github.com/upbound/provider-aws/v2/apis/namespaced/cloudwatch/v1beta1"
	cloudwatchevents "github.com/upbound/provider-aws/v2/apis/namespaced/cloudwatchevents/v1beta1"
	cloudwatchlogs "github.com/upbound/provider-aws/v2/apis/namespaced/cloudwatchlogs/v1beta1"
	configservice "github.com/upbound/provider-aws/v2/apis/namespaced/configservice/v1beta1"
	ec2 "github.com/upbound/provider-aws/v2/apis/namespaced/ec2/v1beta1"
	guardduty "github.com/upbound/provider-aws/v2/apis/namespaced/guardduty/v1beta1"
	iam "github.com/upbound/provider-aws/v2/apis/namespaced/iam/v1beta1"
	inspector2 "github.com/upbound/provider-aws/v2/apis/namespaced/inspector2/v1beta1"
	kinesis "github.com/upbound/provider-aws/v2/apis/namespaced/kinesis/v1beta1"
	kms "github.com/upbound/provider-aws/v2/apis/namespaced/kms/v1beta1"
	lambda "github.com/upbound/provider-aws/v2/apis/namespaced/lambda/v1beta1"
	macie2 "github.com/upbound/provider-aws/v2/apis/namespaced/macie2/v1beta1"
	networkfirewall "github.com/upbound/provider-aws/v2/apis/namespaced/networkfirewall/v1beta1"
	rds "github.com/upbound/provider-aws/v2/apis/namespaced/rds/v1beta1"
	route53 "github.com/upbound/provider-aws/v2/apis/namespaced/route53/v1beta1"
	s3 "github.com/upbound/provider-aws/v2/apis/namespaced/s3/v1beta1"
	s3control "github.com/upbound/provider-aws/v2/apis/namespaced/s3control/v1beta1"
	secretsmanager "github.com/upbound/provider-aws/v2/apis/namespaced/secretsmanager/v1beta1"
	securityhub "github.com/upbound/provider-aws/v2/apis/namespaced/securityhub/v1beta1"
	signer "github.com/upbound/provider-aws/v2/apis/namespaced/signer/v1beta1"
	sns "github.com/upbound/provider-aws/v2/apis/namespaced/sns/v1beta1"
	sqs "github.com/upbound/provider-aws/v2/apis/namespaced/sqs/v1beta1"
	ssm "github.com/upbound/provider-aws/v2/apis/namespaced/ssm/v1beta1"
	wafv2 "github.com/upbound/provider-aws/v2/apis/namespaced/wafv2/v1beta1"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/encode"
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
	// Registering compiled types fails only if two claim one kind.
	utilruntime.Must(errors.Join(
		accessanalyzer.AddToScheme(s), account.AddToScheme(s), acm.AddToScheme(s), backup.AddToScheme(s), cloudcontrol.AddToScheme(s), cloudfront.AddToScheme(s), cloudtrail.AddToScheme(s), cloudwatch.AddToScheme(s), cloudwatchevents.AddToScheme(s), cloudwatchlogs.AddToScheme(s), configservice.AddToScheme(s), ec2.AddToScheme(s), guardduty.AddToScheme(s), iam.AddToScheme(s), inspector2.AddToScheme(s), kinesis.AddToScheme(s), kms.AddToScheme(s), lambda.AddToScheme(s), macie2.AddToScheme(s), networkfirewall.AddToScheme(s), rds.AddToScheme(s), route53.AddToScheme(s), s3.AddToScheme(s), s3control.AddToScheme(s), secretsmanager.AddToScheme(s), securityhub.AddToScheme(s), signer.AddToScheme(s), sns.AddToScheme(s), sqs.AddToScheme(s), ssm.AddToScheme(s), wafv2.AddToScheme(s),
	))
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
	gvks, _, err := kinds.ObjectKinds(mg)
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
// which is what readers of that generation look for.
func toCluster(object, spec map[string]*structpb.Value, policies xpv1.ManagementPolicies) {
	delete(object["metadata"].GetStructValue().GetFields(), "namespace")
	delete(spec["providerConfigRef"].GetStructValue().GetFields(), "kind")
	if slices.Contains(policies, xpv1.ManagementActionUpdate) && !slices.Contains(policies, xpv1.ManagementActionDelete) {
		spec["deletionPolicy"] = structpb.NewStringValue(string(xpv1.DeletionOrphan))
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
	policies, found, _ := unstructured.NestedStringSlice(u.Object, "spec", "managementPolicies")
	return !found || slices.Contains(policies, string(xpv1.ManagementActionAll)) || slices.Contains(policies, string(action))
}

// Stays reports whether a resource stays in AWS when its managed resource is
// deleted, as its deletion policy or its management policies say.
func Stays(u *unstructured.Unstructured) bool {
	policy, _, _ := unstructured.NestedString(u.Object, "spec", "deletionPolicy") // What is no text is none.
	return policy == string(xpv1.DeletionOrphan) || !Allows(u, xpv1.ManagementActionDelete)
}
