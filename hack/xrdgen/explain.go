package main

import (
	"fmt"
	"regexp"
	"strings"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

// explain prepares a schema for its readers. It replaces patterns with CEL rules that
// have a message, because an API server reports only the regular expression of a pattern.
// It removes the names of Go types from descriptions. It returns an error for a
// pattern without a message.
func explain(path string, s *extv1.JSONSchemaProps) error {
	s.Description = described(s.Description)
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

// goName is the start of a Go type's documentation. Items of lists and maps have no
// other description.
var goName = regexp.MustCompile(`^[A-Z][A-Za-z0-9]* (?:is|are) (?:an? |the )?([A-Za-z])`)

// described returns a description without the name of a Go type and without line
// breaks within a paragraph.
func described(text string) string {
	if m := goName.FindStringSubmatchIndex(text); m != nil {
		text = strings.ToUpper(text[m[2]:m[3]]) + text[m[3]:]
	}
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.ReplaceAll(p, "\n", " ")
	}
	return strings.Join(paragraphs, "\n\n")
}
