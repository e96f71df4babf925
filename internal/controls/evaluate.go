package controls

import (
	"path"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
)

// Resource is a composed resource.
type Resource struct {
	// Resource is its name within the stack.
	Resource string
	Object   *structpb.Struct
}

// Result is a stack's result for a control.
type Result struct {
	Control *Control `json:"-"`
	ID      string   `json:"id"`
	State   State    `json:"state"`
	// Evidence contains the fields that meet the control or, if it is not met,
	// those that violate it.
	Evidence []Evidence `json:"evidence,omitempty"`
	// Accepted contains the names that an exception skips.
	Accepted []string `json:"accepted,omitempty"`
	// Elsewhere reports whether the control does not apply because its resources belong
	// to another composite.
	Elsewhere bool `json:"-"`
}

// Evidence is a field that meets or violates a control, or a kind that is absent.
type Evidence struct {
	Resource string `json:"resource,omitempty"`
	Kind     string `json:"kind"`
	Field    string `json:"field,omitempty"`
	// Value is the value of a field that violates the control, and Want the
	// expected value.
	Value string `json:"value,omitempty"`
	Want  string `json:"want,omitempty"`
}

// String returns the evidence in one line.
func (e Evidence) String() string {
	text := e.Resource
	if text == "" {
		text = "no " + e.Kind
	}
	if e.Field != "" {
		text += " " + e.Field
	}
	if e.Value != "" {
		text += " is " + e.Value
	}
	if e.Want != "" {
		text += ", expected " + e.Want
	}
	return text
}

// stack contains composed resources by kind and by name, for one evaluation.
type stack struct {
	byKind map[string][]*composed
	texts  *texts
}

// composed is a composed resource, prepared for evaluation.
type composed struct {
	subject

	resourceName, kind, name string
}

// newStack indexes resources. Resources of a kind are sorted by name.
func newStack(resources []Resource) *stack {
	s := &stack{byKind: make(map[string][]*composed, len(resources)), texts: &texts{known: map[string]*structpb.Value{}}}
	for _, r := range resources {
		fields := r.Object.GetFields()
		service, _, _ := strings.Cut(fields["apiVersion"].GetStringValue(), ".")
		kind := service + "/" + fields["kind"].GetStringValue()
		s.byKind[kind] = append(s.byKind[kind], &composed{
			resourceName: r.Resource,
			kind:         kind,
			name:         fields["metadata"].GetStructValue().GetFields()["name"].GetStringValue(),
			subject:      subject{fields: fields["spec"].GetStructValue().GetFields()["forProvider"], root: structpb.NewStructValue(r.Object)},
		})
	}
	for _, of := range s.byKind {
		slices.SortFunc(of, func(a, b *composed) int { return strings.Compare(a.resourceName, b.resourceName) })
	}
	return s
}

// evaluation is the evaluation of one control.
type evaluation struct {
	*stack

	accepted []Exception
	// told reports whether evidence is required. Totals need none.
	told        bool
	met, broken []Evidence
	left        []string
}

// Evaluate returns the result of each control with its evidence, in the order of
// the catalog. A control that lacks only resources that are elsewhere does not apply.
func (c *Catalogue) Evaluate(resources []Resource, elsewhere Elsewhere) []Result {
	s := newStack(resources)
	out := make([]Result, 0, len(c.controls))
	for i := range c.controls {
		r := c.controls[i].evaluate(s)
		if r.State == StateNotMet && elsewhere != nil && elsewhere.has(r.Evidence) {
			r.State, r.Elsewhere = StateNotApplicable, true
		}
		out = append(out, r)
	}
	return out
}

// Elsewhere reports whether resources of a kind, such as a trail, belong to another
// composite: to the account of a stack, or to the stacks of an account.
type Elsewhere func(kind string) bool

// Totals counts the controls by state. Every call of the function needs it. A control
// that lacks only resources that are elsewhere does not apply. If elsewhere is nil, all
// resources belong to the stack.
func (c *Catalogue) Totals(resources []Resource, elsewhere Elsewhere) Totals {
	s := newStack(resources)
	out := Totals{}
	for i := range c.controls {
		if !c.controls[i].applies(s) {
			out[StateNotApplicable]++
			continue
		}
		e := evaluation{stack: s, accepted: c.controls[i].Accepted}
		state := c.controls[i].state(e.all(c.controls[i].compiled, nil))
		if state == StateNotMet && elsewhere != nil && c.controls[i].lacksOnly(s, elsewhere) {
			state = StateNotApplicable
		}
		out[state]++
	}
	return out
}

