// Package desired collects the resources that tiers compose and converts them to a
// response's desired state. It sets the fields that all resources share. It omits a
// resource that waits for an observed value or, if it already exists, keeps it
// unchanged.
package desired

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// LabelTier contains the tier of each composed resource. Users can list a tier's
// resources with it. It also identifies tiers if a claim is refused and nothing is
// composed.
const LabelTier = "platform.secure-ecommerce.dev/tier"

const (
	errEncode = "cannot encode %s: %w"
	errTwice  = "two resources have the name %s"
)

// Resource is one resource of a stack.
type Resource struct {
	// Resource is its name within the stack.
	Resource string
	// Tier that composes it.
	Tier string
	// Object is the desired object. It is nil while the resource waits.
	Object *structpb.Struct
	// Waits lists the facts that must be known before it can be created or changed.
	Waits []facts.Fact
	// Proofs lists the facts that must be known before it is ready, in addition to
	// the provider's conditions.
	Proofs []facts.Fact
	// Present reports whether it is ready as soon as it exists. This is the case
	// for Kubernetes objects, which have no conditions.
	Present bool
}

// Set contains all resources of a stack.
type Set struct {
	settings *settings.Settings
	observed facts.Observed
	tier     string
	region   string
	// labels of every resource of the tier. All share the value, which is read-only.
	labels *structpb.Value
	waits  []facts.Fact
	shared *shared
}

// shared is the state that the views of all tiers share.
type shared struct {
	// tags and provider config of every resource. All resources share the values,
	// which are read-only.
	tags      map[string]*structpb.Value
	config    *structpb.Value
	resources []Resource
	errs      []error
	// sorted contains the resources and usages by name, and planned their future
	// objects. They are nil until they are needed, and after an addition.
	sorted, planned []Resource
	// later contains the future objects of waiting resources, by name.
	later map[string]func() *structpb.Struct
	// before lists the resources that must be deleted after a resource, by name.
	before map[string][]string
}

// NewSet returns an empty set.
func NewSet(s *settings.Settings, observed facts.Observed) *Set {
	tags := make(map[string]*structpb.Value, len(s.Tags))
	for k, v := range s.Tags {
		tags[k] = structpb.NewStringValue(v)
	}
	return (&Set{settings: s, observed: observed, region: s.Region, shared: &shared{
		tags: tags, config: s.Scope.Config(s.ProviderConfig), later: map[string]func() *structpb.Struct{}, before: map[string][]string{},
	}}).Tier("")
}

// Tier returns a view of the set for the named tier.
func (s *Set) Tier(name string) *Set {
	view := *s
	view.tier, view.labels = name, object(map[string]*structpb.Value{LabelTier: structpb.NewStringValue(name)})
	return &view
}

// In returns a view of the set for resources in another region.
func (s *Set) In(region string) *Set {
	view := *s
	view.region = region
	return &view
}

// After returns a view of the set whose resources also wait for a fact.
func (s *Set) After(f facts.Fact) *Set {
	view := *s
	view.waits = append(slices.Clone(s.waits), f)
	return &view
}

// Resources returns all resources, sorted by name, or all errors. The list is
// read-only.
func (s *Set) Resources() ([]Resource, error) {
	if s.shared.sorted == nil {
		all := slices.Concat(s.shared.resources, s.ordered())
		slices.SortFunc(all, func(a, b Resource) int { return strings.Compare(a.Resource, b.Resource) })
		s.shared.sorted = slices.Clip(all)
	}
	out, errs := s.shared.sorted, slices.Clip(s.shared.errs)
	for i := 1; i < len(out); i++ {
		if out[i].Resource == out[i-1].Resource {
			errs = append(errs, fmt.Errorf(errTwice, out[i].Resource))
		}
	}
	return out, errors.Join(errs...)
}

// Planned returns all resources as if none of them waited, without the values that
// they wait for. It shows the whole stack from the first call on. The list is
// read-only.
func (s *Set) Planned() ([]Resource, error) {
	out, err := s.Resources()
	if len(s.shared.later) == 0 {
		return out, err
	}
	if s.shared.planned == nil {
		s.shared.planned = slices.Clone(out)
		for i, r := range s.shared.planned {
			if later := s.shared.later[r.Resource]; later != nil {
				s.shared.planned[i].Object, s.shared.planned[i].Waits = later(), nil
			}
		}
	}
	return s.shared.planned, errors.Join(s.shared.errs...)
}

