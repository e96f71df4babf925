// Package report prints the catalogue of controls, and how a stack stands to it.
package report

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/alecthomas/kong"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/render"
)

const (
	errPrint  = "cannot print: %w"
	errFailOn = "--fail-on=%s requires a FILE with a claim"
)

// exitNotMet is the exit code when a control that must be met is not. A claim
// that is not valid exits with 1.
const exitNotMet = 2

// Command is the controls command. It runs with a context.Context and a
// fnv1.FunctionRunnerServiceServer bound to kong, and writes where kong does. Warnings of the function go to standard error.
type Command struct {
	File string `arg:"" help:"Claim or composite resource in YAML whose stack is evaluated; - reads standard input. Without it, the catalogue is printed." optional:""`

	Scope    string `enum:",cluster,namespaced" default:"" help:"Scope of a SecureEcommerce: cluster reads it as a claim (default), namespaced as a composite."`
	Input    string `placeholder:"FILE" help:"Function input in YAML. Defaults to no input."`
	Required string `placeholder:"FILE" help:"Object in YAML that the function requires, such as the EnvironmentConfig that its input names."`
	Output   string `enum:"table,markdown,yaml,json" default:"table" short:"o" help:"What to print: ${enum}."`
	FailOn   string `enum:",critical,high,medium,low" default:"" help:"Exit with code 2 if a control of this or a higher severity is not met: critical, high, medium or low."`

	// stdin is what File - reads, os.Stdin if nil.
	stdin io.Reader
}

// Run prints the catalogue or, with a file, how the stack of its claim stands to
// each control once it stands.
func (c *Command) Run(ctx context.Context, app *kong.Kong, fn fnv1.FunctionRunnerServiceServer) error {
	catalogue := controls.All()
	if c.File == "" {
		if c.FailOn != "" {
			return fmt.Errorf(errFailOn, c.FailOn)
		}
		return printed(printCatalogue[c.Output](app.Stdout, catalogue.Controls()))
	}
	composed, warnings, err := render.Converge(ctx, fn, render.Source{File: c.File, Scope: c.Scope, Input: c.Input, Required: c.Required, Stdin: c.stdin})
	if err != nil {
		return err //nolint:wrapcheck // It names the file or what the function said.
	}
	for _, w := range warnings {
		_, _ = fmt.Fprintln(app.Stderr, "warning:", w) // There is nowhere else to say it.
	}
	resources := make([]controls.Resource, 0, len(composed))
	for _, r := range composed {
		resources = append(resources, controls.Resource(r))
	}
	results := catalogue.Evaluate(resources)
	if err := printed(printResults[c.Output](app.Stdout, results)); err != nil {
		return err
	}
	if c.fails(results) {
		app.Exit(exitNotMet)
	}
	return nil
}

// fails is whether a control is not met that must be.
func (c *Command) fails(results []controls.Result) bool {
	return c.FailOn != "" && slices.ContainsFunc(results, func(r controls.Result) bool {
		return r.State == controls.StateNotMet && r.Control.Severity.AtLeast(controls.Severity(c.FailOn))
	})
}

func printed(err error) error {
	if err != nil {
		return fmt.Errorf(errPrint, err)
	}
	return nil
}
