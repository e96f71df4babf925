// Package facts reads the few observed values that tiers need, by resource and
// path, straight from a request. Nobody else holds observed resources.
package facts

import (
	"slices"

	"github.com/crossplane/crossplane-runtime/v2/pkg/fieldpath"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"
)

// Paths of values that many resources have.
const (
	ARN          = "status.atProvider.arn"
	ID           = "status.atProvider.id"
	ExternalName = "metadata.annotations[crossplane.io/external-name]"
)

// Fact is one observed value: what it is and, once it was observed, its value.
type Fact struct {
	// Role is the composed resource that it is a fact about.
	Role string
	// Path is the field, or another description of what is awaited.
	Path string
	// Value is empty as long as the fact is not known.
	Value string
}

// Known is whether the fact was observed.
func (f Fact) Known() bool { return f.Value != "" }

// Or is the fact, or if it is not known the same one with a value from
// elsewhere.
func (f Fact) Or(value string) Fact {
	if f.Value == "" {
		f.Value = value
	}
	return f
}

// Observed is the observed composed resources of a request by role, and what
// the composite was said to be last.
type Observed struct {
	resources map[string]*structpb.Struct
	composite *structpb.Struct
}

// From takes the observed composed resources of a request. A resource without a
// body counts as not observed.
func From(req *fnv1.RunFunctionRequest) Observed {
	o := Observed{resources: map[string]*structpb.Struct{}, composite: req.GetObserved().GetComposite().GetResource()}
	for role, r := range req.GetObserved().GetResources() {
		if r.GetResource() != nil {
			o.resources[role] = r.GetResource()
		}
	}
	return o
}

// Has is whether a resource was observed.
func (o Observed) Has(role string) bool { return o.resources[role] != nil }

// Object returns an observed resource as a whole, nil if there is none. It is
// shared and must not be changed.
func (o Observed) Object(role string) *structpb.Struct { return o.resources[role] }

// Roles returns the roles of all observed resources, sorted.
func (o Observed) Roles() []string {
	out := make([]string, 0, len(o.resources))
	for role := range o.resources {
		out = append(out, role)
	}
	slices.Sort(out)
	return out
}

// Fact returns the text at a path of an observed resource.
func (o Observed) Fact(role, path string) Fact {
	return Fact{Role: role, Path: path, Value: o.String(role, path)}
}

// ARN returns the ARN of an observed resource.
func (o Observed) ARN(role string) Fact { return o.Fact(role, ARN) }

// ExternalName returns the name or ID that a resource has in AWS.
func (o Observed) ExternalName(role string) Fact { return o.Fact(role, ExternalName) }

// Ready returns the fact that a resource is ready. Its value is "True".
func (o Observed) Ready(role string) Fact {
	f := Fact{Role: role, Path: "Ready"}
	if o.Condition(role, "Ready").Status == "True" {
		f.Value = "True"
	}
	return f
}

// String returns the text at a path of an observed resource, empty if there is
// none.
func (o Observed) String(role, path string) string {
	return o.value(role, path).GetStringValue()
}

// Number returns the number at a path of an observed resource, zero if there is
// none.
func (o Observed) Number(role, path string) float64 {
	return o.value(role, path).GetNumberValue()
}

// True is whether the value at a path of an observed resource is true.
func (o Observed) True(role, path string) bool {
	return o.value(role, path).GetBoolValue()
}

// Struct returns the object at a path of an observed resource, nil if there is
// none.
func (o Observed) Struct(role, path string) *structpb.Struct {
	return o.value(role, path).GetStructValue()
}

// Condition is a condition of an observed resource.
type Condition struct {
	Status, Reason, Message string
}

// Condition returns the named condition of an observed resource, empty if it
// has none.
func (o Observed) Condition(role, conditionType string) Condition {
	return conditionOf(o.resources[role], conditionType)
}

// CompositeCondition returns the named condition that the composite had before
// this call, empty if it had none.
func (o Observed) CompositeCondition(conditionType string) Condition {
	return conditionOf(o.composite, conditionType)
}

func conditionOf(object *structpb.Struct, conditionType string) Condition {
	conditions := object.GetFields()["status"].GetStructValue().GetFields()["conditions"].GetListValue()
	for _, v := range conditions.GetValues() {
		f := v.GetStructValue().GetFields()
		if f["type"].GetStringValue() == conditionType {
			return Condition{Status: f["status"].GetStringValue(), Reason: f["reason"].GetStringValue(), Message: f["message"].GetStringValue()}
		}
	}
	return Condition{}
}

// value walks a path. Every getter takes nil for "not there".
func (o Observed) value(role, path string) *structpb.Value {
	r := o.resources[role]
	segments, err := fieldpath.Parse(path)
	if err != nil || r == nil {
		return nil
	}
	v := structpb.NewStructValue(r)
	for _, s := range segments {
		switch s.Type {
		case fieldpath.SegmentField:
			v = v.GetStructValue().GetFields()[s.Field]
		case fieldpath.SegmentIndex:
			list := v.GetListValue().GetValues()
			if int(s.Index) >= len(list) { //nolint:gosec // An index of a path of ours.
				return nil
			}
			v = list[s.Index]
		}
	}
	return v
}
