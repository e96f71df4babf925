package settings

import (
	"fmt"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// Default timeouts in seconds: of a response, and of a function with a schedule,
// for which no caller waits.
const (
	calledTimeout    = 30
	scheduledTimeout = 300
)

// maxEnvironment is the maximum size in bytes of the variables that a claim sets
// for a function. Lambda's limit is 4 KB (AWS documentation, "Lambda quotas"). The
// stack's own variables need the rest.
const maxEnvironment = 2560

// Lambda reports whether the service is a Lambda function.
func (s Service) Lambda() bool { return s.Runtime == v1alpha1.ServiceRuntimeLambda }

// Job reports whether the service must complete before services are rolled out.
func (s Service) Job() bool { return s.Runs == v1alpha1.RunsBeforeRollout }

// Jobs returns the services that run before the others are rolled out.
func (a App) Jobs() []Service { return a.only(Service.Job) }

// Containers returns the services that run on Fargate.
func (a App) Containers() []Service {
	return a.only(func(s Service) bool { return !s.Lambda() })
}

// Functions returns the services that are functions.
func (a App) Functions() []Service { return a.only(Service.Lambda) }

// Balanced returns the services behind the stack's load balancer: those on Fargate
// that answer visitors.
func (a App) Balanced() []Service {
	return a.only(func(s Service) bool { return s.Web() && !s.Lambda() })
}

// functionTimeout returns the timeout of a function in seconds.
func functionTimeout(asked v1alpha1.Service) int {
	if asked.Schedule != "" {
		return int(ptr.Deref(asked.TimeoutSeconds, scheduledTimeout))
	}
	return int(ptr.Deref(asked.TimeoutSeconds, calledTimeout))
}

// Concurrency returns the reserved concurrency of a function. It is -1 without a
// reservation.
func (s Service) Concurrency() int {
	if s.Replicas == nil || s.Replicas.Max == nil {
		return -1
	}
	return int(*s.Replicas.Max)
}

// checkFunction returns errors for values that Lambda would reject.
func (d *decision) checkFunction(path *field.Path, s Service, region string) field.ErrorList {
	var errs field.ErrorList
	if s.Schedule == "" && len(s.Paths) == 0 {
		errs = append(errs, field.Required(path.Child("paths"), "is required unless schedule is set: add a path, such as /*, or set schedule"))
	}
	if s.Image != "" && s.Repository.Region != region {
		errs = append(errs, field.Invalid(path.Child("image"), s.Image, fmt.Sprintf("Lambda requires images in ECR in %s: copy the image there", region)))
	}
	if d.input.UnreservedConcurrency && s.Concurrency() > 0 {
		errs = append(errs, field.Forbidden(path.Child("replicas", "max"), "is not supported, because the platform's input sets unreservedConcurrency: remove replicas.max"))
	}
	size := 0
	for name, value := range s.Environment {
		size += len(name) + len(value)
	}
	if size > maxEnvironment {
		errs = append(errs, field.Invalid(path.Child("environment"), field.OmitValueType{}, fmt.Sprintf("has %d characters in names and values; use at most %d, which is Lambda's limit", size, maxEnvironment)))
	}
	return errs
}
