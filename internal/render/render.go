// Package render shows the resources of a claim without a cluster. It calls the
// function like Crossplane, and can simulate the AWS provider until the stack is
// ready.
package render

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/alecthomas/kong"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

const errPrint = "cannot print: %w"

// Command is the render command. Kong must provide a context.Context and a
// fnv1.FunctionRunnerServiceServer. It writes to kong's stdout.
type Command struct {
	File string `arg:"" help:"YAML file with the claim or composite resource. Use - for standard input."`

	Converged bool   `help:"Simulate AWS until the stack settles, to include resources that wait for other resources."`
	Scope     string `enum:",cluster,namespaced" default:"" help:"How to read a SecureEcommerce: as a claim (cluster, the default) or as a composite resource (namespaced)."`
	Input     string `placeholder:"FILE" help:"YAML file with the function input. Defaults to no input."`
	Required  string `placeholder:"FILE" help:"YAML file with an object that the function requires, such as the EnvironmentConfig that environment.name in the function input refers to."`
	Observed  string `placeholder:"FILE" help:"YAML file with the existing resources of the stack, as printed by kubectl get managed -o yaml or by render."`
	Diff      bool   `help:"Print the changes to the resources in --observed, including changes that AWS rejects and resources that it deletes. Exit with code 2 if data would be destroyed."`
	Output    string `enum:",yaml,table,tree,mermaid,svg,cost,text,json" default:"" short:"o" help:"Output format: yaml (default), table, tree, mermaid, svg (an architecture diagram) or cost. With --diff: text (default), yaml or json."`

	// stdin is the input for File -. It defaults to os.Stdin.
	stdin io.Reader
}

// outputs contains the output formats, by the values of --output.
var outputs = map[string]func(io.Writer, *stack) error{
	"":        printYAML,
	"yaml":    printYAML,
	"table":   printTable,
	"tree":    printTree,
	"mermaid": printMermaid,
	"svg":     printSVG,
	"cost":    printCost,
}

// Run prints the stack of a file, or its changes. Warnings are written to stderr.
func (c *Command) Run(ctx context.Context, app *kong.Kong, fn fnv1.FunctionRunnerServiceServer) error {
	if c.Diff && c.Observed == "" {
		return errors.New(errNeedsObserved)
	}
	s, err := Source{File: c.File, Scope: c.Scope, Input: c.Input, Required: c.Required, Observed: c.Observed, Stdin: c.stdin}.session(fn) //nolint:contextcheck // Schema validation needs no context.
	if err != nil {
		return err
	}
	run := s.once
	if c.Converged || c.Output == "cost" {
		run = s.settled
	}
	shown, err := run(ctx)
	if err != nil {
		return err
	}
	for _, w := range slices.Concat(s.cluster.warnings, shown.warnings) {
		_, _ = fmt.Fprintln(app.Stderr, "warning:", w) // A failed write to stderr cannot be reported.
	}
	if c.Diff {
		return c.diff(ctx, app, s, shown)
	}
	write, ok := outputs[c.Output]
	if !ok {
		return fmt.Errorf(errOfDiff, c.Output)
	}
	if err := write(app.Stdout, shown); err != nil {
		return fmt.Errorf(errPrint, err)
	}
	return nil
}
