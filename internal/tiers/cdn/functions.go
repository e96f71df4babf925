package cdn

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudfront"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// functions returns the services with visitors that are functions. Each has its own
// URL, whose host Lambda requires.
func functions(s *settings.Settings, observed facts.Observed, set *desired.Set) []upstream {
	var out []upstream
	for _, service := range s.App.Functions() {
		if !service.Web() {
			continue
		}
		host := kit.FunctionHost(observed, composed.AppFunctionURL(kit.FunctionOf(service), service.Name))
		out = append(out, upstream{
			origin: cloudfront.OriginParameters{
				OriginID:                 new("function-" + service.Name),
				DomainName:               new(host.Value),
				OriginAccessControlIDRef: set.Ref(composed.AppFunctionsAccess),
				CustomOriginConfig: &cloudfront.CustomOriginConfigParameters{
					HTTPPort: new(float64(kit.HTTP.Port)), HTTPSPort: new(float64(kit.HTTPS.Port)),
					OriginProtocolPolicy: new("https-only"), OriginSSLProtocols: kit.Pointers([]string{"TLSv1.2"}),
					OriginReadTimeout: new(float64(max(service.Timeout, readTimeout))), OriginKeepaliveTimeout: new(float64(5)),
				},
			},
			paths:         service.Answered(),
			requestPolicy: allViewerButHostHeader,
			needs:         []facts.Fact{host},
		})
	}
	return out
}

// composeFunctionsAccess adds the origin access control that signs requests to
// functions, which reject all others. CloudFront does not delete one in use.
func composeFunctionsAccess(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if len(functions(s, observed, set)) > 0 {
		set.Add(composed.AppFunctionsAccess, &cloudfront.OriginAccessControl{Spec: cloudfront.OriginAccessControlSpec{ForProvider: cloudfront.OriginAccessControlParameters{
			Name:                          new(s.Stack + "-functions"),
			Description:                   new("Signs requests of the distribution to functions"),
			OriginAccessControlOriginType: new("lambda"),
			SigningBehavior:               new("always"),
			SigningProtocol:               new("sigv4"),
		}}})
		return
	}
	if observed.Has(composed.AppFunctionsAccess) && kit.SignsBy(observed, composed.AppFunctionsAccess) {
		set.Hold(composed.AppFunctionsAccess)
	}
}
