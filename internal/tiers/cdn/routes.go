package cdn

import (
	"strconv"
	"strings"

	cloudfront "github.com/upbound/provider-aws/v2/apis/namespaced/cloudfront/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// routesCode returns a function that answers the routes of a single-page application
// by its page. It runs before CloudFront looks for a file, so that it cannot know
// which ones there are: a path is a route if nothing with a dot is at its end. "/"
// is answered by the root object, and below /.well-known/ are files without one
// (RFC 8615).
func routesCode(page string) string {
	return `function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (uri !== '/' && uri.indexOf('/.well-known/') !== 0 && uri.lastIndexOf('.') < uri.lastIndexOf('/')) {
    request.uri = ` + strconv.Quote(page) + `;
  }
  return request;
}
`
}

// routesDigest tells functions apart.
func routesDigest(page string) string { return naming.Hash(routesCode(page)) }

// routesName is the name of the function in AWS.
func routesName(s *settings.Settings, page string) string {
	return s.Stack + "-routes-" + routesDigest(page)
}

// composeRoutes adds the function that answers routes. The provider's own kind takes
// code from a Secret only, which the cluster scope cannot compose. Cloud Control
// publishes what it makes but not what it changes, so other code is another
// function. CloudFront deletes none that a distribution uses: one that is no longer
// asked for stays until the distribution has left it.
func composeRoutes(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := ""
	if page := kit.RoutesPage(s); page != "" {
		current = composed.Routes(routesDigest(page))
		kit.AddByCloudControl(set, current, aws.GlobalRegion, "AWS::CloudFront::Function", map[string]any{
			"Name":         routesName(s, page),
			"AutoPublish":  true,
			"FunctionCode": routesCode(page),
			"FunctionConfig": map[string]any{
				"Comment": "Answers routes of " + s.Stack + " by " + page,
				"Runtime": "cloudfront-js-2.0",
			},
		})
	}
	used := observed.String(composed.Distribution, "status.atProvider.defaultCacheBehavior.functionAssociation[0].functionArn")
	kit.HoldOthers(observed, set, current, composed.IsRoutes, func(r string) bool {
		return strings.HasSuffix(used, "-routes-"+composed.RoutesDigest(r))
	})
}

// answerRoutes returns the function that a behavior of files calls, and what must be
// known of it. The default behavior takes no reference.
func answerRoutes(s *settings.Settings, observed facts.Observed) ([]cloudfront.FunctionAssociationParameters, []facts.Fact) {
	page := kit.RoutesPage(s)
	if page == "" {
		return nil, nil
	}
	arn := s.Partition.ARN("cloudfront", "", s.Account.Value, "function/"+routesName(s, page))
	return []cloudfront.FunctionAssociationParameters{{EventType: new("viewer-request"), FunctionArn: new(arn)}},
		[]facts.Fact{s.Account, observed.Ready(composed.Routes(routesDigest(page)))}
}
