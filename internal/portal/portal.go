// Package portal is a page on which an app team puts a claim together and sees
// at once what comes of it: the resources, the controls, the cost. It calls the
// function as Crossplane does, and nothing else: no cluster, no AWS.
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
	Listen string   `default:"127.0.0.1:8090" help:"Address to serve on. The page has no login: leave it on this machine, or put one before it."`
	Host   []string `placeholder:"HOST" help:"Further name that the page is called by, with its port unless that is the usual one, such as that of a proxy with a login. All others are turned away."`
	Input  string   `placeholder:"FILE" help:"Function input in YAML: what the platform allows and decides."`
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
	_, _ = fmt.Fprintf(app.Stdout, "http://%s\n", listener.Addr()) // The page is there whether or not somebody reads where.
	return serve(ctx, server, listener)
}

// serve serves until the context ends.
func serve(ctx context.Context, server *http.Server, listener net.Listener) error {
	go func() {
		<-ctx.Done()
		_ = server.Close() // Nobody waits for an answer any more.
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf(errServe, err)
	}
	return nil
}
