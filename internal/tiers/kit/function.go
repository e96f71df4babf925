package kit

import (
	"net/url"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
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
	origins := observed.Value(composed.Distribution, "status.atProvider.origin").GetListValue()
	if origins == nil {
		return observed.Has(composed.Distribution)
	}
	for _, o := range origins.GetValues() {
		if o.GetStructValue().GetFields()["domainName"].GetStringValue() == host.Value {
			return true
		}
	}
	return false
}
