package mail_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/tiertest"
)

const (
	sending = `{"region":"eu-west-1","cdn":{"domain":"shop.example.com"},"mail":{}}`
	zoned   = `{"region":"eu-west-1","mail":{"domain":"example.com","hostedZone":{"id":"Z0123456789ABCDEFGHIJ"},"mailFrom":"returns","dmarc":{"policy":"Reject","reportsTo":"dmarc@example.com"}}}`
	none    = `{"region":"eu-west-1","cdn":{"domain":"shop.example.com"}}`
)

var (
	shop    = naming.Hash("shop.example.com")
	example = naming.Hash("example.com")
)

// pending returns a domain with DKIM keys in a verification state.
func pending(state string) string {
	return `{"status":{"atProvider":{"arn":"arn:aws:ses:eu-west-1:123456789012:identity/shop.example.com","verificationStatus":"` + state + `","dkimSigningAttributes":{"tokens":["one","two","three"]}}}}`
}

func TestMail(t *testing.T) {
	known := map[string]string{composed.MailIdentity(shop): pending("PENDING")}
	zone := map[string]string{composed.MailIdentity(example): pending("PENDING")}
	tiertest.RunTierCases(t, map[string]tiertest.TierCase{
		"NotAskedFor": {Reason: "A shop that asks for no mail sends none.", Spec: none, Resource: composed.MailConfigurationSet, Missing: true},
		"ConfigurationSet": {
			Reason: "Mail leaves over TLS only, and not to who complained.", Spec: sending, Resource: composed.MailConfigurationSet,
			Want: map[string]any{
				".metadata.annotations[crossplane.io/external-name]": tiertest.Prefix + "-mail", "deliveryOptions.tlsPolicy": "REQUIRE", "reputationOptions.reputationMetricsEnabled": true,
				"sendingOptions.sendingEnabled": true, "suppressionOptions.suppressedReasons": []any{"BOUNCE", "COMPLAINT"}, "tags.Name": tiertest.Prefix + "-mail-configuration-set",
			},
		},
		"Identity": {
			Reason: "The domain is the shop's, and mail is signed with long keys.", Spec: sending, Resource: composed.MailIdentity(shop),
			Want: map[string]any{".metadata.annotations[crossplane.io/external-name]": "shop.example.com", "configurationSetNameRef.name": "shop-mail-configuration-set", "dkimSigningAttributes.nextSigningKeyLength": "RSA_2048_BIT", tiertest.Stays: false},
		},
		"OtherIdentity": {Reason: "Another domain is another identity.", Spec: zoned, Resource: composed.MailIdentity(example), Want: map[string]any{".metadata.annotations[crossplane.io/external-name]": "example.com"}},
		"MailFrom": {
			Reason: "Bounces return to a name of its own.", Spec: sending, Observed: known, Resource: composed.MailFrom(shop),
			Want: map[string]any{".metadata.annotations[crossplane.io/external-name]": "shop.example.com", "mailFromDomain": "bounce.shop.example.com", "behaviorOnMxFailure": "USE_DEFAULT_VALUE"},
		},
		"MailFromWaits": {Reason: "The domain has to be in SES first.", Spec: sending, Resource: composed.MailFrom(shop), Waits: true},
		"Events": {
			Reason: "What did not arrive is announced.", Spec: sending, Observed: map[string]string{composed.TopicPolicy(composed.MailTopic): tiertest.IsReady}, Resource: composed.MailEvents,
			Want: map[string]any{"configurationSetNameRef.name": "shop-mail-configuration-set", "eventDestinationName": "topic", "eventDestination.enabled": true, "eventDestination.matchingEventTypes": []any{"BOUNCE", "COMPLAINT", "REJECT"}, "eventDestination.snsDestination.topicArnRef.name": "shop-mail-topic"},
		},
		"EventsWait": {Reason: "SES tries out whether it may publish.", Spec: sending, Resource: composed.MailEvents, Waits: true},
		"Topic":      {Reason: "Addresses of customers are encrypted.", Spec: sending, Resource: composed.MailTopic, Want: map[string]any{"kmsMasterKeyId": "alias/" + tiertest.Prefix + "-data-key"}},
		"TopicPolicy": {
			Reason: "SES publishes for this configuration set only.", Spec: sending, Resource: composed.TopicPolicy(composed.MailTopic),
			Want: map[string]any{"policy": `{"Version":"2012-10-17","Statement":[{"Sid":"AnnounceMailEvents","Effect":"Allow","Principal":{"Service":"ses.amazonaws.com"},"Action":"sns:Publish","Resource":"arn:aws:sns:eu-west-1:123456789012:` + tiertest.Prefix + `-mail","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:ses:eu-west-1:123456789012:configuration-set/` + tiertest.Prefix + `-mail"},"StringEquals":{"aws:SourceAccount":"123456789012"}}},{"Sid":"DenyPlainHTTP","Effect":"Deny","Principal":"*","Action":"sns:Publish","Resource":"arn:aws:sns:eu-west-1:123456789012:` + tiertest.Prefix + `-mail","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`},
		},
		"Rights": {
			Reason: "The application sends from the shop's domain only.", Spec: sending, Resource: composed.AppRoleMail,
			Want: map[string]any{"policy": `{"Version":"2012-10-17","Statement":[{"Sid":"SendMail","Effect":"Allow","Action":["ses:SendEmail","ses:SendRawEmail"],"Resource":["arn:aws:ses:eu-west-1:123456789012:configuration-set/` + tiertest.Prefix + `-mail","arn:aws:ses:eu-west-1:123456789012:identity/shop.example.com"],"Condition":{"StringLike":{"ses:FromAddress":"*@shop.example.com"}}}]}`},
		},
		"NoRights": {Reason: "Without mail it needs none.", Spec: none, Resource: composed.AppRoleMail, Missing: true},
		"NoZone":   {Reason: "Without a zone people create the records.", Spec: sending, Observed: known, Resource: composed.MailRecord(shop, "mx"), Missing: true},
		"Signature": {
			Reason: "SES finds the keys of signatures in the zone.", Spec: zoned, Observed: zone, Resource: composed.MailRecord(example, "dkim-2"),
			Want: map[string]any{"zoneId": "Z0123456789ABCDEFGHIJ", "name": "two._domainkey.example.com", "type": "CNAME", "records": []any{"two.dkim.amazonses.com"}, "ttl": float64(300)},
		},
		"SignatureWaits": {Reason: "SES chooses the keys.", Spec: zoned, Resource: composed.MailRecord(example, "dkim-1"), Waits: true},
		"SignatureOfMilan": {
			Reason: "Some regions have keys of their own.", Spec: `{"region":"eu-south-1",` + zoned[len(`{"region":"eu-west-1",`):], Observed: zone, Resource: composed.MailRecord(example, "dkim-1"),
			Want: map[string]any{"records": []any{"one.dkim.eu-south-1.amazonses.com"}},
		},
		"MX":  {Reason: "Bounces return to SES.", Spec: zoned, Resource: composed.MailRecord(example, "mx"), Want: map[string]any{"name": "returns.example.com", "type": "MX", "records": []any{"10 feedback-smtp.eu-west-1.amazonses.com"}}},
		"SPF": {Reason: "SES may send from there.", Spec: zoned, Resource: composed.MailRecord(example, "spf"), Want: map[string]any{"name": "returns.example.com", "type": "TXT", "records": []any{"v=spf1 include:amazonses.com ~all"}}},
		"DMARC": {
			Reason: "The claim says what to do with mail of others.", Spec: zoned, Resource: composed.MailRecord(example, "dmarc"),
			Want: map[string]any{"name": "_dmarc.example.com", "type": "TXT", "records": []any{"v=DMARC1; p=reject; rua=mailto:dmarc@example.com"}},
		},
		"DMARCOfOthers": {
			Reason: "The domain's owner may have a record.", Spec: `{"region":"eu-west-1","mail":{"domain":"example.com","hostedZone":{"id":"Z0123456789ABCDEFGHIJ"},"dmarc":{"policy":"Unmanaged"}}}`,
			Resource: composed.MailRecord(example, "dmarc"), Missing: true,
		},
		"ManagedZone": {
			Reason: "The zone that the stack makes has the records of its domains.", Spec: `{"region":"eu-west-1","cdn":{"domain":"shop.example.com","hostedZone":{"type":"Managed","managed":{"name":"example.com"}}},"mail":{"domain":"example.com"}}`,
			Resource: composed.MailRecord(example, "mx"), Want: map[string]any{"zoneIdRef.name": "shop-dns-zone", "zoneId": tiertest.Absent{}},
		},
		"ShopsZone": {
			Reason: "The shop's zone has the records of the shop's domain.", Spec: `{"region":"eu-west-1","cdn":{"domain":"shop.example.com","hostedZone":{"type":"Existing","existing":{"id":"Z1"}}},"mail":{}}`,
			Resource: composed.MailRecord(shop, "mx"), Want: map[string]any{"zoneId": "Z1"},
		},
		"ZoneOfOthers": {
			Reason: "A domain above the shop's may be in another zone.", Spec: `{"region":"eu-west-1","cdn":{"domain":"shop.example.com","hostedZone":{"type":"Existing","existing":{"id":"Z1"}}},"mail":{"domain":"example.com"}}`,
			Resource: composed.MailRecord(example, "mx"), Missing: true,
		},
		"Bounces": {
			Reason: "SES reviews who has too many.", Spec: sending, Resource: composed.Alarm("mail-bounces"),
			Want: map[string]any{"namespace": "AWS/SES", "metricName": "Reputation.BounceRate", "threshold": 0.05, "dimensions": map[string]any{"ses:configuration-set": tiertest.Prefix + "-mail"}, "treatMissingData": "missing"},
		},
		"Complaints": {Reason: "One in a thousand is too many.", Spec: sending, Resource: composed.Alarm("mail-complaints"), Want: map[string]any{"metricName": "Reputation.ComplaintRate", "threshold": 0.001}},
		"Parameter":  {Reason: "What runs elsewhere finds it too.", Spec: sending, Resource: composed.Parameter("mail-domain"), Want: map[string]any{"insecureValue": "shop.example.com"}},
	})
}

