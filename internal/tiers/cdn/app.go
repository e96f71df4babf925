package cdn

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudfront"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// AWS's managed policies, which are the same in every account (AWS documentation,
// "Use managed cache policies" and "Use managed origin request policies").
const (
	cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
	// cachingByOrigin follows Cache-Control, with all cookies and query strings in
	// the cache key.
	cachingByOrigin = "4cc15a8a-d715-48a4-82b8-cc0b614638fe"
	// allViewerButHostHeader is for a load balancer whose certificate has another
	// name than the visitor's host.
	allViewerButHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
	// allViewer also forwards the visitor's protocol.
	allViewer = "33f36d7e-f396-46d9-90e0-52428a34d9dc"
)

// upstream is a target for some paths of the shop.
type upstream struct {
	// origin is its origin in the distribution.
	origin cloudfront.OriginParameters
	paths  []string
	// requestPolicy is the origin request policy.
	requestPolicy string
	// needs lists the facts that the distribution waits for.
	needs []facts.Fact
}

// upstreams returns all targets other than files.
func upstreams(s *settings.Settings, observed facts.Observed, set *desired.Set) []upstream {
	var out []upstream
	if b := loadBalancer(s, observed, set); b != nil {
		out = append(out, b.upstream(observed))
	}
	return append(out, functions(s, observed, set)...)
}

// balancer is a load balancer as an origin.
type balancer struct {
	// origin is the resource of its VPC origin.
	origin string
	// endpoint is the endpoint of the VPC origin.
	endpoint cloudfront.VPCOriginEndpointConfigParameters
	// domain is its host name.
	domain        facts.Fact
	paths         []string
	requestPolicy string
	// readTimeout is the timeout of a response in seconds.
	readTimeout int
}

// readTimeout is CloudFront's default timeout of a response in seconds.
const readTimeout = 30

// loadBalancer returns the application's load balancer. It is nil if there is none.
func loadBalancer(s *settings.Settings, observed facts.Observed, set *desired.Set) *balancer {
	switch {
	case s.App.LoadBalancer != nil:
		return existingLoadBalancer(s, s.App.LoadBalancer)
	case len(s.App.Balanced()) > 0:
		return ownLoadBalancer(s, observed, set)
	default:
		return nil
	}
}

// existingLoadBalancer returns the claim's load balancer, which is called only with
// HTTPS. Another one needs another origin.
func existingLoadBalancer(s *settings.Settings, app *v1alpha1.LoadBalancer) *balancer {
	digest := naming.Hash(app.ARN)
	return &balancer{
		origin:        composed.AppOrigin(digest),
		endpoint:      cloudfront.VPCOriginEndpointConfigParameters{Name: new(s.Stack + "-app-" + digest), Arn: new(app.ARN), OriginProtocolPolicy: new("https-only")},
		domain:        facts.Fact{Resource: facts.Claim, Path: "spec.app.loadBalancer.domainName", Value: app.DomainName},
		paths:         app.Paths,
		requestPolicy: allViewerButHostHeader,
		readTimeout:   readTimeout,
	}
}

// ownLoadBalancer returns the stack's load balancer. Each protocol needs its own
// origin. The visitor's host is forwarded: shops depend on it, and the load
// balancer's certificate is for it.
func ownLoadBalancer(s *settings.Settings, observed facts.Observed, set *desired.Set) *balancer {
	p := kit.AppProtocol(s, observed)
	var paths []string
	for _, service := range s.App.Balanced() {
		paths = append(paths, service.Answered()...)
	}
	return &balancer{
		origin: kit.AppOrigin(p),
		endpoint: cloudfront.VPCOriginEndpointConfigParameters{
			Name: new(s.Stack + "-app-" + p.Name), ArnRef: set.Ref(composed.AppLoadBalancer), OriginProtocolPolicy: new(p.Name + "-only"),
		},
		domain:        observed.Fact(composed.AppLoadBalancer, "status.atProvider.dnsName"),
		paths:         paths,
		requestPolicy: allViewer,
		readTimeout:   s.App.LongestAnswer(),
	}
}

