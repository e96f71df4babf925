// Package platform reads what the platform team decides for all stacks: the
// function's input.
package platform

import (
	"fmt"
	"sync"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/input"
	"github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
)

const errRead = "cannot read input: %w"

// definition is the schema of the input.
var definition = sync.OnceValue(func() *schema.Schema {
	return schema.Must(schema.FromDefinition(input.Definition, v1alpha1.Version))
})

// Input returns the function's input with its defaults, an empty one if the
// Composition gives none. It returns everything that is wrong with it.
func Input(req *fnv1.RunFunctionRequest) (*v1alpha1.Input, error) {
	out := &v1alpha1.Input{}
	if req.GetInput() == nil {
		return out, nil
	}
	object := map[string]any{}
	raw, err := req.GetInput().MarshalJSON()
	if err == nil {
		// Whole numbers must be integers, as an API server reads them.
		err = json.Unmarshal(raw, &object)
	}
	if err != nil {
		return nil, fmt.Errorf(errRead, err)
	}
	if errs := kind(object); len(errs) > 0 {
		return nil, InvalidError(errs)
	}
	s := definition()
	s.Default(object)
	if errs := s.Validate(object); len(errs) > 0 {
		return nil, InvalidError(errs)
	}
	_ = runtime.DefaultUnstructuredConverter.FromUnstructured(object, out) // The types hold what the schema accepts.
	return out, nil
}

// InvalidError is a list of everything that is wrong with an input.
type InvalidError field.ErrorList

// Error names each field, its problem and what is allowed.
func (e InvalidError) Error() string { return field.ErrorList(e).ToAggregate().Error() }

// kind refuses the input of another function. Several call theirs Input too, so
// the group tells them apart.
func kind(object map[string]any) field.ErrorList {
	errs := field.ErrorList{}
	if v, want := object["apiVersion"], v1alpha1.GroupVersion.String(); v != want {
		errs = append(errs, field.NotSupported(field.NewPath("apiVersion"), v, []string{want}))
	}
	if k := object["kind"]; k != "Input" {
		errs = append(errs, field.NotSupported(field.NewPath("kind"), k, []string{"Input"}))
	}
	return errs
}
