// Command function composes secure e-commerce stacks on AWS: as a server for
// Crossplane, or once for a local file.
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

// cli contains the commands. The default is to serve.
type cli struct {
	Debug bool `help:"Enable debug logging." short:"d"`

	Serve    serve.Command  `cmd:"" default:"withargs" help:"Serve Crossplane over gRPC (default)."`
	Render   render.Command `cmd:""                    help:"Print every resource of a stack, without a cluster."`
	Portal   portal.Command `cmd:""                    help:"Serve a local page to create, check and compare claims."`
	Controls report.Command `cmd:""                    help:"Print the catalog of security controls, or the controls that a stack meets."`
}

const mebibyte = 1 << 20

// execute runs a command line. If it fails, it prints the error and exits with 1.
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
	// Kubernetes stops a pod with SIGTERM, and a developer uses SIGINT.
	until, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	ctx.BindTo(until, (*context.Context)(nil))
	if command := ctx.Command(); command != "serve" && !c.Debug {
		log = logging.NewNopLogger() // A command prints what it finds itself.
	}
	ctx.BindTo(newFunction(log, c.Serve.Cache*mebibyte, clockOf(ctx.Command())), (*fnv1.FunctionRunnerServiceServer)(nil))
	parser.FatalIfErrorf(ctx.Run())
}

// clockOf returns the clock with which a command's function detects slow
// operations. Printed output must be reproducible, so only a server has one.
func clockOf(command string) func() time.Time {
	if command == "serve" {
		return time.Now //nolint:forbidigo // Only for timeouts; no resource depends on it.
	}
	return nil
}

func main() { execute(os.Args[1:], os.Stdout, os.Stderr, os.Exit) }
