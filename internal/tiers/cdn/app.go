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

// originApp is the application's name within the distribution.
const originApp = "app"

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

// upstream is the application as the distribution knows it.
type upstream struct {
	// origin is the resource by which CloudFront calls it.
	origin string
	// endpoint is where that leads.
	endpoint cloudfront.VPCOriginEndpointConfigParameters
	// domain is the name that it is called by.
	domain facts.Fact
	// requestPolicy is what of a request it is told.
	requestPolicy string
}

// application is what answers visitors beside files, nil if nothing does.
func application(s *settings.Settings, observed facts.Observed, set *desired.Set) *upstream {
	switch {
	case s.App.LoadBalancer != nil:
		return existingLoadBalancer(s, s.App.LoadBalancer)
	case len(s.App.Web()) > 0:
		return ownLoadBalancer(s, observed, set)
	default:
		return nil
	}
}

// existingLoadBalancer is one that the claim names, called by HTTPS only. Another
// one is another origin.
func existingLoadBalancer(s *settings.Settings, app *v1alpha1.LoadBalancer) *upstream {
	digest := naming.Hash(app.ARN)
	return &upstream{
		origin:        composed.AppOrigin(digest),
		endpoint:      cloudfront.VPCOriginEndpointConfigParameters{Name: new(s.Stack + "-app-" + digest), Arn: new(app.ARN), OriginProtocolPolicy: new("https-only")},
		domain:        facts.Fact{Resource: facts.Claim, Path: "spec.app.loadBalancer.domainName", Value: app.DomainName},
		requestPolicy: allViewerButHostHeader,
	}
}

// ownLoadBalancer is the one of the stack's services. Each protocol is another
// origin. Visitors' host names are passed on, which shops go by, and which the
// load balancer's certificate is for.
func ownLoadBalancer(s *settings.Settings, observed facts.Observed, set *desired.Set) *upstream {
	p := kit.AppProtocol(s, observed)
	return &upstream{
		origin: kit.AppOrigin(p),
		endpoint: cloudfront.VPCOriginEndpointConfigParameters{
			Name: new(s.Stack + "-app-" + p.Name), ArnRef: set.Ref(composed.AppLoadBalancer), OriginProtocolPolicy: new(p.Name + "-only"),
		},
		domain:        observed.Fact(composed.AppLoadBalancer, "status.atProvider.dnsName"),
		requestPolicy: allViewer,
	}
}

// composeAppOrigin lets CloudFront reach the application's load balancer inside
// of its VPC (AWS documentation, "Restrict access with VPC origins"). CloudFront
// changes and deletes none that a distribution uses (terraform-provider-aws
// 40905), so what changes is another origin, and one that is no longer asked for
// stays until the distribution has left it.
func composeAppOrigin(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := ""
	if app := application(s, observed, set); app != nil {
		current = app.origin
		endpoint := app.endpoint
		endpoint.HTTPPort, endpoint.HTTPSPort = new(float64(kit.HTTP.Port)), new(float64(kit.HTTPS.Port))
		endpoint.OriginSSLProtocols = &cloudfront.OriginSSLProtocolsParameters{Items: kit.Pointers([]string{"TLSv1.2"}), Quantity: new(float64(1))}
		set.Add(current, &cloudfront.VPCOrigin{Spec: cloudfront.VPCOriginSpec{ForProvider: cloudfront.VPCOriginParameters{
			VPCOriginEndpointConfig: &endpoint,
		}}}, desired.Needs(app.reachable(s, observed)...))
	}
	for _, r := range observed.Names() {
		if composed.IsAppOrigin(r) && r != current && kit.ServesFrom(observed, r) {
			set.Hold(r)
		}
	}
}

// reachable is what CloudFront wants of the stack's own load balancer: that it
// listens.
func (u *upstream) reachable(s *settings.Settings, observed facts.Observed) []facts.Fact {
	if s.App.LoadBalancer != nil || observed.Has(u.origin) {
		return nil
	}
	return []facts.Fact{observed.Ready(composed.AppListener(kit.AppProtocol(s, observed).Name))}
}

// parameters is what the distribution reads the application's answers from.
func (u *upstream) parameters(id facts.Fact) cloudfront.OriginParameters {
	return cloudfront.OriginParameters{
		OriginID:        new(originApp),
		DomainName:      new(u.domain.Value),
		VPCOriginConfig: &cloudfront.VPCOriginConfigParameters{VPCOriginID: new(id.Value), OriginReadTimeout: new(float64(30)), OriginKeepaliveTimeout: new(float64(5))},
	}
}

// allMethods is what an application may be asked.
var allMethods = []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}

// behavior is how one of the application's paths is served: with all methods,
// never from the cache, with the same headers for browsers.
func (u *upstream) behavior(path string, files *cloudfront.DefaultCacheBehaviorParameters) cloudfront.OrderedCacheBehaviorParameters {
	return cloudfront.OrderedCacheBehaviorParameters{
		PathPattern:             new(path),
		TargetOriginID:          new(originApp),
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

// serve returns how the application's paths are served. Where those are all, it is
// the default, and files are found by the paths that the claim says.
func (u *upstream) serve(s *settings.Settings, d *cloudfront.DistributionParameters) []cloudfront.OrderedCacheBehaviorParameters {
	files := d.DefaultCacheBehavior
	byPath := map[string]cloudfront.OrderedCacheBehaviorParameters{}
	for _, path := range s.App.Paths() {
		byPath[path] = u.behavior(path, files)
	}
	for _, service := range s.App.Web() {
		for _, path := range service.CachedPaths {
			kept := byPath[path]
			kept.CachePolicyID = new(cachingByOrigin)
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
	return out
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
