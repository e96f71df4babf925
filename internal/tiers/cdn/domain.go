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

// certificateName is the certificate of the claim's domains, empty if the stack
// needs none of its own.
func certificateName(s *settings.Settings) string {
	if s.CDN.Domain == "" || s.CDN.CertificateARN != "" {
		return ""
	}
	return composed.Certificate(naming.Hash(s.CDN.Domains()...))
}

// composeCertificates asks for a certificate of the claim's domains. The one of
// other domains stays as long as the distribution serves it, because ACM
// deletes none in use.
func composeCertificates(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	current := certificateName(s)
	if current != "" {
		certificate := kit.Certificate(s)
		certificate.Spec.ForProvider.Region = new(aws.GlobalRegion)
		set.Add(current, certificate, desired.ReadyWhen(kit.CertificateIssued(observed, current)))
	}
	kit.HoldCertificates(observed, set, current, composed.IsCertificate, observed.String(composed.Distribution, "spec.forProvider.viewerCertificate.acmCertificateArn"))
}

// alias is the custom domains that the distribution serves with a certificate.
type alias struct {
	domains     []string
	certificate string
}

// servedAlias is the claim's domains once their certificate is issued. Until then
// it is what the distribution serves now, so that a new domain never takes an
// old one off the air; none at first.
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

// proof is the DNS record by which ACM sees that a domain is ours, as facts: a
// record waits for them.
type proof struct{ name, kind, value facts.Fact }

// proofOf is the proof of one of a certificate's domains. AWS lists them in no
// order.
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

// record is the proof as somebody creates it.
func (p proof) record() v1alpha1.DNSRecord {
	return v1alpha1.DNSRecord{Name: p.name.Value, Type: p.kind.Value, Value: p.value.Value}
}

// reportCertificate says how far the certificate is and what is left to do in
// DNS; nil if the stack has none.
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
