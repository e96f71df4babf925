// Package platform reads what the platform team decides for all stacks: the
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
	errRead        = "cannot read input: %w"
	errEnvironment = "%s: %w"
	errTypes       = "cannot convert the input to its Go types: %w"
)

// definition is the schema of the input.
var definition = sync.OnceValue(func() *schema.Schema {
	return schema.Must(schema.FromDefinition(input.Definition, v1alpha1.Version))
})

// own is where limits come from that no environment says.
const own = "the function's input"

// Input returns the function's input with its defaults, an empty one if the
// Composition gives none, with what it leaves to an environment; and where its
// limits come from, in words. It returns everything that is wrong with it, or
// ErrAwaited where the environment must be asked for first.
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
	// What is wrong now is wrong there: the input alone is valid.
	all, err := read(merged(object, fields))
	if err != nil {
		return nil, "", fmt.Errorf(errEnvironment, source, err)
	}
	if _, says := object["limits"]; says {
		return all, own, nil
	}
	return all, source, nil
}

// decode reads an object as an API server would: whole numbers are integers.
func decode(s *structpb.Struct) (map[string]any, error) {
	object := map[string]any{}
	raw, err := s.MarshalJSON()
	if err == nil {
		err = json.Unmarshal(raw, &object)
	}
	return object, err //nolint:wrapcheck // The caller says of what.
}

// read reads an object that the schema accepts.
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

// InvalidError is a list of everything that is wrong with an input.
type InvalidError field.ErrorList

// Error names each field, its problem and what is allowed.
func (e InvalidError) Error() string { return schema.Join(field.ErrorList(e)) }

// kind refuses the input of another function. Several call theirs Input too, so
// the group tells them apart.
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
