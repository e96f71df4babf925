package kit

import (
	"slices"
	"strings"

	acm "github.com/upbound/provider-aws/v2/apis/namespaced/acm/v1beta1"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// Protocol is one by which CloudFront calls the stack's load balancer.
type Protocol struct {
	Name string
	Port int
}

// Protocols. A public certificate is of a domain, so without one CloudFront calls
// by HTTP, which leaves AWS's own network nowhere.
var (
	HTTP  = Protocol{"http", 80}
	HTTPS = Protocol{"https", 443}
)

// Protocols is both.
func Protocols() []Protocol { return []Protocol{HTTP, HTTPS} }

// AppProtocol is the protocol by which CloudFront is to call the load balancer:
// HTTPS with a domain, unless AWS has a certificate of it that the owner has not
// proved yet, or not in time. A shop does not wait for that.
func AppProtocol(s *settings.Settings, observed facts.Observed) Protocol {
	status := observed.String(AppCertificate(s), "status.atProvider.status")
	if s.CDN.Domain != "" && (status == "" || AppCertificateARN(s, observed).Known()) {
		return HTTPS
	}
	return HTTP
}

// AppOrigin is the VPC origin by which CloudFront calls the load balancer by a
// protocol.
func AppOrigin(p Protocol) string { return composed.AppOrigin(naming.Hash("services", p.Name)) }

// AppCertificate is the load balancer's certificate of the claim's domains, empty
// if it needs none.
func AppCertificate(s *settings.Settings) string {
	if s.CDN.Domain == "" || len(s.App.Balanced()) == 0 {
		return ""
	}
	return composed.AppCertificate(naming.Hash(s.CDN.Domains()...))
}

// AppCertificateARN is the certificate that the load balancer shows: the one of the
// claim's domains once it is issued, until then the one that it shows now.
func AppCertificateARN(s *settings.Settings, observed facts.Observed) facts.Fact {
	r := AppCertificate(s)
	if arn := observed.ARN(r); CertificateIssued(observed, r).Known() && arn.Known() {
		return arn
	}
	return observed.Fact(composed.AppListener(HTTPS.Name), "spec.forProvider.certificateArn")
}

// Certificate is a certificate of the claim's domains, which their owner proves by
// records of DNS.
func Certificate(s *settings.Settings) *acm.Certificate {
	return &acm.Certificate{Spec: acm.CertificateSpec{ForProvider: acm.CertificateParameters{
		DomainName:              new(s.CDN.Domain),
		SubjectAlternativeNames: Pointers(s.CDN.Domains()[1:]),
		ValidationMethod:        new("DNS"),
		KeyAlgorithm:            new("RSA_2048"),
		Options:                 &acm.OptionsParameters{CertificateTransparencyLoggingPreference: new("ENABLED")},
	}}}
}

// CertificateIssued is the fact that the owner of a certificate's domains has
// proved it.
func CertificateIssued(observed facts.Observed, certificate string) facts.Fact {
	f := facts.Fact{Resource: certificate, Path: "status ISSUED"}
	if observed.String(certificate, "status.atProvider.status") == "ISSUED" {
		f.Value = "ISSUED"
	}
	return f
}

// LeftFor reports whether the distribution is known to call a VPC origin, so that it
// has left any other one.
func LeftFor(observed facts.Observed, origin string) bool {
	_, known := origins(observed)
	return known && ServesFrom(observed, origin)
}

// ServesFrom reports whether the distribution may still call a VPC origin: CloudFront
// changes and deletes none that a distribution uses (terraform-provider-aws
// 40905). Where the distribution is not known it may. What AWS lists of its
// origins is in no order.
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

// originFields is an origin of the distribution as AWS shows it.
type originFields = map[string]*structpb.Value

// origins is the distribution's origins as AWS shows them, and whether they are known.
func origins(observed facts.Observed) ([]originFields, bool) {
	list := observed.Value(composed.Distribution, "status.atProvider.origin").GetListValue()
	var out []originFields
	for _, o := range list.GetValues() {
		out = append(out, o.GetStructValue().GetFields())
	}
	return out, list != nil
}

// SignsBy reports whether the distribution is known to sign what it asks by an
// origin access control.
func SignsBy(observed facts.Observed, accessControl string) bool {
	id := observed.ExternalName(accessControl)
	all, _ := origins(observed)
	return id.Known() && slices.ContainsFunc(all, func(o originFields) bool { return o["originAccessControlId"].GetStringValue() == id.Value })
}

// AppFamily is what a service's task definitions have in common in AWS, and its rule
// if it runs by a schedule.
func AppFamily(s *settings.Settings, service string) string { return s.Stack + "-" + service }

// AppLogGroup is the name of the log group of a service.
func AppLogGroup(s *settings.Settings, service string) string {
	return "/aws/ecs/" + s.Stack + "/" + service
}

// maxLoadBalancerName is the most characters of a load balancer's name (Elastic Load
// Balancing API Reference, "CreateLoadBalancer").
const maxLoadBalancerName = 32

// LoadBalancerName is the name of the stack's load balancer.
func LoadBalancerName(s *settings.Settings) string {
	return naming.Fit(s.Stack+"-app", maxLoadBalancerName)
}

// LoadBalancerLogs is the beginning of the load balancer's logs in the bucket of
// access logs.
const LoadBalancerLogs = "load-balancer"

// RegistryHosts is the names of hosts that containers are started from, beside
// those of ECR.
func RegistryHosts(s *settings.Settings) []string {
	var out []string
	for _, c := range s.App.TaskContainers() {
		if c.Repository.Name == "" {
			out = append(out, registryHosts(c.Image)...)
		}
	}
	return out
}

// registryHosts is the names of hosts of an image that is not in ECR. The Docker Hub
// answers by hosts of its own (Docker documentation, "Allowlist for Docker
// Desktop"), and the public gallery of ECR by CloudFront (AWS documentation,
// "Amazon ECR Public service endpoints").
func registryHosts(image string) []string {
	host, _, found := strings.Cut(image, "/")
	if !found || !strings.ContainsAny(host, ".:") {
		return []string{"auth.docker.io", "production.cloudflare.docker.com", "registry-1.docker.io"}
	}
	host, _, _ = strings.Cut(host, ":")
	switch host {
	case "public.ecr.aws":
		return []string{"public.ecr.aws", ".cloudfront.net"}
	case "ghcr.io":
		return []string{"ghcr.io", "pkg-containers.githubusercontent.com"}
	case "quay.io":
		return []string{"quay.io", ".quay.io"}
	case "docker.io":
		return registryHosts("")
	default:
		return []string{host}
	}
}
