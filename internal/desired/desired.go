// Package desired collects the resources that tiers compose and turns them into
// the desired state of a response. It is the one place where a resource gets
// what all resources share, and where one that waits for an observed value is
// held back or, once it exists, kept as it is.
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
	"github.com/crossplane/crossplane-runtime/v2/pkg/resource"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// LabelTier tells on each composed resource which tier it is of, so that
// people can list a tier's resources, and so that a tier's readiness can be told
// when a claim is refused and nothing is composed.
const LabelTier = "platform.secure-ecommerce.dev/tier"

const (
	errEncode = "cannot encode %s: %w"
	errTwice  = "two resources have the name %s"
)

// Resource is one resource of a stack.
type Resource struct {
	// Resource is its name within the stack.
	Resource string
	// Tier that composed it.
	Tier string
	// Object is the desired object; nil while the resource waits.
	Object *structpb.Struct
	// Waits is the facts that must be known before it can be made or changed.
	Waits []facts.Fact
	// Proofs is the facts that must be known, beside the provider's word, before
	// it counts as ready.
	Proofs []facts.Fact
	// Present is whether it is ready as soon as it is there, as objects of
	// Kubernetes itself are, which have no conditions.
	Present bool
}

// Set is all resources of a stack.
type Set struct {
	settings *settings.Settings
	observed facts.Observed
	tier     string
	region   string
	waits    []facts.Fact
	shared   *shared
}

// shared is what the views of all tiers have in common.
type shared struct {
	// tags are those of every resource.
	tags      map[string]*string
	resources []Resource
	errs      []error
	// later is what resources that wait will be, by name.
	later map[string]func() *structpb.Struct
	// before is what each resource is deleted before, by name.
	before map[string][]string
}

// NewSet returns an empty set.
func NewSet(s *settings.Settings, observed facts.Observed) *Set {
	tags := make(map[string]*string, len(s.Tags))
	for k, v := range s.Tags {
		tags[k] = &v
	}
	return &Set{settings: s, observed: observed, region: s.Region, shared: &shared{tags: tags, later: map[string]func() *structpb.Struct{}, before: map[string][]string{}}}
}

// Tier returns a view of the set that adds resources to the named tier.
func (s *Set) Tier(name string) *Set {
	view := *s
	view.tier = name
	return &view
}

// In returns a view of the set that adds resources in another region than the
// stack's.
func (s *Set) In(region string) *Set {
	view := *s
	view.region = region
	return &view
}

// After returns a view of the set whose resources wait for a fact, beside what
// each of them needs.
func (s *Set) After(f facts.Fact) *Set {
	view := *s
	view.waits = append(slices.Clone(s.waits), f)
	return &view
}

// Resources returns all resources, sorted by name, or everything that is wrong
// with them.
func (s *Set) Resources() ([]Resource, error) {
	all := slices.Concat(s.shared.resources, s.ordered())
	out := slices.SortedFunc(slices.Values(all), func(a, b Resource) int { return strings.Compare(a.Resource, b.Resource) })
	errs := s.shared.errs
	for i := 1; i < len(out); i++ {
		if out[i].Resource == out[i-1].Resource {
			errs = append(errs, fmt.Errorf(errTwice, out[i].Resource))
		}
	}
	return out, errors.Join(errs...)
}

// Planned returns all resources as they will be once none of them waits, but for
// the values that they wait for. It says what a stack amounts to from its first
// call on.
func (s *Set) Planned() ([]Resource, error) {
	out, err := s.Resources()
	for i := range out {
		if later := s.shared.later[out[i].Resource]; later != nil {
			out[i].Object, out[i].Waits = later(), nil
		}
	}
	return out, err
}

// Option changes how a resource is added.
type Option func(*addition)

type addition struct {
	name   string
	keep   bool
	before []string
	empty  []string
	// unchanged is whether the provider is to change nothing of it for now.
	unchanged bool
	shared    bool
	watch     bool
	waits     []facts.Fact
	proofs    []facts.Fact
}

// Named gives a resource the name by which AWS knows it, where the provider
// takes that from the external name. A name that was observed wins.
func Named(name string) Option { return func(a *addition) { a.name = name } }

// Keep leaves the resource in AWS when the stack is deleted, if keep is true.
func Keep(keep bool) Option { return func(a *addition) { a.keep = keep } }

// Empty says of lists that there is nothing in them. Left out, the provider may fill
// them in until the resource has a name, and holds on to that.
func Empty(fields ...string) Option { return func(a *addition) { a.empty = fields } }

// Unchanged has the provider change nothing of the resource as long as hold is
// true.
func Unchanged(hold bool) Option { return func(a *addition) { a.unchanged = hold } }

// Shared takes a resource that an account has one of, by its name in AWS: it is
// made if it is not there yet, and otherwise left to whoever else uses it.
func Shared() Option { return func(a *addition) { a.shared = true } }

// Observed only watches the resource, which exists, if watch is true: nothing of
// it is changed, and it stays when the stack is deleted.
func Observed(watch bool) Option { return func(a *addition) { a.watch = watch } }

// Needs holds a resource back until all facts are known. A resource that exists
// already stays exactly as it was observed until then.
func Needs(f ...facts.Fact) Option {
	return func(a *addition) { a.waits = append(a.waits, f...) }
}

// ReadyWhen makes a resource count as ready only once all facts are known.
func ReadyWhen(f ...facts.Fact) Option {
	return func(a *addition) { a.proofs = append(a.proofs, f...) }
}

