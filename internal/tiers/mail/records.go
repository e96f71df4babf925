package mail

import (
	"fmt"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/models/route53"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

// signatures is the number of DKIM keys of a domain.
const signatures = 3

// recordSeconds is the TTL of records.
const recordSeconds = 300

// record is a DNS record of the sender's domain. role is part of its resource name.
type record struct {
	role, name, kind, value string
	needs                   []facts.Fact
}

// known reports whether all values are known.
func (r record) known() bool {
	for _, f := range r.needs {
		if !f.Known() {
			return false
		}
	}
	return true
}

// shown returns the record for users who create it.
func (r record) shown() v1alpha1.DNSRecord {
	return v1alpha1.DNSRecord{Name: r.name, Type: r.kind, Value: r.value}
}

// records returns all records of the domain: DKIM keys, MX and SPF of the MAIL FROM
// domain (Amazon SES Developer Guide, "Using a custom MAIL FROM domain"), and
// DMARC.
func records(s *settings.Settings, observed facts.Observed) []record {
	m := s.Mail
	identity := composed.MailIdentity(naming.Hash(m.Domain))
	var out []record
	for i := range signatures {
		token := observed.Fact(identity, fmt.Sprintf("status.atProvider.dkimSigningAttributes.tokens[%d]", i))
		out = append(out, record{
			role: fmt.Sprintf("dkim-%d", i+1), name: token.Value + "._domainkey." + m.Domain, kind: "CNAME", value: token.Value + "." + m.Signatures,
			needs: []facts.Fact{token},
		})
	}
	out = append(out,
		record{role: "mx", name: m.MailFrom, kind: "MX", value: "10 feedback-smtp." + s.Region + ".amazonses.com"},
		record{role: "spf", name: m.MailFrom, kind: "TXT", value: "v=spf1 include:amazonses.com ~all"},
	)
	if m.DMARC != "" {
		out = append(out, record{role: "dmarc", name: "_dmarc." + m.Domain, kind: "TXT", value: m.DMARC})
	}
	return out
}

// composeRecords adds the records to the claim's zone.
func composeRecords(s *settings.Settings, observed facts.Observed, set *desired.Set) {
	if !s.Mail.Written() {
		return
	}
	for _, r := range records(s, observed) {
		p := route53.RecordParameters{Name: new(r.name), Type: new(r.kind), Records: kit.Pointers([]string{r.value}), TTL: new(float64(recordSeconds))}
		if zone := s.Mail.Zone; zone != nil {
			p.ZoneID = new(zone.ID)
		} else {
			p.ZoneIDRef = set.Ref(composed.HostedZone)
		}
		set.Add(composed.MailRecord(naming.Hash(s.Mail.Domain), r.role), &route53.Record{Spec: route53.RecordSpec{ForProvider: p}}, desired.Needs(r.needs...))
	}
}
