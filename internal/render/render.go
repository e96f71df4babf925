// Package render shows on a laptop what a claim becomes: it calls the function
// as Crossplane does, and can play the AWS provider until the stack stands.
package render

import (
	"context"
	"fmt"
	"io"

	"github.com/alecthomas/kong"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

const errPrint = "cannot print: %w"

// Command is the render command. It runs with a context.Context and a
// fnv1.FunctionRunnerServiceServer bound to kong, and writes where kong does.
type Command struct {
	File string `arg:"" help:"Claim or composite resource in YAML; - reads standard input."`

	Converged bool   `help:"Play AWS until nothing changes any more, so that resources that wait for others show too."`
	Scope     string `enum:",cluster,namespaced" default:"" help:"Generation of a SecureEcommerce: cluster takes it as the claim (default), namespaced as the composite of the namespaced generation."`
	Input     string `placeholder:"FILE" help:"Function input in YAML; none is sent without."`
	Required  string `placeholder:"FILE" help:"Object in YAML that the function requires, such as the EnvironmentConfig that its input names."`
	Output    string `enum:"yaml,table,tree,mermaid,cost" default:"yaml" short:"o" help:"What to print: ${enum}."`

	// stdin is what File - reads, os.Stdin if nil.
	stdin io.Reader
}

// outputs are the ways to print a stack, by the values of --output.
var outputs = map[string]func(io.Writer, *stack) error{
	"yaml":    printYAML,
	"table":   printTable,
	"tree":    printTree,
	"mermaid": printMermaid,
	"cost":    printCost,
}

// Run prints the stack of a file. Warnings of the function go to standard error.
func (c *Command) Run(ctx context.Context, app *kong.Kong, fn fnv1.FunctionRunnerServiceServer) error {
	s, err := Source{File: c.File, Scope: c.Scope, Input: c.Input, Required: c.Required, Stdin: c.stdin}.session(fn)
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
	for _, w := range shown.warnings {
		_, _ = fmt.Fprintln(app.Stderr, "warning:", w)
	}
	if err := outputs[c.Output](app.Stdout, shown); err != nil {
		return fmt.Errorf(errPrint, err)
	}
	return nil
}
