package kit

import (
	"net/url"
	"slices"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/archive"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/lambda"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/s3"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Package types of functions. AWS cannot change a function's package type, so each
// type has its own function (terraform-provider-aws 46632).
const (
	OfImage   = "image"
	OfPackage = "package"
)

// FunctionOf returns the package type of a service's function.
func FunctionOf(service settings.Service) string {
	if service.Package != nil {
		return OfPackage
	}
	return OfImage
}

// maxFunctionName is the maximum length of a function's name (AWS Lambda API
// Reference, "CreateFunction").
const maxFunctionName = 64

// FunctionName returns the name of a service's function.
func FunctionName(s *settings.Settings, service settings.Service) string {
	return naming.Fit(s.Stack+"-"+FunctionOf(service)+"-"+service.Name, maxFunctionName)
}

// FunctionLogGroup returns the name of the log group of a service's function.
func FunctionLogGroup(s *settings.Settings, service settings.Service) string {
	return "/aws/lambda/" + FunctionName(s, service)
}

// FunctionHost returns the host of a function URL.
func FunctionHost(observed facts.Observed, resourceName string) facts.Fact {
	f := observed.Fact(resourceName, "status.atProvider.functionUrl")
	if u, err := url.Parse(f.Value); err == nil {
		f.Value = u.Host
	}
	return f
}

// ServesFromHost reports whether the distribution may still use a host. If the
// distribution is unknown, it may.
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

// Code is an archive of a function's code in an encrypted bucket of the stack.
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
		// The reference would resolve to the key's ID, but S3 returns an ARN.
		ServerSideEncryption: new("aws:kms"),
		KMSKeyID:             new(key.Value),
		BucketKeyEnabled:     new(true),
		// An object has at most ten tags, and the provider adds three (AWS
		// documentation, "Categorizing your objects using tags").
		Tags: map[string]*string{settings.TagStack: new(s.Stack)},
	}}}, desired.Needs(append([]facts.Fact{key}, needs...)...))
}

// LogsTo returns the logging configuration of a function with a log group of the
// stack.
func LogsTo(set *desired.Set, group string) *lambda.LoggingConfigParameters {
	return &lambda.LoggingConfigParameters{
		LogFormat: new("JSON"), LogGroupRef: set.Ref(group), ApplicationLogLevel: new("INFO"), SystemLogLevel: new("INFO"),
	}
}
