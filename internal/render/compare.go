package render

import (
	"context"
	"fmt"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/plan"
)

// Comparison is what an edit changes of a stack that is ready.
type Comparison struct {
	plan.Plan `json:",inline"`

	// MonthlyUSD is the estimated cost before and after.
	MonthlyUSD MonthlyUSD `json:"monthlyUSD"`
}

// BaselineError is a problem of the claim before the edit.
type BaselineError struct{ Err error }

// Error returns the problem.
func (e BaselineError) Error() string { return e.Err.Error() }

// Unwrap returns the problem.
func (e BaselineError) Unwrap() error { return e.Err }

// Compare returns what changes if the claim of one source becomes the claim of
// another: as render --diff does, with a simulated AWS in place of a cluster. It
// returns a BaselineError if the first claim is not valid.
func Compare(ctx context.Context, fn fnv1.FunctionRunnerServiceServer, before, after Source) (*Comparison, error) {
	baseline, err := before.session(fn) //nolint:contextcheck // Checking a file against a schema needs none.
	if err != nil {
		return nil, BaselineError{err}
	}
	ready, err := baseline.settled(ctx)
	if err != nil {
		return nil, BaselineError{err}
	}
	edited, err := after.session(fn) //nolint:contextcheck // As above.
	if err != nil {
		return nil, err
	}
	if errs := refusedUpdate(edited.composite, baseline.composite); len(errs) > 0 {
		return nil, &InvalidFileError{File: after.File, Errors: errs}
	}
	edited, err = edited.holding(ready.held())
	if err != nil {
		return nil, err
	}
	shown, err := edited.settled(ctx)
	if err != nil {
		return nil, err
	}
	p := edited.preview(ctx, shown)
	return &Comparison{Plan: p.Plan, MonthlyUSD: p.MonthlyUSD}, nil
}

// held returns what a cluster would hold of the stack.
func (s *stack) held() *cluster {
	c := &cluster{composite: s.composite, resources: map[string]*unstructured.Unstructured{}, rendered: true}
	for _, r := range s.resources {
		c.resources[r.resourceName] = r.object
	}
	return c
}

// refusedUpdate returns what an API server refuses of an edit: another name, which
// is another stack, and changes of immutable fields.
func refusedUpdate(after, before *unstructured.Unstructured) field.ErrorList {
	var errs field.ErrorList
	path := field.NewPath("metadata")
	for _, f := range []struct{ name, was, is string }{
		{"name", before.GetName(), after.GetName()},
		{"namespace", before.GetLabels()[labelClaimNamespace], after.GetLabels()[labelClaimNamespace]},
	} {
		if f.was != f.is {
			errs = append(errs, field.Invalid(path.Child(f.name), f.is, fmt.Sprintf("use %s, as in the existing claim; a different %s creates a second stack", f.was, f.name)))
		}
	}
	return append(errs, claim.Update(after.Object, before.Object)...)
}
