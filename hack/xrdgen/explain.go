package main

import (
	"fmt"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

// explain replaces the patterns of a schema by CEL rules with a message, because an
// API server reports only the regular expression of a pattern. It returns an error
// for a pattern without a message.
func explain(path string, s *extv1.JSONSchemaProps) error {
	switch {
	case s.XIntOrString:
		// The rules of quantity fields check this pattern too.
		s.Pattern = ""
	case s.Pattern != "":
		f, err := schema.FormatOf(s.Pattern)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		s.Pattern = ""
		s.XValidations = append(s.XValidations, extv1.ValidationRule{Rule: f.Rule(), Message: f.Message()})
	}
	for name, p := range s.Properties {
		if err := explain(path+"."+name, &p); err != nil {
			return err
		}
		s.Properties[name] = p
	}
	if s.Items != nil {
		if err := explain(path+"[]", s.Items.Schema); err != nil {
			return err
		}
	}
	if s.AdditionalProperties != nil && s.AdditionalProperties.Schema != nil {
		return explain(path+"{}", s.AdditionalProperties.Schema)
	}
	return nil
}