func TestReady(t *testing.T) {
	proofs := func(state string) bool {
		r := tiertest.Composed(t, sending, map[string]string{composed.MailIdentity(shop): pending(state)}, tiertest.Platform()).Resources[composed.MailIdentity(shop)]
		for _, p := range r.Proofs {
			if !p.Known() {
				return false
			}
		}
		return true
	}
	for state, want := range map[string]bool{"PENDING": false, "FAILED": false, "SUCCESS": true} {
		if got := proofs(state); got != want {
			t.Errorf("\nSES sends mail of verified domains only.\n%s: want ready %t, got %t", state, want, got)
		}
	}
}

func TestStatus(t *testing.T) {
	const sandbox = "If the account is in the SES sandbox in this region, request production access from AWS. In the sandbox, SES sends only to verified addresses (docs/mail.md)."
	records := []v1alpha1.DNSRecord{
		{Name: "one._domainkey.shop.example.com", Type: "CNAME", Value: "one.dkim.amazonses.com"},
		{Name: "two._domainkey.shop.example.com", Type: "CNAME", Value: "two.dkim.amazonses.com"},
		{Name: "three._domainkey.shop.example.com", Type: "CNAME", Value: "three.dkim.amazonses.com"},
		{Name: "bounce.shop.example.com", Type: "MX", Value: "10 feedback-smtp.eu-west-1.amazonses.com"},
		{Name: "bounce.shop.example.com", Type: "TXT", Value: "v=spf1 include:amazonses.com ~all"},
		{Name: "_dmarc.shop.example.com", Type: "TXT", Value: "v=DMARC1; p=none"},
	}
	const arn = "arn:aws:ses:eu-west-1:123456789012:identity/shop.example.com"
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     v1alpha1.MailStatus
	}{
		"None": {reason: "Without mail there is nothing to say.", spec: none},
		"New": {
			reason: "SES has not chosen keys yet.", spec: sending,
			want: v1alpha1.MailStatus{Domain: "shop.example.com", Records: records[3:], Todo: []string{"Create the DNS records that are listed in status.mail.records. SES sends no mail from the domain until it finds the CNAME records.", sandbox}},
		},
		"Pending": {
			reason: "People create the records.", spec: sending, observed: map[string]string{composed.MailIdentity(shop): pending("PENDING")},
			want: v1alpha1.MailStatus{Domain: "shop.example.com", Verification: "PENDING", IdentityARN: arn, Records: records, Todo: []string{"Create the DNS records that are listed in status.mail.records. SES sends no mail from the domain until it finds the CNAME records.", sandbox}},
		},
		"Verified": {
			reason: "They did.", spec: sending, observed: map[string]string{composed.MailIdentity(shop): pending("SUCCESS")},
			want: v1alpha1.MailStatus{Domain: "shop.example.com", Verification: "SUCCESS", IdentityARN: arn, Records: records, Todo: []string{sandbox}},
		},
		"Zone": {reason: "The stack writes the records.", spec: zoned, want: v1alpha1.MailStatus{Domain: "example.com", Todo: []string{sandbox}}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tiertest.Composed(t, tc.spec, tc.observed, tiertest.Platform()).Status.Mail); diff != "" {
				t.Errorf("\n%s\nmail: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
