package cdn

import (
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudfront"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// cached is the caching of a service's responses.
type cached struct {
	// policy is the resource of the stack's own cache policy. It is empty for a
	// managed policy.
	policy string
	// cookies reports whether the cache key contains cookies, which are then
	// forwarded to the service.
	cookies bool
	// host reports whether the cache key contains the visitor's host, which is then
	// forwarded. A function only accepts its own host.
	host bool
}

// cachedBy returns the caching of a service's responses. AWS's managed policies for
// Cache-Control have the host and all cookies in the key. The key is also forwarded
// to the origin (Amazon CloudFront API Reference,
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

// composeCachePolicies adds the stack's own cache policies. CloudFront does not
// delete a policy in use.
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

// resource returns the policy. It follows Cache-Control, without a default TTL.
// Compressed responses are cached separately.
func (c cached) resource(s *settings.Settings) *cloudfront.CachePolicy {
	// The visitor's protocol is always HTTPS. Services depend on this header if
	// CloudFront calls them with HTTP.
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
		// Zero seconds where Cache-Control is absent.
		DefaultTTL: new(float64(0)), MinTTL: new(float64(0)), MaxTTL: new(float64(31536000)),
		ParametersInCacheKeyAndForwardedToOrigin: &cloudfront.ParametersInCacheKeyAndForwardedToOriginParameters{
			CookiesConfig:              &cloudfront.CookiesConfigParameters{CookieBehavior: new(cookies)},
			HeadersConfig:              &cloudfront.HeadersConfigParameters{HeaderBehavior: new("whitelist"), Headers: &cloudfront.HeadersParameters{Items: kit.Pointers(headers)}},
			QueryStringsConfig:         &cloudfront.QueryStringsConfigParameters{QueryStringBehavior: new("all")},
			EnableAcceptEncodingBrotli: new(true), EnableAcceptEncodingGzip: new(true),
		},
	}}}
}

// keep enables caching of a path, and returns the facts that it needs.
func (c cached) keep(observed facts.Observed, behavior *cloudfront.OrderedCacheBehaviorParameters) []facts.Fact {
	if !c.cookies {
		// This policy would forward more than the cache key.
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

// keepsBy reports whether the distribution may still use a cache policy. If the
// distribution is unknown, it may.
func keepsBy(observed facts.Observed, r string) bool {
	id := observed.ExternalName(r)
	return id.Known() && servesBy(observed, func(behavior *structpb.Struct) bool {
		return behavior.GetFields()["cachePolicyId"].GetStringValue() == id.Value
	})
}

// servesBy reports whether the distribution may have a matching behavior. If the
// distribution is unknown, it may.
func servesBy(observed facts.Observed, way func(behavior *structpb.Struct) bool) bool {
	if observed.Value(composed.Distribution, "status.atProvider.origin") == nil {
		return true
	}
	behaviors := observed.Value(composed.Distribution, "status.atProvider.orderedCacheBehavior").GetListValue().GetValues()
	return slices.ContainsFunc(behaviors, func(b *structpb.Value) bool { return way(b.GetStructValue()) })
}
