// Package simulator simulates the AWS provider: it answers a desired managed resource
// with what the provider would show of it after success. What it shows depends
// on the resource alone, so that a preview is the same every time.
package simulator

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
)

const (
	errDecode = "cannot read resource %s: %w"
	errNumber = "%v is no number of JSON"
	errKeep   = "cannot keep what the provider decided about resource %s: %w"
	errEncode = "cannot show resource %s: %w"
	errWrite  = "cannot write what the provider decides: %w"
)

// DefaultAccount is the account that resources are in unless an AWS says
// otherwise: the one of AWS's own examples.
const DefaultAccount = "123456789012"

// Since is when every condition came about.
const Since = "2024-01-01T00:00:00Z"

// Suffixes of the API groups of cluster-scoped and namespaced AWS resources.
const (
	clusterSuffix    = ".aws.upbound.io"
	namespacedSuffix = ".aws.m.upbound.io"
)

// AWS simulates the provider and one AWS account.
type AWS struct {
	// Account is the AWS account, DefaultAccount if empty.
	Account string
	// Region is that of resources that have none of their own, such as roles.
	// It decides their partition only.
	Region string
	// PendingCertificates leaves certificates as they are until the owner of the
	// domain has proved it. Otherwise they are issued.
	PendingCertificates bool
}

// Lookup finds another object by kind and name, nil if there is none.
type Lookup func(kind schema.GroupKind, name types.NamespacedName) *unstructured.Unstructured

// Play makes a managed resource what the provider makes of it: known to AWS by
// an external name, its references resolved, its status filled in, ready. A
// reference that cannot be resolved leaves it as the provider would: not synced,
// with the error that is also returned. Objects of other groups only get a UID.
func (p AWS) Play(u *unstructured.Unstructured, lookup Lookup) error {
	if u.GetUID() == "" {
		u.SetUID(types.UID(uuid(identity(u))))
	}
	if stem(u.GroupVersionKind().Group) == "" {
		return nil
	}
	if err := p.reconcile(u, lookup); err != nil {
		return errors.Join(err, setConditions(u, condition("Synced", "False", "ReconcileError", err.Error())))
	}
	return setConditions(u, condition("Ready", "True", "Available", ""), condition("Synced", "True", "ReconcileSuccess", ""), condition("LastAsyncOperation", "True", "Success", ""))
}

// reconcile fills in all of an object but its conditions.
func (p AWS) reconcile(u *unstructured.Unstructured, lookup Lookup) error {
	if err := resolve(u, lookup); err != nil {
		return err
	}
	o := newObject(p, u)
	if err := o.lateInitialize(u); err != nil {
		return err
	}
	if o.external == "" {
		meta.SetExternalName(u, o.word("external"))
	}
	if err := unstructured.SetNestedMap(u.Object, o.atProvider(), "status", "atProvider"); err != nil {
		return fmt.Errorf(errWrite, err)
	}
	return nil
}

// Observe returns what Crossplane would observe of the desired resources once
// the provider is done with them. What the provider decided earlier, external
// names and resolved references, stays.
func (p AWS) Observe(desired, observed map[string]*fnv1.Resource) (map[string]*fnv1.Resource, error) {
	objects := map[string]*unstructured.Unstructured{}
	for _, name := range slices.Sorted(maps.Keys(desired)) {
		u, err := decode(desired[name])
		if err != nil {
			return nil, fmt.Errorf(errDecode, name, err)
		}
		if u == nil {
			continue
		}
		earlier, err := decode(observed[name])
		if err != nil {
			return nil, fmt.Errorf(errDecode, name, err)
		}
		if err := keepDecided(u, earlier); err != nil {
			return nil, fmt.Errorf(errKeep, name, err)
		}
		objects[name] = u
	}
	if p.Region == "" {
		p.Region = anyRegion(objects)
	}
	p.playAll(objects)
	out := make(map[string]*fnv1.Resource, len(objects))
	for name, u := range objects {
		s, err := structpb.NewStruct(u.Object)
		if err != nil {
			return nil, fmt.Errorf(errEncode, name, err)
		}
		out[name] = &fnv1.Resource{Resource: s}
	}
	return out, nil
}

