// Command function composes secure e-commerce stacks on AWS: as a server that
// Crossplane calls, or once for a file on a laptop.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"github.com/crossplane/function-sdk-go"
	"github.com/crossplane/function-sdk-go/logging"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls/report"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/portal"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/render"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/serve"
)

// cli is the command line. Without a command it serves.
type cli struct {
	Debug bool `help:"Enable debug logging." short:"d"`

	Serve    serve.Command  `cmd:"" default:"withargs" help:"Serve Crossplane over gRPC (default)."`
	Render   render.Command `cmd:""                    help:"Print every resource of a stack, without a cluster."`
	Portal   portal.Command `cmd:""                    help:"Serve a local page to create, check and compare claims."`
	Controls report.Command `cmd:""                    help:"Print the catalogue of security controls, or which of them a stack meets."`
}

const mebibyte = 1 << 20

// execute runs a command line, and exits with 1 and the reason if it fails.
func execute(args []string, stdout, stderr io.Writer, exit func(int)) {
	c := cli{}
	parser := kong.Must(&c,
		kong.Name("function"),
		kong.Description("Composes secure e-commerce stacks on AWS."),
		kong.Writers(stdout, stderr),
		kong.Exit(exit))
	ctx, err := parser.Parse(args)
	parser.FatalIfErrorf(err)
	log, err := function.NewLogger(c.Debug)
	parser.FatalIfErrorf(err)
	// Kubernetes asks a pod to end with SIGTERM, a developer with SIGINT.
	until, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	ctx.BindTo(until, (*context.Context)(nil))
	if command := ctx.Command(); command != "serve" && !c.Debug {
		log = logging.NewNopLogger() // A command prints what it finds itself.
	}
	ctx.BindTo(newFunction(log, c.Serve.Cache*mebibyte, clockOf(ctx.Command())), (*fnv1.FunctionRunnerServiceServer)(nil))
	parser.FatalIfErrorf(ctx.Run())
}

// clockOf returns the clock by which a command's function tells what takes too
// long. What is printed must be the same each time, so only a server has one.
func clockOf(command string) func() time.Time {
	if command == "serve" {
		return time.Now //nolint:forbidigo // It tells what takes too long; no resource depends on it.
	}
	return nil
}

func main() { execute(os.Args[1:], os.Stdout, os.Stderr, os.Exit) }
