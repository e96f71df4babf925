package cdn

import (
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/cloudfront"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// originUploads is the origin of uploads in the distribution.
const originUploads = "uploads"

// uploadsOrigin returns the origin of uploads.
func uploadsOrigin(s *settings.Settings, set *desired.Set) cloudfront.OriginParameters {
	return cloudfront.OriginParameters{
		OriginID:                 new(originUploads),
		DomainName:               new(bucketDomain(s, s.Names.UploadsBucket, s.Region)),
		OriginAccessControlIDRef: set.Ref(composed.OriginAccessControl),
	}
}

// uploadsBehavior returns the cache behavior of uploads: like files, but with their
// own headers.
func uploadsBehavior(path, headers string, finds []cloudfront.OrderedCacheBehaviorFunctionAssociationParameters, files *cloudfront.DefaultCacheBehaviorParameters) cloudfront.OrderedCacheBehaviorParameters {
	out := filesBehavior(path, files)
	out.TargetOriginID, out.ResponseHeadersPolicyID, out.FunctionAssociation = new(originUploads), new(headers), finds
	return out
}

// keysCode returns the code of a function that removes the path from a request, for
// keys without the path.
func keysCode(path string) string {
	return `function handler(event) {
  var request = event.request;
  request.uri = request.uri.substring(` + strconv.Itoa(len(settings.Folder(path))) + `);
  return request;
}
`
}

// keysPurpose is the purpose in the names of functions that find uploads.
const keysPurpose = "uploads"

// keysFunction returns the function that finds uploads.
func keysFunction(s *settings.Settings) edgeFunction {
	path := s.Uploads.Path
	return edgeFunction{
		purpose: keysPurpose, comment: "Maps paths of uploads to " + s.Stack + " to their keys, without " + settings.Folder(path), code: keysCode(path), resource: composed.UploadsKeys,
	}
}

// composeUploadsKeys adds the function that finds uploads.
func composeUploadsKeys(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := ""
	if s.Uploads != nil && s.Uploads.WithoutPath() {
		current = keysFunction(s).compose(s, set)
	}
	kit.HoldOthers(observed, set, current, composed.IsUploadsKeys, func(r string) bool {
		return callsFunction(observed, endOfName(keysPurpose, composed.UploadsKeysDigest(r)))
	})
}

// callsFunction reports whether a path of the distribution may still call a
// function. end is the suffix of its ARN.
func callsFunction(observed facts.Observed, end string) bool {
	return servesBy(observed, func(behavior *structpb.Struct) bool {
		return slices.ContainsFunc(behavior.GetFields()["functionAssociation"].GetListValue().GetValues(), func(f *structpb.Value) bool {
			return strings.HasSuffix(f.GetStructValue().GetFields()["functionArn"].GetStringValue(), end)
		})
	})
}

// findUploads returns the function that paths of uploads call, if any, and the
// facts that it needs.
func findUploads(s *settings.Settings, observed facts.Observed) ([]cloudfront.OrderedCacheBehaviorFunctionAssociationParameters, []facts.Fact) {
	if !s.Uploads.WithoutPath() {
		return nil, nil
	}
	arn, needs := keysFunction(s).called(s, observed)
	return []cloudfront.OrderedCacheBehaviorFunctionAssociationParameters{{EventType: new(beforeFiles), FunctionArn: new(arn)}}, needs
}
