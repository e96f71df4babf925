package cdn

import (
	"slices"

	cloudfront "github.com/upbound/provider-aws/v2/apis/namespaced/cloudfront/v1beta1"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// cached is how answers of a service are kept that may be kept.
type cached struct {
	// policy is the resource of the stack's own policy, empty where one of AWS's does.
	policy string
	// cookies is whether an answer is kept for each cookie apart, and the service gets
	// them.
	cookies bool
	// host is whether it is kept for each of the shop's names apart, and the service
	// gets that. A function is called by its own name only.
	host bool
}

// cachedBy is how the answers of a service are kept. AWS's policies that go by
// Cache-Control have the host and all cookies in the key, and what is in the key is
// also sent to the origin (Amazon CloudFront API Reference,
// "ParametersInCacheKeyAndForwardedToOrigin").
func cachedBy(service settings.Service) cached {
	c := cached{cookies: service.CachedPathsCookies != v1alpha1.CachedCookiesNone, host: !service.Lambda()}
	switch {
	case c.host && c.cookies:
		return c
	case c.host:
		c.policy = composed.CachePolicy("shared")
	case c.cookies:
		c.policy = composed.CachePolicy("function")
	default:
		c.policy = composed.CachePolicy("function-shared")
	}
	return c
}

// composeCachePolicies adds the stack's own cache policies. CloudFront deletes none that
// a distribution uses.
func composeCachePolicies(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := map[string]bool{}
	for _, service := range s.App.Web() {
		c := cachedBy(service)
		if len(service.CachedPaths) == 0 || c.policy == "" || current[c.policy] {
			continue
		}
		current[c.policy] = true
		set.Add(c.policy, c.resource(s))
	}
	for _, r := range observed.Names() {
		if composed.IsCachePolicy(r) && !current[r] && keepsBy(observed, r) {
			set.Hold(r)
		}
	}
}

// resource is the policy: as long as Cache-Control says, not at all where it says
// nothing. What is compressed is kept apart.
func (c cached) resource(s *settings.Settings) *cloudfront.CachePolicy {
	// By which protocol visitors call, which is HTTPS, is said by a header that
	// services go by where CloudFront itself calls by HTTP.
	headers := []string{"CloudFront-Forwarded-Proto", "Origin"}
	if c.host {
		headers = append(headers, "Host")
	}
	slices.Sort(headers)
	cookies := "none"
	if c.cookies {
		cookies = "all"
	}
	return &cloudfront.CachePolicy{Spec: cloudfront.CachePolicySpec{ForProvider: cloudfront.CachePolicyParameters{
		Name:    new(s.Stack + "-" + c.policy),
		Comment: new("Caches responses of " + s.Stack + " by their Cache-Control"),
		// Zero seconds where Cache-Control says nothing.
		DefaultTTL: new(float64(0)), MinTTL: new(float64(0)), MaxTTL: new(float64(31536000)),
		ParametersInCacheKeyAndForwardedToOrigin: &cloudfront.ParametersInCacheKeyAndForwardedToOriginParameters{
			CookiesConfig:              &cloudfront.CookiesConfigParameters{CookieBehavior: new(cookies)},
			HeadersConfig:              &cloudfront.HeadersConfigParameters{HeaderBehavior: new("whitelist"), Headers: &cloudfront.HeadersParameters{Items: kit.Pointers(headers)}},
			QueryStringsConfig:         &cloudfront.QueryStringsConfigParameters{QueryStringBehavior: new("all")},
			EnableAcceptEncodingBrotli: new(true), EnableAcceptEncodingGzip: new(true),
		},
	}}}
}

// keep has the answers of a path kept, and returns what must be known for it.
func (c cached) keep(observed facts.Observed, behavior *cloudfront.OrderedCacheBehaviorParameters) []facts.Fact {
	if !c.cookies {
		// What the key does not have the service would get by this one.
		behavior.OriginRequestPolicyID = nil
	}
	if c.policy == "" {
		behavior.CachePolicyID = new(cachingByOrigin)
		return nil
	}
	id := observed.ExternalName(c.policy)
	behavior.CachePolicyID = new(id.Value)
	return []facts.Fact{id}
}

// keepsBy reports whether the distribution may still keep answers by a policy. Where
// the distribution is not known it may.
func keepsBy(observed facts.Observed, r string) bool {
	id := observed.ExternalName(r)
	return id.Known() && servesBy(observed, func(behavior *structpb.Struct) bool {
		return behavior.GetFields()["cachePolicyId"].GetStringValue() == id.Value
	})
}

// servesBy reports whether the distribution may serve a path in some way. Where the
// distribution is not known it may.
func servesBy(observed facts.Observed, way func(behavior *structpb.Struct) bool) bool {
	if observed.Value(composed.Distribution, "status.atProvider.origin") == nil {
		return true
	}
	behaviors := observed.Value(composed.Distribution, "status.atProvider.orderedCacheBehavior").GetListValue().GetValues()
	return slices.ContainsFunc(behaviors, func(b *structpb.Value) bool { return way(b.GetStructValue()) })
}
