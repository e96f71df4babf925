// Package kinds is what the project knows of each kind of AWS resource that a
// stack is made of: a file for each service, a row for each kind. Whoever needs to
// know something of a kind asks here.
package kinds

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/runtime"
)

// Service is an AWS service, as the provider's API groups are called.
type Service struct {
	// Name begins the API group, such as "rds".
	Name string
	// AddToScheme registers the provider's types.
	AddToScheme func(*runtime.Scheme) error
	// Kinds is the kinds that a stack can have.
	Kinds map[string]Kind
}

// Kind is what is known of a kind. Texts of what AWS shows are templates of
// package simulator.
type Kind struct {
	// ExternalName is the external name that the provider gives a resource that has
	// none yet: by default its Kubernetes name.
	ExternalName string
	// ID is status.atProvider.id, by default the external name.
	ID string
	// ARN is the ARN after the partition (Service Authorization Reference). Kinds
	// without one show none.
	ARN string
	// Shows is more of status.atProvider.
	Shows Fields
	// LateInitialized is what the provider also fills into spec.forProvider.
	LateInitialized Fields
	// FilledIn is what becomes of the fields that a stack leaves out and the provider
	// fills in, by field.
	FilledIn map[string]Decision

	// Immutable is the fields below spec.forProvider that AWS cannot change of a
	// resource that exists (Terraform Registry, AWS provider: arguments that force a
	// new resource; AWS CloudFormation Template Reference, "Update requires:
	// Replacement"). A field that takes a reference stands for the reference too. The
	// region is of no kind, as it is of all. An empty list says that all of it can.
	Immutable []string
	// InUse is as long as what is there AWS refuses to delete it.
	InUse InUse
	// Data is what is lost with a resource that cannot be made again; empty if nothing
	// is.
	Data string

	// Cost is whether it costs money.
	Cost Cost
	// Usage is what is charged by how much it is used, which nobody knows beforehand.
	Usage string

	// Call is the API call that makes it; empty of what is made by none.
	Call Call
	// Called is what a resource is called in the text of others; empty if it is not.
	Called Called
}

type (
	// Fields is an object.
	Fields map[string]any
	// List is a list of objects or of values.
	List []any
)

// Where is a value that only resources have whose field has the given value.
type Where struct {
	Field string
	Is    any
	Then  any
}

// Afterwards is a value that AWS knows only some time after it made the resource.
type Afterwards struct{ Value any }

// Each is a list with an item for each one of a list that was asked for, whose
// templates are about that one: its fields or, if it has none, its value.
type Each struct {
	Of   string
	Item Fields
}

// InUse is what AWS refuses to delete a resource for, and its code for that.
type InUse struct {
	Code string
	By   []User
}

// User is what keeps a resource from being deleted: a kind, and the field in which
// it refers to the resource; any if empty.
type User struct{ Kind, Field string }

// Cost is whether a kind costs money.
type Cost string

// Costs.
const (
	// Priced costs as long as it exists.
	Priced Cost = "priced"
	// Free costs nothing by itself.
	Free Cost = "free"
	// ByUsage costs by how much it is used alone.
	ByUsage Cost = "by usage"
)

// Call is an API call.
type Call struct {
	// Operation is the service as botocore names it and the operation.
	Operation string
	// Within is the member that the kind's fields are below, if they are not the
	// operation's own; a list of one is passed through.
	Within string
	// ExternalName is the member that takes the external name.
	ExternalName string
	// Members are the members of fields that are named otherwise, by the field's
	// path; an empty one has no counterpart.
	Members map[string]string
}

// Called is where the names of a kind are.
type Called struct {
	// Class of what has such names, such as "log group".
	Class string
	// At is a field of spec.forProvider; empty for the external name.
	At string
}

// Decision is what becomes of a field that the provider fills in. It begins with
// one of
//
//   - "harmless: ", and why the value may stay in the spec
//   - "dropped: ", and why the provider must not fill it in
//   - "composed: ", and why every resource of the kind has the field
//   - "open: ", and what is not known yet
type Decision string

// Dropped reports whether the provider must not fill the field in.
func (d Decision) Dropped() bool { return strings.HasPrefix(string(d), "dropped: ") }

// Composed reports whether every resource of the kind has the field itself.
func (d Decision) Composed() bool { return strings.HasPrefix(string(d), "composed: ") }

// known reports whether a decision is one.
func (d Decision) known() bool {
	return d.Dropped() || d.Composed() || strings.HasPrefix(string(d), "harmless: ") || strings.HasPrefix(string(d), "open: ")
}

// Services is all services, sorted by name.
func Services() []Service { return slices.Clone(services) }

// all is the kinds of all services, such as "rds/Instance".
var all = sync.OnceValue(func() map[string]Kind {
	out := map[string]Kind{}
	for _, s := range services {
		for name, kind := range s.Kinds {
			out[s.Name+"/"+name] = kind
		}
	}
	return out
})

// Of is what is known of a kind, such as "rds/Instance", and whether anything is.
func Of(kind string) (Kind, bool) {
	k, ok := all()[kind]
	return k, ok
}

// Names is the kinds that a stack can have, sorted.
func Names() []string { return slices.Sorted(maps.Keys(all())) }

// Validate returns an error for each thing that a row must say and does not, with
// the name of the kind and of the field.
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
		missing("Immutable", "is missing: name the fields that AWS cannot change, or none by an empty list")
	}
	if k.Cost != Priced && k.Cost != Free && k.Cost != ByUsage {
		missing("Cost", "is missing: say Priced, Free or ByUsage")
	}
	if k.Cost == ByUsage && k.Usage == "" {
		missing("Usage", "is missing: say what is charged")
	}
	if (k.InUse.Code == "") != (len(k.InUse.By) == 0) {
		missing("InUse", "needs both Code and By")
	}
	for field, d := range k.FilledIn {
		if !d.known() {
			missing("FilledIn["+field+"]", "must begin with harmless, dropped, composed or open")
		}
	}
	return errors.Join(errs...)
}

// AddToScheme registers the provider's types of all services.
func AddToScheme(s *runtime.Scheme) error {
	var errs []error
	for _, service := range services {
		errs = append(errs, service.AddToScheme(s))
	}
	return errors.Join(errs...)
}
