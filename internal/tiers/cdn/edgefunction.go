package cdn

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// edgeFunction is a CloudFront function that runs before the lookup of a file. The
// provider's own kind needs a Secret with the code, which the cluster scope cannot
// compose. Cloud Control publishes a new function but not a changed one, so new
// code needs a new function. CloudFront does not delete a function in use, so the
// previous one is kept until the distribution no longer uses it.
type edgeFunction struct {
	// purpose is the part of its AWS name after the stack's name.
	purpose, comment, code string
	// resource returns its name in the stack, which contains a digest of its code.
	resource func(digest string) string
}

// name returns its name in the stack.
func (f edgeFunction) name() string { return f.resource(naming.Hash(f.code)) }

// nameInAWS returns its name in AWS.
func (f edgeFunction) nameInAWS(s *settings.Settings) string {
	return s.Stack + endOfName(f.purpose, naming.Hash(f.code))
}

// endOfName returns the suffix of the AWS names of functions with a purpose and a
// digest.
func endOfName(purpose, digest string) string { return "-" + purpose + "-" + digest }

// compose adds the function and returns its name in the stack.
func (f edgeFunction) compose(s *settings.Settings, set *desired.Set) string {
	kit.AddByCloudControl(set, f.name(), aws.GlobalRegion, "AWS::CloudFront::Function", map[string]any{
		"Name":           f.nameInAWS(s),
		"AutoPublish":    true,
		"FunctionCode":   f.code,
		"FunctionConfig": map[string]any{"Comment": f.comment, "Runtime": "cloudfront-js-2.0"},
	})
	return f.name()
}

// called returns the function's ARN for behaviors, which do not support references,
// and the facts that they need.
func (f edgeFunction) called(s *settings.Settings, observed facts.Observed) (string, []facts.Fact) {
	return s.Partition.ARN("cloudfront", "", s.Account.Value, "function/"+f.nameInAWS(s)), []facts.Fact{s.Account, observed.Ready(f.name())}
}

// beforeFiles is the event that calls the functions.
const beforeFiles = "viewer-request"
