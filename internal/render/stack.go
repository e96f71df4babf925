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
	"k8s.io/apimachinery/pkg/util/json"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

const errDecode = "cannot read the function's response about %s: %w"

// annotationName is where Crossplane notes a resource's name within its stack.
const annotationName = "crossplane.io/composition-resource-name"

// stack is what a cluster would hold after a call of the function.
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
	// external is its name in AWS, empty as long as it has none.
	external string
	ready    bool
}

// group is the service that the resource is of, such as "ec2".
func (r resource) group() string {
	service, _, _ := strings.Cut(r.object.GroupVersionKind().Group, ".")
	if service == "" {
		return "core"
	}
	return service
}

// newStack is the stack of a composite after an answer.
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

// composed is a desired resource with the marks that Crossplane gives it.
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

// externalName is the name in AWS of an observed resource, empty if it has none.
func externalName(observed *fnv1.Resource) string {
	metadata := observed.GetResource().GetFields()["metadata"].GetStructValue()
	annotations := metadata.GetFields()["annotations"].GetStructValue()
	return annotations.GetFields()[meta.AnnotationKeyExternalName].GetStringValue()
}

// conditions are the function's and those that Crossplane adds. The function
// has no say in the latter but by readiness.
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

// readiness is the composite's condition Ready: what the function says, or if
// it says nothing whether all resources are.
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

// object is the object of a resource, empty if there is none. Whole numbers are
// integers, as from an API server.
func object(r *fnv1.Resource) (*unstructured.Unstructured, error) {
	u := &unstructured.Unstructured{Object: map[string]any{}}
	raw, err := structpb.NewStructValue(r.GetResource()).MarshalJSON()
	if err != nil || r.GetResource() == nil {
		return u, err //nolint:wrapcheck // The caller says of what.
	}
	return u, json.Unmarshal(raw, &u.Object) //nolint:wrapcheck // As above.
}

// structOf is an object as the protocol has it.
func structOf(object map[string]any) *structpb.Struct {
	out, _ := structpb.NewStruct(object) //nolint:errcheck // All objects here come from JSON, and what was JSON fits.
	return out
}
