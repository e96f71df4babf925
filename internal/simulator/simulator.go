// Package simulator simulates the AWS provider: for a desired managed resource, it
// returns what the provider would report after success. The result depends only on
// the resource, so a preview is reproducible.
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
	errNumber = "%v is not a JSON number"
	errKeep   = "cannot store the provider's values for resource %s: %w"
	errEncode = "cannot show resource %s: %w"
	errWrite  = "cannot write the provider's values: %w"
)

// DefaultAccount is the default account ID, from the examples in AWS's
// documentation.
const DefaultAccount = "123456789012"

// Since is the transition time of every condition.
const Since = "2024-01-01T00:00:00Z"

// Suffixes of the API groups of cluster-scoped and namespaced AWS resources.
const (
	clusterSuffix    = ".aws.upbound.io"
	namespacedSuffix = ".aws.m.upbound.io"
)

// AWS simulates the provider and one AWS account.
type AWS struct {
	// Account is the account ID. It defaults to DefaultAccount.
	Account string
	// Region applies to resources without a region, such as roles. It only
	// determines their partition.
	Region string
	// PendingCertificates keeps certificates pending, as before the validation of
	// their domains. By default, they are issued.
	PendingCertificates bool
}

// Lookup returns another object by kind and name. It is nil if there is none.
type Lookup func(kind schema.GroupKind, name types.NamespacedName) *unstructured.Unstructured

// Play simulates the provider for a managed resource: it sets the external name,
// resolves references, fills in the status, and sets Ready. If a reference cannot
// be resolved, the resource is not synced, and Play returns the error. Objects of
// other groups only get a UID.
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

// reconcile sets all of an object except its conditions.
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

// Observe returns the resources that Crossplane would observe once the provider has
// reconciled the desired resources. External names and resolved references are
// kept. An unchanged resource is the observed one, not a copy.
func (p AWS) Observe(desired, observed map[string]*fnv1.Resource) (map[string]*fnv1.Resource, error) {
	return p.Stack().Observe(desired, observed)
}

func key(kind schema.GroupKind, name types.NamespacedName) string {
	return kind.String() + " " + name.String()
}

// keepDecided keeps values that the provider set earlier and the function does not
// set.
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

// anyRegion returns the region of the first object that has one.
func anyRegion(objects map[string]*unstructured.Unstructured) string {
	for _, name := range slices.Sorted(maps.Keys(objects)) {
		if region, _ := valueAt(objects[name], "spec", "forProvider", "region").(string); region != "" {
			return region
		}
	}
	return ""
}

// stem returns the AWS service of a group, such as "ec2". It is empty for other
// groups.
func stem(group string) string {
	for _, suffix := range []string{namespacedSuffix, clusterSuffix} {
		if s, ok := strings.CutSuffix(group, suffix); ok {
			return s
		}
	}
	return ""
}

// decode decodes an object. It returns nil without a resource.
func decode(r *fnv1.Resource) (*unstructured.Unstructured, error) {
	if r.GetResource() == nil {
		return nil, nil //nolint:nilnil // A missing resource is valid.
	}
	object, err := Fields(r.GetResource())
	return &unstructured.Unstructured{Object: object}, err
}

// Fields decodes the fields of an object like the API server: numbers without a
// fraction are integers, and numbers that JSON does not support are errors.
func Fields(s *structpb.Struct) (map[string]any, error) {
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

// value decodes a value.
func value(v *structpb.Value) (any, error) {
	switch k := v.GetKind().(type) {
	case *structpb.Value_StructValue:
		return Fields(k.StructValue)
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

// valueAt returns the value at a path. It is nil if there is none, or if a part of
// the path is not an object. The API server validates types.
func valueAt(u *unstructured.Unstructured, path ...string) any {
	v, _, _ := unstructured.NestedFieldNoCopy(u.Object, path...) //nolint:errcheck // Other values have no fields.
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
