// Command function composes secure e-commerce stacks on AWS: as a server that
// Crossplane calls, or once for a file on a laptop.
package main

import (
	"context"
	"os"

	"github.com/alecthomas/kong"
	"github.com/crossplane/function-sdk-go"
	"github.com/crossplane/function-sdk-go/logging"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// maxMessage is the largest request in bytes: ten times that of the largest
// stack, and well above the 4 MiB of gRPC's default.
const maxMessage = 64

type cli struct {
	Debug bool `help:"Log more." short:"d"`

	Serve serve `cmd:"" default:"withargs" help:"Serve Crossplane by gRPC (default)."`
}

type serve struct {
	Network            string `default:"tcp" help:"Network to listen on."`
	Address            string `default:":9443" help:"Address to listen on."`
	TLSCertsDir        string `env:"TLS_SERVER_CERTS_DIR" help:"Folder with the server's certificate (tls.crt, tls.key) and the authority that signs its clients' (ca.crt)."`
	Insecure           bool   `help:"Serve without TLS. For development only."`
	MaxRecvMessageSize int    `default:"64" help:"Largest request to take, in MiB."`
}

func (s *serve) Run(fn fnv1.FunctionRunnerServiceServer) error {
	return function.Serve(fn,
		function.Listen(s.Network, s.Address),
		function.MTLSCertificates(s.TLSCertsDir),
		function.Insecure(s.Insecure),
		function.MaxRecvMessageSize(s.MaxRecvMessageSize*1024*1024))
}

func main() {
	c := cli{}
	ctx := kong.Parse(&c, kong.Name("function"), kong.Description("Composes secure e-commerce stacks on AWS."))
	log, err := function.NewLogger(c.Debug)
	ctx.FatalIfErrorf(err)
	ctx.BindTo(context.Background(), (*context.Context)(nil))
	ctx.BindTo(&Function{log: log}, (*fnv1.FunctionRunnerServiceServer)(nil))
	_ = os.Stdout
	_ = logging.NewNopLogger
	ctx.FatalIfErrorf(ctx.Run())
}
