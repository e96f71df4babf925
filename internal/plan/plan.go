// Package plan tells what an answer of the function changes of a stack that a
// cluster holds: what is made, changed, refused and deleted, and what that means
// in AWS.
package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

// Action is what happens to a resource.
type Action string

// Actions, in the words of a plan for machines.
const (
	Create Action = "create"
	Change Action = "change"
	// Refuse is a change that AWS cannot make without another resource. The
	// provider does not replace anything: it reports the error, and the
	// resource stays as it is.
	Refuse Action = "refuse"
	Delete Action = "delete"
)

// Resource is a composed resource before and after.
type Resource struct {
	// Resource is its name within the stack.
	Resource string
	// Before is what the cluster holds; nil if nothing.
	Before *unstructured.Unstructured
	// After is what the function answers; nil if it is dropped.
	After *unstructured.Unstructured
	// Base is what the function answered before the edit; nil if nobody knows.
	// A field that Before has and After does not is taken away if Base has it;
	// otherwise it is somebody else's, such as the provider's.
	Base *unstructured.Unstructured
}

// Entry is what happens to one resource.
type Entry struct {
	Action Action `json:"action"`
	// Resource is its name within the stack.
	Resource string `json:"resource"`
	// Kind with its service, such as ec2/VPC.
	Kind string `json:"kind"`
	Name string `json:"name"`
	// External is its name in AWS, if it has one.
	External string  `json:"externalName,omitempty"`
	Fields   []Field `json:"fields,omitempty"`
	// Refused is why AWS refuses, a sentence for each field.
	Refused []string `json:"refused,omitempty"`
	// Fate is what a deletion means in AWS.
	Fate string `json:"fate,omitempty"`
	// Destroyed is the data that is lost with it; empty if none is.
	Destroyed string `json:"destroyed,omitempty"`
}

// Plan is everything that happens to a stack.
type Plan struct {
	// Entries are sorted by name.
	Entries []Entry `json:"entries"`
	// Unchanged is how many resources stay as they are.
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

// Count is how many entries have an action.
func (p Plan) Count(action Action) int {
	n := 0
	for _, e := range p.Entries {
		if e.Action == action {
			n++
		}
	}
	return n
}

// Destroyed returns the entries by which data is lost.
func (p Plan) Destroyed() []Entry {
	var out []Entry
	for _, e := range p.Entries {
		if e.Destroyed != "" {
			out = append(out, e)
		}
	}
	return out
}

// entriesOf is what happens to a resource, nothing if it stays as it is. One
// that turns into another object is made anew.
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

// kindOf is the service and kind of an object; objects of Kubernetes itself
// have no service.
func kindOf(u *unstructured.Unstructured) string {
	service, _, _ := strings.Cut(u.GroupVersionKind().Group, ".")
	return strings.TrimPrefix(service+"/"+u.GetKind(), "/")
}

// object is what an API server tells objects apart by.
type object struct{ group, kind, namespace, name string }

func identity(u *unstructured.Unstructured) object {
	gvk := u.GroupVersionKind()
	return object{gvk.Group, gvk.Kind, u.GetNamespace(), u.GetName()}
}

// renamed is whether a managed resource would stand for another resource in
// AWS.
func renamed(before, after *unstructured.Unstructured) bool {
	was, is := meta.GetExternalName(before), meta.GetExternalName(after)
	return was != "" && is != "" && was != is
}
