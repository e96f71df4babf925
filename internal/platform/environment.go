package platform

import (
	"errors"
	"fmt"
	"maps"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/request"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
)

// requirement returns the name of the function's requirement for an
// EnvironmentConfig. It contains the name of the EnvironmentConfig. Since
// Crossplane 2.4, the first call contains the resources that the last successful
// reconcile required, by requirement name. With a fixed name, the function could
// use a previous EnvironmentConfig and refuse the claim, and Crossplane would then
// not fetch the new one.
func requirement(environment string) string { return "environment/" + environment }

// contextEnvironment is the key of the environment in the pipeline's context
// (Crossplane documentation, "EnvironmentConfigs").
const contextEnvironment = "apiextensions.crossplane.io/environment"

// API of EnvironmentConfigs.
const (
	environmentAPIVersion = "apiextensions.crossplane.io/v1beta1"
	environmentKind       = "EnvironmentConfig"
)

// ErrAwaited is the error where Crossplane has not been asked for an
// EnvironmentConfig yet: the answer then requires it.
var ErrAwaited = errors.New("the EnvironmentConfig named in environment.name was not passed to the function: use Crossplane 1.18 or later")

// Requirements returns the resources that Crossplane must provide: the
// EnvironmentConfig of the input, and then the accounts, if the input uses them. It is
// nil if there are none.
func Requirements(req *fnv1.RunFunctionRequest) *fnv1.Requirements {
	required := map[string]*fnv1.ResourceSelector{}
	if name := environmentConfig(req); name != "" {
		required[requirement(name)] = &fnv1.ResourceSelector{
			ApiVersion: environmentAPIVersion, Kind: environmentKind, Match: &fnv1.ResourceSelector_MatchName{MatchName: name},
		}
	}
	if usesAccounts(req) {
		required[requiredAccounts] = accountSelector(req)
	}
	if len(required) == 0 {
		return nil
	}
	return &fnv1.Requirements{Resources: required}
}

// Awaits reports whether Crossplane has not provided a required resource yet.
func Awaits(req *fnv1.RunFunctionRequest) bool {
	for name := range Requirements(req).GetResources() {
		if _, handedOver := req.GetRequiredResources()[name]; !handedOver {
			return true
		}
	}
	return false
}

// environmentConfig returns the name of the EnvironmentConfig in the input.
func environmentConfig(req *fnv1.RunFunctionRequest) string {
	return req.GetInput().GetFields()["environment"].GetStructValue().GetFields()["name"].GetStringValue()
}

// environment returns the input's fields in the environment, and a description of
// the source.
func environment(req *fnv1.RunFunctionRequest, source *v1alpha1.EnvironmentSource) (map[string]any, string, error) {
	path := field.NewPath("environment")
	if source.FromContext {
		data, ok := request.GetContextKey(req, contextEnvironment)
		if !ok {
			return nil, "", InvalidError{field.NotFound(path.Child("fromContext"), contextEnvironment)}
		}
		fields, err := fieldsOf(data.GetStructValue(), source.Field)
		return fields, "the pipeline's environment", err
	}
	found, handedOver := req.GetRequiredResources()[requirement(source.Name)]
	if !handedOver {
		return nil, "", ErrAwaited
	}
	if len(found.GetItems()) == 0 {
		return nil, "", InvalidError{field.NotFound(path.Child("name"), source.Name)}
	}
	fields, err := fieldsOf(found.GetItems()[0].GetResource().GetFields()["data"].GetStructValue(), source.Field)
	return fields, fmt.Sprintf("EnvironmentConfig %q", source.Name), err
}

// fieldsOf returns the object in a field of an environment's data. It is empty if
// there is none.
func fieldsOf(data *structpb.Struct, name string) (map[string]any, error) {
	return decode(data.GetFields()[name].GetStructValue())
}

// merged adds an environment's fields to an input that omits them.
func merged(input, environment map[string]any) map[string]any {
	out := maps.Clone(environment)
	maps.Copy(out, input)
	return out
}