// lacksOnly reports whether a control is not met only because resources are elsewhere.
func (c *Control) lacksOnly(s *stack, elsewhere Elsewhere) bool {
	e := evaluation{stack: s, accepted: c.Accepted, told: true}
	e.all(c.compiled, nil)
	return elsewhere.has(e.broken)
}

// has reports whether evidence of a violation is only about resources that are
// elsewhere.
func (e Elsewhere) has(broken []Evidence) bool {
	return !slices.ContainsFunc(broken, func(b Evidence) bool { return b.Resource != "" || !e(b.Kind) })
}

// ofAccount lists the kinds of resources that stacks leave to their account.
var ofAccount = []string{
	"cloudfront/ResponseHeadersPolicy", "cloudtrail/Trail", "cloudwatchlogs/MetricFilter", "cloudwatchlogs/ResourcePolicy", "configservice/ConfigRule", "rds/EventSubscription",
}

// ElsewhereIn is like ElsewhereOf for a rendered composite.
func ElsewhereIn(composite *unstructured.Unstructured) Elsewhere {
	shared, _, _ := unstructured.NestedString(composite.Object, "status", "sharedAccount") //nolint:errcheck // A string in the function's own status.
	return ElsewhereOf(claim.IsAccount(composite.GetKind()), shared != "")
}

// ElsewhereOf returns the resources that belong to another composite: to the stacks of
// an account, or to the account of a stack that shares it.
func ElsewhereOf(account, shares bool) Elsewhere {
	switch {
	case account:
		return func(string) bool { return true }
	case shares:
		return func(kind string) bool { return slices.Contains(ofAccount, kind) }
	}
	return nil
}

// applies reports whether the stack has the resources that the control is about.
func (c *Control) applies(s *stack) bool {
	return len(c.subjects) == 0 || slices.ContainsFunc(c.subjects, func(subject *check) bool {
		e := evaluation{stack: s}
		return e.holds(subject, nil)
	})
}

func (c *Control) evaluate(s *stack) Result {
	if !c.applies(s) {
		return Result{Control: c, ID: c.ID, State: StateNotApplicable}
	}
	e := evaluation{stack: s, accepted: c.Accepted, told: true}
	r := Result{Control: c, ID: c.ID, State: c.state(e.all(c.compiled, nil)), Accepted: once(e.left)}
	switch r.State {
	case StateMet, StateNotApplicable:
		r.Evidence = once(e.met)
	case StateNotMet:
		r.Evidence = once(e.broken)
	case StateOptIn:
	}
	return r
}

// once removes duplicates.
func once[T comparable](list []T) []T {
	seen := map[T]bool{}
	return slices.DeleteFunc(list, func(item T) bool {
		before := seen[item]
		seen[item] = true
		return before
	})
}

// state returns the state of a control whose checks pass or fail.
func (c *Control) state(hold bool) State {
	switch {
	case hold && c.Default == NotApplicable:
		return StateNotApplicable
	case hold:
		return StateMet
	case c.Default == OptIn:
		return StateOptIn
	default:
		return StateNotMet
	}
}

// all reports whether all checks pass, for resources related to the one above, if
// any. It evaluates all checks if evidence is required.
func (e *evaluation) all(checks []*check, above *composed) bool {
	ok := true
	for _, c := range checks {
		if !e.holds(c, above) {
			if ok = false; !e.told {
				return false
			}
		}
	}
	return ok
}

// holds reports whether a check passes, for the stack or for resources related to
// the one above.
func (e *evaluation) holds(c *check, above *composed) bool {
	found, ok := 0, c.quantifier != some
	for _, r := range e.byKind[c.kind] {
		if !e.picks(c, r, above) {
			continue
		}
		found++
		switch c.quantifier {
		case every, each:
			ok = e.meets(c, r, above) && ok
		case some:
			if before := len(e.broken); e.meets(c, r, above) {
				e.broken = e.broken[:before]
				return true
			}
		case none:
			if c.has.hold(r.subject, e.texts) {
				ok = false
				e.breaks(c, r)
			}
		}
		if !ok && !e.told && c.quantifier != some {
			return false
		}
	}
	switch {
	case c.quantifier == none:
		if ok && e.told {
			e.met = append(e.met, absence(c, above))
		}
		return ok
	case found > 0 || c.quantifier == each:
		return ok
	}
	return e.instead(c, above)
}

// instead evaluates the checks for a stack without a selected resource.
func (e *evaluation) instead(c *check, above *composed) bool {
	if len(c.otherwise) > 0 && e.all(c.otherwise, above) {
		return true
	}
	if e.told {
		e.broken = append(e.broken, absence(c, above))
	}
	return false
}

