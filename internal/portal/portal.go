// Package portal serves a page on which an app team creates or edits a claim. The
// page shows the architecture, resources, controls and cost of the claim. It calls
// the function as Crossplane does. It needs no cluster and no AWS account.
package portal

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/alecthomas/kong"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

const (
	errListen = "cannot listen on %s: %w"
	errServe  = "cannot serve: %w"
)

// Command is the portal command. It runs with a context.Context and a
// fnv1.FunctionRunnerServiceServer bound to kong, until the context ends.
type Command struct {
	Listen string   `default:"127.0.0.1:8090" help:"Address to listen on. The page has no login: make it available only on this machine, or behind a proxy that requires a login."`
	Host   []string `placeholder:"HOST" help:"Additional host name of the page, such as the host name of a proxy. Include the port unless it is the default port. Requests to other host names are rejected."`
	Input  string   `placeholder:"FILE" help:"YAML file with the function input, which contains the limits and decisions of the platform."`
}

// Run serves the page. It returns an error if it cannot listen.
func (c *Command) Run(ctx context.Context, app *kong.Kong, fn fnv1.FunctionRunnerServiceServer) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf(errListen, c.Listen, err)
	}
	server := &http.Server{
		Handler:           newHandler(fn, c.Input, listener.Addr().String(), c.Host...),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		IdleTimeout:       time.Minute,
	}
	_, _ = fmt.Fprintf(app.Stdout, "http://%s\n", listener.Addr()) // The page works without the printed address.
	return serve(ctx, server, listener)
}

// serve serves until the context ends.
func serve(ctx context.Context, server *http.Server, listener net.Listener) error {
	go func() {
		<-ctx.Done()
		_ = server.Close() // No request needs an answer anymore.
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf(errServe, err)
	}
	return nil
}