// add adds a resource.
func (s *Set) add(r Resource) {
	s.shared.resources = append(s.shared.resources, r)
	s.shared.sorted, s.shared.planned = nil, nil
}

// Option changes how a resource is added.
type Option func(*addition)

type addition struct {
	name   string
	keep   bool
	before []string
	empty  []string
	// unchanged reports whether the provider must not change it now.
	unchanged bool
	shared    bool
	watch     bool
	waits     []facts.Fact
	proofs    []facts.Fact
}

// Named sets the AWS name of a resource whose provider uses the external name for
// it. An observed name takes precedence.
func Named(name string) Option { return func(a *addition) { a.name = name } }

// Keep keeps the resource in AWS when the stack is deleted, if keep is true.
func Keep(keep bool) Option { return func(a *addition) { a.keep = keep } }

// Empty sets lists to empty. If they were omitted, the provider could fill them in
// until the resource has a name, and would then keep these values.
func Empty(fields ...string) Option { return func(a *addition) { a.empty = fields } }

// Unchanged prevents changes by the provider, if hold is true.
func Unchanged(hold bool) Option { return func(a *addition) { a.unchanged = hold } }

// Shared adopts a resource that an account has only once, by its AWS name. It is
// created if it does not exist, and kept for other users on deletion.
func Shared() Option { return func(a *addition) { a.shared = true } }

// Observed only observes an existing resource, if watch is true. The stack does not
// change it, and keeps it on deletion.
func Observed(watch bool) Option { return func(a *addition) { a.watch = watch } }

// Needs delays a resource until all facts are known. Until then, an existing
// resource stays as observed.
func Needs(f ...facts.Fact) Option {
	return func(a *addition) { a.waits = append(a.waits, f...) }
}

// ReadyWhen delays readiness of a resource until all facts are known.
func ReadyWhen(f ...facts.Fact) Option {
	return func(a *addition) { a.proofs = append(a.proofs, f...) }
}

// Hold keeps an observed resource unchanged although it is no longer requested,
// because another one still uses it.
func (s *Set) Hold(resourceName string) {
	s.add(Resource{Resource: resourceName, Tier: s.tier, Object: s.asObserved(resourceName)})
}

// Add adds a resource. It sets its Kubernetes name and provider config and, if its
// kind supports them and the tier did not set them, region and tags.
func (s *Set) Add(resourceName string, mg models.Managed, opts ...Option) {
	a := addition{}
	for _, o := range opts {
		o(&a)
	}
	r := Resource{Resource: resourceName, Tier: s.tier, Proofs: a.proofs}
	for _, f := range slices.Concat(s.waits, a.waits) {
		if !f.Known() {
			r.Waits = append(r.Waits, f)
		}
	}
	if len(r.Waits) > 0 {
		r.Object = s.asObserved(resourceName)
		s.shared.later[resourceName] = func() *structpb.Struct { return s.encode(resourceName, mg, a) }
	} else {
		r.Object = s.encode(resourceName, mg, a)
	}
	s.add(r)
	if len(a.before) > 0 {
		s.shared.before[resourceName] = a.before
	}
}

func (s *Set) encode(resourceName string, mg models.Managed, a addition) *structpb.Struct {
	mg.SetName(s.objectName(resourceName))
	mg.SetNamespace(s.settings.Namespace)
	mg.SetManagementPolicies(s.policies(resourceName, a))
	tagged := s.fill(mg)
	out, err := s.settings.Scope.Encode(mg)
	if err != nil {
		s.shared.errs = append(s.shared.errs, fmt.Errorf(errEncode, resourceName, err))
		return out
	}
	metadata, spec := out.GetFields()["metadata"].GetStructValue().GetFields(), out.GetFields()["spec"].GetStructValue().GetFields()
	metadata["labels"] = s.labels
	if name := s.externalName(resourceName, a); name != "" {
		metadata["annotations"] = externalNamed(name)
	}
	spec["providerConfigRef"] = s.shared.config
	parameters := spec["forProvider"].GetStructValue().GetFields()
	if tagged {
		parameters["tags"] = s.tags(resourceName)
	}
	if s.settings.Scope == scope.Cluster {
		scope.InNamespace(out, s.settings.SecretNamespace())
	}
	for _, field := range a.empty {
		parameters[field] = structpb.NewListValue(&structpb.ListValue{})
	}
	keepResolved(out.GetFields()["spec"], "spec", func(path string) *structpb.Value { return s.observed.Value(resourceName, path) })
	return out
}