// picks reports whether a check selects a resource.
func (e *evaluation) picks(c *check, r, above *composed) bool {
	if c.resourceName != "" && !matches(c.resourceName, r.resourceName) {
		return false
	}
	if above != nil && !e.related(c, r, above) {
		return false
	}
	if !c.where.hold(r.subject, e.texts) {
		return false
	}
	return above != nil || !e.leavesOut(r)
}

// related reports whether a resource refers to the one above, vice versa, or both
// share a value.
func (e *evaluation) related(c *check, r, above *composed) bool {
	for _, p := range c.same {
		if !same(r.at(p.here, e.texts), above.at(p.above, e.texts)) {
			return false
		}
	}
	switch {
	case c.by != nil:
		return refers(r, above, c.by)
	case c.behind != nil:
		return refers(above, r, c.behind)
	default:
		return true
	}
}

// refers reports whether a field of a resource refers to another one.
func refers(from, to *composed, field *Path) bool {
	found := false
	field.referred(from.fields, func(name string) { found = found || name == to.name })
	return found
}

// matches reports whether a glob matches a name. The catalog contains no invalid
// globs.
func matches(glob, resourceName string) bool {
	ok, err := path.Match(glob, resourceName)
	return ok && err == nil
}

// leavesOut reports whether an exception skips a resource.
func (e *evaluation) leavesOut(r *composed) bool {
	for _, x := range e.accepted {
		if matches(x.Resource, r.resourceName) {
			if e.told {
				e.left = append(e.left, r.resourceName)
			}
			return true
		}
	}
	return false
}

// meets reports whether a resource and its related resources meet a check.
func (e *evaluation) meets(c *check, r, above *composed) bool {
	met, ok := len(e.met), true
	for i := range c.has {
		holds := c.has[i].holds(r.subject, e.texts)
		if !holds && !e.told {
			return false
		}
		ok = ok && holds
		e.tell(holds, r, &c.has[i])
	}
	if !e.all(c.with, r) {
		ok = false
	}
	if !ok {
		e.met = e.met[:met]
		return false
	}
	e.relates(c, r, above)
	return true
}

// tell adds a field to the evidence.
func (e *evaluation) tell(holds bool, r *composed, c *condition) {
	switch out := (Evidence{Resource: r.resourceName, Kind: r.kind, Field: c.path.Text}); {
	case !e.told:
	case holds:
		e.met = append(e.met, out)
	default:
		out.Value, out.Want = shown(r.at(c.path, e.texts)), c.words("")
		e.broken = append(e.broken, out)
	}
}

// relates adds the field of a relation to the evidence, or the resource if there is
// no field.
func (e *evaluation) relates(c *check, r, above *composed) {
	switch {
	case !e.told:
	case c.by != nil:
		e.met = append(e.met, Evidence{Resource: r.resourceName, Kind: r.kind, Field: c.by.Text})
	case c.behind != nil:
		e.met = append(e.met, Evidence{Resource: above.resourceName, Kind: above.kind, Field: c.behind.Text})
	case len(c.same) > 0:
		e.met = append(e.met, Evidence{Resource: r.resourceName, Kind: r.kind, Field: c.same[0].here.Text})
	case len(c.has) == 0 && len(c.with) == 0:
		e.met = append(e.met, Evidence{Resource: r.resourceName, Kind: r.kind})
	}
}

// breaks adds the fields by which a resource matches a forbidden one.
func (e *evaluation) breaks(c *check, r *composed) {
	if !e.told {
		return
	}
	if len(c.where)+len(c.has) == 0 {
		e.broken = append(e.broken, Evidence{Resource: r.resourceName, Kind: r.kind, Want: "none"})
	}
	for _, condition := range slices.Concat(c.where, c.has) {
		e.broken = append(e.broken, Evidence{Resource: r.resourceName, Kind: r.kind, Field: condition.path.Text, Value: shown(r.at(condition.path, e.texts))})
	}
}

// absence returns evidence of absent resources, required or forbidden.
func absence(c *check, above *composed) Evidence {
	var parts []string
	if c.resourceName != "" {
		parts = append(parts, "named "+c.resourceName)
	}
	switch {
	case c.by != nil:
		parts = append(parts, "whose "+c.by.Text+" is "+above.resourceName)
	case c.behind != nil:
		parts = append(parts, "behind "+c.behind.Text+" of "+above.resourceName)
	case len(c.same) > 0:
		parts = append(parts, "whose "+c.same[0].here.Text+" is the "+c.same[0].above.Text+" of "+above.resourceName)
	}
	what := c.where
	if c.quantifier == none {
		what = slices.Concat(c.where, c.has)
	}
	if len(what) > 0 {
		parts = append(parts, "with "+what.words(""))
	}
	return Evidence{Kind: c.kind, Field: strings.Join(parts, " ")}
}
