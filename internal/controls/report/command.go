// Package report prints the catalog of controls, and a stack's results.
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

// exitNotMet is the exit code if a required control is not met. An invalid claim
// exits with 1.
const exitNotMet = 2

// Command is the controls command. Kong must provide a context.Context and a
// fnv1.FunctionRunnerServiceServer. It writes to kong's stdout, and the function's
// warnings to stderr.
type Command struct {
	File string `arg:"" help:"YAML file with the claim or composite resource whose stack is evaluated. Use - for standard input. Without a file, the catalog is printed." optional:""`

	Scope    string `enum:",cluster,namespaced" default:"" help:"How to read a SecureEcommerce: as a claim (cluster, the default) or as a composite resource (namespaced)."`
	Input    string `placeholder:"FILE" help:"YAML file with the function input. Defaults to no input."`
	Required string `placeholder:"FILE" help:"YAML file with an object that the function requires, such as the EnvironmentConfig that environment.name in the function input refers to."`
	Output   string `enum:"table,markdown,yaml,json" default:"table" short:"o" help:"Output format: ${enum}."`
	FailOn   string `enum:",critical,high,medium,low" default:"" help:"Exit with code 2 if a control with this severity or higher is not met: critical, high, medium or low."`

	// stdin is the input for File -. It defaults to os.Stdin.
	stdin io.Reader
}

// Run prints the catalog. With a file, it prints the results of the claim's stack
// once it is ready.
func (c *Command) Run(ctx context.Context, app *kong.Kong, fn fnv1.FunctionRunnerServiceServer) error {
	catalogue := controls.All()
	if c.File == "" {
		if c.FailOn != "" {
			return fmt.Errorf(errFailOn, c.FailOn)
		}
		return printed(printCatalogue[c.Output](app.Stdout, catalogue.Controls()))
	}
	stack, err := render.Converge(ctx, fn, render.Source{File: c.File, Scope: c.Scope, Input: c.Input, Required: c.Required, Stdin: c.stdin})
	if err != nil {
		return err //nolint:wrapcheck // The error names the file or contains the function's message.
	}
	for _, w := range stack.Warnings {
		_, _ = fmt.Fprintln(app.Stderr, "warning:", w) // A failed write to stderr cannot be reported.
	}
	resources := make([]controls.Resource, 0, len(stack.Resources))
	for _, r := range stack.Resources {
		resources = append(resources, controls.Resource(r))
	}
	results := catalogue.Evaluate(resources, controls.ElsewhereIn(stack.Composite))
	if err := printed(printResults[c.Output](app.Stdout, results)); err != nil {
		return err
	}
	if c.fails(results) {
		app.Exit(exitNotMet)
	}
	return nil
}

// fails reports whether a required control is not met.
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
