// Package facts reads the observed values that tiers need from a request, by
// resource and path. No other package accesses observed resources.
package facts

import (
	"maps"
	"slices"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

// Paths that many resources have.
const (
	ARN          = "status.atProvider.arn"
	ID           = "status.atProvider.id"
	ExternalName = "metadata.annotations[crossplane.io/external-name]"
)

// Claim is the name of a fact that the claim must provide.
const Claim = "the claim"

// Fact is an observed value: its description and, once observed, the value.
type Fact struct {
	// Resource is the composed resource of the value.
	Resource string
	// Path is the field, or another description of the value.
	Path string
	// Value is empty until it is known.
	Value string
}

// Known reports whether the value is known.
func (f Fact) Known() bool { return f.Value != "" }

// Or returns the fact. If it is unknown, it gets the given value.
func (f Fact) Or(value string) Fact {
	if f.Value == "" {
		f.Value = value
	}
	return f
}

// Observed contains the observed composed resources of a request by name, and the
// composite's last conditions. It records all questions, so it is for one call and
// one goroutine.
type Observed struct {
	seen      map[string]*fnv1.Resource
	composite wire.Struct
	asked     *asked
}

// From returns the observed composed resources of a request. A resource without a
// body counts as not observed.
func From(req *fnv1.RunFunctionRequest) Observed {
	return Observed{
		seen:      req.GetObserved().GetResources(),
		composite: wire.Object(req.GetObserved().GetComposite()),
		asked:     &asked{},
	}
}

// objects returns the observed objects by name.
func (o Observed) objects() map[string]wire.Struct {
	if o.asked == nil {
		return nil // No request.
	}
	if o.asked.objects == nil {
		o.asked.objects = make(map[string]wire.Struct, len(o.seen))
		for resourceName, r := range o.seen {
			if object := wire.Object(r); object != nil {
				o.asked.objects[resourceName] = object
			}
		}
	}
	return o.asked.objects
}

// names returns the names of all observed resources, sorted.
func (o Observed) names() []string {
	if o.asked.names == nil {
		o.asked.names = slices.AppendSeq(make([]string, 0, len(o.seen)), maps.Keys(o.objects()))
		slices.Sort(o.asked.names)
	}
	return o.asked.names
}

// count returns the number of observed resources.
func (o Observed) count() int {
	count := 0
	for _, r := range o.seen {
		if wire.HasObject(r) {
			count++
		}
	}
	return count
}

// compositeName is the key of the composite. No resource can have this name.
const compositeName = "/"

func (o Observed) object(resourceName string) wire.Struct {
	if resourceName == compositeName {
		return o.composite
	}
	return o.objects()[resourceName]
}

// Has reports whether a resource was observed.
func (o Observed) Has(resourceName string) bool { return o.objects()[resourceName] != nil }

// Names returns the names of all observed resources, sorted.
func (o Observed) Names() []string { return slices.Clone(o.names()) }

// Fact returns the string at a path of an observed resource.
func (o Observed) Fact(resourceName, path string) Fact {
	return Fact{Resource: resourceName, Path: path, Value: o.String(resourceName, path)}
}

// ARN returns the ARN of an observed resource.
func (o Observed) ARN(resourceName string) Fact { return o.Fact(resourceName, ARN) }

// ExternalName returns the external name of a resource.
func (o Observed) ExternalName(resourceName string) Fact { return o.Fact(resourceName, ExternalName) }

// Ready returns the fact that a resource is ready. Its value is "True".
func (o Observed) Ready(resourceName string) Fact {
	f := Fact{Resource: resourceName, Path: "Ready"}
	if o.Condition(resourceName, "Ready").Status == "True" {
		f.Value = "True"
	}
	return f
}

// String returns the string at a path of an observed resource. It is empty if there
// is none.
func (o Observed) String(resourceName, path string) string { return o.value(resourceName, path).Text() }

// Number returns the number at a path of an observed resource. It is zero if there
// is none.
func (o Observed) Number(resourceName, path string) float64 {
	return o.value(resourceName, path).Number()
}

// True reports whether the value at a path of an observed resource is true.
func (o Observed) True(resourceName, path string) bool { return o.value(resourceName, path).True() }

// Struct returns the object at a path of an observed resource. It is nil if there
// is none.
func (o Observed) Struct(resourceName, path string) *structpb.Struct {
	return o.value(resourceName, path).Struct().Message()
}

// Value returns the value at a path of an observed resource. It is nil if there is
// none.
func (o Observed) Value(resourceName, path string) *structpb.Value {
	return o.value(resourceName, path).Message()
}

// Condition is a condition of an observed resource.
type Condition struct {
	Status, Reason, Message string
}

// Condition returns a condition of an observed resource. It is empty if there is
// none.
func (o Observed) Condition(resourceName, conditionType string) Condition {
	object := o.object(resourceName)
	if object == nil {
		return Condition{}
	}
	q := question{resourceName: resourceName, about: conditionType}
	c, ok := o.asked.conditions[q]
	if !ok {
		c = conditionOf(o.lookUpCondition(resourceName, object, conditionType))
		o.asked.expect(len(o.seen))
		o.asked.conditions[q] = c
	}
	return c
}

// Since returns the last transition time of a condition, in RFC 3339. It is empty
// if there is none.
func (o Observed) Since(resourceName, conditionType string) string {
	return o.wholeCondition(resourceName, conditionType)["lastTransitionTime"].GetStringValue()
}

// Reconciled reports whether the provider has successfully applied the current
// desired state of a resource.
func (o Observed) Reconciled(resourceName string) bool {
	synced := o.wholeCondition(resourceName, "Synced")
	return synced["status"].GetStringValue() == "True" && synced["observedGeneration"].GetNumberValue() == o.Number(resourceName, "metadata.generation")
}

// wholeCondition returns all fields of a condition, including those that Condition
// omits. It is nil if there is none.
func (o Observed) wholeCondition(resourceName, conditionType string) map[string]*structpb.Value {
	for _, c := range o.Value(resourceName, conditions).GetListValue().GetValues() {
		if fields := c.GetStructValue().GetFields(); fields["type"].GetStringValue() == conditionType {
			return fields
		}
	}
	return nil
}

// Unchanged reports whether the provider must not change a resource.
func (o Observed) Unchanged(resourceName string) bool {
	policies := o.Value(resourceName, "spec.managementPolicies").GetListValue().GetValues()
	return len(policies) > 0 && !slices.ContainsFunc(policies, func(p *structpb.Value) bool {
		return p.GetStringValue() == "*" || p.GetStringValue() == "Update"
	})
}

// CompositeCondition returns a condition of the composite before this call. It is
// empty if there was none.
func (o Observed) CompositeCondition(conditionType string) Condition {
	return o.Condition(compositeName, conditionType)
}

// CompositeString returns the string at a path of the composite before this call. It
// is empty if there was none.
func (o Observed) CompositeString(path string) string { return o.String(compositeName, path) }
