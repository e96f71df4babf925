// Package compose connects the steps of a call.
package compose

import (
	"errors"
	"time"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	sdkresponse "github.com/crossplane/function-sdk-go/response"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cost"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/readiness"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/response"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/schema"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers"
)

// ttl is the interval after which Crossplane calls again. It depends on how soon
// the stack's next step is expected. It matters while Crossplane's watch circuit
// breaker is open (docs/operations.md lists its limits).
var ttl = map[readiness.Pace]time.Duration{
	readiness.Soon:    time.Second,
	readiness.Slow:    5 * time.Second,
	readiness.Stuck:   30 * time.Second,
	readiness.Settled: time.Minute,
}

// TTL returns the interval after which Crossplane shall call again.
func TTL(pace readiness.Pace) time.Duration { return ttl[pace] }

// interval is like TTL. For a ready stack, the platform can choose a longer one: an
// event starts a reconcile anyway, and each reconcile applies every resource.
func interval(pace readiness.Pace, in *v1alpha1.Input) time.Duration {
	if pace == readiness.Settled && in.PollIntervalMinutes > 0 {
		return time.Duration(in.PollIntervalMinutes) * time.Minute
	}
	return ttl[pace]
}

const (
	errSettings = "cannot compute the settings"
	errInput    = "function input is not valid"
	errCost     = "the stack exceeds the platform's limits"
	errAnswer   = "cannot write the response"
)

// Compose performs all steps of a call: request, claim, settings and facts, tiers,
// desired resources, response. It gets facts instead of observed resources, so the
// request does not contain any.
func Compose(req *fnv1.RunFunctionRequest, observed facts.Observed) (*fnv1.RunFunctionResponse, error) {
	in, limitsFrom, err := platform.Input(req)
	if err != nil {
		return nil, schema.Within(errInput, err)
	}
	accounts, err := platform.Accounts(req)
	if err != nil {
		return nil, schema.Within(errInput, err)
	}
	c, err := claim.From(req.GetObserved().GetComposite().GetResource())
	if err != nil {
		return nil, schema.Within(claim.NotValid, err)
	}
	s, err := settings.Decide(c, in, accounts, observed)
	if invalid := (claim.InvalidError{}); errors.As(err, &invalid) {
		return nil, schema.Within(claim.NotValid, err)
	}
	if err != nil {
		return nil, schema.Within(errSettings, err)
	}
	if err := settings.Allow(c, s, in.Limits, limitsFrom); err != nil {
		return nil, schema.Within(claim.NotValid, err)
	}
	set := desired.NewSet(s, observed)
	tiers.Compose(s, observed, set)
	if err := cost.Allow(in.Limits, limitsFrom, set); err != nil {
		return nil, schema.Within(errCost, err)
	}
	rsp := sdkresponse.To(req, ttl[readiness.Settled])
	pace, err := response.Write(rsp, s, observed, tiers.Of(c.IsAccount), set)
	if err != nil {
		return nil, schema.Within(errAnswer, err)
	}
	rsp.Meta.Ttl = durationpb.New(interval(pace, in))
	rsp.Requirements = platform.Requirements(req)
	return rsp, nil
}
