package render

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
)

const (
	errRun    = "cannot run the function: %w"
	errSettle = "the stack does not converge: after %d function runs, these parts are still changing: %s"
)

// maxRuns is the maximum number of calls until the stack is ready. Each call
// resolves one more link in the longest chain of waiting resources, which is much
// shorter.
const maxRuns = 20

// session calls the function for one composite, as Crossplane does.
type session struct {
	// file is the name of the file with the claim or composite.
	file      string
	fn        fnv1.FunctionRunnerServiceServer
	aws       simulator.AWS
	composite *unstructured.Unstructured
	input     *structpb.Struct
	// required contains the cluster's objects that the function may require.
	required []*unstructured.Unstructured
	// cluster contains the existing stack, and observed the same resources in the
	// function's format.
	cluster  *cluster
	observed map[string]*fnv1.Resource
}

// once returns the stack after the first call.
func (s session) once(ctx context.Context) (*stack, error) {
	rsp, err := s.call(ctx, s.composite, s.observed)
	if err != nil {
		return nil, err
	}
	return newStack(s.composite, rsp, s.observed)
}

// settled returns the stack once neither AWS nor the function changes it any more.
func (s session) settled(ctx context.Context) (*stack, error) {
	observed := s.observed
	var before, last *fnv1.RunFunctionResponse
	composite, aws := s.composite, s.aws.Stack()
	for range maxRuns {
		rsp, err := s.call(ctx, composite, observed)
		if err != nil {
			return nil, err
		}
		shown, err := newStack(s.composite, rsp, observed)
		if err != nil {
			return nil, err
		}
		if proto.Equal(rsp, last) {
			return shown, nil
		}
		observed, err = aws.Observe(rsp.GetDesired().GetResources(), observed)
		if err != nil {
			return nil, err //nolint:wrapcheck // The error names the resource.
		}
		keepMade(observed, s.observed)
		composite, before, last = shown.composite, last, rsp
	}
	return nil, fmt.Errorf(errSettle, maxRuns, changes(before, last))
}

// call calls the function, and repeats the call with required resources like
// Crossplane. A fatal result is an error.
func (s session) call(ctx context.Context, composite *unstructured.Unstructured, observed map[string]*fnv1.Resource) (*fnv1.RunFunctionResponse, error) {
	composite = composite.DeepCopy()
	if composite.GetUID() == "" {
		composite.SetUID(madeUpUID(composite))
	}
	req := &fnv1.RunFunctionRequest{
		Meta:     &fnv1.RequestMeta{Capabilities: []fnv1.Capability{fnv1.Capability_CAPABILITY_CAPABILITIES, fnv1.Capability_CAPABILITY_REQUIRED_RESOURCES}},
		Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: structOf(composite.Object)}, Resources: observed},
		Desired:  &fnv1.State{},
		Input:    s.input,
	}
	rsp, err := s.run(ctx, req)
	if err == nil && len(rsp.GetRequirements().GetResources()) > 0 {
		req.RequiredResources = s.found(rsp.GetRequirements().GetResources())
		return s.run(ctx, req)
	}
	return rsp, err
}

func (s session) run(ctx context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	rsp, err := s.fn.RunFunction(ctx, req)
	if err != nil {
		return nil, fmt.Errorf(errRun, err)
	}
	for _, r := range rsp.GetResults() {
		if r.GetSeverity() == fnv1.Severity_SEVERITY_FATAL {
			return nil, refusal(s.file, r.GetMessage())
		}
	}
	return rsp, nil
}

// aboutField is a line of a message of the function about one field.
var aboutField = regexp.MustCompile(`^(spec(?:\.[A-Za-z0-9]+|\[[^\]]*\])+): (.+)$`)

// refusal returns a message of the function as an error. Errors in fields of the
// spec have the form of the errors that the schema detects.
func refusal(file, message string) error {
	invalid := &InvalidFileError{File: file}
	listed, isInvalid := strings.CutPrefix(message, claim.NotValid+":")
	for line := range strings.SplitSeq(strings.TrimSpace(listed), "\n") {
		parts := aboutField.FindStringSubmatch(strings.TrimSpace(line))
		if !isInvalid || parts == nil {
			return errors.New(message) //nolint:err113 // The function's own message.
		}
		invalid.Errors = append(invalid.Errors, &field.Error{Type: field.ErrorTypeForbidden, Field: parts[1], Detail: parts[2]})
	}
	return invalid
}

// found returns the objects that match selectors: by name, or all of a kind. Like in
// Crossplane, a missing object is an entry without items.
func (s session) found(selectors map[string]*fnv1.ResourceSelector) map[string]*fnv1.Resources {
	out := map[string]*fnv1.Resources{}
	for name, selector := range selectors {
		out[name] = &fnv1.Resources{}
		for _, u := range s.required {
			if selects(selector, u) {
				out[name].Items = append(out[name].Items, &fnv1.Resource{Resource: structOf(u.Object)})
			}
		}
	}
	return out
}

// selects reports whether a selector selects an object. Files contain the kinds that
// users apply, so that one file serves both scopes: a selector of cluster-scoped
// composites also selects their claims.
func selects(selector *fnv1.ResourceSelector, u *unstructured.Unstructured) bool {
	kind := selector.GetKind()
	return u.GetAPIVersion() == selector.GetApiVersion() && (u.GetKind() == kind || clusterPrefix+u.GetKind() == kind) &&
		(selector.GetMatchLabels() != nil || u.GetName() == selector.GetMatchName())
}

// changes returns the names of the differences between two responses.
func changes(a, b *fnv1.RunFunctionResponse) string {
	before, after := a.GetDesired().GetResources(), b.GetDesired().GetResources()
	names := map[string]bool{}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(before)), slices.Collect(maps.Keys(after))) {
		if !proto.Equal(before[name], after[name]) {
			names[name] = true
		}
	}
	if len(names) == 0 {
		return "the status"
	}
	return strings.Join(slices.Sorted(maps.Keys(names)), ", ")
}
