package schema

import (
	"context"
	"maps"
	"slices"
	"sync"

	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// rules are the CEL rules of an object and its fields. The rules of a field are
// compiled when an object first has the field: to compile all rules takes most of
// the time until the first response.
type rules struct {
	// own returns the compiled rules of the object itself, of its items and of its
	// additional properties, or nil if there are none.
	own func() *cel.Validator
	// fields are the fields with rules at any depth, by name.
	fields []fieldRules
}

type fieldRules struct {
	name  string
	rules *rules
}

// rulesOf returns the rules of a schema, or nil if it has none.
func rulesOf(s *structuralschema.Structural) *rules {
	bare := s.DeepCopy()
	visitor := structuralschema.Visitor{
		Structural: func(s *structuralschema.Structural) bool {
			changed := len(s.XValidations) > 0
			s.XValidations = nil
			return changed
		},
	}
	visitor.Visit(bare)
	return rulesBelow(s, bare, true)
}

// rulesBelow returns the rules of one level. bare is the same level without rules:
// the type of an object includes its fields, but their rules are compiled apart.
func rulesBelow(s, bare *structuralschema.Structural, root bool) *rules {
	level := *s
	level.Properties = bare.Properties
	r := &rules{own: sync.OnceValue(func() *cel.Validator { return cel.NewValidator(&level, root, celconfig.PerCallLimit) })}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		property, bareProperty := s.Properties[name], bare.Properties[name]
		if below := rulesBelow(&property, &bareProperty, property.XEmbeddedResource); below != nil {
			r.fields = append(r.fields, fieldRules{name, below})
		}
	}
	if len(r.fields) == 0 && !hasRules(&level) {
		return nil
	}
	return r
}

// hasRules reports whether a schema contains a rule at any depth.
func hasRules(s *structuralschema.Structural) bool {
	found := false
	visitor := structuralschema.Visitor{
		Structural: func(s *structuralschema.Structural) bool {
			found = found || len(s.XValidations) > 0
			return false
		},
		NestedValueValidation: func(v *structuralschema.NestedValueValidation) bool {
			found = found || len(v.XValidations) > 0
			return false
		},
	}
	visitor.Visit(s)
	return found
}

// validate returns the errors of an object and the budget that remains, like
// cel.Validator. A negative budget means that the object is too expensive to check.
func (r *rules) validate(ctx context.Context, path *field.Path, object, old any, budget int64) (field.ErrorList, int64) {
	if r == nil || object == nil {
		return nil, budget
	}
	errs, budget := r.own().Validate(ctx, path, nil, object, old, budget)
	values, _ := object.(map[string]any)
	before, _ := old.(map[string]any)
	for _, f := range r.fields {
		value, set := values[f.name]
		if !set || budget < 0 {
			continue
		}
		below, left := f.rules.validate(ctx, path.Child(f.name), value, before[f.name], budget)
		errs, budget = append(errs, below...), left
	}
	return errs, budget
}
