// Package kinds contains the facts about each kind of AWS resource in a stack: a
// file for each service, and a row for each kind. All other packages use it.
package kinds

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Service is an AWS service, named as in the provider's API groups.
type Service struct {
	// Name is the prefix of the API group, such as "rds".
	Name string
	// Kinds contains the kinds that a stack can have.
	Kinds map[string]Kind
}

// Kind contains the facts about a kind. Strings for observed values are templates
// of package simulator.
type Kind struct {
	// ExternalName is the external name that the provider assigns to a new
	// resource. It defaults to the Kubernetes name.
	ExternalName string
	// ID is status.atProvider.id. It defaults to the external name.
	ID string
	// ARN is the ARN after the partition (Service Authorization Reference). It is
	// empty for kinds without an ARN in their status.
	ARN string
	// Shows contains other fields of status.atProvider.
	Shows Fields
	// LateInitialized contains the fields that the provider adds to
	// spec.forProvider.
	LateInitialized Fields
	// FilledIn contains the decision for each field that the stack omits and the
	// provider fills in.
	FilledIn map[string]Decision

	// Immutable lists the fields in spec.forProvider that AWS cannot change for an
	// existing resource (Terraform Registry, AWS provider: arguments that force a
	// new resource; AWS CloudFormation Template Reference, "Update requires:
	// Replacement"). A field includes its reference. The region is always immutable
	// and not listed. An empty list means that all fields can change.
	Immutable []string
	// InUse describes resources that prevent deletion.
	InUse InUse
	// Data is the data that is lost with the resource. It is empty if nothing is.
	Data string

	// Cost reports how the kind is charged.
	Cost Cost
	// Usage describes usage charges, which cannot be estimated.
	Usage string

	// Call is the API call that creates the resource. It is empty if there is none.
	Call Call
	// Called describes how other resources name it in text. It is empty if they do
	// not.
	Called Called
}

type (
	// Fields is an object.
	Fields map[string]any
	// List is a list of objects or of values.
	List []any
)

// Where is a value that applies only to resources whose field has the given value.
type Where struct {
	Field string
	Is    any
	Then  any
}

// Afterwards is a value that AWS provides only some time after creation.
type Afterwards struct{ Value any }

// Each is a list with an item for each item of a requested list. Its templates use
// the item's fields or, if it has none, its value.
type Each struct {
	Of   string
	Item Fields
}

// InUse lists the users for which AWS refuses to delete a resource, and the error
// code.
type InUse struct {
	Code string
	By   []User
}

// User prevents the deletion of a resource: a kind, and its field with a reference
// to the resource. An empty field matches any field.
type User struct{ Kind, Field string }

// Cost is the type of charges of a kind.
type Cost string

// Costs.
const (
	// Priced kinds cost money as long as they exist.
	Priced Cost = "priced"
	// Free kinds cost nothing.
	Free Cost = "free"
	// ByUsage kinds cost money only for usage.
	ByUsage Cost = "by usage"
)

// Call is an API call.
type Call struct {
	// Operation is the service as in botocore, and the operation.
	Operation string
	// Within is the member that contains the kind's fields, if they are nested.
	// Lists of one are followed.
	Within string
	// ExternalName is the member for the external name.
	ExternalName string
	// Members contains members that differ from the field's name, by the field's
	// path. An empty member means that there is none.
	Members map[string]string
}

// Called describes where the name of a resource is.
type Called struct {
	// Class of the named resource, such as "log group".
	Class string
	// At is a field of spec.forProvider. It is empty for the external name.
	At string
}

// Decision is the decision for a field that the provider fills in. It starts with
// one of these:
//
//   - "harmless: ", and why the value may stay in the spec
//   - "dropped: ", and why the provider must not fill it in
//   - "composed: ", and why every resource of the kind sets the field
//   - "open: ", and what is still unknown
type Decision string

// Dropped reports whether the provider must not fill the field in.
func (d Decision) Dropped() bool { return strings.HasPrefix(string(d), "dropped: ") }

// Composed reports whether every resource of the kind sets the field itself.
func (d Decision) Composed() bool { return strings.HasPrefix(string(d), "composed: ") }

// known reports whether a decision is valid.
func (d Decision) known() bool {
	return d.Dropped() || d.Composed() || strings.HasPrefix(string(d), "harmless: ") || strings.HasPrefix(string(d), "open: ")
}

// Services returns all services, sorted by name.
func Services() []Service { return slices.Clone(services) }

// all contains the kinds of all services, such as "rds/Instance".
var all = sync.OnceValue(func() map[string]Kind {
	out := map[string]Kind{}
	for _, s := range services {
		for name, kind := range s.Kinds {
			out[s.Name+"/"+name] = kind
		}
	}
	return out
})

// Of returns the facts about a kind, such as "rds/Instance", and whether it is
// known.
func Of(kind string) (Kind, bool) {
	k, ok := all()[kind]
	return k, ok
}

// Names returns the kinds that a stack can have, sorted.
func Names() []string { return slices.Sorted(maps.Keys(all())) }

// Validate returns an error for each missing part of a row, with the kind and the
// field.
func Validate() error {
	var errs []error
	for _, name := range Names() {
		k, _ := Of(name)
		errs = append(errs, k.validate(name))
	}
	return errors.Join(errs...)
}

func (k Kind) validate(name string) error {
	var errs []error
	missing := func(field, problem string) {
		errs = append(errs, fmt.Errorf("kind %s: %s %s", name, field, problem))
	}
	if k.Immutable == nil {
		missing("Immutable", "is missing: list the fields that AWS cannot change, or set an empty list")
	}
	if k.Cost != Priced && k.Cost != Free && k.Cost != ByUsage {
		missing("Cost", "is missing: set Priced, Free or ByUsage")
	}
	if k.Cost == ByUsage && k.Usage == "" {
		missing("Usage", "is missing: describe what AWS charges for")
	}
	if (k.InUse.Code == "") != (len(k.InUse.By) == 0) {
		missing("InUse", "requires both Code and By")
	}
	for field, d := range k.FilledIn {
		if !d.known() {
			missing("FilledIn["+field+"]", "must begin with harmless, dropped, composed or open")
		}
	}
	return errors.Join(errs...)
}
