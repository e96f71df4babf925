package kit

import (
	"strings"

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
	return observed.Value(composed.Distribution, "status.atProvider.origin").GetListValue() != nil && ServesFrom(observed, origin)
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
	origins := observed.Value(composed.Distribution, "status.atProvider.origin").GetListValue()
	if origins == nil {
		return true
	}
	for _, o := range origins.GetValues() {
		if o.GetStructValue().GetFields()["vpcOriginConfig"].GetStructValue().GetFields()["vpcOriginId"].GetStringValue() == id.Value {
			return true
		}
	}
	return false
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
	for _, service := range s.App.Containers() {
		if service.Repository.Name == "" {
			out = append(out, registryHosts(service.Image)...)
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
