package kit

import (
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/acm"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Protocol is a protocol between CloudFront and the stack's load balancer.
type Protocol struct {
	Name string
	Port int
}

// Protocols. A public certificate needs a domain. Without one, CloudFront uses
// HTTP, which does not leave AWS's network.
var (
	HTTP  = Protocol{"http", 80}
	HTTPS = Protocol{"https", 443}
)

// Protocols returns both protocols.
func Protocols() []Protocol { return []Protocol{HTTP, HTTPS} }

// AppProtocol returns the protocol that CloudFront shall use: HTTPS with a domain,
// unless the certificate is not validated yet or its validation timed out. A shop
// does not wait for the validation.
func AppProtocol(s *settings.Settings, observed facts.Observed) Protocol {
	status := observed.String(AppCertificate(s), "status.atProvider.status")
	if s.CDN.Domain != "" && (status == "" || AppCertificateARN(s, observed).Known()) {
		return HTTPS
	}
	return HTTP
}

// AppOrigin returns the VPC origin for a protocol.
func AppOrigin(p Protocol) string { return composed.AppOrigin(naming.Hash("services", p.Name)) }

// AppCertificate returns the load balancer's certificate for the claim's domains.
// It is empty if none is needed.
func AppCertificate(s *settings.Settings) string {
	if s.CDN.Domain == "" || len(s.App.Balanced()) == 0 {
		return ""
	}
	return composed.AppCertificate(naming.Hash(s.CDN.Domains()...))
}

// AppCertificateARN returns the load balancer's certificate: that for the claim's
// domains once it is issued, and the current one until then.
func AppCertificateARN(s *settings.Settings, observed facts.Observed) facts.Fact {
	r := AppCertificate(s)
	if arn := observed.ARN(r); CertificateIssued(observed, r).Known() && arn.Known() {
		return arn
	}
	return observed.Fact(composed.AppListener(HTTPS.Name), "spec.forProvider.certificateArn")
}

// Certificate returns a certificate for the claim's domains with DNS validation.
func Certificate(s *settings.Settings) *acm.Certificate {
	return &acm.Certificate{Spec: acm.CertificateSpec{ForProvider: acm.CertificateParameters{
		DomainName:              new(s.CDN.Domain),
		SubjectAlternativeNames: Pointers(s.CDN.Domains()[1:]),
		ValidationMethod:        new("DNS"),
		KeyAlgorithm:            new("RSA_2048"),
		Options:                 &acm.OptionsParameters{CertificateTransparencyLoggingPreference: new("ENABLED")},
	}}}
}

// CertificateIssued returns the fact that a certificate is issued.
func CertificateIssued(observed facts.Observed, certificate string) facts.Fact {
	f := facts.Fact{Resource: certificate, Path: "status ISSUED"}
	if observed.String(certificate, "status.atProvider.status") == "ISSUED" {
		f.Value = "ISSUED"
	}
	return f
}

// LeftFor reports whether the distribution uses a VPC origin, and therefore no
// other one.
func LeftFor(observed facts.Observed, origin string) bool {
	_, known := origins(observed)
	return known && ServesFrom(observed, origin)
}

// ServesFrom reports whether the distribution may still use a VPC origin, because
// CloudFront cannot change or delete an origin in use (terraform-provider-aws
// 40905). If the distribution is unknown, it may. AWS returns origins in arbitrary
// order.
func ServesFrom(observed facts.Observed, origin string) bool {
	id := observed.ExternalName(origin)
	if !id.Known() {
		return false
	}
	all, known := origins(observed)
	return !known || slices.ContainsFunc(all, func(o originFields) bool {
		return o["vpcOriginConfig"].GetStructValue().GetFields()["vpcOriginId"].GetStringValue() == id.Value
	})
}

// originFields is an observed origin of the distribution.
type originFields = map[string]*structpb.Value

// origins returns the observed origins of the distribution, and whether they are
// known.
func origins(observed facts.Observed) ([]originFields, bool) {
	list := observed.Value(composed.Distribution, "status.atProvider.origin").GetListValue()
	var out []originFields
	for _, o := range list.GetValues() {
		out = append(out, o.GetStructValue().GetFields())
	}
	return out, list != nil
}

// SignsBy reports whether the distribution signs requests with an origin access
// control.
func SignsBy(observed facts.Observed, accessControl string) bool {
	id := observed.ExternalName(accessControl)
	all, _ := origins(observed)
	return id.Known() && slices.ContainsFunc(all, func(o originFields) bool { return o["originAccessControlId"].GetStringValue() == id.Value })
}

// AppFamily returns the family of a service's task definitions. A scheduled
// service's rule has the same name.
func AppFamily(s *settings.Settings, service string) string { return s.Stack + "-" + service }

// AppLogGroup returns the name of a service's log group.
func AppLogGroup(s *settings.Settings, service string) string {
	return "/aws/ecs/" + s.Stack + "/" + service
}

// maxLoadBalancerName is the maximum length of a load balancer's name (Elastic Load
// Balancing API Reference, "CreateLoadBalancer").
const maxLoadBalancerName = 32

// LoadBalancerName returns the name of the stack's load balancer.
func LoadBalancerName(s *settings.Settings) string {
	return naming.Fit(s.Stack+"-app", maxLoadBalancerName)
}

// LoadBalancerLogs is the prefix of the load balancer's logs in the bucket of
// access logs.
const LoadBalancerLogs = "load-balancer"