// externalNamed returns the annotations of a resource with an external name.
func externalNamed(name string) *structpb.Value {
	return object(map[string]*structpb.Value{meta.AnnotationKeyExternalName: structpb.NewStringValue(name)})
}

func object(fields map[string]*structpb.Value) *structpb.Value {
	return structpb.NewStructValue(&structpb.Struct{Fields: fields})
}

// policies returns the management policies of a resource. Late initialization is
// enabled only until the resource has a name. Otherwise, later values would become
// part of the spec, such as a rule that a user added. The provider would then
// restore them after their removal.
func (s *Set) policies(resourceName string, a addition) xpv1.ManagementPolicies {
	switch {
	case a.watch:
		return scope.Observed()
	case a.shared:
		return scope.Shared()
	default:
		named := a.name != "" || s.observed.ExternalName(resourceName).Known()
		policies := scope.Managed(!named, a.keep)
		if a.unchanged {
			policies = slices.DeleteFunc(policies, func(p xpv1.ManagementAction) bool { return p == xpv1.ManagementActionUpdate })
		}
		return policies
	}
}

// externalName returns the external name that the function sets. An observed one
// takes precedence. Names that AWS generates are left to the provider, except for
// resources that are kept on deletion. A reconcile in progress may create such a
// managed resource again, which must find the existing AWS resource.
func (s *Set) externalName(resourceName string, a addition) string {
	if seen := s.observed.ExternalName(resourceName); seen.Known() && (a.name != "" || a.keep) {
		return seen.Value
	}
	return a.name
}

// fill sets the region of kinds that have one, and reports whether the kind has tags
// that are not set. It accesses the fields by name, because all types of the
// provider are generated alike.
func (s *Set) fill(mg models.Managed) bool {
	parameters := reflect.ValueOf(mg).Elem().FieldByName("Spec").FieldByName("ForProvider")
	if region := parameters.FieldByName("Region"); region.IsValid() && region.IsNil() {
		region.Set(reflect.ValueOf(&s.region))
	}
	tags := parameters.FieldByName("Tags")
	return tags.IsValid() && tags.IsNil()
}

// tags returns the tags of a resource.
func (s *Set) tags(resourceName string) *structpb.Value {
	all := maps.Clone(s.shared.tags)
	all["Name"] = structpb.NewStringValue(s.settings.Stack + "-" + resourceName)
	return object(all)
}

// asObserved returns a resource as observed, so that a waiting resource is never
// removed. It is nil if the resource does not exist.
func (s *Set) asObserved(resourceName string) *structpb.Struct {
	if !s.observed.Has(resourceName) {
		return nil
	}
	keep := func(to map[string]*structpb.Value, above string, fields ...string) {
		for _, f := range fields {
			if v := s.observed.Value(resourceName, above+f); v != nil {
				to[f] = v
			}
		}
	}
	metadata := map[string]*structpb.Value{"labels": s.labels}
	keep(metadata, "metadata.", "name", "namespace")
	if name := s.observed.ExternalName(resourceName); name.Known() {
		metadata["annotations"] = externalNamed(name.Value)
	}
	out := map[string]*structpb.Value{"metadata": object(metadata)}
	keep(out, "", "apiVersion", "kind", "spec")
	return &structpb.Struct{Fields: out}
}

// Ref returns a reference to another resource of the stack. It is resolved once,
// because its target never changes.
func (s *Set) Ref(resourceName string) *xpv1.NamespacedReference {
	return &xpv1.NamespacedReference{Name: s.objectName(resourceName)}
}

// objectName returns the Kubernetes name of a resource. An observed one takes
// precedence.
func (s *Set) objectName(resourceName string) string {
	return cmp.Or(s.observed.String(resourceName, "metadata.name"), naming.Object(s.settings.Composite, resourceName))
}

// LiveRef returns a reference to a resource that an edit may replace. The provider
// resolves it in every reconcile. Otherwise, it would keep the first value.
func (s *Set) LiveRef(resourceName string) *xpv1.NamespacedReference {
	always := xpv1.ResolvePolicyAlways
	ref := s.Ref(resourceName)
	ref.Policy = &xpv1.Policy{Resolve: &always}
	return ref
}

// LiveRefs returns references to several resources, to which an edit may add more.
func (s *Set) LiveRefs(resourceNames ...string) []xpv1.NamespacedReference {
	out := make([]xpv1.NamespacedReference, 0, len(resourceNames))
	for _, r := range resourceNames {
		out = append(out, *s.LiveRef(r))
	}
	return out
}
