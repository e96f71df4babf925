// Package plan compares the function's response with the stack in a cluster. It
// reports created, changed, refused and deleted resources, and the effects in AWS.
package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

// Action is the action for a resource.
type Action string

// Actions, as in a plan's JSON.
const (
	Create Action = "create"
	Change Action = "change"
	// Refuse is a change that AWS cannot make without replacing the resource. The
	// provider does not replace resources. It reports an error, and the resource
	// stays unchanged.
	Refuse Action = "refuse"
	Delete Action = "delete"
)

// Resource is a composed resource before and after the change.
type Resource struct {
	// Resource is its name within the stack.
	Resource string
	// Before is the object in the cluster. It is nil if there is none.
	Before *unstructured.Unstructured
	// After is the object in the response. It is nil if the resource is removed.
	After *unstructured.Unstructured
	// Base is the object in the response before the edit. It is nil if unknown. A
	// field in Before but not in After is removed if Base has it. Otherwise,
	// another owner set it, such as the provider.
	Base *unstructured.Unstructured
}

// Entry is the action for one resource.
type Entry struct {
	Action Action `json:"action"`
	// Resource is its name within the stack.
	Resource string `json:"resource"`
	// Kind with its service, such as ec2/VPC.
	Kind string `json:"kind"`
	Name string `json:"name"`
	// External is its name in AWS, if any.
	External string  `json:"externalName,omitempty"`
	Fields   []Field `json:"fields,omitempty"`
	// Refused contains the reason for each field that AWS refuses to change.
	Refused []string `json:"refused,omitempty"`
	// Fate describes the effect of a deletion in AWS.
	Fate string `json:"fate,omitempty"`
	// Destroyed is the data that is lost. It is empty if nothing is.
	Destroyed string `json:"destroyed,omitempty"`
}

// Plan contains all changes of a stack.
type Plan struct {
	// Entries are sorted by name.
	Entries []Entry `json:"entries"`
	// Unchanged is the number of resources without changes.
	Unchanged int `json:"unchanged"`
}

// Of compares the resources of a stack.
func Of(resources []Resource) Plan {
	p := Plan{Entries: []Entry{}}
	for _, r := range resources {
		entries := entriesOf(r)
		if len(entries) == 0 {
			p.Unchanged++
		}
		p.Entries = append(p.Entries, entries...)
	}
	slices.SortStableFunc(p.Entries, func(a, b Entry) int { return cmp.Compare(a.Resource, b.Resource) })
	return p
}

// Count returns the number of entries with an action.
func (p Plan) Count(action Action) int {
	n := 0
	for _, e := range p.Entries {
		if e.Action == action {
			n++
		}
	}
	return n
}

// Destroyed returns the entries that lose data.
func (p Plan) Destroyed() []Entry {
	var out []Entry
	for _, e := range p.Entries {
		if e.Destroyed != "" {
			out = append(out, e)
		}
	}
	return out
}

// entriesOf returns the entries of a resource. It is empty without changes. A
// resource with another identity is deleted and created.
func entriesOf(r Resource) []Entry {
	switch {
	case r.Before == nil:
		return []Entry{entry(Create, r.Resource, r.After)}
	case r.After == nil:
		return []Entry{deletion(r.Resource, r.Before)}
	case identity(r.Before) != identity(r.After):
		return []Entry{deletion(r.Resource, r.Before), entry(Create, r.Resource, r.After)}
	case renamed(r.Before, r.After):
		abandoned := entry(Delete, r.Resource, r.Before)
		abandoned.Fate = "stays in AWS, no longer managed"
		return []Entry{abandoned, entry(Create, r.Resource, r.After)}
	}
	e := entry(Change, r.Resource, r.Before)
	e.Fields, e.Refused = fieldsOf(r), simulator.Replaced(r.Before, r.After)
	if len(e.Refused) > 0 {
		e.Action = Refuse
	}
	if len(e.Fields) == 0 {
		return nil
	}
	return []Entry{e}
}

func entry(action Action, resourceName string, u *unstructured.Unstructured) Entry {
	return Entry{Action: action, Resource: resourceName, Kind: kindOf(u), Name: u.GetName(), External: meta.GetExternalName(u)}
}

// kindOf returns service and kind of an object. Kubernetes objects have no service.
func kindOf(u *unstructured.Unstructured) string {
	service, _, _ := strings.Cut(u.GroupVersionKind().Group, ".")
	return strings.TrimPrefix(service+"/"+u.GetKind(), "/")
}

// object is the identity of an object for an API server.
type object struct{ group, kind, namespace, name string }

func identity(u *unstructured.Unstructured) object {
	gvk := u.GroupVersionKind()
	return object{gvk.Group, gvk.Kind, u.GetNamespace(), u.GetName()}
}

// renamed reports whether a managed resource would refer to another AWS resource.
func renamed(before, after *unstructured.Unstructured) bool {
	was, is := meta.GetExternalName(before), meta.GetExternalName(after)
	return was != "" && is != "" && was != is
}
