package cdn

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	cloudfront "github.com/upbound/provider-aws/v2/apis/namespaced/cloudfront/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// Policies that AWS keeps, the same in every account (AWS documentation, "Use
// managed cache policies" and "Use managed origin request policies").
const (
	cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
	// cachingByOrigin keeps what Cache-Control says, for each cookie and query string.
	cachingByOrigin = "4cc15a8a-d715-48a4-82b8-cc0b614638fe"
	// allViewerButHostHeader is for a load balancer that has a certificate of another
	// name than visitors ask by.
	allViewerButHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
	// allViewer also says which protocol visitors call by.
	allViewer = "33f36d7e-f396-46d9-90e0-52428a34d9dc"
)

// upstream is what answers some paths of the shop, as the distribution knows it.
type upstream struct {
	// origin is what it is read from.
	origin cloudfront.OriginParameters
	paths  []string
	// requestPolicy is what of a request it is told.
	requestPolicy string
	// needs is what must be known before the distribution can call it.
	needs []facts.Fact
}

// upstreams is everything that answers visitors beside files.
func upstreams(s *settings.Settings, observed facts.Observed, set *desired.Set) []upstream {
	var out []upstream
	if b := loadBalancer(s, observed, set); b != nil {
		out = append(out, b.upstream(observed))
	}
	return append(out, functions(s, observed, set)...)
}

// balancer is a load balancer as the distribution knows it.
type balancer struct {
	// origin is the resource by which CloudFront calls it.
	origin string
	// endpoint is where that leads.
	endpoint cloudfront.VPCOriginEndpointConfigParameters
	// domain is the name that it is called by.
	domain        facts.Fact
	paths         []string
	requestPolicy string
	// readTimeout is how many seconds an answer may take.
	readTimeout int
}

// readTimeout is how many seconds CloudFront waits for an answer by default.
const readTimeout = 30

// loadBalancer is the one that leads visitors to the application, nil if there is
// none.
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

// existingLoadBalancer is one that the claim names, called by HTTPS only. Another
// one is another origin.
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

// ownLoadBalancer is the one of the stack's services. Each protocol is another
// origin. Visitors' host names are passed on, which shops go by, and which the
// load balancer's certificate is for.
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

// composeAppOrigin lets CloudFront reach the application's load balancer inside
// of its VPC (AWS documentation, "Restrict access with VPC origins"). CloudFront
// changes and deletes none that a distribution uses (terraform-provider-aws
// 40905), so what changes is another origin, and one that is no longer asked for
// stays until the distribution has left it.
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

// mayServe reports whether the distribution may still call an origin beside the one
// that it is to call; current is empty if that is none.
func mayServe(observed facts.Observed, origin, current string) bool {
	if current != "" {
		return !kit.LeftFor(observed, current) || kit.ServesFrom(observed, origin)
	}
	return kit.ServesFrom(observed, origin)
}

// reachable is what CloudFront wants of the stack's own load balancer: that it
// listens.
func (b *balancer) reachable(s *settings.Settings, observed facts.Observed) []facts.Fact {
	if s.App.LoadBalancer != nil || observed.Has(b.origin) {
		return nil
	}
	return []facts.Fact{observed.Ready(composed.AppListener(kit.AppProtocol(s, observed).Name))}
}

// upstream is the load balancer as one of what answers visitors.
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

// allMethods is what an application may be asked.
var allMethods = []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}

// behavior is how one of its paths is served: with all methods,
// never from the cache, with the same headers for browsers.
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

// serve returns how the application's paths are served, and what must be known for
// it. Where those are all, it is the default, and files are found by the paths that the
// claim says.
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

// cachedPath is how answers to a path are kept, if they may be: a path is served in one
// way for all hosts, so that all services that answer it have to agree. Cookies
// are left out if they all do without.
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

// filesBehavior is how files are served below a path.
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

// mostSpecificFirst returns behaviors in the order in which CloudFront has to try
// them: it takes the first one whose path matches.
func mostSpecificFirst(behaviors []cloudfront.OrderedCacheBehaviorParameters) []cloudfront.OrderedCacheBehaviorParameters {
	return slices.SortedStableFunc(slices.Values(behaviors), func(a, b cloudfront.OrderedCacheBehaviorParameters) int {
		return cmp.Compare(specific(*b.PathPattern), specific(*a.PathPattern))
	})
}

// specific returns how many characters of a path a pattern is certain of.
func specific(pattern string) int {
	before, _, _ := strings.Cut(pattern, "*")
	return len(before)
}