// composeAppOrigin allows CloudFront to reach the application's load balancer in
// its VPC (AWS documentation, "Restrict access with VPC origins"). CloudFront
// cannot change or delete an origin in use (terraform-provider-aws 40905). A change
// therefore creates another origin, and the previous one is kept until the
// distribution no longer uses it.
func composeAppOrigin(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := ""
	if app := loadBalancer(s, observed, set); app != nil {
		current = app.origin
		endpoint := app.endpoint
		endpoint.HTTPPort, endpoint.HTTPSPort = new(float64(kit.HTTP.Port)), new(float64(kit.HTTPS.Port))
		endpoint.OriginSSLProtocols = &cloudfront.OriginSSLProtocolsParameters{Items: kit.Pointers([]string{"TLSv1.2"}), Quantity: new(float64(1))}
		set.Add(current, &cloudfront.VPCOrigin{Spec: cloudfront.VPCOriginSpec{ForProvider: cloudfront.VPCOriginParameters{
			VPCOriginEndpointConfig: &endpoint,
		}}}, desired.Needs(app.reachable(s, observed)...))
	}
	kit.HoldOthers(observed, set, current, composed.IsAppOrigin, func(r string) bool { return mayServe(observed, r, current) })
}

// mayServe reports whether the distribution may still use an origin other than the
// current one. current is empty if there is none.
func mayServe(observed facts.Observed, origin, current string) bool {
	if current != "" {
		return !kit.LeftFor(observed, current) || kit.ServesFrom(observed, origin)
	}
	return kit.ServesFrom(observed, origin)
}

// reachable returns the facts that CloudFront requires of the stack's load
// balancer: its listener.
func (b *balancer) reachable(s *settings.Settings, observed facts.Observed) []facts.Fact {
	if s.App.LoadBalancer != nil || observed.Has(b.origin) {
		return nil
	}
	return []facts.Fact{observed.Ready(composed.AppListener(kit.AppProtocol(s, observed).Name))}
}

// upstream converts the load balancer to a target.
func (b *balancer) upstream(observed facts.Observed) upstream {
	id := observed.ExternalName(b.origin)
	return upstream{
		origin: cloudfront.OriginParameters{
			OriginID:        new("app"),
			DomainName:      new(b.domain.Value),
			VPCOriginConfig: &cloudfront.VPCOriginConfigParameters{VPCOriginID: new(id.Value), OriginReadTimeout: new(float64(b.readTimeout)), OriginKeepaliveTimeout: new(float64(5))},
		},
		paths:         b.paths,
		requestPolicy: b.requestPolicy,
		needs:         []facts.Fact{id, observed.Ready(b.origin), b.domain},
	}
}

// allMethods lists the methods that an application accepts.
var allMethods = []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}

// behavior returns the cache behavior of a path: all methods, no caching, and the
// same security headers as files.
func (u upstream) behavior(path string, files *cloudfront.DefaultCacheBehaviorParameters) cloudfront.OrderedCacheBehaviorParameters {
	return cloudfront.OrderedCacheBehaviorParameters{
		PathPattern:             new(path),
		TargetOriginID:          u.origin.OriginID,
		ViewerProtocolPolicy:    new("redirect-to-https"),
		AllowedMethods:          kit.Pointers(allMethods),
		CachedMethods:           files.CachedMethods,
		Compress:                new(true),
		CachePolicyID:           new(cachingDisabled),
		OriginRequestPolicyID:   new(u.requestPolicy),
		ResponseHeadersPolicyID: files.ResponseHeadersPolicyID,
		RealtimeLogConfigArn:    files.RealtimeLogConfigArn,
	}
}

