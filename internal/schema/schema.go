// Package schema checks objects against the schema of a
// CustomResourceDefinition or CompositeResourceDefinition just as an API server
// does, with the same libraries: defaults, types, formats, CEL rules and
// unknown fields.
package schema

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

const (
	errParse     = "cannot parse definition: %w"
	errNoVersion = "definition has no version with a schema"
	errSchema    = "cannot use schema: %w"
)

// definition is the part that CRDs and XRDs have in common.
type definition struct {
	Spec struct {
		Versions []struct {
			Name   string                          `json:"name"`
			Schema *extv1.CustomResourceValidation `json:"schema"`
		} `json:"versions"`
	} `json:"spec"`
}

// Schema is the schema of one version of a kind.
type Schema struct {
	props      *extv1.JSONSchemaProps
	structural *structuralschema.Structural
	validator  validation.SchemaValidator
	rules      *cel.Validator
}

// FromDefinition reads the schema of the named version of a
// CustomResourceDefinition or CompositeResourceDefinition in YAML; with an empty
// name that of the last version.
func FromDefinition(raw []byte, version string) (*Schema, error) {
	d := definition{}
	if err := yaml.Unmarshal(raw, &d); err != nil {
		return nil, fmt.Errorf(errParse, err)
	}
	var props *extv1.JSONSchemaProps
	for _, v := range d.Spec.Versions {
		if v.Schema != nil && (version == "" || v.Name == version) {
			props = v.Schema.OpenAPIV3Schema
		}
	}
	if props == nil {
		return nil, errors.New(errNoVersion)
	}
	internal := &apiextensions.JSONSchemaProps{}
	err := extv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(props, internal, nil)
	structural, errStructural := structuralschema.NewStructural(internal)
	validator, _, errValidator := validation.NewSchemaValidator(internal)
	if err := errors.Join(err, errStructural, errValidator); err != nil {
		return nil, fmt.Errorf(errSchema, err)
	}
	return &Schema{
		props:      props,
		structural: structural,
		validator:  validator,
		rules:      cel.NewValidator(structural, true, celconfig.PerCallLimit),
	}, nil
}

// Must is the schema of a definition that is part of the program. It panics if
// that cannot be read.
func Must(s *Schema, err error) *Schema {
	if err != nil {
		panic(err)
	}
	return s
}

// Default fills in the defaults of the schema.
func (s *Schema) Default(object map[string]any) {
	defaulting.PruneNonNullableNullsWithoutDefaults(object, s.structural)
	defaulting.Default(object, s.structural)
}

// Unknown returns the paths of fields that the schema does not have, sorted.
func (s *Schema) Unknown(object map[string]any) []string {
	return pruning.PruneWithOptions(runtime.DeepCopyJSON(object), s.structural, true, structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
}

// Validate returns everything that the API server would refuse an object for
// when it is created. As there, rules in CEL are only tried on an object whose
// types are right.
func (s *Schema) Validate(object map[string]any) field.ErrorList {
	return s.validate(object, nil)
}

// ValidateUpdate is Validate for the change of an existing object, so that
// rules about the old object apply too.
func (s *Schema) ValidateUpdate(object, old map[string]any) field.ErrorList {
	return s.validate(object, old)
}

func (s *Schema) validate(object, old map[string]any) field.ErrorList {
	errs := field.ErrorList{}
	for _, path := range s.Unknown(object) {
		errs = append(errs, field.Invalid(field.NewPath(path), field.OmitValueType{}, unknownField))
	}
	errs = append(errs, validation.ValidateCustomResource(nil, object, s.validator)...)
	errs = append(errs, listtype.ValidateListSetsAndMaps(nil, s.structural, object)...)
	if s.rules == nil || blocksRules(errs) {
		return sorted(errs)
	}
	var previous any
	if old != nil {
		previous = old
	}
	broken, _ := s.rules.Validate(context.Background(), nil, s.structural, object, previous, celconfig.RuntimeCELCostBudget)
	return sorted(append(errs, broken...))
}

// sorted puts errors in an order of their own: the libraries walk maps.
func sorted(errs field.ErrorList) field.ErrorList {
	slices.SortFunc(errs, func(a, b *field.Error) int { return cmp.Compare(a.Error(), b.Error()) })
	return errs
}

// blocksRules is whether rules cannot be evaluated on an object with these
// errors.
func blocksRules(errs field.ErrorList) bool {
	for _, e := range errs {
		switch e.Type { //nolint:exhaustive // All others leave the types as the rules expect them.
		case field.ErrorTypeRequired, field.ErrorTypeTypeInvalid, field.ErrorTypeTooLong, field.ErrorTypeTooMany:
			return true
		}
	}
	return false
}
