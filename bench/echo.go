package main

import (
	"context"
	"time"

	"github.com/crossplane/function-sdk-go"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/response"
)

// echo is the minimal function on the SDK: it returns the desired state that it
// received. All functions on the SDK cost at least as much.
type echo struct {
	fnv1.UnimplementedFunctionRunnerServiceServer
}

// RunFunction returns the desired state of earlier functions.
func (echo) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	return response.To(req, time.Minute), nil
}

func serveEcho(address string) error {
	return function.Serve(echo{}, function.Listen("tcp", address), function.Insecure(true), function.WithMetricsServer(""))
}
