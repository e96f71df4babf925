package cdn

import (
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// edgeFunction is a function that CloudFront runs before it looks for a file. The
// provider's own kind takes code from a Secret only, which the cluster scope cannot
// compose. Cloud Control publishes what it makes but not what it changes, so other
// code is another function. CloudFront deletes none that a distribution uses: one that
// is no longer asked for stays until the distribution has left it.
type edgeFunction struct {
	// purpose is what its name in AWS says, behind the stack's.
	purpose, comment, code string
	// resource is its name in the stack, by a digest of its code.
	resource func(digest string) string
}

// name is what it is called in the stack.
func (f edgeFunction) name() string { return f.resource(naming.Hash(f.code)) }

// nameInAWS is what it is called there.
func (f edgeFunction) nameInAWS(s *settings.Settings) string {
	return s.Stack + endOfName(f.purpose, naming.Hash(f.code))
}

// endOfName is how the names in AWS of functions with a purpose and a digest end.
func endOfName(purpose, digest string) string { return "-" + purpose + "-" + digest }

// compose adds the function and returns what it is called in the stack.
func (f edgeFunction) compose(s *settings.Settings, set *desired.Set) string {
	kit.AddByCloudControl(set, f.name(), aws.GlobalRegion, "AWS::CloudFront::Function", map[string]any{
		"Name":           f.nameInAWS(s),
		"AutoPublish":    true,
		"FunctionCode":   f.code,
		"FunctionConfig": map[string]any{"Comment": f.comment, "Runtime": "cloudfront-js-2.0"},
	})
	return f.name()
}

// called returns the ARN by which behaviors call it, and what must be known before:
// none takes a reference.
func (f edgeFunction) called(s *settings.Settings, observed facts.Observed) (string, []facts.Fact) {
	return s.Partition.ARN("cloudfront", "", s.Account.Value, "function/"+f.nameInAWS(s)), []facts.Fact{s.Account, observed.Ready(f.name())}
}

// beforeFiles is when CloudFront runs the functions.
const beforeFiles = "viewer-request"
