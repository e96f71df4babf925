package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/crossplane/function-sdk-go/logging"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/request"
	sdkresponse "github.com/crossplane/function-sdk-go/response"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cache"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/compose"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/controls"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/readiness"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/response"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

const errPanic = "internal error, please report it: %v"

// Function composes secure e-commerce stacks.
type Function struct {
	fnv1.UnimplementedFunctionRunnerServiceServer

	log     logging.Logger
	cache   *cache.Cache
	compose cache.Compose
}

// newFunction returns a function with a response cache of a maximum size in bytes.
// If clock is set, it logs slow calls. It loads data for the first response in the
// background.
func newFunction(log logging.Logger, remember int, clock func() time.Time) *Function {
	go claim.Schema()
	go controls.All()
	return &Function{log: log, cache: cache.New(remember, clock), compose: compose.Compose}
}

// RunFunction returns all resources of a stack and their state. Errors are fatal
// results, for which Crossplane changes nothing. The returned error is always nil.
func (f *Function) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	rsp, err := f.guarded(req)
	if err != nil {
		f.log.Info("Refused", "xr", name(req), "tag", req.GetMeta().GetTag(), "error", err.Error())
		return refusal(req, err), nil
	}
	f.log.Debug("Answered", "xr", name(req), "tag", req.GetMeta().GetTag(), "ttl", rsp.GetMeta().GetTtl().AsDuration())
	return rsp, nil
}

// guarded converts a panic to an error, so that a bug in one stack does not affect
// the others.
func (f *Function) guarded(req *fnv1.RunFunctionRequest) (rsp *fnv1.RunFunctionResponse, err error) { //nolint:nonamedreturns // A recovered panic can only set the named result.
	defer func() {
		if p := recover(); p != nil {
			f.log.Info("Recovered from a panic", "xr", name(req), "tag", req.GetMeta().GetTag(), "panic", p, "stack", string(debug.Stack()))
			rsp, err = nil, fmt.Errorf(errPanic, p)
		}
	}()
	// Every reconcile starts with such a call. Caching its response would evict the
	// stack's.
	if platform.Awaits(req) && request.HasCapability(req, fnv1.Capability_CAPABILITY_REQUIRED_RESOURCES) {
		return awaiting(req), nil
	}
	return f.cache.Respond(req, f.compose) //nolint:wrapcheck // An error of this project, with its own context.
}

// awaiting returns the response to a call without required resources. Crossplane
// ignores its content, fetches the resources and calls again.
func awaiting(req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
	rsp := sdkresponse.To(req, compose.TTL(readiness.Soon))
	rsp.Requirements = platform.Requirements(req)
	return rsp
}

// refusal returns a fatal result, for which Crossplane changes nothing.
func refusal(req *fnv1.RunFunctionRequest, err error) *fnv1.RunFunctionResponse {
	rsp := sdkresponse.To(req, compose.TTL(readiness.Settled))
	rsp.Requirements = platform.Requirements(req)
	kind := claim.KindOf(req.GetObserved().GetComposite())
	response.Refuse(rsp, facts.From(req), tiers.Of(claim.IsAccount(kind)), reason(err), err)
	return rsp
}

// reason attributes an error to the app team, the platform team or this function.
func reason(err error) string {
	if invalid := (claim.InvalidError{}); errors.As(err, &invalid) {
		return "InvalidSpec"
	}
	if invalid := (platform.InvalidError{}); errors.As(err, &invalid) || errors.Is(err, platform.ErrAwaited) || errors.Is(err, platform.ErrAccountsAwaited) {
		return "InvalidInput"
	}
	return "InternalError"
}

// name returns the composite's name for logs.
func name(req *fnv1.RunFunctionRequest) string {
	metadata := wire.Object(req.GetObserved().GetComposite()).Field("metadata").Struct()
	return strings.TrimPrefix(metadata.Field("namespace").Text()+"/"+metadata.Field("name").Text(), "/")
}
