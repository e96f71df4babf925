package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
)

func TestMail(t *testing.T) {
	path := field.NewPath("spec", "mail")
	containers := App{Services: []Service{{}}}
	cases := map[string]struct {
		reason  string
		spec    v1alpha1.SecureEcommerceSpec
		region  string
		app     App
		n       Network
		want    *Mail
		refused field.ErrorList
	}{
		"None": {reason: "No mail is the default.", region: "eu-west-1"},
		"Default": {
			reason: "The shop's domain is the default.", region: "eu-west-1", spec: v1alpha1.SecureEcommerceSpec{CDN: v1alpha1.CDNSpec{Domain: "shop.example.com"}, Mail: &v1alpha1.MailSpec{}},
			want: &Mail{Domain: "shop.example.com", MailFrom: "bounce.shop.example.com", DMARC: "v=DMARC1; p=none", Signatures: "dkim.amazonses.com", SMTP: "email-smtp.eu-west-1.amazonaws.com"},
		},
		"OwnKeys": {
			reason: "Zurich keeps keys apart, and has no SMTP.", region: "eu-central-2", spec: v1alpha1.SecureEcommerceSpec{Mail: &v1alpha1.MailSpec{Domain: "example.com", DMARC: v1alpha1.DMARCSpec{Policy: v1alpha1.DMARCUnmanaged}}},
			want: &Mail{Domain: "example.com", MailFrom: "bounce.example.com", Signatures: "dkim.eu-central-2.amazonses.com"},
		},
		"NoRegion": {
			reason: "Some regions have no SES.", region: "ap-east-1", spec: v1alpha1.SecureEcommerceSpec{Mail: &v1alpha1.MailSpec{Domain: "example.com", DMARC: v1alpha1.DMARCSpec{Policy: v1alpha1.DMARCUnmanaged}}},
			want:    &Mail{Domain: "example.com", MailFrom: "bounce.example.com", Signatures: "dkim.amazonses.com"},
			refused: field.ErrorList{field.Forbidden(path, "Amazon SES is not available in ap-east-1: remove mail, and use another email provider")},
		},
		"NoDomain": {
			reason: "Mail is from somewhere.", region: "eu-central-2", spec: v1alpha1.SecureEcommerceSpec{Mail: &v1alpha1.MailSpec{DMARC: v1alpha1.DMARCSpec{Policy: v1alpha1.DMARCUnmanaged}}},
			want:    &Mail{MailFrom: "bounce.", Signatures: "dkim.eu-central-2.amazonses.com"},
			refused: field.ErrorList{field.Required(path.Child("domain"), "is required unless cdn.domain is set: set a domain, such as example.com")},
		},
		"NoWay": {
			reason: "Without NAT gateways nothing leads to SES.", region: "eu-central-2", app: containers, n: Network{NAT: v1alpha1.NATGatewaysNone},
			spec:    v1alpha1.SecureEcommerceSpec{Mail: &v1alpha1.MailSpec{Domain: "example.com", DMARC: v1alpha1.DMARCSpec{Policy: v1alpha1.DMARCUnmanaged}}},
			want:    &Mail{Domain: "example.com", MailFrom: "bounce.example.com", Signatures: "dkim.eu-central-2.amazonses.com"},
			refused: field.ErrorList{field.Required(field.NewPath("spec", "network", "interfaceEndpoints"), "must contain email or email-smtp if natGateways is None: add email for the SES API, or email-smtp for SMTP")},
		},
		"ByEndpoint": {
			reason: "An endpoint does.", region: "eu-central-2", app: containers, n: Network{NAT: v1alpha1.NATGatewaysNone, Endpoints: []string{"email-smtp"}},
			spec: v1alpha1.SecureEcommerceSpec{Mail: &v1alpha1.MailSpec{Domain: "example.com", DMARC: v1alpha1.DMARCSpec{Policy: v1alpha1.DMARCUnmanaged}}},
			want: &Mail{Domain: "example.com", MailFrom: "bounce.example.com", Signatures: "dkim.eu-central-2.amazonses.com"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, refused := (&decision{claim: &claim.Claim{Spec: tc.spec}}).mail(tc.region, tc.app, tc.n)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nmail(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.refused, refused); diff != "" {
				t.Errorf("\n%s\nmail(...) refused: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
