package desired

import (
	"path"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// usageVersion is the API version of usages in Crossplane v2.
const usageVersion = "protection.crossplane.io/v1beta1"

// Before orders deletion: the resource is deleted before the others, if these are
// deleted at all. Kubernetes deletes all resources of a stack at once. AWS refuses
// to delete most resources in use, and the provider retries. Before is for
// resources that AWS deletes too early. Examples are a bucket without which a
// distribution cannot be disabled, a log group that its writer creates again, and a
// key without which data cannot be decrypted.
func Before(resourceNames ...string) Option {
	return func(a *addition) { a.before = append(a.before, resourceNames...) }
}

// ordered returns usages for the order of deletion. Crossplane refuses to delete a
// used resource, and deletes it when its user is gone. Usages work without the
// function, which Crossplane does not call for a deleted composite. A resource that
// is kept in AWS needs none.
func (s *Set) ordered() []Resource {
	all := make(map[string]*Resource, len(s.shared.resources))
	for i := range s.shared.resources {
		all[s.shared.resources[i].Resource] = &s.shared.resources[i]
	}
	var out []Resource
	usages := map[string]bool{}
	for user, used := range s.shared.before {
		for _, u := range used {
			of, by := all[u], all[user]
			if of == nil || by == nil || of.Object == nil || by.Object == nil || retained(of.Object) {
				continue
			}
			usages[composed.Usage(u, user)] = true
			out = append(out, s.usage(of, by))
		}
	}
	if by := all[composed.LogsBucket]; s.settings.Shared != nil && by != nil && by.Object != nil {
		out = append(out, accountInUse(s.settings, by))
	}
	return append(out, s.released(all, usages)...)
}

// usage returns the usage of a resource by another one.
func (s *Set) usage(of, by *Resource) Resource {
	usage := newUsage(s.settings, composed.Usage(of.Resource, by.Resource), map[string]*structpb.Value{
		"of":             referenceTo(of),
		"by":             referenceTo(by),
		"replayDeletion": structpb.NewBoolValue(true),
	})
	usage.Tier = of.Tier
	usage.Object.GetFields()["metadata"].GetStructValue().GetFields()["labels"] = object(map[string]*structpb.Value{LabelTier: structpb.NewStringValue(of.Tier)})
	return usage
}

// accountInUse returns a usage that makes Crossplane refuse to delete the account
// whose guardrails the stack uses, as long as the stack has the given resource. The
// usage belongs to no tier. Crossplane requires a user for an account in another
// namespace. It cannot be the stack itself: its deletion would wait for the usage, and
// the usage for its deletion.
func accountInUse(s *settings.Settings, by *Resource) Resource {
	text := structpb.NewStringValue
	kind, account := v1alpha1.CompositeAccountKind, map[string]*structpb.Value{"name": text(path.Base(s.Shared.Name))}
	if s.Scope == scope.Namespaced {
		kind, account["namespace"] = v1alpha1.AccountKind, text(path.Dir(s.Shared.Name))
	}
	return newUsage(s, composed.AccountInUse, map[string]*structpb.Value{
		"of": object(map[string]*structpb.Value{
			"apiVersion":  text(v1alpha1.GroupVersion.String()),
			"kind":        text(kind),
			"resourceRef": object(account),
		}),
		"by": referenceTo(by),
	})
}

// referenceTo returns how a usage refers to a resource of the stack.
func referenceTo(r *Resource) *structpb.Value {
	fields := r.Object.GetFields()
	return object(map[string]*structpb.Value{
		"apiVersion":  fields["apiVersion"],
		"kind":        fields["kind"],
		"resourceRef": object(map[string]*structpb.Value{"name": fields["metadata"].GetStructValue().GetFields()["name"]}),
	})
}

// newUsage returns a usage in the stack's scope.
func newUsage(s *settings.Settings, resourceName string, spec map[string]*structpb.Value) Resource {
	text := structpb.NewStringValue
	metadata := map[string]*structpb.Value{"name": text(naming.Object(s.Composite, resourceName))}
	kind := "ClusterUsage"
	if s.Scope == scope.Namespaced {
		kind = "Usage"
		metadata["namespace"] = text(s.Namespace)
	}
	return Resource{Resource: resourceName, Present: true, Object: &structpb.Struct{Fields: map[string]*structpb.Value{
		"apiVersion": text(usageVersion),
		"kind":       text(kind),
		"metadata":   object(metadata),
		"spec":       object(spec),
	}}}
}

// retained reports whether a resource is kept in AWS when its object is deleted.
func retained(object *structpb.Struct) bool {
	spec := object.GetFields()["spec"].GetStructValue().GetFields()
	actions := spec["managementPolicies"].GetListValue().GetValues()
	deletes := func(v *structpb.Value) bool { return v.GetStringValue() == "*" || v.GetStringValue() == "Delete" }
	return spec["deletionPolicy"].GetStringValue() == "Orphan" || len(actions) > 0 && !slices.ContainsFunc(actions, deletes)
}

// released returns the observed usages that are no longer desired but still needed,
// and their resources. A used resource is deleted after its user, if the user is
// deleted. A user that is kept is removed from the usage, which would otherwise
// wait indefinitely. A waiting resource keeps its usage.
func (s *Set) released(all map[string]*Resource, usages map[string]bool) []Resource {
	held := map[string]bool{}
	var out []Resource
	for _, usage := range s.observed.Names() {
		of, by, ok := composed.OfUsage(usage)
		if !ok || usages[usage] {
			continue
		}
		used, needed := all[of]
		user, stays := all[by]
		waits := needed && used.Object == nil || stays && user.Object == nil
		if !needed && !s.observed.Has(of) {
			continue
		}
		if !needed {
			held[of] = true
		}
		switch {
		case !needed && !stays && s.observed.Has(by), needed && stays && waits:
			out = append(out, Resource{Resource: usage, Tier: s.tierOf(usage), Object: s.observedBy(usage), Present: true})
		case stays && !waits && s.observed.Value(usage, "spec.by") != nil:
			object := s.observedBy(usage)
			spec := object.GetFields()["spec"].GetStructValue().GetFields()
			delete(spec, "by")
			spec["reason"] = structpb.NewStringValue("no longer used by " + by)
			out = append(out, Resource{Resource: usage, Tier: s.tierOf(usage), Object: object, Present: true})
		}
	}
	for of := range held {
		out = append(out, Resource{Resource: of, Tier: s.tierOf(of), Object: s.observedBy(of)})
	}
	return out
}

// tierOf returns the tier of an observed resource.
func (s *Set) tierOf(resourceName string) string {
	return s.observed.String(resourceName, "metadata.labels["+LabelTier+"]")
}

// observedBy returns a resource as observed, in its own tier.
func (s *Set) observedBy(resourceName string) *structpb.Struct {
	return s.Tier(s.tierOf(resourceName)).asObserved(resourceName)
}
