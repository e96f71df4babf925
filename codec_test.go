package main

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/crossplane/function-sdk-go/logging"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/serve"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// TestCodecs checks that a server returns the same response with each codec, for every
// example. With this project's codec, it does so for every step.
func TestCodecs(t *testing.T) {
	if raceDetector {
		t.Skip("It makes this very slow, and nothing here is concurrent.")
	}
	for _, codec := range []string{"wire", "sdk"} {
		t.Run(codec, func(t *testing.T) {
			client := served(t, codec)
			for name, steps := range stacktest.Alternate(t) {
				if codec == "sdk" {
					steps = steps[len(steps)-1:] // Protobuf's own decoder treats all steps alike.
				}
				for i, st := range steps {
					got, err := client.RunFunction(t.Context(), st.Request)
					if err != nil {
						t.Fatalf("%s, step %d: %v", name, i, err)
					}
					if !stacktest.Equal(st.Response, got) { // cmp is a hundred times slower if there is no difference.
						t.Errorf("\nBy a server the answer is the same.\n%s, step %d: -in process, +served:\n%s", name, i, cmp.Diff(st.Response, got, protocmp.Transform()))
					}
				}
			}
		})
	}
}

// served returns a client of a server that decodes requests with a codec.
func served(t *testing.T, codec string) fnv1.FunctionRunnerServiceClient {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	c := &serve.Command{Network: "tcp", Address: address, Insecure: true, MaxRecvMessageSize: 64, GracePeriod: time.Second, Cache: 64, Codec: codec}
	go func() { done <- c.Run(ctx, newFunction(logging.NewNopLogger(), 0, nil)) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithDefaultCallOptions(grpc.WaitForReady(true), grpc.MaxCallRecvMsgSize(64<<20)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() }) // The server has stopped.
	return fnv1.NewFunctionRunnerServiceClient(connection)
}
