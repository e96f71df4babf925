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

// newFunction returns the function, which remembers answers in so many bytes, and
// tells by the clock, if it has one, what takes too long. What the first answer
// needs is read in the meantime.
func newFunction(log logging.Logger, remember int, clock func() time.Time) *Function {
	go claim.Schema()
	go controls.All()
	return &Function{log: log, cache: cache.New(remember, clock), compose: compose.Compose}
}

// RunFunction answers with every resource of a stack and how far it is. What
// cannot be answered is a fatal result, on which Crossplane leaves everything as
// it is; the error is always nil.
func (f *Function) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	log := f.log.WithValues("xr", name(req), "tag", req.GetMeta().GetTag())
	rsp, err := f.guarded(log, req)
	if err != nil {
		log.Info("Refused", "error", err.Error())
		return refusal(req, err), nil
	}
	log.Debug("Answered", "ttl", rsp.GetMeta().GetTtl().AsDuration())
	return rsp, nil
}

// guarded turns a panic into an error: a fault in one stack must not take the
// others down.
func (f *Function) guarded(log logging.Logger, req *fnv1.RunFunctionRequest) (rsp *fnv1.RunFunctionResponse, err error) { //nolint:nonamedreturns // A recovery has no other way to return.
	defer func() {
		if p := recover(); p != nil {
			log.Info("Recovered from a panic", "panic", p, "stack", string(debug.Stack()))
			rsp, err = nil, fmt.Errorf(errPanic, p)
		}
	}()
	// Every reconcile begins with such a call: to remember its answer would be to
	// forget the stack's.
	if platform.Awaits(req) && request.HasCapability(req, fnv1.Capability_CAPABILITY_REQUIRED_RESOURCES) {
		return awaiting(req), nil
	}
	return f.cache.Respond(req, f.compose) //nolint:wrapcheck // Our own, which says what it is about.
}

// awaiting is the answer to a call that lacks what the function requires.
// Crossplane does not act on it: it hands over what is required and calls again.
func awaiting(req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
	rsp := sdkresponse.To(req, compose.TTL(readiness.Soon))
	rsp.Requirements = platform.Requirements(req)
	return rsp
}

// refusal is a fatal answer, on which Crossplane leaves everything as it is.
func refusal(req *fnv1.RunFunctionRequest, err error) *fnv1.RunFunctionResponse {
	rsp := sdkresponse.To(req, compose.TTL(readiness.Settled))
	rsp.Requirements = platform.Requirements(req)
	response.Refuse(rsp, facts.From(req), tiers.All(), reason(err), err)
	return rsp
}

// reason tells whose mistake it is: the app team's, the platform's or ours.
func reason(err error) string {
	if invalid := (claim.InvalidError{}); errors.As(err, &invalid) {
		return "InvalidSpec"
	}
	if invalid := (platform.InvalidError{}); errors.As(err, &invalid) || errors.Is(err, platform.ErrAwaited) {
		return "InvalidInput"
	}
	return "InternalError"
}

// name is the composite's for the log.
func name(req *fnv1.RunFunctionRequest) string {
	metadata := wire.Object(req.GetObserved().GetComposite()).Field("metadata").Struct()
	return strings.TrimPrefix(metadata.Field("namespace").Text()+"/"+metadata.Field("name").Text(), "/")
}
