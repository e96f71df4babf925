package cdn

import (
	"strconv"
	"strings"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudfront"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// routesCode returns the code of a function that answers the routes of a
// single-page application with its page. It runs before the lookup of a file, so it
// cannot know which files exist. A path is a route if its last part has no dot. The
// root object answers "/", and files below /.well-known/ may have no dot (RFC
// 8615).
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

// routesPurpose is the purpose in the names of these functions.
const routesPurpose = "routes"

// routesFunction returns the function for a page.
func routesFunction(s *settings.Settings, page string) edgeFunction {
	return edgeFunction{
		purpose: routesPurpose, comment: "Serves routes of " + s.Stack + " with " + page, code: routesCode(page), resource: composed.Routes,
	}
}

// composeRoutes adds the function that answers routes.
func composeRoutes(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := ""
	if page := kit.RoutesPage(s); page != "" {
		current = routesFunction(s, page).compose(s, set)
	}
	used := observed.String(composed.Distribution, "status.atProvider.defaultCacheBehavior.functionAssociation[0].functionArn")
	kit.HoldOthers(observed, set, current, composed.IsRoutes, func(r string) bool {
		return strings.HasSuffix(used, endOfName(routesPurpose, composed.RoutesDigest(r)))
	})
}

// answerRoutes returns the function that a behavior of files calls, and the facts
// that it needs.
func answerRoutes(s *settings.Settings, observed facts.Observed) ([]cloudfront.FunctionAssociationParameters, []facts.Fact) {
	page := kit.RoutesPage(s)
	if page == "" {
		return nil, nil
	}
	arn, needs := routesFunction(s, page).called(s, observed)
	return []cloudfront.FunctionAssociationParameters{{EventType: new(beforeFiles), FunctionArn: new(arn)}}, needs
}