// playAll simulates objects in the order of their references: as long as any
// succeeds, those that failed are tried again, as the provider does.
func (p AWS) playAll(objects map[string]*unstructured.Unstructured) {
	done := map[string]*unstructured.Unstructured{}
	lookup := func(kind schema.GroupKind, name types.NamespacedName) *unstructured.Unstructured {
		return done[key(kind, name)]
	}
	waiting := slices.Sorted(maps.Keys(objects))
	for progress := true; progress; {
		var failed []string
		for _, name := range waiting {
			u := objects[name]
			if err := p.Play(u, lookup); err != nil {
				failed = append(failed, name)
				continue
			}
			done[key(u.GroupVersionKind().GroupKind(), types.NamespacedName{Namespace: u.GetNamespace(), Name: u.GetName()})] = u
		}
		progress = len(failed) < len(waiting)
		waiting = failed
	}
}

func key(kind schema.GroupKind, name types.NamespacedName) string {
	return kind.String() + " " + name.String()
}

// keepDecided gives a desired object what the provider decided about it
// earlier and the function does not mention.
func keepDecided(u, earlier *unstructured.Unstructured) error {
	if earlier == nil {
		return nil
	}
	u.SetUID(earlier.GetUID())
	if name := meta.GetExternalName(earlier); name != "" && meta.GetExternalName(u) == "" {
		meta.SetExternalName(u, name)
	}
	keepResolved(u, earlier)
	return keepLate(u, earlier)
}

// anyRegion is the region of the first object that has one.
func anyRegion(objects map[string]*unstructured.Unstructured) string {
	for _, name := range slices.Sorted(maps.Keys(objects)) {
		if region, _ := valueAt(objects[name], "spec", "forProvider", "region").(string); region != "" {
			return region
		}
	}
	return ""
}

// stem is the AWS service that a group is of, such as "ec2"; empty for groups of
// others.
func stem(group string) string {
	for _, suffix := range []string{namespacedSuffix, clusterSuffix} {
		if s, ok := strings.CutSuffix(group, suffix); ok {
			return s
		}
	}
	return ""
}

// decode reads an object. No resource is no object.
func decode(r *fnv1.Resource) (*unstructured.Unstructured, error) {
	if r.GetResource() == nil {
		return nil, nil //nolint:nilnil // Nothing is a proper answer.
	}
	object, err := fields(r.GetResource())
	return &unstructured.Unstructured{Object: object}, err
}

// fields reads the fields of an object.
func fields(s *structpb.Struct) (map[string]any, error) {
	out := make(map[string]any, len(s.GetFields()))
	for name, v := range s.GetFields() {
		field, err := value(v)
		if err != nil {
			return nil, err
		}
		out[name] = field
	}
	return out, nil
}

// value reads a value as the API server would: whole numbers are integers, and what is
// no number is refused.
func value(v *structpb.Value) (any, error) {
	switch k := v.GetKind().(type) {
	case *structpb.Value_StructValue:
		return fields(k.StructValue)
	case *structpb.Value_ListValue:
		out := make([]any, len(k.ListValue.GetValues()))
		for i, v := range k.ListValue.GetValues() {
			item, err := value(v)
			if err != nil {
				return nil, err
			}
			out[i] = item
		}
		return out, nil
	case *structpb.Value_NumberValue:
		if math.IsNaN(k.NumberValue) || math.IsInf(k.NumberValue, 0) {
			return nil, fmt.Errorf(errNumber, k.NumberValue)
		}
		if i := int64(k.NumberValue); float64(i) == k.NumberValue {
			return i, nil
		}
	}
	return v.AsInterface(), nil
}

// valueAt is the value at a path of an object, nil if there is none. Where the path
// leads through what is no object, there is none either: types are the API
// server's to check.
func valueAt(u *unstructured.Unstructured, path ...string) any {
	v, _, _ := unstructured.NestedFieldNoCopy(u.Object, path...) //nolint:errcheck // What is no object has no fields.
	return v
}

func setConditions(u *unstructured.Unstructured, conditions ...any) error {
	if err := unstructured.SetNestedSlice(u.Object, conditions, "status", "conditions"); err != nil {
		return fmt.Errorf(errWrite, err)
	}
	return nil
}

func condition(kind, status, reason, message string) map[string]any {
	c := map[string]any{"type": kind, "status": status, "reason": reason, "lastTransitionTime": Since}
	if message != "" {
		c["message"] = message
	}
	return c
}