// Hold keeps an observed resource that is no longer asked for exactly as it is,
// as long as another one still uses it.
func (s *Set) Hold(resourceName string) {
	s.shared.resources = append(s.shared.resources, Resource{Resource: resourceName, Tier: s.tier, Object: s.asObserved(resourceName)})
}

// Add adds a resource. It gets its Kubernetes name, provider config and, where
// its kind has them and the tier did not say otherwise, region and tags.
func (s *Set) Add(resourceName string, mg resource.ModernManaged, opts ...Option) {
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
	s.shared.resources = append(s.shared.resources, r)
	if len(a.before) > 0 {
		s.shared.before[resourceName] = a.before
	}
}

func (s *Set) encode(resourceName string, mg resource.ModernManaged, a addition) *structpb.Struct {
	mg.SetName(s.objectName(resourceName))
	mg.SetNamespace(s.settings.Namespace)
	mg.SetLabels(map[string]string{LabelTier: s.tier})
	if name := s.externalName(resourceName, a); name != "" {
		meta.SetExternalName(mg, name)
	}
	config := s.settings.ProviderConfig
	mg.SetProviderConfigReference(&config)
	mg.SetManagementPolicies(s.policies(resourceName, a))
	s.fill(mg, resourceName)
	object, err := s.settings.Scope.Encode(mg)
	if err != nil {
		s.shared.errs = append(s.shared.errs, fmt.Errorf(errEncode, resourceName, err))
	}
	if s.settings.Scope == scope.Cluster {
		scope.InNamespace(object, s.settings.SecretNamespace())
	}
	for _, field := range a.empty {
		object.GetFields()["spec"].GetStructValue().GetFields()["forProvider"].GetStructValue().GetFields()[field] = structpb.NewListValue(&structpb.ListValue{})
	}
	keepResolved(object.GetFields()["spec"], &place{name: "spec"}, func(path string) *structpb.Value { return s.observed.Value(resourceName, path) })
	return object
}

// policies returns what the provider may do with a resource. It fills in what
// the stack leaves to AWS only until the resource has a name: a value that
// shows up later, such as a rule that a person added or the members of a
// cluster, would become part of the spec, and would be put back after it was
// removed.
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

// externalName is the name in AWS that is ours to say. One that was observed
// wins. One that AWS made up is the provider's to say, except of what stays when
// the stack is deleted: a reconcile in flight may then make the managed resource
// once more, and must find the resource that stayed instead of making another.
func (s *Set) externalName(resourceName string, a addition) string {
	if seen := s.observed.ExternalName(resourceName); seen.Known() && (a.name != "" || a.keep) {
		return seen.Value
	}
	return a.name
}

// fill sets region and tags of kinds that have them. It knows the fields by
// name, as all of the provider's types are generated alike.
func (s *Set) fill(mg resource.ModernManaged, resourceName string) {
	parameters := reflect.ValueOf(mg).Elem().FieldByName("Spec").FieldByName("ForProvider")
	if region := parameters.FieldByName("Region"); region.IsValid() && region.IsNil() {
		region.Set(reflect.ValueOf(&s.region))
	}
	if tags := parameters.FieldByName("Tags"); tags.IsValid() && tags.IsNil() {
		all := maps.Clone(s.shared.tags)
		name := s.settings.Stack + "-" + resourceName
		all["Name"] = &name
		tags.Set(reflect.ValueOf(all))
	}
}

// asObserved is a resource as it is, so that what waits for a value is never
// dropped; nil if it does not exist yet.
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
	metadata := map[string]*structpb.Value{
		"labels": structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{LabelTier: structpb.NewStringValue(s.tier)}}),
	}
	keep(metadata, "metadata.", "name", "namespace")
	if name := s.observed.ExternalName(resourceName); name.Known() {
		metadata["annotations"] = structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{
			meta.AnnotationKeyExternalName: structpb.NewStringValue(name.Value),
		}})
	}
	out := map[string]*structpb.Value{"metadata": structpb.NewStructValue(&structpb.Struct{Fields: metadata})}
	keep(out, "", "apiVersion", "kind", "spec")
	return &structpb.Struct{Fields: out}
}

// Ref refers to another resource of the stack. It is resolved once: what it
// points to never changes.
func (s *Set) Ref(resourceName string) *xpv1.NamespacedReference {
	return &xpv1.NamespacedReference{Name: s.objectName(resourceName)}
}

// objectName is the Kubernetes name of a resource. One that was observed wins.
func (s *Set) objectName(resourceName string) string {
	return cmp.Or(s.observed.String(resourceName, "metadata.name"), naming.Object(s.settings.Composite, resourceName))
}

// LiveRef refers to a resource that an edit may exchange for another one. The
// provider resolves it at every reconcile; otherwise it would keep what it
// resolved first.
func (s *Set) LiveRef(resourceName string) *xpv1.NamespacedReference {
	always := xpv1.ResolvePolicyAlways
	ref := s.Ref(resourceName)
	ref.Policy = &xpv1.Policy{Resolve: &always}
	return ref
}

// LiveRefs refers to several resources, more of which an edit may add.
func (s *Set) LiveRefs(resourceNames ...string) []xpv1.NamespacedReference {
	out := make([]xpv1.NamespacedReference, 0, len(resourceNames))
	for _, r := range resourceNames {
		out = append(out, *s.LiveRef(r))
	}
	return out
}
