// Package schema validates objects against the schema of a CustomResourceDefinition
// or CompositeResourceDefinition. It uses an API server's own libraries: defaults,
// types, CEL rules and unknown fields. Rules that only match a pattern are evaluated
// without CEL (see withoutFormats).
package schema

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apimachinery/pkg/util/yaml"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

const (
	errParse     = "cannot parse definition: %w"
	errNoVersion = "definition has no version with a schema"
	errSchema    = "cannot use schema: %w"
)

// definition is the common part of CRDs and XRDs.
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
	rules      *rules
}

// FromDefinition parses the schema of a version in a CustomResourceDefinition or
// CompositeResourceDefinition in JSON or YAML. An empty version selects the last one.
func FromDefinition(raw []byte, version string) (*Schema, error) {
	d := definition{}
	raw, err := yaml.ToJSON(raw)
	if err == nil {
		err = json.Unmarshal(raw, &d)
	}
	if err != nil {
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
	err = extv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(props, internal, nil)
	structural, errStructural := structuralschema.NewStructural(internal)
	validator, _, errValidator := validation.NewSchemaValidator(internal)
	if err := errors.Join(err, errStructural, errValidator); err != nil {
		return nil, fmt.Errorf(errSchema, err)
	}
	withoutFormats(structural)
	return &Schema{
		props:      props,
		structural: structural,
		validator:  validator,
		rules:      rulesOf(structural),
	}, nil
}

// Must panics if an embedded definition cannot be parsed.
func Must(s *Schema, err error) *Schema {
	if err != nil {
		panic(err)
	}
	return s
}

// Default sets the defaults of the schema.
func (s *Schema) Default(object map[string]any) {
	defaulting.PruneNonNullableNullsWithoutDefaults(object, s.structural)
	defaulting.Default(object, s.structural)
}

// Unknown returns the paths of fields that are not in the schema, sorted.
func (s *Schema) Unknown(object map[string]any) []string {
	return pruning.PruneWithOptions(runtime.DeepCopyJSON(object), s.structural, true, structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
}

// Validate returns all errors for which the API server would reject the creation of
// an object. As in an API server, CEL rules are evaluated only if all types are correct.
func (s *Schema) Validate(object map[string]any) field.ErrorList {
	return s.validate(object, nil)
}

// ValidateUpdate is like Validate, for the update of an existing object. It also
// evaluates transition rules.
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
	if blocksRules(errs) {
		return sorted(errs)
	}
	errs = append(errs, wrongFormats(s.props, nil, object)...)
	var previous any
	if old != nil {
		previous = old
	}
	broken, _ := s.rules.validate(context.Background(), nil, object, previous, celconfig.RuntimeCELCostBudget)
	return sorted(append(errs, broken...))
}

// sorted sorts errors, because the libraries iterate over maps.
func sorted(errs field.ErrorList) field.ErrorList {
	slices.SortFunc(errs, func(a, b *field.Error) int { return cmp.Compare(a.Error(), b.Error()) })
	return errs
}

// blocksRules reports whether CEL rules cannot be evaluated on an object with these
// errors.
func blocksRules(errs field.ErrorList) bool {
	for _, e := range errs {
		switch e.Type { //nolint:exhaustive // Other errors do not affect types.
		case field.ErrorTypeRequired, field.ErrorTypeTypeInvalid, field.ErrorTypeTooLong, field.ErrorTypeTooMany:
			return true
		}
	}
	return false
}
