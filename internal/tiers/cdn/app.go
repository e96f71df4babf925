package cdn

import (
	"cmp"
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
// managed cache policies" and "Use managed origin request policies"). The name by
// which a visitor asks is not the one that the load balancer's certificate is for.
const (
	cachingDisabled        = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
	allViewerButHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
)

// everyPath is the pattern of all paths.
const everyPath = "/*"

// composeAppOrigin lets CloudFront reach the application's load balancer inside
// of its VPC, by HTTPS only (AWS documentation, "Restrict access with VPC
// origins"). CloudFront changes and deletes none that a distribution uses
// (terraform-provider-aws 40905), so another load balancer is another origin,
// and one that is no longer asked for stays until the distribution has left it.
func composeAppOrigin(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := ""
	if app := s.App.LoadBalancer; app != nil {
		digest := appOriginDigest(app)
		current = composed.AppOrigin(digest)
		set.Add(current, &cloudfront.VPCOrigin{Spec: cloudfront.VPCOriginSpec{ForProvider: cloudfront.VPCOriginParameters{
			VPCOriginEndpointConfig: &cloudfront.VPCOriginEndpointConfigParameters{
				Name: new(s.Stack + "-app-" + digest), Arn: new(app.ARN), HTTPPort: new(float64(80)), HTTPSPort: new(float64(443)),
				OriginProtocolPolicy: new("https-only"),
				OriginSSLProtocols:   &cloudfront.OriginSSLProtocolsParameters{Items: kit.Pointers([]string{"TLSv1.2"}), Quantity: new(float64(1))},
			},
		}}})
	}
	for _, r := range observed.Names() {
		if !composed.IsAppOrigin(r) || r == current {
			continue
		}
		if id := observed.ExternalName(r); id.Known() && usesVPCOrigin(observed, id.Value) {
			set.Hold(r)
		}
	}
}

// appOriginDigest tells load balancers apart.
func appOriginDigest(app *v1alpha1.LoadBalancer) string { return naming.Hash(app.ARN) }

// usesVPCOrigin is whether the distribution reads from a VPC origin, which may be
// any one of its few origins.
func usesVPCOrigin(observed facts.Observed, id string) bool {
	for _, path := range []string{"origin[0]", "origin[1]", "origin[2]", "origin[3]"} {
		if observed.String(composed.Distribution, "status.atProvider."+path+".vpcOriginConfig.vpcOriginId") == id {
			return true
		}
	}
	return false
}

// appOrigin is what the distribution reads the application's answers from.
func appOrigin(app *v1alpha1.LoadBalancer, id facts.Fact) cloudfront.OriginParameters {
	return cloudfront.OriginParameters{
		OriginID:        new(originApp),
		DomainName:      new(app.DomainName),
		VPCOriginConfig: &cloudfront.VPCOriginConfigParameters{VPCOriginID: new(id.Value), OriginReadTimeout: new(float64(30)), OriginKeepaliveTimeout: new(float64(5))},
	}
}

// appBehaviors is how the application's paths are served: with all methods,
// never from the cache, with the same headers for browsers.
func appBehaviors(app *v1alpha1.LoadBalancer, public *cloudfront.DefaultCacheBehaviorParameters) []cloudfront.OrderedCacheBehaviorParameters {
	out := make([]cloudfront.OrderedCacheBehaviorParameters, 0, len(app.Paths))
	for _, path := range app.Paths {
		out = append(out, cloudfront.OrderedCacheBehaviorParameters{
			PathPattern:             new(path),
			TargetOriginID:          new(originApp),
			ViewerProtocolPolicy:    new("redirect-to-https"),
			AllowedMethods:          kit.Pointers([]string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}),
			CachedMethods:           public.CachedMethods,
			Compress:                new(true),
			CachePolicyID:           new(cachingDisabled),
			OriginRequestPolicyID:   new(allViewerButHostHeader),
			ResponseHeadersPolicyID: public.ResponseHeadersPolicyID,
			RealtimeLogConfigArn:    public.RealtimeLogConfigArn,
		})
	}
	return out
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
