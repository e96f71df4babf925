package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
)

// Mail contains the effective settings of mail.
type Mail struct {
	// Domain is the sender's domain, MailFrom the domain for bounces.
	Domain, MailFrom string
	// DMARC is the text of the DMARC record. It is empty if the stack does not
	// write this record.
	DMARC string
	// Zone contains the DNS records. It is nil if users create the records.
	// ManagedZone reports whether the stack creates the zone.
	Zone        *v1alpha1.ExistingHostedZone
	ManagedZone bool
	// Signatures is the SES domain of the DKIM keys.
	Signatures string
	// SMTP is the SMTP host. It is empty if SES has none in the region.
	SMTP string
}

// Written reports whether the stack writes the records.
func (m Mail) Written() bool { return m.Zone != nil || m.ManagedZone }

// noMail lists the regions without SES (AWS General Reference, "Amazon SES
// endpoints and quotas"; botocore's endpoints of the service email).
var noMail = []string{
	"ap-east-1", "ap-east-2", "ap-southeast-4", "ap-southeast-6", "ap-southeast-7", "cn-north-1", "cn-northwest-1", "eu-south-2", "mx-central-1",
}

// ownSignatures lists the regions with their own DKIM domain (AWS General
// Reference, "Amazon SES endpoints and quotas", DKIM domains).
var ownSignatures = []string{
	"af-south-1", "ap-northeast-3", "ap-south-2", "ap-southeast-3", "ap-southeast-5", "ca-west-1", "eu-central-2", "eu-south-1", "il-central-1", "me-central-1", "us-gov-east-1",
}

// smtpRegions lists the regions with an SMTP endpoint (same page, SMTP endpoints).
var smtpRegions = []string{
	"ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-north-1",
	"eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-gov-west-1", "us-west-1", "us-west-2",
}

// Interface endpoints for mail: the API, and SMTP.
const (
	mailCall = "email"
	smtpCall = "email-smtp"
)

// mail decides how the shop sends mail. It returns nil if it sends none.
func (d *decision) mail(region string, app App, n Network) (*Mail, field.ErrorList) {
	spec := d.claim.Spec.Mail
	if spec == nil {
		return nil, nil
	}
	path := field.NewPath("spec", "mail")
	cdn := d.claim.Spec.CDN
	m := &Mail{Domain: cmp.Or(spec.Domain, cdn.Domain), Signatures: "dkim.amazonses.com"}
	m.MailFrom = cmp.Or(spec.MailFrom, "bounce") + "." + m.Domain
	if slices.Contains(ownSignatures, region) {
		m.Signatures = "dkim." + region + ".amazonses.com"
	}
	if slices.Contains(smtpRegions, region) {
		m.SMTP = "email-smtp." + region + ".amazonaws.com"
	}
	m.DMARC = dmarc(spec.DMARC)
	m.Zone, m.ManagedZone = mailZone(*spec, cdn, m.Domain)
	var errs field.ErrorList
	if slices.Contains(noMail, region) {
		errs = append(errs, field.Forbidden(path, fmt.Sprintf("Amazon SES is not available in %s: remove mail, and use another email provider", region)))
	}
	if m.Domain == "" {
		errs = append(errs, field.Required(path.Child("domain"), "is required unless cdn.domain is set: set a domain, such as example.com"))
	}
	return m, append(errs, checkMail(app, n)...)
}

// mailZone returns the zone for a domain's records: the claim's, or the shop's if
// it contains the domain. It also reports whether the stack creates the zone.
func mailZone(spec v1alpha1.MailSpec, cdn v1alpha1.CDNSpec, domain string) (*v1alpha1.ExistingHostedZone, bool) {
	shop := cdn.HostedZone
	switch {
	case spec.HostedZone != nil:
		return spec.HostedZone, false
	case shop == nil:
		return nil, false
	case shop.Managed != nil:
		return nil, inDomain(domain, shop.Managed.Name)
	case shop.Existing != nil && inDomain(domain, cdn.Domain):
		return shop.Existing, false
	}
	return nil, false
}

// inDomain reports whether a domain equals another domain or is below it.
func inDomain(domain, other string) bool {
	return other != "" && (domain == other || strings.HasSuffix(domain, "."+other))
}

// dmarc returns the text of the DMARC record (RFC 7489, section 6.3).
func dmarc(spec v1alpha1.DMARCSpec) string {
	policy := cmp.Or(spec.Policy, v1alpha1.DMARCNone)
	if policy == v1alpha1.DMARCUnmanaged {
		return ""
	}
	out := "v=DMARC1; p=" + strings.ToLower(string(policy))
	if spec.ReportsTo != "" {
		out += "; rua=mailto:" + spec.ReportsTo
	}
	return out
}

// checkMail returns an error if services in the VPC have no way to send mail.
func checkMail(app App, n Network) field.ErrorList {
	reached := slices.Contains(n.Endpoints, mailCall) || slices.Contains(n.Endpoints, smtpCall)
	if !app.inVPC() || n.Existing != nil || n.NAT != v1alpha1.NATGatewaysNone || reached {
		return nil
	}
	return field.ErrorList{field.Required(field.NewPath("spec", "network", "interfaceEndpoints"),
		fmt.Sprintf("must contain %[1]s or %[2]s if natGateways is None: add %[1]s for the SES API, or %[2]s for SMTP", mailCall, smtpCall))}
}
