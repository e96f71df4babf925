// Package serve serves the function to Crossplane: gRPC with mutual TLS, and health
// and metrics on a separate port, until it is stopped.
//
// It replaces the SDK's function.Serve, whose server cannot be stopped without
// dropping calls. It uses the SDK for everything else.
package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/crossplane/function-sdk-go"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/proto/v1beta1"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/experimental"
	"google.golang.org/grpc/health"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/reflection"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

const (
	errServe       = "cannot serve: %w"
	errListen      = "cannot listen on %s: %w"
	errCredentials = "no TLS certificates: set --tls-certs-dir to a directory with tls.crt, tls.key and ca.crt, or set --insecure for development"
)

// Command is the server's command, with the usual flags of a function.
type Command struct {
	Network            string        `default:"tcp"              help:"Network to listen on."`
	Address            string        `default:":9443"            help:"Address to listen on."`
	TLSCertsDir        string        `env:"TLS_SERVER_CERTS_DIR" help:"Directory with the server certificate (tls.crt), its key (tls.key) and the CA certificate for clients (ca.crt)."`
	Insecure           bool          `help:"Serve without TLS. For development only."`
	MaxRecvMessageSize int           `default:"64"               help:"Maximum size of a request in MiB. A large stack needs less than 1."`
	Cache              int           `default:"64"               help:"Maximum size in MiB of the cache of responses for unchanged stacks. Each stack needs about 0.5 MiB. 0 disables the cache."`
	Codec              string        `default:"wire"             enum:"wire,sdk" help:"How requests are decoded: wire decodes only the fields that are used; sdk decodes all fields, which takes several times as long."`
	MetricsAddress     string        `default:":8080"            help:"Address for /metrics, /livez and /readyz. An empty value disables these endpoints."`
	GracePeriod        time.Duration `default:"25s"              help:"Maximum time to complete pending calls when the server stops. Keep it below the pod's terminationGracePeriodSeconds."`
}

// codecSDK is the SDK's default codec.
const codecSDK = "sdk"

// Crossplane finds new replicas only when it connects, so connections have a
// maximum age. The grace period is Crossplane's own timeout of a call.
const (
	connectionAge   = 10 * time.Minute
	connectionGrace = 2 * time.Minute
)

// callsInFlight is the maximum number of concurrent calls of a client. The client
// queues all others. A request of a large stack needs a megabyte, and several
// buffers of that size. More concurrency would not be faster, because calls only
// wait for CPU.
const callsInFlight = 8

// connectionBuffer is the size of the buffers for reading and writing. A request is a
// megabyte, which gRPC's default reads in 32 steps.
const connectionBuffer = 256 << 10

// startup is the time in which a new server probably runs all of its startup code,
// including its first response.
const startup = 3 * time.Second

// Run serves until the context is canceled. It then accepts no more calls, finishes
// those in progress, and returns nil. It returns an error if it cannot serve.
func (c *Command) Run(ctx context.Context, fn fnv1.FunctionRunnerServiceServer) error {
	if err := c.run(ctx, fn); err != nil {
		return fmt.Errorf(errServe, err)
	}
	return nil
}

func (c *Command) run(ctx context.Context, fn fnv1.FunctionRunnerServiceServer) error {
	credentials, err := c.credentials()
	if err != nil {
		return err
	}
	listener, err := listen(ctx, c.Network, c.Address)
	if err != nil {
		return err
	}
	m, alive := newMetrics(), health.NewServer()
	options := []grpc.ServerOption{
		grpc.Creds(credentials),
		grpc.MaxRecvMsgSize(c.MaxRecvMessageSize * 1024 * 1024),
		grpc.MaxConcurrentStreams(callsInFlight),
		grpc.ReadBufferSize(connectionBuffer),
		grpc.WriteBufferSize(connectionBuffer),
		grpc.KeepaliveParams(keepalive.ServerParameters{MaxConnectionAge: connectionAge, MaxConnectionAgeGrace: connectionGrace}),
	}
	if c.Codec != codecSDK {
		codec := wire.NewCodec()
		options = append(options, grpc.ForceServerCodecV2(codec), grpc.ChainUnaryInterceptor(codec.Intercept), experimental.BufferPool(wire.NewPool()))
	}
	server := grpc.NewServer(append(options, grpc.ChainUnaryInterceptor(m.calls.UnaryServerInterceptor()))...)
	counted := m.counted(fn)
	fnv1.RegisterFunctionRunnerServiceServer(server, counted)
	v1beta1.RegisterFunctionRunnerServiceServer(server, function.ServeBeta(counted))
	healthv1.RegisterHealthServer(server, alive)
	reflection.Register(server)
	m.calls.InitializeMetrics(server)

	side, err := c.sideListener(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	release := time.AfterFunc(startup, releaseStartup)
	defer release.Stop()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return server.Serve(listener) })
	group.Go(func() error {
		<-ctx.Done()
		alive.Shutdown()
		c.stop(server)
		return nil
	})
	if side != nil {
		group.Go(func() error { return serveSide(ctx, side, m.handler(alive)) })
	}
	return group.Wait() //nolint:wrapcheck // Run adds context.
}

// credentials returns the certificates that Crossplane mounts. Without TLS, for
// development, there are none.
func (c *Command) credentials() (credentials.TransportCredentials, error) {
	so := &function.ServeOptions{}
	for _, option := range []function.ServeOption{function.MTLSCertificates(c.TLSCertsDir), function.Insecure(c.Insecure)} {
		if err := option(so); err != nil {
			return nil, err
		}
	}
	if so.Credentials == nil {
		return nil, errors.New(errCredentials)
	}
	return so.Credentials, nil
}

// sideListener returns the listener for health and metrics. It is nil if it is
// disabled.
func (c *Command) sideListener(ctx context.Context) (net.Listener, error) {
	if c.MetricsAddress == "" {
		return nil, nil //nolint:nilnil // The port is disabled.
	}
	return listen(ctx, "tcp", c.MetricsAddress)
}

func listen(ctx context.Context, network, address string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, network, address)
	if err != nil {
		return nil, fmt.Errorf(errListen, address, err)
	}
	return l, nil
}

// stop finishes the calls in progress. It drops those that exceed the grace period,
// before the pod is killed.
func (c *Command) stop(server *grpc.Server) {
	late := time.AfterFunc(c.GracePeriod, server.Stop)
	defer late.Stop()
	server.GracefulStop()
}
