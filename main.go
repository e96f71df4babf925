// Command function composes secure e-commerce stacks on AWS: as a server that
// Crossplane calls, or once for a file on a laptop.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
	"github.com/crossplane/function-sdk-go"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls/report"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/render"
)

const errServe = "cannot serve: %w"

// cli is the command line. Without a command it serves.
type cli struct {
	Debug bool `help:"Log more." short:"d"`

	Serve    serve          `cmd:"" default:"withargs" help:"Serve Crossplane by gRPC (default)."`
	Render   render.Command `cmd:""                    help:"Print every resource of a stack, without a cluster."`
	Controls report.Command `cmd:""                    help:"Print the catalogue of security controls, or which of them a stack meets."`
}

// serve has the usual flags of a function.
type serve struct {
	Network            string `default:"tcp"              help:"Network to listen on."`
	Address            string `default:":9443"            help:"Address to listen on."`
	TLSCertsDir        string `env:"TLS_SERVER_CERTS_DIR" help:"Folder with the server's certificate (tls.crt, tls.key) and the authority of its clients (ca.crt)."`
	Insecure           bool   `help:"Serve without TLS. For development only."`
	MaxRecvMessageSize int    `default:"64"               help:"Largest request to take, in MiB. A large stack's is below 1."`
	MetricsAddress     string `default:":8080"            help:"Address to serve metrics on; none if empty."`
}

// Run serves until it cannot any more: the SDK returns with an error only.
func (s *serve) Run(fn fnv1.FunctionRunnerServiceServer) error {
	return fmt.Errorf(errServe, function.Serve(fn,
		function.Listen(s.Network, s.Address),
		function.MTLSCertificates(s.TLSCertsDir),
		function.Insecure(s.Insecure),
		function.MaxRecvMessageSize(s.MaxRecvMessageSize*1024*1024),
		function.WithMetricsServer(s.MetricsAddress)))
}

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
	ctx.BindTo(context.Background(), (*context.Context)(nil))
	ctx.BindTo(newFunction(log), (*fnv1.FunctionRunnerServiceServer)(nil))
	parser.FatalIfErrorf(ctx.Run())
}

func main() { execute(os.Args[1:], os.Stdout, os.Stderr, os.Exit) }
