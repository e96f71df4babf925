package render

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	runtimeresource "github.com/crossplane/crossplane-runtime/v2/pkg/resource"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

const errDecode = "cannot read %s in the function's response: %w"

// annotationName is Crossplane's annotation with the name of a composed resource.
const annotationName = "crossplane.io/composition-resource-name"

// stack contains the objects in a cluster after a call.
type stack struct {
	composite *unstructured.Unstructured
	// resources are sorted by name.
	resources []resource
	warnings  []string
}

// resource is a composed resource.
type resource struct {
	resourceName string
	object       *unstructured.Unstructured
	// external is its AWS name. It is empty while it has none.
	external string
	ready    bool
}

// group returns the resource's service, such as "ec2".
func (r resource) group() string {
	service, _, _ := strings.Cut(r.object.GroupVersionKind().Group, ".")
	if service == "" {
		return "core"
	}
	return service
}

// newStack returns the stack of a composite after a response.
func newStack(composite *unstructured.Unstructured, rsp *fnv1.RunFunctionResponse, observed map[string]*fnv1.Resource) (*stack, error) {
	xr := composite.DeepCopy()
	desired, err := object(rsp.GetDesired().GetComposite())
	if err != nil {
		return nil, fmt.Errorf(errDecode, "the composite", err)
	}
	s := &stack{composite: xr}
	for _, resourceName := range slices.Sorted(maps.Keys(rsp.GetDesired().GetResources())) {
		r, err := composed(xr, resourceName, rsp.GetDesired().GetResources()[resourceName], observed[resourceName])
		if err != nil {
			return nil, err
		}
		s.resources = append(s.resources, r)
	}
	status, _ := desired.Object["status"].(map[string]any)
	if status == nil {
		status = map[string]any{}
	}
	status["conditions"] = s.conditions(rsp)
	xr.Object["status"] = status
	for _, r := range rsp.GetResults() {
		if r.GetSeverity() == fnv1.Severity_SEVERITY_WARNING {
			s.warnings = append(s.warnings, r.GetMessage())
		}
	}
	return s, nil
}

// composed adds Crossplane's metadata to a desired resource.
func composed(xr *unstructured.Unstructured, resourceName string, desired, observed *fnv1.Resource) (resource, error) {
	u, err := object(desired)
	if err != nil {
		return resource{}, fmt.Errorf(errDecode, resourceName, err)
	}
	meta.AddAnnotations(u, map[string]string{annotationName: resourceName})
	for _, label := range []string{labelComposite, labelClaimName, labelClaimNamespace} {
		if value := xr.GetLabels()[label]; value != "" {
			meta.AddLabels(u, map[string]string{label: value})
		}
	}
	return resource{
		resourceName: resourceName,
		object:       u,
		external:     cmp.Or(externalName(observed), meta.GetExternalName(u)),
		ready:        desired.GetReady() == fnv1.Ready_READY_TRUE,
	}, nil
}

// externalName returns the external name of an observed resource. It is empty if
// there is none.
func externalName(observed *fnv1.Resource) string {
	metadata := observed.GetResource().GetFields()["metadata"].GetStructValue()
	annotations := metadata.GetFields()["annotations"].GetStructValue()
	return annotations.GetFields()[meta.AnnotationKeyExternalName].GetStringValue()
}

// conditions returns the conditions of the function and of Crossplane. The function
// can influence the latter only by readiness.
func (s *stack) conditions(rsp *fnv1.RunFunctionResponse) []any {
	out := []any{}
	for _, c := range rsp.GetConditions() {
		if t := c.GetType(); t == "Ready" || t == "Synced" || t == "Healthy" {
			continue
		}
		status := map[fnv1.Status]string{fnv1.Status_STATUS_CONDITION_TRUE: "True", fnv1.Status_STATUS_CONDITION_FALSE: "False"}[c.GetStatus()]
		if status == "" {
			status = "Unknown"
		}
		out = append(out, condition(c.GetType(), status, c.GetReason(), c.GetMessage()))
	}
	return append(out, condition("Synced", "True", "ReconcileSuccess", ""), s.readiness(rsp.GetDesired().GetComposite().GetReady()))
}

// readiness returns the condition Ready: the function's value or, without one,
// whether all resources are ready.
func (s *stack) readiness(said fnv1.Ready) map[string]any {
	var unready []string
	for _, r := range s.resources {
		if !r.ready {
			unready = append(unready, r.resourceName)
		}
	}
	switch {
	case said == fnv1.Ready_READY_TRUE, said == fnv1.Ready_READY_UNSPECIFIED && len(unready) == 0:
		return condition("Ready", "True", "Available", "")
	case said == fnv1.Ready_READY_FALSE:
		return condition("Ready", "False", "Creating", "")
	default:
		names := runtimeresource.StableNAndSomeMore(runtimeresource.DefaultFirstN, unready)
		return condition("Ready", "False", "Creating", "Unready resources: "+names)
	}
}

func condition(kind, status, reason, message string) map[string]any {
	c := map[string]any{"type": kind, "status": status, "reason": reason, "lastTransitionTime": simulator.Since}
	if message != "" {
		c["message"] = message
	}
	return c
}

// object returns the object of a resource. It is empty if there is none. Integers
// are converted, as in an API server.
func object(r *fnv1.Resource) (*unstructured.Unstructured, error) {
	fields, err := simulator.Fields(r.GetResource())
	return &unstructured.Unstructured{Object: fields}, err //nolint:wrapcheck // The caller adds context.
}

// structOf converts an object to the protocol's format.
func structOf(object map[string]any) *structpb.Struct {
	out, _ := structpb.NewStruct(object) //nolint:errcheck // All objects come from JSON.
	return out
}
