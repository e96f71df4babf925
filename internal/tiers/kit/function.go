package kit

import (
	"net/url"
	"slices"

	lambda "github.com/upbound/provider-aws/v2/apis/namespaced/lambda/v1beta1"
	s3 "github.com/upbound/provider-aws/v2/apis/namespaced/s3/v1beta1"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/archive"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// What functions are made of. AWS does not change a function of the one to one of the
// other, so that they are two (terraform-provider-aws 46632).
const (
	OfImage   = "image"
	OfPackage = "package"
)

// FunctionOf is what a service's function is made of.
func FunctionOf(service settings.Service) string {
	if service.Package != nil {
		return OfPackage
	}
	return OfImage
}

// maxFunctionName is the most characters of a function's name (AWS Lambda API
// Reference, "CreateFunction").
const maxFunctionName = 64

// FunctionName is the name of a service's function.
func FunctionName(s *settings.Settings, service settings.Service) string {
	return naming.Fit(s.Stack+"-"+FunctionOf(service)+"-"+service.Name, maxFunctionName)
}

// FunctionLogGroup is the name of the log group of a service's function.
func FunctionLogGroup(s *settings.Settings, service settings.Service) string {
	return "/aws/lambda/" + FunctionName(s, service)
}

// FunctionHost is the host of a function's address, by the resource of that.
func FunctionHost(observed facts.Observed, resourceName string) facts.Fact {
	f := observed.Fact(resourceName, "status.atProvider.functionUrl")
	if u, err := url.Parse(f.Value); err == nil {
		f.Value = u.Host
	}
	return f
}

// ServesFromHost reports whether the distribution may still call a host. Where the
// distribution is not known it may.
func ServesFromHost(observed facts.Observed, host facts.Fact) bool {
	if !host.Known() {
		return false
	}
	all, known := origins(observed)
	if !known {
		return observed.Has(composed.Distribution)
	}
	return slices.ContainsFunc(all, func(o originFields) bool { return o["domainName"].GetStringValue() == host.Value })
}

// Code is an archive of a function's code in a bucket of the stack, encrypted with
// a key of it.
type Code struct {
	Resource, Bucket, Key string
	Archive               *archive.Archive
}

// ComposeCode adds an archive of a function's code.
func ComposeCode(s *settings.Settings, observed facts.Observed, set *desired.Set, c Code, needs ...facts.Fact) {
	key := observed.ARN(c.Key)
	set.Add(c.Resource, &s3.Object{Spec: s3.ObjectSpec{ForProvider: s3.ObjectParameters{
		BucketRef:     set.Ref(c.Bucket),
		Key:           new(c.Archive.ObjectKey()),
		ContentBase64: new(c.Archive.Base64()),
		ContentType:   new("application/zip"),
		// The reference would give the key's ID, but S3 gives back an ARN.
		ServerSideEncryption: new("aws:kms"),
		KMSKeyID:             new(key.Value),
		BucketKeyEnabled:     new(true),
		// An object takes ten tags, three of them the provider's (AWS documentation,
		// "Categorizing your objects using tags").
		Tags: map[string]*string{settings.TagStack: new(s.Stack)},
	}}}, desired.Needs(append([]facts.Fact{key}, needs...)...))
}

// LogsTo is how a function writes to a log group of the stack.
func LogsTo(set *desired.Set, group string) *lambda.LoggingConfigParameters {
	return &lambda.LoggingConfigParameters{
		LogFormat: new("JSON"), LogGroupRef: set.Ref(group), ApplicationLogLevel: new("INFO"), SystemLogLevel: new("INFO"),
	}
}
