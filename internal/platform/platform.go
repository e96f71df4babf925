// Package platform reads the platform team's settings for all stacks: the
// function's input.
package platform

import (
	"fmt"
	"sync"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/input"
	"github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

const (
	errRead  = "cannot read input: %w"
	errTypes = "cannot convert the input to its Go types: %w"
)

// definition returns the schema of the input.
var definition = sync.OnceValue(func() *schema.Schema {
	return schema.Must(schema.FromDefinition(input.Definition, v1alpha1.Version))
})

// own describes the source of limits that are not in an environment.
const own = "the function's input"

// Input returns the function's input with its defaults, and with the fields of its
// environment. Without an input in the Composition, it is empty. It also describes
// the source of the limits. It returns all errors, or ErrAwaited if the environment
// is still missing.
func Input(req *fnv1.RunFunctionRequest) (*v1alpha1.Input, string, error) {
	if req.GetInput() == nil {
		return &v1alpha1.Input{}, own, nil
	}
	object, err := decode(req.GetInput())
	if err != nil {
		return nil, "", fmt.Errorf(errRead, err)
	}
	if errs := kind(object); len(errs) > 0 {
		return nil, "", InvalidError(errs)
	}
	in, err := read(object)
	if err != nil || in.Environment == nil {
		return in, own, err
	}
	fields, source, err := environment(req, in.Environment)
	if err != nil {
		return nil, "", err
	}
	// The input alone is valid, so errors are in the environment.
	all, err := read(merged(object, fields))
	if err != nil {
		return nil, "", schema.Within(source, err)
	}
	if _, says := object["limits"]; says {
		return all, own, nil
	}
	return all, source, nil
}

// decode decodes an object like an API server, with whole numbers as integers.
func decode(s *structpb.Struct) (map[string]any, error) {
	object := map[string]any{}
	raw, err := s.MarshalJSON()
	if err == nil {
		err = json.Unmarshal(raw, &object)
	}
	return object, err //nolint:wrapcheck // The caller adds context.
}

// read validates and converts an object.
func read(object map[string]any) (*v1alpha1.Input, error) {
	s := definition()
	s.Default(object)
	if errs := s.Validate(object); len(errs) > 0 {
		return nil, InvalidError(s.Explain(errs, object))
	}
	in := &v1alpha1.Input{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object, in); err != nil {
		return nil, fmt.Errorf(errTypes, err)
	}
	return in, nil
}

// InvalidError is a list of all errors in an input.
type InvalidError field.ErrorList

// Error names each field, its problem and the allowed values, one per line.
func (e InvalidError) Error() string { return schema.Join(field.ErrorList(e)) }

// kind rejects the input of another function. Other functions also have a kind
// Input, so it checks the group.
func kind(object map[string]any) field.ErrorList {
	errs := field.ErrorList{}
	if v, want := object["apiVersion"], v1alpha1.GroupVersion.String(); v != want {
		errs = append(errs, schema.NotSupported(field.NewPath("apiVersion"), fmt.Sprint(v), []string{want}))
	}
	if k := object["kind"]; k != "Input" {
		errs = append(errs, schema.NotSupported(field.NewPath("kind"), fmt.Sprint(k), []string{"Input"}))
	}
	return errs
}
