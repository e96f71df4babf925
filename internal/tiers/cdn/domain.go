package cdn

import (
	"fmt"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// certificateName returns the resource name of the certificate for the claim's
// domains. It is empty if the stack needs none.
func certificateName(s *settings.Settings) string {
	if s.CDN.Domain == "" || s.CDN.CertificateARN != "" {
		return ""
	}
	return composed.Certificate(naming.Hash(s.CDN.Domains()...))
}

// composeCertificates requests a certificate for the claim's domains. A certificate
// for other domains is kept while the distribution uses it, because ACM does not
// delete a certificate in use.
func composeCertificates(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := certificateName(s)
	if current != "" {
		certificate := kit.Certificate(s)
		certificate.Spec.ForProvider.Region = new(aws.GlobalRegion)
		set.Add(current, certificate, desired.ReadyWhen(kit.CertificateIssued(observed, current)))
	}
	kit.HoldCertificates(observed, set, current, composed.IsCertificate, observed.String(composed.Distribution, "spec.forProvider.viewerCertificate.acmCertificateArn"))
}

// alias contains the domains that the distribution serves, and their certificate.
type alias struct {
	domains     []string
	certificate string
}

// servedAlias returns the claim's domains once their certificate is issued. Until
// then, it returns the served domains, so that a new domain never interrupts an old
// one. A new distribution has none.
func servedAlias(s *settings.Settings, observed facts.Observed) alias {
	cdn := s.CDN
	if cdn.Domain == "" {
		return alias{}
	}
	if cdn.CertificateARN != "" {
		return alias{domains: s.CDN.Domains(), certificate: cdn.CertificateARN}
	}
	current := certificateName(s)
	if arn := observed.ARN(current); kit.CertificateIssued(observed, current).Known() && arn.Known() {
		return alias{domains: s.CDN.Domains(), certificate: arn.Value}
	}
	return alias{
		domains:     kit.Texts(observed, composed.Distribution, "spec.forProvider.aliases"),
		certificate: observed.String(composed.Distribution, "spec.forProvider.viewerCertificate.acmCertificateArn"),
	}
}

// proof is the validation record of a domain, as facts that a record waits for.
type proof struct{ name, kind, value facts.Fact }

// proofOf returns the validation record of one of a certificate's domains. AWS
// returns them in arbitrary order.
func proofOf(observed facts.Observed, certificate, domain string) proof {
	option := 0
	for i := range settings.MaxDomains {
		if observed.String(certificate, fmt.Sprintf("status.atProvider.domainValidationOptions[%d].domainName", i)) == domain {
			option = i
		}
	}
	of := func(field string) facts.Fact {
		return observed.Fact(certificate, fmt.Sprintf("status.atProvider.domainValidationOptions[%d].%s", option, field))
	}
	return proof{name: of("resourceRecordName"), kind: of("resourceRecordType"), value: of("resourceRecordValue")}
}

// record returns the record for users who create it.
func (p proof) record() v1alpha1.DNSRecord {
	return v1alpha1.DNSRecord{Name: p.name.Value, Type: p.kind.Value, Value: p.value.Value}
}

// reportCertificate reports the certificate's status and the records to create. It
// is nil if the stack has none.
func reportCertificate(s *settings.Settings, observed facts.Observed) *v1alpha1.CertificateStatus {
	c := certificateName(s)
	if c == "" || !observed.Has(c) {
		return nil
	}
	out := &v1alpha1.CertificateStatus{ARN: observed.ARN(c).Value, State: observed.String(c, "status.atProvider.status")}
	for i, domain := range s.CDN.Domains() {
		p := proofOf(observed, c, domain)
		switch {
		case !p.name.Known():
		case i == 0:
			out.ValidationRecord = new(p.record())
		default:
			out.AdditionalRecords = append(out.AdditionalRecords, p.record())
		}
	}
	return out
}
