package main

import (
	"context"
	"time"

	"github.com/crossplane/function-sdk-go"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/response"
)

// echo is the least that a function on the SDK can do: it answers with what it
// was asked. It is the floor that all functions on the SDK stand on.
type echo struct {
	fnv1.UnimplementedFunctionRunnerServiceServer
}

// RunFunction answers with what earlier functions desire.
func (echo) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	return response.To(req, time.Minute), nil
}

func serveEcho(address string) error {
	return function.Serve(echo{}, function.Listen("tcp", address), function.Insecure(true), function.WithMetricsServer(""))
}