// serve adds the application's paths to the distribution, and returns the facts
// that they need. If the application answers all paths, it becomes the default, and
// files get the claim's paths.
func serve(s *settings.Settings, observed facts.Observed, d *cloudfront.DistributionParameters, application []upstream) ([]cloudfront.OrderedCacheBehaviorParameters, []facts.Fact) {
	files := d.DefaultCacheBehavior
	var needs []facts.Fact
	byPath := map[string]cloudfront.OrderedCacheBehaviorParameters{}
	for _, u := range application {
		d.Origin = append(d.Origin, u.origin)
		for _, path := range u.paths {
			byPath[path] = u.behavior(path, files)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(byPath)) {
		if by, ok := cachedPath(s.App, path); ok {
			kept := byPath[path]
			needs = append(needs, by.keep(observed, &kept)...)
			byPath[path] = kept
		}
	}
	if everything, ok := byPath[settings.EveryPath]; ok {
		delete(byPath, settings.EveryPath)
		d.DefaultCacheBehavior = &cloudfront.DefaultCacheBehaviorParameters{
			TargetOriginID:          everything.TargetOriginID,
			ViewerProtocolPolicy:    everything.ViewerProtocolPolicy,
			AllowedMethods:          everything.AllowedMethods,
			CachedMethods:           everything.CachedMethods,
			Compress:                everything.Compress,
			CachePolicyID:           everything.CachePolicyID,
			OriginRequestPolicyID:   everything.OriginRequestPolicyID,
			ResponseHeadersPolicyID: everything.ResponseHeadersPolicyID,
			RealtimeLogConfigArn:    everything.RealtimeLogConfigArn,
		}
		for _, path := range s.Assets.Paths {
			byPath[path] = filesBehavior(path, files)
		}
	}
	var out []cloudfront.OrderedCacheBehaviorParameters
	for _, path := range slices.Sorted(maps.Keys(byPath)) {
		out = append(out, byPath[path])
	}
	return out, needs
}

// cachedPath returns the caching of a path, if it may be cached. A path has one
// behavior for all hosts, so all of its services must allow caching. Cookies are
// omitted if none of them needs them.
func cachedPath(app settings.App, path string) (cached, bool) {
	var out []cached
	for _, service := range app.Web() {
		if slices.Contains(service.Paths, path) {
			return cached{}, false
		}
		if slices.Contains(service.CachedPaths, path) {
			out = append(out, cachedBy(service))
		}
	}
	if len(out) == 0 {
		return cached{}, false
	}
	if i := slices.IndexFunc(out, func(c cached) bool { return c.cookies }); i > 0 {
		return out[i], true
	}
	return out[0], true
}

// filesBehavior returns the cache behavior of files below a path.
func filesBehavior(path string, files *cloudfront.DefaultCacheBehaviorParameters) cloudfront.OrderedCacheBehaviorParameters {
	return cloudfront.OrderedCacheBehaviorParameters{
		PathPattern:             new(path),
		TargetOriginID:          files.TargetOriginID,
		ViewerProtocolPolicy:    files.ViewerProtocolPolicy,
		AllowedMethods:          files.AllowedMethods,
		CachedMethods:           files.CachedMethods,
		Compress:                files.Compress,
		CachePolicyID:           files.CachePolicyID,
		ResponseHeadersPolicyID: files.ResponseHeadersPolicyID,
		RealtimeLogConfigArn:    files.RealtimeLogConfigArn,
	}
}

// mostSpecificFirst sorts behaviors by specificity, because CloudFront uses the
// first one that matches.
func mostSpecificFirst(behaviors []cloudfront.OrderedCacheBehaviorParameters) []cloudfront.OrderedCacheBehaviorParameters {
	return slices.SortedStableFunc(slices.Values(behaviors), func(a, b cloudfront.OrderedCacheBehaviorParameters) int {
		return cmp.Compare(specific(*b.PathPattern), specific(*a.PathPattern))
	})
}

// specific returns the number of fixed characters in a pattern.
func specific(pattern string) int {
	before, _, _ := strings.Cut(pattern, "*")
	return len(before)
}
